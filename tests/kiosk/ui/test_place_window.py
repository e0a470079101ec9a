"""A reader in the middle of a long notice, in a real window, asks for larger letters."""

import re

from tests.support.window import Window

LONG = "青石村村规民约（2026年修订）"


def articles(window: Window) -> list[int]:
    """Return the numbers of the articles that begin in sight."""
    return sorted(int(number) for number in re.findall(r"第([0-9]+)条", window.text()))


def press(window: Window, key: str) -> None:
    before = window.text()
    window.tap(key)
    window.wait_for(lambda: window.text() != before, f"a change after {key}")


def test_what_is_read_stays_in_sight_when_letters_grow_and_comes_back_when_they_shrink(
    window: Window,
) -> None:
    window.tap_at(540, 900)
    window.tap("首页")
    window.tap("村规民约修订")
    window.tap(LONG)
    window.wait_for_screen("notice")
    press(window, "下一页")
    press(window, "下一页")
    before = articles(window)
    first = before[0]

    press(window, "字大")
    larger = articles(window)
    press(window, "字大")
    largest = articles(window)
    press(window, "字小")

    assert first > 4
    assert {first, first - 1} & set(larger)
    assert {first, first - 1} & set(largest)
    assert articles(window) == before
