"""Tables in narrow places: what must never be broken isn't."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ui.panel import Panel
from kiosk.ui.sheets.body import table_rows
from kiosk.ui.sheets.columns import shared
from kiosk.ui.sheets.ink import Words
from kiosk.ui.sheets.press import Press

BILL = (
    ("序号", "项目", "单位", "数量", "单价（元）", "金额（元）"),
    (
        ("1", "路基整平压实", "平方米", "1,860", "12.50", "23,250.00"),
        ("2", "C25 混凝土路面（18 厘米）", "平方米", "1,860", "98.00", "182,280.00"),
        ("", "合计", "", "", "", "268,450.00"),
    ),
)


def measure(size: int, bold: bool, character: str) -> float:
    return size * (0.56 if character.isascii() else 1.0)


@pytest.mark.parametrize("text_step", [0, 1, 2])
@pytest.mark.parametrize("inches", [21.5, 32.0, 43.0])
def test_no_amount_is_broken_on_any_panel_at_any_size(inches: float, text_step: int) -> None:
    press = Press(Panel(1080, 1920, inches), measure, text_step)
    header, rows = BILL

    sheets = table_rows(press, header, rows, (False,) * 6, 984)

    drawn = {mark.text for sheet in sheets for mark in sheet.marks if isinstance(mark, Words)}
    assert {"23,250.00", "182,280.00", "268,450.00", "1,860", "98.00"} <= drawn
    assert all(sheet.width == pytest.approx(984) for sheet in sheets)


needs = st.lists(
    st.tuples(st.floats(1, 200), st.floats(0, 800)).map(lambda pair: (pair[0], sum(pair))),
    min_size=1,
    max_size=9,
)


@given(needs, st.floats(0, 900))
def test_room_is_shared_to_the_last_pixel_and_nobody_gets_too_little(
    needs: list[tuple[float, float]], more: float
) -> None:
    least, wanted = zip(*needs, strict=True)
    room = sum(least) + more

    given_ = shared(least, wanted, room)

    assert sum(given_) == pytest.approx(room)
    assert all(got >= few - 0.01 for got, few in zip(given_, least, strict=True))
