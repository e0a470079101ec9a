"""The outbox on a stick: whole, beside everything else, on sticks of every kind."""

import contextlib
import os
import shutil
from pathlib import Path

import msgspec
import pytest

from sync.carrying import ENTRIES, FOLDER, REPORT, is_ours, kiosks_on, read_in, write_out
from sync.errors import OfficeError, SourceUnavailable
from sync.outbox import Outbox, Sender
from tests.support.medium import NEEDS_MOUNT, protect, pulled_after, small_medium
from tests.support.stick import MISSING_TOOLS, FatStick

SENDER = Sender("qingshi", "square-1", "村口", "ab" * 32)
OLD, NEW = [b"one", b"two"], [b"one", b"two", b"three"]
_LIVING = 1_700_000_000


def filled(outbox: Outbox, folder: Path, contents: list[bytes]) -> Outbox:
    outbox.introduce(SENDER)
    for number, data in enumerate(contents):
        path = folder / f"evidence-day.{outbox.put('evidence-day', data)}"
        os.utime(path, (_LIVING + number,) * 2)
    return outbox


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return filled(Outbox(tmp_path / "outbox"), tmp_path / "outbox", NEW)


@pytest.fixture
def old(tmp_path: Path) -> Outbox:
    return filled(Outbox(tmp_path / "earlier"), tmp_path / "earlier", OLD)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    (made / "sunboard").mkdir(parents=True)
    return made


def give(outbox: Outbox, stick: Path) -> int:
    return write_out(outbox, stick, room=lambda place: shutil.disk_usage(place).free)


def brought(stick: Path) -> list[bytes]:
    return [entry.data for entry in read_in(stick, "square-1").entries]


def test_stick_brings_everything_in_order_and_who_wrote_it(outbox: Outbox, stick: Path) -> None:
    assert give(outbox, stick) == 3

    assert kiosks_on(stick) == ("square-1",)
    found = read_in(stick, "square-1")
    assert (found.sender, found.spoilt) == (SENDER, 0)
    assert [one.data for one in found.entries] == NEW
    assert [one.made_at.timestamp() for one in found.entries] == [_LIVING + n for n in range(3)]


def test_other_files_stay_as_they_are(outbox: Outbox, stick: Path) -> None:
    kept = {
        "照片 1.jpg": b"photo",
        f"{FOLDER}/readme.txt": b"words",
        f"{FOLDER}/other-1/outbox.jsonl": b"another kiosk's",
        f"{FOLDER}/square-1/note.txt": b"a note",
    }
    for name, data in kept.items():
        (stick / name).parent.mkdir(parents=True, exist_ok=True)
        (stick / name).write_bytes(data)

    give(outbox, stick)

    names = {path.relative_to(stick).as_posix() for path in stick.rglob("*") if path.is_file()}
    own = {f"{FOLDER}/square-1/kiosk.json", f"{FOLDER}/square-1/outbox.jsonl"}
    assert names == {*kept, *own}
    assert {name: (stick / name).read_bytes() for name in kept} == kept


def test_stick_that_has_it_all_is_not_written(outbox: Outbox, stick: Path) -> None:
    give(outbox, stick)
    before = [path.stat().st_mtime_ns for path in sorted(stick.rglob("*"))]

    assert give(outbox, stick) == 3

    assert [path.stat().st_mtime_ns for path in sorted(stick.rglob("*"))] == before


def test_pulled_between_any_two_steps_the_stick_brings_the_old_or_the_new(
    outbox: Outbox, old: Outbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for steps in range(100):
        stick = tmp_path / f"stick{steps}"
        stick.mkdir()
        give(old, stick)

        with pulled_after(steps, monkeypatch) as done:
            try:
                give(outbox, stick)
            except OfficeError:
                assert brought(stick) in (OLD, NEW)
            else:
                break
        give(outbox, stick)
        assert brought(stick) == NEW
        assert sorted(path.name for path in (stick / FOLDER / "square-1").iterdir()) == [
            "kiosk.json",
            "outbox.jsonl",
        ]

    assert brought(stick) == NEW
    assert steps == done() >= 4


def test_empty_stick_pulled_between_any_two_steps_brings_nothing_or_all(
    outbox: Outbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for steps in range(100):
        stick = tmp_path / f"stick{steps}"
        stick.mkdir()

        with pulled_after(steps, monkeypatch):
            try:
                give(outbox, stick)
            except OfficeError:
                with contextlib.suppress(SourceUnavailable):
                    assert brought(stick) == NEW
            else:
                break
        give(outbox, stick)
        assert brought(stick) == NEW

    assert steps >= 8


@NEEDS_MOUNT
def test_write_protected_stick_is_said(outbox: Outbox, tmp_path: Path) -> None:
    with small_medium(tmp_path / "mnt", 1024) as stick:
        (stick / "sunboard").mkdir()
        protect(stick)

        with pytest.raises(OfficeError, match="只能读"):
            give(outbox, stick)


@NEEDS_MOUNT
@pytest.mark.parametrize("kilobytes", [8, 64, 200])
def test_small_or_full_stick_is_said_and_nothing_is_begun(
    outbox: Outbox, tmp_path: Path, kilobytes: int
) -> None:
    with small_medium(tmp_path / "mnt", kilobytes) as stick:
        with pytest.raises(OfficeError, match="空间不够"):
            give(outbox, stick)

        assert list(stick.iterdir()) == []


@NEEDS_MOUNT
def test_stick_that_lies_about_its_room_keeps_what_it_had(
    outbox: Outbox, old: Outbox, tmp_path: Path
) -> None:
    with small_medium(tmp_path / "mnt", 40) as stick:
        write_out(old, stick, room=lambda _: 1 << 30)
        (stick / "film").write_bytes(bytes((shutil.disk_usage(stick).free // 4096) * 4096))

        with pytest.raises(OfficeError, match="空间不足"):
            write_out(outbox, stick, room=lambda _: 1 << 30)

        assert brought(stick) == OLD


@pytest.mark.parametrize("place", [FOLDER, f"{FOLDER}/square-1"])
def test_file_or_link_where_the_folder_should_be_is_said(
    outbox: Outbox, stick: Path, tmp_path: Path, place: str
) -> None:
    (stick / place).parent.mkdir(exist_ok=True)
    (stick / place).write_bytes(b"")
    with pytest.raises(OfficeError, match="不是文件夹"):
        give(outbox, stick)

    (stick / place).unlink()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (stick / place).symlink_to(elsewhere)
    with pytest.raises(OfficeError, match="不是文件夹"):
        give(outbox, stick)

    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("name", ["kiosk.json", "outbox.jsonl", "outbox.jsonl.part"])
def test_folder_or_link_where_a_file_should_be_does_no_harm(
    outbox: Outbox, stick: Path, tmp_path: Path, name: str
) -> None:
    place = stick / FOLDER / "square-1" / name
    place.mkdir(parents=True)
    with pytest.raises(OfficeError):
        give(outbox, stick)

    place.rmdir()
    precious = tmp_path / "precious"
    precious.write_bytes(b"precious")
    place.symlink_to(precious)
    try:
        give(outbox, stick)
    except OfficeError:
        place.unlink(missing_ok=True)

    assert precious.read_bytes() == b"precious"


def test_huge_folder_on_the_stick_is_passed_by(outbox: Outbox, stick: Path) -> None:
    for number in range(3_000):
        (stick / FOLDER / f"x{number}").mkdir(parents=True)

    give(outbox, stick)

    assert brought(stick) == NEW
    assert len(kiosks_on(stick)) <= 200


def test_strangers_stick_is_none_of_ours(tmp_path: Path) -> None:
    (tmp_path / "DCIM").mkdir()
    assert not is_ours(tmp_path)
    assert not is_ours(tmp_path / "gone")

    for name in ("sunboard", FOLDER, REPORT):
        place = tmp_path / name
        place.write_bytes(b"")
        assert not is_ours(tmp_path)
        place.unlink()
        place.mkdir()
        assert is_ours(tmp_path)
        place.rmdir()


def test_kiosk_without_a_key_writes_nothing(tmp_path: Path, stick: Path) -> None:
    assert give(Outbox(tmp_path / "empty"), stick) == 0

    assert [path.name for path in stick.iterdir()] == ["sunboard"]


def test_spoilt_line_costs_only_itself(outbox: Outbox, stick: Path) -> None:
    give(outbox, stick)
    file = stick / FOLDER / "square-1" / ENTRIES
    lines = file.read_bytes().split(b"\n")
    file.write_bytes(b"\n".join([lines[0], lines[1][:-9], lines[2]]))

    found = read_in(stick, "square-1")

    assert [one.data for one in found.entries] == [b"one", b"three"]
    assert found.spoilt == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("kiosk.json", b"{"),
        ("kiosk.json", msgspec.json.encode(Sender("qingshi", "other", "村口", "ab" * 32))),
        ("kiosk.json", b'{"village":"a","id":"square-1","name":"x","key":"short"}'),
        ("kiosk.json", b"x" * 200_000),
        ("kiosk.json", None),
        ("outbox.jsonl", None),
    ],
)
def test_what_is_not_from_that_kiosk_is_refused(
    outbox: Outbox, stick: Path, name: str, data: bytes | None
) -> None:
    give(outbox, stick)
    path = stick / FOLDER / "square-1" / name
    path.unlink()
    if data is not None:
        path.write_bytes(data)

    with pytest.raises(SourceUnavailable):
        read_in(stick, "square-1")


def test_stick_without_any_kiosk_brings_none(stick: Path) -> None:
    assert kiosks_on(stick) == ()


@pytest.mark.skipif(MISSING_TOOLS, reason="mtools are not installed: no FAT image can be made")
def test_outbox_travels_on_a_fat_stick(outbox: Outbox, stick: Path, tmp_path: Path) -> None:
    give(outbox, stick)
    fat = FatStick(tmp_path / "stick.img")
    fat.put(stick / FOLDER, FOLDER)

    carried = fat.read_out(tmp_path / "carried")

    assert kiosks_on(carried) == ("square-1",)
    assert brought(carried) == NEW


@NEEDS_MOUNT
@pytest.mark.skipif(MISSING_TOOLS, reason="mtools are not installed: no FAT image can be made")
def test_outbox_is_written_on_a_mounted_fat_stick(outbox: Outbox, tmp_path: Path) -> None:
    fat = FatStick(tmp_path / "stick.img")
    with fat.mounted(tmp_path / "mnt", writable=True) as mounted:
        if mounted is None:
            pytest.skip("this kernel cannot mount vfat; mtools carry the files elsewhere")
        give(outbox, mounted)
        give(outbox, mounted)

    assert brought(fat.read_out(tmp_path / "carried")) == NEW
