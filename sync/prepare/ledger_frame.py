"""The lines above and below a ledger's table: title, period, opening balance; totals, closing balance.

Lines that are none of these stay as paragraphs, so that nothing people saw is lost.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from sync.errors import BadInput
from sync.notices import Block, Paragraph
from sync.prepare.figures import amount_of, date_of, half_width, period_of
from sync.prepare.ledger_layout import (
    CLOSING_LABEL,
    END_LABELS,
    OPENING_LABEL,
    PERIOD_LABEL,
    START_LABELS,
    TOTAL_LABEL,
    Grid,
    Text,
    cell_name,
    filled,
    label_of,
)

_HEADER_LABELS: Final = (*START_LABELS, *END_LABELS, PERIOD_LABEL, OPENING_LABEL)


@dataclass(slots=True)
class Header:
    """What the lines above the table say."""

    title: str = ""
    start: date | None = None
    end: date | None = None
    opening: Decimal | None = None
    others: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Footer:
    """What the lines below the table say."""

    income: Decimal | None = None
    expense: Decimal | None = None
    closing: Decimal | None = None
    others: list[Block] = field(default_factory=list)


def read_header(lines: Grid, text: Text) -> Header:
    """Return the title, period and opening balance above the table.

    Raises:
        BadInput: a label without value, or a value that isn't a date or amount.
    """
    header = Header()
    for number, row in enumerate(lines):
        cells = filled(row)
        if len(cells) == 1 and not header.title and ":" not in half_width(str(cells[0][1])):
            header.title = text(cells[0][1], cell_name(number, cells[0][0]))
            continue
        left: list[str] = []
        for column, value in (pairs := iter(_split_pairs(cells))):
            where = cell_name(number, column)
            if not _take_header(header, label_of(value), pairs, where):
                left.append(text(value, where))
        if left:
            header.others.append(Paragraph(" ".join(left)))
    return header


def read_footer(grid: Grid, first: int, columns: Mapping[str, int], text: Text) -> Footer:
    """Return the totals and the closing balance from line `first` on.

    Raises:
        BadInput: an amount that can't be read, or two closing balances that differ.
    """
    footer = Footer()
    for number in range(first, len(grid)):
        cells = filled(grid[number])
        label = next((label_of(value) for _, value in cells[:2] if label_of(value)), "")
        if label.startswith(TOTAL_LABEL) and footer.income is None:
            _take_totals(footer, grid[number], number, columns)
        elif label.startswith(CLOSING_LABEL):
            _take_closing(footer, cells, number)
        elif cells:
            words = [text(value, cell_name(number, column)) for column, value in cells]
            footer.others.append(Paragraph(" ".join(words)))
    return footer


def is_footer(row: Sequence[object]) -> bool:
    """Tell whether a line is the totals or the closing balance."""
    cells = filled(row)
    return bool(cells) and any(
        label_of(value).startswith((TOTAL_LABEL, CLOSING_LABEL)) for _, value in cells[:2]
    )


def _split_pairs(cells: list[tuple[int, object]]) -> list[tuple[int, object]]:
    """Split `期初余额：128650.32` in one cell into its label and its value."""
    split: list[tuple[int, object]] = []
    for column, value in cells:
        label, colon, rest = (
            half_width(value).partition(":") if isinstance(value, str) else ("",) * 3
        )
        known = label_of(label) in _HEADER_LABELS
        if colon and known and rest.strip():
            split += [(column, label), (column, rest.strip())]
        else:
            split.append((column, value))
    return split


def _take_header(
    header: Header, label: str, pairs: Iterator[tuple[int, object]], where: str
) -> bool:
    if label not in _HEADER_LABELS:
        return False
    _, value = next(pairs, (0, None))
    if value is None or label_of(value) in _HEADER_LABELS:
        raise BadInput(f"{where}：{label}后面没有填 (nothing is filled in here)")
    if label == OPENING_LABEL:
        header.opening = amount_of(value, f"{where} {label}")
    elif label == PERIOD_LABEL:
        header.start, header.end = period_of(value, where)
    elif label in START_LABELS:
        header.start = date_of(value, f"{where} {label}")
    else:
        header.end = date_of(value, f"{where} {label}")
    return True


def _take_totals(
    footer: Footer, row: Sequence[object], number: int, columns: Mapping[str, int]
) -> None:
    def yuan(name: str) -> Decimal | None:
        column = columns[name]
        return amount_of(row[column], f"{cell_name(number, column)} {TOTAL_LABEL}{name}")

    footer.income = yuan("收入") or Decimal("0.00")
    footer.expense = yuan("支出") or Decimal("0.00")
    footer.closing = yuan("余额")


def _take_closing(footer: Footer, cells: list[tuple[int, object]], number: int) -> None:
    amounts = [
        amount_of(value, f"{cell_name(number, column)} {CLOSING_LABEL}")
        for column, value in cells[1:]
    ]
    if len(amounts) != 1 or amounts[0] is None:
        raise BadInput(
            f"第 {number + 1} 行 (row {number + 1})：“{CLOSING_LABEL}”这一行必须填一个金额，也只填一个"
            " (the closing balance is needed, and only once)"
        )
    if footer.closing not in (None, amounts[0]):
        raise BadInput(
            f"第 {number + 1} 行 (row {number + 1})：期末余额 {amounts[0]:,.2f} 与合计行的余额"
            f" {footer.closing:,.2f} 不一致 (two different closing balances)"
        )
    footer.closing = amounts[0]
