"""Dates, terms and money in the words of the square.

Times come in as UTC and are said as the village's own. Amounts are yuan with two places, thousands
separators and a real minus sign (U+2212), so that a loss can't be read as a dash.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Final

from kiosk.board import Board, Standing, local_day
from kiosk.catalogue import Catalogue
from sync.clock import CHINA

MINUS: Final = "\u2212"
_MONTHS: Final = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)


def money(amount: Decimal) -> str:
    """Return `amount` as 1,234.50, with a real minus sign below zero."""
    return f"{amount:,.2f}".replace("-", MINUS)


def expense(amount: Decimal) -> str:
    """Return money that was spent: with the minus sign that says so without its colour."""
    return MINUS + money(amount) if amount else money(amount)


def day(say: Catalogue, on: date) -> str:
    """Return a day of this year: 11月30日."""
    return say("{name} {day}", name=_MONTHS[on.month - 1], month=on.month, day=on.day)


def day_and_year(say: Catalogue, on: date) -> str:
    """Return a day of any year: 2026年11月30日."""
    return say(
        "{name} {day}, {year}", name=_MONTHS[on.month - 1], month=on.month, day=on.day, year=on.year
    )


def period(say: Catalogue, start: date, end: date) -> str:
    """Return the period that a ledger covers."""
    first = day_and_year(say, start)
    last = day(say, end) if start.year == end.year else day_and_year(say, end)
    return say("{first} to {last}", first=first, last=last)


def weekday(say: Catalogue, on: date) -> str:
    """Return the day of the week."""
    names = (
        say("Monday"), say("Tuesday"), say("Wednesday"), say("Thursday"), say("Friday"),
        say("Saturday"), say("Sunday"),
    )  # fmt: skip
    return names[on.weekday()]


def day_and_weekday(say: Catalogue, on: date) -> str:
    """Return a day of this year with its weekday: 11月30日 星期一."""
    return say("{day}, {weekday}", day=day(say, on), weekday=weekday(say, on))


def clock(time: datetime) -> str:
    """Return the village's time of day: 9:05."""
    local = time.astimezone(CHINA)
    return f"{local.hour}:{local.minute:02d}"


def day_ago(say: Catalogue, time: datetime, now: datetime) -> str:
    """Return the day on which something happened: today, yesterday or a date."""
    days = (local_day(now) - local_day(time)).days
    known = {0: say("today"), 1: say("yesterday")}
    return known.get(days) or day(say, local_day(time))


def ago(say: Catalogue, time: datetime, now: datetime) -> str:
    """Return when something happened: today, yesterday or on a date, with the time of day; the year if it isn't this one."""
    days = (local_day(now) - local_day(time)).days
    if days == 0:
        return say("today {time}", time=clock(time))
    if days == 1:
        return say("yesterday {time}", time=clock(time))
    on, this_year = local_day(time), local_day(now).year
    words = day(say, on) if on.year == this_year else day_and_year(say, on)
    return say("{day} {time}", day=words, time=clock(time))


def place_in_term(say: Catalogue, standing: Standing) -> str:
    """Return how far the term is: 公示第 3 个工作日，共 10 个."""
    every = len(standing.term.days)
    if standing.complete:
        return say("{all} working days are complete", all=every)
    if standing.working_day == 0:
        return say("Just posted, not counted yet")
    return say("Working day {number} of {all}", number=standing.working_day, all=every)


def until(say: Catalogue, standing: Standing, board: Board) -> str:
    """Return the least time that the notice stays: 至少到 11月30日."""
    last = standing.term.until
    words = day(say, last) if last.year == board.today.year else day_and_year(say, last)
    if standing.term.provisional:
        return say("at least until {day} (till the State Council names the holidays)", day=words)
    return say("at least until {day}", day=words)
