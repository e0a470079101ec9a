"""The report's own judgement, on a small board and rows made by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import msgspec

from kiosk.evidence.chain import Break
from kiosk.evidence.records import Minute, Record, Seen
from kiosk.inspection.facts import gather
from kiosk.inspection.report import Board, Evidence, Posted, built_in, report_of
from kiosk.inspection.values import Gap, NoticeLine, Order, Report, Seal
from sync.calendars import Calendar, calendar
from sync.clock import CHINA
from sync.duties import Record as Published
from sync.feed.layout import Entry, Withdrawal, encode, ref_of
from sync.notices import AuditItem, Correction, KioskKey, Party
from sync.workdays import TermRule
from tests.support.office import VILLAGE, notice

MONDAY = date(2026, 11, 2)
DAY = timedelta(days=1)
KEY = "ab" * 32
RULE = TermRule()
ORDER = Order(
    1, "qingshi", "square-1", "文化广场屏", KEY, MONDAY, MONDAY + 27 * DAY,
    datetime(2026, 11, 30, tzinfo=UTC), 0, "0.1.0",
)  # fmt: skip


def posted(title: str, day: date, *, sealed: date | None = None, **changes: object) -> Posted:
    audit = (AuditItem("属实", "pass", "王示例", day),)
    one = notice(title, posted=day, **{"audit": audit, **changes})
    ref = ref_of(encode(one))
    return Posted(Entry(one.id, one.revision, one.category, day, sealed or day, ref), one)


def shown(one: Posted, *days: date, minutes: int = 10) -> list[Record]:
    """Return rows in which a notice had `minutes` and two turns a minute at nine, proved."""
    rows: list[Minute] = []
    for day in days:
        nine = datetime(day.year, day.month, day.day, 9, tzinfo=CHINA).astimezone(UTC)
        for number in range(minutes):
            seen = tuple(
                Seen(one.entry.id, one.entry.revision, "idle", each, each + 30.0, turn=True)
                for each in (0.0, 30.0)
            )
            wall = nine + timedelta(minutes=number)
            rows.append(Minute(f"{day}", 60.0 * number, wall, True, "on", seen))
    return [*sorted(rows, key=lambda row: row.wall)]


def reported(
    *entries: Posted, rows: list[Record], order: Order = ORDER, breaks: tuple[Break, ...] = ()
) -> Report:
    """Return the report of a board, `entries` oldest first."""
    village = msgspec.structs.replace(VILLAGE, kiosks=(KioskKey("square-1", "屏", KEY),))
    sealed = datetime(2026, 11, 30, tzinfo=UTC)
    board = Board(
        village, 9, sealed, sealed, (Seal(Party.COMMITTEE, "李示例"), Seal(Party.SUPERVISOR, "王示例")),
        tuple(reversed(entries)), Published(MONDAY, MONDAY + 27 * DAY), (),
    )  # fmt: skip
    facts = gather(rows, RULE)
    evidence = Evidence(facts, breaks, facts.beginning.day, len(rows), len(rows), 20)
    return report_of(order, board, calendar(), evidence)


def workdays(first: date, number: int) -> list[date]:
    days = [first + each * DAY for each in range(40)]
    return [day for day in days if day.weekday() < 5][:number]


def line(report: Report, title: str, revision: int = 1) -> NoticeLine:
    return next(one for one in report.notices if (one.title, one.revision) == (title, revision))


def test_ten_working_days_really_shown_hold_the_term() -> None:
    water = posted("停水通知", MONDAY)

    report = reported(water, rows=shown(water, *workdays(MONDAY, 17)))

    one = line(report, "停水通知")
    assert (one.term.state, one.term.done, one.term.until) == ("held", 10, date(2026, 11, 17))
    assert one.audited
    assert [day.counted for day in one.days if day.working] == [True] * 16
    assert report.enrolled


def test_a_day_without_power_is_made_up_and_says_why() -> None:
    water = posted("停水通知", MONDAY)
    days = workdays(MONDAY, 20)

    report = reported(water, rows=shown(water, *(day for day in days if day != days[3])))

    one = line(report, "停水通知")
    assert one.term.made_up == (days[3],)
    assert one.term.until == date(2026, 11, 17)  # the eleventh working day is the fifteenth day
    assert [(day.day, day.why) for day in one.days if day.why] == [(days[3], "off")]


def test_too_little_another_notice_and_a_dark_panel_are_told_apart() -> None:
    water, road = posted("停水通知", MONDAY), posted("修路", MONDAY)
    short, absent, dark, *rest = workdays(MONDAY, 10)[1:]
    night = [
        msgspec.structs.replace(row, seen=(), power="off")
        for row in shown(water, dark, minutes=60)
        if isinstance(row, Minute)
    ]
    rows = [
        *shown(water, MONDAY), *shown(water, short, minutes=3), *shown(road, short, minutes=20)[3:],
        *shown(road, absent), *night, *shown(water, *rest),
    ]  # fmt: skip

    report = reported(water, road, rows=rows)

    why = {day.day: day.why for day in line(report, "停水通知").days if day.why}
    assert why == {short: "share", absent: "absent", dark: "dark"}


def test_a_correction_ends_what_it_corrects_and_has_its_own_term() -> None:
    water = posted("停水通知", MONDAY)
    better = posted(
        "停水通知",
        MONDAY + 7 * DAY,
        id=water.entry.id,
        revision=2,
        corrects=Correction(1, "日期写错"),
    )
    rows = [*shown(water, *workdays(MONDAY, 5)), *shown(better, *workdays(MONDAY + 7 * DAY, 14))]

    report = reported(water, better, rows=rows)

    first, second = line(report, "停水通知"), line(report, "停水通知", 2)
    assert (first.term.state, first.ended, first.term.done) == ("corrected", MONDAY + 7 * DAY, 4)
    assert first.term.made_up == ()  # what wasn't there any more missed nothing
    assert (second.term.state, second.term.begins) == ("held", MONDAY + 7 * DAY)
    assert second.corrects == Correction(1, "日期写错")


def test_a_withdrawal_keeps_its_reason_and_its_marker_a_term_of_its_own() -> None:
    water = posted("停水通知", MONDAY)
    gone = replace(
        water,
        entry=msgspec.structs.replace(
            water.entry, sealed=MONDAY + 3 * DAY, withdrawn=Withdrawal("地址写错", MONDAY + 3 * DAY)
        ),
    )

    report = reported(water, gone, rows=shown(water, *workdays(MONDAY, 19)))

    one = line(report, "停水通知")
    assert (one.term.state, one.ended) == ("withdrawn", MONDAY + 3 * DAY)
    assert one.withdrawal == Withdrawal("地址写错", MONDAY + 3 * DAY)
    assert one.marker is not None
    assert (one.marker.begins, one.marker.until) == (MONDAY + 3 * DAY, date(2026, 11, 20))


def test_an_audit_after_the_posting_or_that_refused_is_not_one_before_it() -> None:
    late = posted("修路", MONDAY, audit=(AuditItem("属实", "pass", "王示例", MONDAY + DAY),))
    refused = posted("分红", MONDAY, audit=(AuditItem("属实", "refuse", "王示例", MONDAY),))
    none = posted("招标", MONDAY, audit=())

    report = reported(late, refused, none, rows=shown(late, MONDAY))

    assert [one.audited for one in report.notices] == [False, False, False]


def test_what_is_sealed_later_than_it_is_dated_counts_from_the_seal() -> None:
    water = posted("停水通知", MONDAY, sealed=MONDAY + 4 * DAY)

    report = reported(water, rows=shown(water, *workdays(MONDAY, 19)))

    assert line(report, "停水通知").term.begins == MONDAY + 4 * DAY


def test_days_before_the_kiosks_evidence_are_said_to_be_unproved() -> None:
    water = posted("停水通知", MONDAY)

    report = reported(water, rows=shown(water, *workdays(MONDAY + 7 * DAY, 14)))

    one = line(report, "停水通知")
    assert one.term.before == 4
    assert [day.counted for day in one.days[:7]] == [None] * 7
    assert report.since == MONDAY + 7 * DAY


def test_without_a_proved_time_nothing_is_judged() -> None:
    water = posted("停水通知", MONDAY)
    rows = [
        msgspec.structs.replace(row, trusted=False) for row in shown(water, *workdays(MONDAY, 19))
    ]

    report = reported(water, rows=rows)

    assert report.judged is None
    assert line(report, "停水通知").term.state == "unproved"
    assert {one.kind for one in report.gaps} == {"unproved"}


def test_a_notice_whose_term_was_over_before_the_period_is_not_in_it() -> None:
    old, new = posted("旧通知", MONDAY), posted("新通知", MONDAY + 21 * DAY)
    rows = [*shown(old, *workdays(MONDAY, 12)), *shown(new, *workdays(MONDAY + 21 * DAY, 5))]
    order = msgspec.structs.replace(ORDER, first=MONDAY + 21 * DAY)

    report = reported(old, new, rows=rows, order=order)

    assert [one.title for one in report.notices] == ["新通知"]


def test_breaks_and_lost_rows_come_first_among_the_gaps() -> None:
    water = posted("停水通知", MONDAY)
    order = msgspec.structs.replace(ORDER, rows=400)

    report = reported(
        water, rows=shown(water, *workdays(MONDAY, 19)), order=order,
        breaks=(Break(7, "row 7 is not what was written"),),
    )  # fmt: skip

    assert report.gaps[:2] == (
        Gap("broken", None, None, "7: row 7 is not what was written"),
        Gap("lost", None, None, "191-400"),
    )


def test_working_days_are_kept_as_they_were_known_and_compared_with_what_is_known_now() -> None:
    first, last = date(2025, 1, 1), date(2028, 12, 31)

    known = built_in(calendar(), "chinesecalendar", first, last)
    later = Calendar(lambda day: False if day == date(2027, 3, 1) else calendar().built_in(day))
    other = Calendar(lambda day: day == date(2026, 10, 1) or calendar().built_in(day))

    assert known.last == date(2026, 12, 31)
    assert all(
        known.is_working(first + n * DAY) == calendar().built_in(first + n * DAY)
        for n in range((last - first).days)
    )
    assert known.differences(calendar()) == ()
    assert known.differences(later) == ()  # what became known since contradicts nothing
    assert known.differences(other) == (date(2026, 10, 1),)


def test_a_notice_that_the_card_has_lost_is_still_listed() -> None:
    water = replace(posted("停水通知", MONDAY), notice=None)

    report = reported(water, rows=shown(water, *workdays(MONDAY, 19)))

    assert [(one.title, one.audited, one.term.state) for one in report.notices] == [
        ("", False, "held")
    ]


def test_what_hung_for_years_and_is_withdrawn_now_claims_nothing_of_days_without_rows() -> None:
    old = posted("老通知", date(2023, 11, 1))
    gone = replace(
        old,
        entry=msgspec.structs.replace(
            old.entry, sealed=MONDAY + DAY, withdrawn=Withdrawal("不再适用", MONDAY + DAY)
        ),
    )
    water = posted("停水通知", MONDAY)

    report = reported(old, gone, water, rows=shown(water, *workdays(MONDAY, 19)))

    one = line(report, "老通知")
    assert one.term.before == 10
    assert {day.counted for day in one.days} == {None}
    assert one.marker is not None
