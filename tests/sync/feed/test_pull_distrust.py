"""Pulling what was tampered with, what is older, and what other seals or roots have sealed."""

from pathlib import Path

import pytest

from sync.feed.folder import FolderSource
from sync.feed.http import HttpSource
from sync.records import Outcome
from tests.support.crook import forge
from tests.support.kiosk import KioskInTest
from tests.support.office import OfficeInMemory, new_signers, notice
from tests.support.server import Manners, Server


@pytest.mark.parametrize("only", [r"blobs/", r"targets/", r"snapshot", r"2\.notices", r"timestamp"])
def test_tampered_file_is_not_trusted_and_yesterdays_board_stays(
    kiosk: KioskInTest,
    office: OfficeInMemory,
    folder: Path,
    server: Server,
    web: HttpSource,
    only: str,
) -> None:
    office.publish(notice("周五停水"))
    office.write_to(folder)
    kiosk.sync_from(web)
    office.publish(notice("周六停水"))
    office.write_to(folder)

    def tamper(request: object) -> None:
        path = folder / str(request.path).removeprefix("/feed/")  # type: ignore[attr-defined]
        original = path.read_bytes() if path.is_file() else b""
        digit = original.rfind(b"1") if only == "blobs/" else original.find(b"1")
        server.manners = Manners(swap=original[:digit] + b"2" + original[digit + 1 :], only=only)

    server.on_request = tamper
    attempt = kiosk.sync_from(web)

    assert attempt.outcome is Outcome.NOT_TRUSTED, attempt.detail
    assert kiosk.prove() == ["周五停水"]


@pytest.mark.parametrize("only", ["blobs/*/*", "targets/notices/*", "metadata/2.snapshot.json"])
def test_stick_with_bytes_appended_is_not_trusted(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path, only: str
) -> None:
    office.publish(notice("周五停水"))
    office.write_to(folder)
    kiosk.sync_from(FolderSource(folder))
    office.publish(notice("周六停水"))
    office.write_to(folder)
    for path in folder.glob(only):
        path.write_bytes(path.read_bytes() + b" }")

    attempt = kiosk.sync_from(FolderSource(folder))

    assert attempt.outcome is Outcome.NOT_TRUSTED, attempt.detail
    assert "Do not use this stick" in attempt.advice
    assert kiosk.prove() == ["周五停水"]


def test_older_stick_is_no_error(
    kiosk: KioskInTest, office: OfficeInMemory, tmp_path: Path
) -> None:
    office.publish(notice("周五停水"))
    office.write_to(tmp_path / "old")
    office.publish(notice("周六停水"))
    office.write_to(tmp_path / "new")
    kiosk.sync_from(FolderSource(tmp_path / "new"))

    attempt = kiosk.sync_from(FolderSource(tmp_path / "old"))

    assert attempt.outcome is Outcome.OLDER
    assert "nothing needs doing" in attempt.advice
    assert kiosk.prove() == ["周五停水", "周六停水"]


@pytest.mark.parametrize("lost", ["files", "database"])
def test_older_stick_stays_older_when_the_card_has_forgotten(
    kiosk: KioskInTest, office: OfficeInMemory, tmp_path: Path, lost: str
) -> None:
    office.publish(notice("周五停水"))
    office.write_to(tmp_path / "old")
    office.publish(notice("周六停水"))
    office.write_to(tmp_path / "new")
    kiosk.sync_from(FolderSource(tmp_path / "new"))
    kiosk.close()
    if lost == "database":
        for path in kiosk.data.glob("sunboard.db*"):
            path.unlink()
    else:
        database = kiosk.store._open
        assert database
        database.execute("UPDATE feed_files SET data = x'' WHERE name IN ('timestamp', 'snapshot')")
        kiosk.restart()

    attempt = kiosk.sync_from(FolderSource(tmp_path / "old"))

    assert attempt.outcome is Outcome.OLDER
    assert "周五停水" not in kiosk.titles() or "周六停水" in kiosk.titles()
    assert kiosk.sync_from(FolderSource(tmp_path / "new")).outcome in {Outcome.NEW, Outcome.SAME}
    assert kiosk.prove() == ["周五停水", "周六停水"]


def test_feed_of_another_office_is_not_trusted(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path
) -> None:
    other = OfficeInMemory(signers=new_signers())
    other.publish(notice("假公告"))
    other.write_to(folder)

    attempt = kiosk.sync_from(FolderSource(folder))

    assert attempt.outcome is Outcome.NOT_TRUSTED
    assert kiosk.titles() == []


def test_seal_and_root_rotate_and_the_board_goes_on(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path, web: HttpSource
) -> None:
    anchor = office.anchor
    office.publish(notice("周五停水"))
    office.write_to(folder)
    kiosk.sync_from(web)
    fresh = new_signers()
    office.rotate(committee_seal=fresh.committee_seal)
    office.rotate(guardians=fresh.guardians, online=fresh.online)
    office.publish(notice("周六停水"))
    office.write_to(folder)

    attempt = kiosk.sync_from(web)

    assert office.anchor == anchor
    assert attempt.outcome is Outcome.NEW, attempt.detail
    assert kiosk.prove() == ["周五停水", "周六停水"]


def test_stick_without_the_newer_root_is_not_trusted(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path
) -> None:
    office.publish(notice("周五停水"))
    office.rotate(online=new_signers().online)
    office.write_to(folder)
    (folder / "metadata/2.root.json").unlink()

    assert kiosk.sync_from(FolderSource(folder)).outcome is Outcome.NOT_TRUSTED


def test_kiosk_set_up_with_a_later_root_fetches_those_before(
    tmp_path: Path, office: OfficeInMemory, folder: Path, web: HttpSource
) -> None:
    office.publish(notice("周五停水"))
    office.rotate(online=new_signers().online)
    office.write_to(folder)
    later = OfficeInMemory()
    later._feed = type(office.files())((office.files().roots[1],), b"", b"", b"", b"", b"")
    kiosk = KioskInTest(tmp_path / "data", later)

    assert kiosk.sync_from(web).outcome is Outcome.NEW
    assert kiosk.prove() == ["周五停水"]
    kiosk.close()


def test_stolen_online_key_pushes_the_counts_and_a_new_root_brings_the_kiosk_back(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path, tmp_path: Path, web: HttpSource
) -> None:
    office.publish(notice("周五停水"))
    honest = office.files()

    def push(signed: dict[str, object]) -> None:
        signed["version"] = 1 << 50

    office._feed = forge(honest, office.signers, edits={"timestamp": push})
    office.write_to(tmp_path / "pushed")
    kiosk.sync_from(FolderSource(tmp_path / "pushed"))
    office._feed = honest
    office.publish(notice("周六停水"))
    office.write_to(folder)
    locked_out = kiosk.sync_from(web)
    office.rotate(online=new_signers().online)
    office.write_to(folder)

    recovered = kiosk.sync_from(web)

    assert locked_out.outcome is Outcome.OLDER
    assert recovered.outcome is Outcome.NEW, recovered.detail
    assert kiosk.prove() == ["周五停水", "周六停水"]
    kiosk.restart()
    assert kiosk.check() is None
    office.publish(notice("周日停水"))
    office.write_to(folder)
    assert kiosk.sync_from(web).outcome is Outcome.NEW
