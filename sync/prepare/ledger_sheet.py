"""A ledger read from a spreadsheet's cells, entry by entry, and proved to balance.

Cells come in as values; `sheets` opens the file, `sync.ledger` has the arithmetic.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from sync.errors import BadInput
from sync.ledger import Ledger, Row, check
from sync.notices import Block, Picture
from sync.prepare.figures import amount_of, date_of
from sync.prepare.ledger_frame import Footer, Header, is_footer, read_footer, read_header
from sync.prepare.ledger_layout import (
    COLUMNS,
    EXAMPLE_MARK,
    OPTIONAL,
    Grid,
    Photo,
    Text,
    cell_name,
    columns_of,
    filled,
)

_NAME_ENDS: Final = str.maketrans(dict.fromkeys("、，,；;", "\n"))


def read_ledger(
    grid: Grid, header: int, *, text: Text, photo: Photo
) -> tuple[str, tuple[Block, ...], tuple[Picture, ...]]:
    """Return the title, the blocks (the ledger and the lines around it) and the voucher photos.

    Raises:
        BadInput: a column, date, amount or photo is missing or wrong, or it doesn't balance; the
            message names the cell or the spreadsheet's row.
    """
    columns = columns_of(grid[header])
    missing = [name for name in COLUMNS if name not in columns and name not in OPTIONAL]
    if missing:
        raise BadInput(
            f"第 {header + 1} 行：缺少栏目 {'、'.join(missing)}，请用标准模板"
            " (columns are missing, use the standard template)"
        )
    above = read_header(grid[:header], text)
    end = _end_of_entries(grid, header + 1)
    first = next((n for n in range(header + 1, end) if filled(grid[n])), end)
    shown: dict[str, Picture] = {}
    rows = tuple(_read_row(grid[n], n, columns, text, photo, shown) for n in range(first, end))
    below = read_footer(grid, _footer_start(grid, end), columns, text)
    ledger = _ledger(above, rows, below)
    check(ledger, first_row=first + 1)
    return above.title, (*above.others, ledger, *below.others), tuple(shown.values())


def _end_of_entries(grid: Grid, first: int) -> int:
    footer = next((n for n in range(first, len(grid)) if is_footer(grid[n])), None)
    if footer is None:
        raise BadInput("表末没有“合计”行，请用标准模板 (the line of totals is missing)")
    end = footer
    while end > first and not filled(grid[end - 1]):
        end -= 1
    return end


def _footer_start(grid: Grid, end: int) -> int:
    return next(n for n in range(end, len(grid)) if filled(grid[n]))


def _read_row(
    row: Sequence[object],
    number: int,
    columns: Mapping[str, int],
    text: Text,
    photo: Photo,
    shown: dict[str, Picture],
) -> Row:
    where = f"第 {number + 1} 行 (row {number + 1})"
    if not filled(row):
        raise BadInput(f"{where}：中间有空行，请删去 (an empty line between entries, delete it)")

    def words(name: str) -> str:
        column = columns.get(name)
        return "" if column is None else text(row[column], cell_name(number, column))

    def yuan(name: str) -> Decimal | None:
        return amount_of(row[columns[name]], f"{cell_name(number, columns[name])} {name}")

    if words("事项").startswith(EXAMPLE_MARK):
        raise BadInput(f"{where}：请先删去模板里的示例行 (delete the template's example line)")
    stray = [n for n, _ in filled(row) if n not in columns.values()]
    if stray:
        raise BadInput(f"{cell_name(number, stray[0])}：这一栏没有栏目名 (a cell without a column)")
    balance = yuan("余额")
    if balance is None:
        raise BadInput(f"{where}：没有写余额 (the balance is empty)")
    photos = [
        photo(name, f"{where} 附件")
        for name in words("附件").translate(_NAME_ENDS).split("\n")
        if name
    ]
    shown.update((picture.blob.sha256, picture) for picture in photos)
    return Row(
        on=date_of(row[columns["日期"]], f"{cell_name(number, columns['日期'])} 日期"),
        item=words("事项"),
        voucher=words("凭证号"),
        handler=words("经手人"),
        income=yuan("收入") or Decimal("0.00"),
        expense=yuan("支出") or Decimal("0.00"),
        balance=balance,
        remark=words("备注"),
        category=words("类别"),
        photos=tuple(dict.fromkeys(picture.blob.sha256 for picture in photos)),
    )


def _ledger(above: Header, rows: tuple[Row, ...], below: Footer) -> Ledger:
    if above.start is None or above.end is None:
        raise BadInput("表头没有写所属期间的起止日期 (the period is missing in the header)")
    if above.opening is None:
        raise BadInput("表头没有写期初余额 (the opening balance is missing in the header)")
    if below.income is None or below.expense is None:
        raise BadInput("表末没有“合计”行 (the line of totals is missing)")
    if below.closing is None:
        raise BadInput("表末没有写期末余额 (the closing balance is missing)")
    if not rows:
        raise BadInput("表里没有一笔收支 (the ledger has no entries)")
    return Ledger(
        start=above.start,
        end=above.end,
        opening=above.opening,
        rows=rows,
        income=below.income,
        expense=below.expense,
        closing=below.closing,
    )
