"""A kiosk without a clock chip: whatever year it wakes up in, nothing comes down."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.square import LEDGER_TITLE, ROAD_TITLE, WATER_TITLE, Square, open_status, touch

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("clock", ["1970-01-01T00:00:20+00:00", "2040-06-01T08:00:00+08:00"])
def test_wrong_clock_takes_nothing_down_and_is_named(square: Square, clock: str) -> None:
    square.sync()

    with square.window_at(clock) as window:
        window.wait_for(lambda: WATER_TITLE in window.labels(), "the board")
        touch(window, WATER_TITLE, "notice")
        touch(window, "首页", "home")
        home = window.text()
        touch(window, "全部 3 条", "list")
        touches = window.labels()
        open_status(window)
        window.wait_for_text("时钟：")
        status = window.text()

    assert {WATER_TITLE, LEDGER_TITLE, ROAD_TITLE} <= set(touches)
    assert "时钟未校准" in home
    assert "时钟：未校准，校准之前不撤下任何公示" in status
    assert "3 条在公示" in status


def test_clock_that_jumps_back_and_forth_takes_nothing_down_and_is_told(square: Square) -> None:
    square.sync()
    now = datetime.now(UTC) + timedelta(minutes=1)
    right, later = f"{now.isoformat()} kept", (now + timedelta(days=20)).isoformat()
    all_titles = {WATER_TITLE, LEDGER_TITLE, ROAD_TITLE}

    with square.window_at(right) as window:
        window.wait_for(lambda: WATER_TITLE in window.labels(), "the board")
        touch(window, WATER_TITLE, "notice")
        touch(window, "首页", "home")
        touch(window, "全部 3 条", "list")
        assert "时钟未校准" not in window.text()
        for wrong in (later, "1970-01-01T00:00:20+00:00", f"{later} kept"):
            square.set_clock(wrong)
            window.wait_for_text("时钟未校准")
            assert all_titles <= set(window.labels())
            assert not re.search(r"星期.", window.text())  # no date is better than a wrong one
            square.set_clock(right)
            window.wait_for(lambda: "时钟未校准" not in window.text(), "the right clock")
        open_status(window)
        window.wait_for_text("起时钟可信")
        status = window.text()

    assert "时钟：已由网络校准" in status
    assert "时钟从 " in status
    assert "3 条在公示" in status
