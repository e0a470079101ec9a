"""How long a notice must stay up: the one place of the ten-working-day rule.

Pure: the calendar is data (the State Council's, as `chinesecalendar` ships it), today comes in from outside.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import chinese_calendar

WORKING_DAYS: Final = 10  # the seed village's rule: at least ten working days on the board
CALENDAR_DAYS: Final = (
    15  # art. 35 of the Organic Law of Villagers' Committees, in force 2026-01-01
)


@dataclass(frozen=True, slots=True)
class Term:
    """A notice's minimum time on the board.

    `until` is the last day it must be shown, `tenth` the tenth working day. `provisional` says that
    the State Council hasn't named the holidays yet, so the true day may be later.
    """

    posted: date
    tenth: date
    until: date
    provisional: bool


def is_working_day(day: date) -> bool | None:
    """Return whether people work on `day` by the State Council's calendar, None where unknown."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def term_of(posted: date) -> Term:
    """Return the minimum term: the later of the 10th working day and the 15th day after posting.

    The day of posting isn't counted (Civil Code art. 201). Beyond the known calendar weekdays count
    and the term is provisional; weekends never count there.
    """
    day, counted, provisional = posted, 0, False
    while counted < WORKING_DAYS:
        day += timedelta(days=1)
        working = is_working_day(day)
        provisional = provisional or working is None
        counted += working if working is not None else day.weekday() < 5
    return Term(posted, day, max(day, posted + timedelta(days=CALENDAR_DAYS)), provisional)


def working_day_number(posted: date, today: date) -> int:
    """Return which working day of the term `today` is or follows; 0 on the day of posting."""
    days = (posted + timedelta(days=n) for n in range(1, (today - posted).days + 1))
    return sum(bool(is_working_day(day)) for day in days)
