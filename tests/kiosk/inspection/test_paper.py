"""The report on paper, as a reader of PDF finds it."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO

import msgspec
import pypdfium2
import pytest

from kiosk.inspection.a4 import A4, DayCell
from kiosk.inspection.contents import PAPER
from kiosk.inspection.paper import render
from kiosk.inspection.words import TITLE
from tests.support.inspecting import Packed


def _pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(BytesIO(data))
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def _dense(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def pages(fortnight: Packed) -> list[str]:
    return _pages(fortnight.members[PAPER])


def test_all_chapters_and_notices_can_be_searched(fortnight: Packed, pages: list[str]) -> None:
    text = _dense("".join(pages))

    for words in (
        TITLE,
        "总的情况",
        "该公开的公开了没有",
        "缺口和异常",
        "公示屏每天的情况",
        "异议和答复",
        "怎么核对这份报告",
    ):
        assert words in text
    for one in fortnight.report.notices:
        assert one.title in text


def test_every_page_has_its_number(pages: list[str]) -> None:
    for number, page in enumerate(pages, start=1):
        assert f"第{number}页，共{len(pages)}页" in _dense(page)


def test_nothing_is_claimed_about_objections(pages: list[str]) -> None:
    assert "还没有自己的异议渠道" in _dense("".join(pages))


def test_a_table_that_goes_on_repeats_its_head(fortnight: Packed) -> None:
    many = fortnight.report.gaps * 20

    pages = _pages(_printed(fortnight, gaps=many[:180]))

    heads = [page for page in pages if "情况从到说明" in _dense(page)]
    assert len(heads) > 2


def test_what_is_left_out_of_a_long_table_is_said(fortnight: Packed) -> None:
    text = _dense("".join(_pages(_printed(fortnight, gaps=fortnight.report.gaps * 80))))

    assert "gaps.csv" in text


def test_a_period_of_years_tells_only_what_is_missing_day_by_day(fortnight: Packed) -> None:
    order = fortnight.report.order
    long = msgspec.structs.replace(order, first=order.last - timedelta(days=700))

    text = _dense("".join(_pages(_printed(fortnight, order=long))))

    assert "期间较长" in text


def test_a_broken_chain_stands_on_the_first_page(fortnight: Packed) -> None:
    broken = msgspec.structs.replace(fortnight.report.gaps[0], kind="broken", detail="7: gone")

    first = _pages(_printed(fortnight, gaps=(broken,), enrolled=False))[0]

    assert "断裂或丢失" in _dense(first)
    assert "没有登记" in _dense(first)


@pytest.fixture
def sheet(fortnight: Packed) -> Iterator[A4]:
    """An empty sheet."""
    kiosk = fortnight.kiosk
    made = A4("头", kiosk.regular, kiosk.bold, fortnight.report.order.made)
    made.set_font("Sans", "", 10)
    yield made
    made.close_fonts()


def test_no_line_begins_with_a_stop(sheet: A4) -> None:
    text = "显示满五分钟，十次才算一天。没显示够的顺延（见后），" * 9

    lines = [line for width in range(20, 180, 7) for line in sheet.broken(text, width).split("\n")]

    assert not [line for line in lines if line[0] in "，。、；：）》"]
    assert all(sheet.get_string_width(line) <= 178 for line in lines)


def test_a_word_longer_than_a_line_is_cut(sheet: A4) -> None:

    lines = sheet.broken("f7f9dfda4ce78711ab30f6c1366311f2954fccb00e530682d6981dc4ecaa8164", 40)

    assert (
        lines.replace("\n", "")
        == "f7f9dfda4ce78711ab30f6c1366311f2954fccb00e530682d6981dc4ecaa8164"
    )
    assert all(sheet.get_string_width(line) <= 38 for line in lines.split("\n"))


def test_the_words_of_a_day_stay_in_its_field(sheet: A4) -> None:
    monday = date(2026, 11, 16)
    sheet.add_page()
    sheet.weeks([DayCell(monday, "", "15时00分 关15时00分")])

    document = pypdfium2.PdfDocument(BytesIO(sheet.finish()))
    page = document[0]
    words = page.get_textpage()
    first = words.get_text_bounded().index("15时")
    field = (
        (15 + 180 / 7) * 72 / 25.4
    )  # pt from the left edge: the margin, and a seventh of the width
    ends = [words.get_charbox(at)[2] for at in range(first, first + len("15时00分 关15时00分"))]
    document.close()

    assert max(ends) <= field


def test_a_day_on_which_three_notices_were_missed_is_one_day(fortnight: Packed) -> None:
    day = fortnight.report.order.first
    one = fortnight.report.notices[0]
    missed = msgspec.structs.replace(one, term=msgspec.structs.replace(one.term, made_up=(day,)))

    text = _dense(_pages(_printed(fortnight, notices=(missed,) * 3))[0])

    assert "有1个工作日没有显示够（3条公示）" in text


def test_the_chapter_of_notices_begins_where_the_first_one_does(fortnight: Packed) -> None:
    gaps = fortnight.report.gaps[:1]
    for number in range(12):
        pages = _pages(_printed(fortnight, gaps=gaps * (1 + 2 * number)))
        (begins,) = [page for page in pages if "六、逐条公示" in page]

        assert "栏目、编号" in begins


def _printed(fortnight: Packed, **changes: object) -> bytes:
    report = msgspec.structs.replace(fortnight.report, **changes)
    return render(report, fortnight.members, fortnight.kiosk.regular, fortnight.kiosk.bold)
