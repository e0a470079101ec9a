"""Which days of a log a report needs: those of its period, whatever clock they were closed by."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

import kiosk.evidence.log
import kiosk.inspection.contents
from kiosk.evidence.pages import pack
from kiosk.evidence.records import Minute
from kiosk.evidence.share import counted_days
from kiosk.inspection.contents import Log, read_log
from kiosk.inspection.report import Evidence
from kiosk.inspection.values import Order
from sync.signed_days import Day, root_of
from sync.workdays import TermRule
from tests.support.evidence import Cabinet, day, minute

FRIDAY = date(2026, 11, 20)
DAY = timedelta(days=1)
RULE = TermRule()
TEN = 10  # minutes that a notice stands on each day: as much as counts


@pytest.fixture
def cabinet(tmp_path: Path) -> Iterator[Cabinet]:
    """A kiosk without a day of evidence."""
    cabinet = Cabinet(tmp_path)
    yield cabinet
    cabinet.close()


def unproved(number: int, wall: datetime) -> list[Minute]:
    """Return ten minutes of the day that comes `number` days after the first, by a clock that says `wall`."""
    return [minute(number * 1440 + each, trusted=False, wall=wall) for each in range(TEN)]


def reading(
    cabinet: Cabinet, first: date, last: date, *, gone: date | None = None
) -> tuple[Evidence, list[date]]:
    """Return what a report of a period reads, and the names of the days whose rows it asks for."""
    log = cabinet.read()
    signed, days = log.signed_days(), log.days()
    asked: list[date] = []

    def page_of(one: Day) -> bytes | None:
        asked.append(one.day)
        return log.page_of(one) if one.day != gone else None

    head = bytes.fromhex(days[-1].head) if days else root_of(log.public)
    order = Order(
        1, "qingshi", "square-1", "屏", log.public.hex(), first, last,
        datetime(2026, 12, 20, tzinfo=UTC), log.written(), "0.1.0",
    )  # fmt: skip
    rest = pack(head, days[-1].last + 1 if days else 1, log.open_rows())
    found = Log(tuple(map(msgspec.json.encode, signed)), page_of, rest)
    return read_log(found, order, RULE, first), sorted(set(asked))


def counted(evidence: Evidence) -> set[date]:
    return set(counted_days(evidence.facts.tally, RULE).get(("water", 1), ()))


@pytest.mark.parametrize(
    "wall", [datetime(2026, 10, 1, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC)]
)
def test_days_closed_under_a_wrong_clock_are_those_that_a_later_proof_makes_them(
    cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch, wall: datetime
) -> None:
    monkeypatch.setattr(kiosk.evidence.log, "ROWS_A_DAY", TEN)
    offline = [row for number in range(1, 5) for row in unproved(number, wall)]
    before = [msgspec.structs.replace(row, boot="a") for row in day(0)]
    cabinet.write(*before, *offline, *day(5), *day(6), *day(7))

    evidence, _ = reading(cabinet, FRIDAY + 2 * DAY, FRIDAY + 6 * DAY)

    assert counted(evidence) >= {FRIDAY + number * DAY for number in range(2, 7)}
    assert not evidence.breaks


def test_only_rows_about_the_period_are_asked_for(cabinet: Cabinet) -> None:
    cabinet.write(*(row for number in range(12) for row in day(number)))

    evidence, asked = reading(cabinet, FRIDAY + 5 * DAY, FRIDAY + 6 * DAY)

    assert asked == [FRIDAY + number * DAY for number in (0, 4, 5, 6, 7)]
    assert counted(evidence) == set(asked)
    assert evidence.facts.judged == FRIDAY + 6 * DAY


def test_rows_written_after_the_period_are_not_lost(cabinet: Cabinet) -> None:
    cabinet.write(*(row for number in range(12) for row in day(number)))

    evidence, _ = reading(cabinet, FRIDAY + 5 * DAY, FRIDAY + 6 * DAY)

    assert evidence.last_row == 12 * TEN


def test_days_older_than_what_is_kept_are_no_break(
    cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kiosk.evidence.log, "DAYS_KEPT", 4)
    monkeypatch.setattr(kiosk.inspection.contents, "DAYS_KEPT", 4)
    cabinet.write(*(row for number in range(12) for row in day(number)))

    for first in (FRIDAY, FRIDAY + 9 * DAY):
        evidence, _ = reading(cabinet, first, FRIDAY + 10 * DAY)

        assert not evidence.breaks
        assert evidence.since == FRIDAY + 7 * DAY


def test_a_day_that_is_not_that_old_and_gone_is_a_break(cabinet: Cabinet) -> None:
    cabinet.write(*(row for number in range(12) for row in day(number)))

    evidence, _ = reading(cabinet, FRIDAY + 9 * DAY, FRIDAY + 10 * DAY, gone=FRIDAY)

    assert [one.why for one in evidence.breaks] == [f"the rows of {FRIDAY} are gone"]
