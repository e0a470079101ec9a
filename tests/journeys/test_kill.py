"""Power gone at any moment: kiosk-sync killed without warning, and the board is whole each time."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.feed.folder import FolderSource
from sync.feed.layout import ref_of
from sync.feed.writing import write_feed
from sync.notices import Picture
from sync.records import Outcome
from tests.support.kiosk import KioskInTest
from tests.support.office import OfficeInMemory, notice
from tests.support.server import serving

KILLS = 100
MONTHS = 2  # closed months kept, so that old files are pruned all the time
# Forks a new kiosk-sync for every line, so that not all the time goes into starting Python.
NURSERY = """
import os, sys
import sync.agent, sync.feed.http
for line in sys.stdin:
    child = os.fork()
    if not child:
        os._exit(sync.agent.main(["--settings", sys.argv[1], "once"]))
    print(child, flush=True)
    print(os.waitpid(child, 0)[1], flush=True)
"""


@pytest.fixture
def tmp_path(tmp_path: Path) -> Iterator[Path]:
    """Return a folder in memory if there is one: what was written outlives a killed process anyway."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as folder:
        yield Path(folder)


@pytest.fixture
def nursery(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", NURSERY, tmp_path / "kiosk.toml"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        yield process
        assert process.stdin
        process.stdin.close()


def run(nursery: subprocess.Popen[str], kill_after: float | None = None) -> bool:
    """Start a kiosk-sync, kill it after so many seconds; tell whether it was still at work."""
    assert nursery.stdin
    assert nursery.stdout
    nursery.stdin.write("go\n")
    nursery.stdin.flush()
    child = int(nursery.stdout.readline())
    if kill_after is not None:
        threading.Event().wait(kill_after)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    return int(nursery.stdout.readline()) == signal.SIGKILL


@pytest.mark.journey
@pytest.mark.slow
def test_sync_killed_at_100_random_moments_never_harms_the_board(
    tmp_path: Path, nursery: subprocess.Popen[str]
) -> None:
    office, dice = OfficeInMemory(), random.Random(20261120)
    feed = tmp_path / "feed"
    kiosk = KioskInTest(tmp_path / "data", office, months=MONTHS)
    published: list[str] = []

    def publish() -> None:
        data = dice.randbytes(dice.randrange(1_000, 60_000))
        title = f"第{len(published) + 1}号公告"
        picture = Picture(ref_of(data), 100, 100)
        posted = notice(title, id=f"n-{len(published)}", blocks=(picture,), reading=())
        there = set(office.blobs)
        office.publish(posted, blobs=[data])
        published.append(title)
        if len(published) % 12 == 0:
            office.close_month(f"{2000 + len(published) // 12}-12")
        added = [office.blobs[name] for name in set(office.blobs) - there]
        write_feed(feed, office.files(), {ref_of(data): data for data in added})

    publish()
    with serving(feed) as server:
        (tmp_path / "root.json").write_bytes(office.anchor)
        (tmp_path / "kiosk.toml").write_text(
            f'[kiosk]\nid = "k1"\nname = "村口"\nvillage = "qingshi"\ndata = "{kiosk.data}"\n'
            f'[sync]\nsources = ["{server.url}"]\nanchor = "{tmp_path}/root.json"\n'
            f"archive_months = {MONTHS}\n"
        )
        usual = 1.0
        for _ in range(5):
            publish()
            before = time.monotonic()
            run(nursery)
            usual = min(usual, time.monotonic() - before)
        killed = old = new = 0
        while killed < KILLS:
            shown = kiosk.prove()
            kiosk.close()
            publish()

            killed += run(nursery, kill_after=dice.uniform(0.0, usual))

            found = kiosk.prove()
            assert found == shown or published[-1] in found
            # Half of the kills shall come before the switch, however busy the machine is.
            usual *= 1.1 if found == shown else 0.9
            old, new = old + (found == shown), new + (found != shown)
            assert kiosk.check() is None
            if dice.random() < 0.5:
                repaired = kiosk.sync_from(FolderSource(feed))
                assert repaired.outcome in {Outcome.NEW, Outcome.SAME}, repaired.detail
                assert published[-1] in kiosk.prove()
    assert old
    assert new
    kiosk.close()
