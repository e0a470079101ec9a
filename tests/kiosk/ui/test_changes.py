"""The page of what was changed: every line in its place on every panel, the difference never by colour alone."""

from dataclasses import replace

import msgspec
import pytest

from kiosk.places import AtChanges
from kiosk.present.changes import ChangesView
from kiosk.scene import page
from kiosk.ui.panel import TEXT_MM
from kiosk.ui.sheets.annex import annex_page
from kiosk.ui.sheets.ink import Sheet, Stroke, Words
from kiosk.ui.sheets.pages import paginate
from kiosk.ui.sheets.press import Press
from kiosk.ui.theme import GREEN, RED
from sync.notices import Heading, Paragraph
from tests.kiosk.test_changes import LIST, held, revision
from tests.kiosk.ui.test_sheets import PANELS, words
from tests.support.type import measure

OLD = (
    "因检修主管道，11月25日（星期三）8:00至17:00全村停水，请提前储水。五组至七组可能延长到19:00。"
    * 4
)
NEW = OLD.replace("11月25日（星期三）", "11月26日（星期四）")
ROWS = (
    LIST.rows[0],
    ("2", "李秀兰", "2", "1,090.00"),
    *LIST.rows[2:],
    ("4", "陈玉梅", "1", "545.00"),
)


@pytest.fixture(params=PANELS, ids=lambda panel: f"{panel.diagonal_inches}-{panel.width}")
def press(request: pytest.FixtureRequest) -> Press:
    return Press(request.param, measure, 0)


def rows(press: Press, step: int = 0) -> list[Sheet]:
    old = revision(1, Heading("时间"), Paragraph(OLD), LIST, Paragraph("已经作废的一段。"))
    new = revision(2, Heading("时间"), Paragraph(NEW), msgspec.structs.replace(LIST, rows=ROWS))
    view = page(held(old, new, AtChanges("n")))
    assert isinstance(view, ChangesView)
    keys = press.panel.width / 2 if press.panel.landscape else 0
    head, found = annex_page(replace(press, text_step=step), view, press.panel.width, keys)
    return [head, *found]


@pytest.mark.parametrize("step", [0, 1, 2])
def test_no_line_is_cut_off_or_too_small(press: Press, step: int) -> None:
    for sheet in rows(press, step):
        for word in words(sheet.marks):
            assert word.x >= 0
            assert word.x + word.width <= sheet.width + 1, word
            assert word.y + word.height <= sheet.height + 1, word
            assert word.size >= TEXT_MM * press.panel.pixels_per_mm - 1


def test_what_differs_is_marked_by_a_line_too(press: Press) -> None:
    for sheet in rows(press):
        coloured = [
            word for word in sheet.marks if isinstance(word, Words) and word.colour in {RED, GREEN}
        ]
        strokes = [mark for mark in sheet.marks if isinstance(mark, Stroke)]
        for word in coloured:
            assert any(abs(stroke.points[0] - word.x) < 1 for stroke in strokes), word


def test_both_revisions_can_be_read_whole(press: Press) -> None:
    drawn = [word for sheet in rows(press) for word in words(sheet.marks)]
    half = press.panel.width / 2
    lying = press.panel.landscape

    left = "".join(word.text for word in drawn if not lying or word.x < half)
    right = "".join(word.text for word in drawn if not lying or word.x >= half)

    assert OLD in left
    assert NEW in right
    assert {"改了", "加了", "去掉了"} <= {word.text for word in drawn}


def test_reading_finds_changed_paragraph_and_rows(press: Press) -> None:
    found = {(hold.block, hold.row) for sheet in rows(press) for hold in sheet.holds}

    assert {(1, -1), (2, 1), (2, 3)} <= found


def test_no_page_ends_in_the_middle_of_a_line(press: Press) -> None:
    sheets = rows(press)[1:]
    pages = paginate(sheets, 600)

    edges = {0.0}
    for sheet in sheets:
        edges.add(round(max(edges) + sheet.height, 3))
    assert {round(start, 3) for start in pages.starts} <= edges
