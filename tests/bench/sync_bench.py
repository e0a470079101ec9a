"""What a sync costs: requests, bytes and seconds, in small and large archives.

The baseline is rsync bringing the same change of the same folder to a second folder: its bytes are
those of its own protocol both ways, ours are heads and bodies of HTTP both ways.
"""

import re
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sync.feed.http import HttpSource
from sync.feed.layout import encode
from sync.records import Outcome
from tests.bench.figures import Figure, against
from tests.support.archive import ArchiveInMemory
from tests.support.kiosk import KioskInTest
from tests.support.office import OfficeInMemory, notice
from tests.support.server import Server, serving

ARCHIVES = (100, 1_000, 10_000)
EVERYTHING = 600  # months: no archive here is bounded


@dataclass(frozen=True)
class Cost:
    """What one sync took; `size` is in bytes."""

    requests: int
    size: int
    seconds: float


def measure() -> list[Figure]:
    return [figure for notices in ARCHIVES for figure in _archive(notices)]


def _archive(notices: int) -> list[Figure]:
    with tempfile.TemporaryDirectory() as place:
        feed, copy = Path(place) / "feed", Path(place) / "copy"
        village = ArchiveInMemory(notices)
        village.write_to(feed)
        kiosk = KioskInTest(Path(place) / "data", _trusting(village), months=EVERYTHING)
        with serving(feed) as server:
            source = HttpSource(server.url)
            first = _cost(server, lambda: _sync(kiosk, source, Outcome.NEW)), _rsync(feed, copy)
            same = _cost(server, lambda: _sync(kiosk, source, Outcome.SAME)), _rsync(feed, copy)
            new = notice("新公告", id="new")
            village.publish(new)
            village.write_to(feed)
            one = _cost(server, lambda: _sync(kiosk, source, Outcome.NEW)), _rsync(feed, copy)
            source.close()
        assert len(kiosk.prove()) == notices + 1
        kiosk.close()
    return [
        *_figures("first", notices, *first),
        *_figures("same", notices, *same),
        *_figures("plus_one", notices, *one, own=len(encode(new))),
    ]


def _figures(name: str, notices: int, ours: Cost, theirs: Cost, own: int = 0) -> list[Figure]:
    """Name the figures; `own` bytes are the new notice itself, which nobody can save."""
    return [
        Figure(f"sync_{name}_requests_{notices}", ours.requests, "requests"),
        against(f"sync_{name}_bytes_{notices}", ours.size - own, "bytes", theirs.size - own),
        against(f"sync_{name}_seconds_{notices}", ours.seconds, "s", theirs.seconds),
    ]


def _sync(kiosk: KioskInTest, source: HttpSource, expected: Outcome) -> None:
    attempt = kiosk.sync_from(source)
    assert attempt.outcome is expected, attempt


def _cost(server: Server, work: Callable[[], None]) -> Cost:
    server.requests.clear()
    before = time.perf_counter()
    work()
    seconds = time.perf_counter() - before
    size = sum(request.sent + request.heads for request in server.requests)
    return Cost(len(server.requests), size, seconds)


def _rsync(feed: Path, copy: Path) -> Cost:
    before = time.perf_counter()
    told = subprocess.run(
        ["rsync", "--archive", "--no-whole-file", "--fsync", "--stats", f"{feed}/", f"{copy}/"],
        capture_output=True, text=True, check=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
    ).stdout  # fmt: skip
    seconds = time.perf_counter() - before
    sizes = re.findall(r"^Total bytes (?:sent|received): ([\d,]+)$", told, re.MULTILINE)
    return Cost(0, sum(int(size.replace(",", "")) for size in sizes), seconds)


def _trusting(village: ArchiveInMemory) -> OfficeInMemory:
    """An office in memory with the same anchor, for a kiosk that only asks for that."""
    office = OfficeInMemory(signers=village.signers)
    assert office.anchor == village.anchor
    return office
