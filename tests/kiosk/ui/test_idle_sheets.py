"""How a turn lies on its panels: nothing runs into the foot, and the text ends with a sentence."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kiosk.intentions import HoldTurn
from kiosk.places import AtIdle
from kiosk.present.idle import IdleView
from kiosk.present.parts import Badge
from kiosk.scene import page
from kiosk.ui.panel import GAP_MM, Panel
from kiosk.ui.sheets.idle import idle, whole_sentences
from kiosk.ui.sheets.ink import Photo, Sheet, Turned, Words
from kiosk.ui.sheets.press import Press
from sync.ledger import Ledger, Row
from sync.notices import BlobRef, Block, Notice, Paragraph, Picture, Table
from tests.kiosk.test_idle_board import ENGLISH, with_kinds
from tests.kiosk.ui.test_sheets import PANELS, bars, words
from tests.support.board import ledger, written
from tests.support.scene import posting, scene
from tests.support.type import measure

LONG_ENGLISH = "Notice of the villagers' assembly on rebuilding the old bridge"[:60]
WIDEST = Decimal("999999999999.99")
STRANGE = Ledger(
    date(2026, 11, 1), date(2026, 11, 30), Decimal("0.00"),
    (Row(date(2026, 11, 1), "超长事项" * 50, "", "", WIDEST, Decimal("0.00"), WIDEST),),
    WIDEST, Decimal("0.00"), WIDEST,
)  # fmt: skip
LONG_CHINESE = (
    "关于二〇二六年度农村人居环境整治提升暨高标准农田建设项目招标投标及资金使用情况的公示（第一批）"
)


@pytest.fixture(params=PANELS, ids=lambda panel: f"{panel.diagonal_inches}-{panel.width}")
def press(request: pytest.FixtureRequest) -> Press:
    found: Panel = request.param
    return Press(found, measure)


def view_of(notice: Notice, *, english: bool = False) -> IdleView:
    one = posting(notice)
    shown = scene(one, place=AtIdle())
    view = page(
        replace(shown, turn=shown.board.standing[0], **({"say": ENGLISH} if english else {}))
    )
    assert isinstance(view, IdleView)
    return view


def drawn(press: Press, view: IdleView) -> Sheet:
    around = bars(press)
    height = press.panel.height - around["top"].height - around["status"].height
    return idle(press, view, press.panel.width, height)


@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
@pytest.mark.parametrize(
    "blocks",
    [(Paragraph("因检修主管道全村停水。" * 40),), (ledger(2026, 11),), (with_kinds(ledger(2026, 11, entries=60), "集体收入", "公共服务", "工程"),), (STRANGE,)],
    ids=["text", "items", "kinds", "strange"],
)  # fmt: skip
def test_nothing_runs_into_the_foot_under_the_longest_title(
    press: Press, blocks: tuple[Block, ...], *, english: bool
) -> None:
    title = LONG_ENGLISH if english else LONG_CHINESE
    view = view_of(written(title, *blocks, id="w"), english=english)

    sheet = drawn(
        press, replace(view, stamps=tuple(replace(one, name=one.name * 3) for one in view.stamps))
    )

    hold = next(touch for touch in sheet.touches if isinstance(touch.intention, HoldTurn))
    foot = [word for word in words(sheet.marks) if word.y >= hold.y - 1]
    above = [word for word in words(sheet.marks) if word.y < hold.y - 1]
    assert all(word.text == view.hold.label or word.text in view.hint for word in foot)
    assert max(word.y + word.height for word in above) < hold.y
    assert overlapping(above) == []


def overlapping(found: list[Words]) -> list[tuple[str, str]]:
    """Return the pairs of words of which one lies over the other."""
    return [
        (one.text, other.text)
        for number, one in enumerate(found)
        for other in found[number + 1 :]
        if one.x < other.x + other.width - 1
        and other.x < one.x + one.width - 1
        and core(one)[0] < core(other)[1]
        and core(other)[0] < core(one)[1]
    ]


def core(word: Words) -> tuple[float, float]:
    """Return the upper and lower edge of a word's characters within its line."""
    middle = word.y + word.height / 2
    return middle - word.size * 0.45, middle + word.size * 0.45


def test_touch_opens_the_notice_everywhere_but_on_the_key_that_holds_it(press: Press) -> None:
    view = view_of(written("停水", Paragraph("略。"), id="w"))

    sheet = drawn(press, view)

    hold = next(touch for touch in sheet.touches if isinstance(touch.intention, HoldTurn))
    others = [touch for touch in sheet.touches if touch is not hold]
    assert {touch.intention for touch in others} == {view.opens}
    for touch in others:
        across = max(touch.x - hold.x - hold.width, hold.x - touch.x - touch.width)
        down = max(touch.y - hold.y - hold.height, hold.y - touch.y - touch.height)
        assert max(across, down) >= GAP_MM * press.panel.pixels_per_mm - 1


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("评定名单公示。条件如下：\n一、收入低于标准；\n二", "评定名单公示。条件如下：\n一、收入低于标准；"),
        ("需要带的材料如下。\n1.", "需要带的材料如下。"),
        ("需要带的材料\n（二）", "需要带的材料"),
        ("今晚停水。请提前储水，五组至七组可能延长到夜里，另行通知", ""),
        ("没有一个句号", ""),
    ],
)  # fmt: skip
def test_excerpt_ends_with_a_sentence_if_that_leaves_enough(cut: str, whole: str) -> None:
    assert whole_sentences(cut) == whole


def test_excerpt_does_not_end_with_the_heading_of_what_is_left_out() -> None:
    cut = "请提前储水。\n停水范围\n二组全部。\n用水保障\n送水车将"

    assert whole_sentences(cut, {"停水范围", "用水保障"}) == "请提前储水。\n停水范围\n二组全部。"


def test_of_a_wide_table_the_board_shows_who_gets_which_amounts() -> None:
    press = Press(Panel(1080, 1920, 32.0), measure)
    header = (
        "户主",
        "小组",
        "地块",
        "面积（亩）",
        "品种",
        "良种补贴",
        "地力补贴",
        "复核",
        "日期",
        "备注",
    )
    row = (
        "王小军",
        "1组",
        "大坪地",
        "1.35",
        "冬小麦",
        "1,120.00",
        "86.50",
        "王建国",
        "11-03",
        "已核对",
    )
    view = view_of(
        written("补贴", Paragraph("见表。"), Table(header, (row,) * 3, money=(5, 6)), id="w")
    )

    shown = [word.text for word in words(drawn(press, view).marks)]

    assert shown.count("王小军") == 3
    assert {"户主", "良种补贴", "1,120.00", "86.50"} <= set(shown)
    assert "大坪地" not in shown


def test_picture_that_never_came_is_said_in_its_place(press: Press) -> None:
    lost = Picture(BlobRef("0" * 64, 1), 1_600, 1_200, "停车场")

    sheet = drawn(press, view_of(written("停车场完工", lost, id="w")))

    photo = next(mark for mark in sheet.marks if isinstance(mark, Photo))
    assert (
        "".join(word.text for word in words(photo.instead)) == "这张照片没有收到，下次更新会补上。"
    )
    for word in words(photo.instead):
        assert photo.x <= word.x
        assert word.x + word.width <= photo.x + photo.width


def test_seals_stand_at_the_foot_however_little_is_written(press: Press) -> None:
    short = view_of(written("停水", Paragraph("略。"), id="w"))
    long = view_of(written("停水", Paragraph("因检修主管道全村停水。" * 40), id="w"))

    places = [
        [mark.y for mark in drawn(press, one).marks if isinstance(mark, Turned)]
        for one in (short, long)
    ]

    assert places[0]
    assert places[0] == places[1]


def test_one_line_of_a_text_that_goes_on_is_left_out(press: Press) -> None:
    text = "三组至五组村道硬化工程全长一点二公里，" * 20
    view = replace(
        view_of(written("停水", Paragraph(text), id="w")), badge=Badge("村务", "affairs")
    )

    for height in range(press.panel.units(700), press.panel.units(1_100), 20):
        shown = [
            word
            for word in words(idle(press, view, press.panel.width, height).marks)
            if word.text[:4] in text
        ]
        assert len(shown) != 1
