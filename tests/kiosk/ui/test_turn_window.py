"""The idle board in a real window: a turn that somebody holds, and lets go again."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.turns import LONGEST
from tests.support.board import card_with
from tests.support.office import OfficeInMemory
from tests.support.window import Display, Window, kiosk, settings_file

TURN = 5  # s


@pytest.fixture
def window(
    screen: Display, fonts: Path, office: OfficeInMemory, tmp_path: Path
) -> Iterator[Window]:
    data = card_with(tmp_path / "data", office)
    (data / "fonts").symlink_to(fonts)
    settings = settings_file(
        tmp_path, data, office.anchor, width=1080, height=1920, turn_seconds=TURN
    )
    with kiosk(screen, settings, tmp_path / "log") as opened:
        opened.wait_for_screen("idle")
        yield opened


def title(window: Window) -> str:
    """Return the notice whose turn it is: the label of the board itself."""
    return str(window.labels()[-1])


def test_turn_is_held_by_a_key_and_goes_on_by_the_same(window: Window) -> None:
    window.tap("停住这条")
    window.wait_for_text("这一条停住 3 分钟")
    held, until = title(window), time.monotonic() + TURN * LONGEST + 2
    passed: list[str] = []

    def is_over() -> bool:
        passed.append(title(window))
        return time.monotonic() > until

    window.wait_for(is_over, "more than the longest turn")
    window.tap("继续轮播")
    window.wait_for(lambda: title(window) != held, "the next turn")

    assert set(passed) == {held}
    assert "停住这条" in window.labels()


def test_held_notice_opens_by_a_touch_as_ever(window: Window) -> None:
    window.tap("停住这条")
    window.wait_for_text("这一条停住 3 分钟")
    held = title(window)

    window.tap(held)
    window.wait_for_screen("notice")

    assert held in window.text()
