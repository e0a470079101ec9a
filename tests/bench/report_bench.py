"""The inspection pack of five years of 30 notices, and of a quarter: seconds, memory, bytes.

Each month's 43 notices hang for three weeks, so 30 stand on an average day. Looks, turns and rows are those
of the evidence's own bench. The baseline is reading the whole log and holding its chain to the signatures,
which no report can do without.
"""

import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

import msgspec

from kiosk.evidence.key import own_key
from kiosk.evidence.log import EvidenceLog
from kiosk.evidence.reader import DATABASE, LogReader
from kiosk.evidence.records import Event, Minute, Record
from kiosk.inspection.pack import Kiosk, make
from kiosk.inspection.proof import Verdict, examine
from kiosk.ui.fonts import faces_in
from sync.feed.folder import FolderSource
from sync.notices import KioskKey
from tests.bench.evidence_bench import _looks, _tracked
from tests.bench.figures import Figure, against
from tests.support.archive import ArchiveInMemory
from tests.support.kiosk import KioskInTest
from tests.support.office import START, VILLAGE

MONTHS, PER_MONTH, HANGS = 61, 43, 21
DAYS = 1_826
LAST = date(2026, 11, 19)
FIRST = LAST - timedelta(days=DAYS - 1)
FONTS = Path(__file__).parents[2] / "assets" / "fonts"


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kiosk = _five_years(folder)
        chain = _seconds(lambda: _hold(kiosk))
        seconds, memory, size = _apart(kiosk, FIRST, folder / "five.zip")
        quarter, quarter_memory, quarter_size = _apart(
            kiosk, LAST - timedelta(days=91), folder / "quarter.zip"
        )
        verify = _seconds(lambda: _verify(folder / "five.zip", kiosk.anchor))
        return [
            against("report_five_years_s", seconds, "s", chain),
            Figure("report_five_years_memory_mb", memory, "MB"),
            Figure("report_five_years_mb", size, "MB"),
            against("report_verify_five_years_s", verify, "s", chain),
            Figure("report_quarter_s", round(quarter, 2), "s"),
            Figure("report_quarter_memory_mb", quarter_memory, "MB"),
            Figure("report_quarter_mb", quarter_size, "MB"),
        ]  # fmt: skip


def _five_years(folder: Path) -> Kiosk:
    """Return a kiosk with five years behind it, on a real card."""
    data = folder / "kiosk"
    key = own_key(data / "evidence")
    village = msgspec.structs.replace(
        VILLAGE, kiosks=(KioskKey("square", "文化广场屏", key.public.hex()),)
    )
    office = ArchiveInMemory(MONTHS * PER_MONTH, per_month=PER_MONTH, village=village)
    office.write_to(folder / "feed")
    card = KioskInTest(data, office, now=START + timedelta(hours=1), months=600)  # type: ignore[arg-type]
    card.sync_from(FolderSource(folder / "feed"))
    card.close()
    _write(EvidenceLog(data, data / "evidence", key, "square", village.id), Random(1))
    faces = faces_in(FONTS)
    return Kiosk(
        "square", "文化广场屏", village.id, data, office.anchor, faces.regular, faces.bold, "0.1.0"
    )


def _write(log: EvidenceLog, chance: Random) -> None:
    pattern = _tracked(list(_looks(chance)))
    names = {name: at for at, name in enumerate(sorted(_names(pattern)))}
    month, records = -1, list[Record]()
    for number in range(DAYS):
        day = FIRST + timedelta(days=number)
        now = (day.year - FIRST.year) * 12 + day.month - FIRST.month - (day.day < 20)
        if now != month:
            month = now
            records = [_renamed(one, names, max(month, 0)) for one in pattern]
        start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=8)
        shift = start - pattern[0].wall
        log.append([_later(one, shift) for one in records], start + timedelta(days=1))
    log.append(
        [Event("b", 0.0, start + timedelta(days=1, hours=8), trusted=True, what="stop")], start
    )
    log.close()


def _names(pattern: list[Record]) -> set[str]:
    return {seen.notice for one in pattern if isinstance(one, Minute) for seen in one.seen}


def _renamed(record: Record, names: dict[str, int], month: int) -> Record:
    """Return a record with the notices of a month in the place of the pattern's."""
    if not isinstance(record, Minute):
        return record
    seen = tuple(
        msgspec.structs.replace(one, notice=f"a-{month * PER_MONTH + names[one.notice] + 1}")
        for one in record.seen
    )
    return msgspec.structs.replace(record, seen=seen)


def _later(record: Record, shift: timedelta) -> Record:
    at = record.at + shift.total_seconds()
    return msgspec.structs.replace(record, at=at, wall=record.wall + shift)


def _apart(kiosk: Kiosk, first: date, path: Path) -> tuple[float, float, float]:
    """Make a pack in a process of its own; return its seconds, most memory (MB) and bytes (MB)."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_make, args=(kiosk, first, path, theirs)
    )
    process.start()
    theirs.close()  # so that a process that failed ends the wait
    seconds, memory = ours.recv()
    process.join()
    return seconds, round(memory, 1), round(path.stat().st_size / 1e6, 1)


def _make(kiosk: Kiosk, first: date, path: Path, tell: Connection) -> None:
    before = time.process_time()
    pack, report = make(kiosk, first, LAST, START)
    path.write_bytes(pack)
    assert report.notices
    tell.send(
        (time.process_time() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3)
    )


def _verify(path: Path, anchor: bytes) -> None:
    *_, verdict = examine(path.read_bytes(), anchor)
    assert verdict == Verdict(whole=True, enrolled=True)


def _hold(kiosk: Kiosk) -> None:
    log = LogReader(kiosk.data / DATABASE, own_key(kiosk.data / "evidence").public)
    assert log.find_break() is None
    log.close()


def _seconds(do: Callable[[], None]) -> float:
    """Return how many seconds of the processor it takes: the disk is another bench's."""
    before = time.process_time()
    do()
    return time.process_time() - before
