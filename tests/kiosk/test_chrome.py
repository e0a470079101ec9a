"""The bars around every page, and the question whether somebody is still there."""

from datetime import timedelta

import pytest

from kiosk.intentions import Stay
from kiosk.present.chrome import Health, status_line, stay, stay_sounds, top_bar
from tests.support.scene import NOW, SAY

AT_WORK = Health(updated=NOW, help_alive=True, help_works=True, help_tested=NOW)


def test_clock_that_is_wrong_for_certain_shows_no_date() -> None:
    assert top_bar(SAY, None, "广场", NOW, wrong=True).day == "时钟未校准"
    assert top_bar(SAY, None, "广场", NOW).day == "11月23日 星期一 9:05"


@pytest.mark.parametrize(
    ("health", "light", "words"),
    [
        (AT_WORK, "good", "今天 9:05 已更新"),
        (Health(updated=NOW, help_alive=False), "bad", "求助线路：不通"),
        (Health(help_alive=True), "bad", "还没有收到公示"),
        (Health(updated=NOW - timedelta(days=1), help_alive=True), "care", "昨天 9:05 已更新"),
        (Health(updated=NOW, help_alive=True, help_works=True, help_tested=NOW, sound=False), "care", "没有声音"),
        (Health(updated=NOW, help_alive=True, help_works=True, help_tested=NOW, clock_trusted=False), "care", "时钟未校准"),
        (Health(updated=NOW, help_alive=True, help_works=False, help_tested=NOW), "bad", "求助线路：今天测试不通"),
        (Health(updated=NOW, help_alive=True, help_works=False, help_fault="按钮卡住了"), "bad", "求助线路：按钮卡住了"),
    ],
)  # fmt: skip
def test_status_line_says_every_trouble(health: Health, light: str, words: str) -> None:
    line = status_line(SAY, health, "0933-0000000", NOW)

    assert line.light == light
    assert words in line.parts


def test_somebody_is_asked_before_the_idle_board_comes_back() -> None:
    asked = stay(SAY, 20)

    assert (asked.question, asked.words, asked.label) == (
        "还要看吗？",
        "20 秒后回到公示轮播",
        "继续看",
    )
    assert asked.intention == Stay()
    assert stay_sounds(asked).startswith("hai2 yao4 kan4 ma5？ er4 shi2 miao3 hou4")
