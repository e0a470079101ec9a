"""How long a notice must stay up: by the State Council's list, and by what was really shown."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.calendars import Calendar, calendar
from sync.workdays import Shown, TermRule, YearCalendar, deadline_after, term_of

CHINA = calendar()
YEAR_2026 = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]

# 国务院办公厅关于2026年部分节假日安排的通知 (国办发明电〔2025〕7号), typed off here once more: first and last days
# of rest, and the weekend days that are worked instead.
RESTS = (
    ((1, 1), (1, 3)),
    ((2, 15), (2, 23)),
    ((4, 4), (4, 6)),
    ((5, 1), (5, 5)),
    ((6, 19), (6, 21)),
    ((9, 25), (9, 27)),
    ((10, 1), (10, 7)),
)
WORKED_WEEKENDS = ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))


def is_worked(day: date) -> bool:
    """Tell it from the list alone, by another way than the product's."""
    at = (day.month, day.day)
    if at in WORKED_WEEKENDS:
        return True
    return day.isoweekday() <= 5 and not any(first <= at <= last for first, last in RESTS)


@pytest.mark.parametrize(
    ("posted", "tenth", "until"),
    [
        ("2026-02-09", "2026-02-28", "2026-02-28"),  # a working Saturday
        ("2026-02-13", "2026-03-05", "2026-03-05"),
        ("2026-09-18", "2026-10-09", "2026-10-09"),
        ("2026-09-30", "2026-10-20", "2026-10-20"),
        ("2026-10-15", "2026-10-29", "2026-10-30"),
        ("2026-12-17", "2026-12-31", "2027-01-01"),
    ],
)
def test_notice_stays_for_ten_working_days_and_fifteen_days(posted, tenth, until):
    days = [date.fromisoformat(day) for day in (posted, tenth, until)]

    term = term_of(days[0], CHINA)

    assert [term.posted, term.tenth, term.until] == days
    assert not term.provisional


def test_every_posting_day_of_2026_has_the_term_that_the_list_gives():
    worked = [day for day in YEAR_2026 if is_worked(day)]
    known = 0
    for posted in YEAR_2026:
        after = [day for day in worked if day > posted]
        term = term_of(posted, CHINA)
        if len(after) < 10:
            assert term.provisional, posted
            continue
        known += 1
        assert list(term.days) == after[:10], posted
        assert term.until == max(after[9], posted + timedelta(days=15)), posted
        assert not term.provisional, posted
    assert known == 351  # up to 17 December


def test_term_past_the_known_holidays_is_provisional_and_never_over_before_the_maximum():
    term = term_of(date(2026, 12, 18), CHINA)

    assert term.provisional
    assert term.until == date(2027, 1, 2)
    assert not term.is_over(date(2027, 3, 18))
    assert term.is_over(date(2027, 3, 19))  # 91 days: nothing hangs for ever


def test_term_is_worked_out_again_when_the_new_year_arrives():
    new_year = YearCalendar(2027, "国办发明电（示例）", (date(2027, 1, 1), date(2027, 1, 4)), ())

    term = term_of(date(2026, 12, 18), calendar((new_year,)))

    assert not term.provisional
    assert term.until == date(2027, 1, 5)  # 31 December would be the ninth, the 5th is the tenth


def test_day_of_posting_is_not_counted():
    friday = date(2026, 11, 20)
    term = term_of(friday, CHINA)

    assert term.number_on(friday) == 0
    assert term.number_on(date(2026, 11, 23)) == 1


def test_days_on_which_it_was_not_shown_are_made_up_at_the_end():
    posted = date(2026, 10, 15)
    days = term_of(posted, CHINA).days
    shown = Shown(judged=date(2026, 10, 23), counted=frozenset(days[:7]) - {days[1], days[2]})

    term = term_of(posted, CHINA, shown=shown)

    assert term.made_up == (days[1], days[2])
    assert term.until == date(2026, 11, 2)  # two working days after 29 October, over a weekend
    assert term.number_on(date(2026, 10, 23)) == 4


def test_days_before_the_kiosk_was_there_are_not_made_up_and_those_after_are():
    posted = date(2026, 10, 15)
    came = Shown(judged=date(2026, 10, 22), since=date(2026, 10, 21))

    assert term_of(posted, CHINA, shown=came).made_up == (date(2026, 10, 21), date(2026, 10, 22))


def test_day_that_is_not_over_yet_is_taken_as_shown():
    posted = date(2026, 10, 15)
    nothing_yet = Shown(judged=posted)

    assert term_of(posted, CHINA, shown=nothing_yet) == term_of(posted, CHINA)


def test_nothing_hangs_longer_than_the_maximum_whatever_was_missed():
    posted = date(2026, 3, 2)
    never = Shown(judged=date(2026, 6, 30))

    term = term_of(posted, CHINA, shown=never)

    assert term.until == term.maximum == posted + timedelta(days=90)


def test_village_may_ask_for_more_and_not_for_less():
    longer = TermRule(working_days=15, calendar_days=30, maximum_days=120)

    assert term_of(date(2026, 10, 15), CHINA, longer).until == date(2026, 11, 14)
    with pytest.raises(ValueError, match="opens"):
        TermRule(opens=TermRule().closes)
    with pytest.raises(ValueError, match="maximum_days"):
        TermRule(working_days=50)


def test_officials_deadline_is_the_third_working_day():
    friday = date(2026, 9, 25)  # Mid-Autumn: rest till Sunday

    found = deadline_after(friday, 3, CHINA)

    assert found.warn == found.judge == date(2026, 9, 30)


def test_deadline_past_the_calendar_warns_early_and_judges_late():
    found = deadline_after(date(2026, 12, 30), 3, CHINA)

    assert found.warn == date(2027, 1, 4)
    assert found.judge == date(2027, 1, 14)


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
OFF = st.sets(st.dates(date(2026, 1, 1), date(2027, 6, 30)), max_size=60)


@given(DAYS, st.sets(st.integers(1, 80), max_size=30), st.integers(0, 80))
def test_missed_days_only_prolong(posted, missed, judged):
    whole = term_of(posted, CHINA)
    last = posted + timedelta(days=judged)
    seen = [posted + timedelta(days=number) for number in range(1, judged + 1)]
    counted = frozenset(day for day in seen if (day - posted).days not in missed)

    term = term_of(posted, CHINA, shown=Shown(last, counted))

    assert term.until >= whole.until
    assert not term.is_over(whole.until)
    assert not term.is_over(posted + timedelta(days=15))


@given(DAYS, OFF)
def test_term_is_monotone_in_the_day_of_posting(posted, off):
    days = Calendar(lambda day: day.weekday() < 5 and day not in off)

    assert term_of(posted, days).until <= term_of(posted + timedelta(days=1), days).until


@given(DAYS, OFF)
def test_term_holds_ten_working_days_and_fifteen_days_whatever_the_calendar(posted, off):
    days = Calendar(lambda day: day.weekday() < 5 and day not in off)
    term = term_of(posted, days)
    hung = [posted + timedelta(days=number) for number in range(1, (term.until - posted).days + 1)]

    assert len(hung) >= 15
    assert sum(bool(days.is_working(day)) for day in hung) >= 10 or term.until == term.maximum
    assert not any(term.is_over(day) for day in hung)


@given(DAYS, OFF)
def test_calendar_that_arrives_never_ends_a_term_earlier_than_was_said(posted, off):
    """What is told as 'at least until' stays true whatever the State Council names."""
    unknown = Calendar(lambda day: None)
    known = Calendar(lambda day: day.weekday() < 5 and day not in off)

    assert term_of(posted, known).until >= term_of(posted, unknown).until


def test_notice_that_was_shown_on_no_day_for_years_still_has_a_term() -> None:
    """A screen that stood dark for three years must not fail over it."""
    posted = date(2023, 11, 1)
    never = Shown(judged=date(2026, 11, 20), counted=frozenset())

    term = term_of(posted, calendar(), shown=never)

    assert term.until == term.maximum == posted + timedelta(days=90)
    assert max(term.made_up) <= term.maximum
    assert term.is_over(date(2026, 11, 21))
