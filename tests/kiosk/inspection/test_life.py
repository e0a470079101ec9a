"""Three months with power cuts, clock steps and syncs: nothing comes down early, and the pack tells what was."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from kiosk.evidence.reader import DATABASE, LogReader
from kiosk.evidence.records import Minute, Record
from tests.support.inspecting import judged, packed
from tests.support.life import CHINA, CLOSES, DAY, NEXT_YEAR, OPENS, Key, Life, Truth

SEEDS = (1, 7)
KNOWN_FROM = date(2026, 12, 20)  # when next year's holidays were sealed
Shares = dict[tuple[Key, date], tuple[float, int]]


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_three_months_of_weather_shorten_no_term_and_the_pack_tells_all(
    lives: Path, seed: int
) -> None:
    folder = lives / str(seed)
    folder.mkdir()
    life = Life(folder, seed)

    inspection = packed(life, lives / "fonts")
    report = inspection.report

    assert life.cuts > 5
    assert len(report.notices) > 8
    assert [one for one in life.truth.gone if not _may_be_gone(life.truth, *one)] == []
    shares = _shares(_rows(life))
    for one in report.notices:
        for day in one.days:
            seconds, turns = shares.get(((one.id, one.revision), day.day), (0.0, 0))
            assert (day.seconds, day.turns) == (round(seconds), turns)
            assert bool(day.counted) == (seconds >= 300 and turns >= 10)  # None: no rows at all
            if day.counted:
                assert life.truth.counts((one.id, one.revision), day.day), (one.id, day)
        if one.term.state == "held":
            counted = {day.day for day in one.days if day.counted and _works(day.day)}
            assert len(counted - {one.hung}) >= 10
    verdict, wrong = judged(inspection.pack, life.anchor)
    assert (verdict.whole, wrong) == (True, [])


def _may_be_gone(truth: Truth, key: Key, day: date) -> bool:
    """Tell whether a notice may be off the board, by what really was and nothing else."""
    hung, ended = truth.hung[key], truth.ended.get(key)
    if ended is not None and ended <= day:
        return True
    shown = [
        hung + number * DAY
        for number in range(1, (day - hung).days)
        if _works(hung + number * DAY) and truth.counts(key, hung + number * DAY)
    ]
    known = day.year < 2027 or day >= KNOWN_FROM
    return known and len(shown) >= 10 and day > hung + timedelta(days=15)


def _works(day: date) -> bool:
    """Tell whether people work, from the lists themselves: no rest day is left in 2026."""
    if day in NEXT_YEAR.off or day in NEXT_YEAR.work:
        return day in NEXT_YEAR.work
    return day.weekday() < 5


def _rows(life: Life) -> list[Record]:
    reader = LogReader(life.data / DATABASE, life.key.public)
    try:
        assert reader.find_break() is None
        return list(reader.records())
    finally:
        reader.close()


def _shares(records: Iterable[Record]) -> Shares:
    """Count the raw rows once more, boot by boot, in the plainest way there is."""
    boots: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        boots[record.boot].append(record)
    found: dict[tuple[Key, date], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for rows in boots.values():
        proofs = [
            (at, one.wall - timedelta(seconds=one.at)) for at, one in enumerate(rows) if one.trusted
        ]
        for at, row in enumerate(rows):
            if not isinstance(row, Minute) or not proofs:
                continue
            zero = max((one for one in proofs if one[0] <= at), default=proofs[0])[1]
            for seen in row.seen:
                start, end = (
                    (zero + timedelta(seconds=row.at + each)).astimezone(CHINA)
                    for each in (seen.start, seen.end)
                )
                inside = min(end, _on(start, CLOSES)) - max(start, _on(start, OPENS))
                if inside > timedelta():
                    share = found[(seen.notice, seen.revision), start.date()]
                    share[0] += inside.total_seconds()
                    share[1] += seen.turn
    return {key: (seconds, int(turns)) for key, (seconds, turns) in found.items()}


def _on(moment: datetime, hour: time) -> datetime:
    return datetime.combine(moment.date(), hour, CHINA)
