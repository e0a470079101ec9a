"""Spreadsheets (.xlsx): a standard ledger, or a list that becomes a table.

What is sealed must be what people saw when they opened the file: formulas, hidden rows, columns and
sheets, comments and drawings are refused, with the cell named. The ledger's places are
`ledger_layout`, the container's safety `containers`.
"""

import warnings
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Final

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sync.errors import BadInput
from sync.ledger import Ledger
from sync.notices import Block, Heading, Paragraph, Picture, clean_text
from sync.prepare.containers import DAMAGE, check_container, damaged, refuse_parts
from sync.prepare.figures import period_of
from sync.prepare.ledger_layout import NOTES_SHEET, PERIOD_LABEL, cell_name, header_row
from sync.prepare.ledger_sheet import read_ledger
from sync.prepare.material import Album, Material
from sync.prepare.sheet_checks import refuse_wide_ranges
from sync.prepare.tables import COLUMNS_LIMIT, ROWS_LIMIT, blocks_of_grid

_SAFE_INTEGER: Final = 10**15  # spreadsheets keep fifteen digits, the rest turns into zeros
CELLS_LIMIT: Final = 400_000  # of all sheets, empty ones too: 20,000 entries take 200,000
Grid = list[list[object]]


def read_sheet(data: bytes, name: str, album: Album) -> Material:
    """Return what a spreadsheet says; several filled sheets follow each other under their names.

    Raises:
        BadInput: names the sheet, row, column or cell and what to do about it.
    """
    parts = check_container(data, name)
    refuse_parts(parts, name)
    refuse_wide_ranges(data, name)
    if any("/media/" in part or "/drawings/" in part or "cellimages" in part for part in parts):
        raise BadInput(
            f"{name}：表里有图片、图形或文本框，请删去；照片请另存为文件，把文件名写在“附件”栏"
            " (pictures or drawings in the sheet: save photos as files and name them under 附件)"
        )
    sheets = _sheets(_opened(data, name), name)
    blocks: list[Block] = []
    pictures: dict[str, Picture] = {}
    title = ""
    for sheet in sheets:
        found, content, shown = _read(sheet, album)
        if len(sheets) > 1:
            blocks.append(Heading(clean_text(sheet.title, "工作表名 (sheet name)"), 1))
        title = title or found
        blocks.extend(content)
        pictures.update((picture.blob.sha256, picture) for picture in shown)
    return Material(
        tuple(blocks), title=title, period=_period_of(blocks), pictures=tuple(pictures.values())
    )


def _opened(data: bytes, name: str) -> Workbook:
    try:
        # openpyxl warns of whatever it leaves out; what matters of that is refused by name.
        with warnings.catch_warnings(action="ignore"):
            return load_workbook(BytesIO(data), keep_links=False)
    except DAMAGE as error:
        raise damaged(name) from error


def _sheets(workbook: Workbook, name: str) -> list[Worksheet]:
    for sheet in workbook.worksheets:
        if sheet.sheet_state != "visible":
            raise BadInput(
                f"工作表“{sheet.title}”是隐藏的，请取消隐藏或删去 (a hidden sheet: show or delete it)"
            )
    if workbook.chartsheets:
        raise BadInput(f"{name}：有图表工作表，请删去 (a chart sheet, delete it)")
    filled: list[Worksheet] = [
        sheet
        for sheet in workbook.worksheets
        if isinstance(sheet, Worksheet) and sheet.title != NOTES_SHEET and _has_content(sheet)
    ]
    if not filled:
        raise BadInput(f"{name}：表是空的 (the spreadsheet is empty)")
    cells = sum(sheet.max_row * sheet.max_column for sheet in filled)
    if cells > CELLS_LIMIT:
        raise BadInput(
            f"{name}：表太大（{cells:,} 格），请删去空白的行和列，或分成几份"
            f" (at most {CELLS_LIMIT:,} cells, empty ones too)"
        )
    return filled


def _has_content(sheet: Worksheet) -> bool:
    if sheet.max_row > ROWS_LIMIT + 100 or sheet.max_column > COLUMNS_LIMIT:
        raise BadInput(
            f"工作表“{sheet.title}”太大：用到第 {sheet.max_row} 行、第 {sheet.max_column} 列，"
            f"请删去多余的行和列 (too large, at most {ROWS_LIMIT} rows and {COLUMNS_LIMIT} columns)"
        )
    return any(value is not None for row in sheet.iter_rows(values_only=True) for value in row)


def _read(sheet: Worksheet, album: Album) -> tuple[str, tuple[Block, ...], tuple[Picture, ...]]:
    _refuse_hidden(sheet)
    grid = _grid(sheet)
    header = header_row(grid)
    if header is None:
        _expand_merged(sheet, grid)
        words = [
            [_words(value, cell_name(r, c)) for c, value in enumerate(row)]
            for r, row in enumerate(grid)
        ]
        title, blocks = blocks_of_grid(words, where=f"工作表“{sheet.title}”")
        return title, blocks, ()
    for area in sheet.merged_cells.ranges:
        if area.min_row > header and area.min_row != area.max_row:
            raise BadInput(f"{area.coord}：账目表内不要合并单元格 (merged cells within the ledger)")
    return read_ledger(grid, header, text=_words, photo=album.named)


def _refuse_hidden(sheet: Worksheet) -> None:
    if sheet.sheet_format.zeroHeight:
        raise BadInput(
            f"工作表“{sheet.title}”的行默认隐藏，请取消隐藏 (rows are hidden by default)"
        )
    for number, row in sorted(sheet.row_dimensions.items()):
        if (row.hidden or row.height == 0) and number <= sheet.max_row:
            raise BadInput(f"第 {number} 行是隐藏的，请取消隐藏或删去 (row {number} is hidden)")
    for letter, column in sorted(sheet.column_dimensions.items()):
        if (column.hidden or column.width == 0) and (column.min or 1) <= sheet.max_column:
            raise BadInput(f"{letter} 列是隐藏的，请取消隐藏或删去 (column {letter} is hidden)")


def _grid(sheet: Worksheet) -> Grid:
    return [[_value(cell) for cell in row] for row in sheet.iter_rows()]


def _value(cell: Cell | MergedCell) -> object:
    if isinstance(cell, MergedCell) or cell.value is None:
        return None
    name = cell.coordinate
    if cell.data_type == "f":
        raise BadInput(
            f"{name}：这一格是公式，请复制后“粘贴为数值”；封印的必须就是看见的"
            " (a formula, paste it as values: what is sealed must be what was seen)"
        )
    if cell.data_type == "e":
        raise BadInput(f"{name}：这一格是错误值 {cell.value} (an error value)")
    if cell.comment is not None:
        raise BadInput(f"{name}：这一格有批注，请删去 (a comment, delete it)")
    if _is_hidden(cell.value, cell.number_format):
        raise BadInput(f"{name}：这一格的内容被格式隐藏了 (hidden by its number format)")
    if cell.font.strike:
        raise BadInput(
            f"{name}：这一格有删除线，请删去内容或取消删除线 (struck out: delete it or not)"
        )
    if isinstance(cell.value, float) and "%" in cell.number_format:
        return f"{Decimal(f'{cell.value * 100:.15g}').normalize():f}%"
    return cell.value


def _is_hidden(value: object, number_format: str) -> bool:
    """Tell whether a format's section for this value is empty; they are for + ; − ; 0 ; text.

    A zero that isn't shown says what people read from the empty cell.
    """
    sections = number_format.strip().split(";")
    if isinstance(value, str):
        place = 3
    elif isinstance(value, int | float):
        place = 0 if value > 0 else 1
    else:
        place = 0
    return bool(value) and 1 < len(sections) > place and not sections[place].strip()


def _expand_merged(sheet: Worksheet, grid: Grid) -> None:
    """Repeat downwards what was merged over several lines, such as a group's name."""
    for area in sheet.merged_cells.ranges:
        if area.max_row <= len(grid):
            for row in range(area.min_row, area.max_row):
                grid[row][area.min_col - 1] = grid[area.min_row - 1][area.min_col - 1]


def _period_of(blocks: list[Block]) -> tuple[date, date] | None:
    """Return the ledger's period, or what a list says in a line of its own (所属期间：…至…)."""
    for block in blocks:
        if isinstance(block, Ledger):
            return block.start, block.end
        if isinstance(block, Paragraph) and block.text.startswith(PERIOD_LABEL):
            return period_of(block.text, PERIOD_LABEL)
    return None


def _words(value: object, where: str) -> str:
    """Return a cell's value as the text that people read."""
    match value:
        case None:
            text = ""
        case str():
            text = clean_text(value, where)
        case bool():
            text = "是" if value else "否"
        case datetime() if value.time() == time():
            text = value.date().isoformat()
        case datetime():
            text = value.isoformat(" ", "minutes")
        case date():
            text = value.isoformat()
        case time():
            text = value.isoformat("minutes")
        case int() | float():
            text = _figure(value, where)
        case _:
            raise BadInput(f"{where}：这一格的内容读不懂，请改成文字 (cannot be read, use text)")
    return text


def _figure(value: float, where: str) -> str:
    if abs(value) >= _SAFE_INTEGER:
        raise BadInput(
            f"{where}：数字太长，表格只保留前 15 位，请改成文本格式"
            " (more than 15 digits, set the cell to text)"
        )
    return f"{Decimal(f'{value:.15g}'):f}"
