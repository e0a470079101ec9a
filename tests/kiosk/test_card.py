"""What leaves the kiosk's card: what the two seals cover, whatever stands beside it."""

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from kiosk.card import DATABASE, Card
from kiosk.holdings import Holdings
from sync.feed.folder import FolderSource
from sync.feed.layout import Entry, encode, ref_of
from sync.notices import Correction, Notice, Party
from tests.support.board import card_with
from tests.support.kiosk import KioskInTest
from tests.support.office import START, VILLAGE, OfficeInMemory, notice

FALSE = msgspec.json.encode(msgspec.structs.replace(VILLAGE, hotline="0900-0000000"))
NOBODY = msgspec.json.encode([])


def read(card: Card) -> Holdings | None:
    return card.read()


def glance(card: Card) -> Holdings | None:
    return card.glance()


@pytest.mark.parametrize("look", [read, glance])
@pytest.mark.parametrize(
    ("village", "holders", "issued"),
    [(FALSE, NOBODY, "2001-01-01T00:00:00+00:00"), (b"worn", b"worn", "worn")],
)
def test_card_tells_what_is_sealed_when_the_databases_copies_are_changed(
    tmp_path: Path,
    look: Callable[[Card], Holdings | None],
    village: bytes,
    holders: bytes,
    issued: str,
) -> None:
    office = OfficeInMemory()
    office.publish(notice("周五停水"))
    with sqlite3.connect(card_with(tmp_path, office, at=START) / DATABASE) as database:
        database.execute(
            "UPDATE board SET village = ?, holders = ?, issued = ?", (village, holders, issued)
        )
    database.close()

    card = Card(tmp_path, office.anchor)
    shown = look(card)
    card.close()

    assert shown is not None
    assert shown.village == VILLAGE
    assert shown.sealed_by == frozenset(Party)
    assert shown.issued == START
    assert [posting.notice.title for posting in shown.postings] == ["周五停水"]


def corrected(office: OfficeInMemory) -> Notice:
    """Publish a notice and its correction; return the first."""
    first = notice("周五停水", id="water")
    office.publish(first)
    second = notice("周六停水", id="water", revision=2, corrects=Correction(1, "日期写错"))
    office.publish(second)
    return first


def earlier(tmp_path: Path, office: OfficeInMemory) -> tuple[Notice, ...]:
    card = Card(tmp_path, office.anchor)
    shown = card.read()
    card.close()
    assert [posting.notice.title for posting in shown.postings] == ["周六停水"]
    return shown.earlier


def test_corrected_notice_comes_with_the_revision_that_it_corrects(tmp_path: Path) -> None:
    office = OfficeInMemory()
    first = notice("周五停水", id="water")
    office.publish(first)
    card_with(tmp_path, office, at=START)
    second = notice("周六停水", id="water", revision=2, corrects=Correction(1, "日期写错"))
    office.publish(second)
    card_with(tmp_path, office, at=START)

    assert earlier(tmp_path, office) == (first,)


def test_kiosk_that_came_later_has_the_earlier_revision_from_the_feed(tmp_path: Path) -> None:
    office = OfficeInMemory()
    first = corrected(office)
    office.write_to(tmp_path / "feed")
    kiosk = KioskInTest(tmp_path / "card", office)
    kiosk.sync_from(FolderSource(tmp_path / "feed"))
    kiosk.close()

    assert earlier(tmp_path / "card", office) == (first,)


def test_kiosk_that_came_later_has_the_earlier_revision_from_the_closed_month(
    tmp_path: Path,
) -> None:
    office = OfficeInMemory()
    first = corrected(office)
    office.close_month("2026-11")
    card_with(tmp_path, office, at=START)

    assert earlier(tmp_path, office) == (first,)


def test_what_is_corrected_comes_along_while_its_correction_waits(tmp_path: Path) -> None:
    office = OfficeInMemory()
    office.publish(notice("周五停水", id="water"))
    day = START.date() + timedelta(days=10)
    for revision, title in ((2, "周六停水"), (3, "周日停水")):
        corrects = Correction(revision - 1, "日期写错")
        office.publish(notice(title, id="water", revision=revision, corrects=corrects, posted=day))
    card_with(tmp_path, office, at=START)
    card = Card(tmp_path, office.anchor)

    waiting = [one.notice.title for one in card.read().postings]
    office.now += timedelta(days=10)
    office.publish(notice("另一份", posted=day))
    card_with(tmp_path, office, at=office.now)
    over = {one.notice.title for one in card.read().postings}
    card.close()

    assert waiting == ["周日停水", "周六停水", "周五停水"]
    assert over == {"周日停水", "另一份"}


def test_earlier_revision_that_was_changed_on_the_card_is_not_shown(tmp_path: Path) -> None:
    office = OfficeInMemory()
    first = notice("周五停水", id="water")
    office.publish(first)
    card_with(tmp_path, office, at=START)
    second = notice("周六停水", id="water", revision=2, corrects=Correction(1, "日期写错"))
    office.publish(second)
    office.blobs.pop(ref_of(encode(first)).sha256)
    card_with(tmp_path, office, at=START)
    for blob in tmp_path.rglob(ref_of(encode(first)).sha256):
        blob.unlink()
    false = encode(msgspec.structs.replace(first, title="从未停水"))
    with sqlite3.connect(tmp_path / DATABASE) as database:
        database.execute(
            "UPDATE notices SET data = ? WHERE sha256 = ?", (false, ref_of(encode(first)).sha256)
        )
    database.close()

    assert earlier(tmp_path, office) == ()


def test_earlier_revision_that_nobody_sealed_is_not_shown(tmp_path: Path) -> None:
    office = OfficeInMemory()
    second = notice("周六停水", id="water", revision=2, corrects=Correction(1, "日期写错"))
    office.publish(second)
    card_with(tmp_path, office, at=START)
    forged = encode(notice("从未停水", id="water"))
    entry = Entry("water", 1, "zdxm", START.date(), START.date(), ref_of(forged))
    with sqlite3.connect(tmp_path / DATABASE) as database:
        database.execute(
            "INSERT INTO notices VALUES (?, ?, '', '', 0, x'5b5d')",
            (ref_of(forged).sha256, forged),
        )
        database.execute(
            "INSERT INTO postings VALUES ('water', 1, 0, 'zdxm', '2026-11-20', '2026-11-20', ?, ?)",
            (ref_of(forged).sha256, encode(entry)),
        )
    database.close()

    assert earlier(tmp_path, office) == ()
