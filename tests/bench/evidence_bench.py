"""Five years of 30 notices at 12 to 20 s a turn, day and night: bytes on the card, seconds to use them.

One day is really tracked, look by look; a year is that day over and over with other clocks, written
through the log as the kiosk does. Five years are five times that: when all were written, they came to it.
"""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from kiosk.evidence.counting import Count, decoded
from kiosk.evidence.key import own_key
from kiosk.evidence.log import EvidenceLog
from kiosk.evidence.records import Event, Record
from kiosk.evidence.tracker import Drawn, Tick, Tracker
from tests.bench.figures import Figure

NOTICES, DAYS, YEARS = 30, 366, 5
MIDNIGHT = datetime(2026, 11, 19, 16, tzinfo=UTC)  # in the village
KINDS = ("accounts", "projects", "affairs", "benefits", "medical")
BOOT = "7f3c1b8e-5a04-4b41-9d15-0c9d7a2b1e55"


def measure() -> list[Figure]:
    looks = list(_looks(random.Random(1)))
    before = time.perf_counter()
    day = _tracked(looks)
    tracking = (time.perf_counter() - before) / len(looks) * 1e6
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        log = _opened(folder)
        write, close = _write(log, day)
        count = Count().plus(log.records(log.days()[-90].day), log.last_number())
        log.append([_stop()], MIDNIGHT, count.encoded())
        log.close()
        size = sum(file.stat().st_size for file in folder.glob("evidence.db*"))
        return [
            Figure("evidence_five_years_mb", round(size * YEARS / 1e6, 1), "MB"),
            Figure("evidence_look_us", round(tracking, 1), "µs"),
            Figure("evidence_minute_ms", round(write * 1e3, 2), "ms"),
            Figure("evidence_day_closed_s", round(close, 3), "s"),
            Figure("evidence_start_s", round(_seconds(lambda: _start(folder)), 3), "s"),
            Figure("evidence_recount_s", round(_seconds(lambda: _recount(folder)), 2), "s"),
            Figure("evidence_verify_s", round(_seconds(lambda: _verify(folder)) * YEARS, 2), "s"),
        ]


def _looks(chance: random.Random) -> Iterator[Tick]:
    names = [f"2026-11-{KINDS[number % 5]}-{number}" for number in range(NOTICES)]
    at, turn, left = 1234.0, 0, 0.0
    while at < 1234.0 + 86_400:
        if left <= 0:
            turn, left = turn + 1, chance.choice((12, 12, 14, 16, 20))
        step = 0.5 + chance.random() * 0.02
        at, left = at + step, left - step
        drawn = Drawn(names[turn % NOTICES], 1, "idle", turn)
        yield Tick(at, MIDNIGHT + timedelta(seconds=at - 1234), True, drawn, "on", 3)


def _tracked(looks: list[Tick]) -> list[Record]:
    tracker, records = Tracker(BOOT), list[Record]()
    for look in looks:
        tracker, more = tracker.after(look)
        records.extend(more)
    return records


def _write(log: EvidenceLog, day: list[Record]) -> tuple[float, float]:
    """Write five years; return the seconds of a minute's commit, and of closing a day."""
    closing = []
    for number in range(DAYS):
        records = [_later(one, number) for one in day]
        before = time.perf_counter()
        log.append(records[:1], MIDNIGHT)
        closing.append(time.perf_counter() - before)
        log.append(records[1:], MIDNIGHT)
    minutes = [_later(one, DAYS) for one in day[:200]]
    log.append(minutes[:1], MIDNIGHT)
    before = time.perf_counter()
    for one in minutes[1:]:
        log.append([one], MIDNIGHT)
    minute = (time.perf_counter() - before) / (len(minutes) - 1)
    return minute, sorted(closing[1:])[len(closing) // 2] - minute


def _later(record: Record, days: int) -> Record:
    shift = timedelta(days=days)
    at = record.at + shift.total_seconds()
    return msgspec.structs.replace(record, at=at, wall=record.wall + shift)


def _stop() -> Record:
    at = MIDNIGHT + timedelta(days=DAYS, hours=12)
    return Event(BOOT, 0.0, at, trusted=True, what="stop")


def _opened(folder: Path) -> EvidenceLog:
    return EvidenceLog(folder, folder / "evidence", own_key(folder / "evidence"), "square", "demo")


def _start(folder: Path) -> None:
    """What a start does before the board knows what was shown."""
    log = _opened(folder)
    kept = decoded(log.counted() or b"")
    assert kept
    kept.plus(log.records(after=kept.last), log.last_number())
    log.close()


def _recount(folder: Path) -> None:
    """What another rule does: the days that can still matter are counted anew."""
    log = _opened(folder)
    count = Count()
    since = log.days()[-1].day - timedelta(days=count.rule.maximum_days + 1)
    count.plus(log.records(since), log.last_number())
    log.close()


def _verify(folder: Path) -> None:
    log = _opened(folder)
    assert log.find_break() is None
    log.close()


def _seconds(do: Callable[[], None]) -> float:
    before = time.perf_counter()
    do()
    return time.perf_counter() - before
