import tempfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.errors import BadInput
from sync.ledger import Ledger
from sync.notices import Paragraph
from sync.prepare import read_file, write_template

from . import papers

_AMOUNTS = st.lists(
    st.integers(min_value=-(10**9), max_value=10**9).filter(bool), min_size=1, max_size=40
)
_PLACES = {"income": "F", "expense": "G", "balance": "H"}


def _yuan(cents: int) -> str:
    return str(Decimal(cents).scaleb(-2))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(opening=st.integers(min_value=-(10**11), max_value=10**11), amounts=_AMOUNTS)
def test_ledger_survives_template_spreadsheet_and_back(opening, amounts):
    book = papers.ledger(*map(_yuan, amounts), opening=_yuan(opening))

    with tempfile.TemporaryDirectory() as folder:
        material = read_file(papers.filled_template(Path(folder), book))

    assert material.blocks == (book,)
    assert material.title == "青石村财务公开"
    assert material.period == (book.start, book.end)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(amounts=_AMOUNTS, data=st.data())
def test_any_changed_amount_is_refused_with_its_row(amounts, data):
    book = papers.ledger(*map(_yuan, amounts))
    row = data.draw(st.integers(min_value=0, max_value=len(amounts) - 1))
    filled = "income" if amounts[row] > 0 else "expense"
    place = data.draw(st.sampled_from([filled, "balance"]))
    change = data.draw(st.integers(min_value=-500, max_value=500).filter(bool))
    old = getattr(book.rows[row], place)

    with tempfile.TemporaryDirectory() as folder:
        path = papers.filled_template(Path(folder), book)
        workbook = papers.load_workbook(path)
        workbook.worksheets[0][f"{_PLACES[place]}{row + 4}"] = float(old + Decimal(_yuan(change)))
        workbook.save(path)
        with pytest.raises(BadInput, match=rf"第 {row + 4} 行|[FG]{row + 4} "):
            read_file(path)


def test_amounts_typed_as_text_are_exact_too(tmp_path):
    book = papers.ledger("0.10", "0.20", "-0.30", "1234567.89")

    material = read_file(papers.filled_template(tmp_path, book, as_number=lambda a: f"{a:,.2f}"))

    assert material.blocks == (book,)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        (500, "500.00"),
        ("５００", "500.00"),
        ("500.0", "500.00"),
        ("¥500", "500.00"),
        ("500元", "500.00"),
        (499.99999999999994, "500.00"),  # what binary sums leave behind, seen as 500
    ],
)
def test_amount_is_read_as_people_see_it(tmp_path, typed, amount):
    path = papers.saved(papers.workbook_of(papers.ledger_cells(F4=typed)), tmp_path)

    (book,) = read_file(path).blocks

    assert isinstance(book, Ledger)
    assert book.rows[0].income == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    [
        datetime.fromisoformat("2026-11-03"),
        date(2026, 11, 3),
        "2026-11-03",
        "2026年11月3日",
        "2026/11/3",
    ],
)
def test_day_may_be_a_date_or_text(tmp_path, typed):
    path = papers.saved(papers.workbook_of(papers.ledger_cells(A4=typed)), tmp_path)

    (book,) = read_file(path).blocks

    assert isinstance(book, Ledger)
    assert book.rows[0].on == date(2026, 11, 3)


def test_number_without_end_is_no_amount(tmp_path):
    path = papers.saved(papers.workbook_of(papers.ledger_cells(F4=517.25)), tmp_path)
    part = "xl/worksheets/sheet1.xml"
    endless = papers.part_of(path, part).replace("<v>517.25</v>", f"<v>{'9' * 400}</v>")

    with pytest.raises(BadInput, match=r"F4 收入.*不是金额"):
        read_file(papers.repacked(path, {part: endless.encode()}))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"F4": 500.001}, "F4 收入.*多于两位小数"),
        ({"F4": "五百"}, "F4 收入.*不是金额"),
        ({"F4": "1,00,0"}, "F4 收入.*不是金额"),
        ({"F4": "①"}, "F4 收入.*不是金额"),
        ({"F4": True}, "F4 收入.*不是金额"),
        ({"F4": 1e14}, "F4 收入.*不是金额"),
        ({"F4": -500}, "第 4 行.*不能是负数"),
        ({"G4": 1}, "第 4 行.*必须填且只填一项"),
        ({"F4": None}, "第 4 行.*必须填且只填一项"),
        ({"H4": None}, "第 4 行.*没有写余额"),
        ({"H5": 1400.24}, "第 5 行.*算出来是 1,400.25，表里写的是 1,400.24"),
        ({"B4": "收承包\u202e费"}, r"B4.*看不见的字符 U\+202E"),
        ({"B4": "收承\u200b包费"}, r"B4.*看不见的字符 U\+200B"),
        ({"B4": None}, "第 4 行.*没有写事项"),
        ({"A4": "11月3日"}, "A4 日期.*不是日期"),
        ({"A4": "2026-11-31"}, "A4 日期.*没有这一天"),
        ({"A4": date(2026, 12, 3)}, "第 4 行.*不在所属期间"),
        ({"F6": 501}, "收入合计.*算出来是 500.00"),
        ({"H7": 1}, "期末余额.*算出来是 1,400.25"),
        ({"H6": 1}, "期末余额.*不一致"),
        ({"H7": None}, "“期末余额”这一行必须填一个金额"),
        ({"H2": None}, "G2：期初余额后面没有填"),
        ({"B2": None}, "A2：所属期间起后面没有填"),
        ({"A6": None}, "第 6 行.*没有写余额"),
        ({"E3": None}, "第 3 行：缺少栏目 经手人"),
        ({"J4": "../vouchers/1.jpg"}, "第 4 行.*不是同一文件夹里的文件名"),
        ({"J4": "没有.jpg"}, "第 4 行.*文件夹里没有图片"),
    ],
    ids=str,
)
def test_wrong_cell_is_named(tmp_path, changes, said):
    path = papers.saved(papers.workbook_of(papers.ledger_cells(**changes)), tmp_path)

    with pytest.raises(BadInput, match=said):
        read_file(path)


def test_lines_around_the_ledger_stay_as_paragraphs(tmp_path):
    cells = papers.ledger_cells()
    cells.insert(2, ["编制单位：青石村村民委员会", "单位：元"])
    cells.append(["制表：陈*兰", "审核：赵*山"])

    before, book, after = read_file(papers.saved(papers.workbook_of(cells), tmp_path)).blocks

    assert before == Paragraph("编制单位：青石村村民委员会 单位：元")
    assert isinstance(book, Ledger)
    assert after == Paragraph("制表：陈*兰 审核：赵*山")


def test_period_and_opening_balance_may_stand_in_one_cell_each(tmp_path):
    cells = papers.ledger_cells()
    cells[1] = ["所属期间：2026年11月1日至2026年11月15日", None, "期初余额：1,000.50元"]

    (book,) = read_file(papers.saved(papers.workbook_of(cells), tmp_path)).blocks

    assert isinstance(book, Ledger)
    assert (book.start, book.end) == (date(2026, 11, 1), date(2026, 11, 15))
    assert book.opening == Decimal("1000.50")


def test_empty_line_between_entries_is_refused(tmp_path):
    cells = papers.ledger_cells()
    cells.insert(4, [None] * 10)

    with pytest.raises(BadInput, match=r"第 5 行.*空行"):
        read_file(papers.saved(papers.workbook_of(cells), tmp_path))


def test_voucher_photos_are_found_beside_the_ledger_or_handed_in(tmp_path):
    (tmp_path / "电费.jpg").write_bytes(papers.picture(80, 60))
    elsewhere = tmp_path / "photos"
    elsewhere.mkdir()
    (elsewhere / "IMG_1.jpg").write_bytes(papers.picture(90, 60))
    cells = papers.ledger_cells(J4="承包合同", J5="电费.jpg、承包合同")
    path = papers.saved(papers.workbook_of(cells), tmp_path)

    material = read_file(path, photos={"承包合同": elsewhere / "IMG_1.jpg"})

    (book,) = material.blocks
    assert isinstance(book, Ledger)
    contract, power = material.pictures
    assert (contract.caption, power.caption) == ("承包合同", "电费")
    assert book.rows[0].photos == (contract.blob.sha256,)
    assert book.rows[1].photos == (power.blob.sha256, contract.blob.sha256)
    assert set(material.blobs) == {contract.blob.sha256, power.blob.sha256}


def test_voucher_photo_that_is_a_link_is_refused(tmp_path):
    secret = tmp_path / "secret.jpg"
    secret.write_bytes(papers.picture())
    (tmp_path / "电费.jpg").symlink_to(secret)
    path = papers.saved(papers.workbook_of(papers.ledger_cells(J4="电费.jpg")), tmp_path)

    with pytest.raises(BadInput, match=r"电费.jpg：这是一个链接"):
        read_file(path)


def test_template_with_its_example_still_in_is_refused(tmp_path):
    path = tmp_path / "template.xlsx"
    write_template(path)
    workbook = papers.load_workbook(path)
    sheet = workbook.worksheets[0]
    sheet["B2"], sheet["D2"], sheet["H2"] = date(2026, 11, 1), date(2026, 11, 15), 13000
    workbook.save(path)

    with pytest.raises(BadInput, match="先删去模板里的示例行"):
        read_file(path)


def test_template_as_written_asks_for_its_period(tmp_path):
    path = tmp_path / "template.xlsx"
    write_template(path)

    with pytest.raises(BadInput, match="A2：所属期间起后面没有填"):
        read_file(path)


def test_template_never_overwrites_an_offices_work(tmp_path):
    path = tmp_path / "template.xlsx"
    path.write_bytes(b"mine")

    with pytest.raises(BadInput, match="已有这个文件"):
        write_template(path)

    assert path.read_bytes() == b"mine"
