"""The page of a ledger: totals, every entry with its voucher and who handled it, months side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kiosk.board import Standing
from kiosk.catalogue import Catalogue
from kiosk.intentions import Choose, Open, Sift
from kiosk.places import AtLedger, AtPicture, Sifted
from kiosk.present.months import MonthView, compared, months
from kiosk.present.parts import Amount, Badge, Spoken, Strip, badge, read_first, strip
from kiosk.present.wording import expense, money, period
from sync.feed.layout import Posting
from sync.ledger import Ledger, Row
from sync.notices import Notice, Party, Village


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry; `income` or `expense` is empty. `photo` opens the picture of its voucher.

    `number` is the voucher's, alone and again as the first of the `details` where there is one.
    """

    day: str
    number: str
    item: str
    income: str
    expense: str
    details: tuple[str, ...]
    chooses: Choose
    photo: Open | None


@dataclass(frozen=True, slots=True)
class SiftKey:
    """A key that shows a part of the ledger; `facts` say how much that is, `held` that it is shown."""

    label: str
    facts: tuple[str, ...]
    sifts: Sift
    held: bool


@dataclass(frozen=True, slots=True)
class LedgerView:
    """One ledger: all `entries`, and the numbers of those that are `shown`; `chosen` is one or -1.

    `sum` says what the shown ones come to where that isn't all; `months` takes their place if any.
    """

    notice: str
    block: int
    badge: Badge
    title: str
    meta: tuple[str, ...]
    totals: tuple[Amount, ...]
    header: tuple[str, str, str, str]
    entries: tuple[EntryView, ...]
    shown: tuple[int, ...]
    chosen: int
    only: Sifted
    sum: str
    keys: tuple[SiftKey, ...]
    months: tuple[MonthView, ...]
    photo: str
    strip: Strip | None
    reading: tuple[Spoken, ...]


def ledger_page(
    say: Catalogue,
    village: Village,
    standing: Standing,
    place: AtLedger,
    verified: frozenset[Party],
    link: str,
    *,
    held: Iterable[Posting] = (),
    today: date,
) -> LedgerView | None:
    """Return the page of the ledger at `place`, None if that is no ledger.

    `held` are the notices whose ledgers of earlier months may stand beside it.
    """
    notice = standing.posting.notice
    ledger = notice.blocks[place.block] if 0 <= place.block < len(notice.blocks) else None
    if not isinstance(ledger, Ledger):
        return None
    beside = months(say, compared(held, notice, place.block, today))
    only = place.only if beside or place.only != "months" else "all"
    shown = _shown(ledger, only)
    chosen = place.row if place.row is not None and place.row in shown else -1
    return LedgerView(
        notice.id,
        place.block,
        badge(say, village, standing.posting.entry.category),
        notice.title,
        (say("Period {period}", period=period(say, ledger.start, ledger.end)), say("Unit: yuan")),
        totals(say, ledger),
        (say("Date"), say("Item"), say("Income"), say("Expense")),
        _entry_views(say, _Same(notice), place.block),
        shown,
        chosen,
        only,
        _sum(say, ledger, only, len(shown)),
        _keys(say, ledger, only, compares=bool(beside)),
        beside if only == "months" else (),
        say("voucher photo"),
        strip(say, village, standing.posting, verified, link),
        _reading(standing, place.block, only, shown, chosen),
    )


def totals(say: Catalogue, ledger: Ledger) -> tuple[Amount, ...]:
    """Return opening balance, income, expense and closing balance."""
    yuan = say("yuan")
    return (
        Amount(say("Opening balance"), money(ledger.opening), yuan, "balance"),
        Amount(say("Income"), money(ledger.income), yuan, "income"),
        Amount(say("Expense"), expense(ledger.expense), yuan, "expense"),
        Amount(say("Closing balance"), money(ledger.closing), yuan, "balance"),
    )


class _Same:
    """Equal to nothing but the very same thing: thousands of rows needn't be compared."""

    def __init__(self, notice: Notice) -> None:
        self.notice = notice

    def __hash__(self) -> int:
        return id(self.notice)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.notice is self.notice


@lru_cache(maxsize=2)
def _entry_views(say: Catalogue, same: _Same, block: int) -> tuple[EntryView, ...]:
    """Return all entries; the page is worked out again with every sentence that is heard."""
    notice = same.notice
    ledger = notice.blocks[block]
    rows = ledger.rows if isinstance(ledger, Ledger) else ()
    return tuple(_entry(say, notice, number, row) for number, row in enumerate(rows))


def _shown(ledger: Ledger, only: Sifted) -> tuple[int, ...]:
    if only == "months":
        return ()
    return tuple(
        number
        for number, row in enumerate(ledger.rows)
        if only == "all" or (row.income if only == "income" else row.expense)
    )


def _sum(say: Catalogue, ledger: Ledger, only: Sifted, entries: int) -> str:
    number = _entries(say, entries)
    if only == "income":
        return say(
            "Income only: {entries}, {amount} yuan in all",
            entries=number,
            amount=money(ledger.income),
        )
    if only == "expense":
        return say(
            "Expense only: {entries}, {amount} yuan in all",
            entries=number,
            amount=expense(ledger.expense),
        )
    return ""  # fmt: skip


def _keys(say: Catalogue, ledger: Ledger, only: Sifted, *, compares: bool) -> tuple[SiftKey, ...]:
    incomes = sum(row.income > 0 for row in ledger.rows)
    every = len(ledger.rows)
    known: tuple[tuple[str, Sifted, tuple[str, ...]], ...] = (
        (say("All"), "all", (_entries(say, every),)),
        (say("Only income"), "income", (_entries(say, incomes), money(ledger.income))),
        (say("Only expense"), "expense", (_entries(say, every - incomes), expense(ledger.expense))),
    )
    if compares:
        known = (*known, (say("By month"), "months", ()))
    return tuple(SiftKey(label, facts, Sift(part), part == only) for label, part, facts in known)


def _entries(say: Catalogue, number: int) -> str:
    return say.count("{number} entry", "{number} entries", number)


def _entry(say: Catalogue, notice: Notice, number: int, row: Row) -> EntryView:
    details = [
        say("Voucher {number}", number=row.voucher) if row.voucher else "",
        say("Handled by {name}", name=row.handler) if row.handler else "",
        say("Balance {amount}", amount=money(row.balance)),
        row.remark,
    ]
    return EntryView(
        f"{row.on.month:02d}-{row.on.day:02d}",
        row.voucher,
        row.item,
        money(row.income) if row.income else "",
        expense(row.expense) if row.expense else "",
        tuple(detail for detail in details if detail),
        Choose(number),
        Open(AtPicture(notice.id, row.photos[0])) if row.photos else None,
    )


def _reading(
    standing: Standing, block: int, only: Sifted, shown: tuple[int, ...], chosen: int
) -> tuple[Spoken, ...]:
    """Return what is heard: the chosen entry alone, else title, totals and the entries shown."""
    notice = standing.posting.notice
    of_ledger = [one for one in notice.reading if one.block == block]
    if chosen >= 0:
        return tuple(Spoken(one, notice.id) for one in of_ledger if one.row == chosen)
    rows = set() if only == "months" else {-1, *shown}
    return read_first(standing, (one for one in of_ledger if one.row in rows))
