from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.styles import Font

from sync.errors import BadInput
from sync.notices import Heading, Paragraph, Table
from sync.prepare import read_file

from . import papers

_SHEET = "xl/worksheets/sheet1.xml"
_LIST = [
    ["低保名单"],
    ["所属期间：2026-10-01 至 2026-12-31"],
    ["序号", "户主", "组别", "每月金额（元）", "核定日期", "比例", "备注"],
    [1, "王*军", "一组", 1240, date(2026, 11, 3), 0.125, None],
    [2, "李*花", None, "360.5", "2026-11-04", 0.5, True],
    ["合计", None, None, 1600.5],
    ["对名单有异议的，请向村务监督委员会反映。"],
]


def _refused(path, said):
    with pytest.raises(BadInput, match=said):
        read_file(path)


def test_list_becomes_a_table_with_title_period_and_notes(tmp_path):
    workbook = papers.workbook_of(_LIST)
    sheet = workbook.worksheets[0]
    sheet.merge_cells("A1:G1")
    sheet.merge_cells("C4:C5")
    sheet["F4"].number_format = sheet["F5"].number_format = "0.0%"

    material = read_file(papers.saved(workbook, tmp_path))

    assert material.title == "低保名单"
    assert material.period is not None
    assert material.period[1].isoformat() == "2026-12-31"
    assert material.blocks == (
        Paragraph("所属期间：2026-10-01 至 2026-12-31"),
        Table(
            header=("序号", "户主", "组别", "每月金额（元）", "核定日期", "比例", "备注"),
            rows=(
                ("1", "王*军", "一组", "1,240.00", "2026-11-03", "12.5%", ""),
                ("2", "李*花", "一组", "360.50", "2026-11-04", "50%", "是"),
                ("合计", "", "", "1,600.50", "", "", ""),
            ),
            money=(3,),
        ),
        Paragraph("对名单有异议的，请向村务监督委员会反映。"),
    )


def test_column_that_is_no_amount_throughout_stays_text(tmp_path):
    cells = [["等级", "补贴标准", "金额（万元）"], ["甲", "按政策", 12.5]]

    (table,) = read_file(papers.saved(papers.workbook_of(cells), tmp_path)).blocks

    assert table == Table(header=tuple(cells[0]), rows=(("甲", "按政策", "12.5"),))


def test_several_sheets_follow_each_other_under_their_names(tmp_path):
    workbook = papers.workbook_of([["组别", "人数"], ["一组", 412]])
    workbook.worksheets[0].title = "上半年"
    workbook.create_sheet("下半年").append(["组别", "人数"])
    workbook.create_sheet("Sheet3")

    material = read_file(papers.saved(workbook, tmp_path))

    assert [type(block) for block in material.blocks] == [Heading, Table, Heading, Table]
    assert material.blocks[2] == Heading("下半年")


@pytest.mark.parametrize("cell", ["F4", "H4", "B4", "A1", "J5"])
def test_formula_is_refused_with_its_cell_and_the_remedy(tmp_path, cell):
    cells = papers.ledger_cells(**{cell: "=1+1"})

    _refused(papers.saved(papers.workbook_of(cells), tmp_path), f"{cell}：这一格是公式.*粘贴为数值")


def test_hidden_row_is_named(tmp_path):
    workbook = papers.workbook_of(papers.ledger_cells())
    workbook.worksheets[0].row_dimensions[5].hidden = True

    _refused(papers.saved(workbook, tmp_path), "第 5 行是隐藏的")


def test_row_of_no_height_is_hidden_too(tmp_path):
    path = papers.saved(papers.workbook_of(papers.ledger_cells()), tmp_path)
    sheet = papers.part_of(path, _SHEET).replace('<row r="5"', '<row r="5" ht="0" customHeight="1"')

    _refused(papers.repacked(path, {_SHEET: sheet.encode()}), "第 5 行是隐藏的")


def test_hidden_column_is_named(tmp_path):
    workbook = papers.workbook_of(papers.ledger_cells())
    workbook.worksheets[0].column_dimensions["E"].hidden = True

    _refused(papers.saved(workbook, tmp_path), "E 列是隐藏的")


def test_column_hidden_in_a_group_is_found(tmp_path):
    workbook = papers.workbook_of(papers.ledger_cells())
    workbook.worksheets[0].column_dimensions.group("D", "F", hidden=True)

    _refused(papers.saved(workbook, tmp_path), "D 列是隐藏的")


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheet_is_named(tmp_path, state):
    workbook = papers.workbook_of(papers.ledger_cells())
    workbook.create_sheet("小账").sheet_state = state

    _refused(papers.saved(workbook, tmp_path), "工作表“小账”是隐藏的")


def test_comment_is_refused(tmp_path):
    workbook = papers.workbook_of(papers.ledger_cells())
    workbook.worksheets[0]["B4"].comment = Comment("另有说法", "甲")

    _refused(papers.saved(workbook, tmp_path), "批注")


def test_picture_in_a_sheet_is_refused_with_the_way_to_name_photos(tmp_path):
    (tmp_path / "a.png").write_bytes(papers.picture(kind="PNG"))
    workbook = papers.workbook_of(papers.ledger_cells())
    workbook.worksheets[0].add_image(SheetImage(str(tmp_path / "a.png")), "B10")

    _refused(papers.saved(workbook, tmp_path), "表里有图片.*附件")


def test_rows_hidden_by_default_are_refused(tmp_path):
    workbook = papers.workbook_of(papers.ledger_cells())
    workbook.worksheets[0].sheet_format.zeroHeight = True

    _refused(papers.saved(workbook, tmp_path), "行默认隐藏")


@pytest.mark.parametrize(
    ("cell", "number_format"), [("B4", ";;;"), ("D4", ";;;"), ("D4", ";;"), ("D4", ";;;@")]
)
def test_content_hidden_by_its_number_format_is_refused(tmp_path, cell, number_format):
    workbook = papers.workbook_of(_LIST)
    workbook.worksheets[0][cell].number_format = number_format

    _refused(papers.saved(workbook, tmp_path), f"{cell}.*隐藏")


@pytest.mark.parametrize(("cell", "number_format"), [("B4", ";;;@"), ("D4", "0;-0;;@")])
def test_content_that_its_number_format_shows_is_read(tmp_path, cell, number_format):
    workbook = papers.workbook_of(_LIST)
    workbook.worksheets[0][cell].number_format = number_format

    assert read_file(papers.saved(workbook, tmp_path)).title == "低保名单"


def test_struck_out_cell_is_refused(tmp_path):
    workbook = papers.workbook_of(_LIST)
    workbook.worksheets[0]["B4"].font = Font(strike=True)

    _refused(papers.saved(workbook, tmp_path), "B4.*删除线")


def test_merged_cells_within_the_ledger_are_refused(tmp_path):
    workbook = papers.workbook_of(papers.ledger_cells())
    workbook.worksheets[0].merge_cells("E4:E5")

    _refused(papers.saved(workbook, tmp_path), "E4:E5：账目表内不要合并单元格")


def test_error_value_is_refused(tmp_path):
    workbook = papers.workbook_of(_LIST)
    workbook.worksheets[0]["D4"] = "#REF!"

    _refused(papers.saved(workbook, tmp_path), "D4：这一格是错误值 #REF!")


def test_number_longer_than_a_spreadsheet_keeps_is_refused(tmp_path):
    workbook = papers.workbook_of([["户主", "编号"], ["王*军", 1234567890123456789]])

    _refused(papers.saved(workbook, tmp_path), "B2：数字太长")


def test_cell_far_out_is_refused_instead_of_walked_to(tmp_path):
    workbook = papers.workbook_of(_LIST)
    workbook.worksheets[0]["XFD1048576"] = "远"

    _refused(papers.saved(workbook, tmp_path), "太大：用到第 1048576 行")


@pytest.mark.parametrize(
    "claim",
    [
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        '<mergeCells><mergeCell ref="&#65;:XFD"/></mergeCells>',
        '<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>',
    ],
)
def test_range_of_endless_cells_is_refused_instead_of_walked(tmp_path, claim):
    path = papers.saved(papers.workbook_of([["姓名", "金额"], ["王*军", 5]]), tmp_path)
    sheet = papers.part_of(path, _SHEET).replace("</sheetData>", f"</sheetData>{claim}")
    papers.repacked(path, {_SHEET: sheet.encode()})

    with pytest.raises(BadInput, match="合并或带链接的单元格太多"):
        read_file(path)


def test_sheets_that_are_too_large_together_are_refused(tmp_path):
    workbook = Workbook()
    for sheet in (workbook.worksheets[0], workbook.create_sheet("二")):
        sheet["A1"], sheet["B1"] = "姓名", "金额"
        sheet.cell(5_000, 50, "x")

    with pytest.raises(BadInput, match="表太大（500,000 格）"):
        read_file(papers.saved(workbook, tmp_path))


def test_empty_spreadsheet_is_refused(tmp_path):
    _refused(papers.saved(papers.workbook_of([]), tmp_path), "表是空的")


def test_sheets_name_with_bidi_characters_is_refused(tmp_path):
    workbook = papers.workbook_of(_LIST)
    workbook.worksheets[0].title = "名\u202e单"
    workbook.create_sheet("乙").append(["一"])

    _refused(papers.saved(workbook, tmp_path), r"工作表名.*U\+202E")
