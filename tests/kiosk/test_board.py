"""What is on show, when that changes, and whose turn it is."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from kiosk.board import Terms, Turns, board_at, next_change, next_turn
from sync.clock import Moment
from sync.feed.layout import Entry, Posting, Withdrawal, encode, ref_of
from tests.support.office import notice


def posting(
    title: str,
    posted: date,
    *,
    withdrawn: Withdrawal | None = None,
    sealed: date | None = None,
    **changes: Any,
) -> Posting:
    made = notice(title, posted=posted, **changes)
    ref = ref_of(encode(made))
    entry = Entry(made.id, made.revision, made.category, posted, sealed or posted, ref, withdrawn)
    return Posting(entry, made)


def at(year: int, month: int, day: int, hour: int = 4, *, trusted: bool = True) -> Moment:
    return Moment(datetime(year, month, day, hour, tzinfo=UTC), trusted=trusted)


def titles(moment: Moment, *postings: Posting) -> list[str]:
    return [one.posting.notice.title for one in board_at(postings, moment).standing]


def test_notice_stays_through_the_last_day_of_its_term_and_not_longer() -> None:
    water = posting("停水", date(2026, 10, 15))  # until 30 October

    assert titles(at(2026, 10, 30, 15), water) == ["停水"]
    assert titles(at(2026, 10, 30, 16), water) == []  # midnight in the village


def test_notice_sealed_after_its_date_has_its_whole_term_from_the_seals() -> None:
    late = posting("停水", date(2026, 10, 8), sealed=date(2026, 10, 15))

    (standing,) = board_at([late], at(2026, 10, 30)).standing

    assert (standing.term.until, standing.working_day) == (date(2026, 10, 30), 10)
    assert standing.complete


def test_notice_for_a_later_day_waits_for_it() -> None:
    water = posting("停水", date(2026, 11, 25))

    assert titles(at(2026, 11, 24, 15), water) == []
    assert titles(at(2026, 11, 24, 16), water) == ["停水"]


def test_what_is_corrected_hangs_till_the_correction_does() -> None:
    first = posting("周五停水", date(2026, 11, 20), id="water")
    second = posting("周六停水", date(2026, 11, 25), id="water", revision=2)

    assert titles(at(2026, 11, 24, 15), second, first) == ["周五停水"]
    assert titles(at(2026, 11, 24, 16), second, first) == ["周六停水"]
    assert titles(at(2026, 12, 20), second, first) == []  # nor does the first come back after it


def test_untrusted_clock_takes_nothing_down() -> None:
    water = posting("停水", date(2026, 10, 15))

    assert titles(at(2040, 1, 1, trusted=False), water) == ["停水"]


def test_untrusted_clock_brings_back_nothing_that_was_over_when_the_board_was_sealed() -> None:
    water = posting("停水", date(2026, 10, 15))  # until 30 October
    wrong = at(2026, 11, 20, trusted=False)

    before = board_at([water], wrong, Terms(sealed=date(2026, 10, 30)))
    after = board_at([water], wrong, Terms(sealed=date(2026, 10, 31)))

    assert (len(before.standing), len(after.standing)) == (1, 0)


def test_unknown_holidays_take_nothing_down() -> None:
    water = posting("停水", date(2026, 12, 18))  # the tenth working day isn't known yet

    board = board_at([water], at(2027, 1, 20))

    assert [one.term.provisional for one in board.standing] == [True]


def test_withdrawn_notice_gives_up_its_turn_and_stays_listed() -> None:
    back = Withdrawal("金额有误", date(2026, 11, 20))
    board = board_at([posting("补贴", date(2026, 11, 19), withdrawn=back)], at(2026, 11, 21))

    assert board.standing == ()
    assert [one.posting.entry.withdrawn for one in board.withdrawn] == [back]


def test_board_puts_urgent_first_then_the_newest() -> None:
    old, new = posting("旧", date(2026, 11, 16)), posting("新", date(2026, 11, 18))
    urgent = posting("急", date(2026, 11, 17), urgent=True)

    assert titles(at(2026, 11, 20), old, new, urgent) == ["急", "新", "旧"]


def test_board_changes_next_at_the_villages_midnight() -> None:
    water = posting("停水", date(2026, 11, 19))

    assert next_change([water], at(2026, 11, 20)) == datetime(2026, 11, 20, 16, tzinfo=UTC)


def test_empty_board_and_untrusted_clock_wait_for_nothing() -> None:
    over, water = posting("旧", date(2026, 1, 5)), posting("停水", date(2026, 11, 19))

    assert next_change([over], at(2026, 11, 20)) is None
    assert next_change([water], at(2026, 11, 20, trusted=False)) is None


def test_every_notice_has_its_turn_in_a_round() -> None:
    board = board_at([posting(str(n), date(2026, 11, 19)) for n in range(5)], at(2026, 11, 20))

    shown, turns = [], Turns()
    for _ in range(5):
        turn, turns = next_turn(board, turns)
        assert turn
        shown.append(turn.posting.notice.title)

    assert sorted(shown) == ["0", "1", "2", "3", "4"]


def test_urgent_notice_comes_round_three_times_as_often() -> None:
    common = [posting(str(n), date(2026, 11, 19)) for n in range(3)]
    board = board_at([*common, posting("急", date(2026, 11, 19), urgent=True)], at(2026, 11, 20))

    shown, turns = [], Turns()
    for _ in range(60):
        turn, turns = next_turn(board, turns)
        assert turn
        shown.append(turn.posting.notice.title)

    assert shown.count("急") == 30
    assert {shown.count(str(n)) for n in range(3)} == {10}


def turns_after(first: list[Posting], then: list[Posting], number: int) -> str:
    """Return whose the next turns are, when `then` hangs after half a day of `first`."""
    before, after = board_at(first, at(2026, 11, 19)), board_at(then, at(2026, 11, 20))
    turns, shown = Turns(), []
    for _ in range(2_400):
        _, turns = next_turn(before, turns)
    for _ in range(number):
        turn, turns = next_turn(after, turns)
        assert turn
        shown.append(turn.posting.notice.title)
    return "".join(shown)


@pytest.mark.parametrize("urgent", [True, False])
def test_new_notice_joins_at_its_weight_from_the_first_turn(urgent: bool) -> None:
    common = [posting(title, date(2026, 11, 18)) for title in "甲乙丙"]
    new = posting("新", date(2026, 11, 20), urgent=urgent)

    shown = turns_after(common, [*common, new], 12)

    assert shown.count("新") == (6 if urgent else 3)
    assert all(shown.count(one) == (2 if urgent else 3) for one in "甲乙丙")


def test_common_notice_has_its_turn_beside_an_urgent_one_that_hangs_long() -> None:
    urgent = posting("急", date(2026, 11, 18), urgent=True)

    shown = turns_after([urgent], [urgent, posting("新", date(2026, 11, 19))], 12)

    assert (shown.count("急"), shown.count("新")) == (9, 3)


def test_notice_that_turns_urgent_has_its_share_at_once() -> None:
    common = [posting(title, date(2026, 11, 18)) for title in "甲乙丙"]
    urgent = posting("甲", date(2026, 11, 18), urgent=True)

    shown = turns_after(common, [urgent, *common[1:]], 10)

    assert [shown.count(one) for one in "甲乙丙"] == [6, 2, 2]


def test_empty_board_has_no_turn() -> None:
    assert next_turn(board_at([], at(2026, 11, 20)), Turns()) == (None, Turns())


def test_thousand_notices_are_judged_within_a_blink() -> None:
    many = [posting(str(n), date(2026, 11, 20) - timedelta(days=n % 12)) for n in range(1_000)]

    assert len(board_at(many, at(2026, 11, 20)).standing) == 1_000
