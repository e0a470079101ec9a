"""The real screen under the hands of people who see badly, sit low or have gone away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.board import card_with
from tests.support.office import OfficeInMemory
from tests.support.sound import BYTES_A_SECOND, TimedCard
from tests.support.window import Display, Window, display, kiosk, settings_file

WIDTH, HEIGHT = 1080, 1920
REACH = 1_049  # px: 520 mm of a 43-inch panel


@pytest.fixture(scope="module")
def screen() -> Iterator[Display]:
    with display(WIDTH, HEIGHT) as shown:
        yield shown


@pytest.fixture
def loudspeaker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TimedCard]:
    card = TimedCard(tmp_path)
    for name, value in card.environment.items():
        monkeypatch.setenv(name, value)
    yield card
    card.close()


def settings(tmp_path: Path, fonts: Path, office: OfficeInMemory, *, idle_seconds: int) -> Path:
    data = card_with(tmp_path / "data", office)
    (data / "fonts").symlink_to(fonts)
    return settings_file(
        tmp_path, data, office.anchor, width=WIDTH, height=HEIGHT, diagonal_inches=43.0,
        idle_seconds=idle_seconds,
    )  # fmt: skip


@pytest.fixture
def window(
    screen: Display, fonts: Path, office: OfficeInMemory, tmp_path: Path
) -> Iterator[Window]:
    with kiosk(
        screen, settings(tmp_path, fonts, office, idle_seconds=300), tmp_path / "log"
    ) as opened:
        opened.wait_for_screen("idle")
        opened.tap_at(WIDTH // 2, HEIGHT // 2)
        opened.tap("首页")
        opened.wait_for_screen("home")
        yield opened


def above(window: Window) -> str:
    """Return the words from the top, without their spaces."""
    return window.text().replace(" ", "")


def highest(window: Window) -> int:
    """Return how high up, in px from the lower edge, anything can be touched but the caretaker's bars."""
    spots = window.sight()["touches"]
    return HEIGHT - min(spot["y"] for spot in spots if spot["label"] != "本机状态")


def test_person_in_a_wheelchair_reaches_a_notice_by_low_touches_alone(window: Window) -> None:
    assert highest(window) > REACH

    window.tap("放低")
    window.wait_for(lambda: "升高" in window.labels(), "everything brought down")
    heights = [highest(window)]
    window.tap("下一页")
    window.tap("重大项目决策")
    window.wait_for_screen("list")
    heights.append(highest(window))
    window.tap("村道硬化工程竣工结算")
    window.wait_for_screen("notice")
    heights.append(highest(window))
    window.tap("下一页")
    window.tap("升高")
    window.wait_for(lambda: "放低" in window.labels(), "everything up again")

    assert max(heights) <= REACH


def test_largest_text_leaves_every_category_a_touch_away(window: Window) -> None:
    window.tap("字大")
    window.tap("字大")
    window.wait_for(lambda: "字小" in window.labels(), "the largest text")
    window.tap("放低")
    window.wait_for(lambda: "第 1 页" in window.text(), "pages")
    seen = set(window.labels())
    while "下一页" in window.labels():
        before = window.text()
        window.tap("下一页")
        window.wait_for(lambda before=before: window.text() != before, "the next page")
        seen |= set(window.labels())

    assert {
        "财务收支",
        "分红明细",
        "低保特困评定",
        "危房改造",
        "村规民约修订",
        "重大项目决策",
    } <= seen
    window.tap("首页")
    window.wait_for(lambda: "第 1 页" in window.text(), "the first page again")


def test_home_is_read_to_the_last_class(loudspeaker: TimedCard, window: Window) -> None:
    window.tap("放低")
    window.wait_for(lambda: "升高" in window.labels(), "everything brought down")

    window.tap("朗读")

    # What is heard stands above in large words.
    for words in ("分类查看", "财务收支，1条在公示", "村级事务，3条在公示"):
        window.wait_for(lambda words=words: above(window).startswith(words), words)
    window.wait_for(lambda: "朗读" in window.labels(), "the end of the reading")
    assert len(loudspeaker.heard) > 6 * BYTES_A_SECOND


def test_question_is_not_asked_into_a_reading_that_only_rests(
    loudspeaker: TimedCard, screen: Display, fonts: Path, office: OfficeInMemory, tmp_path: Path
) -> None:
    path = settings(tmp_path, fonts, office, idle_seconds=30)
    with kiosk(screen, path, tmp_path / "log") as window:
        window.wait_for_screen("idle")
        window.tap_at(WIDTH // 2, HEIGHT // 2)
        window.wait_for_screen("notice")
        window.tap("朗读")
        loudspeaker.wait_until_heard(1)
        window.tap("暂停")
        window.wait_for(lambda: "继续" in window.labels(), "the pause")
        loudspeaker.wait_until_silent(len(loudspeaker.starts))
        heard = len(loudspeaker.starts)

        window.wait_for_text("还要看吗？")
        window.tap("继续")

        loudspeaker.wait_until_heard(heard + 1)
        window.wait_for(lambda: "暂停" in window.labels(), "the reading again")
        assert "还要看吗？" not in window.text()


def test_whoever_has_gone_is_asked_aloud_before_the_board_comes_back(
    loudspeaker: TimedCard, screen: Display, fonts: Path, office: OfficeInMemory, tmp_path: Path
) -> None:
    path = settings(tmp_path, fonts, office, idle_seconds=30)
    with kiosk(screen, path, tmp_path / "log") as window:
        window.wait_for_screen("idle")
        window.tap_at(WIDTH // 2, HEIGHT // 2)
        window.wait_for_screen("notice")
        window.tap("字大")
        window.tap("放低")

        window.wait_for_text("还要看吗？")
        loudspeaker.wait_until_heard(1)
        window.tap("继续看")  # which is silence as well
        window.wait_for(lambda: "还要看吗？" not in window.text(), "the end of the question")
        stayed = window.sight()["screen"], "升高" in window.labels()

        window.wait_for_text("还要看吗？")
        window.wait_for_screen("idle")
        window.tap_at(WIDTH // 2, HEIGHT // 2)
        window.wait_for_screen("notice")

        assert stayed == ("notice", True)
        assert "放低" in window.labels()  # the next person finds everything as usual
        assert len(loudspeaker.starts) == 2


def test_help_page_is_heard_again_and_nobody_there_is_asked_whether_they_read_on(
    loudspeaker: TimedCard, screen: Display, fonts: Path, office: OfficeInMemory, tmp_path: Path
) -> None:
    path = settings(tmp_path, fonts, office, idle_seconds=30)
    with kiosk(screen, path, tmp_path / "log") as window:
        window.wait_for_screen("idle")
        window.tap_at(WIDTH // 2, HEIGHT // 2)
        window.wait_for_screen("notice")
        window.tap("求助")
        window.wait_for_text("求助发不出去")

        window.tap("朗读")
        loudspeaker.wait_until_heard(2)
        window.tap("回到公示")  # which is silence as well
        window.wait_for_screen("notice")
        loudspeaker.wait_until_silent(len(loudspeaker.starts))
        heard = len(loudspeaker.starts)
        window.tap("求助")
        window.wait_for_screen("help")

        window.wait_for_screen("idle", patience=45)

        assert len(loudspeaker.starts) == heard
