"""What a verified board says, and how an unfit notice is set aside without the rest."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from sync.errors import NotTrusted, NotUnderstood, SourceUnavailable
from sync.feed.gate import SetAside, VerifiedFeed, open_feed, verify
from sync.feed.layout import FORMAT, Page, PageEntry, PageRef, Withdrawal, encode
from sync.ledger import Ledger, Row
from sync.notices import NOTICE_LIMIT, AuditItem, BlobRef, Name, Paragraph, Picture, Sentence, Table
from tests.support.board import ledger as accounts
from tests.support.office import VILLAGE, OfficeInMemory, notice


def opened(office: OfficeInMemory, **options: object) -> VerifiedFeed:
    return open_feed(verify(office.files(), office.anchor), office.read, **options)


def titles(feed: VerifiedFeed) -> list[str]:
    return [msgspec.json.decode(each.data)["title"] for each in feed.postings if each.data]


def ledger(**changes: object) -> Ledger:
    row = Row(
        date(2026, 10, 8),
        "租金",
        "记-1",
        "李示例",
        Decimal("10.00"),
        Decimal("0.00"),
        Decimal("10.00"),
    )
    whole = Ledger(
        start=date(2026, 10, 1),
        end=date(2026, 10, 31),
        opening=Decimal("0.00"),
        rows=(row,),
        income=Decimal("10.00"),
        expense=Decimal("0.00"),
        closing=Decimal("10.00"),
    )
    return msgspec.structs.replace(whole, **changes)


VOUCHER = msgspec.structs.replace(ledger().rows[0], photos=("a" * 64,))


def test_board_opens_with_the_villages_data_and_its_notices_oldest_first(office):
    office.publish(notice("先"), notice("后"))

    feed = opened(office)

    assert feed.village == VILLAGE
    assert titles(feed) == ["先", "后"]
    assert feed.set_aside == ()


def test_notices_held_already_are_not_read_again(office):
    office.publish(notice("先"), notice("后"))
    held = [office.index().entries[0].notice.sha256]
    office.blobs.pop(held[0])

    feed = opened(office, held=held)

    assert [posting.data is None for posting in feed.postings] == [True, False]


def test_closed_months_are_read_back_in_order(office):
    office.publish(notice("八月"))
    office.close_month("2026-08")
    office.publish(notice("九月"))
    office.close_month("2026-09")
    office.publish(notice("十月"))

    assert titles(opened(office)) == ["八月", "九月", "十月"]
    assert titles(opened(office, months=1)) == ["九月", "十月"]
    assert titles(opened(office, months=0)) == ["十月"]


def test_revision_replaces_what_an_earlier_month_said(office):
    office.publish(notice("旧题", id="roof"), notice("别的"))
    office.close_month("2026-09")
    office.publish(notice("新题", id="roof", revision=2))

    assert titles(opened(office)) == ["别的", "新题"]


def test_withdrawal_replaces_the_notice_and_keeps_why(office):
    office.publish(notice("停水"))
    office.publish(withdraw=[notice("停水")], reason="已恢复供水")

    feed = opened(office)

    assert [posting.entry.withdrawn.reason for posting in feed.postings] == ["已恢复供水"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"title": "停\u202e水"}, "U+202E"),
        ({"blocks": (Paragraph("周五\u200b停水"),)}, "U+200B"),
        ({"blocks": (Paragraph(" 周五停水"),)}, "spaces around"),
        ({"author": "李\x07"}, "U+0007"),
        ({"title": "字" * 61}, "标题须为"),
        ({"title": ""}, "标题须为"),
        ({"id": "../../etc"}, "编号不合规则"),
        ({"blocks": (ledger(closing=Decimal("11.00")),)}, "期末余额"),
        ({"blocks": (ledger(closing=Decimal("1E+999999999")),)}, "合计"),
        ({"blocks": (Table(("甲", "乙"), (("一",),)),)}, "第 1 行有 1 格，表头有 2 格"),
        ({"blocks": (Table((), ()),)}, "没有表头"),
        ({"blocks": (Table(("甲",), (), money=(1,)),)}, "金额列"),
        ({"blocks": (Picture(BlobRef("0" * 64, 9), 20_000, 1),)}, "超出范围"),
        ({"pictures": (Picture(BlobRef("0" * 64, 5 << 20), 10, 10),)}, "图片文件太大"),
        ({"pictures": (Picture(BlobRef("../secret", 9), 10, 10),)}, "not an acceptable file"),
        ({"blocks": (Paragraph("水" * 40_001),)}, "too long"),
        ({"blocks": (Table(("户主",), (("",),) * 5_000),)}, "too long"),
        ({"blocks": (Table(("户主",) * 200, (("",) * 200,) * 200),)}, "too long"),
        ({"blocks": (Paragraph("水"),) * 5_001}, "too long"),
        ({"blocks": (accounts(2026, 11, entries=5_001),)}, "too long"),
        ({"blocks": (ledger(rows=(VOUCHER,)),)}, "第 1 行 (row 1)：没有这张凭证照片"),
        ({"posted": date(9999, 12, 31)}, "day out of range"),
        ({"period": (date(2026, 1, 1), date(9999, 12, 31))}, "day out of range"),
        ({"reading": (Sentence(1, "没有的段落", "mei2"),)}, "朗读稿"),
    ],
)
def test_unfit_notice_is_set_aside_and_the_rest_goes_on(office, changes, reason):
    unfit = notice(**({"title": "停水", "id": "unfit"} | changes))
    office.publish(notice("第一"), unfit, notice("第三"))

    feed = opened(office)

    assert titles(feed) == ["第一", "第三"]
    (aside,) = feed.set_aside
    assert (aside.revision, aside.sha256) == (1, office.index().entries[1].notice.sha256)
    assert reason in aside.reason
    assert aside.reason.isprintable()


def test_accounts_of_five_thousand_entries_each_of_them_audited_can_be_shown(office):
    book = accounts(2026, 11, entries=5_000)
    day = date(2026, 11, 20)
    audit = tuple(AuditItem(f"第 {n} 笔属实", "pass", "王示例", day) for n in range(5_000))
    office.publish(notice("年度收支", blocks=(book,), audit=audit))

    assert titles(opened(office)) == ["年度收支"]


SECRET = "王小军620522197001011234"
AMOUNT = Decimal("620522197001.5")


@pytest.mark.parametrize(
    "changes",
    [
        {"blocks": (Paragraph(f"{SECRET} "),)},
        {"blocks": (Table(("户主",), ((f"{SECRET}\u200b",),)),)},
        {"author": f" {SECRET}"},
        {"names": (Name(SECRET, "w"),)},
        {"blocks": (Table(("户主",), ((SECRET,),)),), "names": (Name(SECRET, SECRET),)},
        {"pictures": (Picture(BlobRef(SECRET, 9), 10, 10),)},
        *(
            {"blocks": (ledger(rows=(msgspec.structs.replace(ledger().rows[0], **row),)),)}
            for row in (
                {"item": SECRET, "balance": AMOUNT},
                {"item": SECRET, "income": AMOUNT + Decimal("0.001")},
                {"item": SECRET, "income": -AMOUNT},
                {"item": SECRET, "income": Decimal("0.00")},
                {"item": SECRET, "on": date(1970, 1, 1)},
                {"item": SECRET, "photos": (SECRET,)},
            )
        ),
        {"blocks": (ledger(income=AMOUNT),)},
    ],
)
def test_reason_never_holds_what_stands_in_the_notice(office, changes):
    office.publish(notice("停水", id="unfit", **changes))

    (aside,) = opened(office).set_aside

    assert not [one for one in ("王小军", "620522", "1970") if one in aside.reason]


@pytest.mark.parametrize("field", ["publisher", "posted", "revision", "audit"])
def test_reason_never_quotes_what_cannot_be_decoded(office, field):
    office.publish(notice("停水"))
    (entry,) = office.index().entries
    told = msgspec.json.decode(encode(notice("停水"))) | {field: f"{SECRET} - at `$.x`"}
    broken = msgspec.structs.replace(entry, notice=office.keep(msgspec.json.encode(told)))
    office.publish_index(office.index(entries=(broken,)))

    (aside,) = opened(office).set_aside

    assert SECRET not in aside.reason
    assert f"`$.{field}`" in aside.reason


@pytest.mark.parametrize(
    "changes", [{"revision": 2}, {"category": "cwsz"}, {"posted": date(2026, 11, 1)}]
)
def test_notice_that_differs_from_its_entry_is_set_aside(office, changes):
    office.publish(notice("停水"))
    (entry,) = office.index().entries
    office.publish_index(office.index(entries=(msgspec.structs.replace(entry, **changes),)))

    feed = opened(office)

    assert feed.postings == ()
    assert f"公告与目录不符：{next(iter(changes))}" in feed.set_aside[0].reason


FAR = date(9999, 12, 31)


@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize(
    "changes",
    [{"posted": FAR}, {"sealed": FAR}, {"sealed": date.min}, {"withdrawn": Withdrawal("错", FAR)}],
)
def test_entry_dated_past_the_calendar_is_set_aside(office, changes, held):
    office.publish(notice("停水"), notice("停电"))
    odd, fine = office.index().entries
    odd = msgspec.structs.replace(odd, **changes)
    office.publish_index(office.index(entries=(odd, fine)))

    feed = opened(office, held=[odd.notice.sha256] if held else [])

    assert [posting.entry for posting in feed.postings] == [fine]
    assert "day out of range" in feed.set_aside[0].reason


@pytest.mark.parametrize("content", [b"{}", b"[" * 9_000, b"\xff\xfe", b'{"id": 7}'])
def test_notice_that_cannot_be_decoded_is_set_aside(office, content):
    office.publish(notice("停水"))
    (entry,) = office.index().entries
    broken = msgspec.structs.replace(entry, notice=office.keep(content))
    office.publish_index(office.index(entries=(broken,)))

    feed = opened(office)

    assert feed.postings == ()
    assert feed.set_aside == (
        SetAside(entry.id, 1, broken.notice.sha256, feed.set_aside[0].reason),
    )
    assert feed.set_aside[0].reason.startswith("the notice cannot be read")


@pytest.mark.parametrize("length", [NOTICE_LIMIT + 1, 10 << 30])
def test_notice_of_too_many_bytes_is_set_aside_unread(office, length):
    office.publish(notice("停水"))
    (entry,) = office.index().entries
    huge = msgspec.structs.replace(entry, notice=BlobRef("1" * 64, length))
    office.publish_index(office.index(entries=(huge,)))

    assert f"{length} bytes" in opened(office).set_aside[0].reason.replace(",", "")


def test_tampered_notice_is_refused(office):
    office.publish(notice("停水"))
    (entry,) = office.index().entries
    data = office.blobs[entry.notice.sha256]
    office.blobs[entry.notice.sha256] = data.replace("停水".encode(), "停电".encode())

    with pytest.raises(NotTrusted, match="is not what was sealed"):
        opened(office)


def test_tampered_month_is_refused(office):
    office.publish(notice("停水"))
    office.close_month("2026-10")
    sha256 = office.index().previous.page.sha256
    office.blobs[sha256] = office.blobs[sha256].replace("停水".encode(), "停电".encode())

    with pytest.raises(NotTrusted, match="is not what was sealed"):
        opened(office)


def test_month_that_carries_another_notice_sets_it_aside(office):
    office.publish(notice("停水"))
    (entry,) = office.index().entries
    other = msgspec.Raw(encode(notice("停电")))
    page = Page(FORMAT, "2026-10", (PageEntry(entry, other),))
    office.publish_index(
        office.index(entries=(), previous=PageRef("2026-10", office.keep(encode(page))))
    )

    assert "another notice" in opened(office).set_aside[0].reason


@pytest.mark.parametrize("earlier", ["2026-10", "2026-11", "2026-9", "../2026", "2026-13"])
def test_months_that_do_not_run_backwards_are_not_understood(office, earlier):
    first = Page(FORMAT, earlier, ())
    second = Page(FORMAT, "2026-10", (), PageRef(earlier, office.keep(encode(first))))
    previous = PageRef("2026-10", office.keep(encode(second)))
    office.publish_index(office.index(previous=previous))

    with pytest.raises(NotUnderstood, match="do not run backwards"):
        opened(office)


def test_month_under_a_false_name_is_not_understood(office):
    page = Page(FORMAT, "2026-09", ())
    office.publish_index(office.index(previous=PageRef("2026-10", office.keep(encode(page)))))

    with pytest.raises(NotUnderstood, match="calls itself"):
        opened(office)


@pytest.mark.parametrize(
    "content", [b"{}", encode(msgspec.structs.replace(VILLAGE, name="青石\u200b村"))]
)
def test_unusable_village_data_is_not_understood(office, content):
    office.publish_index(office.index(village=office.keep(content)))

    with pytest.raises(NotUnderstood, match="village data"):
        opened(office)


def test_source_that_breaks_off_is_said_to(office):
    office.publish(notice("停水"))

    def pulled(ref: BlobRef) -> bytes:
        raise SourceUnavailable("the stick was pulled")

    with pytest.raises(SourceUnavailable, match="the stick was pulled"):
        open_feed(verify(office.files(), office.anchor), pulled)
