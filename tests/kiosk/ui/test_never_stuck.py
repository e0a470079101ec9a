"""Whatever breaks, people stand before the board, can call for help, and systemd hears how it is."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sync.feed.layout import ref_of
from sync.notices import Picture, Table
from tests.support.board import card_with, photo, village_office, written
from tests.support.sound import TimedCard
from tests.support.square import open_status
from tests.support.window import Display, Window, kiosk, settings_file

LIST = "2026年第四季度低保评定名单公示"
WRONG = "Wrong: no such letter"
Open = Callable[..., AbstractContextManager[Window]]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def troubled(screen: Display, fonts: Path, tmp_path: Path, log: Path) -> Open:
    office = village_office(datetime.now(UTC).date())
    data = card_with(tmp_path / "data", office)
    (data / "fonts").symlink_to(fonts)
    settings = settings_file(tmp_path, data, office.anchor, width=1080, height=1920)

    def opened(trouble: str, **environment: str) -> AbstractContextManager[Window]:
        program = ("tests.support.troubled", trouble)
        return kiosk(screen, settings, log, program=program, environment=environment)

    return opened


def told(log: Path, words: str) -> int:
    return log.read_text(encoding="utf-8").count(words)


def hear_for_ever(systemd: socket.socket) -> None:
    while systemd.recv(100):
        pass


def to_home(window: Window) -> None:
    window.tap_at(540, 900)
    window.tap("首页")
    window.wait_for_screen("home")


def to_list(window: Window) -> None:
    to_home(window)
    window.tap("低保特困评定")


@pytest.mark.parametrize("trouble", ["notice_page", "present", "letters"])
def test_notice_that_cannot_be_drawn_is_set_aside_and_the_others_stay(
    troubled: Open, log: Path, trouble: str
) -> None:
    with troubled(trouble) as window:
        to_list(window)
        window.tap(LIST)
        window.wait_for_screen("home")
        window.wait_for(lambda: LIST not in window.text(), "a home page without it")
        window.tap("财务收支")
        window.wait_for_screen("list")

    assert told(log, WRONG) == 1


def test_sealed_notice_that_makes_no_sense_is_set_aside_and_named_to_the_caretaker(
    screen: Display, fonts: Path, tmp_path: Path, log: Path
) -> None:
    """Nobody's program has been broken here: this is what two seals can vouch for."""
    office = village_office(datetime.now(UTC).date())
    hostile = {
        "ragged": Table(("户主", "金额"), (("张三",), ("李四", "1.00"))),
        "columns": Table((), ((),)),
        "flat": Picture(ref_of(photo()), 0, 0, "没有宽度"),
    }
    today = office.now.date()
    office.publish(
        *(written(f"怪公示 {name}", block, id=name, category="zdxm", posted=today)
          for name, block in hostile.items())
    )  # fmt: skip
    data = card_with(tmp_path / "data", office)
    (data / "fonts").symlink_to(fonts)
    settings = settings_file(tmp_path, data, office.anchor, width=1080, height=1920)

    with kiosk(screen, settings, log) as window:
        to_home(window)
        for name in hostile:
            window.wait_for(
                lambda: window.sight()["screen"] == "home" and "重大项目决策" in window.labels(),
                "home",
            )
            window.tap("重大项目决策")
            window.wait_for_screen("list")
            if f"怪公示 {name}" in window.labels():  # it may have had its turn on the board
                window.tap(f"怪公示 {name}")
                window.wait_for_screen("home")
            else:
                window.tap("首页")
        open_status(window)

        for name in hostile:
            window.wait_for_text(f"{name} (1)")


def test_home_page_that_cannot_be_drawn_gives_way_to_the_board(troubled: Open, log: Path) -> None:
    with troubled("home_page") as window:
        for _ in range(2):
            window.tap_at(540, 900)
            window.wait_for_screen("notice")
            window.tap("首页")
            window.wait_for_screen("idle")
            window.wait_for_text("这一页现在打不开")

    assert told(log, WRONG) == 1


def test_screen_that_cannot_be_built_gives_way_to_the_board(troubled: Open, log: Path) -> None:
    with troubled("list_screen") as window:
        to_list(window)
        window.wait_for_screen("idle")

    assert told(log, WRONG) == 1


def test_board_that_cannot_be_drawn_says_so_and_help_is_at_hand(troubled: Open) -> None:
    with troubled("idle_board") as window:
        window.wait_for_text("本机的公示画不出来")
        window.tap("求助")
        window.wait_for_screen("help")


def test_notices_stand_without_the_bars_that_cannot_be_drawn(troubled: Open, log: Path) -> None:
    with troubled("bars") as window:
        window.wait_for_screen("idle")
        to_list(window)
        window.wait_for_screen("list")

    assert told(log, WRONG) == 2


def test_help_page_comes_in_plainer_words_if_it_must(troubled: Open) -> None:
    with troubled("help_names") as window:
        window.key("h")
        window.wait_for_screen("help")
        window.wait_for_text("求助线路不通")
        window.tap("回到公示")
        window.wait_for_screen("idle")


def test_touch_that_raises_leads_to_the_board_and_five_in_a_minute_start_anew(
    troubled: Open, log: Path
) -> None:
    with troubled("touch") as window:
        for number in range(1, 5):
            window.tap_at(540, 900)
            window.wait_for(lambda: "字大" in window.labels(), "the notice")
            window.tap("字大")
            window.wait_for(lambda n=number: told(log, WRONG) == n, "the mishap")
            window.wait_for_screen("idle")
        window.tap_at(540, 900)
        window.tap("字大")

        assert window.process.wait(20) == 1  # systemd restarts it: Restart=always

    assert told(log, "the screen is started anew") == 1


def test_mishap_while_looking_round_does_not_stop_looking_round(troubled: Open, log: Path) -> None:
    with troubled("look") as window:
        window.process.send_signal(signal.SIGUSR1)
        window.wait_for(lambda: told(log, WRONG) == 1, "the mishap")
        beat = Path(log.parent / "run" / "help.beat")

        window.tap_at(540, 900)
        window.wait_for_screen("notice")
        window.wait_for_text("求助线路：不通")
        beat.write_text("1e18", encoding="ascii")  # nothing that a clock would say
        window.key("h")
        window.wait_for_screen("help")


@pytest.mark.parametrize("trouble", ["stalled_drawing", "stalled_card"])
def test_watchdog_hears_nothing_more_once_drawing_or_card_stand_still(
    troubled: Open, tmp_path: Path, trouble: str
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(20)
        with troubled(
            trouble, NOTIFY_SOCKET=str(tmp_path / "notify"), WATCHDOG_USEC="1500000"
        ) as window:
            heard = {systemd.recv(100) for _ in range(6)}
            assert heard == {b"READY=1", b"WATCHDOG=1"}

            window.process.send_signal(signal.SIGUSR1)
            # Ten times what is between two beats, and more than a card may take.
            systemd.settimeout(5)

            with pytest.raises(TimeoutError):
                hear_for_ever(systemd)

            os.kill(window.process.pid, 0)  # it lives: only its beat is gone
            window.process.kill()


def children(process: int) -> set[int]:
    """Return the processes that a process has started and that still run, and theirs."""
    found: set[int] = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
            if int(parent) == process and state != "Z":
                found |= {int(stat.parent.name), *children(int(stat.parent.name))}
    return found


def test_program_that_is_told_to_end_while_it_reads_leaves_nothing_behind(
    screen: Display, fonts: Path, tmp_path: Path, log: Path
) -> None:
    office = village_office(datetime.now(UTC).date())
    data = card_with(tmp_path / "data", office)
    (data / "fonts").symlink_to(fonts)
    settings = settings_file(tmp_path, data, office.anchor, width=1080, height=1920)
    loudspeaker = TimedCard(tmp_path)
    try:
        with kiosk(screen, settings, log, environment=loudspeaker.environment) as window:
            window.wait_for_screen("idle")
            window.tap_at(540, 900)
            window.tap("朗读")
            loudspeaker.wait_until_heard(1)
            started = children(window.process.pid)

            window.process.terminate()
            before = time.monotonic()
            ended = window.process.wait(10)
            seconds = time.monotonic() - before
    finally:
        loudspeaker.close()

    assert len(started) >= 2  # the voice's worker and aplay
    assert (ended, seconds < 1.0) == (0, True), seconds
    assert not any(Path(f"/proc/{one}").exists() for one in started)
    assert "Traceback" not in log.read_text(encoding="utf-8")


def test_missing_font_is_told_in_a_sentence(screen: Display, tmp_path: Path) -> None:
    data = card_with(tmp_path / "data", village_office(datetime.now(UTC).date()))
    settings = settings_file(tmp_path, data, b"{}", width=1080, height=1920)

    done = subprocess.run(
        [sys.executable, "-m", "tests.support.troubled", "no_fonts", "--settings", str(settings)],
        env=os.environ | screen.environment, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert "找不到中文字体" in done.stderr
    assert "apt-get install fonts-noto-cjk" in done.stderr
    assert "Traceback" not in done.stderr
