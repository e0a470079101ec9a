"""A villager at one notice in a real window: a wide table, an enlarged scan, a photo that never came."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from sync.feed.layout import ref_of
from sync.notices import Correction, Notice, Paragraph, Picture, Table
from tests.kiosk.ui.test_records import HEADER, ROWS
from tests.support.board import card_with, photo, village_office, written
from tests.support.office import OfficeInMemory
from tests.support.window import Display, Window, kiosk, settings_file

TODAY = datetime.now(UTC).date()
GREEN, PURPLE, SKY = (20, 140, 60), (120, 40, 160), (155, 183, 201)


def scan() -> bytes:
    """Return a page whose upper left quarter is green and whose lower right one is purple."""
    page = Image.new("RGB", (1_400, 2_000), "#fdfdfd")
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, 700, 1_000), fill=GREEN)
    draw.rectangle((700, 1_000, 1_400, 2_000), fill=PURPLE)
    data = BytesIO()
    page.save(data, "PNG")
    return data.getvalue()


SCAN, LOST = scan(), photo(1_500, 1_100)


@pytest.fixture
def office() -> OfficeInMemory:
    office = village_office(TODAY)
    office.publish(
        written("补贴发放明细", Table(HEADER, ROWS), id="wide", category="hmzj", posted=TODAY),
        written(
            "护林员选聘公示",
            Paragraph("扫描件见下。"),
            Picture(ref_of(SCAN), 1_400, 2_000, "扫描件"),
            Picture(ref_of(LOST), 1_500, 1_100, "现场照片"),
            id="scan",
            category="cgmy",
            posted=TODAY,
        ),
        blobs=(SCAN, LOST),
    )
    office.publish(power_cut(25))
    return office


def power_cut(day: int, **changes: object) -> Notice:
    blocks = Paragraph(f"线路检修，11月{day}日8:00停电。"), Paragraph("请关好电器。")
    return written("停电通知", *blocks, id="power", category="zdxm", posted=TODAY, **changes)


@pytest.fixture
def window(
    screen: Display, fonts: Path, office: OfficeInMemory, tmp_path: Path
) -> Iterator[Window]:
    card_with(tmp_path / "data", office)
    office.publish(power_cut(26, revision=2, corrects=Correction(1, "日期写错")))
    data = card_with(tmp_path / "data", office)
    (data / "fonts").symlink_to(fonts)
    next(data.rglob(ref_of(LOST).sha256)).unlink()
    settings = settings_file(tmp_path, data, office.anchor, width=1080, height=1920)
    with kiosk(screen, settings, tmp_path / "log") as opened:
        opened.wait_for_screen("idle")
        opened.tap_at(540, 900)
        opened.wait_for_screen("notice")
        opened.tap("首页")
        yield opened


def go(window: Window, category: str, title: str) -> None:
    window.tap(category)
    window.wait_for_screen("list")
    window.tap(title)
    window.wait_for_screen("notice")


def turn_to(window: Window, found: Callable[[], bool]) -> None:
    while not found():
        before = window.text()
        window.tap("下一页")
        window.wait_for(lambda before=before: window.text() != before, "the next page")


def share(window: Window, colour: tuple[int, int, int]) -> float:
    """Return which part of the glass has this colour."""
    shown = window.display.picture()
    near = sum(
        count
        for count, found in shown.getcolors(1 << 22) or []
        if max(abs(a - b) for a, b in zip(found, colour, strict=True)) < 10
    )
    return near / (shown.width * shown.height)


def test_every_row_of_a_wide_table_is_a_card_with_its_figures_whole(window: Window) -> None:
    go(window, "惠民资金发放", "补贴发放明细")

    window.wait_for_text("户主姓名")
    window.wait_for(
        lambda: {"王小军", "1,224.95"} <= set(window.sight()["words"]), "the first card"
    )
    turn_to(window, lambda: "合计" in window.sight()["words"])

    assert {"1,969.80", "1,969.75"} <= set(window.sight()["words"])


def test_scan_is_enlarged_and_moved_by_single_taps(window: Window) -> None:
    go(window, "村规民约修订", "护林员选聘公示")
    window.tap("扫描件")
    window.wait_for_screen("picture")
    window.wait_for(
        lambda: share(window, GREEN) > 0.09 and share(window, PURPLE) > 0.09, "the scan"
    )
    assert "缩小" not in window.labels()

    for _ in range(3):
        window.tap("放大")
    window.wait_for(lambda: "放大" not in window.labels(), "the largest step")
    while "左" in window.labels() or "上" in window.labels():
        before = window.labels()
        window.tap("左" if "左" in before else "上")
        window.wait_for(lambda: share(window, GREEN) > 0, "the scan")

    window.wait_for(lambda: share(window, GREEN) > 0.4, "the upper left corner alone")
    assert share(window, PURPLE) == 0
    window.tap("返回")
    window.wait_for_screen("notice")


def test_scan_follows_a_finger_and_a_tap_enlarges_it_where_it_is(window: Window) -> None:
    go(window, "村规民约修订", "护林员选聘公示")
    window.tap("扫描件")
    window.wait_for_screen("picture")
    window.wait_for(lambda: share(window, GREEN) > 0.09, "the scan")
    whole = share(window, GREEN)

    window.tap_at(460, 500)  # inside the green quarter
    window.wait_for(lambda: share(window, GREEN) > whole * 1.5, "the tapped part")
    window.wait_for(lambda: "缩小" in window.labels(), "the key back")
    window.tap("放大")
    window.wait_for(lambda: "左" in window.labels(), "more on the left")
    purple = share(window, PURPLE)
    window.display.run("xdotool", "mousemove", "540", "900", "mousedown", "1")
    finger = iter(range(900, 200, -20))

    def dragged() -> bool:
        window.display.run("xdotool", "mousemove", "400", str(next(finger)))
        return share(window, PURPLE) > purple * 2

    window.wait_for(dragged, "what is further down")
    window.display.run("xdotool", "mouseup", "1")
    assert share(window, PURPLE) > purple * 2


def test_page_that_a_finger_dragged_comes_to_rest_where_a_key_turns_to(window: Window) -> None:
    go(window, "惠民资金发放", "补贴发放明细")

    def on_page(number: int) -> bool:
        return any(word.startswith(f"{number} / ") for word in window.sight()["words"])

    window.wait_for(lambda: on_page(1), "the first page")
    by_keys = []
    for number in (2, 3):
        window.tap("下一页")
        window.wait_for(lambda number=number: on_page(number), "the next page")
        by_keys.append(window.sight()["words"])
    for number in (2, 1):
        window.tap("上一页")
        window.wait_for(lambda number=number: on_page(number), "the page before")

    window.display.run("xdotool", "mousemove", "540", "1100", "mousedown", "1")
    for y in range(1100, 260, -40):
        window.display.run("xdotool", "mousemove", "540", str(y))
    window.display.run("xdotool", "mouseup", "1")

    window.wait_for(lambda: window.sight()["words"] in by_keys, "a page as the keys show it")


def test_photo_that_never_came_is_said_in_its_place_till_an_update_brings_it(
    window: Window, office: OfficeInMemory, tmp_path: Path
) -> None:
    go(window, "村规民约修订", "护林员选聘公示")
    turn_to(window, lambda: "现场照片" in window.labels())
    window.wait_for_text("这张照片没有收到，下次更新会补上。")

    card_with(tmp_path / "data", office)

    window.wait_for(lambda: share(window, SKY) > 0.05, "the photo")
    assert "没有收到" not in window.text()


def test_corrected_notice_shows_what_it_said_before(window: Window) -> None:
    go(window, "重大项目决策", "停电通知")

    window.tap("看改了什么")
    window.wait_for_screen("changes")

    seen = window.sight()["words"]
    assert "更正原因：日期写错" in seen
    assert seen.count("原来") == seen.count("现在") == 1
    assert {"25", "26"} <= set(seen)
    assert "请关好电器。" not in window.text()
    window.tap("返回")
    window.wait_for_screen("notice")


def test_seals_beside_the_entries_of_a_ledger_open_who_stands_behind_it(window: Window) -> None:
    window.tap("财务收支")
    window.wait_for_screen("list")
    window.wait_for_text("村集体财务收支")
    window.tap(next(one for one in window.labels() if one.endswith("村集体财务收支")))
    window.wait_for_screen("ledger")

    window.tap("公示信息")
    window.wait_for_screen("about")
    window.wait_for_text("1 项审核全部通过")
    window.tap("看 1 项审核明细")
    window.wait_for_screen("audit")
    window.tap("返回")
    window.wait_for_screen("about")
