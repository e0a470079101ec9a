"""What `kiosk-publish status` says of duties and holidays."""

from datetime import date, timedelta

import msgspec
import pytest

from sync.calendars import calendar
from sync.duties import Publication, Record
from sync.notices import Category, Correction, Decision, Notice
from sync.office.deadlines import Deadlines, deadlines, lines, steps
from sync.office.status import in_words
from sync.workdays import YearCalendar
from tests.support.office import VILLAGE, notice

ACCOUNTS = Category("accounts", "财务收支", "finance")
ECONOMY = Category("collective", "村集体经济发展", "affairs")
ANNUAL = Category("annual", "年度总结与计划", "affairs", "year")
OCTOBER = date(2026, 10, 1)


def on(
    today: date, *publications: Publication, drafts: tuple[Notice, ...] = (), **changes: object
) -> Deadlines:
    village = msgspec.structs.replace(
        VILLAGE, **{"categories": (ACCOUNTS, ECONOMY, ANNUAL)} | changes
    )
    record = Record(OCTOBER, date(2027, 12, 31), publications)
    return deadlines(village, record, calendar(village.calendars, village.country), drafts, today)


def test_next_twenty_days_and_what_was_missed_are_listed() -> None:
    found = lines(on(date(2026, 11, 10), Publication("o", "accounts", date(2026, 10, 9))))

    assert found == (
        "逾期：村集体经济发展（2026 年第 3 季度），应在 2026-10-20 前公开，已过 21 天 (overdue)",
        "到期：财务收支（2026 年 11 月），2026-11-15 前公开，最后一个工作日 2026-11-13 (due)",
        "放假安排：知道到 2026-12-31 (holidays are known until then)",
    )


def test_december_is_announced_before_it_begins() -> None:
    found = on(date(2026, 11, 28), Publication("o", "accounts", date(2026, 11, 9)))

    assert [one.due.judge for one in found.coming] == [date(2026, 12, 15)]
    assert [one.due.judge for one in on(date(2026, 12, 11)).coming] == [
        date(2026, 12, 15), date(2026, 12, 31),
    ]  # fmt: skip


def test_what_is_published_is_due_no_more() -> None:
    found = on(date(2026, 11, 10), Publication("n", "accounts", date(2026, 11, 9)))

    assert found.coming == ()


def test_overdue_is_the_first_thing_to_do() -> None:
    assert steps(on(date(2026, 10, 25), Publication("o", "accounts", date(2026, 10, 9)))) == (
        "补公开：村集体经济发展（2026 年第 3 季度） (publish what is overdue)",
    )


@pytest.mark.parametrize(
    ("today", "asked"),
    [(date(2026, 11, 1), False), (date(2026, 11, 2), True), (date(2026, 12, 31), True)],
)
def test_next_years_holidays_are_asked_for_from_sixty_days_ahead(today: date, asked: bool) -> None:
    assert any("[[calendars]]" in step and "2027" in step for step in steps(on(today))) is asked


def test_holidays_that_were_put_in_are_not_asked_for_again() -> None:
    sealed = YearCalendar(2027, "国办发明电", (date(2027, 1, 1),), ())

    found = on(date(2026, 11, 28), calendars=(sealed,))

    assert found.known_until == date(2027, 12, 31)
    assert not any("[[calendars]]" in step for step in steps(found))


def decided(day: date, **changes: object) -> Notice:
    draft = notice("修路", category="accounts", decided=Decision(day, "村民代表会议"), urgent=True)
    return msgspec.structs.replace(draft, **changes)


def test_decision_that_waits_in_a_draft_has_its_own_deadline() -> None:
    draft = decided(date(2026, 11, 13))

    assert "最晚 2026-11-18" in lines(on(date(2026, 11, 16), drafts=(draft,)))[-2]
    assert "已晚 2 个工作日" in lines(on(date(2026, 11, 20), drafts=(draft,)))[-2]


def test_decision_whose_days_ended_before_a_rest_day_is_late_by_days() -> None:
    draft = decided(date(2026, 11, 17))  # due on Friday the 20th

    assert "应在 2026-11-20 前公开，已晚 1 天" in lines(on(date(2026, 11, 21), drafts=(draft,)))[-2]


def test_routine_drafts_and_corrections_have_none() -> None:
    routine = decided(date(2026, 11, 13), urgent=False)
    corrected = decided(date(2026, 11, 13), revision=2, corrects=Correction(1, "日期写错"))

    assert on(date(2026, 11, 20), drafts=(routine, corrected)).decided == ()


def test_office_reads_its_record_from_what_both_seals_cover(desk) -> None:
    desk.publish()
    desk.clock.time += timedelta(days=32)  # 17 December

    said = in_words(desk.office.status())

    assert [line for line in said if line.startswith("逾期")] == [
        "逾期：财务收支（2026 年 11 月），应在 2026-11-15 前公开，已过 32 天 (overdue)",
        "逾期：惠民资金发放（2026 年 11 月），应在 2026-11-15 前公开，已过 32 天 (overdue)",
        "逾期：财务收支（2026 年 12 月），应在 2026-12-15 前公开，已过 2 天 (overdue)",
        "逾期：惠民资金发放（2026 年 12 月），应在 2026-12-15 前公开，已过 2 天 (overdue)",
    ]
    assert any(line.startswith("到期：年度总结与计划（2026 年）") for line in said)


def test_office_that_has_published_nothing_has_missed_nothing(desk) -> None:
    desk.clock.time += timedelta(days=10)

    said = desk.office.status().deadlines

    assert (said.overdue, [one.due.judge for one in said.coming]) == ((), [date(2026, 12, 15)] * 2)
