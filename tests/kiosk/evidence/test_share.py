"""On which days a notice had its share of the screen."""

from datetime import UTC, date, datetime, timedelta

from kiosk.evidence.records import Event, Minute, Record, Seen
from kiosk.evidence.share import LONGEST_WAIT, counted_days, since, tally
from sync.workdays import TermRule

RULE = TermRule(share_minutes=5, share_turns=3)
WATER = ("water", 1)
FRIDAY = date(2026, 11, 20)
EIGHT = datetime(2026, 11, 20, 0, tzinfo=UTC)  # in the village
UNTRUE = datetime(2001, 1, 1, tzinfo=UTC)


def minute(at: float, seconds: float = 60.0, *, turn: bool = True, **changes: object) -> Minute:
    wall = EIGHT + timedelta(seconds=at)
    made = {"boot": "b", "trusted": True, "power": "on", "wall": wall, **changes}
    return Minute(at=at, seen=(Seen(*WATER, "idle", 0.0, seconds, turn),), **made)  # type: ignore[arg-type]


def counted(*records: Record) -> frozenset[date]:
    return counted_days(tally(records, RULE), RULE).get(WATER, frozenset())


def test_day_counts_with_enough_minutes_in_enough_turns() -> None:
    turns = [minute(n * 600.0) for n in range(5)]

    assert counted(*turns) == {FRIDAY}
    assert counted(*turns[:4]) == set()
    assert counted(*(minute(n * 60.0, turn=n < 2) for n in range(9))) == set()


def test_turn_that_a_minute_cuts_is_one_turn() -> None:
    cut = [minute(n * 60.0, turn=n % 2 == 0) for n in range(6)]

    assert counted(*cut) == {FRIDAY}
    assert counted(*cut[:4], *(minute(600.0 + n, turn=False) for n in range(2))) == set()


def test_night_counts_for_nothing() -> None:
    night = 14 * 3600.0  # 22:00, closed since 21:00

    assert counted(*(minute(night + n * 60.0) for n in range(20))) == set()


def test_minute_on_the_threshold_counts_by_its_seconds() -> None:
    closing = 13 * 3600.0 - 30
    shares = tally([minute(closing)], RULE).shares

    assert shares[WATER, FRIDAY].seconds == 30.0


def test_wrong_clock_is_put_right_by_a_later_proof_of_the_same_boot() -> None:
    wrong = [minute(n * 60.0, wall=UNTRUE, trusted=False) for n in range(5)]
    proof = Event("b", 900.0, EIGHT + timedelta(seconds=900), trusted=True, what="trusted")

    assert counted(*wrong) == set()
    assert counted(*wrong, proof) == {FRIDAY}
    assert counted(proof, *wrong) == {FRIDAY}


def test_clock_that_no_proof_of_its_boot_puts_right_counts_for_nothing() -> None:
    wrong = [minute(n * 60.0, wall=EIGHT, trusted=False) for n in range(9)]
    proof = Event("c", 900.0, EIGHT, trusted=True, what="trusted")

    assert counted(*wrong, proof) == set()


def test_tally_grows_by_pieces_to_what_it_is_at_once() -> None:
    records = [minute(n * 60.0, trusted=n > 3) for n in range(9)]
    whole = tally(records, RULE)
    grown = None
    for one in records:
        grown = tally([one], RULE, grown)

    assert grown == whole


def test_minutes_of_a_boot_that_is_over_wait_for_no_proof() -> None:
    lost = [minute(n * 60.0, trusted=False) for n in range(5)]

    found = tally([*lost, minute(0.0, boot="c", trusted=False)], RULE)

    assert [one.boot for one in found.waiting] == ["c"]
    assert tally([minute(0.0), minute(0.0, boot="c")], RULE).clocks.keys() == {"c"}


def test_clock_that_nothing_proves_fills_no_memory() -> None:
    fortnight = round(LONGEST_WAIT / 60)
    found = tally([minute(n * 60.0, trusted=False) for n in range(fortnight + 500)], RULE)

    assert len(found.waiting) == fortnight + 1
    assert found.waiting[-1].at == (fortnight + 499) * 60.0


def test_shares_of_days_long_gone_are_dropped() -> None:
    both = tally([minute(0.0), minute(86_400.0)], RULE)

    assert {day for _, day in since(both, date(2026, 11, 21)).shares} == {date(2026, 11, 21)}
