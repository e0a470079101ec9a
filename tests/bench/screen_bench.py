"""The three programs on a kiosk that holds 1,000 notices: start, memory, idle CPU.

The baseline is the smallest Kivy program on the same virtual screen.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.demo import display, programs
from kiosk.demo.web import served
from sync.store import Store
from tests.bench import processes
from tests.bench.figures import Figure, against
from tests.support.archive import ArchiveInMemory
from tests.support.office import VILLAGE

NOTICES = 1_000
ROUNDS = 5
STILL_SECONDS = 20.0
WIDTH, HEIGHT = 1080, 1920
BARE = Path(__file__).with_name("bare_label.py")


@dataclass(frozen=True)
class _Kiosk:
    folder: Path
    settings: Path

    @property
    def told(self) -> Path:
        return self.folder / "told"


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder, display.virtual(WIDTH, HEIGHT) as name:
        # As installed: compiled once, whatever the machine that measures says.
        cache = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": f"{folder}/compiled"}
        environment = {"DISPLAY": name, **cache}
        figures = []
        with _held(Path(folder), environment) as (kiosk, sync_memory):
            figures.append(Figure("sync_memory_mb", round(sync_memory, 1), "MB"))
            figures += _starts(kiosk, environment)
            figures += _still(kiosk, environment)
            figures += _help(kiosk, environment)
        return figures


@contextmanager
def _held(folder: Path, environment: dict[str, str]) -> Iterator[tuple[_Kiosk, float]]:
    """A kiosk that has synced the archive over HTTP, and the most memory that took (MB)."""
    archive = ArchiveInMemory(NOTICES)
    archive.write_to(folder / "feed")
    (folder / "root.json").write_bytes(archive.anchor)
    with served(folder / "feed") as world:
        kiosk = _Kiosk(folder, folder / "kiosk.toml")
        kiosk.settings.write_text(_settings(folder, world.feed), encoding="utf-8")
        with programs.running(
            "kiosk-sync", "--settings", str(kiosk.settings), logs=folder, environment=environment
        ) as process:
            _wait_for(lambda: _synced(folder))
            yield kiosk, processes.peak_mb(process.pid)


def _settings(folder: Path, feed: str) -> str:
    return f"""
[kiosk]
id = "square"
name = "square"
village = "{VILLAGE.id}"
data = "{folder}/data"
run = "{folder}/run"
[sync]
sources = ["{feed}"]
anchor = "{folder}/root.json"
archive_months = 600
[screen]
width = {WIDTH}
height = {HEIGHT}
fullscreen = false
turn_seconds = 120
idle_seconds = 600
[help]
pins = "none"
"""


def _synced(folder: Path) -> bool:
    store = Store(folder / "data" / "sunboard.db", readonly=True)
    try:
        return store.held() is not None and bool(store.attempts(1))
    finally:
        store.close()


def _starts(kiosk: _Kiosk, environment: dict[str, str]) -> list[Figure]:
    """Seconds from starting the program to its first notice, in turns with the bare window."""
    bare, full = [], []
    for _ in range(ROUNDS + 1):  # the first compiles and fills the caches
        drawn = kiosk.folder / "drawn"
        bare.append(_seconds(_bare_command(drawn), environment | _home(kiosk), drawn.exists))
        drawn.unlink()
        full.append(_seconds(_kiosk_command(kiosk), environment, lambda: bool(_seen(kiosk))))
        kiosk.told.unlink()
    return [against("start_to_first_notice_s", _middle(full[1:]), "s", _middle(bare[1:]))]


def _still(kiosk: _Kiosk, environment: dict[str, str]) -> list[Figure]:
    """Memory and CPU with one notice on the idle board and nothing happening."""
    bare = [sys.executable, str(BARE), "-", str(WIDTH), str(HEIGHT)]
    with _process(bare, environment | _home(kiosk)) as process:
        threading.Event().wait(2)
        bare_memory = processes.memory_mb(process.pid)
        bare_resident = processes.resident_mb(process.pid)
        bare_cpu = processes.cpu_percent(process.pid, STILL_SECONDS)
    with _process(_kiosk_command(kiosk), environment) as process:
        _wait_for(lambda: bool(_seen(kiosk)))
        threading.Event().wait(2)
        return [
            against(
                "screen_cpu_percent",
                processes.cpu_percent(process.pid, STILL_SECONDS),
                "%",
                bare_cpu,
            ),
            against("screen_memory_mb", processes.memory_mb(process.pid), "MB", bare_memory),
            against("screen_resident_mb", processes.resident_mb(process.pid), "MB", bare_resident),
        ]


def _help(kiosk: _Kiosk, environment: dict[str, str]) -> list[Figure]:
    with programs.running(
        "kiosk-help", "--settings", str(kiosk.settings), logs=kiosk.folder, environment=environment
    ) as process:
        cpu = processes.cpu_percent(process.pid, STILL_SECONDS)
        return [
            Figure("help_memory_mb", round(processes.resident_mb(process.pid), 1), "MB"),
            Figure("help_cpu_percent", round(cpu, 2), "%"),
        ]


def _kiosk_command(kiosk: _Kiosk) -> list[str]:
    program = Path(sys.executable).with_name("kiosk")
    return [str(program), "--settings", str(kiosk.settings), "--tell", str(kiosk.told)]


def _bare_command(drawn: Path) -> list[str]:
    return [sys.executable, str(BARE), str(drawn), str(WIDTH), str(HEIGHT)]


def _home(kiosk: _Kiosk) -> dict[str, str]:
    return {"KIVY_HOME": str(kiosk.folder / "bare-kivy")}


def _seen(kiosk: _Kiosk) -> list[str]:
    """Return the lines of text in sight once a notice is."""
    if not kiosk.told.exists():
        return []
    whole = kiosk.told.read_text(encoding="utf-8").split("\n")[:-1]
    states = [json.loads(line) for line in whole]
    return next((state["words"] for state in states if state["screen"] == "idle"), [])


def _seconds(command: list[str], environment: dict[str, str], done: Callable[[], bool]) -> float:
    before = time.monotonic()
    with _process(command, environment):
        _wait_for(done)
        return time.monotonic() - before


@contextmanager
def _process(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(done: Callable[[], bool], seconds: float = 120.0) -> None:
    pause = threading.Event()
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "the program did not get there"
        pause.wait(0.002)


def _middle(values: list[float]) -> float:
    return statistics.median(values)
