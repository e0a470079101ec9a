"""What a few letters find: titles on show, names in lists, titles of the past."""

from datetime import date, timedelta

import pytest

from kiosk.board import Board, board_at
from kiosk.search import ArchiveFound, Found, Past, RowFound, TitleFound, search
from sync.clock import Moment
from sync.feed.layout import Entry, Posting, Withdrawal, encode, ref_of
from sync.notices import Block, Name, Notice, Table
from tests.support.board import ledger
from tests.support.office import START, notice

TODAY = date(2026, 11, 25)


def posting(one: Notice, *, withdrawn: Withdrawal | None = None) -> Posting:
    entry = Entry(
        one.id, one.revision, one.category, one.posted, one.posted, ref_of(encode(one)), withdrawn
    )
    return Posting(entry, one)


def board(*notices: Notice | Posting) -> Board:
    postings = [one if isinstance(one, Posting) else posting(one) for one in notices]
    return board_at(postings, Moment(START.replace(year=2026, month=11, day=25), trusted=True))


def titled(title: str, initials: str, *, day: int = 20, blocks: tuple[Block, ...] = ()) -> Notice:
    more = {"blocks": blocks} if blocks else {}
    return notice(title, initials=initials, posted=date(2026, 11, day), **more)


def listed(*names: tuple[str, str], day: int = 20) -> Notice:
    table = Table(("户主", "金额"), tuple((name, "545.00") for name, _ in names), money=(1,))
    return notice(
        "低保名单", id=f"list-{day}", initials="dbmd", blocks=(table,), posted=date(2026, 11, day),
        names=tuple(Name(*name) for name in names),
    )  # fmt: skip


def past(title: str, initials: str, *, posted: date = date(2026, 3, 2)) -> Past:
    return Past(title, 1, "cwsz", title, initials, posted, withdrawn=False)


def said(found: tuple[Found, ...]) -> list[str]:
    """Return results as words: a title, a title with the row's name and number, or the past."""
    words = []
    for one in found:
        match one:
            case TitleFound(standing):
                words.append(standing.posting.notice.title)
            case RowFound(standing, block, row, name):
                words.append(f"{standing.posting.notice.title} {block}/{row} {name}")
            case ArchiveFound(gone):
                words.append(f"({gone.title})")
    return words


def test_nothing_typed_finds_nothing() -> None:
    assert search(board(titled("财务公开", "cwgk")), (past("财务公开", "cwgk"),), "") == ()


def test_title_is_found_by_letters_from_its_start_or_within() -> None:
    shown = board(titled("财务公开", "cwgk"))

    assert said(search(shown, (), "cw")) == ["财务公开"]
    assert said(search(shown, (), "wgk")) == ["财务公开"]
    assert said(search(shown, (), "cg")) == []


def test_one_letter_finds_only_what_begins_with_it() -> None:
    shown = board(titled("财务公开", "cwgk"), titled("公开栏", "gkl"))

    assert said(search(shown, (), "g")) == ["公开栏"]


def test_title_is_found_by_its_figures() -> None:
    shown = board(titled("2026年11月财务公开", "2026n11ycwgk"))

    assert said(search(shown, (), "11")) == ["2026年11月财务公开"]


def test_name_in_a_list_is_found_with_its_row() -> None:
    shown = board(listed(("李秀兰", "lxl"), ("王小军", "wxj")))

    assert said(search(shown, (), "wxj")) == ["低保名单 0/1 王小军"]


def test_every_row_of_a_name_is_found() -> None:
    shown = board(listed(("王小军", "wxj"), ("李秀兰", "lxl"), ("王小军", "wxj")))

    assert said(search(shown, (), "wxj")) == ["低保名单 0/0 王小军", "低保名单 0/2 王小军"]


def test_entry_of_a_ledger_is_found_by_its_item() -> None:
    names = (Name("路灯维修材料费", "ldwxclf"), Name("李示例", "lsl"))
    accounts = notice(
        "财务收支", initials="cwsz", blocks=(ledger(2026, 11, entries=3),), names=names
    )

    assert said(search(board(accounts), (), "ldwx")) == ["财务收支 0/1 路灯维修材料费"]
    assert len(search(board(accounts), (), "lsl")) == 3


def test_person_in_a_list_comes_before_the_many_payments_that_a_namesake_handled() -> None:
    handled = notice(
        "财务收支", initials="cwsz", blocks=(ledger(2026, 11, entries=3),), posted=date(2026, 11, 24),
        names=(Name("李示例", "lsl"), Name("路灯维修材料费", "lslcl")),
    )  # fmt: skip
    shown = board(handled, listed(("李示例", "lsl"), ("王小军", "wxj"), day=18))

    assert said(search(shown, (), "lsl"))[0] == "低保名单 0/0 李示例"
    assert said(search(shown, (), "ls"))[:2] == [
        "低保名单 0/0 李示例",
        "财务收支 0/1 路灯维修材料费",
    ]


def test_rows_of_one_person_stand_together() -> None:
    older = listed(("王小军", "wxj"), ("王秀军", "wxj"), day=18)
    newer = listed(("王秀军", "wxj"), ("王小军", "wxj"), day=20)

    names = [one.split()[-1] for one in said(search(board(older, newer), (), "wxj"))]

    assert names in (["王小军"] * 2 + ["王秀军"] * 2, ["王秀军"] * 2 + ["王小军"] * 2)


@pytest.mark.parametrize("typed", ["zs", "zms", "z", "zm"])
def test_masked_name_is_found_by_what_is_shown_and_what_is_known(typed: str) -> None:
    assert said(search(board(listed(("张*三", "z*s"))), (), typed)) == ["低保名单 0/0 张*三"]


@pytest.mark.parametrize("typed", ["zmx", "xs", "ms", "zmsx"])
def test_masked_name_is_not_found_by_anything(typed: str) -> None:
    assert search(board(listed(("张*三", "z*s"))), (), typed) == ()


def test_each_name_of_a_cell_is_found_from_its_start() -> None:
    shown = board(listed(("王小军、单秀兰", "wxj sxl"), ("杨素秀", "ysx")))

    assert said(search(shown, (), "sx")) == ["低保名单 0/0 王小军、单秀兰", "低保名单 0/1 杨素秀"]


def test_whole_then_start_then_within_and_the_newest_first() -> None:
    shown = board(
        titled("关于财务公开", "gycwgk", day=24),
        titled("财务公开一", "cwgky", day=20),
        titled("财务公开二", "cwgke", day=23),
        titled("财务公开", "cwgk", day=18),
    )

    assert said(search(shown, (), "cwgk")) == [
        "财务公开", "财务公开二", "财务公开一", "关于财务公开",
    ]  # fmt: skip


def test_title_begins_again_after_its_date() -> None:
    shown = board(
        titled("关于财务公开", "gycwgk", day=24),
        titled("2026年11月财务公开", "2026n11ycwgk", day=18),
    )

    assert said(search(shown, (), "cwgk")) == ["2026年11月财务公开", "关于财务公开"]


def test_archive_comes_after_what_is_on_show() -> None:
    shown = board(titled("关于财务公开", "gycwgk"))
    archive = (
        past("三月财务公开", "sycwgk", posted=date(2026, 3, 15)),
        past("财务公开", "cwgk"),
        past("财务公开（旧）", "cwgkj", posted=date(2025, 1, 1)),
    )

    assert said(search(shown, archive, "cwgk")) == [
        "关于财务公开", "(财务公开)", "(财务公开（旧）)", "(三月财务公开)",
    ]  # fmt: skip


def test_what_hangs_or_is_yet_to_hang_is_not_in_the_archive() -> None:
    hanging = titled("财务公开", "cwgk")
    summaries = (
        past(hanging.id, "cwgk", posted=hanging.posted),
        past("明天的", "cwgkmt", posted=TODAY + timedelta(days=1)),
    )

    assert said(search(board(hanging), summaries, "cwgk")) == ["财务公开"]


def test_person_is_not_found_once_the_list_has_left_the_board() -> None:
    old = listed(("王小军", "wxj"), day=1)
    archive = (past("低保名单", "dbmd", posted=old.posted),)
    later = Moment(START.replace(year=2026, month=12, day=25), trusted=True)

    gone = board_at([posting(old)], later)

    assert gone.standing == ()
    assert search(gone, archive, "wxj") == ()
    assert said(search(gone, archive, "dbmd")) == ["(低保名单)"]


def test_notice_that_was_taken_back_is_found_while_it_is_listed() -> None:
    wrong = posting(titled("发放名单", "ffmd"), withdrawn=Withdrawal("金额有误", TODAY))

    assert said(search(board(wrong), (), "ff")) == ["发放名单"]
