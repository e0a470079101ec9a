"""The real program in a real window: what stood there is in the log, and nothing else."""

import hashlib
import signal
import time
from datetime import date
from pathlib import Path

import pytest

from kiosk.evidence.memory import remembered
from kiosk.evidence.records import Event, Minute, Record, Seen
from tests.support.board import card_with
from tests.support.evidence import Cabinet
from tests.support.office import OfficeInMemory
from tests.support.window import Display, Window, kiosk, settings_file

TURN = 5.0  # s


@pytest.fixture
def cabinet(office: OfficeInMemory, fonts: Path, tmp_path: Path) -> Cabinet:
    data = card_with(tmp_path / "data", office)
    (data / "fonts").symlink_to(fonts)
    return Cabinet(data)


def opened(cabinet: Cabinet, office: OfficeInMemory, **screen: object) -> Path:
    folder = cabinet.data.parent
    return settings_file(
        folder, cabinet.data, office.anchor, width=1080, height=1920, turn_seconds=5, **screen
    )


def boot_seconds() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def next_turn(window: Window) -> float:
    """Wait until another notice stands on the idle board; return when that was seen."""
    before = window.labels()[-1]
    window.wait_for(lambda: window.labels()[-1:] not in ([before], []), "the next turn")
    return boot_seconds()


def records(cabinet: Cabinet) -> list[Record]:
    return list(cabinet.read().records())


def seen(cabinet: Cabinet) -> list[tuple[float, float, Seen]]:
    """Return every interval in seconds of the boot."""
    minutes = [one for one in records(cabinet) if isinstance(one, Minute)]
    return [(m.at + one.start, m.at + one.end, one) for m in minutes for one in m.seen]


def test_notice_that_stands_for_its_turn_is_in_the_log_with_its_seconds(
    screen: Display, office: OfficeInMemory, cabinet: Cabinet, tmp_path: Path
) -> None:
    with kiosk(screen, opened(cabinet, office), tmp_path / "log") as window:
        window.wait_for_screen("idle")
        came = next_turn(window)
        went = next_turn(window)

    intervals = seen(cabinet)
    (stood,) = [one for one in intervals if abs(one[0] - came) < 1.0]
    start, end, what = stood
    pictures = [one for one in records(cabinet) if isinstance(one, Event) and one.what == "picture"]
    notice, revision, sha256 = pictures[0].detail.split()
    picture = cabinet.data / "evidence/pictures" / f"{notice}.{revision}.jpg"

    assert what.turn
    assert what.screen == "idle"
    assert abs((end - start) - (went - came)) < 0.7
    assert {one.notice for _, _, one in intervals} <= {
        "water",
        "road",
        "finance",
        "medical",
        "rules",
        "benefits",
    }
    assert hashlib.sha256(picture.read_bytes()).hexdigest() == sha256
    assert cabinet.read().find_break() is None
    assert date.min < remembered(cabinet.data / "evidence").since < date.max  # for the next start
    assert [one.what for one in records(cabinet) if isinstance(one, Event)][-1] == "stop"


def test_frozen_loop_help_page_and_home_are_no_evidence(
    screen: Display, office: OfficeInMemory, cabinet: Cabinet, tmp_path: Path
) -> None:
    with kiosk(screen, opened(cabinet, office), tmp_path / "log") as window:
        window.wait_for_screen("idle")
        stopped = boot_seconds()
        window.process.send_signal(signal.SIGSTOP)
        window.wait_for(lambda: boot_seconds() - stopped > 4, "four seconds")
        window.process.send_signal(signal.SIGCONT)
        went_on = boot_seconds()
        next_turn(window)
        window.tap_at(540, 900)
        window.wait_for_screen("notice")
        opened_page = boot_seconds()
        window.wait_for(lambda: boot_seconds() - opened_page > 1, "a second")
        window.tap("首页")
        window.wait_for_screen("home")
        home = boot_seconds()
        window.wait_for(lambda: boot_seconds() - home > 1, "a second")
        window.key("h")
        window.wait_for_screen("help")
        called = boot_seconds()
        window.wait_for(lambda: boot_seconds() - called > 1, "a second")

    intervals = seen(cabinet)

    assert all(end <= stopped + 0.6 or start >= went_on - 0.1 for start, end, _ in intervals)
    assert any(start >= went_on - 0.1 for start, _, _ in intervals)
    assert max(end for _, end, _ in intervals) <= home + 0.3
    assert "notice" in {one.screen for start, _, one in intervals if start > opened_page - 1}
