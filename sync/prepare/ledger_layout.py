"""The standard ledger (标准化财务公开模板) as a grid of spreadsheet cells: where what stands.

    title line
    所属期间 起 | 2026-11-01 | 所属期间 止 | 2026-11-15 | 期初余额 | 128,650.32
    日期 | 事项 | 类别 | 凭证号 | 经手人 | 收入 | 支出 | 余额 | 备注 | 附件
    one line an entry
    合计 with both totals, 期末余额

Finds these by their words, not their places, so that an office may add columns' units or lines of
its own; those lines stay as paragraphs. Cells come in as values; `sheets` opens the file.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from sync.errors import BadInput
from sync.ledger import Ledger, Row, check
from sync.notices import Block, Paragraph, Picture
from sync.prepare.figures import amount_of, date_of, dates_in, half_width

COLUMNS: Final = (
    "日期",
    "事项",
    "类别",
    "凭证号",
    "经手人",
    "收入",
    "支出",
    "余额",
    "备注",
    "附件",
)
OPTIONAL: Final = frozenset({"类别", "备注", "附件"})
EXAMPLE_MARK: Final = "（示例"
START_LABELS: Final = ("所属期间起", "期间起", "起始日期", "开始日期")
END_LABELS: Final = ("所属期间止", "期间止", "截止日期", "结束日期")
PERIOD_LABEL: Final = "所属期间"
OPENING_LABEL: Final = "期初余额"
TOTAL_LABEL: Final = "合计"
CLOSING_LABEL: Final = "期末余额"
_ALIASES: Final = {"摘要": "事项", "凭证编号": "凭证号", "凭证": "凭证号", "凭证照片": "附件"}
_NAME_ENDS: Final = str.maketrans(dict.fromkeys("、，,；;", "\n"))

Grid = Sequence[Sequence[object]]
Text = Callable[[object, str], str]  # a cell's words, checked; the second argument names the cell
Photo = Callable[[str, str], Picture]


@dataclass(slots=True)
class _Header:
    """What the lines above the table say."""

    title: str = ""
    start: date | None = None
    end: date | None = None
    opening: Decimal | None = None
    others: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class _Footer:
    income: Decimal | None = None
    expense: Decimal | None = None
    closing: Decimal | None = None
    others: list[Block] = field(default_factory=list)


def header_row(grid: Grid) -> int | None:
    """Return the index of the line that names the ledger's columns, None if this isn't a ledger."""
    for number, row in enumerate(grid):
        names = set(_columns(row))
        if "日期" in names and "余额" in names and names & {"收入", "支出"}:
            return number
    return None


def read_ledger(
    grid: Grid, header: int, *, text: Text, photo: Photo
) -> tuple[str, tuple[Block, ...], tuple[Picture, ...]]:
    """Return the title, the blocks (the ledger and the lines around it) and the voucher photos.

    Raises:
        BadInput: a column, date, amount or photo is missing or wrong, or it doesn't balance; the
            message names the cell or the spreadsheet's row.
    """
    columns = _columns(grid[header])
    missing = [name for name in COLUMNS if name not in columns and name not in OPTIONAL]
    if missing:
        raise BadInput(
            f"第 {header + 1} 行：缺少栏目 {'、'.join(missing)}，请用标准模板"
            " (columns are missing, use the standard template)"
        )
    above = _read_header(grid[:header], text)
    end = _end_of_entries(grid, header + 1)
    shown: dict[str, Picture] = {}
    rows = tuple(_read_row(grid[n], n, columns, text, photo, shown) for n in range(header + 1, end))
    below = _read_footer(grid, _footer_start(grid, end), columns, text)
    ledger = _ledger(above, rows, below)
    check(ledger, first_row=header + 2)
    return above.title, (*above.others, ledger, *below.others), tuple(shown.values())


def cell_name(row: int, column: int) -> str:
    """Return a cell's name as spreadsheets say it, counting both from 0: (4, 1) is B5."""
    name, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        name = chr(ord("A") + letter) + name
    return f"{name}{row + 1}"


def _columns(row: Sequence[object]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for number, value in enumerate(row):
        name = "".join(half_width(str(value or "")).partition("(")[0].split())
        found.setdefault(_ALIASES.get(name, name), number)
    return found


def _label(value: object) -> str:
    return "".join(half_width(value).split()).rstrip(":") if isinstance(value, str) else ""


def _filled(row: Sequence[object]) -> list[tuple[int, object]]:
    return [(n, value) for n, value in enumerate(row) if value not in (None, "")]


def _read_header(lines: Grid, text: Text) -> _Header:
    header = _Header()
    for number, row in enumerate(lines):
        cells = _filled(row)
        if len(cells) == 1 and not header.title and ":" not in half_width(str(cells[0][1])):
            header.title = text(cells[0][1], cell_name(number, cells[0][0]))
            continue
        left: list[str] = []
        for column, value in (pairs := iter(_split_pairs(cells))):
            where = cell_name(number, column)
            if not _take_header(header, _label(value), pairs, where):
                left.append(text(value, where))
        if left:
            header.others.append(Paragraph(" ".join(left)))
    return header


def _split_pairs(cells: list[tuple[int, object]]) -> list[tuple[int, object]]:
    """Split `期初余额：128650.32` in one cell into its label and its value."""
    split: list[tuple[int, object]] = []
    for column, value in cells:
        label, colon, rest = (
            half_width(value).partition(":") if isinstance(value, str) else ("",) * 3
        )
        known = _label(label) in (*START_LABELS, *END_LABELS, PERIOD_LABEL, OPENING_LABEL)
        if colon and known and rest.strip():
            split += [(column, label), (column, rest.strip())]
        else:
            split.append((column, value))
    return split


def _take_header(
    header: _Header, label: str, pairs: Iterator[tuple[int, object]], where: str
) -> bool:
    if label not in (*START_LABELS, *END_LABELS, PERIOD_LABEL, OPENING_LABEL):
        return False
    _, value = next(pairs, (0, None))
    if value is None:
        raise BadInput(f"{where}：{label}后面没有填 (nothing is filled in here)")
    if label == OPENING_LABEL:
        header.opening = amount_of(value, f"{where} {label}")
    elif label == PERIOD_LABEL:
        days = dates_in(str(value), where)
        if len(days) != 2:
            raise BadInput(
                f"{where}：所属期间请写成 2026-11-01 至 2026-11-15 (the period needs two dates)"
            )
        header.start, header.end = days
    elif label in START_LABELS:
        header.start = date_of(value, f"{where} {label}")
    else:
        header.end = date_of(value, f"{where} {label}")
    return True


def _is_footer(row: Sequence[object]) -> bool:
    cells = _filled(row)
    return bool(cells) and any(
        _label(value).startswith((TOTAL_LABEL, CLOSING_LABEL)) for _, value in cells[:2]
    )


def _end_of_entries(grid: Grid, first: int) -> int:
    footer = next((n for n in range(first, len(grid)) if _is_footer(grid[n])), None)
    if footer is None:
        raise BadInput("表末没有“合计”行，请用标准模板 (the line of totals is missing)")
    end = footer
    while end > first and not _filled(grid[end - 1]):
        end -= 1
    return end


def _footer_start(grid: Grid, end: int) -> int:
    return next(n for n in range(end, len(grid)) if _filled(grid[n]))


def _read_row(
    row: Sequence[object],
    number: int,
    columns: Mapping[str, int],
    text: Text,
    photo: Photo,
    shown: dict[str, Picture],
) -> Row:
    where = f"第 {number + 1} 行 (row {number + 1})"
    if not _filled(row):
        raise BadInput(f"{where}：中间有空行，请删去 (an empty line between entries, delete it)")

    def words(name: str) -> str:
        column = columns.get(name)
        return "" if column is None else text(row[column], cell_name(number, column))

    def yuan(name: str) -> Decimal | None:
        return amount_of(row[columns[name]], f"{cell_name(number, columns[name])} {name}")

    if words("事项").startswith(EXAMPLE_MARK):
        raise BadInput(f"{where}：请先删去模板里的示例行 (delete the template's example line)")
    stray = [n for n, _ in _filled(row) if n not in columns.values()]
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


def _read_footer(grid: Grid, first: int, columns: Mapping[str, int], text: Text) -> _Footer:
    footer = _Footer()
    for number in range(first, len(grid)):
        cells = _filled(grid[number])
        label = next((_label(value) for _, value in cells[:2] if _label(value)), "")
        if label.startswith(TOTAL_LABEL) and footer.income is None:
            _take_totals(footer, grid[number], number, columns)
        elif label.startswith(CLOSING_LABEL):
            _take_closing(footer, cells, number)
        elif cells:
            words = [text(value, cell_name(number, column)) for column, value in cells]
            footer.others.append(Paragraph(" ".join(words)))
    return footer


def _take_totals(
    footer: _Footer, row: Sequence[object], number: int, columns: Mapping[str, int]
) -> None:
    def yuan(name: str) -> Decimal | None:
        column = columns[name]
        return amount_of(row[column], f"{cell_name(number, column)} {TOTAL_LABEL}{name}")

    footer.income = yuan("收入") or Decimal("0.00")
    footer.expense = yuan("支出") or Decimal("0.00")
    footer.closing = yuan("余额")


def _take_closing(footer: _Footer, cells: list[tuple[int, object]], number: int) -> None:
    amounts = [
        amount_of(value, f"{cell_name(number, column)} {CLOSING_LABEL}")
        for column, value in cells[1:]
    ]
    if len(amounts) != 1 or amounts[0] is None:
        raise BadInput(
            f"第 {number + 1} 行 (row {number + 1})：期末余额请只填一个金额 (one closing balance, please)"
        )
    if footer.closing not in (None, amounts[0]):
        raise BadInput(
            f"第 {number + 1} 行 (row {number + 1})：期末余额 {amounts[0]:,.2f} 与合计行的余额"
            f" {footer.closing:,.2f} 不一致 (two different closing balances)"
        )
    footer.closing = amounts[0]


def _ledger(above: _Header, rows: tuple[Row, ...], below: _Footer) -> Ledger:
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
