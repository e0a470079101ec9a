"""The page of a ledger: what is sifted, what is heard, and which months stand beside it."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from kiosk.intentions import Choose, Open, Sift
from kiosk.places import AtLedger, AtPicture, Sifted
from kiosk.present.ledger import LedgerView
from kiosk.present.parts import LABEL_BLOCK
from kiosk.present.picture import PictureView
from kiosk.scene import heard_on, page
from sync.feed.layout import Posting, Withdrawal, ref_of
from sync.ledger import Ledger
from sync.notices import Heading, Picture
from tests.support.board import ledger, written
from tests.support.scene import TODAY, posting, scene


def month(number: int, **changes: object) -> Ledger:
    """Return the ledger of a whole month."""
    last = 31 if number in {7, 8, 10} else 30
    found = ledger(2026, number, entries=4)
    return msgspec.structs.replace(found, end=date(2026, number, last), **changes)


def accounts(book: Ledger, name: str = "", **changes: object) -> Posting:
    return posting(written("账", book, id=name or f"m{book.start}", category="cwsz", **changes))


def at(place: AtLedger, *postings: Posting) -> LedgerView:
    view = page(scene(*postings, place=place))
    assert isinstance(view, LedgerView)
    return view


@pytest.mark.parametrize(
    ("only", "shown", "words"),
    [
        ("all", (0, 1, 2, 3), ""),
        ("income", (0, 2), "只看收入：2 笔，合计 86,420.00 元"),
        ("expense", (1, 3), "只看支出：2 笔，合计 \u221210,834.50 元"),
    ],
)
def test_sifted_page_says_how_many_entries_and_what_they_come_to(
    only: Sifted, shown: tuple[int, ...], words: str
) -> None:
    view = at(AtLedger("a", 0, only=only), accounts(ledger(2026, 11, entries=4), "a"))

    assert (view.shown, view.sum) == (shown, words)
    assert [key.sifts for key in view.keys if key.held] == [Sift(only)]


def test_keys_say_what_they_will_show() -> None:
    view = at(AtLedger("a", 0), accounts(ledger(2026, 11, entries=4), "a"))

    assert [(key.label, key.facts) for key in view.keys] == [
        ("全部", ("4 笔",)),
        ("只看收入", ("2 笔", "86,420.00")),
        ("只看支出", ("2 笔", "\u221210,834.50")),
    ]


def test_chosen_entry_is_heard_alone_and_sifted_ones_with_title_and_totals() -> None:
    one = accounts(ledger(2026, 11, entries=4), "a")

    def heard(place: AtLedger) -> list[tuple[int, int]]:
        spoken = heard_on(at(place, one))
        return [(each.sentence.block, each.sentence.row) for each in spoken]

    assert heard(AtLedger("a", 0, row=2)) == [(0, 2)]
    own = (LABEL_BLOCK, -1)
    assert heard(AtLedger("a", 0, only="income")) == [
        own, (-1, -1), own, own, own, (0, -1), (0, 0), (0, 2), own,
    ]  # fmt: skip
    assert at(AtLedger("a", 0), one).entries[3].chooses == Choose(3)


def test_entry_that_is_sifted_out_is_not_chosen() -> None:
    one = accounts(ledger(2026, 11, entries=4), "a")

    assert at(AtLedger("a", 0, 2, "income"), one).chosen == 2
    assert at(AtLedger("a", 0, 1, "income"), one).chosen == -1
    assert at(AtLedger("a", 0, row=99), one).chosen == -1


def test_months_stand_beside_each_other_with_their_sealed_totals() -> None:
    debt = month(9, expense=Decimal("0.00"), closing=Decimal("-43210.00"))
    postings = [accounts(ledger(2026, 11, entries=4), "a"), accounts(month(10)), accounts(debt)]

    view = at(AtLedger("a", 0, only="months"), *postings)

    assert [(one.name, one.here) for one in view.months] == [
        ("2026年11月1日—11月15日", True), ("2026年10月", False), ("2026年9月", False),
    ]  # fmt: skip
    assert [bar.amount.amount for bar in view.months[2].bars] == [
        "86,420.00", "0.00", "\u221243,210.00",
    ]  # fmt: skip
    assert [bar.below for bar in view.months[2].bars] == [False, False, True]
    largest = max(bar.share for one in view.months for bar in one.bars)
    assert largest == 1.0
    assert view.shown == ()


def test_months_are_heard_one_after_the_other() -> None:
    postings = [accounts(ledger(2026, 11, entries=4), "a"), accounts(month(10))]

    months = heard_on(at(AtLedger("a", 0, only="months"), *postings))[-3:-1]

    assert [one.notice for one in months] == ["month 0", "month 1"]
    assert months[1].sentence.words == (
        "2026年10月：收入 86,420.00 元，支出 10,834.50 元，期末结余 159,201.25 元"
    )


def test_no_day_and_no_stranger_counts_among_the_months() -> None:
    here = accounts(month(10), "a")
    others = [
        accounts(msgspec.structs.replace(month(9), start=date(2026, 7, 1)), "quarter"),
        accounts(month(9), "september"),
        posting(written("分红", month(8), id="dividends", category="fhmx")),
        posting(written("账", month(7), id="back", category="cwsz"), Withdrawal("金额有误", TODAY)),
        accounts(month(6), "later", posted=date(2026, 12, 1)),
    ]

    view = at(AtLedger("a", 0, only="months"), here, *others)

    assert [one.name for one in view.months] == ["2026年10月", "2026年9月"]


def groups(number: int, *names: str, title: str = "账") -> Posting:
    """Return a month of groups' accounts, each under its heading."""
    blocks = [
        block
        for size, name in enumerate(names, start=1)
        for block in (Heading(name), month(number, closing=Decimal(f"{size * number}.00")))
    ]
    return posting(written(title, *blocks, id=f"g{number}", category="cwsz"))


def test_group_stands_only_beside_its_own_months() -> None:
    here = groups(10, "一组10月", "二组10月", title="一社 2026 年 10 月上半月收支")
    before = groups(9, "一组9月", "二组9月", title="一社2026年9月收支")
    moved = groups(8, "三组8月", "一组8月", title="一社2026年8月收支")
    village = groups(7, "一组7月", "二组7月", title="二社2026年7月收支")

    view = at(AtLedger("g10", 3, only="months"), here, before, moved, village)

    assert [one.name for one in view.months] == ["2026年10月", "2026年9月"]
    assert [one.bars[-1].amount.amount for one in view.months] == ["20.00", "18.00"]


def test_single_month_offers_no_comparison() -> None:
    view = at(AtLedger("a", 0, only="months"), accounts(month(10), "a"))

    assert (view.only, view.months, len(view.keys)) == ("all", (), 3)


def test_ledger_shows_each_entry_with_voucher_handler_and_balance() -> None:
    view = page(scene(place=AtLedger("finance", 0)))

    assert isinstance(view, LedgerView)
    second = view.entries[1]
    assert (second.income, second.expense) == ("", "\u22121,234.50")
    assert second.details == ("凭证 记-002", "经手人 李示例", "余额 118,381.25")
    assert isinstance(second.photo, Open)
    assert [total.amount for total in view.totals] == [
        "83,615.75",
        "101,630.40",
        "\u221246,165.50",
        "139,080.65",
    ]


def test_every_voucher_of_an_entry_can_be_leafed_to() -> None:
    first, second = (
        Picture(ref_of(data), 40, 30, name) for data, name in ((b"1", "收据"), (b"2", "清单"))
    )
    book = ledger(2026, 11, entries=1, photo=first.blob.sha256)
    row = msgspec.structs.replace(book.rows[0], photos=(first.blob.sha256, second.blob.sha256))
    book = msgspec.structs.replace(book, rows=(row,))
    one = posting(written("账", book, id="a", category="cwsz", pictures=(first, second)))

    view = page(scene(one, place=AtPicture("a", first.blob.sha256)))

    assert isinstance(view, PictureView)
    assert (view.title, view.place, view.previous) == ("收据", "1 / 2", None)
    assert view.following
    assert view.following.intention == Open(AtPicture("a", second.blob.sha256))
    assert [spoken.sentence.words for spoken in heard_on(view)] == ["账"]
