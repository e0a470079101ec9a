"""From looks at the screen to what is written down."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kiosk.evidence.records import Event, Minute, Record, Seen
from kiosk.evidence.tracker import Drawn, Tick, Tracker

NINE = datetime(2026, 11, 20, 1, tzinfo=UTC)
WATER = Drawn("water", 1, "idle", turn=1)
ROAD = Drawn("road", 2, "idle", turn=2)


def tick(at: float, drawn: Drawn | None = WATER, **changes: object) -> Tick:
    made = {"wall": NINE + timedelta(seconds=at), "trusted": True, **changes}
    return Tick(at, drawn=drawn, **made)  # type: ignore[arg-type]


def looks(begin: float, end: float, drawn: Drawn | None = WATER, **changes: object) -> list[Tick]:
    """Return a look every half second."""
    return [tick(begin + n / 2, drawn, **changes) for n in range(int((end - begin) * 2))]


def kept(ticks: Iterable[Tick]) -> list[Record]:
    """Return everything that is written down of these looks, the last one ends the program."""
    *first, last = ticks
    tracker, records = Tracker("b"), list[Record]()
    for one in first:
        tracker, more = tracker.after(one)
        records.extend(more)
    return [*records, *tracker.stop(last)]


def minutes(ticks: Iterable[Tick]) -> list[Minute]:
    return [one for one in kept(ticks) if isinstance(one, Minute)]


def seen(ticks: Iterable[Tick]) -> list[Seen]:
    return [one for minute in minutes(ticks) for one in minute.seen]


def events(ticks: Iterable[Tick]) -> list[tuple[str, str]]:
    return [(one.what, one.detail) for one in kept(ticks) if isinstance(one, Event)]


def test_notice_that_stands_for_its_turn_is_written_down_with_its_seconds() -> None:
    found = kept([*looks(0, 12), *looks(12, 24, ROAD), tick(24)])

    assert found == [
        Event("b", 0.0, NINE, trusted=True, what="start"),
        Minute(
            "b", 0.0, NINE, trusted=True, power="unknown",
            seen=(Seen("water", 1, "idle", 0.0, 12.0, True), Seen("road", 2, "idle", 12.0, 24.0, True)),
        ),
        Event("b", 24.0, NINE + timedelta(seconds=24), trusted=True, what="stop"),
    ]  # fmt: skip


def test_turn_that_a_minute_cuts_goes_on_as_the_same_turn() -> None:
    found = minutes([*looks(0, 54), *looks(54, 66, ROAD), tick(66.1)])

    assert [one.at for one in found] == [0.0, 60.0]
    assert found[0].seen[-1] == Seen("road", 2, "idle", 54.0, 60.0, turn=True)
    assert found[1].seen == (Seen("road", 2, "idle", 0.0, 6.1, turn=False),)


def test_only_notice_of_a_board_has_turn_after_turn() -> None:
    again = replace(WATER, turn=2)

    assert [one.turn for one in seen([*looks(0, 12), *looks(12, 24, again), tick(24)])] == [
        True,
        True,
    ]


def test_opened_page_is_its_notices_time_and_no_new_turn() -> None:
    page = replace(WATER, screen="ledger")

    assert seen([*looks(0, 5), *looks(5, 9, page), tick(9)]) == [
        Seen("water", 1, "idle", 0.0, 5.0, turn=True),
        Seen("water", 1, "ledger", 5.0, 9.0, turn=False),
    ]


def test_leafing_to_and_fro_makes_no_turns() -> None:
    other = replace(ROAD, turn=WATER.turn)
    leafed = [one for n in range(12) for one in looks(n * 2, n * 2 + 2, (WATER, other)[n % 2])]

    found = seen([*leafed, tick(24)])

    assert [one.notice for one in found] == ["water", "road"] * 6
    assert sum(one.turn for one in found) == 2  # one for each notice


def test_what_lies_over_a_notice_parts_its_time_but_not_its_turn() -> None:
    found = seen([*looks(0, 4), *looks(4, 10, None), *looks(10, 12), tick(12)])

    assert found == [
        Seen("water", 1, "idle", 0.0, 4.0, turn=True),
        Seen("water", 1, "idle", 10.0, 12.0, turn=False),
    ]


def test_stretch_in_which_the_loop_stood_still_is_in_no_interval() -> None:
    found = minutes([*looks(0, 5), *looks(30, 33), tick(33)])

    assert [(one.at, [(s.start, s.end, s.turn) for s in one.seen]) for one in found] == [
        (0.0, [(0.0, 4.5, True)]),
        (30.0, [(0.0, 3.0, False)]),
    ]


def test_dark_panel_shows_nothing_and_one_that_nothing_is_known_of_does() -> None:
    dark = [*looks(0, 4, power="on"), *looks(4, 8, power="off"), *looks(8, 10, power="on")]

    found = seen([*dark, tick(10, power="on")])

    assert [(one.start, one.end) for one in found] == [(0.0, 3.5), (8.0, 10.0)]
    assert [one for one in events([*dark, tick(10, power="on")]) if one[0] == "power"] == [
        ("power", "off"),
        ("power", "on"),
    ]
    assert len(seen([*looks(0, 4), tick(4)])) == 1


def test_trust_jumps_and_boards_are_written_down_when_they_come() -> None:
    late = timedelta(days=9000)
    wrong = [
        replace(one, wall=one.wall - late, trusted=False, board=7) for one in looks(0, 3, None)
    ]

    found = events([*wrong, *looks(3, 5, None, board=7), tick(5, None, board=8)])

    assert found == [
        ("start", ""), ("jump", "777600000.0"), ("trusted", ""), ("board", "8"), ("stop", ""),
    ]  # fmt: skip


def test_minute_without_a_notice_says_that_the_program_ran() -> None:
    assert [one.seen for one in minutes([*looks(0, 61, None), tick(61, None)])] == [(), ()]


def test_program_that_never_looked_leaves_nothing() -> None:
    assert Tracker("b").stop(tick(3)) == ()


@given(
    st.lists(
        st.tuples(
            st.floats(0.01, 4.0),
            st.sampled_from([None, WATER, ROAD, replace(WATER, turn=3)]),
            st.sampled_from(["on", "off", "unknown"]),
        ),
        min_size=2,
        max_size=120,
    )
)
def test_whatever_happens_no_second_is_counted_twice_or_too_many(
    steps: list[tuple[float, Drawn | None, str]],
) -> None:
    at, ticks = 0.0, []
    for pause, drawn, power in steps:
        at += pause
        ticks.append(tick(at, drawn, power=power))
    ends = pairwise(ticks)
    true = sum(
        after.at - before.at
        for before, after in ends
        if before.drawn and after.at - before.at <= 2.0 and "off" not in (before.power, after.power)
    )

    found = minutes(ticks)

    pieces = [(m.at + s.start, m.at + s.end) for m in found for s in m.seen]
    assert all(0 <= s.start <= s.end <= 60.0 for m in found for s in m.seen)
    assert all(a[1] <= b[0] + 0.11 for a, b in pairwise(pieces))
    assert abs(sum(end - start for start, end in pieces) - true) <= 0.1 * len(pieces) + 0.01
