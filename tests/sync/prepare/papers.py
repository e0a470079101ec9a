"""Files as an office would hand them in, and as an attacker would."""

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml
from openpyxl import Workbook, load_workbook
from PIL import Image

from sync.ledger import Ledger, Row
from sync.prepare import write_template
from sync.prepare.ledger_layout import COLUMNS

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def ledger(*amounts: str, opening: str = "1000.00") -> Ledger:
    """Return a balanced ledger; a negative amount is an expense."""
    rows: list[Row] = []
    balance = Decimal(opening)
    for number, amount in enumerate(map(Decimal, amounts), start=1):
        balance += amount
        rows.append(
            Row(
                on=date(2026, 11, 1 + number % 15),
                item=f"第 {number} 笔",
                voucher=f"2026-{number:03}",
                handler="王*军",
                income=max(amount, Decimal("0.00")),
                expense=max(-amount, Decimal("0.00")),
                balance=balance,
                remark="备注",
                category="办公经费",
            )
        )
    return Ledger(
        start=date(2026, 11, 1),
        end=date(2026, 11, 16),
        opening=Decimal(opening),
        rows=tuple(rows),
        income=sum((row.income for row in rows), Decimal("0.00")),
        expense=sum((row.expense for row in rows), Decimal("0.00")),
        closing=balance,
    )


def filled_template(folder: Path, book: Ledger, *, as_number: type = float) -> Path:
    """Fill the standard template as an office person would: the example deleted, values typed."""
    path = folder / "ledger.xlsx"
    path.unlink(missing_ok=True)
    write_template(path)
    workbook = load_workbook(path)
    sheet = workbook.worksheets[0]
    sheet["A1"] = "青石村财务公开"
    sheet["B2"], sheet["D2"], sheet["H2"] = book.start, book.end, as_number(book.opening)
    sheet.delete_rows(4)
    if len(book.rows) > 30:
        sheet.insert_rows(5, len(book.rows) - 30)
    for number, row in enumerate(book.rows, start=4):
        for column, value in enumerate(
            (row.on, row.item, row.category, row.voucher, row.handler), start=1
        ):
            sheet.cell(number, column, value)
        for column, amount in ((6, row.income), (7, row.expense), (8, row.balance)):
            if amount or column == 8:
                sheet.cell(number, column, as_number(amount))
        sheet.cell(number, 9, row.remark)
    for line in sheet.iter_rows(min_row=4 + len(book.rows)):
        if line[0].value == "合计":
            line[5].value, line[6].value = as_number(book.income), as_number(book.expense)
        if line[0].value == "期末余额":
            line[7].value = as_number(book.closing)
    workbook.save(path)
    return path


def ledger_cells(**changes: object) -> list[list[object]]:
    """Return the cells of a small balanced ledger; `changes` are by cell name, such as F4=1."""
    cells: list[list[object]] = [
        ["青石村财务公开", *[None] * 9],
        ["所属期间起", date(2026, 11, 1), "所属期间止", date(2026, 11, 15), *[None] * 2, "期初余额", 1000.5, None, None],
        list(COLUMNS),
        [date(2026, 11, 3), "收承包费", "收入", "001", "王*军", 500, None, 1500.5, None, None],
        [date(2026, 11, 4), "付电费", "办公", "002", "王*军", None, 100.25, 1400.25, None, None],
        ["合计", *[None] * 4, 500, 100.25, *[None] * 3],
        ["期末余额", *[None] * 6, 1400.25, None, None],
    ]  # fmt: skip
    for name, value in changes.items():
        cells[int(name[1:]) - 1][ord(name[0]) - ord("A")] = value
    return cells


def workbook_of(cells: Sequence[Sequence[object]]) -> Workbook:
    workbook = Workbook()
    for line in cells:
        workbook.worksheets[0].append(list(line))
    return workbook


def saved(workbook: Workbook, folder: Path, name: str = "ledger.xlsx") -> Path:
    path = folder / name
    workbook.save(path)
    return path


def repacked(path: Path, parts: Mapping[str, bytes]) -> Path:
    """Write the parts of a container again with some replaced or added."""
    with zipfile.ZipFile(path) as archive:
        old = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**old, **parts}.items():
            archive.writestr(name, data)
    return path


def part_of(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def document(folder: Path, *paragraphs: str, body: str = "", name: str = "notice.docx") -> Path:
    """Write a text document; `body` is raw XML put at the end of the text."""
    made = Document()
    for text in paragraphs:
        made.add_paragraph(text)
    if body:
        made.element.body.insert(len(paragraphs), parse_xml(body.replace("<w:p>", f"<w:p {W}>", 1)))
    path = folder / name
    made.save(str(path))
    return path


def picture(width: int = 64, height: int = 48, *, mode: str = "RGB", kind: str = "JPEG") -> bytes:
    out = BytesIO()
    Image.new(mode, (width, height)).save(out, kind)
    return out.getvalue()
