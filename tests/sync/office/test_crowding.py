"""A board with more notices than a day has room for is told of before it is sealed."""

from datetime import date, timedelta

import msgspec
import pytest

from sync.feed.layout import Index
from sync.office.crowding import crowd
from sync.office.difference import difference, in_words
from tests.support.office import VILLAGE, OfficeInMemory, notice

TODAY = date(2026, 11, 20)


@pytest.fixture
def office() -> OfficeInMemory:
    return OfficeInMemory()


def board(office: OfficeInMemory, notices: int, posted: date = TODAY) -> Index:
    office.publish(*(notice(f"公告{number}", posted=posted) for number in range(notices)))
    return office.index()


def test_seal_holder_and_status_are_told_that_a_board_is_too_full(office):
    index = board(office, 174)

    found = crowd(VILLAGE, index, office.read, TODAY)
    first = msgspec.structs.replace(index, number=1)
    lines = in_words(difference(None, first, office.read, villages=(None, VILLAGE)), {})

    assert "在栏 174 条，太多" in str(found)
    assert lines[-1] == f"注意 (note)：{found}"


def test_board_that_has_room_is_not_spoken_of(office):
    index = board(office, 173)

    assert crowd(VILLAGE, index, office.read, TODAY) is None
    assert crowd(VILLAGE, None, office.read, TODAY) is None


def test_notices_whose_term_is_over_take_no_room(office):
    index = board(office, 174, TODAY)

    assert crowd(VILLAGE, index, office.read, TODAY + timedelta(days=30)) is None
