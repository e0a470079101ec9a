"""How a ledger lies on its panels: rows in sight, keys apart, and the row that is looked at stays."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import msgspec
import pytest

from kiosk.intentions import Choose, Open, Sift
from kiosk.places import AtLedger, AtNotice
from kiosk.present.ledger import LedgerView
from kiosk.present.notice import NoticeView
from kiosk.scene import page
from kiosk.ui.panel import GAP_MM, TARGET_MM, Panel
from kiosk.ui.sheets.body import notice_rows, text_rows
from kiosk.ui.sheets.entries import entries
from kiosk.ui.sheets.ink import Fill, Sheet
from kiosk.ui.sheets.ledger import ledger_page, sift_bar
from kiosk.ui.sheets.pages import NOT_STICKY, Sticky, paginate, passage_at, top_of
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.sheets.strip import SIDE_UNITS
from sync.ledger import Ledger, Row
from tests.kiosk.test_ledger_page import accounts, at, month
from tests.kiosk.ui.test_sheets import distance, panel, press, room, words
from tests.support.board import largest_ledger, ledger, written
from tests.support.scene import posting, scene
from tests.support.type import measure

__all__ = ["panel", "press"]


LANDSCAPE = Press(Panel(1920, 1080, 32.0), measure)


def width(press: Press) -> float:
    return press.panel.width - (press.panel.units(SIDE_UNITS) if press.panel.landscape else 0)


def book(count: int = 12, *, photos: bool = False) -> LedgerView:
    found = ledger(2026, 11, entries=count, photo="a" * 64)
    if photos:
        rows = tuple(with_photo(row) for row in found.rows)
        found = msgspec.structs.replace(found, rows=rows)
    return at(AtLedger("a", 0), accounts(found, "a"))


def with_photo(row: Row) -> Row:
    return msgspec.structs.replace(row, photos=("a" * 64,))


@pytest.mark.parametrize("photos", [False, True], ids=["plain", "vouchers"])
def test_low_panel_shows_four_entries_below_the_head(*, photos: bool) -> None:
    press, view = LANDSCAPE, book(photos=photos)
    bar = sift_bar(press, view.keys, width(press))

    _, rows, top = ledger_page(press, view, entries(press, view, width(press)), width(press))
    pages = paginate(rows, room(press) - bar.height, sticky=top)

    tops, down = [], 0.0
    for row in rows:
        if any(isinstance(touch.intention, Choose) for touch in row.touches):
            tops.append(down + row.height)
        down += row.height
    assert sum(low <= pages.ends[0] for low in tops) >= 4


def test_every_entry_is_touched_apart_from_its_voucher_and_its_neighbours(press: Press) -> None:
    view = book(photos=True)
    least, gap = (mm * press.panel.pixels_per_mm - 1 for mm in (TARGET_MM, GAP_MM))

    rows = entries(press, view, width(press)).rows

    for row in rows:
        chooses, opens = row.touches
        assert isinstance(chooses.intention, Choose)
        assert isinstance(opens.intention, Open)
        assert min(chooses.width, chooses.height, opens.width, opens.height) >= least
        assert distance(chooses, opens) >= gap
        low = max(touch.y + touch.height for touch in row.touches)
        assert row.height - low + min(touch.y for touch in row.touches) >= gap


def test_months_are_drawn_whole_on_every_panel(press: Press) -> None:
    debt = month(9, closing=-month(9).closing)
    view = at(AtLedger("a", 0, only="months"), accounts(month(10), "a"), accounts(debt))

    names, rows, top = ledger_page(press, view, entries(press, view, width(press)), width(press))

    assert (names.height, top) == (0, NOT_STICKY)
    for row in rows:
        for word in words(row.marks):
            assert word.x >= 0
            assert word.x + word.width <= row.width + 1
            assert word.y + word.height <= row.height + 1


def test_sift_keys_are_large_enough_and_stay_above_the_strip(press: Press) -> None:
    view = at(AtLedger("a", 0), accounts(month(10), "a"), accounts(month(9)))
    bar = sift_bar(press, view.keys, width(press))

    assert [touch.intention for touch in bar.touches] == [
        Sift("all"), Sift("income"), Sift("expense"), Sift("months"),
    ]  # fmt: skip
    assert min(touch.height for touch in bar.touches) >= TARGET_MM * press.panel.pixels_per_mm - 1
    assert bar.height < room(press) / 3


def test_entry_that_is_looked_at_is_found_again_in_larger_text(panel: Panel) -> None:
    small, large = Press(panel, measure, 0), Press(panel, measure, 2)
    view = book(60)

    def laid(press: Press) -> tuple[tuple[Sheet, ...], Sticky]:
        _, rows, top = ledger_page(press, view, entries(press, view, width(press)), width(press))
        return rows, top

    rows, top = laid(small)
    pages = paginate(rows, 600, sticky=top)
    seen = passage_at(rows, pages.starts[3], sticky=top)
    assert seen is not None
    larger, top = laid(large)
    again = paginate(larger, 600, sticky=top)
    number = again.holding(top_of(larger, seen) or 0)

    assert again.starts[number] <= (top_of(larger, seen) or 0) < again.ends[number]
    assert number > 3


def test_sentence_that_is_read_is_found_again_in_larger_text(panel: Panel) -> None:
    text = "第一条　村民应当爱护公共设施，保持门前整洁。" * 60
    small, large = (
        text_rows(Press(panel, measure, step), text, 900, Style("body"), 3) for step in (0, 2)
    )

    seen = passage_at(small, paginate(small, 600).starts[2])
    assert seen is not None
    down = top_of(large, seen)

    assert down is not None
    found = passage_at(large, down)
    assert found is not None
    assert found.start <= seen.start < found.end


def test_what_is_not_there_any_more_is_not_found() -> None:
    rows = text_rows(LANDSCAPE, "停水通知。", 900, Style("body"), 3)
    other = text_rows(LANDSCAPE, "停水通知。", 900, Style("body"), 4)

    assert top_of(other, rows[0].holds[0]) is None
    assert passage_at(rows, 10_000) is None


def test_ledger_of_strange_entries_is_drawn_whole(press: Press) -> None:
    widest = Decimal("999999999999.99")
    row = Row(
        date(2026, 11, 1), "超长事项" * 50, "转账凭证" * 12, "欧阳示例" * 10, widest, Decimal("0.00"), widest, "备注" * 90
    )  # fmt: skip
    found = Ledger(
        date(2026, 11, 1),
        date(2026, 11, 30),
        Decimal("0.00"),
        (row,),
        widest,
        Decimal("0.00"),
        widest,
    )
    empty = msgspec.structs.replace(found, rows=(), income=Decimal("0.00"), closing=Decimal("0.00"))

    for each in (found, empty):
        view = at(AtLedger("a", 0), accounts(each, "a"))
        for sheet in ledger_page(press, view, entries(press, view, width(press)), width(press))[1]:
            for word in words(sheet.marks):
                assert word.x >= 0
                assert word.x + word.width <= sheet.width + 1, word
                assert word.y + word.height <= sheet.height + 1, word
        sift_bar(press, view.keys, width(press))


def test_totals_stay_within_their_boxes_whatever_they_come_to(press: Press) -> None:
    shown = page(scene(posting(written("转让", largest_ledger(), id="a")), place=AtNotice("a")))
    assert isinstance(shown, NoticeView)

    rows = notice_rows(press, shown, width(press), room(press))

    amounts = 0
    for row in rows:
        boxes = [mark for mark in row.marks if isinstance(mark, Fill)]
        for word in words(row.marks):
            if word.text.endswith("999,999,999,999.99"):
                amounts += 1
                assert any(
                    box.x <= word.x and word.x + word.width <= box.x + box.width for box in boxes
                ), word
    assert amounts == 4


@pytest.mark.parametrize("step", [0, 1, 2])
def test_a_rule_stands_between_two_totals_that_would_read_as_one(step: int) -> None:
    press = Press(Panel(1080, 1920, 21.5), measure, step)
    view = book()

    head = ledger_page(press, view, entries(press, view, press.panel.width), press.panel.width)[1]

    (totals,) = [
        row
        for row in head
        if {one.amount for one in view.totals} <= {w.text for w in words(row.marks)}
    ]
    figures = [w for w in words(totals.marks) if w.text in {one.amount for one in view.totals}]
    rules = [mark for mark in totals.marks if isinstance(mark, Fill) and mark.width < 4]
    for one, other in pairwise(sorted(figures, key=lambda word: (word.y, word.x))):
        if one.y == other.y:
            assert any(one.x + one.width <= rule.x <= other.x for rule in rules)


def test_totals_stand_on_one_line_below_labels_of_any_length() -> None:
    press = Press(Panel(1080, 1920, 21.5), measure)
    view = book()
    labels = ("Opening balance", "Income", "Expense", "Closing balance")
    totals = tuple(replace(one, label=word) for one, word in zip(view.totals, labels, strict=True))
    view = replace(view, totals=totals)

    head = ledger_page(press, view, entries(press, view, press.panel.width), press.panel.width)[1]

    amounts = [one.amount for one in totals]
    assert len({word.y for row in head for word in words(row.marks) if word.text in amounts}) == 1
    assert any(word.text == "Opening" for row in head for word in words(row.marks))
