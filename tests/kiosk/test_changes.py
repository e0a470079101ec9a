"""What was changed by a correction: said with every figure whole, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from time import process_time
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.intentions import Open
from kiosk.places import AtChanges, AtNotice
from kiosk.present.changes import MOST, Change, ChangesView, compare
from kiosk.present.marking import Piece, marked
from kiosk.present.notice import NoticeView
from kiosk.scene import Scene, page
from sync.feed.layout import ref_of
from sync.ledger import Ledger, Row
from sync.notices import Block, Correction, Heading, Notice, Paragraph, Picture, Publisher, Table
from tests.support.board import CATEGORIES, ledger, written
from tests.support.office import VILLAGE
from tests.support.scene import SAY, posting, scene

QINGSHI = msgspec.structs.replace(VILLAGE, categories=CATEGORIES)
LIST = Table(
    ("序号", "户主", "人数", "每月金额（元）"),
    (("1", "王小军", "3", "1,635.00"), ("2", "李秀兰", "1", "545.00"), ("3", "张桂英", "2", "1,090.00")),
    money=(3,),
)  # fmt: skip


def revision(number: int, *blocks: Block, title: str = "低保名单", **changes: object) -> Notice:
    corrects = Correction(number - 1, "金额写错") if number > 1 else None
    return written(
        title, *blocks, id="n", category="dbtk", revision=number, corrects=corrects, **changes
    )


def told(old: Block | tuple[Block, ...], new: Block | tuple[Block, ...]) -> list[Change]:
    blocks = [one if isinstance(one, tuple) else (one,) for one in (old, new)]
    return list(compare(SAY, QINGSHI, revision(1, *blocks[0]), revision(2, *blocks[1])))


def plain(pieces: tuple[Piece, ...]) -> str:
    """Return a side with what is marked in brackets."""
    return "".join(f"[{one.text}]" if one.changed else one.text for one in pieces)


def held(old: Notice, new: Notice, place: object) -> Scene:
    shown = scene(posting(new), place=place)
    return replace(shown, holdings=replace(shown.holdings, earlier=(old,)))


def test_words_that_differ_are_marked_and_figures_stay_whole() -> None:
    (change,) = told(
        Paragraph("11月25日8:00停水，应缴 1,592,800.00 元。"),
        Paragraph("11月26日8:00停水，应缴 1,592,880.00 元。"),
    )

    assert plain(change.before) == "11月[25]日8:00停水，应缴 [1,592,800.00] 元。"
    assert plain(change.after) == "11月[26]日8:00停水，应缴 [1,592,880.00] 元。"
    assert (change.word, change.block) == ("改了", 0)


def test_what_was_added_or_removed_stands_under_its_heading() -> None:
    old = (Heading("时间"), Paragraph("周五停水。"), Paragraph("请储水。"))
    new = (
        Heading("时间"),
        Paragraph("周五停水。"),
        Heading("地点"),
        Paragraph("一组至三组的全部农户。"),
    )

    found = told(old, new)

    assert [(one.word, one.where, plain(one.before), plain(one.after)) for one in found] == [
        ("去掉了", "", "[请储水。]", ""),
        ("加了", "时间", "", "[地点]"),
        ("加了", "地点", "", "[一组至三组的全部农户。]"),
    ]


def test_row_says_whose_it_is_and_only_what_differs() -> None:
    rows = (LIST.rows[0], ("2", "李秀兰", "2", "1,090.00"), ("3", "刘德福", "4", "2,180.00"))

    found = told(LIST, msgspec.structs.replace(LIST, rows=rows))

    assert [(plain(one.before), plain(one.after), one.row) for one in found] == [
        ("李秀兰：人数 [1]，每月金额（元） [545.00]", "李秀兰：人数 [2]，每月金额（元） [1,090.00]", 1),
        ("[张桂英：]人数 [2]，每月金额（元） [1,090.00]", "[刘德福：]人数 [4]，每月金额（元） [2,180.00]", 2),
    ]  # fmt: skip


def test_row_that_was_left_out_is_said_whole() -> None:
    rows = (*LIST.rows, ("4", "陈玉梅", "1", "545.00"))

    (change,) = told(LIST, msgspec.structs.replace(LIST, rows=rows))

    assert change.kind == "added"
    assert plain(change.after) == "[陈玉梅：序号 4，人数 1，每月金额（元） 545.00]"


def test_one_mended_entry_is_one_change_though_every_balance_moves() -> None:
    before = ledger(2026, 11, entries=5)
    wrong = before.rows[1]
    off = Decimal("100.00")
    rows = tuple(
        msgspec.structs.replace(
            row, balance=row.balance - off, expense=row.expense + (off if row is wrong else 0)
        )
        if number >= 1
        else row
        for number, row in enumerate(before.rows)
    )
    after = Ledger(
        before.start, before.end, before.opening, rows, before.income, before.expense + off,
        before.closing - off,
    )  # fmt: skip

    entry, sums = told(before, after)

    assert plain(entry.before) == "路灯维修材料费：支出 [\u22121,234.50]"
    assert plain(entry.after) == "路灯维修材料费：支出 [\u22121,334.50]"
    assert plain(sums.before) == "合计：支出 [\u221238,834.50]，期末结余 [131,201.25]"


def test_other_picture_under_the_same_caption_is_a_change() -> None:
    pictures = [Picture(ref_of(data), 800, 600, "收据") for data in (b"one", b"two")]

    (change,) = told(pictures[0], pictures[1])

    assert plain(change.after) == "图片：收据[（换了一张）]"


def test_title_and_period_are_compared_too() -> None:
    old = revision(1, Paragraph("略。"), title="三季度低保名单")
    new = msgspec.structs.replace(
        revision(2, Paragraph("略。"), title="四季度低保名单"),
        period=(date(2026, 10, 1), date(2026, 12, 31)),
    )

    title, covered = compare(SAY, QINGSHI, old, new)

    assert (title.where, plain(title.before)) == ("标题", "[三]季度低保名单")
    assert (covered.word, plain(covered.after)) == ("加了", "[2026年10月1日—12月31日]")


def test_corrected_notice_has_the_key_only_where_its_earlier_revision_is_held() -> None:
    old, new = revision(1, Paragraph("周五。")), revision(2, Paragraph("周六。"))

    with_old = page(held(old, new, AtNotice("n")))
    without = page(scene(posting(new), place=AtNotice("n")))

    assert isinstance(with_old, NoticeView)
    assert isinstance(without, NoticeView)
    assert (with_old.banners[0].key, with_old.banners[0].opens) == (
        "看改了什么",
        Open(AtChanges("n")),
    )
    assert without.banners[0].opens is None


def test_cell_counts_by_its_column_where_headings_repeat() -> None:
    header = ("姓名", "金额", "姓名", "金额")
    old = Table(header, (("王小军", "100", "李秀兰", "200"),))
    new = Table(header, (("王小军", "900", "李秀兰", "200"),))

    (change,) = told(old, new)

    assert plain(change.before) == "王小军：金额 [100]"
    assert plain(change.after) == "王小军：金额 [900]"


def test_renamed_heading_is_one_change_and_a_new_column_one_a_row() -> None:
    old = Table(("户主", "钱"), (("王小军", "100"), ("李秀兰", "200")))
    renamed = Table(("户主", "金额"), old.rows)
    wider = Table(("户主", "钱", "备注"), (("王小军", "100", ""), ("李秀兰", "200", "补发")))

    (heading,) = told(old, renamed)
    headings, row = told(old, wider)

    assert (plain(heading.before), plain(heading.after)) == ("户主、[钱]", "户主、[金额]")
    assert plain(headings.after) == "户主、钱[、备注]"
    assert (plain(row.before), plain(row.after)) == ("李秀兰：备注 [—]", "李秀兰：备注 [补发]")


def test_ledger_of_another_year_says_its_period_and_every_day() -> None:
    new = ledger(2026, 11, entries=2)
    old = msgspec.structs.replace(
        new,
        start=new.start.replace(year=2025),
        end=new.end.replace(year=2025),
        rows=tuple(msgspec.structs.replace(row, on=row.on.replace(year=2025)) for row in new.rows),
    )

    covered, first, _ = told(old, new)

    assert (covered.where, plain(covered.before)) == ("所属期间", "[2025]年11月1日—11月15日")
    assert plain(first.before) == "土地承包费收入：日期 [2025-11-01]"


def test_other_photo_of_a_voucher_is_a_change() -> None:
    old, new = (ledger(2026, 11, entries=2, photo=photo * 64) for photo in "ab")

    (change,) = told(old, new)

    assert plain(change.before) == "路灯维修材料费：凭证照片 [1 张]"
    assert plain(change.after) == "路灯维修材料费：凭证照片 [1 张（换了一张）]"


LEDGER = ledger(2026, 11, entries=2)
PICTURE = Picture(ref_of(b"one"), 800, 600, "收据")
KNOWN = revision(1, LEDGER, LIST, PICTURE, Heading("时间"))
# What a revision may have anew without another word, since people don't see it or it says itself.
UNTOLD = {
    "id", "revision", "corrects", "posted", "audit", "reading", "initials", "names", "pictures",
    "blocks", "money", "level", "width", "height", "balance",
}  # fmt: skip
OTHER: dict[str, object] = {
    "title": "别的", "category": "cwsz", "publisher": Publisher.COLLECTIVE, "author": "别人",
    "decided": None, "period": (date(2026, 1, 1), date(2026, 1, 31)), "urgent": True,
    "start": date(2026, 10, 1), "end": date(2026, 11, 16), "opening": Decimal("1.00"), "rows": (),
    "income": Decimal("1.00"), "expense": Decimal("1.00"), "closing": Decimal("1.00"),
    "on": date(2025, 11, 1), "item": "别的", "voucher": "别的", "handler": "别的", "remark": "别的",
    "photos": ("b" * 64,), "header": ("号", "户主", "人数", "金额"), "caption": "别的",
    "blob": ref_of(b"two"), "text": "别的",
}  # fmt: skip


def with_block(number: int, block: Block) -> Notice:
    blocks = list(KNOWN.blocks)
    blocks[number] = block
    return msgspec.structs.replace(KNOWN, blocks=tuple(blocks))


def with_row(row: Row) -> Notice:
    return with_block(0, msgspec.structs.replace(LEDGER, rows=(row, LEDGER.rows[1])))


@pytest.mark.parametrize(
    ("part", "put"),
    [
        (KNOWN, lambda notice: notice),
        (LEDGER.rows[0], with_row),
        *((block, partial(with_block, number)) for number, block in enumerate(KNOWN.blocks)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_nothing_is_as_it_was_when_any_field_differs(
    part: msgspec.Struct, put: Callable[[Any], Notice]
) -> None:
    fields = {field.name for field in msgspec.structs.fields(part)} - UNTOLD

    untold = {
        name
        for name in fields
        if not compare(
            SAY,
            QINGSHI,
            KNOWN,
            put(msgspec.structs.replace(part, **{name: OTHER.get(name, "别的")})),
        )
    }

    assert fields
    assert untold == set()


def test_page_reads_the_reason_and_what_holds_now() -> None:
    old = revision(1, Paragraph("一组停水。"), Paragraph("周五停水。"))
    new = revision(2, Paragraph("一组停水。"), Paragraph("周六停水。"))

    view = page(held(old, new, AtChanges("n")))

    assert isinstance(view, ChangesView)
    assert view.reason == "更正原因：金额写错"
    assert [one.sentence.words for one in view.reading] == [
        "低保名单", "改了", "原来", "周五停水。", "现在", "周六停水。",
    ]  # fmt: skip
    assert [one.notice for one in view.reading[1:4]] == [
        "change 0 head", "change 0 before", "change 0 before",
    ]  # fmt: skip


def test_page_reads_what_is_no_longer_there_and_the_period_that_was_put_right() -> None:
    old = revision(
        1, Paragraph("甲。"), Paragraph("乙。"), period=(date(2026, 9, 1), date(2026, 9, 30))
    )
    new = revision(2, Paragraph("甲。"), period=(date(2026, 10, 1), date(2026, 10, 31)))

    view = page(held(old, new, AtChanges("n")))

    assert isinstance(view, ChangesView)
    assert [one.sentence.words for one in view.reading[1:]] == [
        "改了，所属期间", "原来，2026年9月1日—9月30日", "现在，2026年10月1日—10月31日",
        "去掉了", "原来", "乙。", "现在，没有",
    ]  # fmt: skip
    assert view.more == "其他内容没有改动。"


def test_thousands_of_changes_come_to_an_end() -> None:
    old = Table(("户主", "金额"), tuple((f"户{n}", f"{n}.00") for n in range(2_000)))
    rows = tuple((name, f"{amount[:-1]}5") for name, amount in old.rows)
    new = msgspec.structs.replace(old, rows=rows)

    view = page(held(revision(1, old), revision(2, new), AtChanges("n")))

    assert isinstance(view, ChangesView)
    assert len(view.changes) == MOST
    assert view.more == "另外还有 1700 处改动"


SAME = ("水费", "一组", "10.00")
TEXT = "同意。" * 12_000


@pytest.mark.parametrize(
    ("old", "new", "most"),
    [
        (Paragraph(TEXT), Paragraph(f"不{TEXT}不"), 2),
        (Paragraph("甲乙" * 490), Paragraph("甲丙" * 490), 2),
        (Table(("甲", "乙", "丙"), (SAME,) * 5_000), Table(("甲", "乙", "丁"), (SAME,) * 5_000), 1),
        (
            Table(("甲", "乙", "丙"), (SAME,) * 5_000),
            Table(("甲", "乙", "丙"), (("电费", *SAME[1:]), *(SAME,) * 4_998, ("路灯", *SAME[1:]))),
            4,
        ),
        (
            Table(("甲", "乙"), tuple((f"户{n}", "1") for n in range(5_000))),
            Table(("甲", "乙"), tuple((f"户{n}", str(1 + n % 2)) for n in range(5_000))),
            2_500,
        ),
    ],
)  # fmt: skip
def test_comparing_what_is_all_alike_comes_to_an_end(old: Block, new: Block, most: int) -> None:
    began = process_time()

    found = told(old, new)

    assert process_time() - began < 2  # seconds; it was 20
    assert len(found) == most


texts = st.text("停水一二三组周五，。0123456789.元 A", max_size=60)


@given(texts, texts)
def test_both_sides_say_exactly_what_the_revisions_say(old: str, new: str) -> None:
    before, after = marked(old, new)

    assert "".join(piece.text for piece in before) == old
    assert "".join(piece.text for piece in after) == new
