"""Pulling a board from every kind of source: the new board comes whole, or the old one stays."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sync.feed.folder import FolderSource
from sync.feed.http import HttpSource, Patience
from sync.feed.layout import blob_path, ref_of
from sync.feed.pull import Card, pull
from sync.notices import Picture
from sync.records import Outcome, Progress
from tests.support.crook import forge
from tests.support.kiosk import NOON, KioskInTest
from tests.support.office import OfficeInMemory, new_signers, notice
from tests.support.server import PORTAL_PAGE, Manners, Server, serving
from tests.support.stick import PulledStick

QUICK = Patience(connect=2.0, read=0.4, whole=0.8, slowest=1 << 30)


@pytest.fixture
def office() -> OfficeInMemory:
    return OfficeInMemory()


@pytest.fixture
def kiosk(tmp_path: Path, office: OfficeInMemory) -> Iterator[KioskInTest]:
    made = KioskInTest(tmp_path / "data", office)
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "feed"


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    folder.mkdir()
    with serving(folder) as running:
        yield running


@pytest.fixture
def web(server: Server) -> Iterator[HttpSource]:
    source = HttpSource(server.url, QUICK)
    yield source
    source.close()


def with_picture(title: str, size: int, seed: int = 1) -> tuple[object, bytes]:
    data = random.Random(seed).randbytes(size)
    return notice(title, blocks=(Picture(ref_of(data), 100, 100),), reading=()), data


def test_notice_travels_over_the_web(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path, web: HttpSource
) -> None:
    office.publish(notice("周五停水"), notice("财务公开"))
    office.write_to(folder)

    attempt = kiosk.sync_from(web)

    assert (attempt.outcome, attempt.notices) == (Outcome.NEW, 2)
    assert kiosk.prove() == ["周五停水", "财务公开"]


def test_nothing_new_is_the_same_and_costs_two_requests(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path, server: Server, web: HttpSource
) -> None:
    office.publish(notice())
    office.write_to(folder)
    kiosk.sync_from(web)
    server.requests.clear()

    attempt = kiosk.sync_from(web)

    assert (attempt.outcome, attempt.notices) == (Outcome.SAME, 0)
    asked = [request.path for request in server.requests]
    assert asked == ["/feed/metadata/2.root.json", "/feed/metadata/timestamp.json"]


def test_one_more_notice_costs_six_requests(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path, server: Server, web: HttpSource
) -> None:
    office.publish(*(notice(f"公告{number}") for number in range(5)))
    office.write_to(folder)
    kiosk.sync_from(web)
    server.requests.clear()
    office.publish(notice("新公告"))
    office.write_to(folder)

    attempt = kiosk.sync_from(web)

    assert (attempt.outcome, attempt.notices) == (Outcome.NEW, 1)
    assert len(server.requests) == 6
    assert "新公告" in kiosk.prove()


def test_renewed_board_without_news_is_the_same_but_vouched_for_later(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path
) -> None:
    office.publish(notice())
    office.write_to(folder)
    kiosk.sync_from(FolderSource(folder))
    before = kiosk.store.held()
    office.refresh()
    office.write_to(folder)

    attempt = kiosk.sync_from(FolderSource(folder))

    after = kiosk.store.held()
    assert attempt.outcome is Outcome.SAME
    assert before
    assert after
    assert after.issued > before.issued


@pytest.mark.parametrize(
    "manners",
    [
        Manners(ranges="ignored"),
        Manners(ranges="refused"),
        Manners(ranges="wrong start"),
        Manners(length=False),
        Manners(chunked=True),
        Manners(compress="gzip"),
        Manners(compress="deflate", length=False),
        Manners(cookies=True),
    ],
)
def test_honest_server_of_any_kind_brings_the_board(
    kiosk: KioskInTest,
    office: OfficeInMemory,
    folder: Path,
    server: Server,
    web: HttpSource,
    manners: Manners,
) -> None:
    office.publish(notice("周五停水"))
    office.write_to(folder)
    server.manners = manners

    assert kiosk.sync_from(web).outcome is Outcome.NEW
    assert kiosk.prove() == ["周五停水"]


@pytest.mark.parametrize(
    "manners",
    [
        Manners(portal=True),
        Manners(soft_404=True),
        Manners(status=500),
        Manners(status=503, only="blobs"),
        Manners(redirect="loop"),
        Manners(endless=True),
        Manners(endless=True, only="blobs"),
        Manners(compress="bomb"),
        Manners(compress="broken gzip", only="notices"),
        Manners(cut_after=100),
        Manners(cut_after=100, length=False, cut_cleanly=True),
        Manners(cut_after=0, only="blobs"),
        Manners(cut_after=0, only="blobs", length=False, cut_cleanly=True),
        Manners(cut_after=100, only="targets", length=False, cut_cleanly=True),
        Manners(stall_after=100),
        Manners(drip=True),
        Manners(drip_headers=True, only="blobs"),
        Manners(portal=True, only="blobs"),
        Manners(status=404, only="blobs"),
        Manners(status=404, only="timestamp"),
        Manners(status=404, only="snapshot"),
        Manners(status=404, only="targets/"),
        Manners(swap=b"", only="timestamp"),
        Manners(swap=b'{"error": "not found"', only="timestamp"),
        Manners(swap=b"\x00" * 400),
    ],
)
def test_broken_server_is_unavailable_and_yesterdays_board_stays(
    kiosk: KioskInTest,
    office: OfficeInMemory,
    folder: Path,
    server: Server,
    web: HttpSource,
    manners: Manners,
) -> None:
    office.publish(notice("周五停水"))
    office.write_to(folder)
    kiosk.sync_from(web)
    office.publish(notice("周六停水"))
    office.write_to(folder)
    server.manners = manners

    attempt = kiosk.sync_from(web)

    assert attempt.outcome is Outcome.UNAVAILABLE, attempt.detail
    assert kiosk.prove() == ["周五停水"]
    server.manners = Manners()
    assert kiosk.sync_from(web).outcome is Outcome.NEW
    assert kiosk.prove() == ["周五停水", "周六停水"]


def test_captive_portal_is_explained_in_plain_words(
    kiosk: KioskInTest, server: Server, web: HttpSource
) -> None:
    server.manners = Manners(portal=True)

    attempt = kiosk.sync_from(web)

    assert "log-in page" in attempt.detail
    assert "Check the network" in attempt.advice


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


@pytest.mark.parametrize("year", [1970, 2040])
def test_clock_that_nobody_keeps_judges_no_expiry(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path, year: int
) -> None:
    kiosk.now, kiosk.synchronised = datetime(year, 1, 1, tzinfo=UTC), False
    office.publish(notice("周五停水"))
    office.write_to(folder)

    assert kiosk.sync_from(FolderSource(folder)).outcome is Outcome.NEW
    assert kiosk.check() is None
    assert kiosk.prove() == ["周五停水"]


def test_clock_at_1970_is_not_believed_even_if_called_synchronised(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path
) -> None:
    kiosk.now = datetime(1970, 1, 1, tzinfo=UTC)
    office.publish(notice("周五停水"))
    office.write_to(folder)

    attempt = kiosk.sync_from(FolderSource(folder))

    assert attempt.outcome is Outcome.NEW
    assert attempt.at >= office.now - timedelta(minutes=2)


def test_copy_whose_validity_has_ended_is_refused_and_the_board_stays(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path
) -> None:
    office.publish(notice("周五停水"))
    office.write_to(folder)
    kiosk.sync_from(FolderSource(folder))
    office.publish(notice("周六停水"))
    office.write_to(folder)
    kiosk.now = datetime(2040, 1, 1, tzinfo=UTC)

    attempt = kiosk.sync_from(FolderSource(folder))

    assert attempt.outcome is Outcome.NOT_TRUSTED
    assert "validity" in attempt.detail
    assert "ask the office for a fresh one" in attempt.advice
    assert kiosk.check() is None
    assert kiosk.prove() == ["周五停水"]


def test_board_that_the_office_no_longer_renews_stays_the_same(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path
) -> None:
    office.publish(notice("周五停水"))
    office.write_to(folder)
    kiosk.sync_from(FolderSource(folder))
    kiosk.now = NOON + timedelta(days=100)

    attempt = kiosk.sync_from(FolderSource(folder))

    assert attempt.outcome is Outcome.SAME, attempt.detail
    assert kiosk.prove() == ["周五停水"]


def test_proven_time_outlives_a_clock_that_falls_back(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path
) -> None:
    office.publish(notice())
    office.write_to(folder)
    kiosk.sync_from(FolderSource(folder))
    kiosk.now = datetime(1970, 1, 1, tzinfo=UTC)
    kiosk.restart()

    moment = kiosk.attempts.moment()

    assert moment.time >= NOON
    assert not moment.trusted


def test_withdrawal_and_revision_take_effect_and_history_stays(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path
) -> None:
    first, second = notice("财务公开", id="cw-1"), notice("停水", id="ts-1")
    office.publish(first, second)
    office.write_to(folder)
    kiosk.sync_from(FolderSource(folder))
    office.publish(notice("财务公开（更正）", id="cw-1", revision=2), withdraw=[second])
    office.write_to(folder)

    attempt = kiosk.sync_from(FolderSource(folder))

    assert attempt.outcome is Outcome.NEW
    assert kiosk.prove() == ["停水", "财务公开（更正）"]
    withdrawn = kiosk.store.posting("ts-1")
    assert withdrawn
    assert withdrawn.entry.withdrawn
    history = [posting.notice.title for posting in kiosk.store.revisions("cw-1")]
    assert history == ["财务公开（更正）", "财务公开"]


def test_archive_is_bounded_and_old_blobs_go_after_the_switch(
    tmp_path: Path, office: OfficeInMemory, folder: Path
) -> None:
    kiosk = KioskInTest(tmp_path / "data", office, months=2)
    pictures = []
    for month in range(1, 6):
        posted, data = with_picture(f"{month}月公告", 5_000, seed=month)
        pictures.append(ref_of(data))
        office.publish(posted, blobs=[data])
        office.close_month(f"2026-0{month}")
        office.write_to(folder)
        kiosk.sync_from(FolderSource(folder))

    assert kiosk.prove() == ["4月公告", "5月公告"]
    assert [kiosk.blobs.has(ref) for ref in pictures] == [False, False, False, True, True]
    assert not list((kiosk.data / "partial").iterdir())
    kiosk.close()


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


def test_feed_larger_than_the_card_is_refused_before_it_is_fetched(
    tmp_path: Path, office: OfficeInMemory, folder: Path, server: Server, web: HttpSource
) -> None:
    kiosk = KioskInTest(tmp_path / "data", office, reserve=1 << 60)
    office.publish(notice("周五停水"))
    office.write_to(folder)

    attempt = kiosk.sync_from(web)

    assert attempt.outcome is Outcome.CARD_FULL
    assert not any("blobs" in request.path for request in server.requests)
    assert kiosk.titles() == []
    kiosk.close()


def test_progress_is_told_while_a_sync_is_under_way(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path, web: HttpSource
) -> None:
    posted, data = with_picture("有照片", 200_000)
    office.publish(posted, notice("停水"), blobs=[data])
    office.write_to(folder)
    told = []
    card = Card(kiosk.store, kiosk.blobs, "qingshi", office.anchor)

    pull(web, card, kiosk.attempts.moment(), told.append)

    last = told[-1]
    assert (last.notices, last.notices_all) == (2, 2)
    assert last.bytes == last.bytes_all > 200_000
    assert [p.bytes for p in told] == sorted(p.bytes for p in told)


def test_page_of_another_kind_never_becomes_a_notice(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path, server: Server, web: HttpSource
) -> None:
    office.publish(notice("周五停水"))
    office.write_to(folder)
    server.manners = Manners(swap=PORTAL_PAGE, only="blobs")

    assert kiosk.sync_from(web).outcome is Outcome.UNAVAILABLE
    assert not list(kiosk.data.glob("blobs/*/*"))


def test_servers_words_cannot_steer_a_terminal_or_the_screen(
    kiosk: KioskInTest, server: Server, web: HttpSource
) -> None:
    server.manners = Manners(redirect="ftp://x/\x1b[31m\x9d" + "long" * 500)

    attempt = kiosk.sync_from(web)

    assert attempt.outcome is Outcome.UNAVAILABLE
    assert attempt.detail.isprintable()
    assert len(attempt.detail) <= 400


def test_progress_of_a_killed_sync_is_over_at_the_next_start(kiosk: KioskInTest) -> None:
    kiosk.store.set_progress(Progress("u", 1, 2, 3, 4))

    kiosk.check()

    assert kiosk.store.progress() is None


def test_every_poll_begins_with_a_fresh_connection(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path, server: Server, web: HttpSource
) -> None:
    office.publish(notice())
    office.write_to(folder)
    ports = []
    server.on_request = lambda request: ports.append(request.port)

    kiosk.sync_from(web)
    first = set(ports)
    ports.clear()
    kiosk.sync_from(web)

    assert len(first) == 1
    assert first.isdisjoint(ports)


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
