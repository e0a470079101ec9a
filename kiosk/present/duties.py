"""What must be published by a day of this month or quarter, and whether it was: 定期公开.

Pure. The rule is the county's "定期+即时" scheme: routine finance and benefit payments each month
by the 15th, the collective economy of the last quarter by the 20th of January, April, July and
October; a rest day moves neither. Which categories that concerns is `EVERY`, by the ids that the
office's template gives them; of any other category nothing is claimed. How long a notice hangs is
`sync.workdays`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from kiosk.catalogue import Catalogue
from kiosk.intentions import Open
from kiosk.places import AtDuties, AtList
from kiosk.present.listing import ListView
from kiosk.present.parts import Card
from kiosk.present.wording import day
from sync.feed.layout import Posting
from sync.notices import Category, Village

Every = Literal["month", "quarter"]
EVERY: Final[Mapping[str, Every]] = {
    "accounts": "month", "benefits": "month", "collective": "quarter",
}  # fmt: skip
DUTIES_MARK: Final = "duties"  # how the home page's key is known while it is read aloud
_DUE_DAY: Final[Mapping[Every, int]] = {"month": 15, "quarter": 20}


@dataclass(frozen=True, slots=True)
class Duty:
    """A category's duty of this period: the last day, and the day it was published or None."""

    category: Category
    every: Every
    due: date
    published: date | None


@dataclass(frozen=True, slots=True)
class DutyKey:
    """The key on the home page that says what is still to be published, and leads to the list."""

    words: str
    late: bool
    opens: Open


def duties(
    village: Village, postings: Iterable[Posting], today: date, heard: date | None
) -> tuple[Duty, ...]:
    """Return the duties about which the kiosk can say something true on `today`.

    `heard` is the last day on which it learnt what the office has published: a duty is called
    unpublished only as far as that proves it. What was taken back was not published.
    """
    known = tuple(postings)
    found = []
    for category in village.categories:
        every = EVERY.get(category.id)
        if every is None:
            continue
        start = _start(every, today)
        due = start.replace(day=_DUE_DAY[every])
        posted = [
            one.entry.posted
            for one in known
            if one.entry.category == category.id
            and start <= one.entry.posted <= today
            and one.entry.withdrawn is None
        ]
        duty = Duty(category, every, due, min(posted, default=None))
        if duty.published or (heard and heard >= start and (today <= due or heard > due)):
            found.append(duty)
    return tuple(found)


def duty_key(say: Catalogue, found: tuple[Duty, ...], today: date) -> DutyKey | None:
    """Return the home page's key, None when nothing is owed."""
    late = [one for one in found if one.published is None and one.due < today]
    owed = late or [one for one in found if one.published is None]
    if not owed:
        return None
    words = (
        say.count("{number} item is overdue", "{number} items are overdue", len(late))
        if late
        else say.count("{number} item still to come", "{number} items still to come", len(owed))
    )
    return DutyKey(words, bool(late), Open(AtDuties()))


def duties_page(say: Catalogue, found: tuple[Duty, ...], today: date) -> ListView:
    """Return the list of this period's duties, what is owed first."""
    owed = [one for one in found if one.published is None]
    ordered = sorted(found, key=lambda one: (one.published is not None, one.due))
    return ListView(
        say("To be published this month"), "finance",
        say("{done} of {all} published", done=len(found) - len(owed), all=len(found)) if found else "",
        tuple(_card(say, one, today) for one in ordered),
        "" if found else say("Nothing has to be published at present"),
    )  # fmt: skip


def _card(say: Catalogue, duty: Duty, today: date) -> Card:
    late = duty.published is None and duty.due < today
    if duty.published:
        facts = [say("Published {day}", day=day(say, duty.published))]
    elif late:
        late_days = (today - duty.due).days
        facts = [
            say("Should have been published by {day}", day=day(say, duty.due)),
            say.count(
                "not there yet, {number} day late", "not there yet, {number} days late", late_days
            ),
        ]
    elif duty.every == "month":
        facts = [say("Not published yet (due by the {day}th of each month)", day=duty.due.day)]
    else:
        facts = [say("Not published yet (due by {day})", day=day(say, duty.due))]
    category = duty.category
    return Card(
        f"duty {category.id}", say.name(category.name), tuple(facts), category.group, say("overdue") if late else "",
        Open(AtList(category.group, category.id)), (),
    )  # fmt: skip


def _start(every: Every, today: date) -> date:
    month = today.month if every == "month" else today.month - (today.month - 1) % 3
    return today.replace(month=month, day=1)
