from datetime import date

import pytest

from sync.calendars import calendar
from sync.workdays import term_of


@pytest.mark.parametrize(
    ("posted", "tenth", "until"),
    [
        # State Council calendar for 2026
        ("2026-02-09", "2026-02-28", "2026-02-28"),
        ("2026-02-13", "2026-03-05", "2026-03-05"),
        ("2026-09-18", "2026-10-09", "2026-10-09"),
        ("2026-09-30", "2026-10-20", "2026-10-20"),
        ("2026-10-15", "2026-10-29", "2026-10-30"),
        ("2026-12-17", "2026-12-31", "2027-01-01"),
    ],
)
def test_a_notice_stays_for_ten_working_days_and_fifteen_days(posted, tenth, until):
    days = [date.fromisoformat(day) for day in (posted, tenth, until)]

    term = term_of(days[0], calendar())

    assert [term.posted, term.tenth, term.until] == days
    assert not term.provisional


def test_a_term_past_the_known_holidays_is_provisional():
    term = term_of(date(2026, 12, 18), calendar())

    assert term.provisional
    assert term.until >= date(2027, 1, 2)


def test_the_day_of_posting_is_not_counted():
    friday = date(2026, 11, 20)

    term = term_of(friday, calendar())

    assert term.number_on(friday) == 0
    assert term.number_on(date(2026, 11, 23)) == 1
