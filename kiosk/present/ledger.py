"""The page of a ledger: totals, then every entry with its voucher and who handled it."""

from dataclasses import dataclass

from kiosk.board import Standing
from kiosk.catalogue import Catalogue
from kiosk.navigation import AtPicture, Open
from kiosk.present.parts import Amount, Badge, Spoken, Strip, badge, read_first, strip
from kiosk.present.wording import expense, money, period
from sync.ledger import Ledger, Row
from sync.notices import Notice, Party, Village


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry; `income` or `expense` is empty. `photo` opens the picture of its voucher."""

    day: str
    item: str
    income: str
    expense: str
    details: tuple[str, ...]
    photo: Open | None


@dataclass(frozen=True, slots=True)
class LedgerView:
    """Every entry of one ledger."""

    notice: str
    block: int
    badge: Badge
    title: str
    meta: tuple[str, ...]
    totals: tuple[Amount, ...]
    header: tuple[str, str, str, str]
    entries: tuple[EntryView, ...]
    photo: str
    strip: Strip
    reading: tuple[Spoken, ...]


def ledger_page(
    say: Catalogue,
    village: Village,
    standing: Standing,
    block: int,
    verified: frozenset[Party],
    link: str,
) -> LedgerView | None:
    """Return the page of the ledger that is block `block`, None if that is no ledger."""
    notice = standing.posting.notice
    ledger = notice.blocks[block] if 0 <= block < len(notice.blocks) else None
    if not isinstance(ledger, Ledger):
        return None
    return LedgerView(
        notice.id,
        block,
        badge(say, village, standing.posting.entry.category),
        notice.title,
        (say("Period {period}", period=period(say, ledger.start, ledger.end)), say("Unit: yuan")),
        totals(say, ledger),
        (say("Date"), say("Item"), say("Income"), say("Expense")),
        tuple(_entry(say, notice, row) for row in ledger.rows),
        say("voucher photo"),
        strip(say, village, standing.posting, verified, link),
        read_first(standing, (one for one in notice.reading if one.block == block)),
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


def _entry(say: Catalogue, notice: Notice, row: Row) -> EntryView:
    details = [
        say("Voucher {number}", number=row.voucher) if row.voucher else "",
        say("Handled by {name}", name=row.handler) if row.handler else "",
        say("Balance {amount}", amount=money(row.balance)),
        row.remark,
    ]
    photo = Open(AtPicture(notice.id, row.photos[0])) if row.photos else None
    return EntryView(
        f"{row.on.month:02d}-{row.on.day:02d}",
        row.item,
        money(row.income) if row.income else "",
        expense(row.expense) if row.expense else "",
        tuple(detail for detail in details if detail),
        photo,
    )
