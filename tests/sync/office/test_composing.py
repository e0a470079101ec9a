"""A file and what is said of it become a draft, or a clear refusal."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from sync.errors import BadInput
from sync.ledger import Ledger, Row
from sync.notices import (
    BANNER_BLOCK,
    TEXT_LIMIT,
    Correction,
    Decision,
    Heading,
    Name,
    Paragraph,
    Publisher,
    Table,
)
from sync.office.composing import Details, compose, next_id, of_head, of_notice
from sync.prepare import Material
from tests.sync.office.conftest import VILLAGE

TODAY = date(2026, 11, 15)
MATERIAL = Material((Paragraph("周五停水一天。"),), title="停水通知")
SAID = Details(category="other", author="赵示例")


def made(material: Material = MATERIAL, said: Details = SAID, notice_id: str = "water"):
    return compose(notice_id, material, said, village=VILLAGE, today=TODAY)


def ledger(**changes: object) -> Ledger:
    row = Row(
        date(2026, 10, 8),
        "水费",
        "v1",
        "甲",
        Decimal("0.00"),
        Decimal("120.50"),
        Decimal("879.50"),
    )
    plain = Ledger(
        start=date(2026, 10, 1),
        end=date(2026, 10, 31),
        opening=Decimal("1000.00"),
        rows=(row,),
        income=Decimal("0.00"),
        expense=Decimal("120.50"),
        closing=Decimal("879.50"),
    )
    return msgspec.structs.replace(plain, **changes)


def test_draft_has_its_reading_and_its_titles_initials():
    notice = made()

    assert notice.initials == "tstz"
    assert [(sentence.block, sentence.words) for sentence in notice.reading] == [
        (-1, "停水通知。"),
        (0, "周五停水一天。"),
    ]
    assert (notice.posted, notice.publisher, notice.urgent) == (TODAY, Publisher.COMMITTEE, False)


def test_draft_carries_the_letters_under_which_its_names_are_found():
    listed = Table(("户主", "金额"), (("单*山", "545.00"),), (1,))

    notice = made(Material((listed,), title="名单"))

    assert notice.names == (Name("单*山", "s*s"),)


def test_ledgers_period_is_the_notices():
    notice = made(Material((ledger(),), title="收支"), Details(category="accounts", author="赵"))

    assert notice.period == (date(2026, 10, 1), date(2026, 10, 31))


def test_period_that_differs_from_the_ledgers_is_refused():
    said = Details(category="accounts", author="赵", period=(date(2026, 9, 1), date(2026, 9, 30)))

    with pytest.raises(BadInput, match="differs from the ledger"):
        made(Material((ledger(),), title="收支"), said)


def test_finance_without_a_period_is_refused():
    with pytest.raises(BadInput, match="--period"):
        made(said=Details(category="benefits", author="赵"))


def test_ledger_that_does_not_balance_is_refused():
    with pytest.raises(BadInput, match="closing balance"):
        made(
            Material((ledger(closing=Decimal("880.00")),), title="收支"),
            Details(category="accounts", author="赵"),
        )


def test_ledger_with_an_entry_after_the_posting_is_refused():
    said = Details(category="accounts", author="赵", posted=date(2026, 10, 7))

    with pytest.raises(BadInput, match="after the posting date"):
        made(Material((ledger(),), title="收支"), said)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"category": "没有"}, "accounts（财务收支）"),
        ({"category": None}, "unknown category"),
        ({"author": ""}, "author"),
        ({"author": "赵\u200b示例"}, "200B"),
        ({"title": "长" * 61}, "title"),
        ({"title": "停水\u202e通知"}, "202E"),
        ({"title": "停水\n通知"}, "title"),
        ({"posted": date(2024, 11, 15)}, "too far"),
        ({"posted": date(2027, 11, 15)}, "too far"),
        ({"decided_on": date(2026, 11, 1)}, "together"),
        ({"decided_by": "村两委"}, "together"),
        ({"decided_on": date(2026, 11, 16), "decided_by": "村两委"}, "decided after"),
        ({"period": (date(2026, 2, 1), date(2026, 1, 1))}, "ends before"),
    ],
)
def test_what_is_wrong_is_named(changes, named):
    said = Details(**changes).over(SAID)
    if "category" in changes or "author" in changes:
        said = Details(**({"category": "other", "author": "赵"} | changes))

    with pytest.raises(BadInput, match=named):
        made(said=said)


@pytest.mark.parametrize("notice_id", ["", "../x", "Water", "水", "a" * 65, "-a", "a/b"])
def test_id_that_could_leave_its_folder_is_refused(notice_id):
    with pytest.raises(BadInput, match="id"):
        made(notice_id=notice_id)


def test_file_without_content_is_refused():
    with pytest.raises(BadInput, match="empty"):
        made(Material((), title="停水通知"))


def test_endless_text_is_refused():
    rows = (("长" * 100, "1"),) * (TEXT_LIMIT // 100)

    with pytest.raises(BadInput, match="too long"):
        made(Material((Table(("甲", "乙"), rows),), title="停水通知"))


def test_title_of_the_document_serves_when_none_is_said():
    assert made(said=Details(title="另一个标题").over(SAID)).title == "另一个标题"
    assert made().title == "停水通知"


def test_head_of_a_text_file_is_taken_over():
    head = {
        "id": "water",
        "category": "other",
        "publisher": Publisher.COLLECTIVE,
        "posted": TODAY,
        "decided": Decision(TODAY, "村两委"),
        "period": (TODAY, TODAY),
        "urgent": True,
    }

    assert of_head(head) == Details(
        category="other",
        publisher=Publisher.COLLECTIVE,
        posted=TODAY,
        decided_on=TODAY,
        decided_by="村两委",
        period=(TODAY, TODAY),
        urgent=True,
    )


def test_head_with_a_value_of_the_wrong_kind_is_refused():
    with pytest.raises(BadInput, match="head"):
        of_head({"posted": 5})


def test_revision_takes_over_everything_but_the_day():
    before = made(said=Details(decided_on=TODAY, decided_by="村两委", urgent=True).over(SAID))

    notice = compose(
        "water",
        MATERIAL,
        Details().over(of_notice(before)),
        village=VILLAGE,
        today=date(2026, 11, 20),
        corrects=Correction(1, "日期写错"),
    )

    title, *text = before.reading
    assert notice == msgspec.structs.replace(
        before,
        revision=2,
        posted=date(2026, 11, 20),
        corrects=Correction(1, "日期写错"),
        reading=(title, *notice.reading[1:3], *text),
    )
    assert [(one.block, one.words) for one in notice.reading[1:3]] == [
        (BANNER_BLOCK, "本公示已更正，替换第一版。"),
        (BANNER_BLOCK, "更正原因：日期写错。"),
    ]


def test_correction_that_would_leave_the_board_empty_till_its_day_is_refused():
    tomorrow = date(2026, 11, 16)
    said = Details(posted=tomorrow).over(SAID)

    with pytest.raises(BadInput, match="更正不能等"):
        compose(
            "water",
            MATERIAL,
            said,
            village=VILLAGE,
            today=TODAY,
            corrects=Correction(1, "日期写错"),
        )

    assert made(said=said).posted == tomorrow  # a new notice may wait for its day


def test_first_heading_stays_where_the_notice_is_called_otherwise():
    material = Material((Paragraph("第一条"),), title="村规民约", heading="村规民约")

    other = made(material, said=Details(title="村规民约修订").over(SAID))
    same = made(material, said=Details(title="村规民约").over(SAID))

    assert other.blocks == (Heading("村规民约", 1), Paragraph("第一条"))
    assert same.blocks == (Paragraph("第一条"),)


def test_ids_are_numbered_from_the_second_of_a_day():
    assert next_id("other", TODAY, ()) == "other-20261115"
    assert next_id("other", TODAY, {"other-20261115", "other-20261115-2"}) == "other-20261115-3"
