"""What is known about a notice besides its text: who published, decided, audited and sealed it, and till when.

The neighbour `kiosk.present.notice` shows it below the text; the audit has a page of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kiosk.board import Board, Standing, Terms
from kiosk.catalogue import Catalogue
from kiosk.intentions import Open
from kiosk.places import AtAudit, AtTerm
from kiosk.present.parts import Spoken, categories, publisher, read_first, stamps
from kiosk.present.wording import day, day_and_year, period, place_in_term, until
from sync.duties import decided_duty, is_immediate
from sync.notices import AuditItem, Notice, Party, Village


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known: 审核 — 3 项审核全部通过 · 周*平 · 11月20日.

    `banner` says that the sentences which the notice begins with say it as well.
    """

    label: str
    words: tuple[str, ...]
    banner: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """The facts below a notice; `keys` are words and what they open: how the term is counted, the audit."""

    heading: str
    facts: tuple[Fact, ...]
    keys: tuple[tuple[str, Open], ...]


@dataclass(frozen=True, slots=True)
class AboutView:
    """The same facts on a page of their own, for notices that open at their entries."""

    notice: str
    heading: str
    title: str
    about: About
    reading: tuple[Spoken, ...]


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One item of the audit: its verdict as a word, who gave it and when, and a remark or ""."""

    item: str
    verdict: str
    passed: bool
    details: tuple[str, ...]
    remark: str


@dataclass(frozen=True, slots=True)
class AuditView:
    """The audit of one notice, item by item."""

    notice: str
    heading: str
    title: str
    summary: tuple[str, ...]
    lines: tuple[AuditLine, ...]
    reading: tuple[Spoken, ...]


def about(
    say: Catalogue,
    village: Village,
    board: Board,
    standing: Standing,
    verified: frozenset[Party],
    first: date | None = None,
) -> About:
    """Return what is known about `standing`, which `first` hung on that day, if it is known."""
    notice = standing.posting.notice
    found = [Fact(say("Published by"), (publisher(say, village, notice),))]
    if notice.period:
        found.append(Fact(say("Period covered"), (period(say, *notice.period),)))
    if notice.decided:
        on = day_and_year(say, notice.decided.on)
        found.append(Fact(say("Decided by"), (notice.decided.by, on)))
        found.extend(_in_time(say, village, board, notice, first))
    if notice.corrects:
        earlier, reason = notice.corrects.revision, notice.corrects.reason
        words = say("replaces version {number}: {reason}", number=earlier, reason=reason)
        found.append(Fact(say("Correction"), (words,), banner=True))
    if notice.audit:
        found.append(Fact(say("Audit"), audit_summary(say, notice.audit)))
    found.extend(
        Fact(say("Seal"), (one.name, one.line))
        for one in stamps(say, village, standing.posting, verified)
    )
    found.extend(_term(say, board, standing))
    return About(say("About this notice"), tuple(found), _keys(say, notice))


def audit_summary(say: Catalogue, items: tuple[AuditItem, ...]) -> tuple[str, str, str]:
    """Return the audit in short: how many items and whether all passed, by whom, and when."""
    refused = sum(item.verdict != "pass" for item in items)
    who = "、".join(dict.fromkeys(item.by for item in items))
    on = day(say, max(item.on for item in items))
    if refused:
        words = say.count("{number} item did not pass", "{number} items did not pass", refused)
    else:
        words = say.count("{number} item, passed", "{number} items, all passed", len(items))
    return words, who, on


def about_page(
    say: Catalogue,
    village: Village,
    board: Board,
    standing: Standing,
    verified: frozenset[Party],
    first: date | None = None,
) -> AboutView:
    """Return the page of what is known about `standing`, which `first` hung on that day."""
    notice = standing.posting.notice
    known = about(say, village, board, standing, verified, first)
    return AboutView(notice.id, known.heading, notice.title, known, read_first(standing, ()))


def audit_page(say: Catalogue, standing: Standing) -> AuditView | None:
    """Return the audit item by item, None if the notice carries none."""
    notice = standing.posting.notice
    if not notice.audit:
        return None
    return AuditView(
        notice.id,
        say("Audit, item by item"),
        notice.title,
        audit_summary(say, notice.audit),
        tuple(_line(say, item) for item in notice.audit),
        read_first(standing, ()),
    )


def fact_mark(number: int) -> str:
    """Return how a fact (the first is 0) is known while it is read aloud."""
    return f"fact {number}"


def item_mark(number: int) -> str:
    """Return how an item (from 0) of an audit, or a day of a term, is known while it is read aloud."""
    return f"item {number}"


def _line(say: Catalogue, item: AuditItem) -> AuditLine:
    passed = item.verdict == "pass"
    words = say("passed") if passed else say("not passed")
    return AuditLine(item.item, words, passed, (item.by, day(say, item.on)), item.remark)


def _keys(say: Catalogue, notice: Notice) -> tuple[tuple[str, Open], ...]:
    count = len(notice.audit)
    term = (say("How the term is counted"), Open(AtTerm(notice.id)))
    if not count:
        return (term,)
    words = say.count("See the {number} audited item", "See all {number} audited items", count)
    return term, (words, Open(AtAudit(notice.id)))


def _in_time(
    say: Catalogue, village: Village, board: Board, notice: Notice, first: date | None
) -> Iterator[Fact]:
    """Yield whether a decision was published within three working days, where that is the rule."""
    category = categories(village).get(notice.category)
    if not (category and notice.decided and first and is_immediate(category, urgent=notice.urgent)):
        return
    workdays = Terms.of_village(village).workdays
    duty = decided_duty(category, notice.id, notice.decided.on, first, workdays)
    words = [
        say("due by {day}", day=day(say, duty.due.judge)),
        say("posted {day}", day=day(say, first)),
    ]
    if board.trusted and first > duty.due.judge:
        days = (first - duty.due.judge).days  # of rest, or it isn't known yet
        words.append(
            say.count("{number} working day late", "{number} working days late", duty.late)
            if duty.late
            else say.count("late by {number} day", "late by {number} days", days)
        )
    elif board.trusted and first <= duty.due.warn:
        words.append(say("in time"))
    yield Fact(say("Published in 3 working days"), tuple(words))


def _term(say: Catalogue, board: Board, standing: Standing) -> list[Fact]:
    """Return since when the notice hangs and how long it stays, or when and why it was taken back."""
    withdrawn = standing.posting.entry.withdrawn
    since = standing.posting.entry.posted if withdrawn else standing.term.posted
    found = [Fact(say("Shown since"), (day_and_year(say, since),))]
    if withdrawn:
        words = (day(say, withdrawn.on), withdrawn.reason)
        return [*found, Fact(say("Taken back"), words, banner=True)]
    found.append(Fact(say("Term"), (place_in_term(say, standing),)))
    stays = [until(say, standing, board)]
    left = (standing.term.until - board.today).days
    if left > 0 and not standing.term.provisional:
        stays.append(say.count("another {number} day", "another {number} days", left))
    found.append(Fact(say("Stays"), tuple(stays)))
    return found
