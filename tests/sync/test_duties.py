"""What must be published by when: the year 2026 by hand, and day by day against a count of its own."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import pytest

from sync.calendars import calendar
from sync.duties import Publication, Record, State, decided_duty, duties, every_of, owed
from sync.notices import Category
from sync.office.village import DEFAULT_CATEGORIES
from sync.workdays import Deadline, YearCalendar

WORKDAYS = calendar()
ACCOUNTS = Category("accounts", "财务收支", "finance")
ECONOMY = Category("collective", "村集体经济发展", "affairs")
ANNUAL = Category("annual", "年度总结与计划", "affairs", "year")
DECISIONS = Category("decisions", "重大决策", "affairs", "event")
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
LATER = date(2027, 12, 31)
DAY = timedelta(days=1)

# The State Council's calendar of 2026, as it stands in its notice: written down here once more.
OFF = {
    *((1, day) for day in range(1, 4)), *((2, day) for day in range(15, 24)), *((4, day) for day in range(4, 7)),
    *((5, day) for day in range(1, 6)), *((6, day) for day in range(19, 22)), *((9, day) for day in range(25, 28)),
    *((10, day) for day in range(1, 8)),
}  # fmt: skip
WORKED = {(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)}


def worked(day: date) -> bool:
    assert day.year == 2026, "no other year is written down here"
    at = (day.month, day.day)
    return at in WORKED or (day.weekday() < 5 and at not in OFF)


def days_of(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


def published(
    day: date, category: Category = ACCOUNTS, *, name: str = "", period: tuple[date, date] | None = None,
    decided: date | None = None, urgent: bool = False, withdrawn: bool = False,
) -> Publication:  # fmt: skip
    return Publication(
        name or f"{category.id}-{day}", category.id, day, period, decided, urgent, withdrawn
    )


def record(*publications: Publication, since: date = FIRST, until: date = LATER) -> Record:
    return Record(since, until, publications)


def outcome(category: Category, *publications: Publication) -> list[tuple[date, date | None, int]]:
    """Return of every duty of 2026 when it was due, when it was published and how late."""
    found = duties((category,), record(*publications), WORKDAYS, FIRST, LAST)
    return [(duty.due.judge, duty.published, duty.late) for duty in found]


def test_monthly_duties_of_2026_and_the_working_day_before_each() -> None:
    found = duties((ACCOUNTS,), record(), WORKDAYS, FIRST, LAST)

    assert [(one.due.judge, one.due.warn) for one in found] == [
        (date(2026, 1, 15), date(2026, 1, 15)),
        (
            date(2026, 2, 15),
            date(2026, 2, 14),
        ),  # a Sunday and New Year's eve; the Saturday is worked
        (date(2026, 3, 15), date(2026, 3, 13)),
        (date(2026, 4, 15), date(2026, 4, 15)),
        (date(2026, 5, 15), date(2026, 5, 15)),
        (date(2026, 6, 15), date(2026, 6, 15)),
        (date(2026, 7, 15), date(2026, 7, 15)),
        (date(2026, 8, 15), date(2026, 8, 14)),
        (date(2026, 9, 15), date(2026, 9, 15)),
        (date(2026, 10, 15), date(2026, 10, 15)),
        (date(2026, 11, 15), date(2026, 11, 13)),
        (date(2026, 12, 15), date(2026, 12, 15)),
    ]


def test_quarterly_duties_are_of_the_quarter_before() -> None:
    found = duties((ECONOMY,), record(), WORKDAYS, FIRST, LAST)

    assert [(one.due.judge, one.covers) for one in found] == [
        (date(2026, 1, 20), (date(2025, 10, 1), date(2025, 12, 31))),
        (date(2026, 4, 20), (date(2026, 1, 1), date(2026, 3, 31))),
        (date(2026, 7, 20), (date(2026, 4, 1), date(2026, 6, 30))),
        (date(2026, 10, 20), (date(2026, 7, 1), date(2026, 9, 30))),
    ]


def test_the_year_is_due_on_its_last_day() -> None:
    (found,) = duties((ANNUAL,), record(), WORKDAYS, FIRST, LAST)

    assert (found.opens, found.due.judge) == (date(2026, 12, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("posted", "period", "due", "late"),
    [
        # of the month itself, or of the one before, from the 1st on
        (date(2026, 3, 1), None, 3, 0),
        (date(2026, 3, 15), None, 3, 0),  # a Sunday, and still the 15th
        (date(2026, 3, 16), None, 3, 1),
        (date(2026, 3, 31), None, 3, 16),
        (date(2026, 3, 10), (date(2026, 2, 1), date(2026, 2, 28)), 3, 0),
        (date(2026, 3, 10), (date(2026, 3, 1), date(2026, 3, 10)), 3, 0),
        (date(2026, 3, 31), (date(2026, 3, 1), date(2026, 3, 31)), 3, 16),
    ],
)
def test_accounts_posted_in_a_month_fulfil_its_duty(posted, period, due, late) -> None:
    found = {
        day.month: (on, days)
        for day, on, days in outcome(ACCOUNTS, published(posted, period=period))
    }

    assert found[due] == (posted, late)
    assert [month for month in range(due + 1, 13) if found[month][0]] == []


def test_accounts_of_an_older_month_make_up_for_it_and_for_no_later_one() -> None:
    january = published(date(2026, 5, 10), period=(date(2026, 1, 1), date(2026, 1, 31)))

    assert outcome(ACCOUNTS, january)[:5] == [
        (date(2026, 1, 15), date(2026, 5, 10), 115),
        (
            date(2026, 2, 15),
            date(2026, 5, 10),
            84,
        ),  # a village that posts last month's: its February
        (date(2026, 3, 15), None, 0),
        (date(2026, 4, 15), None, 0),
        (date(2026, 5, 15), None, 0),
    ]


@pytest.mark.parametrize(
    ("posted", "period", "due", "late"),
    [
        (date(2026, 10, 1), None, 10, 0),
        (date(2026, 10, 20), None, 10, 0),
        (date(2026, 12, 31), None, 10, 72),
        (date(2026, 10, 12), (date(2026, 7, 1), date(2026, 9, 30)), 10, 0),
        (date(2026, 9, 30), (date(2026, 7, 1), date(2026, 9, 30)), 10, 0),  # all of it is over
        (date(2026, 9, 29), (date(2026, 7, 1), date(2026, 9, 30)), None, 0),
        (date(2026, 10, 12), (date(2026, 10, 1), date(2026, 10, 11)), None, 0),  # not last quarter's
        (date(2026, 10, 12), (date(2026, 4, 1), date(2026, 6, 30)), 7, 84),
    ],
)  # fmt: skip
def test_last_quarters_economy_fulfils_its_duty(posted, period, due, late) -> None:
    found = outcome(ECONOMY, published(posted, ECONOMY, period=period))

    assert [(day.month, on, days) for day, on, days in found if on] == (
        [(due, posted, late)] if due else []
    )


@pytest.mark.parametrize(
    ("posted", "period", "late"),
    [
        (date(2026, 11, 30), None, None),
        (date(2026, 12, 1), None, 0),
        (date(2026, 12, 31), (date(2026, 1, 1), date(2026, 12, 31)), 0),
        (date(2026, 12, 20), (date(2027, 1, 1), date(2027, 12, 31)), 0),  # next year's plan
        (date(2026, 12, 20), (date(2025, 1, 1), date(2025, 12, 31)), None),
        (date(2027, 1, 5), None, 5),
        (date(2027, 12, 5), (date(2026, 1, 1), date(2026, 12, 31)), 339),
        (date(2027, 12, 5), (date(2027, 1, 1), date(2027, 12, 31)), None),
    ],
)
def test_final_accounts_of_december(posted, period, late) -> None:
    ((_, on, days),) = outcome(ANNUAL, published(posted, ANNUAL, period=period))

    assert (on, days) == ((posted, late) if late is not None else (None, 0))


@pytest.mark.parametrize(
    ("decided", "due"),
    [
        (date(2026, 11, 16), date(2026, 11, 19)),
        (date(2026, 11, 20), date(2026, 11, 25)),  # over a weekend
        (date(2026, 2, 13), date(2026, 2, 25)),  # one worked Saturday, then Spring Festival
        (date(2026, 9, 30), date(2026, 10, 10)),  # the third is a worked Saturday
        (date(2026, 12, 31), None),
    ],
)
def test_decision_is_due_on_the_third_working_day(decided, due) -> None:
    duty = decided_duty(DECISIONS, "n", decided, decided, WORKDAYS)

    if due:
        assert duty.due == Deadline(due, due)
    else:
        assert duty.due.warn < duty.due.judge  # 2027 isn't known: warned early, judged late


def test_late_decision_is_late_by_working_days() -> None:
    # Decided on 30 September, due on 10 October; the 11th is a Sunday.
    assert decided_duty(DECISIONS, "n", date(2026, 9, 30), date(2026, 10, 10), WORKDAYS).late == 0
    assert decided_duty(DECISIONS, "n", date(2026, 9, 30), date(2026, 10, 11), WORKDAYS).late == 0
    assert decided_duty(DECISIONS, "n", date(2026, 9, 30), date(2026, 10, 13), WORKDAYS).late == 2


def test_decision_on_the_rest_day_after_its_deadline_is_not_in_time() -> None:
    after = decided_duty(DECISIONS, "n", date(2026, 9, 30), date(2026, 10, 11), WORKDAYS)
    on_it = decided_duty(DECISIONS, "n", date(2026, 9, 30), date(2026, 10, 10), WORKDAYS)

    assert [one.state(LAST, LAST) for one in (after, on_it)] == [State.LATE, State.IN_TIME]


def test_decision_past_the_known_calendar_is_judged_anew_when_it_comes() -> None:
    decided, posted = date(2026, 12, 30), date(2027, 1, 11)
    unknown = decided_duty(DECISIONS, "n", decided, posted, WORKDAYS)
    sealed = YearCalendar(2027, "国办发明电", tuple(date(2027, 1, day) for day in (1, 2, 3)), ())
    known = decided_duty(DECISIONS, "n", decided, posted, calendar((sealed,)))

    assert (unknown.due.warn, unknown.late) == (date(2027, 1, 4), 0)
    assert (known.due.judge, known.late) == (date(2027, 1, 5), 4)


def test_urgent_notices_of_any_category_are_judged_by_their_decision() -> None:
    late = published(date(2026, 3, 10), decided=date(2026, 3, 2), urgent=True)
    routine = published(date(2026, 3, 10), decided=date(2026, 3, 2), name="routine")

    found = duties((ACCOUNTS,), record(late, routine), WORKDAYS, FIRST, LAST)

    assert [(one.notice, one.late) for one in found if one.every == "event"] == [(late.notice, 3)]


def test_what_was_taken_back_fulfils_nothing() -> None:
    assert outcome(ACCOUNTS, published(date(2026, 1, 10), withdrawn=True))[0][1] is None


def test_nothing_is_said_of_days_before_the_record_begins() -> None:
    late_start = record(since=date(2026, 11, 10))

    found = duties((ACCOUNTS, ECONOMY), late_start, WORKDAYS, FIRST, LAST)

    assert [one.due.judge for one in found] == [date(2026, 11, 15), date(2026, 12, 15)]


def test_who_has_heard_nothing_since_knows_nothing() -> None:
    (duty,) = duties((ACCOUNTS,), record(), WORKDAYS, date(2026, 11, 1), date(2026, 11, 30))

    assert duty.state(date(2026, 11, 15), heard=date(2026, 11, 1)) is State.COMING
    assert duty.state(date(2026, 11, 20), heard=date(2026, 11, 15)) is State.UNKNOWN
    assert duty.state(date(2026, 11, 20), heard=date(2026, 11, 16)) is State.MISSING
    assert (
        owed(
            (ACCOUNTS,),
            record(since=date(2026, 11, 1), until=date(2026, 11, 15)),
            WORKDAYS,
            date(2026, 11, 20),
        )
        == ()
    )


def test_what_was_missed_is_said_till_it_is_made_up_for() -> None:
    missed = record(since=date(2026, 10, 1))
    made_up = published(date(2026, 12, 3), period=(date(2026, 10, 1), date(2026, 10, 31)))
    both = published(date(2026, 12, 3), period=(date(2026, 10, 1), date(2026, 11, 30)))

    def told(known: Record) -> list[tuple[int, bool]]:
        found = owed((ACCOUNTS,), known, WORKDAYS, date(2026, 12, 5))
        return [(one.due.judge.month, one.published is not None) for one in found]

    assert told(missed) == [(10, False), (11, False), (12, False)]
    assert told(record(made_up, since=date(2026, 10, 1))) == [(12, False)]
    assert told(record(both, since=date(2026, 10, 1))) == [(12, True)]


def test_rule_names_the_categories_as_the_offices_template_does() -> None:
    assert {one.id: every for one in DEFAULT_CATEGORIES if (every := every_of(one))} == {
        "accounts": "month", "benefits": "month", "collective": "quarter", "projects": "quarter",
        "annual": "year",
    }  # fmt: skip


def test_what_the_village_has_sealed_goes_before_the_id() -> None:
    assert every_of(Category("accounts", "财务收支", "finance", "quarter")) == "quarter"


# --- the year 2026, day by day ---------------------------------------------------------------


def made_due(every: str) -> list[tuple[date, date, date]]:
    """Return first day, last day and end (not included) of every duty of 2026, from the rule's words."""
    if every == "month":
        return [
            (date(2026, m, 1), date(2026, m, 15), date(2026 + m // 12, m % 12 + 1, 1))
            for m in range(1, 13)
        ]
    if every == "quarter":
        return [
            (date(2026, m, 1), date(2026, m, 20), date(2026 + (m + 3) // 13, (m + 3) % 12, 1))
            for m in (1, 4, 7, 10)
        ]
    return [(date(2026, 12, 1), date(2026, 12, 31), date(2027, 12, 1))]


def habit(every: str, days_after: int | None) -> list[Publication]:
    """Return what a village publishes that always does it so many days after the last day, or never."""
    category = {"month": ACCOUNTS, "quarter": ECONOMY, "year": ANNUAL}[every]
    if days_after is None:
        return []
    return [published(due + days_after * DAY, category) for _, due, _ in made_due(every)]


@pytest.mark.parametrize("every", ["month", "quarter", "year"])
@pytest.mark.parametrize("days_after", [-5, -1, 0, 1, 9, None])
def test_every_day_of_2026_says_of_each_duty_what_a_count_of_its_own_says(
    every, days_after
) -> None:
    category = {"month": ACCOUNTS, "quarter": ECONOMY, "year": ANNUAL}[every]
    history = record(*habit(every, days_after))

    for today in days_of(FIRST, LAST):
        expected = []
        for first, due, end in made_due(every):
            posted = None if days_after is None else due + days_after * DAY
            hangs = posted if posted is not None and posted <= today else None
            missing = hangs is None and today > due
            if first <= today and (today < end or missing):
                expected.append((due, hangs, missing))

        found = owed((category,), history, WORKDAYS, today)

        assert [
            (one.due.judge, one.published, one.state(today, today) is State.MISSING)
            for one in found
        ] == expected, today


@pytest.mark.parametrize("after", [0, 1, 2, 3, 4, 6, 30])
def test_every_day_of_2026_as_the_day_of_a_decision(after) -> None:
    for decided in days_of(FIRST, date(2026, 11, 20)):
        posted = decided + after * DAY
        due = _third(worked_after(decided))
        late = sum(worked(day) for day in days_of(due + DAY, posted))

        (found,) = duties(
            (DECISIONS,),
            record(published(posted, DECISIONS, decided=decided)),
            WORKDAYS,
            FIRST,
            LAST,
        )

        assert (found.due.judge, found.published, found.late) == (due, posted, late), decided


def test_every_day_of_2026_is_told_the_last_working_day_before_each_duty() -> None:
    for duty in duties((ACCOUNTS, ECONOMY, ANNUAL), record(), WORKDAYS, FIRST, LAST):
        assert worked(duty.due.warn)
        assert not any(worked(day) for day in days_of(duty.due.warn + DAY, duty.due.judge))


def worked_after(day: date) -> Iterator[date]:
    return (each for each in days_of(day + DAY, LAST) if worked(each))


def _third(days: Iterable[date]) -> date:
    return list(days)[2]
