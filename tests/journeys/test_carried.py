"""From the office to the square in somebody's pocket: a FAT stick, then the real window."""

from pathlib import Path

import msgspec
import pytest

from sync.attempt import Attempts
from sync.blobs import Blobs
from sync.feed.pull import Card
from sync.feed.stick import find_feed, villages_on
from sync.office import Outcome
from sync.records import Outcome as Ending
from sync.store import Store
from tests.support.office import VILLAGE, OfficeInMemory, new_signers, notice
from tests.support.square import (
    WATER_CORRECTED_FILE,
    WATER_TITLE,
    Square,
    VillageOffice,
    open_status,
    touch,
)
from tests.support.stick import MISSING_TOOLS, FatStick, PulledStick

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(MISSING_TOOLS, reason="mtools are not installed: no FAT image can be made"),
]


def exported(office: VillageOffice, tmp_path: Path) -> Path:
    """Return the folder that the office exports to; its computer's stick."""
    folder = tmp_path / "office-stick"
    folder.mkdir(exist_ok=True)
    office.office.export(folder)
    return folder


def test_stick_brings_the_board_to_a_square_without_network(
    square: Square, office: VillageOffice, tmp_path: Path
) -> None:
    stick = FatStick(tmp_path / "stick.img")
    stick.put(exported(office, tmp_path) / "sunboard", "sunboard")

    with square.window() as window:
        window.wait_for_text("还没有收到公示")
        before = window.text()
        taken = square.take(stick.read_out(tmp_path / "plugged-in"))
        window.wait_for_text("可以拔下 U 盘了：收到新公示")
        window.wait_for_text("点一下屏幕")
        window.wait_for(lambda: WATER_TITLE in window.labels(), "the notice's turn")
        touch(window, WATER_TITLE, "notice")
        shown = window.text()

    assert taken.status == 0
    assert "管理员：请插入办公室给的 U 盘" in before
    assert "因主管道更换阀门" in shown


def test_stick_of_several_villages_gives_each_its_own(
    square: Square, office: VillageOffice, tmp_path: Path
) -> None:
    neighbours = OfficeInMemory(
        village=msgspec.structs.replace(VILLAGE, id="hongyan", name="红岩村（示例）"),
        signers=new_signers(),
    )
    neighbours.publish(notice("红岩村放电影"))
    neighbours.write_to(tmp_path / "neighbours")
    stick = FatStick(tmp_path / "stick.img")
    stick.put(exported(office, tmp_path) / "sunboard", "sunboard")
    stick.put(tmp_path / "neighbours", "sunboard/hongyan")
    carried = stick.read_out(tmp_path / "plugged-in")

    taken = square.take(carried)
    with square.window() as window:
        window.wait_for_screen("idle")
        touch(window, window.labels()[-1], "notice")
        touch(window, "首页", "home")
        home = window.text()

    assert villages_on(carried) == ("hongyan", "qingshi")
    assert taken.status == 0
    assert WATER_TITLE in home
    assert "红岩村" not in home


def test_stick_pulled_half_way_keeps_yesterdays_board_on_the_window(
    square: Square, office: VillageOffice, tmp_path: Path
) -> None:
    square.take(exported(office, tmp_path))
    office.correct("water", WATER_CORRECTED_FILE, "恢复供水时间提前到下午 4:00")
    office.hand_in("人居环境整治情况.md", "cleaning", "affairs")
    assert office.seal() is Outcome.PUBLISHED
    stick = exported(office, tmp_path)

    with square.window() as window:
        window.wait_for_screen("idle")
        touch(window, WATER_TITLE, "notice")
        # 20 kB: past the metadata and the index, in the middle of the new notices.
        ending = pull_half_way(square, find_feed(stick, "qingshi"), 20_000)
        open_status(window)
        window.wait_for_text("怎么办：")
        status = window.text()
        touch(window, "返回", "notice")
        yesterday = window.text()
        taken = square.take(stick)
        window.wait_for_text("4:00。如提前完工")

    assert ending is Ending.UNAVAILABLE
    assert "U 盘上取不到公示" in status
    assert "U 盘可以再插一次" in status
    assert "6:00。如提前完工" in yesterday
    assert taken.status == 0


def pull_half_way(square: Square, feed: Path, after: int) -> Ending:
    """Import from a stick that is gone after so many bytes."""
    store = Store(square.data / "sunboard.db")
    card = Card(store, Blobs(square.data), square.village, square.anchor.read_bytes(), 24)
    attempts = Attempts(card, square.data)
    try:
        with attempts.lock(patience=5.0) as mine:
            assert mine
            return attempts.sync(PulledStick(feed, after)).outcome
    finally:
        store.close()
