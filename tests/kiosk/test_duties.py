"""What must be published this month, and when the kiosk may say that it wasn't."""

from datetime import date, datetime, timedelta, timezone

import msgspec
import pytest

from kiosk.board import board_at
from kiosk.holdings import Holdings
from kiosk.intentions import Open
from kiosk.navigation import Position
from kiosk.places import AtDuties, AtHome, AtList
from kiosk.present.duties import EVERY, DutyKey, duties
from kiosk.present.home import HomeView
from kiosk.present.listing import ListView
from kiosk.scene import Scene, page
from sync.clock import Moment
from sync.feed.layout import Posting, Withdrawal
from sync.notices import Category, Paragraph, Village
from sync.office.village import DEFAULT_CATEGORIES
from tests.support.board import written
from tests.support.office import VILLAGE
from tests.support.scene import SAY, posting

CHINA = timezone(timedelta(hours=8))
ACCOUNTS = Category("accounts", "财务收支", "finance")
ECONOMY = Category("collective", "村集体经济发展", "affairs")
RULES = Category("rules", "村规民约修订", "affairs")
VILLAGE_WITH_DUTIES: Village = msgspec.structs.replace(
    VILLAGE, categories=(ACCOUNTS, ECONOMY, RULES)
)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=CHINA)


def accounts(posted: date, withdrawn: Withdrawal | None = None) -> Posting:
    notice = written("财务公开", Paragraph("见附表。"), category="accounts", posted=posted)
    return posting(notice, withdrawn)


def scene(
    today: date, *postings: Posting, heard: date | None = None, trusted: bool = True,
    place: AtDuties | None = None,
) -> Scene:  # fmt: skip
    """Return the screen on `today`; the office was last heard of on the day `heard`."""
    holdings = Holdings(
        village=VILLAGE_WITH_DUTIES, postings=postings, issued=at(heard or today), loaded=True
    )
    return Scene(
        say=SAY, kiosk_id="k", kiosk_name="村口", program="", now=at(today), holdings=holdings,
        board=board_at(postings, Moment(at(today), trusted)), position=Position(trail=(place or AtHome(),)),
    )  # fmt: skip


def key(shown: Scene) -> DutyKey | None:
    view = page(shown)
    assert isinstance(view, HomeView)
    return view.owed


def told(shown: Scene) -> list[tuple[str, tuple[str, ...], str]]:
    view = page(shown)
    assert isinstance(view, ListView)
    return [(card.title, card.facts, card.flag) for card in view.cards]


def test_before_the_15th_the_accounts_are_still_to_come() -> None:
    today = date(2026, 11, 15)

    assert key(scene(today)) == DutyKey("有 1 项到期还没有公开", True, Open(AtDuties()))
    assert told(scene(today, place=AtDuties())) == [
        ("村集体经济发展", ("应在 10月20日前公开", "还没有公开，已过 26 天"), "逾期"),
        ("财务收支", ("还没有公开（每月 15 日应公开）",), ""),
    ]


def test_after_the_15th_they_are_overdue_also_when_it_was_a_sunday() -> None:
    assert told(scene(date(2026, 11, 16), place=AtDuties()))[1] == (
        "财务收支", ("应在 11月15日前公开", "还没有公开，已过 1 天"), "逾期",
    )  # fmt: skip


def test_published_accounts_are_owed_no_more() -> None:
    shown = scene(date(2026, 12, 12), accounts(date(2026, 12, 10)), place=AtDuties())

    assert told(shown)[1] == ("财务收支", ("12月10日已公开",), "")


@pytest.mark.parametrize("posted", [date(2026, 11, 30), date(2026, 12, 14)])
def test_last_months_accounts_and_tomorrows_dont_count(posted: date) -> None:
    shown = scene(date(2026, 12, 12), accounts(posted), place=AtDuties())

    assert told(shown)[1][1] == ("还没有公开（每月 15 日应公开）",)


def test_accounts_that_were_taken_back_are_not_published() -> None:
    back = Withdrawal("金额有误", date(2026, 12, 11))
    shown = scene(date(2026, 12, 12), accounts(date(2026, 12, 10), back), place=AtDuties())

    assert told(shown)[1][1] == ("还没有公开（每月 15 日应公开）",)


def test_kiosk_that_has_heard_nothing_since_accuses_nobody() -> None:
    assert key(scene(date(2026, 11, 20), heard=date(2026, 10, 18))) is None
    assert key(
        scene(date(2026, 11, 20), heard=date(2026, 11, 15))
    ).late  # the economy's, of October
    assert [
        one.category.id
        for one in duties(VILLAGE_WITH_DUTIES, (), date(2026, 11, 20), date(2026, 11, 15))
    ] == ["collective"]


def test_clock_that_may_be_wrong_accuses_nobody() -> None:
    assert key(scene(date(2026, 11, 20), trusted=False)) is None
    assert told(scene(date(2026, 11, 20), trusted=False, place=AtDuties())) == []


def test_of_categories_without_a_rule_nothing_is_claimed() -> None:
    found = duties(VILLAGE_WITH_DUTIES, (), date(2026, 11, 20), date(2026, 11, 20))

    assert [one.category.id for one in found] == ["accounts", "collective"]


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 1, 1), date(2026, 1, 20)),
        (date(2026, 6, 30), date(2026, 4, 20)),
        (date(2026, 12, 31), date(2026, 10, 20)),
    ],
)
def test_economy_is_due_in_the_first_month_of_each_quarter(today: date, due: date) -> None:
    assert duties(VILLAGE_WITH_DUTIES, (), today, today)[1].due == due


def test_rule_names_the_categories_as_the_office_does() -> None:
    assert set(EVERY) <= {one.id for one in DEFAULT_CATEGORIES}


def test_a_duty_leads_to_its_category() -> None:
    view = page(scene(date(2026, 11, 20), place=AtDuties()))

    assert isinstance(view, ListView)
    assert [card.opens for card in view.cards] == [
        Open(AtList("affairs", "collective")), Open(AtList("finance", "accounts")),
    ]  # fmt: skip


def test_head_counts_what_is_published_and_an_empty_list_says_so() -> None:
    day = date(2026, 10, 20)
    some = page(scene(day, accounts(date(2026, 10, 14)), place=AtDuties()))
    none = page(scene(day, heard=date(2026, 9, 1), place=AtDuties()))

    assert isinstance(some, ListView)
    assert (some.count, some.nothing) == ("应公开 2 项，已公开 1 项", "")
    assert isinstance(none, ListView)
    assert (none.cards, none.count, none.nothing) == ((), "", "眼下没有到期要公开的")
