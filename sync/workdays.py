"""How long a notice must stay up: the one place of the ten-working-day rule.

Pure. Which days are worked is `sync.calendars`, which days a kiosk has really shown is
`kiosk.evidence`; today comes in from outside.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Annotated, Final, Protocol

import msgspec
from msgspec import Meta

LONGEST_SEARCH: Final = 800  # days after posting: no calendar has so few working days
LONGEST_REST: Final = (
    8  # weekdays that a coming holiday can take, on and about Spring Festival (2026: 6)
)
LEAST_MINUTES: Final = 5
LEAST_TURNS: Final = 10
LATEST_OPENING: Final = time(9)  # a village's hours hold nine to five, when people are about
EARLIEST_CLOSING: Final = time(17)


class YearCalendar(msgspec.Struct, frozen=True):
    """The State Council's notice of one year's holidays, as both committees seal it.

    `off` are its rest days, weekends among them or not; `work` the weekend days that are worked.
    `source` names the document, e.g. 国办发明电〔2025〕7号.
    """

    year: int
    source: str
    off: tuple[date, ...]
    work: tuple[date, ...]


class TermRule(msgspec.Struct, frozen=True, omit_defaults=True):
    """How long notices hang, and when a day counts as shown; a village may ask for more, never for less.

    Ten working days: the seed village's rule. Fifteen days: art. 35 of the Organic Law of Villagers'
    Committees, in force 2026-01-01. `maximum_days` after posting a notice leaves the board whatever
    was missed: personal data must not hang for ever. A day counts when the notice was drawn for
    `share_minutes`, in `share_turns` turns, between `opens` and `closes` (the village's own time).
    What is asked of a day has a least as well, or a term could be shown in ten minutes at night: of
    the share it is the default, and `sync.notices.Village` takes no less.
    """

    working_days: Annotated[int, Meta(ge=10, le=60)] = 10
    calendar_days: Annotated[int, Meta(ge=15, le=120)] = 15
    maximum_days: Annotated[int, Meta(ge=60, le=366)] = 90
    opens: time = time(6)
    closes: time = time(21)
    share_minutes: Annotated[int, Meta(ge=1, le=60)] = 5
    share_turns: Annotated[int, Meta(ge=1, le=100)] = 10

    def __post_init__(self) -> None:
        """Refuse hours that leave out any of the day's, and a term longer than the maximum."""
        if self.opens > LATEST_OPENING or self.closes < EARLIEST_CLOSING:
            raise ValueError(
                f"opens 不晚于 {LATEST_OPENING:%H:%M}，closes 不早于 {EARLIEST_CLOSING:%H:%M}"
                " (the hours have to hold those from nine to five)"
            )
        if self.maximum_days < 2 * max(self.working_days, self.calendar_days):
            raise ValueError(
                "maximum_days 至少是最短期限的两倍 (at least twice as long as the shortest term)"
            )


class Workdays(Protocol):
    """Which days people work."""

    def is_working(self, day: date) -> bool | None:
        """Return whether people work on `day`, None where no calendar says so yet."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a kiosk knows of its showing a notice: every day from `since` to `judged` has `counted` or not.

    Before `since` the kiosk wasn't there yet: a village had other boards then, and those days are taken
    as shown. Where nothing is known (`judged` is None) all are: the office's view.
    """

    judged: date | None = None
    counted: frozenset[date] = frozenset()
    since: date = date.min

    def missed(self, day: date) -> bool:
        """Tell whether the notice should have been shown on `day` and wasn't."""
        return (
            self.judged is not None and self.since <= day <= self.judged and day not in self.counted
        )


@dataclass(frozen=True, slots=True)
class Term:
    """A notice's minimum time on the board.

    `days` are the working days that count, shown ones first, then those to come: the last is the
    tenth. `made_up` are the working days that did not count, since the notice was not shown for its
    share. `until` is the last day on which it must be shown: it comes down no earlier. `provisional`
    says that the holidays of some day on the way aren't known yet: it then stays at least till
    `until`, and comes down at `maximum` at the latest.
    """

    posted: date
    days: tuple[date, ...]
    until: date
    maximum: date
    provisional: bool = False
    made_up: tuple[date, ...] = ()

    @property
    def tenth(self) -> date:
        """Return the working day that completes the term, as far as it can be foreseen."""
        return self.days[-1]

    def number_on(self, today: date) -> int:
        """Return how many working days of the term there are up to `today`; 0 on the day of posting."""
        return sum(day <= today for day in self.days)

    def is_over(self, today: date) -> bool:
        """Tell whether the notice may leave the board on `today`."""
        return today > self.maximum or (today > self.until and not self.provisional)


def term_of(
    posted: date, workdays: Workdays, rule: TermRule | None = None, shown: Shown | None = None
) -> Term:
    """Return the minimum term: the later of the 10th working day and the 15th day after posting.

    The day of posting isn't counted (Civil Code art. 201). A past day counts only if the notice was
    really shown; a missed one is made up at the end, up to the maximum. Past the known calendar no day is sure to be a
    working day, so the term is provisional: weekdays are taken for the earliest end it could have.
    """
    rule, shown = rule or TermRule(), shown or Shown()
    days: list[date] = []
    made_up: list[date] = []
    maximum = posted + timedelta(days=rule.maximum_days)
    provisional = False
    for day in _after(posted):
        working = workdays.is_working(day)
        known = working is not None
        if not (working if known else day.weekday() < 5):
            continue
        if shown.missed(day) and day <= maximum:
            made_up.append(day)
            continue
        provisional = provisional or not known
        days.append(day)
        if len(days) == rule.working_days:
            break
    until = max(days[-1], posted + timedelta(days=rule.calendar_days))
    return Term(posted, tuple(days), min(until, maximum), maximum, provisional, tuple(made_up))


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when officials have to act: `warn` is the earliest day it can be, `judge` the latest.

    They differ only past the known calendar: people are warned at the one and judged at the other.
    """

    warn: date
    judge: date


def deadline_after(day: date, working_days: int, workdays: Workdays) -> Deadline:
    """Return the last of so many working days after `day`, which isn't counted."""
    earliest = _nth(day, working_days, workdays, rest=0)
    return Deadline(earliest, _nth(day, working_days, workdays, rest=LONGEST_REST))


def _nth(day: date, number: int, workdays: Workdays, *, rest: int) -> date:
    """Return the `number`th working day after `day`, the first `rest` unknown weekdays being off."""
    found = 0
    for each in _after(day):
        working = workdays.is_working(each)
        if working is None and each.weekday() < 5:
            working, rest = rest <= 0, rest - 1
        found += bool(working)
        if found == number:
            return each
    raise ValueError("no calendar has so few working days")


def _after(day: date) -> Iterator[date]:
    for number in range(1, LONGEST_SEARCH):
        yield day + timedelta(days=number)
