"""The thread that reads the card: what it says of a card that can't be read, and that it goes on."""

import queue
import shutil
from datetime import timedelta
from pathlib import Path

from kiosk.card import Card
from kiosk.holdings import Holdings
from kiosk.watch import Watch
from sync.feed.layout import Posting
from tests.support.board import card_with
from tests.support.office import START, OfficeInMemory, notice


def test_card_that_cannot_be_read_is_said_and_read_again_once_it_is_mended(tmp_path: Path) -> None:
    office = OfficeInMemory()
    office.publish(notice("停水通知"))
    good = card_with(tmp_path / "good", office)
    data = Path(shutil.copytree(good, tmp_path / "data"))
    whole = (data / "sunboard.db").read_bytes()
    (data / "sunboard.db").write_bytes(whole[:100] + b"worn" * (len(whole) // 4 - 25))
    told: queue.Queue[Holdings] = queue.Queue()
    watch = Watch(lambda: Card(data, office.anchor), told.put)

    watch.start()
    try:
        refused = told.get(timeout=20)
        (data / "sunboard.db").unlink()  # as kiosk-sync moves a damaged one aside
        shutil.copytree(good, data, dirs_exist_ok=True)
        mended = next(held for held in iter(lambda: told.get(timeout=20), None) if held.village)
    finally:
        watch.close()

    assert (refused.loaded, refused.village, bool(refused.refused)) == (True, None, True)
    assert [posting.notice.title for posting in mended.postings] == ["停水通知"]


def test_reader_that_fails_unexpectedly_begins_anew_and_shows_what_there_is(tmp_path: Path) -> None:
    office = OfficeInMemory()
    office.publish(notice("停水通知"))
    data = card_with(tmp_path / "data", office)
    cards: list[Card] = []

    def open_card() -> Card:
        cards.append(Card(data, office.anchor))
        if len(cards) == 1:
            raise KeyError("nobody has thought of this")
        return cards[-1]

    told: queue.Queue[Holdings] = queue.Queue()
    watch = Watch(open_card, told.put)
    before = watch.answered

    watch.start()
    try:
        refused = told.get(timeout=20)
        mended = told.get(timeout=20)
    finally:
        watch.close()

    assert "nobody has thought of this" in refused.refused
    assert [posting.notice.title for posting in mended.postings] == ["停水通知"]
    assert watch.answered > before


def test_notice_of_the_archive_is_brought_at_once_and_only_the_last_that_was_asked_for(
    tmp_path: Path,
) -> None:
    office = OfficeInMemory(now=START)
    office.publish(notice("停水通知", id="water"))
    office.now += timedelta(days=400)
    office.publish(notice("来电通知", posted=office.now.date()))
    data = card_with(tmp_path / "data", office, at=office.now)
    told: queue.Queue[Holdings] = queue.Queue()
    brought: queue.Queue[tuple[str, Posting | None]] = queue.Queue()
    watch = Watch(lambda: Card(data, office.anchor), told.put, lambda *one: brought.put(one))

    watch.start()
    try:
        while not told.get(timeout=20).archive:
            pass
        watch.ask("water")
        name, posting = brought.get(timeout=20)
        watch.ask("nobody")
        unknown = brought.get(timeout=20)
    finally:
        watch.close()

    assert name == "water"
    assert posting is not None
    assert posting.notice.title == "停水通知"
    assert unknown == ("nobody", None)
