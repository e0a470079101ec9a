"""The standard ledger spreadsheet for an office to fill in; `read_file` reads it back.

Cells stay plain values: what is sealed must be what was seen. Wrong balances turn red while typing by
conditional formats, which are no content.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from sync.errors import BadInput, reason_of
from sync.prepare.ledger_layout import (
    CLOSING_LABEL,
    COLUMNS,
    END_LABELS,
    EXAMPLE_MARK,
    NOTES_SHEET,
    OPENING_LABEL,
    START_LABELS,
    TOTAL_LABEL,
)

EMPTY_ROWS: Final = 30
HEADER_ROW: Final = 3  # of the column names
_WIDTHS: Final = (12, 30, 12, 10, 10, 14, 14, 15, 14, 14)  # characters, A4 landscape in all
_MONEY: Final = ("收入", "支出", "余额")
_MONEY_FORMAT: Final = "#,##0.00"
_DATE_FORMAT: Final = "yyyy-mm-dd"
_LINE: Final = Border(*(Side("thin", "999999"),) * 4)
_RED: Final = PatternFill("solid", bgColor="FFC7CE")
_NOTES: Final = (
    "怎样填：一笔收支一行，逐项逐笔；收入和支出只填一项；余额 = 上一行余额 + 收入 − 支出。",
    "金额精确到分，只填数值；用公式算好后，请复制并“粘贴为数值”。变红的余额说明算得不对。",
    "附件栏写凭证照片的文件名（多张用顿号隔开），照片和本表放在同一个文件夹。",
    "不够的行在“合计”上面插入，多余的空行可以留着；不要隐藏行、列，不要合并账目里的单元格。",
)


def write_template(path: Path) -> None:
    """Write an empty standard ledger (.xlsx) with an example line that is to be deleted.

    Raises:
        BadInput: there is already a file (an office's own work is never overwritten), or the folder
            can't be written.
    """
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "财务公开"
    _write_header(sheet)
    first = HEADER_ROW + 1
    _write_example(sheet, first)
    last = first + EMPTY_ROWS
    _format_rows(sheet, first, last)
    _write_footer(sheet, last + 1)
    _guide_typing(sheet, first, last)
    _write_notes(workbook)
    _fit_page(sheet)
    try:
        with path.open("xb") as file:
            workbook.save(file)
    except FileExistsError as error:
        raise BadInput(
            f"{path.name}：已有这个文件，请换个名字 (the file exists already)"
        ) from error
    except OSError as error:
        raise BadInput(f"{path.name}：写不了：{reason_of(error)} (cannot be written)") from error


def _write_header(sheet: Worksheet) -> None:
    sheet["A1"] = "村财务公开明细账（请改成本村名称和月份）"
    sheet["A1"].font = Font(size=18, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(COLUMNS))
    sheet.row_dimensions[1].height = 36
    for cell, label in (("A2", START_LABELS[0]), ("C2", END_LABELS[0]), ("G2", OPENING_LABEL)):
        sheet[cell] = label
        sheet[cell].font = Font(bold=True)
    sheet["B2"].number_format = sheet["D2"].number_format = _DATE_FORMAT
    sheet["B2"].alignment = Alignment(horizontal="left")
    sheet["H2"].number_format = _MONEY_FORMAT
    for column, name in enumerate(COLUMNS, start=1):
        head = sheet.cell(HEADER_ROW, column, f"{name}（元）" if name in _MONEY else name)
        head.font = Font(bold=True)
        head.alignment = Alignment(horizontal="center")
        head.fill = PatternFill("solid", fgColor="E8EEF4")
        head.border = _LINE
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS[column - 1]


def _write_example(sheet: Worksheet, row: int) -> None:
    example = (
        date(2026, 11, 3),
        f"{EXAMPLE_MARK}，填写前删去本行）支付村部 10 月电费",
        "办公经费",
        "2026-086",
        "王*军",
        None,
        Decimal("386.40"),
        Decimal("12613.60"),
        "",
        "电费发票.jpg",
    )
    for column, value in enumerate(example, start=1):
        sheet.cell(row, column, value).font = Font(italic=True, color="777777")


def _format_rows(sheet: Worksheet, first: int, last: int) -> None:
    for row in range(first, last + 1):
        for column, name in enumerate(COLUMNS, start=1):
            cell = sheet.cell(row, column)
            cell.border = _LINE
            cell.alignment = Alignment(
                vertical="center", wrap_text=name in {"事项", "备注", "附件"}
            )
            if name in _MONEY:
                cell.number_format = _MONEY_FORMAT
            elif name == "日期":
                cell.number_format = _DATE_FORMAT
            elif name == "凭证号":
                cell.number_format = "@"


def _write_footer(sheet: Worksheet, row: int) -> None:
    for number, label in ((row, TOTAL_LABEL), (row + 1, CLOSING_LABEL)):
        sheet.cell(number, 1, label).font = Font(bold=True)
        for column in range(1, len(COLUMNS) + 1):
            cell = sheet.cell(number, column)
            cell.border = _LINE
            if column >= COLUMNS.index("收入") + 1:
                cell.number_format = _MONEY_FORMAT


def _guide_typing(sheet: Worksheet, first: int, last: int) -> None:
    days = DataValidation("date", operator="between", formula1="36526", formula2="73050")
    days.error = "请填日期，例如 2026-11-03"
    days.add(f"A{first}:A{last}")
    yuan = DataValidation("custom", formula1=f"AND(ISNUMBER(F{first}),F{first}=ROUND(F{first},2))")
    yuan.error = "请填数值，最多两位小数"
    yuan.add(f"F{first}:H{last}")
    for validation in (days, yuan):
        validation.allow_blank = True
        sheet.add_data_validation(validation)
    before = f"IF(ROW()={first},$H$2,$H{first - 1})"
    wrong = f'AND($H{first}<>"",ROUND({before}+N($F{first})-N($G{first})-$H{first},2)<>0)'
    rule = Rule("expression", dxf=DifferentialStyle(fill=_RED), formula=[wrong])
    sheet.conditional_formatting.add(f"H{first}:H{last}", rule)


def _write_notes(workbook: Workbook) -> None:
    sheet = workbook.create_sheet(NOTES_SHEET)
    sheet.column_dimensions["A"].width = 100
    for row, note in enumerate(_NOTES, start=1):
        sheet.cell(row, 1, note).alignment = Alignment(wrap_text=True, vertical="top")


def _fit_page(sheet: Worksheet) -> None:
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.page_setup.paperSize = 9  # A4 (ECMA-376 part 1, 18.3.1.63)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"1:{HEADER_ROW}"
