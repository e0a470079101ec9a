"""The idle board: kinds that add up, how long a turn lasts, who holds it, and the farmers' day."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
import pytest

from kiosk import catalogue
from kiosk.board import Board, board_at
from kiosk.holdings import Holdings
from kiosk.intentions import HoldTurn, Leave
from kiosk.navigation import Position, after
from kiosk.places import AtIdle
from kiosk.present.chrome import top_bar
from kiosk.present.idle import EmptyView, IdleView
from kiosk.present.kinds import KindsView, pictures
from kiosk.present.lunar import lunar
from kiosk.rota import Rota, turn_over, turn_seconds
from kiosk.scene import Scene, Undrawn, page
from kiosk.turns import HOLD_SECONDS, LONGEST, seconds_of
from sync.clock import Moment
from sync.ledger import Ledger
from sync.notices import Correction, Heading, Notice, Paragraph
from tests.support.board import ledger, written
from tests.support.scene import NOW, SAY, TODAY, posting, scene

ENGLISH = catalogue.load("en")


def with_kinds(book: Ledger, *kinds: str) -> Ledger:
    rows = tuple(
        msgspec.structs.replace(row, category=kinds[number % len(kinds)])
        for number, row in enumerate(book.rows)
    )
    return msgspec.structs.replace(book, rows=rows)


def bars(view: KindsView) -> list[list[tuple[str, str]]]:
    return [[(bar.amount.label, bar.amount.amount) for bar in side.bars] for side in view.sides]


def figure(amount: str) -> Decimal:
    return Decimal(amount.replace(",", "").replace("\u2212", ""))


def test_kinds_are_the_offices_own_the_largest_first() -> None:
    book = with_kinds(ledger(2026, 11, entries=4), "集体收入", "公共服务", "集体收入", "人员报酬")

    assert bars(pictures(SAY, book)[0]) == [
        [("集体收入", "86,420.00")],
        [("人员报酬", "\u22129,600.00"), ("公共服务", "\u22121,234.50")],
    ]


def test_where_one_entry_has_no_kind_none_is_invented() -> None:
    book = with_kinds(ledger(2026, 11, entries=4), "集体收入", "公共服务", "集体收入", "")

    assert [name for name, _ in bars(pictures(SAY, book)[0])[1]] == [
        "保洁员工资（十月）", "路灯维修材料费",
    ]  # fmt: skip


@pytest.mark.parametrize("entries", [1, 2, 12, 60])
def test_every_picture_adds_up_to_the_sealed_totals(entries: int) -> None:
    book = ledger(2026, 11, entries=entries)

    for view in pictures(SAY, book):
        sums = [
            sum((figure(bar.amount.amount) for bar in side.bars), Decimal(0)) for side in view.sides
        ]
        assert sums == [total for total in (book.income, book.expense) if total]
        assert max(bar.share for side in view.sides for bar in side.bars) == 1.0


def test_what_is_left_over_is_counted() -> None:
    coarse = pictures(SAY, ledger(2026, 11, entries=12))[-1]

    assert bars(coarse)[1] == [
        ("村道硬化工程尾款，凭竣工验收单支付", "\u221228,000.00"), ("其余 7 笔", "\u221218,165.50"),
    ]  # fmt: skip


def test_ledger_without_income_shows_its_expense_alone() -> None:
    book = ledger(2026, 11, entries=2)
    row = msgspec.structs.replace(book.rows[1])
    only = msgspec.structs.replace(book, rows=(row,), income=Decimal("0.00"))

    assert [side.total.tone for side in pictures(SAY, only)[0].sides] == ["expense"]
    nothing = msgspec.structs.replace(only, rows=(), expense=Decimal("0.00"))
    assert pictures(SAY, nothing)[0].sides == ()


def text(characters: int) -> Notice:
    return written("停水", Paragraph("字" * characters), id="w")


def test_turn_lasts_longer_the_more_there_is_to_read_but_not_for_ever() -> None:
    short, long, longest = (seconds_of(text(n), 12) for n in (10, 60, 100_000))

    assert short == 12
    assert 12 < long < longest <= 12 * LONGEST
    assert seconds_of(written("账", ledger(2026, 11)), 12) > 12
    assert seconds_of(text(100_000), 5) == 5 * LONGEST


def at_idle(*, held: bool = False) -> Scene:
    shown = scene(posting(text(10)), posting(written("修路", Paragraph("略。"), id="r")))
    position = Position(trail=(AtIdle(),), held=held)
    return replace(shown, position=position, turn=shown.board.standing[0])


def test_held_turn_lasts_three_minutes_and_the_next_one_is_free() -> None:
    held = at_idle(held=True)

    assert turn_seconds(at_idle(), 12) == 12
    assert turn_seconds(held, 12) == HOLD_SECONDS
    following, _ = turn_over(held, Rota())
    assert turn_seconds(following, 12) == 12


def test_key_holds_the_turn_says_so_and_lets_it_go() -> None:
    position, effects = after(Position(), HoldTurn())
    assert (position.held, effects) == (True, ())
    assert after(position, HoldTurn())[0] == Position()
    assert not after(position, Leave())[0].held

    free, held = page(at_idle()), page(at_idle(held=True))
    assert isinstance(free, IdleView)
    assert isinstance(held, IdleView)
    assert (free.hold.label, held.hold.label) == ("停住这条", "继续轮播")
    assert held.hint == "这一条停住 3 分钟"


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 2, 17), "正月初一"), (date(2027, 2, 6), "正月初一"), (date(2028, 1, 26), "正月初一"),
        (date(2029, 2, 13), "正月初一"), (date(2030, 2, 3), "正月初一"), (date(2026, 9, 25), "八月十五"),
        (date(2026, 6, 19), "五月初五"), (date(2028, 6, 25), "闰五月初三"), (date(2026, 12, 20), "冬月十二"),
        (date(2027, 2, 5), "腊月廿九"), (date(2200, 1, 1), ""),
    ],
)  # fmt: skip
def test_lunar_day_is_the_calendars(on: date, words: str) -> None:
    assert lunar(on) == words


def test_lunar_day_stands_in_chinese_by_a_trusted_clock() -> None:
    late = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)  # past midnight in the village

    assert top_bar(SAY, None, "广场", NOW).lunar == "农历十月十五"
    assert top_bar(SAY, None, "广场", late).lunar == "农历十月十六"
    assert top_bar(SAY, None, "广场", NOW, trusted=False).lunar == ""
    assert top_bar(SAY, None, "广场", NOW, wrong=True).lunar == ""
    assert top_bar(ENGLISH, None, "square", NOW).lunar == ""


def test_idle_board_says_how_far_the_term_is() -> None:
    shown = scene()
    turn = shown.board.find("benefits")
    view = page(scene(place=Position().place, turn=turn))

    assert isinstance(view, IdleView)
    assert view.lines == ("公示第 6 个工作日，共 10 个", "至少到 11月30日")


def test_term_beyond_the_known_calendar_says_that_it_waits_for_it() -> None:
    late = written("年终决算", Paragraph("见附表。"), posted=date(2026, 12, 18))
    board = board_at([posting(late)], Moment(datetime(2026, 12, 19, tzinfo=UTC), trusted=True))
    view = page(scene(posting(late), board=board, turn=board.standing[0], place=Position().place))

    assert isinstance(view, IdleView)
    assert view.lines[1] == "至少到 2027年1月2日（待国务院假期通知）"


def test_empty_kiosk_says_what_the_caretaker_must_do() -> None:
    nothing = Board(TODAY, trusted=True, standing=(), withdrawn=())
    view = page(scene(holdings=Holdings(loaded=True), board=nothing, place=Position().place))

    assert isinstance(view, EmptyView)
    assert "管理员：请插入办公室给的 U 盘，或者接通网络。" in view.lines


def test_board_that_is_not_proved_is_not_shown() -> None:
    view = page(scene(holdings=Holdings(loaded=True, refused="two seals"), place=Position().place))

    assert isinstance(view, EmptyView)
    assert view.title == "本机上的公示核对不上印章"


def test_board_that_cannot_be_drawn_does_not_say_that_there_is_none() -> None:
    nothing = Board(TODAY, trusted=True, standing=(), withdrawn=())
    bad = (Undrawn("road", 1, "cannot be drawn"),)

    view = page(scene(board=nothing, turn=None, bad=bad, place=Position().place))

    assert isinstance(view, EmptyView)
    assert view.title == "本机的公示画不出来"


def test_passers_by_see_that_a_notice_was_corrected_and_its_headings() -> None:
    corrects = Correction(revision=1, reason="时间写错")
    one = written(
        "停水", Heading("时间", 2), Paragraph("周五。"), id="w", corrects=corrects, revision=2
    )
    hung = posting(one)
    view = page(
        scene(hung, place=AtIdle(), turn=board_at([hung], Moment(NOW, trusted=True)).standing[0])
    )

    assert isinstance(view, IdleView)
    assert (view.flag, view.excerpt) == ("更正", ("时间", "周五。"))
