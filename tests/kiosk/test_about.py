"""What is said of a notice besides its text: who decided, audited and sealed it, and how long it stays."""

from datetime import date

import msgspec

from kiosk.intentions import Open
from kiosk.places import AtAbout, AtAudit, AtLedger, AtNotice, AtTerm
from kiosk.present.about import AboutView, AuditLine, AuditView
from kiosk.present.ledger import LedgerView
from kiosk.present.notice import NoticeView
from kiosk.scene import page
from sync.feed.layout import Withdrawal
from sync.notices import AuditItem, Correction, Decision, Notice, Paragraph, Publisher
from tests.support.board import written
from tests.support.scene import TODAY, posting, scene

AUDIT = (
    AuditItem("真实性", "pass", "周*平", date(2026, 11, 19)),
    AuditItem("合规性", "pass", "周*平", date(2026, 11, 20), "已核对合同"),
    AuditItem("完整性", "pass", "周*平", date(2026, 11, 20)),
)


def dividends(**changes: object) -> Notice:
    plain = written(
        "股份分红明细",
        Paragraph("每股 25 元。"),
        id="x",
        category="fhmx",
        posted=date(2026, 11, 20),
        publisher=Publisher.COLLECTIVE,
        audit=AUDIT,
        decided=Decision(date(2026, 11, 18), "股东代表大会"),
        period=(date(2026, 1, 1), date(2026, 6, 30)),
    )
    return msgspec.structs.replace(plain, **changes)


def shown(notice: Notice, withdrawn: Withdrawal | None = None) -> NoticeView:
    view = page(scene(posting(notice, withdrawn), place=AtNotice("x")))
    assert isinstance(view, NoticeView)
    return view


def test_below_the_text_stands_all_that_is_known_about_the_notice() -> None:
    facts = [(fact.label, " · ".join(fact.words)) for fact in shown(dividends()).about.facts]

    assert facts == [
        ("公示单位", "青石村股份经济合作社"),
        ("所属期间", "2026年1月1日—6月30日"),
        ("集体决定", "股东代表大会 · 2026年11月18日"),
        ("审核", "3 项审核全部通过 · 周*平 · 11月20日"),
        ("盖章", "青石村村民委员会 · 已盖章 11月20日"),
        ("盖章", "青石村村务监督委员会 · 已审核盖章 11月20日"),
        ("开始公示", "2026年11月20日"),
        ("公示进度", "公示第 1 个工作日，共 10 个"),
        ("公示到", "至少到 12月5日 · 还有 12 天"),
    ]


def test_head_keeps_to_what_must_be_known_at_first_sight() -> None:
    assert shown(dividends()).meta == (
        "公示第 1 个工作日，共 10 个",
        "至少到 12月5日",
        "所属期间 2026年1月1日—6月30日",
    )


def test_notice_taken_back_claims_no_days_that_are_left() -> None:
    view = shown(dividends(), Withdrawal("有误", TODAY))

    assert view.meta == ()
    assert [(fact.label, " · ".join(fact.words)) for fact in view.about.facts][-2:] == [
        ("开始公示", "2026年11月20日"),
        ("撤回", "11月23日 · 有误"),
    ]


def test_correction_says_which_version_it_replaces_and_why() -> None:
    view = shown(dividends(revision=2, corrects=Correction(1, "漏了两户")))

    assert ("更正", "更正第 1 版：漏了两户") in [
        (one.label, *one.words) for one in view.about.facts
    ]


def test_summary_of_the_audit_opens_item_by_item() -> None:
    view = shown(dividends())
    assert view.about.keys == (
        ("公示期怎么算", Open(AtTerm("x"))), ("看 3 项审核明细", Open(AtAudit("x"))),
    )  # fmt: skip

    audit = page(scene(posting(dividends()), place=AtAudit("x")))

    assert isinstance(audit, AuditView)
    assert audit.lines[1] == AuditLine(
        "合规性", "通过", passed=True, details=("周*平", "11月20日"), remark="已核对合同"
    )


def test_item_that_did_not_pass_is_said_openly() -> None:
    refused = AuditItem("合规性", "refuse", "李*明", date(2026, 11, 20), "缺合同")
    view = shown(dividends(audit=(*AUDIT[:1], refused)))

    assert "1 项没有通过审核 · 周*平、李*明 · 11月20日" in [
        " · ".join(one.words) for one in view.about.facts
    ]


def test_seals_open_what_is_known_also_of_a_notice_that_opens_at_its_entries() -> None:
    ledger = page(scene(place=AtLedger("finance", 0)))
    assert isinstance(ledger, LedgerView)
    known = page(scene(place=AtAbout("finance")))

    assert isinstance(known, AboutView)
    assert ledger.strip.about == known.heading == "公示信息"
    assert "集体决定" in [fact.label for fact in known.about.facts]


def test_notice_without_an_audit_has_no_key_to_one() -> None:
    view = shown(dividends(audit=()))

    assert [words for words, _ in view.about.keys] == ["公示期怎么算"]
    assert not isinstance(page(scene(posting(dividends(audit=())), place=AtAudit("x"))), AuditView)
