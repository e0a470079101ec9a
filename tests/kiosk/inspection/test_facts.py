"""What rows come to: the tally's own shares, and of each day why a notice may have had too little."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.evidence.records import Event, Minute, Record, Seen
from kiosk.evidence.share import tally
from kiosk.inspection.facts import Stretch, gather, silences
from sync.workdays import TermRule
from tests.support.evidence import SIX, minute

FRIDAY = date(2026, 11, 20)
RULE = TermRule()
HOUR = timedelta(hours=1)


def event(number: int, what: str, detail: str = "", **changes: object) -> Event:
    made = {"boot": "b", "trusted": True, **changes}
    return Event(
        at=60.0 * number, wall=SIX + timedelta(minutes=number), what=what, detail=detail, **made  # type: ignore[arg-type]
    )  # fmt: skip


_seen = st.builds(
    Seen, st.sampled_from(("a", "b")), st.just(1), st.just("idle"), st.just(0.0),
    st.floats(0, 60).map(lambda each: round(each, 1)), st.booleans(),
)  # fmt: skip
_record = st.builds(
    lambda boot, at, wall, trusted, power, seen: Minute(boot, at, wall, trusted, power, tuple(seen)),
    st.sampled_from(("one", "two")), st.floats(0, 1e6).map(lambda each: round(each, 1)),
    st.integers(-900_000, 900_000).map(lambda each: SIX + timedelta(seconds=each)), st.booleans(),
    st.sampled_from(("on", "off", "unknown")), st.lists(_seen, max_size=3),
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(_record, max_size=30))
def test_shares_are_those_by_which_the_board_counts(records: list[Record]) -> None:
    assert gather(records, RULE).tally == tally(records, RULE)


def test_an_hour_on_the_screen_is_an_hour_of_that_day() -> None:
    facts = gather([event(0, "start"), *(minute(n) for n in range(60)), event(60, "stop")], RULE)

    hours = facts.hours[FRIDAY]
    assert (hours.on, hours.dark, hours.unproved, hours.starts) == (3_600, 0, 0, 1)
    assert facts.seen["water", 1] == Stretch(SIX, SIX + HOUR)
    assert facts.judged == FRIDAY - timedelta(days=1)


def test_a_dark_panel_is_told_apart_from_a_program_that_was_off() -> None:
    facts = gather([minute(n, power="off", seen=()) for n in range(10)], RULE)

    assert (facts.hours[FRIDAY].on, facts.hours[FRIDAY].dark) == (600, 600)


def test_minutes_that_nothing_proves_belong_to_no_day_and_are_told() -> None:
    facts = gather([minute(n, trusted=False) for n in range(10)], RULE)

    assert facts.hours[FRIDAY].on == 0
    assert facts.hours[FRIDAY].unproved == 600
    assert facts.unproved == [Stretch(SIX, SIX + timedelta(minutes=10))]
    assert facts.judged is None


def test_a_proof_that_comes_later_places_what_was_before_it() -> None:
    wrong = timedelta(days=-900)
    rows = [minute(n, trusted=False, wall=SIX + wrong + timedelta(minutes=n)) for n in range(5)]

    facts = gather([*rows, minute(5)], RULE)

    assert facts.hours[FRIDAY].on == 360
    assert facts.unproved == []


class Counted(float):
    """A number that counts how often it is compared."""

    compared = 0

    def __lt__(self, other: float) -> bool:
        Counted.compared += 1
        return float(self) < other


def test_minutes_that_wait_for_a_proof_are_looked_at_a_few_times_each_however_many() -> None:
    """A pack of a kilobyte can hold 60,000 of them."""
    rows = [
        msgspec.structs.replace(minute(n, trusted=False), at=Counted(60.0 * n)) for n in range(500)
    ]

    facts = gather(rows, RULE)

    assert facts.records == 500
    assert Counted.compared < 5 * 500


def test_more_minutes_than_a_fortnight_has_are_refused() -> None:
    same = minute(0, trusted=False)

    with pytest.raises(ValueError, match="fortnight"):
        gather((same for _ in range(4 * 14 * 1440)), RULE)


def test_minutes_that_have_waited_for_a_fortnight_are_given_up_one_after_another() -> None:
    rows = [minute(1440 * n, trusted=False) for n in range(20)]

    facts = gather([*rows, minute(1440 * 20)], RULE)

    assert [one.start for one in facts.unproved] == [SIX + n * 24 * HOUR for n in range(6)]
    assert len(facts.running) == 15


def test_a_power_cut_of_ten_minutes_in_the_opening_hours_is_a_gap_and_a_shorter_one_is_not() -> (
    None
):
    first = [minute(n) for n in range(60)]
    second = [minute(n, boot="c") for n in range(69, 120)]
    third = [minute(n, boot="d") for n in range(135, 200)]

    facts = gather([*first, *second, *third], RULE)

    assert list(silences(facts, FRIDAY, RULE)) == [
        Stretch(SIX + 2 * HOUR, SIX + timedelta(minutes=135)),
        Stretch(SIX + timedelta(minutes=200), SIX + 15 * HOUR),
    ]


def test_a_day_without_a_row_is_one_gap() -> None:
    facts = gather([minute(n) for n in range(60)], RULE)

    saturday = list(silences(facts, FRIDAY + timedelta(days=1), RULE))

    assert saturday == [Stretch(SIX + 24 * HOUR, SIX + 39 * HOUR)]


def test_a_log_that_begins_with_a_loss_is_known_as_such() -> None:
    lost = event(0, "lost", "the file is damaged")

    facts = gather([lost, minute(1)], RULE)

    assert facts.orphan
    assert [(one.what, one.detail) for one in facts.told] == [("lost", "the file is damaged")]


def test_jumps_and_pictures_are_noted() -> None:
    facts = gather(
        [minute(0), event(1, "jump", "-3600.0"), event(2, "picture", "water 1 ab")], RULE
    )

    assert facts.hours[FRIDAY].jumps == 1
    assert facts.pictures == {("water", 1): "ab"}
