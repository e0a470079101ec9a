"""What must never reach the window: a board with one seal, and anything that somebody changed on the way."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sync.notices import Party
from sync.office import Outcome
from tests.support.server import serving
from tests.support.square import (
    WATER_CORRECTED_FILE,
    WATER_TITLE,
    Square,
    VillageOffice,
    open_status,
    touch,
)

pytestmark = pytest.mark.journey

YESTERDAY = "6:00。如提前完工"


def test_one_seal_shows_nothing_at_all(new_office: VillageOffice, tmp_path: Path) -> None:
    new_office.hand_in_three()
    assert new_office.seal(Party.COMMITTEE) is Outcome.WAITING

    with serving(new_office.office.feed) as web:
        square = Square(tmp_path / "kiosk", new_office.office.anchor, [web.url])
        synced = square.sync()
    with square.window() as window:
        window.wait_for_text("还没有收到公示")
        shown = window.text()

    assert synced.status == 1
    assert WATER_TITLE not in shown
    assert "已盖章" not in shown


def test_one_seal_leaves_the_board_as_both_sealed_it(square: Square, office: VillageOffice) -> None:
    square.sync()
    office.correct("water", WATER_CORRECTED_FILE, "恢复供水时间提前到下午 4:00")
    assert office.seal(Party.SUPERVISOR) is Outcome.WAITING

    synced = square.sync()
    with square.window() as window:
        window.wait_for_screen("idle")
        touch(window, WATER_TITLE, "notice")
        shown = window.text()

    assert synced.status == 0
    assert YESTERDAY in shown
    assert "更正" not in shown


def flip(path: Path) -> None:
    """Change one bit in the middle of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x01
    path.write_bytes(data)


def newest(folder: Path, pattern: str) -> Path:
    return max(folder.glob(pattern), key=lambda path: (path.stat().st_mtime_ns, path.name))


def change_notice(feed: Path) -> None:
    """Another hour in the notice, as somebody would who hates its author."""
    for path in feed.glob("blobs/??/*"):
        data = path.read_bytes()
        if b'"revision":2' in data:
            path.write_bytes(data.replace(b"4:00", b"9:00"))


def change_index(feed: Path) -> None:
    flip(newest(feed, "targets/notices/*.index.json"))


def change_metadata(feed: Path) -> None:
    """Another length in what the two seals sign."""
    path = newest(feed, "metadata/*.notices.json")
    data = path.read_bytes()
    last = re.search(rb'"length": ?\d*(\d)', data)
    assert last
    other = b"7" if last[1] != b"7" else b"8"
    path.write_bytes(data[: last.start(1)] + other + data[last.end(1) :])


def change_signature(feed: Path) -> None:
    path = feed / "metadata/timestamp.json"
    data = path.read_bytes()
    signature = json.loads(data)["signatures"][0]["sig"].encode()
    path.write_bytes(data.replace(signature, signature[::-1]))


@pytest.mark.parametrize("change", [change_notice, change_index, change_metadata, change_signature])
def test_what_was_changed_on_the_server_is_refused_and_explained(
    square: Square, office: VillageOffice, change: Callable[[Path], None]
) -> None:
    square.sync()
    office.correct("water", WATER_CORRECTED_FILE, "恢复供水时间提前到下午 4:00")
    assert office.seal() is Outcome.PUBLISHED
    change(office.office.feed)

    with square.window() as window:
        window.wait_for_screen("idle")
        touch(window, WATER_TITLE, "notice")
        synced = square.sync()
        open_status(window)
        window.wait_for_text("拒绝：印章或签名核对不上")
        status = window.text()
        touch(window, "返回", "notice")
        shown = window.text()

    assert synced.status == 1
    assert "怎么办：不要再用这个 U 盘或网址，请联系村务办公室。" in status
    assert YESTERDAY in shown
    assert "青石村村务监督委员会已审核盖章" in shown
