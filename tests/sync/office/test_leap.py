"""An office computer whose date is far in the future signs nothing unless a person has that date too."""

from datetime import date, timedelta

import pytest

from sync.errors import BadInput, NotAllowed
from sync.notices import Party
from sync.office import Outcome
from sync.office.keys import Duty
from sync.office.leap import LONGEST_GAP, typed
from sync.office.status import next_steps
from tests.sync.office.conftest import START, TEXT

FUTURE = timedelta(days=5 * 365)


def on_the_wall(day: date):
    """Return how a person with this calendar answers."""
    return lambda _leap: day


def sealed_with(desk, calendar) -> Outcome:
    return desk.open(ask_today=calendar).seal(Party.COMMITTEE, confirm=bool)


@pytest.mark.parametrize("published", [False, True], ids=["first board", "later board"])
def test_clock_years_ahead_seals_nothing(desk, published):
    if published:
        desk.publish("before")
    desk.clock.time += FUTURE
    desk.ready()

    with pytest.raises(NotAllowed, match="您写的是 2026-11-15，对不上") as refused:
        sealed_with(desk, on_the_wall(START.date()))

    assert "校正" in refused.value.advice
    assert desk.office.status().first_seal is None


def test_person_is_told_when_the_board_was_signed_last(desk):
    desk.publish("before")
    desk.clock.time += LONGEST_GAP + timedelta(days=1)
    desk.ready()
    told = []

    def calendar(leap) -> date:
        told.append(leap.last)
        return date(2026, 12, 31)

    assert sealed_with(desk, calendar) is Outcome.WAITING
    assert told == [START.date()]


def test_leap_is_told_when_drafts_are_made_and_in_the_status(desk):
    desk.publish("before")
    desk.clock.time += FUTURE

    (caution,) = desk.office.cautions()

    assert str(caution).startswith("这台电脑的日期是 2031-11-14，上一次盖章或续期是 2026-11-15")
    assert str(caution) in next_steps(desk.office.status())


def test_nobody_is_asked_from_one_month_to_the_next(desk):
    desk.publish("before")
    desk.clock.time += LONGEST_GAP
    desk.ready()

    def nobody(_leap) -> date:
        raise AssertionError

    assert sealed_with(desk, nobody) is Outcome.WAITING


def test_clock_years_ahead_neither_renews_nor_changes_keys(desk):
    desk.publish()
    before = desk.feed().board.issued
    desk.clock.time += timedelta(days=100)
    office = desk.open(ask_today=on_the_wall(START.date()))

    with pytest.raises(NotAllowed, match="对不上"):
        office.refresh()
    with pytest.raises(NotAllowed, match="对不上"):
        office.rotate(Duty.ONLINE, confirm=bool)

    assert desk.feed().board.issued == before


def test_without_a_terminal_the_date_is_asked_for_as_an_option(desk, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    desk.clock.time += FUTURE
    desk.ready()

    with pytest.raises(BadInput) as refused:
        sealed_with(desk, typed)

    assert "--today" in refused.value.advice


def test_draft_made_with_a_clock_in_the_future_is_not_sealed_when_it_is_set_right(desk):
    now = desk.clock.time
    desk.clock.time += FUTURE
    desk.ready()
    desk.clock.time = now

    with pytest.raises(BadInput, match="做的时候电脑日期不对"):
        desk.seal(Party.COMMITTEE)


def test_draft_audited_with_a_clock_in_the_future_is_not_sealed(desk):
    desk.add(text=TEXT)
    now = desk.clock.time
    desk.clock.time += timedelta(days=3)
    desk.audit()
    desk.clock.time = now

    with pytest.raises(BadInput, match="审核日期 2026-11-18"):
        desk.seal(Party.COMMITTEE)
