"""The audit: item by item, never by the author, one refusal keeps the notice out."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from sync.errors import BadInput, NotAllowed
from sync.ledger import Ledger, Row
from sync.notices import Notice, Paragraph, Publisher
from sync.office.audit import STANDARD_ITEMS, State, answered, as_text, items_of, state, unanswered

TODAY = date(2026, 11, 15)


def notice(**changes: object) -> Notice:
    plain = Notice(
        id="one",
        revision=1,
        category="accounts",
        title="十月收支",
        initials="sysz",
        publisher=Publisher.COMMITTEE,
        author="张三、李 四",
        posted=TODAY,
        blocks=(Paragraph("内容"),),
        reading=(),
    )
    return msgspec.structs.replace(plain, **changes)


def ledger(*rows: Row) -> Ledger:
    zero = Decimal("0.00")
    return Ledger(date(2026, 10, 1), date(2026, 10, 31), zero, rows, zero, zero, zero)


def row(item: str, income: str = "0.00", expense: str = "0.00") -> Row:
    return Row(
        date(2026, 10, 8), item, "v1", "甲", Decimal(income), Decimal(expense), Decimal("0.00")
    )


def pass_all(draft: Notice) -> Notice:
    for item in items_of(draft):
        draft = answered(draft, item, verdict="pass", by="王五", on=TODAY)
    return draft


def test_text_notice_has_the_three_standard_items():
    assert items_of(notice()) == STANDARD_ITEMS


def test_every_ledger_entry_is_an_item_of_its_own():
    draft = notice(blocks=(ledger(row("水费", expense="120.50"), row("租金", income="3000.00")),))

    assert items_of(draft) == (
        "1. 10-08 水费　−120.50",
        "2. 10-08 租金　+3,000.00",
        *STANDARD_ITEMS,
    )


def test_audit_is_open_until_the_last_item_is_answered():
    draft = answered(notice(), "真实性", verdict="pass", by="王五", on=TODAY)

    assert state(draft) is State.OPEN
    assert unanswered(draft) == ("合规性", "完整性")
    assert state(pass_all(draft)) is State.PASSED


def test_one_refused_item_keeps_the_notice_out_until_it_is_answered_anew():
    refused = answered(
        pass_all(notice()), "合规性", verdict="refuse", by="王五", on=TODAY, remark="没有会议记录"
    )
    assert state(refused) is State.REFUSED

    mended = answered(refused, "合规性", verdict="pass", by="王五", on=TODAY)

    assert state(mended) is State.PASSED
    assert len(mended.audit) == len(STANDARD_ITEMS)


@pytest.mark.parametrize("name", ["张三", "李四", " 李　四", "张 三"])
def test_author_cannot_audit_whatever_the_spaces(name):
    with pytest.raises(NotAllowed, match="author"):
        answered(notice(), "真实性", verdict="pass", by=name, on=TODAY)


def test_author_cannot_audit_in_full_width_letters():
    with pytest.raises(NotAllowed):
        answered(notice(author="Li"), "真实性", verdict="pass", by="ＬＩ", on=TODAY)


def test_masked_author_may_be_the_auditor():
    with pytest.raises(NotAllowed):
        answered(notice(author="王*示"), "真实性", verdict="pass", by="王小示", on=TODAY)

    assert answered(notice(author="王*示"), "真实性", verdict="pass", by="王*例", on=TODAY).audit


def test_refusal_without_a_reason_is_refused():
    with pytest.raises(BadInput, match="remark"):
        answered(notice(), "真实性", verdict="refuse", by="王五", on=TODAY)


def test_unknown_item_is_answered_with_the_list():
    with pytest.raises(BadInput, match="合规性"):
        answered(notice(), "真实", verdict="pass", by="王五", on=TODAY)


@pytest.mark.parametrize("name", ["", "  ", "王\u202e五", "王" * 21, "王\n五"])
def test_auditor_needs_a_name_that_can_be_shown(name):
    with pytest.raises(BadInput):
        answered(notice(), "真实性", verdict="pass", by=name, on=TODAY)


def test_auditor_reads_every_entry_with_its_amounts():
    text = as_text(notice(blocks=(Paragraph("说明"), ledger(row("水费", expense="120.50")))))

    assert "说明" in text
    assert "1. 2026-10-08 水费　凭证 v1　经手 甲　收 0.00　支 120.50　余 0.00" in text
