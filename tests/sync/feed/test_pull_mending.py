"""What was damaged on the card is told, and mended from the card or by the next pull."""

from pathlib import Path

from sync.feed.folder import FolderSource
from sync.feed.http import HttpSource
from sync.records import Outcome
from tests.support.kiosk import KioskInTest
from tests.support.office import OfficeInMemory, notice, with_picture
from tests.support.server import Server


def test_damaged_blob_is_told_and_fetched_again_though_nothing_is_new(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path
) -> None:
    posted, data = with_picture("有照片", 30_000)
    office.publish(posted, blobs=[data])
    office.write_to(folder)
    kiosk.sync_from(FolderSource(folder))
    for path in [kiosk.blobs.path(ref) for ref in kiosk.store.needed()]:
        path.write_bytes(b"x" + path.read_bytes()[1:])

    told = kiosk.check()
    titles = kiosk.titles()
    repaired = kiosk.sync_from(FolderSource(folder))

    assert told
    assert told.detail == "3 damaged or missing files will be fetched again"
    assert titles == ["有照片"]
    assert (repaired.outcome, repaired.notices) == (Outcome.SAME, 0)
    assert kiosk.check() is None
    assert kiosk.prove() == ["有照片"]


def test_damaged_notice_in_the_database_is_not_shown_and_mended_from_the_card(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path
) -> None:
    office.publish(notice("周五停水"))
    office.write_to(folder)
    kiosk.sync_from(FolderSource(folder))
    database = kiosk.store._open
    assert database
    ((data,),) = database.execute("SELECT data FROM notices")
    database.execute("UPDATE notices SET data = ?", (data.replace(b"1", b"2"),))
    kiosk.restart()

    before = kiosk.titles()
    told = kiosk.check()

    assert before == []
    assert told is None
    assert kiosk.prove() == ["周五停水"]


def test_board_that_cannot_be_proven_any_longer_is_taken_down_until_the_next_sync(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path, server: Server, web: HttpSource
) -> None:
    office.publish(notice("周五停水"))
    office.write_to(folder)
    kiosk.sync_from(web)
    database = kiosk.store._open
    assert database
    database.execute("UPDATE feed_files SET data = x'7b7d' WHERE name = 'notices'")

    told = kiosk.check()
    titles = kiosk.titles()
    server.requests.clear()
    repaired = kiosk.sync_from(web)

    assert told
    assert "taken down" in told.detail
    assert titles == []
    assert repaired.outcome is Outcome.NEW
    assert not any("blobs" in request.path for request in server.requests)
    assert kiosk.prove() == ["周五停水"]
