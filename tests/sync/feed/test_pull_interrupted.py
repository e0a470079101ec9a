"""A pull that is broken off: the old board stays, and what has come isn't fetched again."""

from pathlib import Path

from sync.feed.folder import FolderSource
from sync.feed.http import HttpSource
from sync.feed.layout import blob_path, ref_of
from sync.records import Outcome, Progress
from tests.support.kiosk import KioskInTest
from tests.support.office import OfficeInMemory, notice, with_picture
from tests.support.server import Manners, Server
from tests.support.stick import PulledStick


def test_blob_resumes_over_a_line_that_drops_every_120_kb(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path, server: Server, web: HttpSource
) -> None:
    posted, data = with_picture("有照片", 300_000)
    office.publish(posted, blobs=[data])
    office.write_to(folder)
    picture = f"/feed/{blob_path(ref_of(data))}"
    server.manners = Manners(cut_after=120_000)

    attempt = kiosk.sync_from(web)

    asked = [request.range for request in server.requests if request.path == picture]
    assert attempt.outcome is Outcome.NEW
    assert len(asked) == 3
    assert kiosk.blobs.intact(ref_of(data))
    assert attempt.bytes < 300_000 + 3 * 16_384 + 20_000


def test_blob_resumes_in_the_next_attempt_and_after_a_restart(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path, server: Server, web: HttpSource
) -> None:
    posted, data = with_picture("有照片", 300_000)
    office.publish(posted, blobs=[data])
    office.write_to(folder)
    picture = f"/feed/{blob_path(ref_of(data))}"

    def cut_once(request: object) -> None:
        came = [asked for asked in server.requests if asked.path == picture]
        only = "blobs" if len(came) < 2 else "nothing"
        server.manners = Manners(cut_after=0 if len(came) == 2 else 200_000, only=only)
        if len(came) == 2:
            server.manners = Manners(status=503)

    server.on_request = cut_once
    first = kiosk.sync_from(web)
    kiosk.restart()
    server.on_request = lambda request: None
    server.manners = Manners()
    server.requests.clear()
    second = kiosk.sync_from(web)

    (request,) = [asked for asked in server.requests if asked.path == picture]
    assert (first.outcome, second.outcome) == (Outcome.UNAVAILABLE, Outcome.NEW)
    assert request.status == 206
    assert request.sent < 150_000


def test_damaged_beginning_is_dropped_and_the_file_fetched_whole(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path, web: HttpSource
) -> None:
    posted, data = with_picture("有照片", 100_000)
    office.publish(posted, blobs=[data])
    office.write_to(folder)
    partial = kiosk.data / "partial" / ref_of(data).sha256
    partial.parent.mkdir(parents=True)
    partial.write_bytes(b"\x00" * 50_000)

    assert kiosk.sync_from(web).outcome is Outcome.NEW
    assert kiosk.blobs.intact(ref_of(data))
    assert not partial.exists()


def test_stick_pulled_half_way_keeps_yesterdays_board(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path
) -> None:
    office.publish(notice("周五停水"))
    office.write_to(folder)
    kiosk.sync_from(FolderSource(folder))
    posted, data = with_picture("周六停水", 40_000)
    office.publish(posted, blobs=[data])
    office.write_to(folder)

    pulled = 0
    while kiosk.sync_from(PulledStick(folder, after=pulled * 700)).outcome is Outcome.UNAVAILABLE:
        pulled += 1
        assert kiosk.prove() == ["周五停水"]

    assert pulled > 10
    assert kiosk.prove() == ["周五停水", "周六停水"]


def test_progress_of_a_killed_sync_is_over_at_the_next_start(kiosk: KioskInTest) -> None:
    kiosk.store.set_progress(Progress("u", 1, 2, 3, 4))

    kiosk.check()

    assert kiosk.store.progress() is None
