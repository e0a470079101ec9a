"""Which days are worked: the years that the village has sealed, else what is built in.

A year of the State Council becomes known between late October and early December of the year before,
so a kiosk gets it with the feed; `chinesecalendar` knows the years up to its own release. Elsewhere
in the world it is the `holidays` package.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import chinese_calendar

from sync.clock import BUILT
from sync.errors import BadInput
from sync.workdays import YearCalendar

COUNTRY: Final = "CN"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The sealed `years` before what is `built_in` (which returns None past its horizon)."""

    built_in: Callable[[date], bool | None]
    years: tuple[YearCalendar, ...] = ()

    def is_working(self, day: date) -> bool | None:
        """Return whether people work on `day`, None where no calendar says so yet.

        A year's notice may name days of the December before (2019's did), so the newest one that
        names a day is heard first.
        """
        for year in sorted(self.years, key=lambda one: one.year, reverse=True):
            if day in year.work or day in year.off:
                return day in year.work
        if any(year.year == day.year for year in self.years):
            return day.weekday() < 5
        return self.built_in(day)

    def source(self, day: date) -> str:
        """Return the document that says whether `day` is worked, "" where that is built in."""
        return next((one.source for one in self.years if one.year == day.year), "")

    def known_until(self, day: date) -> date:
        """Return the last day from `day` on, at most two years ahead, that the calendar speaks of."""
        while day.year <= BUILT.year + 3 and self.is_working(day + timedelta(days=1)) is not None:
            day += timedelta(days=1)
        return day


def calendar(years: tuple[YearCalendar, ...] = (), country: str = COUNTRY) -> Calendar:
    """Return the calendar of a country (ISO 3166, e.g. CN, or DE-BY for a part of it).

    Raises:
        BadInput: the `holidays` package doesn't know the country.
    """
    return Calendar(china if country == COUNTRY else _elsewhere(country), years)


def china(day: date) -> bool | None:
    """Return whether people work on `day` by the State Council's calendar, None where unknown."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def differences(
    year: YearCalendar, built_in: Callable[[date], bool | None] = china
) -> tuple[date, ...]:
    """Return the days on which a sealed year differs from what is built in, none if it has no such year."""
    sealed = Calendar(built_in, (year,))
    first = date(year.year, 1, 1)
    days = (first + timedelta(days=number) for number in range(366))
    return tuple(
        day
        for day in days
        if day.year == year.year and built_in(day) not in {None, sealed.is_working(day)}
    )


def _elsewhere(country: str) -> Callable[[date], bool | None]:
    # Half a megabyte of rules that a Chinese village never needs.
    import holidays  # noqa: PLC0415

    code, _, part = country.partition("-")
    try:
        known = holidays.country_holidays(code, subdiv=part or None)
    except NotImplementedError as error:
        raise BadInput(
            f"country {country!r}：这个国家或地区的节假日查不到 (no holidays are known for it)",
            advice="请写 ISO 3166 代码，例如 CN、DE-BY，或把各年的节假日写进 office.toml。Take an ISO 3166 code such as DE or DE-BY, or seal the years yourself.",
        ) from error
    last = BUILT.year + 1  # rules may be changed by law: later years are not promised

    def is_working(day: date) -> bool | None:
        return known.is_working_day(day) if day.year <= last else None

    return is_working
