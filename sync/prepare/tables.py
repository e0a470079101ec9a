"""A grid of cells as blocks: title lines, one table, notes below it. Pure.

Used for spreadsheets that aren't ledgers, and for tables in documents and texts.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from sync.errors import BadInput
from sync.notices import Block, Paragraph, Table
from sync.prepare.figures import amount_of, is_money

COLUMNS_LIMIT: Final = 60
ROWS_LIMIT: Final = 20_000
Grid = Sequence[Sequence[str]]


def table_of(grid: Grid, *, where: str, caption: str = "") -> Table:
    """Return a table whose first row is the header; money columns are set as 1,234.50.

    A column is money when its header says so and every filled cell is an amount.

    Raises:
        BadInput: no cells or too many, or a row has more or fewer cells than the header.
    """
    width = max((len(row) for row in grid), default=0)
    if not width or width > COLUMNS_LIMIT or len(grid) > ROWS_LIMIT:
        raise BadInput(
            f"{where}：表格是空的，或超过 {COLUMNS_LIMIT} 列、{ROWS_LIMIT} 行"
            " (the table is empty or too large)"
        )
    header, *rows = (tuple(row) for row in grid)
    _refuse_ragged(header, rows, where)
    amounts = {
        column: figures
        for column in range(width)
        if is_money(header[column]) and (figures := _amounts([row[column] for row in rows]))
    }
    shown = tuple(
        tuple(amounts[n][r] if n in amounts else cell for n, cell in enumerate(row))
        for r, row in enumerate(rows)
    )
    return Table(header=header, rows=shown, money=tuple(amounts), caption=caption)


def _refuse_ragged(header: tuple[str, ...], rows: Sequence[tuple[str, ...]], where: str) -> None:
    """Which cell is missing nobody but the office can know: filled up, amounts would move."""
    for number, row in enumerate(rows, start=1):
        if len(row) != len(header):
            raise BadInput(
                f"{where}：表头下第 {number} 行“{' | '.join(row)[:40]}”有 {len(row)} 格，表头有 {len(header)} 格"
                f" (row {number} below the header has {len(row)} cells, the header {len(header)})",
                advice="请补齐或删去多出的格，空着的格也要留着。Give each row as many cells as the header; empty cells count.",
            )


def blocks_of_grid(grid: Grid, *, where: str) -> tuple[str, tuple[Block, ...]]:
    """Return the title ("" if none) and the blocks of a sheet that isn't a ledger.

    Lines with a single filled cell above the header are the title and paragraphs, those at the end
    are notes.
    """
    lines = [list(row) for row in grid if any(row)]
    first = next((n for n, row in enumerate(lines) if _filled(row) > 1), len(lines))
    last = len(lines)
    while last > first + 1 and _filled(lines[last - 1]) == 1 and lines[last - 1][0]:
        last -= 1
    above = ["".join(row) for row in lines[:first]]
    below = ["".join(row) for row in lines[last:]]
    blocks: list[Block] = [Paragraph(text) for text in above[1:]]
    if first < last:
        blocks.append(table_of(_trimmed(lines[first:last]), where=where))
    blocks.extend(Paragraph(text) for text in below)
    return (above[0] if above else ""), tuple(blocks)


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell)


def _trimmed(rows: Grid) -> Grid:
    used = max(n for row in rows for n, cell in enumerate(row, start=1) if cell)
    return [row[:used] for row in rows]


def _amounts(cells: Sequence[str]) -> list[str] | None:
    found: list[Decimal | None] = []
    for cell in cells:
        try:
            found.append(amount_of(cell, ""))
        except BadInput:
            return None
    if not any(amount is not None for amount in found):
        return None
    return [
        cell if amount is None else f"{amount:,.2f}"
        for cell, amount in zip(cells, found, strict=True)
    ]
