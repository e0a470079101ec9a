"""Somebody who can't read presses 朗读: what the loudspeaker says, what is lit, and how it is made to stop."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests.support.sound import BYTES_A_SECOND, TimedCard, measure
from tests.support.square import LEDGER_TITLE, WATER_TITLE, Square, open_status, picture, touch
from tests.support.window import Window

pytestmark = pytest.mark.journey

HIGHLIGHT = (0xFF, 0xE5, 0x98)
SPEECH = (0.04, 0.3)  # root mean square of espeak's voice


@pytest.fixture
def loudspeaker(tmp_path: Path) -> Iterator[TimedCard]:
    card = TimedCard(tmp_path)
    yield card
    card.close()


def lit(window: Window) -> tuple[int, int, int, int] | None:
    """Return the box of what is highlighted, None where nothing is."""
    shown = picture(window)
    away = ImageChops.difference(shown, Image.new("RGB", shown.size, HIGHLIGHT)).convert("L")
    return away.point(lambda value: 0 if value else 255).getbbox()


def changed(window: Window, before: object) -> Callable[[], bool]:
    return lambda: lit(window) not in (None, before)


def test_notice_is_heard_followed_with_the_eyes_and_stopped_by_a_touch(
    square: Square, loudspeaker: TimedCard
) -> None:
    square.sync()

    with square.window(loudspeaker.environment) as window:
        window.wait_for_screen("idle")
        touch(window, WATER_TITLE, "notice")
        window.tap("朗读")
        loudspeaker.wait_until_heard(1)
        window.wait_for(changed(window, None), "the first sentence's light")
        first = lit(window)
        window.wait_for(changed(window, first), "the second sentence's light")
        second = lit(window)
        window.wait_for(lambda: len(loudspeaker.heard) > BYTES_A_SECOND, "a second of sound")
        sounds = len(loudspeaker.starts)
        window.tap_at(square.width // 2, square.height // 4)
        loudspeaker.wait_until_silent(sounds)
        window.wait_for(lambda: lit(window) is None, "the end of the light")
        window.wait_for(lambda: "朗读" in window.labels(), "the key to begin again")
        screen = window.sight()["screen"]

    assert SPEECH[0] < measure(bytes(loudspeaker.heard[:BYTES_A_SECOND])).loudness < SPEECH[1]
    assert first
    assert second
    assert first[1] < second[1]  # from the title down to the text
    assert len(loudspeaker.starts) == len(loudspeaker.ends) == sounds
    assert screen == "notice"


def test_key_that_ends_the_reading_does_what_it_says(
    square: Square, loudspeaker: TimedCard
) -> None:
    """The keys of the voice go with it, and everything below moves: not under the finger."""
    square.sync()

    with square.window(loudspeaker.environment) as window:
        window.wait_for_screen("idle")
        touch(window, WATER_TITLE, "notice")
        touch(window, "首页", "home")
        window.tap("朗读")
        loudspeaker.wait_until_heard(1)
        window.wait_for(lambda: "暂停" in window.labels(), "the keys of the voice")
        touch(window, "重大项目决策", "list")
        sounds = len(loudspeaker.starts)
        loudspeaker.wait_until_silent(sounds)
        listed = window.text()

    assert "重大项目决策" in listed
    assert "村道硬化" in listed


def test_page_key_that_ends_the_reading_turns_the_page(
    square: Square, loudspeaker: TimedCard
) -> None:
    """Without the keys of the voice a page is longer: the next one is the next of those."""
    square.sync()

    with square.window(loudspeaker.environment) as window:
        window.wait_for_screen("idle")
        touch(window, WATER_TITLE, "notice")
        touch(window, "首页", "home")
        touch(window, LEDGER_TITLE, "notice")
        touch(window, "看 46 笔明细", "ledger")
        window.tap("朗读")
        loudspeaker.wait_until_heard(1)
        window.wait_for(lambda: "暂停" in window.labels(), "the keys of the voice")
        window.tap("下一页")
        window.wait_for(lambda: "暂停" not in window.labels(), "the end of the reading")
        window.wait_for(lambda: "2 / " in window.text(), "the second page")


def test_status_page_is_read_to_a_caretaker_who_reads_badly(
    square: Square, loudspeaker: TimedCard
) -> None:
    square.sync()

    with square.window(loudspeaker.environment) as window:
        window.wait_for_screen("idle")
        touch(window, WATER_TITLE, "notice")
        open_status(window)
        window.tap("朗读")
        window.wait_for(lambda: len(loudspeaker.heard) > 2 * BYTES_A_SECOND, "its words")
        window.tap("停止")
        window.wait_for(lambda: "朗读" in window.labels(), "the key as before")


def test_kiosk_without_a_sound_card_says_so_and_goes_on(square: Square, tmp_path: Path) -> None:
    square.sync()
    nothing = tmp_path / "no-card.conf"
    nothing.write_text("# a machine without a sound card\n")

    with square.window({"ALSA_CONFIG_PATH": str(nothing)}) as window:
        window.wait_for_screen("idle")
        touch(window, WATER_TITLE, "notice")
        window.tap("朗读")
        window.wait_for_text("没有声音")
        window.wait_for(lambda: "朗读" in window.labels(), "the key to try again")
        touch(window, "首页", "home")
        open_status(window)
        window.wait_for_text("没有声音：喇叭或声卡没有反应")
