"""What must be published by when, and whether it was: 定期公开 and 即时公开, for any stretch of days.

Pure: kiosk, office and report ask the same functions. The rule is the seed village's "定期+即时" scheme:
each month by the 15th; by the 20th of January, April, July and October the last quarter; in December
the year; a sudden or major matter within 3 working days of being decided. A rest day moves none of the
fixed days: people are only told the last working day before it. What was published is read from a
sealed board by `sync.feed.published`; how long a notice hangs is `sync.workdays`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Literal

from sync.notices import Category
from sync.workdays import Deadline, Workdays, deadline_after

Every = Literal["month", "quarter", "year", "event"]
# Of the ids that the office's template gives; of any other category nothing is claimed.
EVERY: Final[Mapping[str, Every]] = {
    "accounts": "month", "benefits": "month", "collective": "quarter", "projects": "quarter",
}  # fmt: skip
DECIDED_DAYS: Final = 3  # working days after a decision
REMEMBERED: Final = timedelta(days=366)  # that what was missed is still said
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Publication:
    """A notice as the duties see it: its latest revision, and the `day` on which it first hung.

    `withdrawn` says that it was taken back: then it fulfils nothing.
    """

    notice: str
    category: str
    day: date
    period: tuple[date, date] | None = None
    decided: date | None = None
    urgent: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that was published from `since` to `until`, both included; of other days nothing is known."""

    since: date
    until: date
    publications: tuple[Publication, ...] = ()

    def on(self, today: date) -> "Record":
        """Return what was known on `today`: what is dated later hangs nowhere yet."""
        hung = tuple(one for one in self.publications if one.day <= today)
        return replace(self, until=min(self.until, today), publications=hung)

    def first_day(self, notice: str) -> date | None:
        """Return the day on which a notice first hung, whatever was corrected since."""
        return next((one.day for one in self.publications if one.notice == notice), None)


class State(StrEnum):
    """How a duty stands; UNKNOWN where nothing was heard after the day it was due."""

    COMING = "coming"
    IN_TIME = "in time"
    LATE = "late"
    MISSING = "missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that must be published: of which days, from when on, by when, and when it was.

    `due.judge` is the last day; `due.warn` the last working day up to it, or where the calendar isn't
    known yet the earliest day it can be. `late` counts the days after it that `published` was, or None
    was it never: days, of an "event" working days, none of them if only rest days or unknown ones lay
    between. `notice` is what fulfilled it, or "".
    """

    category: Category
    every: Every
    covers: tuple[date, date]
    opens: date
    closes: date
    due: Deadline
    published: date | None = None
    late: int = 0
    notice: str = ""

    def state(self, today: date, heard: date) -> State:
        """Return how it stands on `today`, for one who knows what was published up to `heard`."""
        if self.published is not None:
            return State.LATE if self.published > self.due.judge else State.IN_TIME
        if today <= self.due.judge:
            return State.COMING
        return State.MISSING if heard > self.due.judge else State.UNKNOWN


def every_of(category: Category) -> Every | None:
    """Return how often a category must be published: as sealed, else by its id; None if nobody says."""
    return category.every or EVERY.get(category.id)


def duties(
    categories: Iterable[Category], record: Record, workdays: Workdays, first: date, last: date
) -> tuple[Duty, ...]:
    """Return every duty that fell due from `first` to `last`, both included, in order of time.

    None that fell due before the record begins. A decision is judged by its notice, so one that was
    never published can't be known here.
    """
    known = {category.id: category for category in categories}
    found = list(_regular(known.values(), record, workdays, first, last))
    for one in record.publications:
        category = known.get(one.category)
        if category and one.decided and is_immediate(category, urgent=one.urgent):
            duty = decided_duty(category, one.notice, one.decided, one.day, workdays)
            if first <= duty.due.judge <= last:
                found.append(duty)
    return tuple(sorted(found, key=lambda duty: (duty.due.judge, duty.category.id, duty.notice)))


def owed(
    categories: Iterable[Category], record: Record, workdays: Workdays, today: date
) -> tuple[Duty, ...]:
    """Return the fixed duties that can be told of on `today`: those of this period, and what was missed.

    A duty that nobody could have heard of as fulfilled isn't told of. What was missed is said for a
    year, unless a notice of the same period makes up for it.
    """
    record = record.on(today)
    near = _regular(categories, record, workdays, today - REMEMBERED, today + timedelta(days=31))
    told = [
        duty
        for duty in near
        if duty.opens <= today
        and (today < duty.closes or duty.published is None)
        and (duty.published or record.until >= duty.opens)
        and duty.state(today, record.until) is not State.UNKNOWN
    ]
    return tuple(sorted(told, key=lambda duty: (duty.due.judge, duty.category.id)))


def is_immediate(category: Category, *, urgent: bool) -> bool:
    """Tell whether a decision has to be published within three working days: sudden or major matters."""
    return urgent or every_of(category) == "event"


def decided_duty(
    category: Category, notice: str, decided: date, published: date, workdays: Workdays
) -> Duty:
    """Return the duty to publish a decision within 3 working days, the day of deciding not counted."""
    due = deadline_after(decided, DECIDED_DAYS, workdays)
    late = (due.judge + number * _DAY for number in range(1, (published - due.judge).days + 1))
    return Duty(
        category, "event", (decided, decided), decided, date.max, due, published,
        sum(workdays.is_working(day) is True for day in late), notice,
    )  # fmt: skip


def _regular(
    categories: Iterable[Category], record: Record, workdays: Workdays, first: date, last: date
) -> Iterator[Duty]:
    """Yield the fixed duties that fall due from `first` to `last`, as far as the record goes back."""
    published: dict[str, list[Publication]] = {}
    for one in record.publications:
        published.setdefault(one.category, []).append(one)
    for category in categories:
        for duty in _fixed(category, workdays, max(first, record.since), last):
            yield _fulfilled(duty, published.get(category.id, ()))


def _fixed(category: Category, workdays: Workdays, first: date, last: date) -> Iterator[Duty]:
    """Yield the category's duties that fall due from `first` to `last`."""
    every = every_of(category)
    month = first.replace(day=1)
    while month <= last:
        duty = _of_month(category, every, month, workdays)
        if duty and first <= duty.due.judge <= last:
            yield duty
        month = _months_later(month, 1)


def _of_month(
    category: Category, every: Every | None, month: date, workdays: Workdays
) -> Duty | None:
    """Return the duty that falls due in the month which begins with `month`."""
    if every == "month":
        covers, length, due = (month, _months_later(month, 1) - _DAY), 1, month.replace(day=15)
    elif every == "quarter" and month.month in {1, 4, 7, 10}:
        covers, length, due = (_months_later(month, -3), month - _DAY), 3, month.replace(day=20)
    elif every == "year" and month.month == 12:
        due = month.replace(day=31)
        covers, length = (month.replace(month=1), due), 12
    else:
        return None
    closes = _months_later(month, length)
    return Duty(category, every, covers, month, closes, Deadline(_last_worked(due, workdays), due))


def _fulfilled(duty: Duty, publications: Iterable[Publication]) -> Duty:
    """Return the duty with the first notice that fulfils it."""
    fits = [one for one in publications if _fulfils(one, duty)]
    if not fits:
        return duty
    one = min(fits, key=lambda one: (one.day, one.notice))
    late = max((one.day - duty.due.judge).days, 0)
    return replace(duty, published=one.day, late=late, notice=one.notice)


def _fulfils(one: Publication, duty: Duty) -> bool:
    """Tell whether a notice is the one that was due.

    One without a period counts for the stretch in which it was posted. One with a period has to be of
    the days that are asked for, and then counts however late; a month's may be of the month before,
    for half of them are over when the 15th comes. A year's plan is of the year to come.
    """
    if one.withdrawn:
        return False
    if one.period is None:
        return duty.opens <= one.day < duty.closes
    start, end = one.period
    whole = one.day >= end >= duty.covers[1]  # on the last of a quarter all of it is there already
    if one.day < duty.opens and not whole:
        return False
    asked = duty.covers[0] if duty.every != "month" else _months_later(duty.covers[0], -1)
    if duty.every == "year" and one.day < duty.closes:
        return end >= asked
    return start <= duty.covers[1] and end >= asked


def _last_worked(day: date, workdays: Workdays) -> date:
    """Return the last working day up to `day`; where none are known yet, the last weekday."""
    while True:
        working = workdays.is_working(day)
        if day.weekday() < 5 if working is None else working:
            return day
        day -= _DAY


def _months_later(first: date, months: int) -> date:
    """Return the first day of the month that is `months` after the month which begins with `first`."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)
