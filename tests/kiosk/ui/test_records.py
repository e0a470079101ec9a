"""Tables with more columns than a panel has room for: every row a card, nothing broken, nothing lost."""

from itertools import combinations

import pytest

from kiosk.ui.panel import TEXT_MM, Panel
from kiosk.ui.sheets.body import table_rows
from kiosk.ui.sheets.ink import Sheet, Words
from kiosk.ui.sheets.pages import paginate
from kiosk.ui.sheets.press import Press
from tests.kiosk.ui.test_columns import measure

HEADER = (
    "序号", "户主姓名", "村民小组", "家庭人口", "承包面积（亩）", "补贴面积（亩）", "补贴标准（元/亩）",
    "补贴金额（元）", "扣除金额（元）", "实发金额（元）", "发放方式", "备注",
)  # fmt: skip
RIGHT = (True, False, False, True, True, True, True, True, True, True, False, False)
ROWS = (
    ("1", "王小军", "一组", "4", "12.50", "12.50", "98.00", "1,225.00", "\u22120.05", "1,224.95", "一卡通", ""),
    ("2", "李秀兰", "二组", "3", "8.00", "7.60", "98.00", "744.80", "", "744.80", "一卡通", "流转 0.4 亩给三组张*，已扣除"),
    ("", "合计", "", "", "20.50", "20.10", "", "1,969.80", "\u22120.05", "1,969.75", "", ""),
)  # fmt: skip
TALL = 700.0


@pytest.fixture(params=[21.5, 32.0, 43.0])
def panel(request: pytest.FixtureRequest) -> Panel:
    return Panel(1080, 1920, request.param)


@pytest.fixture(params=[0, 1, 2])
def press(request: pytest.FixtureRequest, panel: Panel) -> Press:
    return Press(panel, measure, request.param)


def cards(press: Press, tall: float = TALL) -> tuple[Sheet, ...]:
    return table_rows(press, HEADER, ROWS, RIGHT, 984, block=3, tall=tall)


def words(sheet: Sheet) -> list[Words]:
    return [mark for mark in sheet.marks if isinstance(mark, Words)]


def test_twelve_columns_keep_every_figure_whole_and_every_letter_large(press: Press) -> None:
    drawn = [word for sheet in cards(press) for word in words(sheet)]

    shown = {word.text for word in drawn}
    figures = {cell for row in ROWS for cell in row if cell[-3:-2] == "."}
    assert figures <= shown
    assert {"王小军", "李秀兰", "合计"} <= shown
    assert min(word.size for word in drawn) >= TEXT_MM * press.panel.pixels_per_mm - 1


def test_nothing_on_a_card_is_cut_off_or_overlaps(press: Press) -> None:
    for sheet in cards(press):
        for word in words(sheet):
            assert word.x >= 0
            assert word.x + word.width <= 984 + 1
            assert word.y + word.height <= sheet.height + 1
        for one, other in combinations(words(sheet), 2):
            assert not overlap(one, other), (one, other)


def overlap(one: Words, other: Words) -> bool:
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    apart = abs(one.y + one.height / 2 - other.y - other.height / 2)
    return across > 1 and apart < (one.size + other.size) / 2


def test_figures_are_bold_and_end_at_one_edge(panel: Panel) -> None:
    press = Press(panel, measure, 0)
    money = [
        word
        for sheet in cards(press)
        for word in words(sheet)
        if word.text in {"1,224.95", "744.80", "1,969.75"}
    ]

    assert all(word.bold for word in money)
    assert {round(word.x + word.width) for word in money} <= {
        round(word.x + word.width) for word in money[:2]
    }


def test_reading_finds_every_row_and_the_names_of_the_columns(press: Press) -> None:
    found = [(hold.block, hold.row) for sheet in cards(press) for hold in sheet.holds]

    assert list(dict.fromkeys(found)) == [(3, -1), (3, 0), (3, 1), (3, 2)]


def test_card_that_is_higher_than_a_page_is_cut_between_its_lines(press: Press) -> None:
    sheets = cards(press, tall=500)

    pages = paginate(sheets, 500)

    tops = [0.0]
    for sheet in sheets:
        tops.append(tops[-1] + sheet.height)
    assert all(min(abs(start - top) for top in tops) < 1 for start in pages.starts)


def test_few_columns_stay_a_table(panel: Panel) -> None:
    press = Press(panel, measure, 0)

    sheets = table_rows(press, HEADER[:3], tuple(row[:3] for row in ROWS), RIGHT[:3], 984)

    assert len(sheets) == 1 + len(ROWS)


def test_table_is_laid_out_once_while_nothing_about_it_changes(press: Press) -> None:
    first = cards(press)

    assert cards(press) is first
    assert cards(press, tall=500) is not first
