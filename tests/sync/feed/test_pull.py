"""Pulling a board: the new one comes whole, and costs no more than it must."""

from pathlib import Path

from sync.feed.folder import FolderSource
from sync.feed.http import HttpSource
from sync.feed.layout import ref_of
from sync.feed.pull import Card, pull
from sync.records import Outcome
from tests.support.kiosk import KioskInTest
from tests.support.office import OfficeInMemory, notice, with_picture
from tests.support.server import Server


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
