"""Which days are worked: sealed years first, then what is built in; other countries' by a setting."""

from datetime import date

import pytest

from sync.calendars import calendar, differences
from sync.errors import BadInput
from sync.workdays import YearCalendar

NEW = YearCalendar(
    2027,
    "国办发明电（示例）",
    off=(date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2)),
    work=(date(2027, 1, 3),),
)


def test_sealed_year_says_what_the_program_does_not_know_yet():
    before, after = calendar(), calendar((NEW,))

    assert before.is_working(date(2027, 1, 4)) is None
    assert after.is_working(date(2027, 1, 4)) is True
    assert after.is_working(date(2027, 1, 1)) is False
    assert after.is_working(date(2027, 1, 3)) is True  # a worked Sunday
    assert after.known_until(date(2026, 11, 1)) == date(2027, 12, 31)
    assert before.known_until(date(2026, 11, 1)) == date(2026, 12, 31)


def test_new_year_may_change_the_last_december_days():
    assert calendar().is_working(date(2026, 12, 31)) is True
    assert calendar((NEW,)).is_working(date(2026, 12, 31)) is False


def test_sealed_year_is_compared_with_what_is_built_in():
    right = [date(2026, 1, day) for day in (1, 2)]
    wrong = YearCalendar(2026, "抄错了", tuple(right), (date(2026, 1, 4),))

    assert date(2026, 2, 16) in differences(wrong)
    assert date(2026, 1, 1) not in differences(wrong)
    assert differences(NEW) == (date(2026, 12, 31),) or differences(NEW) == ()


@pytest.mark.parametrize(
    ("country", "day", "worked"),
    [
        ("DE", date(2026, 10, 3), False),
        ("DE", date(2026, 10, 2), True),
        ("DE-BY", date(2026, 1, 6), False),
        ("DE", date(2026, 1, 6), True),
        ("DE", date(2030, 1, 7), None),
    ],
)
def test_other_countries_have_their_own_holidays(country, day, worked):
    assert calendar(country=country).is_working(day) is worked


def test_country_that_nobody_knows_is_refused():
    with pytest.raises(BadInput, match="XX"):
        calendar(country="XX")
