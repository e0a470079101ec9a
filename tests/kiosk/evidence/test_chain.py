"""No row of the log can be changed, taken out, put in or moved unseen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from kiosk.evidence.chain import Row, chain, decode, encode, find_break
from kiosk.evidence.records import Event, Minute, Record, Seen
from sync.signed_days import root_of

ROOT = root_of(b"k" * 32)
NINE = datetime(2026, 11, 20, 1, tzinfo=UTC)


def minutes(count: int) -> list[Record]:
    seen = (Seen("water", 1, "idle", 0.0, 60.0, turn=True),)
    return [Minute("b", 60.0 * n, NINE, trusted=True, power="on", seen=seen) for n in range(count)]


def test_records_come_back_as_they_were_written() -> None:
    event = Event("b", 7.5, NINE, trusted=False, what="jump", detail="-86400")

    assert [decode(encode(one)) for one in (*minutes(1), event)] == [*minutes(1), event]


def test_whole_chain_holds_and_goes_on_where_it_ended() -> None:
    first = chain(ROOT, 1, minutes(3))
    then = chain(first[-1].hash, 4, minutes(2))

    assert find_break(ROOT, 1, (*first, *then)) is None


@pytest.mark.parametrize("at", range(5))
def test_any_changed_row_is_found(at: int) -> None:
    rows = list(chain(ROOT, 1, minutes(5)))
    rows[at] = replace(rows[at], data=rows[at].data.replace(b"60.0", b"61.0"))

    found = find_break(ROOT, 1, rows)

    assert found is not None
    assert found.number == at + 1


def test_missing_moved_and_added_rows_are_found() -> None:
    rows = chain(ROOT, 1, minutes(5))
    swapped = (rows[0], replace(rows[2], number=2), replace(rows[1], number=3), *rows[3:])
    added = (*rows, Row(6, encode(minutes(1)[0]), b"0" * 32))

    for wrong, number in ((rows[:2] + rows[3:], 3), (swapped, 2), (added, 6), (rows[1:], 1)):
        found = find_break(ROOT, 1, wrong)
        assert found is not None
        assert found.number == number


@pytest.mark.parametrize(
    ("at", "wall"),
    [
        (0.0, datetime(9999, 12, 31, 23, 59, tzinfo=UTC)),
        (0.0, datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=9)))),
        (0.0, datetime(2026, 11, 20, 9)),  # noqa: DTZ001  # that is the fault
        (-1.0, NINE),
        (1e300, NINE),
    ],
)
def test_times_that_no_clock_says_are_no_record(at: float, wall: datetime) -> None:
    event = Event("b", at, wall, trusted=True, what="start")

    with pytest.raises(ValueError, match=r"no (clock|boot)"):
        decode(encode(event))


def test_a_kiosk_whose_clock_begins_at_1970_is_read() -> None:
    event = Event("b", 7.5, datetime(1970, 1, 1, tzinfo=UTC), trusted=False, what="start")

    assert decode(encode(event)) == event
