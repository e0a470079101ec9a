"""Names that can be searched for: which cells, and under which letters."""

from datetime import date
from decimal import Decimal

import pytest

from sync.errors import BadInput
from sync.feed.contents import check_fit
from sync.feed.layout import decode_notice, encode
from sync.ledger import Ledger, Row
from sync.notices import NAMES_LIMIT, Name, Paragraph, Table
from sync.reading import names_in
from tests.support.office import notice


def typed(cell: str, heading: str = "姓名") -> str:
    """Return the letters under which a cell below this heading is found, "" for none."""
    found = names_in((Table((heading,), ((cell,),)),))
    return found[0].initials if found else ""


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("王小军", "wxj"), ("单大山", "sds"), ("仇玉梅", "qym"), ("解放军", "xfj"), ("曾国强", "zgq"),
        ("区少华", "osh"), ("查明", "zm"), ("盖有田", "gyt"), ("朴英子", "pyz"), ("乐小兰", "yxl"),
        ("员建国", "yjg"), ("翟小红", "zxh"), ("种桂英", "cgy"), ("覃秀珍", "qxz"), ("任长生", "rcs"),
        ("欧阳德福", "oydf"), ("长孙大海", "zsdh"), ("尉迟恭", "ycg"), ("万俟卨", "mqx"), ("艾力·买买提", "almmt"),
    ],
)  # fmt: skip
def test_person_is_found_under_the_surname_as_it_is_said(name: str, letters: str) -> None:
    assert typed(name) == letters


@pytest.mark.parametrize(
    ("name", "letters"),
    [("张*三", "z*s"), ("单＊＊", "s**"), ("王×", "w*"), ("*小军", "*xj"), ("**", "")],
)
def test_masked_name_keeps_the_letters_that_are_shown(name: str, letters: str) -> None:
    assert typed(name) == letters


def test_word_that_is_no_surname_is_read_as_the_word() -> None:
    assert typed("单位食堂", "项目") == "dwst"
    assert typed("解放桥合作社") == "jfqhzs"  # too long for a person
    assert typed("三组", "小组") == "sz"


def test_each_of_several_names_in_a_cell_can_be_typed() -> None:
    assert typed("王小军、单秀兰（儿媳）") == "wxj sxl ex"


@pytest.mark.parametrize(
    "heading", ["姓名", "户主姓名", "享受对象", "经手人（签字）", "组别", "所在小组", "组"]
)
def test_column_of_names_is_known_by_its_heading(heading: str) -> None:
    assert typed("王家湾", heading) == "wjw"


@pytest.mark.parametrize("heading", ["金额（元）", "备注", "单位", "标准", ""])
def test_other_columns_are_not_searched(heading: str) -> None:
    assert not typed("王家湾", heading)


def test_item_is_typed_through_its_figures_and_brackets() -> None:
    assert typed("收 10 月电费（尾款）", "项目") == "s10ydfwk"


def test_figures_and_long_texts_are_not_names() -> None:
    assert not typed("12", "小组")
    assert not typed("很" * 41)


def test_ledger_is_found_by_handler_and_item_once_each() -> None:
    day, none = date(2026, 11, 3), Decimal("0.00")
    cost = Decimal("5.00")
    rows = tuple(
        Row(day, "路灯维修", f"记-{n}", "曾明", none, cost, -cost * (n + 1)) for n in range(2)
    )
    ledger = Ledger(day, day, none, rows, none, cost * 2, -cost * 2)

    assert names_in((ledger,)) == (Name("曾明", "zm"), Name("路灯维修", "ldwx"))


def test_notice_from_before_there_were_names_still_decodes() -> None:
    old = notice("停水通知", blocks=(Paragraph("停水。"),))

    assert b"names" not in encode(old)
    assert decode_notice(encode(old)).names == ()


def test_names_travel_small() -> None:
    listed = notice(
        "名单", blocks=(Table(("户主",), (("王小军",),)),), names=(Name("王小军", "wxj"),)
    )

    assert '"names":[["王小军","wxj"]]'.encode() in encode(listed)
    assert decode_notice(encode(listed)) == listed


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (Name("李四", "ls"), "不在表里"),
        (Name("王小军", "WXJ"), "首字母"),
        (Name("王小军", ""), "首字母"),
        (Name("王小军", "wxj "), "空白"),
        (Name("王小军", "w" * 41), "首字母"),
    ],
)
def test_gate_refuses_names_that_nobody_can_see_or_type(name: Name, reason: str) -> None:
    listed = notice("名单", blocks=(Table(("户主",), (("王小军",),)),), names=(name,))

    with pytest.raises(BadInput, match=reason):
        check_fit(listed)


def test_gate_bounds_the_number_of_names() -> None:
    names = (Name("王小军", "wxj"),) * (NAMES_LIMIT + 1)
    listed = notice("名单", blocks=(Table(("户主",), (("王小军",),)),), names=names)

    with pytest.raises(BadInput, match="最多"):
        check_fit(listed)
