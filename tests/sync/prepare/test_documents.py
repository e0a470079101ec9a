from io import BytesIO

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml

from sync.errors import BadInput
from sync.notices import Heading, Paragraph, Picture, Table
from sync.prepare import read_file

from . import papers


def _saved(document, folder):
    path = folder / "notice.docx"
    document.save(str(path))
    return path


def _refused(path, said):
    with pytest.raises(BadInput, match=said):
        read_file(path)


def _list_style(document, levels):
    root = document.part.numbering_part.element
    text = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (style, text) in enumerate(levels)
    )
    first = root.find(f"{{{root.nsmap['w']}}}num")
    first.addprevious(
        parse_xml(f'<w:abstractNum {papers.W} w:abstractNumId="90">{text}</w:abstractNum>')
    )
    root.append(parse_xml(f'<w:num {papers.W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))


def _item(document, text, level=0):
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {papers.W}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>')
    )


def test_document_is_read_in_its_order(tmp_path):
    document = Document()
    document.add_paragraph("竣工结算公示").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_heading("一、概况", 1)
    document.add_paragraph("全长 620 米。")
    document.add_picture(BytesIO(papers.picture(200, 100)))
    document.add_paragraph("竣工后", style="Caption")
    document.add_heading("（一）路基", 2)
    document.add_paragraph("完。")

    material = read_file(_saved(document, tmp_path))

    first, second, picture, third, last = material.blocks
    assert material.title == "竣工结算公示"
    assert (first, second) == (Heading("一、概况", 1), Paragraph("全长 620 米。"))
    assert isinstance(picture, Picture)
    assert picture.caption == "竣工后"
    assert picture.blob.sha256 in material.blobs
    assert (third, last) == (Heading("（一）路基", 2), Paragraph("完。"))


@pytest.mark.parametrize("name", ["标题 1", "标题1", "heading 1"])
def test_heading_is_known_by_either_programs_style_name(tmp_path, name):
    document = Document()
    document.styles["Heading 1"].element.name_val = name
    document.add_paragraph("前言。")
    document.add_paragraph("总则", style=document.styles[name])

    assert read_file(_saved(document, tmp_path)).blocks[1] == Heading("总则", 1)


def test_list_numbers_that_only_the_program_shows_are_kept(tmp_path):
    document = Document()
    _list_style(document, [("chineseCountingThousand", "第%1条"), ("decimal", "（%2）")])
    for level, text in ((0, "甲"), (1, "一"), (1, "二"), (0, "乙"), (1, "三")):
        _item(document, text, level)

    texts = [block.text for block in read_file(_saved(document, tmp_path)).blocks]

    assert texts == ["第一条 甲", "（1）一", "（2）二", "第二条 乙", "（1）三"]


def test_table_with_merged_cells_becomes_a_plain_one(tmp_path):
    document = Document()
    table = document.add_table(5, 3)
    for row, cells in enumerate(
        (("资金来源", "", ""), ("来源", "批次", "金额（元）"), ("财政", "一", "1000"), ("", "二", "500.5"), ("合计", "", "1500.5"))
    ):  # fmt: skip
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    table.cell(0, 0).merge(table.cell(0, 2)).text = "资金来源"
    table.cell(2, 0).merge(table.cell(3, 0)).text = "财政"
    table.cell(4, 0).merge(table.cell(4, 1)).text = "合计"

    (block,) = read_file(_saved(document, tmp_path)).blocks

    assert block == Table(
        header=("来源", "批次", "金额（元）"),
        rows=(("财政", "一", "1,000.00"), ("财政", "二", "500.50"), ("合计", "", "1,500.50")),
        money=(2,),
        caption="资金来源",
    )


def test_text_of_links_and_content_controls_is_read(tmp_path):
    body = (
        '<w:p><w:hyperlink w:anchor="a"><w:r><w:t>见附表</w:t></w:r></w:hyperlink>'
        "<w:sdt><w:sdtContent><w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )

    assert read_file(papers.document(tmp_path, body=body)).blocks == (Paragraph("见附表一\n二"),)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<w:ins w:id="1" w:author="x"><w:r><w:t>一</w:t></w:r></w:ins>', "修订痕迹.*接受所有修订"),
        ('<w:del w:id="1" w:author="x"><w:r><w:delText>一</w:delText></w:r></w:del>', "修订痕迹"),
        ('<w:r><w:rPr><w:vanish/></w:rPr><w:t>一</w:t></w:r>', "隐藏文字"),
        ("<w:r><w:rPr><w:strike/></w:rPr><w:t>一</w:t></w:r>", "删除线"),
        ("<w:r><w:rPr><w:dstrike/></w:rPr><w:t>一</w:t></w:r>", "删除线"),
        ('<w:commentRangeStart w:id="1"/><w:r><w:t>一</w:t></w:r>', "批注"),
        ('<w:r><w:footnoteReference w:id="2"/></w:r>', "脚注"),
        ("<w:r><w:pict><w:txbxContent/></w:pict></w:r>", "文本框"),
        ("<w:r><w:object/></w:r>", "嵌入的文件"),
        ('<w:r><w:instrText>DDEAUTO c:\\\\x</w:instrText></w:r>', "嵌入的文件"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "符号字体"),
        ("<w:r><w:t>补贴\u202e一</w:t></w:r>", r"第 2 段.*看不见的字符 U\+202E"),
        ("<w:r><w:t>补\u200b贴</w:t></w:r>", r"第 2 段.*看不见的字符 U\+200B"),
    ],
)  # fmt: skip
def test_what_people_would_not_see_is_refused(tmp_path, body, said):
    _refused(papers.document(tmp_path, "正文。", body=f"<w:p>{body}</w:p>"), said)


def test_text_that_is_expressly_not_hidden_is_read(tmp_path):
    body = '<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>可见</w:t></w:r></w:p>'

    assert read_file(papers.document(tmp_path, body=body)).blocks == (Paragraph("可见"),)


def test_line_drawn_under_a_heading_is_no_hindrance(tmp_path):
    body = (
        '<w:p><w:r><w:pict><v:line xmlns:v="urn:schemas-microsoft-com:vml" from="0,0" to="9,0"/>'
        "</w:pict></w:r><w:r><w:t>正文</w:t></w:r></w:p>"
    )

    assert read_file(papers.document(tmp_path, body=body)).blocks == (Paragraph("正文"),)


def test_chart_is_refused(tmp_path):
    body = (
        '<w:p><w:r><w:drawing><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/></w:drawing></w:r></w:p>'
    )

    _refused(papers.document(tmp_path, body=body), "图表")


def test_text_hidden_by_its_style_is_refused(tmp_path):
    document = Document()
    style = document.styles.add_style("Secret", 2)
    style.font.hidden = True
    document.add_paragraph("正文。").add_run("暗", style="Secret")

    _refused(_saved(document, tmp_path), "隐藏文字")


def test_cropped_picture_is_refused(tmp_path):
    document = Document()
    document.add_picture(BytesIO(papers.picture(200, 100)))
    for fill in document.element.body.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/picture}blipFill"
    ):
        fill.insert(1, parse_xml(
            '<a:srcRect xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" l="50000"/>'
        ))  # fmt: skip

    _refused(_saved(document, tmp_path), "裁剪")


def test_table_a_million_columns_wide_is_refused(tmp_path):
    document = Document()
    document.add_table(2, 2)
    for cell in document.element.body.iter(f"{{{document.element.nsmap['w']}}}tcPr"):
        cell.append(parse_xml(f'<w:gridSpan {papers.W} w:val="1000000"/>'))

    _refused(_saved(document, tmp_path), "表格太宽")


def test_row_that_is_shorter_than_the_header_is_refused_and_named(tmp_path):
    document = Document()
    table = document.add_table(3, 2)
    for row, cells in enumerate((("组别", "金额（元）"), ("一组", "5"), ("二组", ""))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    short = table.rows[2]._tr
    short.remove(short.tc_lst[1])

    _refused(_saved(document, tmp_path), "第 2 行“二组”有 1 格，表头有 2 格")


def test_cells_that_a_row_leaves_out_at_its_end_are_empty(tmp_path):
    document = Document()
    table = document.add_table(2, 2)
    for row, cells in enumerate((("组别", "备注"), ("一组", ""))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    short = table.rows[1]._tr
    short.remove(short.tc_lst[1])
    short.get_or_add_trPr().append(parse_xml(f'<w:gridAfter {papers.W} w:val="1"/>'))

    assert read_file(_saved(document, tmp_path)).blocks == (
        Table(header=("组别", "备注"), rows=(("一组", ""),)),
    )


def test_table_within_a_table_is_refused(tmp_path):
    document = Document()
    document.add_table(1, 1).cell(0, 0).add_table(1, 1)

    _refused(_saved(document, tmp_path), "又套了表格")


def test_empty_document_is_refused(tmp_path):
    _refused(papers.document(tmp_path), "文档是空的")


def test_document_of_endless_text_is_refused(tmp_path):
    _refused(papers.document(tmp_path, *["字" * 1_000] * 41), "超过 40000 字")
