"""The titles of the past, as sealed as what hangs."""

from datetime import timedelta
from pathlib import Path

import msgspec

from kiosk.archive import summaries
from kiosk.card import Card
from sync.errors import SourceUnavailable
from sync.feed.layout import PageRef, Posting, encode, ref_of
from sync.notices import BlobRef
from tests.support.archive import ArchiveInMemory
from tests.support.board import card_with
from tests.support.office import START, OfficeInMemory, notice


def none(_id: str) -> Posting | None:
    return None


def test_every_closed_month_is_listed_newest_first() -> None:
    office = ArchiveInMemory(60, per_month=20)

    found = summaries(office.index, office.read, none)

    assert len(found) == 40  # the third month isn't closed, and nobody holds its notices
    assert {one.title for one in found} == {f"第{n}号公示" for n in range(1, 41)}
    assert list(found) == sorted(found, key=lambda one: one.posted, reverse=True)


def test_archive_ends_at_a_month_that_the_card_has_lost() -> None:
    office = ArchiveInMemory(60, per_month=20)
    assert office.index.previous is not None
    newest = office.index.previous.page.sha256

    def read(ref: BlobRef) -> bytes:
        if ref.sha256 != newest:
            raise SourceUnavailable("lost")
        return office.read(ref)

    assert {one.title for one in summaries(office.index, read, none)} == {
        f"第{n}号公示" for n in range(21, 41)
    }


def test_notice_that_cannot_be_decoded_is_left_out_of_the_archive() -> None:
    content = b'{"title":"\xff","initials":"x","reading":[]}'
    office = OfficeInMemory()
    office.publish(notice("停水"), notice("停电"))
    broken, fine = office.index().entries
    broken = msgspec.structs.replace(broken, notice=ref_of(content))
    page = b'{"format":1,"month":"2026-10","entries":[%s]}' % b",".join(
        b'{"entry":%s,"notice":%s}' % (encode(entry), data)
        for entry, data in ((broken, content), (fine, office.blobs[fine.notice.sha256]))
    )
    previous = PageRef("2026-10", office.keep(page))

    found = summaries(office.index(entries=(), previous=previous), office.read, none)

    assert [one.title for one in found] == ["停电"]


def test_card_reads_the_archive_once_for_each_board(tmp_path: Path) -> None:
    office = OfficeInMemory(now=START)
    office.publish(notice("停水通知"))
    card = Card(card_with(tmp_path, office, at=START), office.anchor)

    before = card.read().archive
    read, again = card.archive(), card.archive()
    kept = card.read().archive
    office.now += timedelta(days=40)
    office.publish(notice("来电通知", posted=office.now.date()))
    card_with(tmp_path, office, at=office.now)
    card.read()
    later = card.archive()
    card.close()

    assert (before, again) == ((), None)
    assert read is not None
    assert read[0].spoken == notice("停水通知").reading[0]
    assert [one.title for one in read] == [one.title for one in kept] == ["停水通知"]
    assert later is not None
    assert [one.title for one in later] == ["来电通知", "停水通知"]


def test_notice_of_a_closed_month_is_read_again_under_its_seals(tmp_path: Path) -> None:
    office = OfficeInMemory(now=START)
    office.publish(notice("停水通知", id="water"))
    office.now += timedelta(days=400)
    office.publish(notice("来电通知", posted=office.now.date()))
    card = Card(card_with(tmp_path, office, at=office.now), office.anchor)

    before = card.past("water")
    held = card.read()
    brought = card.past("water")
    card.close()

    assert before is None  # nothing is read that wasn't proved first
    assert [one.notice.title for one in held.postings] == ["来电通知"]
    assert brought is not None
    assert brought.notice.title == "停水通知"


def test_taken_back_notice_is_not_read_again(tmp_path: Path) -> None:
    office = OfficeInMemory(now=START)
    water = notice("停水通知", id="water")
    office.publish(water)
    office.publish(withdraw=[water])
    office.now += timedelta(days=400)
    office.publish(notice("来电通知", posted=office.now.date()))
    card = Card(card_with(tmp_path, office, at=office.now), office.anchor)
    card.read()

    brought, unknown = card.past("water"), card.past("nobody")
    card.close()

    assert (brought, unknown) == (None, None)
