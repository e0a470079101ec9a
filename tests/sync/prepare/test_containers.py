import struct
import zipfile
from io import BytesIO

import pytest

from sync.errors import BadInput
from sync.prepare import read_file
from sync.prepare.containers import check_container

from . import papers

_SHEET = "xl/worksheets/sheet1.xml"
_CONTENT_TYPES = "[Content_Types].xml"


@pytest.fixture
def sheet(tmp_path):
    return papers.saved(papers.workbook_of(papers.ledger_cells()), tmp_path)


@pytest.fixture
def document(tmp_path):
    return papers.document(tmp_path, "停水通知")


@pytest.fixture(params=["sheet", "document"])
def either(request):
    return request.getfixturevalue(request.param)


def _refused(path, said):
    with pytest.raises(BadInput, match=said):
        read_file(path)


def test_zip_bomb_is_refused_before_it_is_unpacked(either):
    papers.repacked(either, {"docProps/app.xml": b" " * (30 << 20)})

    _refused(either, "解开后大得不正常.*31,457,280 bytes")


def test_part_beyond_the_limit_is_refused_however_it_is_packed(either):
    papers.repacked(either, {"docProps/blob.bin": b"\0" * (33 << 20)})

    _refused(either, "解开后大得不正常")


def test_part_of_a_million_tags_is_refused_unparsed(either):
    tags = "".join(f"<a/>{number}" for number in range(1_250_000))
    papers.repacked(either, {"docProps/app.xml": tags.encode()})

    _refused(either, "解开后大得不正常.*of XML")


def test_thousands_of_parts_are_refused(either):
    papers.repacked(either, {f"docProps/{n}.bin": b"" for n in range(2_001)})

    _refused(either, "解开后大得不正常.*parts")


def test_a_million_names_are_refused_before_they_are_listed(sheet):
    data = sheet.read_bytes()
    start = data.index(b"PK\x01\x02")
    sheet.write_bytes(data[:start] + b"PK\x01\x02" * 4_001 + data[start:])

    _refused(sheet, "部分太多")


def test_xml_under_another_name_is_checked_too(either):
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    papers.repacked(either, {"docProps/sheet1.dat": bomb.encode()})

    _refused(either, "实体定义")


def test_part_that_lies_about_its_size_is_damaged(sheet):
    data = bytearray(papers.repacked(sheet, {"docProps/app.xml": b" " * (2 << 20)}).read_bytes())
    with zipfile.ZipFile(BytesIO(data)) as archive:
        offset = archive.start_dir
    while not data[offset + 46 :].startswith(b"docProps/app.xml"):
        offset += 46 + sum(struct.unpack("<3H", data[offset + 28 : offset + 34]))
    data[offset + 24 : offset + 28] = struct.pack("<I", 100)
    sheet.write_bytes(data)

    _refused(sheet, "已损坏")


@pytest.mark.parametrize(
    "name",
    ["../evil.xml", "/etc/passwd", "xl/../../x.xml", "a\\b.xml", "C:x.xml", "a\nb.xml", "./a.xml"],
)
def test_name_that_leads_elsewhere_is_refused(either, name):
    papers.repacked(either, {name: b"<a/>"})

    _refused(either, "越界的路径")


def test_two_parts_of_one_name_are_refused(sheet):
    with zipfile.ZipFile(sheet, "a") as archive:
        archive.writestr(_SHEET.upper(), "<worksheet/>")

    _refused(sheet, "重名的部分")


def test_entity_bomb_is_refused_unparsed(either):
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    papers.repacked(either, {"docProps/core.xml": bomb.encode()})

    _refused(either, "实体定义")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-7"])
def test_entities_in_another_encoding_do_not_slip_through(either, encoding):
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    papers.repacked(either, {"docProps/core.xml": bomb.encode(encoding)})

    _refused(either, "已损坏|实体定义")


def test_macros_are_refused(either):
    folder = "xl" if either.suffix == ".xlsx" else "word"
    papers.repacked(either, {f"{folder}/vbaProject.bin": b"\xd0\xcf"})

    _refused(either, "文件里有宏")


def test_macro_enabled_type_is_refused_without_macros_too(sheet):
    types = papers.part_of(sheet, _CONTENT_TYPES).replace(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )

    _refused(papers.repacked(sheet, {_CONTENT_TYPES: types.encode()}), "文件里有宏")


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("xl/externalLinks/externalLink1.xml", "链接其他文件"),
        ("xl/embeddings/oleObject1.bin", "嵌入的文件"),
        ("xl/activeX/activeX1.xml", "控件"),
        ("xl/connections.xml", "外部数据"),
        ("xl/comments1.xml", "批注"),
        ("xl/threadedComments/threadedComment1.xml", "批注"),
        ("xl/pivotTables/pivotTable1.xml", "数据透视表"),
        ("xl/cellimages.xml", "图片"),
    ],
)
def test_part_with_more_than_people_see_is_refused(sheet, part, said):
    _refused(papers.repacked(sheet, {part: b"<a/>"}), said)


def test_file_elsewhere_is_refused_and_a_web_link_is_not(either):
    rels = (
        "xl/_rels/workbook.xml.rels" if either.suffix == ".xlsx" else "word/_rels/document.xml.rels"
    )
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = '<Relationship Id="rX" Type="{}" Target="http://x.example/a" TargetMode="External"/></'
    before = papers.part_of(either, rels)

    papers.repacked(
        either, {rels: before.replace("</", link.format(f"{base}/hyperlink"), 1).encode()}
    )
    check_container(either.read_bytes(), either.name)
    papers.repacked(either, {rels: before.replace("</", link.format(f"{base}/image"), 1).encode()})

    _refused(either, "引用了外部文件")


def test_part_under_a_password_is_refused(sheet):
    data = bytearray(sheet.read_bytes())
    position = data.find(b"PK\x01\x02")
    while position >= 0:
        data[position + 8] |= 1
        position = data.find(b"PK\x01\x02", position + 4)
    sheet.write_bytes(data)

    _refused(sheet, "密码")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_file_cut_off_is_damaged(either, share):
    data = either.read_bytes()
    either.write_bytes(data[: int(len(data) * share)])

    _refused(either, "已损坏")


def test_broken_xml_is_damaged(sheet):
    _refused(papers.repacked(sheet, {_SHEET: b"<worksheet><sheetData><row"}), "已损坏")


def test_workbook_that_is_nested_a_thousand_deep_is_damaged(sheet):
    deep = b"<worksheet>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</worksheet>"

    with pytest.raises(BadInput):
        read_file(papers.repacked(sheet, {_SHEET: deep}))
