"""A card that changes single bytes, and a feed with a single bad name: the rest goes on."""

import sqlite3
from pathlib import Path

import pytest

from sync.database import Unreadable
from sync.feed.folder import FolderSource
from sync.feed.layout import ref_of
from sync.notices import BlobRef, Picture
from sync.records import Outcome, Progress
from sync.store import Store
from tests.support.crook import forge
from tests.support.kiosk import KioskInTest
from tests.support.office import OfficeInMemory, notice, replace_entry

PHOTO = b"\xff\xd8\xff a photo"


def sync(kiosk: KioskInTest, folder: Path) -> Outcome:
    kiosk.office.write_to(folder)
    return kiosk.sync_from(FolderSource(folder)).outcome


def change(kiosk: KioskInTest, statement: str) -> None:
    kiosk.close()
    with sqlite3.connect(kiosk.data / "sunboard.db") as database:
        database.execute(statement)
    database.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE board SET village = x'7b'",
        "UPDATE board SET holders = 'x'",
        "UPDATE board SET issued = 'x', switched = x'ff'",
        "UPDATE sync_state SET value = x'7b' WHERE name = 'shown'",
        "INSERT OR REPLACE INTO sync_state VALUES ('progress', x'7b')",
        "INSERT OR REPLACE INTO sync_state VALUES ('proven time', x'7b')",
        "UPDATE attempts SET attempt = x'ff'",
        "UPDATE notices SET pictures = x'7b'",
        "UPDATE notices SET data = 'text'",
        "UPDATE postings SET entry = x'7b'",
        "UPDATE needed SET sha256 = 'zz' WHERE sha256 = (SELECT min(sha256) FROM needed)",
    ],
)
def test_value_that_the_card_has_changed_is_mended_from_the_card(
    kiosk: KioskInTest, office: OfficeInMemory, tmp_path: Path, statement: str
) -> None:
    office.publish(notice("有照片", blocks=(Picture(ref_of(PHOTO), 90, 60),)), blobs=[PHOTO])
    sync(kiosk, tmp_path / "feed")

    change(kiosk, statement)
    kiosk.check()

    assert kiosk.prove() == ["有照片"]
    kiosk.store.attempts(5)
    office.publish(notice("周六停水"))
    assert sync(kiosk, tmp_path / "feed") is Outcome.NEW
    assert kiosk.prove() == ["周六停水", "有照片"]
    kiosk.close()


def test_reader_says_that_a_value_was_changed(
    kiosk: KioskInTest, office: OfficeInMemory, tmp_path: Path
) -> None:
    office.publish(notice())
    sync(kiosk, tmp_path / "feed")
    change(kiosk, "UPDATE board SET village = x'7b'")

    reader = Store(kiosk.data / "sunboard.db", readonly=True)

    with pytest.raises(Unreadable):
        reader.held()
    reader.close()


def test_board_beyond_mending_is_taken_down_and_comes_again(
    kiosk: KioskInTest, office: OfficeInMemory, tmp_path: Path
) -> None:
    office.publish(notice())
    sync(kiosk, tmp_path / "feed")
    change(kiosk, "UPDATE board SET village = x'7b'")
    for blob in kiosk.data.glob("blobs/*/*"):
        blob.unlink()

    told = kiosk.check()

    assert told
    assert "taken down" in told.detail
    assert kiosk.titles() == []
    assert sync(kiosk, tmp_path / "feed") is Outcome.NEW
    assert kiosk.prove() == ["停水通知"]
    kiosk.close()


def test_progress_is_over_when_it_is_said_to_be(kiosk: KioskInTest) -> None:
    kiosk.store.set_progress(Progress("u", 1, 2, 3, 4))
    assert kiosk.store.progress() == Progress("u", 1, 2, 3, 4)

    kiosk.store.set_progress(None)

    assert kiosk.store.progress() is None
    kiosk.close()


@pytest.mark.parametrize(
    "named", [BlobRef("../../../etc/passwd", 5), BlobRef("a" * 64, 0), BlobRef("a" * 64, 10 << 30)]
)
def test_entry_with_an_impossible_file_is_set_aside_and_the_rest_goes_on(
    kiosk: KioskInTest, office: OfficeInMemory, tmp_path: Path, named: BlobRef
) -> None:
    office.publish(notice("周五停水"))
    office._entries.append(replace_entry(office.index().entries[0], id="bad", notice=named))
    office.publish()

    assert sync(kiosk, tmp_path / "feed") is Outcome.NEW

    assert kiosk.titles() == ["周五停水"]
    assert [aside.id for aside in kiosk.store.set_asides()] == ["bad"]
    kiosk.close()


def test_targets_that_name_no_seals_are_not_trusted(
    kiosk: KioskInTest, office: OfficeInMemory, tmp_path: Path
) -> None:
    office.publish(notice("周五停水"))
    honest = office.files()

    def strip(signed: dict[str, object]) -> None:
        signed.pop("delegations")
        signed["version"] = 2

    office._feed = forge(honest, office.signers, edits={"targets": strip})

    assert sync(kiosk, tmp_path / "feed") is Outcome.NOT_TRUSTED
    assert kiosk.titles() == []
    kiosk.close()
