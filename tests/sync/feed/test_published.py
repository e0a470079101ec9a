"""When everything on a sealed board and in its closed months was published."""

from datetime import date, timedelta
from pathlib import Path

from kiosk.card import Card
from sync.duties import Publication, Record
from sync.errors import SourceUnavailable
from sync.feed.layout import decode_index
from sync.feed.published import published
from sync.notices import BlobRef, Correction, Decision
from tests.support.archive import ArchiveInMemory
from tests.support.board import card_with
from tests.support.office import START, OfficeInMemory, notice

TODAY = date(2026, 11, 23)


def test_closed_months_and_the_running_one_are_one_record() -> None:
    office = ArchiveInMemory(60, per_month=20)

    found = published(office.index, office.read, TODAY)

    assert len(found.publications) == 60
    assert found.since == min(one.day for one in found.publications)
    assert found.until == TODAY


def test_record_begins_with_the_oldest_month_that_the_card_has() -> None:
    office = ArchiveInMemory(60, per_month=20)
    assert office.index.previous is not None
    newest = office.index.previous.page.sha256

    def read(ref: BlobRef) -> bytes:
        if ref.sha256 not in {newest, *(entry.notice.sha256 for entry in office.index.entries)}:
            raise SourceUnavailable("lost")
        return office.read(ref)

    found = published(office.index, read, TODAY)

    assert len(found.publications) == 40
    assert found.since == min(one.day for one in found.publications).replace(day=1)


def test_notice_whose_words_are_lost_is_still_known_to_have_hung() -> None:
    office = ArchiveInMemory(20, per_month=20)

    def read(_: BlobRef) -> bytes:
        raise SourceUnavailable("lost")

    assert len(published(office.index, read, TODAY).publications) == 20


def test_corrected_notice_was_published_when_it_first_hung(tmp_path: Path) -> None:
    office = OfficeInMemory(now=START)
    office.publish(notice("修路决定", id="road", decided=Decision(START.date(), "村民代表会议")))
    office.now += timedelta(days=5)
    corrected = notice(
        "修路决定", id="road", revision=2, corrects=Correction(1, "日期写错"), posted=office.now.date(),
        period=(date(2026, 10, 1), date(2026, 10, 31)), urgent=True,
    )  # fmt: skip
    office.publish(corrected)

    assert record_of(tmp_path, office).publications == (
        Publication(
            "road", corrected.category, START.date(), corrected.period,
            corrected.decided.on if corrected.decided else None, urgent=True,
        ),
    )  # fmt: skip


def test_notice_that_was_taken_back_says_so(tmp_path: Path) -> None:
    office = OfficeInMemory(now=START)
    water = notice("停水", id="water")
    office.publish(water)
    office.now += timedelta(days=1)
    office.publish(withdraw=[water])

    (found,) = record_of(tmp_path, office).publications

    assert (found.day, found.withdrawn) == (START.date(), True)


def test_correction_of_what_was_taken_back_was_published_on_its_own_day(tmp_path: Path) -> None:
    office = OfficeInMemory(now=START)
    water = notice("停水", id="water")
    office.publish(water)
    office.publish(withdraw=[water])
    office.now += timedelta(days=2)
    again = notice(
        "停水", id="water", revision=2, corrects=Correction(1, "改期"), posted=office.now.date()
    )
    office.publish(again)

    (found,) = record_of(tmp_path, office).publications

    assert (found.day, found.withdrawn) == (office.now.date(), False)


def test_card_keeps_the_record_only_for_the_board_it_was_read_from(tmp_path: Path) -> None:
    office = OfficeInMemory(now=START)
    office.publish(notice("停水", id="water"))
    card = Card(card_with(tmp_path, office, at=START), office.anchor)

    before = card.read().record
    read, kept = card.record(), card.read().record
    office.now += timedelta(days=1)
    office.publish(notice("来电", id="power", posted=office.now.date()))
    card_with(tmp_path, office, at=office.now)
    stale, fresh = card.read().record, card.record()
    card.close()

    assert before is None
    assert read is not None
    assert read == kept
    assert stale is None  # the newest notice may be the one that was due
    assert fresh is not None
    assert {one.notice for one in fresh.publications} == {"water", "power"}


def record_of(folder: Path, office: OfficeInMemory) -> Record:
    card = Card(card_with(folder, office, at=office.now), office.anchor)
    card.read()
    found = card.record()
    card.close()
    assert found is not None
    assert found.since == decode_index(office.files().index).entries[0].sealed
    return found
