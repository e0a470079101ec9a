"""From a sealed board and the rows of evidence to the report for a period. Pure: no clock, no file.

The kiosk that makes a pack and the computer that checks it ask the same function, so whatever in a
pack doesn't follow from its own rows is found.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import msgspec

from kiosk.evidence.chain import Break
from kiosk.evidence.share import Share, counted_days
from kiosk.inspection.facts import Facts, Hours, Told, silences
from kiosk.inspection.values import (
    DayLine,
    DutyLine,
    Gap,
    GapKind,
    KioskDay,
    NoticeLine,
    Order,
    Report,
    Seal,
    State,
    TermLine,
    Why,
    YearSource,
)
from sync.calendars import Calendar
from sync.clock import CHINA
from sync.duties import Duty, duties
from sync.duties import Record as Published
from sync.feed.layout import Entry
from sync.notices import AuditItem, Notice, Village
from sync.signed_days import fingerprint
from sync.workdays import Shown, Term, TermRule, term_of

_DAY: Final = timedelta(days=1)
BEFORE: Final = timedelta(days=62)  # that a duty's notice may be older than the terms in a period


class BuiltIn(msgspec.Struct, frozen=True):
    """The working days that the kiosk knew without the village: a pack is judged by what was known then.

    `off` are the weekdays off, `work` the weekend days worked, from `first` to `last`; later nothing is known.
    """

    source: str
    first: date
    last: date
    off: tuple[date, ...]
    work: tuple[date, ...]

    def is_working(self, day: date) -> bool | None:
        """Return whether people work on `day`, None where this doesn't say."""
        if not self.first <= day <= self.last:
            return None
        return day in self.work if day.weekday() >= 5 else day not in self.off

    def differences(self, other: Calendar) -> tuple[date, ...]:
        """Return the days on which another calendar, where it knows them, says otherwise."""
        number = (self.last - self.first).days + 1
        days = (self.first + each * _DAY for each in range(max(number, 0)))
        return tuple(day for day in days if other.built_in(day) not in {None, self.is_working(day)})


def built_in(known: Calendar, source: str, first: date, last: date) -> BuiltIn:
    """Return what a calendar has built in about the days from `first` to `last`."""
    days = [first + each * _DAY for each in range((last - first).days + 1)]
    while days and known.built_in(days[-1]) is None:
        days.pop()
    while days and known.built_in(days[0]) is None:
        days.pop(0)
    if not days:
        return BuiltIn(source, first, first - _DAY, (), ())
    off = tuple(day for day in days if day.weekday() < 5 and not known.built_in(day))
    work = tuple(day for day in days if day.weekday() >= 5 and known.built_in(day))
    return BuiltIn(source, days[0], days[-1], off, work)


@dataclass(frozen=True, slots=True)
class Posted:
    """An entry of the board; `notice` is None where this kiosk hasn't got it."""

    entry: Entry
    notice: Notice | None


@dataclass(frozen=True, slots=True)
class Board:
    """The sealed board as a report needs it. Times are UTC.

    `sealed` is when both seals were put, `vouched` when the office last said that it is the newest;
    `entries` newest first, `published` what duties are judged by, `missing` what isn't there of it.
    """

    village: Village
    number: int
    sealed: datetime
    vouched: datetime
    holders: tuple[Seal, ...]
    entries: tuple[Posted, ...]
    published: Published
    missing: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the log says: its facts, where it doesn't hold, and how much of it there is."""

    facts: Facts
    breaks: tuple[Break, ...]
    since: date | None  # from which on days have to be proved
    last_row: int
    rows: int
    signed_days: int


@dataclass(frozen=True, slots=True)
class _Revision:
    """A revision and what came after it: a correction from a day on, or a withdrawal."""

    posted: Posted
    corrected: date | None = None
    withdrawn: Entry | None = None

    @property
    def hung(self) -> date:
        """The day on which it was both due and sealed."""
        return max(self.posted.entry.posted, self.posted.entry.sealed)

    @property
    def ended(self) -> date | None:
        """The day from which it hangs no longer, whatever its term says."""
        if self.withdrawn and self.withdrawn.withdrawn:
            return max(self.withdrawn.withdrawn.on, self.hung)
        return self.corrected


def revisions(entries: Sequence[Posted]) -> list[_Revision]:
    """Return every revision among `entries` (newest first), oldest first, with what ended it."""
    later: dict[str, Entry] = {}
    found = []
    for one in entries:
        entry, after = one.entry, later.get(one.entry.id)
        later[entry.id] = entry
        if entry.withdrawn:
            continue
        if after is None:
            found.append(_Revision(one))
        elif after.withdrawn and after.revision == entry.revision:
            found.append(_Revision(one, withdrawn=after))
        else:
            found.append(_Revision(one, corrected=max(after.posted, after.sealed)))
    found.sort(key=lambda one: (one.hung, one.posted.entry.id, one.posted.entry.revision))
    return found


def rows_since(entries: Sequence[Posted], order: Order, rule: TermRule) -> date:
    """Return the day from which on rows are needed: that on which the oldest of its notices was hung."""
    earliest = order.first - timedelta(days=rule.maximum_days)
    hung = [one.hung for one in revisions(entries) if earliest <= one.hung <= order.last]
    return min([order.first, *hung])


def month_since(order: Order, rule: TermRule) -> str:
    """Return the closed month (YYYY-MM) back to which notices are needed."""
    return f"{order.first - timedelta(days=rule.maximum_days) - BEFORE:%Y-%m}"


def report_of(order: Order, board: Board, calendar: Calendar, evidence: Evidence) -> Report:
    """Return the report."""
    village, facts = board.village, evidence.facts
    rows = rows_since(board.entries, order, village.term)
    judge = _Judge(order, village, calendar, evidence, rows)
    lines = [judge.line(one) for one in revisions(board.entries)]
    notices = tuple(one for one in lines if one)
    enrolled = next((one for one in village.kiosks if one.key == order.key), None)
    last = max([order.last, *(one.term.until for one in notices)])
    return Report(
        order=order,
        village=village.name,
        committee=village.committee,
        supervisor=village.supervisor,
        hotline=village.hotline,
        enrolled=enrolled is not None,
        fingerprint=fingerprint(bytes.fromhex(order.key)),
        number=board.number,
        sealed=board.sealed,
        vouched=board.vouched,
        holders=board.holders,
        rule=village.term,
        years=tuple(_years(calendar, judge.source, order.first, last)),
        since=evidence.since,
        judged=judge.as_of,
        rows=evidence.rows,
        signed_days=evidence.signed_days,
        notices=notices,
        kiosk_days=tuple(judge.kiosk_days()),
        duties=tuple(judge.duties(board.published)),
        gaps=(*board.missing, *_gaps(facts, evidence, order, village.term, judge)),
    )


class _Judge:
    """Judges by one rule, one calendar and one log."""

    def __init__(
        self, order: Order, village: Village, calendar: Calendar, evidence: Evidence, rows: date
    ) -> None:
        """`rows` is the day from which on all rows are there: of earlier days nothing is claimed."""
        rule = village.term
        self._order, self._rule, self._calendar = order, rule, calendar
        self._facts, self.since = evidence.facts, evidence.since and max(evidence.since, rows)
        self._counted = counted_days(self._facts.tally, rule)
        self._village = village
        self._names = {one.id: one.name for one in village.categories}
        judged = self._facts.judged
        self.as_of = min(order.last, judged) if judged else None
        self.source = getattr(getattr(calendar.built_in, "__self__", None), "source", "")

    def line(self, one: _Revision) -> NoticeLine | None:
        """Return a revision's line, None where it did not hang in the period."""
        entry, notice, hung = one.posted.entry, one.posted.notice, one.hung
        key = entry.id, entry.revision
        term, shown = self._term(one, key), self._facts.seen.get(key)
        seen = shown.end.astimezone(CHINA).date() if shown else hung
        end = one.ended or max(term.until, seen)
        gone = one.withdrawn.withdrawn if one.withdrawn else None
        marker = self._marker(one, gone.on) if gone else None
        if hung > self._order.last or max(end, marker.until if marker else end) < self._order.first:
            return None
        return NoticeLine(
            id=entry.id,
            revision=entry.revision,
            category=self._names.get(entry.category, entry.category),
            title=notice.title if notice else "",
            publisher=str(notice.publisher) if notice else "",
            author=notice.author if notice else "",
            sha256=entry.notice.sha256,
            posted=entry.posted,
            sealed=entry.sealed,
            hung=hung,
            audited=bool(notice and notice.audit)
            and all(item.verdict == "pass" and item.on <= hung for item in _audit(notice)),
            audit=_audit(notice),
            decided=notice.decided if notice else None,
            corrects=notice.corrects if notice else None,
            urgent=bool(notice and notice.urgent),
            first_seen=shown.start if shown else None,
            last_seen=shown.end if shown else None,
            ended=one.ended,
            term=self._term_line(term, one),
            days=tuple(self._days(key, hung, max(term.until, seen), one.ended)),
            withdrawal=gone,
            marker=marker,
            picture=self._facts.pictures.get(key, ""),
        )

    def kiosk_days(self) -> Iterator[KioskDay]:
        """Yield every day of the period that is over."""
        for day in _span(self._order.first, self.as_of):
            hours = self._facts.hours.get(day, Hours())
            yield KioskDay(
                day, self._calendar.is_working(day), self._kept(day), round(hours.on),
                round(hours.dark), round(hours.unproved), hours.starts, hours.jumps,
            )  # fmt: skip

    def duties(self, published: Published) -> Iterator[DutyLine]:
        """Yield what fell due in the period."""
        today = self.as_of or self._order.first
        known = published.on(today)
        categories = self._village.categories
        for one in duties(categories, known, self._calendar, self._order.first, self._order.last):
            yield _duty_line(one, today, known.until)

    def _term(self, one: _Revision, key: tuple[str, int]) -> Term:
        """Return the term as it stood on the last day, or when something took the notice's place."""
        shown = Shown(self._until(one), self._counted.get(key, frozenset()), self.since or date.max)
        return term_of(one.hung, self._calendar, self._rule, shown)

    def _term_line(self, term: Term, one: _Revision) -> TermLine:
        since = self.since or date.max
        before = sum(day < since for day in term.days)
        until = self._until(one)
        done = sum(until is not None and day <= until for day in term.days)
        return TermLine(
            term.posted, term.until, term.maximum, term.days, done, term.made_up, before,
            term.provisional, self._state(term, one, until, whole=done >= self._rule.working_days),
        )  # fmt: skip

    def _until(self, one: _Revision) -> date | None:
        """Return the last day that is judged: the revision's own last one, if something replaced it."""
        if self.as_of and one.ended:
            return min(self.as_of, one.ended - _DAY)
        return self.as_of

    def _marker(self, one: _Revision, on: date) -> TermLine:
        begins = max(on, one.hung)
        term = term_of(begins, self._calendar, self._rule, None)
        over = self.as_of is not None and term.is_over(self.as_of + _DAY)
        done = sum(self.as_of is not None and day <= self.as_of for day in term.days)
        return TermLine(
            begins, term.until, term.maximum, term.days, done, (), 0, term.provisional,
            "held" if over else "running",
        )  # fmt: skip

    def _state(self, term: Term, one: _Revision, until: date | None, *, whole: bool) -> State:
        if self.as_of is None or until is None:
            return "unproved"
        over = term.is_over(until + _DAY)
        if over and whole:
            return "held"
        if one.ended and one.ended <= self.as_of:
            return "withdrawn" if one.withdrawn else "corrected"
        return "maximum" if over else "running"

    def _days(
        self, key: tuple[str, int], hung: date, last: date, ended: date | None
    ) -> Iterator[DayLine]:
        """Yield the days on which it had to hang, or did."""
        if self.as_of is None:
            return
        for day in _span(hung, min(self.as_of, last, ended - _DAY if ended else last)):
            share = self._facts.tally.shares.get((key, day), Share())
            counted = day in self._counted.get(key, ()) if self._kept(day) else None
            working = self._calendar.is_working(day)
            asked = counted is False and working is not False
            why = self._why(day, share) if asked else ""
            yield DayLine(day, working, round(share.seconds), share.turns, counted, why)

    def _kept(self, day: date) -> bool:
        return self.since is not None and day >= self.since

    def _why(self, day: date, share: Share) -> Why:
        """Return the likeliest reason why a notice had less than its share of a day."""
        hours, needed = self._facts.hours.get(day, Hours()), self._rule.share_minutes * 60
        if hours.unproved > hours.on:
            return "clock"
        if hours.on < needed:
            return "off"
        if hours.on - hours.dark < needed:
            return "dark"
        return "share" if share.turns else "absent"


def _audit(notice: Notice | None) -> tuple[AuditItem, ...]:
    return notice.audit if notice else ()


def _duty_line(duty: Duty, today: date, heard: date) -> DutyLine:
    return DutyLine(
        duty.category.name, duty.every, duty.covers, duty.due.judge, duty.published, duty.late,
        str(duty.state(today, heard)), duty.notice,
    )  # fmt: skip


def _gaps(
    facts: Facts, evidence: Evidence, order: Order, rule: TermRule, judge: _Judge
) -> Iterator[Gap]:
    """Yield what has to be said openly, the worst first."""
    for one in evidence.breaks:
        yield Gap("broken", None, None, f"{one.number}: {one.why}")
    if evidence.last_row < order.rows:
        yield Gap("lost", None, None, f"{evidence.last_row + 1}-{order.rows}")
    for told in facts.told:
        if _inside(told, order):
            kind: GapKind = _KINDS[told.what]
            yield Gap(kind, told.at, told.at, told.detail)
    for stretch in facts.unproved:
        yield Gap("unproved", stretch.start, stretch.end)
    for day in _span(max(order.first, judge.since or date.max), judge.as_of):
        for stretch in silences(facts, day, rule):
            yield Gap("silent", stretch.start, stretch.end)


_KINDS: Final[Mapping[str, GapKind]] = {
    "jump": "jump", "lost": "lost", "broken": "broken", "untrusted": "untrusted",
}  # fmt: skip


def _inside(told: Told, order: Order) -> bool:
    """Tell whether an event belongs to the period; of losses and breaks all are told."""
    day = told.at.astimezone(CHINA).date()
    return told.what in {"lost", "broken"} or order.first <= day <= order.last


def _years(calendar: Calendar, source: str, first: date, last: date) -> Iterator[YearSource]:
    for year in range(first.year, last.year + 1):
        sealed = next((one.source for one in calendar.years if one.year == year), "")
        known = calendar.is_working(date(year, 12, 31)) is not None
        yield YearSource(year, sealed or (source if known else ""), sealed=bool(sealed))


def _span(first: date, last: date | None) -> Iterator[date]:
    if last is not None:
        for number in range((last - first).days + 1):
            yield first + number * _DAY
