"""A trembling hand on the glass: two touches for one wish, on every kind of key."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.board import card_with
from tests.support.office import OfficeInMemory
from tests.support.window import Display, Window, kiosk, settings_file

LIST = "2026年第四季度低保评定名单公示"
GAPS = (60, 150, 250, 400)  # ms


@pytest.fixture
def window(
    screen: Display, fonts: Path, office: OfficeInMemory, tmp_path: Path
) -> Iterator[Window]:
    data = card_with(tmp_path / "data", office)
    (data / "fonts").symlink_to(fonts)
    settings = settings_file(tmp_path, data, office.anchor, width=1080, height=1920)
    with kiosk(screen, settings, tmp_path / "log") as opened:
        opened.wait_for_screen("idle")
        opened.tap_at(540, 900)
        opened.tap("首页")
        opened.wait_for_screen("home")
        yield opened


@pytest.mark.parametrize("gap", GAPS)
def test_trembling_touch_goes_one_step_back(window: Window, gap: int) -> None:
    window.tap("惠农政策")
    window.tap(LIST)
    window.wait_for_screen("notice")

    window.tremble_at(*window.middle("返回"), gap)
    window.wait_for_screen("list")
    window.tap("放低")  # what is told after that was seen after both touches
    window.wait_for(lambda: "升高" in window.labels(), "everything brought down")

    assert window.sight()["screen"] == "list"


def test_trembling_touch_makes_the_text_one_step_larger(window: Window) -> None:
    window.tremble_at(*window.middle("字大"), 150)
    window.tap("返回")  # what is told after that was seen after both touches

    assert "字大" in window.labels()  # at the largest it says 字小


def test_same_letter_is_typed_as_quickly_as_the_finger_goes(window: Window) -> None:
    window.tap("查找公示和姓名")
    window.wait_for_screen("search")

    window.tremble_at(*window.middle("W"), 120, touches=3)

    window.wait_for_text("WWW")
