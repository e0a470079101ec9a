"""A ledger's totals beside those of the months before it.

Which earlier ledgers belong beside it is a rule of this module: the same account (category, publisher,
title, heading and place in the notice), nothing taken back, and no day counted twice. The amounts are the sealed totals, never worked out anew.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from kiosk.catalogue import Catalogue
from kiosk.present.parts import Amount
from kiosk.present.wording import day, day_and_year, expense, money
from sync.feed.layout import Posting
from sync.ledger import Ledger
from sync.notices import Heading, Notice

MOST: Final = 6  # periods side by side: half a year of months
# What differs between the titles of two months of one account: 2026年10月, 三季度, 下半月.
_WHEN: Final = re.compile(
    r"第?[0-9〇零一二三四五六七八九十]+\s*(年度?|月份?|日|季度)|[上下]半[月年]|[上中下]旬|[至到—~\-\s]"
)


@dataclass(frozen=True, slots=True)
class Bar:
    """An amount as a bar; `share` is its length, 0 to 1 of the longest. `below` zero is a debt."""

    amount: Amount
    share: float
    below: bool = False


@dataclass(frozen=True, slots=True)
class MonthView:
    """One period's income, expense and closing balance, also as one sentence that is `said`; `here` is the ledger that is being read."""

    name: str
    here: bool
    said: str
    bars: tuple[Bar, ...]


def compared(
    postings: Iterable[Posting], notice: Notice, number: int, today: date
) -> tuple[Ledger, ...]:
    """Return the ledger that is block `number` and up to five before it of the same account.

    The newest is first. A group's accounts never stand beside another's. A ledger that shares a day with one already taken is left out, for that money would show twice.
    """
    account, ledger = _accounts(notice)[number]
    others = [
        other
        for one in postings
        if one.entry.withdrawn is None and one.entry.posted <= today
        for known, other in _accounts(one.notice).values()
        if known == account
    ]
    taken = [ledger]
    for other in sorted(others, key=lambda one: (one.end, one.start), reverse=True):
        if other.end < taken[-1].start:
            taken.append(other)
    return tuple(taken[:MOST])


def _accounts(notice: Notice) -> dict[int, tuple[tuple[object, ...], Ledger]]:
    """Return every ledger by its block, with what its account is known by."""
    title, heading = _WHEN.sub("", notice.title), ""
    found: dict[int, tuple[tuple[object, ...], Ledger]] = {}
    for number, block in enumerate(notice.blocks):
        if isinstance(block, Heading):
            heading = _WHEN.sub("", block.text)
        elif isinstance(block, Ledger):
            account = (notice.category, notice.publisher, title, heading, len(found))
            found[number] = (account, block)
    return found


def months(say: Catalogue, ledgers: tuple[Ledger, ...]) -> tuple[MonthView, ...]:
    """Return the periods for the eye, all bars on one scale; nothing for a single period."""
    if len(ledgers) < 2:
        return ()
    largest = max(
        amount.copy_abs() for one in ledgers for amount in (one.income, one.expense, one.closing)
    )

    def bar(label: str, words: str, amount: Decimal, tone: str) -> Bar:
        share = float(amount.copy_abs() / largest) if largest else 0.0
        shown = Amount(label, words, say("yuan"), tone)  # type: ignore[arg-type]
        return Bar(shown, share, amount < 0)

    return tuple(
        MonthView(
            _name(say, one),
            one is ledgers[0],
            _said(say, one),
            (
                bar(say("Income"), money(one.income), one.income, "income"),
                bar(say("Expense"), expense(one.expense), one.expense, "expense"),
                bar(say("Closing balance"), money(one.closing), one.closing, "balance"),
            ),
        )
        for one in ledgers
    )


def month_mark(number: int) -> str:
    """Return how a period (from 0) is known while it is read aloud."""
    return f"month {number}"


def _said(say: Catalogue, ledger: Ledger) -> str:
    return say(
        "{period}: income {income} yuan, expense {expense} yuan, closing balance {closing} yuan",
        period=_name(say, ledger), income=money(ledger.income), expense=money(ledger.expense), closing=money(ledger.closing),
    )  # fmt: skip


def _name(say: Catalogue, ledger: Ledger) -> str:
    start, end = ledger.start, ledger.end
    whole = start.day == 1 and (end + timedelta(days=1)).day == 1
    if whole and (start.year, start.month) == (end.year, end.month):
        return say("{year}-{month:02d}", year=start.year, month=start.month)
    first = day_and_year(say, start)
    last = day(say, end) if start.year == end.year else day_and_year(say, end)
    return say("{first} to {last}", first=first, last=last)
