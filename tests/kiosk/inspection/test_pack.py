"""Making a pack beside the running kiosk: nothing of its folder changes, one whole file comes out."""

import hashlib
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from kiosk.evidence.log import EvidenceLog
from kiosk.evidence.records import Event
from kiosk.inspection.contents import VALUES
from kiosk.inspection.pack import make, write
from kiosk.inspection.snapshot import snapshot
from sync.errors import OfficeError, SourceUnavailable
from sync.notices import KioskKey
from tests.support.inspecting import Packed, judged, kiosk_of
from tests.support.life import BIRTH, Life


def _all(folder: Path) -> dict[str, tuple[str, int]]:
    """Return every file's content and when it was written."""
    return {
        str(path.relative_to(folder)): (
            hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns,
        )
        for path in folder.rglob("*")
        if path.is_file()
    }  # fmt: skip


def test_not_a_byte_of_the_kiosks_folder_changes_while_it_runs(
    fortnight: Packed, tmp_path: Path
) -> None:
    data = tmp_path / "kiosk"
    shutil.copytree(fortnight.life.data, data)
    log = EvidenceLog(data, data / "evidence", fortnight.life.key, "square-1", "qingshi")
    now = fortnight.life.last
    log.append([Event("later", 5.0, now, trusted=True, what="start")], now)
    before = _all(data)
    kiosk = replace(fortnight.kiosk, data=data)

    _, report = make(kiosk, BIRTH, BIRTH + timedelta(days=19), now)

    assert (data / "evidence.db-wal").stat().st_size > 0
    assert _all(data) == before
    assert report.rows == fortnight.report.rows + 1  # what stands only in the -wal is in it
    log.close()


def test_the_same_kiosk_gives_the_same_pack_to_the_last_byte(fortnight: Packed) -> None:
    order = fortnight.report.order

    again, _ = make(fortnight.kiosk, order.first, order.last, fortnight.life.last)

    assert again == fortnight.pack


def test_a_pack_has_the_report_in_every_form_and_all_that_it_follows_from(
    fortnight: Packed,
) -> None:
    members = fortnight.members

    assert {"README.txt", "report.pdf", "report.json", "notices.csv", "notice-days.csv"} <= set(
        members
    )
    assert {"kiosk-days.csv", "duties.csv", "gaps.csv", "years.csv", "calendar.json"} <= set(
        members
    )
    assert any(name.startswith("feed/metadata/") for name in members)
    assert any(name.startswith("pictures/") for name in members)
    assert members[VALUES] == msgspec.json.encode(fortnight.report)
    assert b"PRIVATE" not in fortnight.pack


def test_a_shorter_period_needs_fewer_rows_and_is_proved_as_well(fortnight: Packed) -> None:
    first = BIRTH + timedelta(days=15)

    pack, report = make(fortnight.kiosk, first, first + timedelta(days=2), fortnight.life.last)

    assert len(report.kiosk_days) == 3
    assert all(one.hung <= report.order.last for one in report.notices)
    assert judged(pack, fortnight.life.anchor)[0].whole


def test_a_period_before_the_kiosk_was_there_claims_nothing(fortnight: Packed) -> None:
    first = BIRTH - timedelta(days=40)

    pack, report = make(fortnight.kiosk, first, first + timedelta(days=9), fortnight.life.last)

    assert report.notices == ()
    assert not any(one.kept for one in report.kiosk_days)
    assert judged(pack, fortnight.life.anchor)[0].whole


def test_a_pack_is_written_whole_under_a_name_that_says_what_it_is(
    fortnight: Packed, tmp_path: Path
) -> None:
    path = write(fortnight.pack, fortnight.report, tmp_path)

    assert path.name == "qingshi-square-1-2026-11-02-2026-11-21.zip"
    assert path.read_bytes() == fortnight.pack
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_without_room_nothing_is_written(
    fortnight: Packed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Patched: nobody fills a disk for a test.
    left = SimpleNamespace(free=len(fortnight.pack))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: left)

    with pytest.raises(OfficeError, match="空间不够"):
        write(fortnight.pack, fortnight.report, tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(fortnight: Packed, tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="没有这个文件夹"):
        write(fortnight.pack, fortnight.report, tmp_path / "U盘")


def test_a_kiosk_without_evidence_says_so_and_gets_no_key(
    fortnight: Packed, tmp_path: Path
) -> None:
    kiosk = replace(fortnight.kiosk, data=tmp_path)

    with pytest.raises(SourceUnavailable, match="还没有密钥"):
        make(kiosk, BIRTH, BIRTH, fortnight.life.last)

    assert list(tmp_path.iterdir()) == []


def test_a_picture_that_is_not_the_one_in_the_log_is_left_out(
    fortnight: Packed, tmp_path: Path
) -> None:
    data = tmp_path / "kiosk"
    shutil.copytree(fortnight.life.data, data)
    picture = next((data / "evidence" / "pictures").glob("*.jpg"))
    picture.write_bytes(b"another screen")

    pack, report = make(
        replace(fortnight.kiosk, data=data), BIRTH, BIRTH + timedelta(days=19), fortnight.life.last
    )

    names = {one.picture for one in report.notices}
    assert hashlib.sha256(b"another screen").hexdigest() not in names
    assert "" in names
    assert judged(pack, fortnight.life.anchor)[0].whole


def test_a_database_that_never_stands_still_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "evidence.db"
    database.write_bytes(b"x")
    copies = tmp_path / "copies"
    copies.mkdir()

    def grow(_: float) -> None:
        database.write_bytes(database.read_bytes() + b"x")

    # Patched: the pause is when the other program writes.
    monkeypatch.setattr("kiosk.inspection.snapshot.time.sleep", grow)
    monkeypatch.setattr("kiosk.inspection.snapshot.shutil.copyfile", lambda *_: grow(0))

    with pytest.raises(SourceUnavailable, match="一直在写"):
        snapshot(database, copies)


def test_a_kiosk_that_the_village_has_not_enrolled_needs_its_key_compared(lives: Path) -> None:
    class Unenrolled(Life):
        def enrolled(self) -> tuple[KioskKey, ...]:
            return ()

    folder = lives / "unenrolled"
    folder.mkdir()
    life = Unenrolled(folder, seed=5, days=3)

    pack, report = make(
        kiosk_of(life, lives / "fonts"), BIRTH, BIRTH + timedelta(days=2), life.last
    )
    alone, wrong = judged(pack, life.anchor)
    compared, _ = judged(pack, life.anchor, report.order.key)

    assert not report.enrolled
    assert (alone.whole, alone.enrolled) == (False, False)
    assert any("没有登记" in words for words in wrong)
    assert (compared.whole, compared.enrolled) == (True, False)
