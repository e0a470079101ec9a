"""What must be published, as the home page and its list say it, and a notice's own deadline."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import msgspec
import pytest

from kiosk.board import board_at
from kiosk.holdings import Holdings
from kiosk.intentions import Open
from kiosk.navigation import Position
from kiosk.places import AtAbout, AtDuties, AtHome, AtList, Place
from kiosk.present.about import AboutView
from kiosk.present.duties import DutyKey
from kiosk.present.home import HomeView
from kiosk.present.listing import ListView
from kiosk.scene import Scene, heard_on, page
from sync.clock import Moment
from sync.duties import Publication, Record
from sync.feed.gate import SetAside
from sync.feed.layout import Posting
from sync.notices import Category, Correction, Decision, Notice, Paragraph, Village
from tests.support.board import written
from tests.support.office import VILLAGE
from tests.support.scene import SAY, posting

CHINA = timezone(timedelta(hours=8))
ACCOUNTS = Category("accounts", "财务收支", "finance")
ECONOMY = Category("collective", "村集体经济发展", "affairs")
RULES = Category("rules", "村规民约修订", "affairs")
ANNUAL = Category("annual", "年度总结与计划", "affairs", "year")
OCTOBER = date(2026, 10, 1)
ECONOMY_POSTED = Publication("economy", "collective", date(2026, 10, 18))
NOT_KNOWN = "眼下没有查到到期要公开的。日期没有校准、没有收到新公示的时候，说不准。"


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=CHINA)


def accounts(posted: date) -> Publication:
    return Publication(f"accounts-{posted}", "accounts", posted)


def scene(
    today: date, *publications: Publication, heard: date | None = None, trusted: bool = True,
    place: Place | None = None, since: date = OCTOBER, categories: tuple[Category, ...] = (ACCOUNTS, ECONOMY, RULES),
    postings: tuple[Posting, ...] = (),
) -> Scene:  # fmt: skip
    """Return the screen on `today`; the office was last heard of on the day `heard`."""
    village: Village = msgspec.structs.replace(VILLAGE, categories=categories)
    known = Record(since, date(2027, 12, 31), publications)
    holdings = Holdings(
        village=village, postings=postings, issued=at(heard or today), record=known, loaded=True
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


def test_home_page_warns_ahead_with_the_last_working_day_before_a_sunday() -> None:
    assert key(scene(date(2026, 11, 12), ECONOMY_POSTED, accounts(date(2026, 10, 3)))) == DutyKey(
        "还有 3 天（最后一个工作日 11月13日），要公开：财务收支", False, Open(AtDuties())
    )


def test_after_the_last_working_day_the_sunday_is_still_the_last_day() -> None:
    october = accounts(date(2026, 10, 3))

    assert (
        key(scene(date(2026, 11, 14), ECONOMY_POSTED, october)).words
        == "还有 1 天，要公开：财务收支"
    )
    assert (
        key(scene(date(2026, 11, 15), ECONOMY_POSTED, october)).words
        == "今天是最后一天，要公开：财务收支"
    )


def test_several_are_counted_with_the_days_to_the_first() -> None:
    shown = scene(date(2026, 10, 10))

    assert key(shown).words == "还有 5 天，要公开 2 项"


def test_what_is_overdue_is_said_before_what_is_to_come() -> None:
    shown = scene(date(2026, 11, 12), accounts(date(2026, 10, 3)))

    assert key(shown) == DutyKey("逾期 23 天还没有公开：村集体经济发展", True, Open(AtDuties()))
    assert key(scene(date(2026, 11, 16))).words == "有 3 项到期还没有公开"


def test_list_says_what_is_overdue_what_is_to_come_and_what_is_done() -> None:
    shown = scene(
        date(2026, 11, 12), ECONOMY_POSTED, place=AtDuties(), categories=(ACCOUNTS, ECONOMY)
    )

    assert told(shown) == [
        ("财务收支", ("2026年10月", "应在 10月15日前公开", "已逾期 28 天"), "逾期"),
        ("财务收支", ("2026年11月", "应在 11月15日前公开", "还有 3 天", "最后一个工作日 11月13日"), ""),
        ("村集体经济发展", ("2026年第 3 季度", "10月18日已公开"), ""),
    ]  # fmt: skip


def test_head_counts_what_is_published() -> None:
    view = page(scene(date(2026, 11, 12), ECONOMY_POSTED, place=AtDuties()))

    assert isinstance(view, ListView)
    assert (view.count, view.nothing) == ("应公开 3 项，已公开 1 项", "")


def test_late_publication_says_how_late_it_was() -> None:
    late = Publication("economy", "collective", date(2026, 10, 23))

    assert told(scene(date(2026, 11, 1), late, place=AtDuties(), categories=(ECONOMY,))) == [
        ("村集体经济发展", ("2026年第 3 季度", "10月23日已公开", "晚了 3 天"), ""),
    ]


def test_the_year_is_to_come_in_december_and_overdue_in_january() -> None:
    assert told(scene(date(2026, 11, 30), place=AtDuties(), categories=(ANNUAL,))) == []
    assert told(scene(date(2026, 12, 1), place=AtDuties(), categories=(ANNUAL,)))[0][1] == (
        "2026年", "应在 12月31日前公开", "还有 30 天",
    )  # fmt: skip
    assert told(scene(date(2027, 1, 2), place=AtDuties(), categories=(ANNUAL,)))[0] == (
        "年度总结与计划", ("2026年", "应在 2026年12月31日前公开", "已逾期 2 天"), "逾期",
    )  # fmt: skip


def test_all_of_it_can_be_heard() -> None:
    shown = scene(date(2026, 11, 12), place=AtDuties())

    heard = " ".join(one.sentence.sounds for one in heard_on(page(shown)))

    assert "di4 san1 ji4 du4" in heard
    assert "zui4 hou4 yi2 ge4 gong1 zuo4 ri4" in heard


def test_published_accounts_are_owed_no_more() -> None:
    assert (
        key(scene(date(2026, 12, 12), accounts(date(2026, 12, 10)), since=date(2026, 11, 20)))
        is None
    )


@pytest.mark.parametrize("posted", [date(2026, 11, 30), date(2026, 12, 14)])
def test_last_months_accounts_and_tomorrows_dont_count(posted: date) -> None:
    shown = scene(date(2026, 12, 12), accounts(posted), since=date(2026, 12, 1))

    assert key(shown).words == "还有 3 天，要公开：财务收支"


def test_kiosk_that_has_heard_nothing_since_the_day_accuses_nobody() -> None:
    published = (ECONOMY_POSTED, accounts(date(2026, 10, 3)))

    assert key(scene(date(2026, 11, 20), *published, heard=date(2026, 11, 15))) is None
    assert key(scene(date(2026, 11, 20), *published, heard=date(2026, 11, 16))).late


def test_kiosk_that_was_off_since_last_month_does_not_even_warn() -> None:
    assert (
        key(
            scene(
                date(2026, 11, 12),
                *(ECONOMY_POSTED, accounts(date(2026, 10, 3))),
                heard=date(2026, 10, 31),
            )
        )
        is None
    )


def test_clock_that_may_be_wrong_accuses_nobody_and_the_list_says_why() -> None:
    assert key(scene(date(2026, 11, 20), trusted=False)) is None
    view = page(scene(date(2026, 11, 20), trusted=False, place=AtDuties()))
    assert isinstance(view, ListView)
    assert (view.cards, view.nothing) == ((), NOT_KNOWN)


def test_till_the_past_was_read_nothing_is_claimed() -> None:
    assert key(_with(scene(date(2026, 11, 20)), record=None)) is None


def test_what_was_set_aside_may_be_the_notice_that_is_missed() -> None:
    aside = (SetAside("accounts", 1, "0" * 64, "对不上"),)

    assert key(_with(scene(date(2026, 11, 20)), set_aside=aside)) is None


def test_a_duty_leads_to_its_category() -> None:
    view = page(scene(date(2026, 11, 20), place=AtDuties(), since=date(2026, 10, 16)))

    assert isinstance(view, ListView)
    assert [card.opens for card in view.cards] == [
        Open(AtList("affairs", "collective")), Open(AtList("finance", "accounts")),
    ]  # fmt: skip


# --- a decision, within three working days -------------------------------------------------------


def road(**changes: object) -> Notice:
    plain = written(
        "修路决定", Paragraph("修路。"), id="road", category="rules", posted=date(2026, 11, 20), urgent=True,
        decided=Decision(date(2026, 11, 13), "村民代表会议"),
    )  # fmt: skip
    return msgspec.structs.replace(plain, **changes)


def in_time(
    notice: Notice, *publications: Publication, trusted: bool = True
) -> tuple[str, ...] | None:
    shown = scene(
        date(2026, 11, 23), *publications, trusted=trusted, place=AtAbout("road"), postings=(posting(notice),)
    )  # fmt: skip
    view = page(shown)
    assert isinstance(view, AboutView)
    return next((fact.words for fact in view.about.facts if fact.label == "三日内公开"), None)


def test_facts_of_an_urgent_notice_say_how_late_the_decision_was_published() -> None:
    assert in_time(road()) == ("应在 11月18日前公开", "11月20日公开", "晚了 2 个工作日")
    assert in_time(road(posted=date(2026, 11, 18))) == (
        "应在 11月18日前公开",
        "11月18日公开",
        "没有超过期限",
    )


def test_decision_published_on_the_rest_day_after_its_deadline_is_late_by_days() -> None:
    tuesday = Decision(date(2026, 11, 17), "村民代表会议")  # due on Friday

    assert in_time(road(decided=tuesday, posted=date(2026, 11, 21))) == (
        "应在 11月20日前公开",
        "11月21日公开",
        "晚了 1 天",
    )


def test_routine_notice_has_no_such_deadline() -> None:
    assert in_time(road(urgent=False)) is None


def test_corrected_notice_is_judged_by_its_first_day() -> None:
    corrected = road(revision=2, corrects=Correction(1, "日期写错"))
    first = Publication("road", "rules", date(2026, 11, 17), urgent=True)

    assert in_time(corrected) is None  # not known yet
    assert in_time(corrected, first) == ("应在 11月18日前公开", "11月17日公开", "没有超过期限")


def test_clock_that_may_be_wrong_judges_no_decision() -> None:
    assert in_time(road(), trusted=False) == ("应在 11月18日前公开", "11月20日公开")


def _with(shown: Scene, **changes: object) -> Scene:
    return replace(shown, holdings=replace(shown.holdings, **changes))
