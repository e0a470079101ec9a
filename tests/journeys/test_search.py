"""Am I in the list? A villager types her own letters; the list is the office's spreadsheet."""

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from sync.office import Outcome
from tests.support.server import serving
from tests.support.square import Square, VillageOffice, picture, touch

pytestmark = pytest.mark.journey

LIST_FILE = "低保特困评定名单.xlsx"
HIGHLIGHT = (0xFF, 0xE5, 0x98)


def test_villager_finds_her_own_row_though_her_name_is_masked(
    new_office: VillageOffice, tmp_path: Path
) -> None:
    new_office.hand_in(LIST_FILE, "allowance", "allowance")
    assert new_office.seal() is Outcome.PUBLISHED
    with serving(new_office.office.feed) as web:
        square = Square(tmp_path / "kiosk", new_office.office.anchor, [web.url])
        square.sync()

    with square.window() as window:
        window.wait_for_screen("idle")
        window.tap_at(square.width // 2, square.height // 2)
        window.wait_for_screen("notice")
        touch(window, "首页", "home")
        touch(window, "查找公示和姓名", "search")
        for letter in "HXE":  # 胡秀娥, as she knows herself
            window.tap(letter)
        window.wait_for_text("HXE")
        touch(window, "胡*娥 · 三组", "notice")
        window.wait_for(lambda: _lit(picture(window)) is not None, "the row in its light")
        shown = picture(window)
        box = _lit(shown)
        found = window.text()

    assert box is not None
    assert box[3] - box[1] < square.height // 10  # one row, not the list
    assert max(shown.getpixel((box[0] - 2, (box[1] + box[3]) // 2))) < 80  # framed in ink too
    assert "胡*娥" in found


def _lit(shown: Image.Image) -> tuple[int, int, int, int] | None:
    away = ImageChops.difference(shown, Image.new("RGB", shown.size, HIGHLIGHT)).convert("L")
    return away.point(lambda value: 0 if value else 255).getbbox()
