"""Somebody needs a person: the touch, the countdown, the message that arrives, and honest words when none can."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.robots import Robot, robot
from tests.support.sound import FileCard
from tests.support.square import Square, touch
from tests.support.window import Window

pytestmark = pytest.mark.journey

HOTLINE = "0933-0000000"


@contextmanager
def somebody_reads(
    square: Square, tmp_path: Path, cadre: Robot
) -> Iterator[tuple[subprocess.Popen[bytes], Window]]:
    """Open a notice on a kiosk that would call this cadre; yield kiosk-help and the window."""
    square.sync()
    silence = FileCard(tmp_path).environment
    square.contacts = {"村干部值班室": cadre.url}
    with square.help(silence) as process, square.window(silence) as window:
        window.wait_for_screen("idle")
        touch(window, window.labels()[-1], "notice")
        yield process, window


def test_call_is_taken_back_and_the_next_one_goes_out(square: Square, tmp_path: Path) -> None:
    with robot() as cadre, somebody_reads(square, tmp_path, cadre) as (_, window):
        touch(window, "求助", "help")
        window.wait_for_text("秒后发出求助")
        counting = window.text()
        touch(window, "取消", "help")
        window.wait_for_text("求助已取消")
        touch(window, "回到公示", "notice")
        taken_back = cadre.calls()

        touch(window, "求助", "help")
        window.wait_for_text("秒后发出求助")
        message = cadre.wait_for("求助")  # left alone: a person who has fallen can't confirm
        window.wait_for_text("已送达，还没有人看到")
        sent = window.text()

    assert "不用做任何事" in counting
    assert taken_back == []
    assert len(cadre.calls()) == 1
    assert "青石村广场" in message
    assert "已送到：村干部值班室" in sent
    for number in ("120", "110", HOTLINE):
        assert number in counting
        assert number in sent


def test_dead_help_line_says_so_and_gives_the_numbers(square: Square, tmp_path: Path) -> None:
    with robot() as cadre, somebody_reads(square, tmp_path, cadre) as (process, window):
        process.kill()
        window.wait_for_text("求助线路：不通")
        touch(window, "求助", "help")
        window.wait_for_text("求助发不出去")
        said = window.text()
        touch(window, "回到公示", "notice")

    assert "求助线路不通，没有通知到任何人。" in said
    assert "请打下面的电话。" in said
    for number in ("120", "110", HOTLINE):
        assert number in said


def test_countdown_without_anybody_to_send_it_does_not_stay(square: Square, tmp_path: Path) -> None:
    with robot() as cadre, somebody_reads(square, tmp_path, cadre) as (process, window):
        touch(window, "求助", "help")
        window.wait_for_text("秒后发出求助")
        process.kill()
        window.wait_for_text("求助发不出去")
        said = window.text()

    assert cadre.calls() == []
    assert "请打下面的电话。" in said
    assert HOTLINE in said


def test_answer_that_nobody_waits_for_any_more_is_not_promised(
    square: Square, tmp_path: Path
) -> None:
    with robot() as cadre, somebody_reads(square, tmp_path, cadre) as (process, window):
        touch(window, "求助", "help")
        window.wait_for_text("已送达，还没有人看到")
        process.kill()
        window.wait_for_text("还没有人回应")
        said = window.text()

    assert "请打下面的电话。" in said


def test_call_that_reaches_nobody_is_not_called_sent(square: Square, tmp_path: Path) -> None:
    with robot(behaviour="broken") as cadre, somebody_reads(square, tmp_path, cadre) as (_, window):
        touch(window, "求助", "help")
        window.wait_for_text("暂时联系不上人")
        said = window.text()

    assert "已送" not in said
    assert "请打下面的电话。" in said
    assert HOTLINE in said


def test_open_call_stands_on_every_page_and_is_ended_by_who_has_come(
    square: Square, tmp_path: Path
) -> None:
    """A kiosk without a button: nobody could say that help is there."""
    with robot() as cadre, somebody_reads(square, tmp_path, cadre) as (_, window):
        touch(window, "求助", "help")
        window.wait_for_text("已送达，还没有人看到")
        touch(window, "回到公示", "notice")
        touch(window, "首页", "home")
        touch(window, "求助进行中：已送达，还没有人看到", "help")

        window.tap("有人来了，按住两秒结束")
        brief = window.text()
        window.hold("有人来了，按住两秒结束", seconds=2.5)
        window.wait_for_text("求助已结束")
        told = cadre.wait_for("现场已有人照看")
        touch(window, "回到公示", "home")
        ended = window.text()

    assert "已送达" in brief
    assert told
    assert "求助进行中" not in ended
