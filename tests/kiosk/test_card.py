"""What leaves the kiosk's card: what the two seals cover, whatever stands beside it."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from kiosk.card import DATABASE, Card
from kiosk.holdings import Holdings
from sync.notices import Party
from tests.support.board import card_with
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
