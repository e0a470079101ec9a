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
        owed,
        key=lambda one: (one.published is not None, not _is_missing(one, today), one.due.judge),
    )
    done = sum(one.published is not None for one in owed)
    return ListView(
        say("Regular publication"), "finance",
        say("{done} of {all} published", done=done, all=len(owed)) if owed else "",
        tuple(_card(say, one, today) for one in ordered),
        "" if owed else say("Nothing is known to be due now. Without the right date and news from the office that cannot be told."),
    )  # fmt: skip


def _is_missing(duty: Duty, today: date) -> bool:
    return duty.published is None and today > duty.due.judge


def _missing(say: Catalogue, missing: list[Duty], today: date) -> str:
    if len(missing) > 1:
        return say.count("{number} item is overdue", "{number} items are overdue", len(missing))
    (one,) = missing
    days = (today - one.due.judge).days
    return say("{days} days overdue: {name}", days=days, name=say.name(one.category.name))


def _coming(say: Catalogue, coming: list[Duty], today: date) -> str:
    first = min(coming, key=lambda one: one.due.judge)
    left = _left(say, first, today)
    if before := _last_worked(say, first, today):
        left = say("{left} ({before})", left=left, before=before)
    if len(coming) > 1:
        return say("{left} to publish {number} items", left=left, number=len(coming))
    return say("{left} to publish: {name}", left=left, name=say.name(first.category.name))


def _left(say: Catalogue, duty: Duty, today: date) -> str:
    days = (duty.due.judge - today).days
    return (
        say.count("another {number} day", "another {number} days", days)
        if days
        else say("Last day")
    )


def _last_worked(say: Catalogue, duty: Duty, today: date) -> str:
    """Return the last working day before a duty that falls due on a rest day, "" where it doesn't help."""
    if today <= duty.due.warn < duty.due.judge:
        return say("last working day {day}", day=day(say, duty.due.warn))
    return ""


def _card(say: Catalogue, duty: Duty, today: date) -> Card:
    missing = _is_missing(duty, today)
    facts = [_period(say, duty), say("due by {day}", day=_day(say, duty.due.judge, today))]
    if duty.published:
        facts[1] = say("Published {day}", day=_day(say, duty.published, today))
        if duty.late:
            facts.append(say.count("late by {number} day", "late by {number} days", duty.late))
    elif missing:
        days = (today - duty.due.judge).days
        facts.append(say.count("overdue for {number} day", "overdue for {number} days", days))
    else:
        facts += [_left(say, duty, today), _last_worked(say, duty, today)]
    category = duty.category
    return Card(
        f"duty {category.id} {duty.due.judge}", say.name(category.name), tuple(filter(None, facts)),
        category.group, say("overdue") if missing else "",
        Open(AtList(category.group, category.id)), (),
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
