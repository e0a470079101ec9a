"""The standard ledger (标准化财务公开模板) as cells of a spreadsheet: the words it is found by.

    title line
    所属期间起 | 2026-11-01 | 所属期间止 | 2026-11-15 | 期初余额 | 128,650.32
    日期 | 事项 | 类别 | 凭证号 | 经手人 | 收入 | 支出 | 余额 | 备注 | 附件
    one line an entry
    合计 with both totals, 期末余额

Everything is found by its words, not its place, so that an office may add units or lines of its own.
`ledger_frame` reads above and below the table, `ledger_sheet` the entries, `template` writes it all.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from sync.notices import Picture
from sync.prepare.figures import half_width

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
NOTES_SHEET: Final = "填写说明"  # the template's own sheet, no part of the ledger
EXAMPLE_MARK: Final = "（示例"
START_LABELS: Final = ("所属期间起", "期间起", "起始日期", "开始日期")
END_LABELS: Final = ("所属期间止", "期间止", "截止日期", "结束日期")
PERIOD_LABEL: Final = "所属期间"
OPENING_LABEL: Final = "期初余额"
TOTAL_LABEL: Final = "合计"
CLOSING_LABEL: Final = "期末余额"
_ALIASES: Final = {"摘要": "事项", "凭证编号": "凭证号", "凭证": "凭证号", "凭证照片": "附件"}

Grid = Sequence[Sequence[object]]
Text = Callable[[object, str], str]  # a cell's words, checked; the second argument names the cell
Photo = Callable[[str, str], Picture]  # by file name; the second argument names the row


def header_row(grid: Grid) -> int | None:
    """Return the index of the line that names the ledger's columns, None if this isn't a ledger."""
    for number, row in enumerate(grid):
        names = set(columns_of(row))
        if "日期" in names and "余额" in names and names & {"收入", "支出"}:
            return number
    return None


def cell_name(row: int, column: int) -> str:
    """Return a cell's name as spreadsheets say it, counting both from 0: (4, 1) is B5."""
    name, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        name = chr(ord("A") + letter) + name
    return f"{name}{row + 1}"


def columns_of(row: Sequence[object]) -> Mapping[str, int]:
    """Return where each column stands, by its name without unit: 收入（元） is 收入."""
    found: dict[str, int] = {}
    for number, value in enumerate(row):
        name = "".join(half_width(str(value or "")).partition("(")[0].split())
        found.setdefault(_ALIASES.get(name, name), number)
    return found


def label_of(value: object) -> str:
    """Return a cell's words without spaces and colon, as labels are compared; "" for values."""
    return "".join(half_width(value).split()).rstrip(":") if isinstance(value, str) else ""


def filled(row: Sequence[object]) -> list[tuple[int, object]]:
    """Return the places and values of a line's filled cells."""
    return [(n, value) for n, value in enumerate(row) if value not in (None, "")]
