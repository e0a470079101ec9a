"""What must be published regularly and what of it is missing, in words: the home page's key and its list.

Which duties there are and how they stand is `sync.duties`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from kiosk.catalogue import Catalogue
from kiosk.intentions import Open
from kiosk.places import AtDuties, AtList
from kiosk.present.listing import ListView
from kiosk.present.parts import Card
from kiosk.present.wording import day, day_and_year
from sync.duties import Duty

DUTIES_MARK: Final = "duties"  # how the home page's key is known while it is read aloud


@dataclass(frozen=True, slots=True)
class DutyKey:
    """The key on the home page that says what is still to be published, and leads to the list."""

    words: str
    late: bool
    opens: Open


def duty_key(say: Catalogue, owed: tuple[Duty, ...], today: date) -> DutyKey | None:
    """Return the home page's key, None when nothing is owed: what is overdue before what is to come."""
    missing = [one for one in owed if _is_missing(one, today)]
    if missing:
        return DutyKey(_missing(say, missing, today), late=True, opens=Open(AtDuties()))
    coming = [one for one in owed if one.published is None]
    if coming:
        return DutyKey(_coming(say, coming, today), late=False, opens=Open(AtDuties()))
    return None


def duties_page(say: Catalogue, owed: tuple[Duty, ...], today: date) -> ListView:
    """Return the list of what is due: first what is overdue, then what is to come, then what is done."""
    ordered = sorted(
        owed, key=lambda one: (one.published is not None, not _is_missing(one, today), one.due.judge)
    )
    return ListView(
        say("What must be published"), "finance", "",
        tuple(_card(say, one, today) for one in ordered),
        "" if ordered else say("What is due cannot be told now: it takes the right date and news from the office."),
    )  # fmt: skip


def _is_missing(duty: Duty, today: date) -> bool:
    return duty.published is None and today > duty.due.judge


def _missing(say: Catalogue, missing: list[Duty], today: date) -> str:
    if len(missing) > 1:
        return say.count("{number} item is overdue", "{number} items are overdue", len(missing))
    (one,) = missing
    return say(
        "{name}: not published, {days} days overdue",
        name=say.name(one.category.name), days=(today - one.due.judge).days,
    )  # fmt: skip


def _coming(say: Catalogue, coming: list[Duty], today: date) -> str:
    first = min(coming, key=lambda one: one.due.judge)
    if len(coming) > 1:
        return say(
            "{number} items still to come, {left}", number=len(coming), left=_left(say, first, today)
        )
    name = say.name(first.category.name)
    return say("{name} still to come, {left}", name=name, left=_left(say, first, today))


def _left(say: Catalogue, duty: Duty, today: date) -> str:
    """Return how many days are left, and the last working day where the duty falls due on a rest day."""
    days = (duty.due.judge - today).days
    left = say.count("{number} day left", "{number} days left", days) if days else say("today is the last day")
    if today <= duty.due.warn < duty.due.judge:
        return say("{left} (last working day: {day})", left=left, day=day(say, duty.due.warn))
    return left


def _card(say: Catalogue, duty: Duty, today: date) -> Card:
    missing = _is_missing(duty, today)
    due = _day(say, duty.due.judge, today)
    if duty.published and duty.late:
        words = say(
            "Published {day}, {days} days late", day=_day(say, duty.published, today), days=duty.late
        )
    elif duty.published:
        words = say("Published {day}", day=_day(say, duty.published, today))
    elif missing:
        days = (today - duty.due.judge).days
        words = say("Should have been published by {day}, {days} days ago", day=due, days=days)
    else:
        words = say("Due by {day}, {left}", day=due, left=_left(say, duty, today))
    category = duty.category
    return Card(
        f"duty {category.id} {duty.due.judge}", say.name(category.name), (_period(say, duty), words),
        category.group, say("overdue") if missing else "",
        Open(AtList(category.group, category.id)), None,
    )  # fmt: skip


def _day(say: Catalogue, on: date, today: date) -> str:
    return day(say, on) if on.year == today.year else day_and_year(say, on)


def _period(say: Catalogue, duty: Duty) -> str:
    """Return what the duty is about: 2026年11月, 2026年第3季度, 2026年."""
    first = duty.covers[0]
    if duty.every == "month":
        return say("month {month} of {year}", year=first.year, month=first.month)
    if duty.every == "quarter":
        return say("quarter {number} of {year}", year=first.year, number=(first.month + 2) // 3)
    return say("year {year}", year=first.year)
