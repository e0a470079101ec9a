"""The real program in a real window: what a villager touches and sees."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import zxingcpp

from sync.notices import Paragraph
from sync.records import Progress
from sync.store import Attempt, Outcome, Store
from tests.support.board import card_with, written
from tests.support.office import OfficeInMemory
from tests.support.window import Display, Window, kiosk, settings_file

LIST = "2026年第四季度低保评定名单公示"


def test_villager_goes_from_the_idle_board_to_a_notice_and_back(window: Window) -> None:
    window.tap_at(540, 900)
    window.wait_for_screen("notice")

    window.tap("首页")
    window.wait_for_screen("home")
    window.tap("惠农政策")
    window.wait_for_screen("list")
    window.tap(LIST)
    window.wait_for_screen("notice")
    window.wait_for_text("经村民小组评议")
    window.wait_for_text("青石村村务监督委员会")
    window.tap("返回")
    window.wait_for_screen("list")


def test_ledger_is_turned_by_pages_with_its_column_names_in_sight(window: Window) -> None:
    window.tap_at(540, 900)
    window.tap("首页")
    window.tap("财务收支")
    month = datetime.now(UTC).date()
    window.wait_for_screen("list")
    title = next(label for label in window.labels() if label.endswith("村集体财务收支"))
    assert str(month.year) in title
    window.tap(title)
    window.wait_for_screen("ledger")
    window.wait_for_text("土地承包费收入")

    window.tap("下一页")

    window.wait_for(lambda: "土地承包费收入" not in window.text(), "the second page")
    assert "日期事项收入支出" in window.text()
    window.tap("上一页")
    window.wait_for_text("土地承包费收入")


def test_back_leads_to_the_page_that_was_being_read(window: Window) -> None:
    window.tap_at(540, 900)
    window.tap("首页")
    window.tap("重大项目决策")
    window.wait_for_screen("list")
    window.tap("村道硬化工程竣工结算")
    window.wait_for_screen("notice")
    window.tap("字大")
    window.tap("字大")
    window.wait_for(lambda: "字小" in window.labels(), "the largest text")
    while "看 5 笔明细" not in window.labels():
        before = window.text()
        window.tap("下一页")
        window.wait_for(lambda before=before: window.text() != before, "the next page")
    read = window.text()

    window.tap("看 5 笔明细")
    window.wait_for_screen("ledger")
    window.tap("返回")
    window.wait_for_screen("notice")

    window.wait_for(lambda: window.text() == read, "the page that was left")


def test_text_grows_and_stays_larger_on_the_next_screen(window: Window) -> None:
    window.tap_at(540, 900)
    window.wait_for_screen("notice")
    before = window.display.picture()

    window.tap("字大")
    window.wait_for(lambda: window.display.picture() != before, "larger text")


def test_code_on_the_glass_leads_to_this_notice_on_this_kiosk(window: Window) -> None:
    window.tap_at(540, 900)
    window.tap("首页")
    window.tap("低保特困评定")
    window.tap(LIST)
    window.wait_for_screen("notice")
    window.wait_for_text("扫码提异议")

    def read() -> list[str]:
        return [found.text for found in zxingcpp.read_barcodes(window.display.picture())]

    window.wait_for(lambda: bool(read()), "a QR code that can be read")
    assert read() == ["https://objections.example/qingshi-1/benefits/1"]


def test_new_notice_and_withdrawal_appear_by_themselves(
    window: Window, office: OfficeInMemory, tmp_path: Path
) -> None:
    window.tap_at(540, 900)
    window.tap("首页")
    window.wait_for_screen("home")

    office.publish(
        written(
            "防汛值班安排",
            Paragraph("今晚起值班。"),
            category="zdxm",
            urgent=True,
            posted=office.now.date(),
        )
    )
    card_with(tmp_path / "data", office)

    window.wait_for_text("防汛值班安排")


def type_letters(window: Window, letters: str) -> None:
    """Open the search from the idle board and touch its keys."""
    window.tap_at(540, 900)
    window.tap("首页")
    window.tap("查找公示和姓名")
    window.wait_for_screen("search")
    for letter in letters:
        window.tap(letter)
    window.wait_for_text(letters)


def test_letters_find_a_notice_of_the_past_and_say_what_it_was(
    screen: Display, fonts: Path, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    office = OfficeInMemory(now=now - timedelta(days=80))
    office.publish(written("村务财务公开", Paragraph("见附表。"), posted=office.now.date()))
    office.now = now
    office.publish(written("停水通知", Paragraph("停水。"), posted=now.date()))
    data = card_with(tmp_path / "data", office)
    (data / "fonts").symlink_to(fonts)
    settings = settings_file(tmp_path, data, office.anchor, width=1080, height=1920)

    with kiosk(screen, settings, tmp_path / "log") as window:
        window.wait_for_screen("idle")
        type_letters(window, "CWGK")
        window.wait_for_text("已归档")
        window.tap("村务财务公开")
        window.wait_for_screen("past")
        window.wait_for_text("这份公示已经到期，不再公示。")
        window.tap("看存档内容")
        window.wait_for_screen("notice")
        window.wait_for_text("存档：这条公示已过公示期。")
        window.wait_for_text("见附表。")
        window.tap("返回")
        window.wait_for_screen("past")
        window.tap("返回")
        window.wait_for_text("CWGK")


def test_letters_of_a_title_open_its_notice(window: Window) -> None:
    type_letters(window, "JGJS")
    window.tap("村道硬化工程竣工结算")
    window.wait_for_screen("notice")


def test_letters_of_a_name_open_its_row_of_the_list(window: Window) -> None:
    type_letters(window, "ZDS")
    window.wait_for_text("周大山")
    window.wait_for_text("第 8 行")
    window.tap("周大山 · 一组")
    window.wait_for_screen("notice")

    window.wait_for_text("周大山")
    window.wait_for(lambda: _has(window, (0xFF, 0xE5, 0x98), 20_000), "the row in its light")


def test_nothing_found_is_said_and_mended_by_the_keys(window: Window) -> None:
    type_letters(window, "ZDSQ")
    window.wait_for_text("没有找到")

    window.tap("删字")
    window.wait_for_text("周大山")
    window.tap("清空")
    window.wait_for_text("按每个字拼音的第一个字母")


def test_what_was_typed_is_gone_from_home_on_and_in_no_log(window: Window, tmp_path: Path) -> None:
    type_letters(window, "ZDS")
    window.tap("首页")
    window.tap("查找公示和姓名")

    window.wait_for_text("按每个字拼音的第一个字母")
    logged = (tmp_path / "log").read_text(encoding="utf-8")
    assert "zds" not in logged.lower()
    assert "周大山" not in logged


def test_key_h_calls_for_help_and_the_dead_line_says_so(window: Window) -> None:
    window.key("h")
    window.wait_for_screen("help")
    window.wait_for_text("求助线路不通，没有通知到任何人。")
    window.wait_for_text("120")

    window.tap("回到公示")
    window.wait_for_screen("idle")


def test_long_press_on_the_status_line_opens_the_status_page(window: Window) -> None:
    window.tap_at(540, 900)
    window.tap("首页")
    window.wait_for_screen("home")
    line = next(touch for touch in window.sight()["touches"] if touch["label"] == "本机状态")

    x, y = str(line["x"] + 200), str(line["y"] + line["height"] // 2)
    window.display.run("xdotool", "mousemove", x, y, "mousedown", "1")
    window.wait_for_screen("status")
    window.display.run("xdotool", "mouseup", "1")

    window.wait_for_text("收到新公示")


def test_stick_is_asked_to_stay_in_and_then_said_to_be_done_with(
    window: Window, tmp_path: Path
) -> None:
    store = Store(tmp_path / "data" / "sunboard.db")
    store.set_progress(Progress("/run/sunboard-sticks/sda1", 3, 12, 0, 0))
    window.wait_for_text("正在从 U 盘更新，请先别拔：3/12 条")

    now = datetime.now(UTC)
    store.record(Attempt(now, "/run/sunboard-sticks/sda1", Outcome.SAME, "", "", 0, 0))
    store.set_progress(None)
    store.close()

    window.wait_for_text("可以拔下 U 盘了：没有新内容")


def test_picture_of_a_notice_is_shown_and_opens_large(window: Window) -> None:
    window.tap_at(540, 900)
    window.tap("首页")
    window.tap("村道硬化工程竣工结算")
    window.wait_for_screen("notice")

    window.tap("硬化后的村道")
    window.wait_for_screen("picture")

    window.wait_for(lambda: _has(window, (155, 183, 201)), "the sky of the picture")


def test_empty_card_says_what_the_caretaker_must_do(
    screen: Display, fonts: Path, office: OfficeInMemory, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "fonts").symlink_to(fonts)
    settings = settings_file(tmp_path, data, office.anchor, width=1080, height=1920)

    with kiosk(screen, settings, tmp_path / "log") as window:
        window.wait_for_text("还没有收到公示")
        window.wait_for_text("管理员：请插入办公室给的 U 盘")
        window.tap("求助")  # whoever needs a person needs no notices
        window.wait_for_text("求助线路不通，没有通知到任何人。")
        window.tap("回到公示")
        window.wait_for_text("还没有收到公示")

        card_with(data, office)
        window.wait_for_screen("idle")


def test_board_of_other_keys_is_not_shown(screen: Display, fonts: Path, tmp_path: Path) -> None:
    from tests.support.office import new_signers  # noqa: PLC0415

    mine, theirs = OfficeInMemory(), OfficeInMemory(signers=new_signers())
    theirs.publish(written("假公示", Paragraph("不可信。")))
    data = card_with(tmp_path / "data", theirs)
    (data / "fonts").symlink_to(fonts)
    settings = settings_file(tmp_path, data, mine.anchor, width=1080, height=1920)

    with kiosk(screen, settings, tmp_path / "log") as window:
        window.wait_for_text("本机上的公示核对不上印章")
        assert "假公示" not in window.text()


def _has(window: Window, colour: tuple[int, int, int], least: int = 50_000) -> bool:
    found = window.display.picture().getcolors(1 << 20) or []
    return (
        sum(
            count
            for count, shown in found
            if max(abs(a - b) for a, b in zip(shown, colour, strict=True)) < 6
        )
        > least
    )


def test_slow_finger_opens_what_it_pressed_though_the_turn_has_passed(
    screen: Display, fonts: Path, office: OfficeInMemory, tmp_path: Path
) -> None:
    data = card_with(tmp_path / "data", office)
    (data / "fonts").symlink_to(fonts)
    settings = settings_file(tmp_path, data, office.anchor, width=1080, height=1920, turn_seconds=5)

    with kiosk(screen, settings, tmp_path / "log") as window:
        window.wait_for_screen("idle")
        pressed = window.labels()[-1]
        screen.run("xdotool", "mousemove", "540", "900", "mousedown", "1")
        window.wait_for(lambda: window.labels()[-1] != pressed, "the next turn")
        screen.run("xdotool", "mouseup", "1")
        window.wait_for_screen("notice")

        assert pressed in window.text()


def test_touch_that_comes_as_the_window_gets_the_focus_counts(window: Window) -> None:
    root, ours = window.display.run("xdotool", "search", "--onlyvisible", ".*").decode().split()
    window.display.run("xdotool", "windowfocus", "--sync", root)

    window.display.run("xdotool", "windowfocus", ours, "mousemove", "540", "900", "click", "1")

    window.wait_for_screen("notice")
