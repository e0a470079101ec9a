"""From the office's own files to the villager's eyes, over the network."""

from pathlib import Path

import pytest
from PIL import ImageColor

from kiosk.present.wording import expense, money
from kiosk.ui.theme import BLUE, RED
from sync.ledger import Ledger
from sync.notices import Party
from sync.office import Outcome
from tests.support.server import Server, serving
from tests.support.square import (
    LEDGER_FILE,
    LEDGER_PHOTOS,
    LEDGER_TITLE,
    ROAD_FILE,
    ROAD_TITLE,
    WATER_CORRECTED_FILE,
    WATER_FILE,
    WATER_TITLE,
    Square,
    VillageOffice,
    ink,
    picture,
    touch,
)

pytestmark = pytest.mark.journey


def test_files_are_sealed_served_and_read_by_touch(
    new_office: VillageOffice, tmp_path: Path
) -> None:
    accounts = new_office.hand_in(LEDGER_FILE, "accounts", "accounts", *LEDGER_PHOTOS)
    new_office.hand_in(ROAD_FILE, "road", "projects")
    new_office.hand_in(WATER_FILE, "water", "affairs")
    assert new_office.seal(Party.COMMITTEE) is Outcome.WAITING
    assert new_office.seal(Party.SUPERVISOR) is Outcome.PUBLISHED

    with serving(new_office.office.feed) as web:
        square = Square(tmp_path / "kiosk", new_office.office.anchor, [web.url])
        synced = square.sync()
    with square.window() as window:
        window.wait_for_screen("idle")
        touch(window, WATER_TITLE, "notice")  # urgent: its turn is the first
        water = window.text()
        touch(window, "首页", "home")
        touch(window, "财务收支", "list")
        touch(window, LEDGER_TITLE, "notice")
        summary = window.text()
        ledger = next(block for block in accounts.blocks if isinstance(block, Ledger))
        touch(window, f"看 {len(ledger.rows)} 笔明细", "ledger")
        entries = window.text()
        touch(window, "首页", "home")
        touch(window, "重大项目决策", "list")
        touch(window, ROAD_TITLE, "notice")
        report = window.text()

    assert synced.status == 0
    assert "new, 3 notices" in synced.said
    assert "因主管道更换阀门" in water
    for amount in (money(ledger.opening), money(ledger.income), money(ledger.closing)):
        assert amount in summary
    assert expense(ledger.expense) in summary
    first, second = ledger.rows[:2]
    assert first.item.replace(" ", "") in entries.replace(" ", "")  # a line may break there
    assert money(first.income) in entries
    assert f"凭证 {second.voucher}" in entries
    assert expense(second.expense) in entries
    assert "青石村一组至四组村道硬化工程于 2026 年" in report


@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (1920, 1080)])
def test_what_the_kiosk_tells_is_really_drawn(square: Square, width: int, height: int) -> None:
    square.width, square.height = width, height
    square.sync()

    with square.window() as window:
        window.wait_for_screen("idle")
        idle = picture(window)
        touch(window, WATER_TITLE, "notice")
        key = next(spot for spot in window.sight()["touches"] if spot["label"] == "朗读")
        notice = picture(window)

    assert idle.size == notice.size == (width, height)
    assert 0.01 < ink(idle) < 0.5
    assert 0.01 < ink(notice) < 0.5
    assert idle.getpixel((5, 5)) == notice.getpixel((5, 5)) == ImageColor.getrgb(RED)
    assert notice.getpixel((key["x"] + 20, key["y"] + key["height"] // 2)) == ImageColor.getrgb(
        BLUE
    )


def test_correction_and_withdrawal_appear_in_the_open_window(
    square: Square, office: VillageOffice, web: Server
) -> None:
    square.sync()

    with square.window() as window:
        window.wait_for_screen("idle")
        touch(window, WATER_TITLE, "notice")
        window.wait_for_text("6:00。如提前完工")

        office.correct("water", WATER_CORRECTED_FILE, "恢复供水时间提前到下午 4:00")
        assert office.seal() is Outcome.PUBLISHED
        square.sync()
        window.wait_for_text("4:00。如提前完工")
        corrected = window.text()

        office.office.withdraw("water", reason="施工改期，另行通知")
        assert office.seal() is Outcome.PUBLISHED
        square.sync()
        window.wait_for_text("已于 ")
        withdrawn = window.text()
        touch(window, "首页", "home")
        touch(window, "村级事务", "list")
        listed = window.text()

    assert "更正公示：更正第 1 版。原因：恢复供水时间提前到下午 4:00" in corrected
    assert "6:00。如提前完工" not in corrected
    assert "撤回。原因：施工改期，另行通知" in withdrawn
    assert "撤回：施工改期，另行通知" in listed
    assert listed.index(ROAD_TITLE) != listed.index(WATER_TITLE)
