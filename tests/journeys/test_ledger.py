"""Somebody looks through the accounts: only the expenses, one entry aloud, larger letters."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests.support.sound import TimedCard
from tests.support.square import LEDGER_TITLE, Square, picture, touch
from tests.support.window import Window

pytestmark = pytest.mark.journey

HIGHLIGHT = (0xFF, 0xE5, 0x98)


@pytest.fixture
def loudspeaker(tmp_path: Path) -> Iterator[TimedCard]:
    card = TimedCard(tmp_path)
    yield card
    card.close()


def lit(window: Window) -> tuple[int, int] | None:
    """Return the upper and lower edge of what is marked, None where nothing is."""
    shown = picture(window)
    away = ImageChops.difference(shown, Image.new("RGB", shown.size, HIGHLIGHT)).convert("L")
    box = away.point(lambda value: 0 if value else 255).getbbox()
    return (box[1], box[3]) if box else None


def open_accounts(window: Window) -> None:
    window.wait_for_screen("idle")
    window.tap_at(540, 600)
    window.wait_for(lambda: "首页" in window.labels(), "the keys")
    touch(window, "首页", "home")
    touch(window, "财务收支", "list")
    touch(window, LEDGER_TITLE, "notice")
    touch(window, "看 46 笔明细", "ledger")


INCOME, EXPENSE = "收村部屋顶光伏 10 月发电收益", "支付 10 月村部电费"
LATER = "支付村道硬化工程竣工结算款"


def test_only_the_expenses_are_shown_and_all_again(square: Square) -> None:
    square.sync()

    with square.window() as window:
        open_accounts(window)
        assert INCOME in window.labels()
        window.tap("只看支出")
        window.wait_for(lambda: INCOME not in window.labels(), "no income any more")
        sifted = window.text()
        first = EXPENSE in window.labels()
        window.tap("全部")
        window.wait_for(lambda: INCOME in window.labels(), "all entries")

    assert first
    assert "只看支出：" in sifted
    assert "合计" in sifted


def test_entry_that_is_touched_is_marked_and_heard_and_the_next_one_instead(
    square: Square, loudspeaker: TimedCard
) -> None:
    square.sync()

    with square.window(loudspeaker.environment) as window:
        open_accounts(window)
        window.tap(INCOME)
        loudspeaker.wait_until_heard(1)
        window.wait_for(lambda: lit(window) is not None, "the entry's mark")
        first = lit(window)
        window.tap(EXPENSE)
        loudspeaker.wait_until_silent(1)
        loudspeaker.wait_until_heard(2)
        window.wait_for(lambda: lit(window) not in (None, first), "the next entry's mark")
        loudspeaker.wait_until_silent(2, seconds=30)
        window.wait_for(lambda: "朗读" in window.labels(), "the end of the reading")
        window.wait_for(lambda: lit(window) is not None, "the mark that stays")
        place = window.sight()["screen"]

    assert place == "ledger"


def test_entry_that_is_looked_at_stays_when_the_letters_grow(square: Square) -> None:
    square.sync()

    with square.window() as window:
        open_accounts(window)
        while LATER not in window.labels():
            before = window.text()
            window.tap("下一页")
            window.wait_for(lambda before=before: window.text() != before, "the next page")
        window.tap(LATER)
        window.wait_for(lambda: lit(window) is not None, "the entry's mark")
        for _ in range(2):
            before = window.text()
            window.tap("字大")
            window.wait_for(lambda before=before: window.text() != before, "larger letters")
        still = LATER in window.labels()
        mark = lit(window)

    assert still
    assert mark


def test_voucher_of_an_entry_has_a_key_of_its_own(square: Square) -> None:
    square.sync()

    with square.window() as window:
        open_accounts(window)
        while "看凭证照片" not in window.labels():
            before = window.text()
            window.tap("下一页")
            window.wait_for(lambda before=before: window.text() != before, "the next page")
        touch(window, "看凭证照片", "picture")
        touch(window, "返回", "ledger")
        assert "看凭证照片" in window.labels()
