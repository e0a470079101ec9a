"""A ledger of 5,000 entries on the real screen: from the touch to what then can be read.

The baseline is a ledger of twelve entries, touched in the same way on the same virtual screen.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from kiosk.ui.fonts import faces_in
from sync.notices import Publisher
from tests.bench import processes
from tests.bench.figures import Figure, against
from tests.support.board import card_with, ledger, village_office, written
from tests.support.window import Window, display, kiosk, settings_file

ENTRIES = 5_000
ROUNDS = 5
LONG, SHORT = "五千笔", "十二笔"


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        settings = _held(Path(folder))
        with display(1080, 1920) as screen, kiosk(screen, settings, Path(folder) / "log") as window:
            window.wait_for_screen("idle")
            window.tap_at(540, 700)
            window.tap("首页")
            window.tap("财务收支")
            window.wait_for_screen("list")
            short = [_round(window, SHORT) for _ in range(ROUNDS)]
            memory = processes.memory_mb(window.process.pid)
            long = [_round(window, LONG) for _ in range(ROUNDS)]
            more = processes.memory_mb(window.process.pid) - memory
    figures = [
        against(f"ledger_{ENTRIES}_{name}_ms", _middle(long, name), "ms", _middle(short, name))
        for name in long[0]
    ]
    return [*figures, Figure(f"ledger_{ENTRIES}_memory_mb", round(more, 1), "MB")]


def _held(folder: Path) -> Path:
    """Return the settings of a kiosk whose card holds both ledgers."""
    today = datetime.now(UTC).date()
    office = village_office(today)
    for title, entries in ((LONG, ENTRIES), (SHORT, 12)):
        book = ledger(2026, 11, entries=entries)
        name = f"entries-{entries}"
        office.publish(
            written(
                title, book, id=name, category="cwsz", posted=today, publisher=Publisher.COLLECTIVE
            )
        )
    data = card_with(folder / "data", office)
    (data / "fonts").mkdir()
    faces_in(data / "fonts")
    return settings_file(folder, data, office.anchor, width=1080, height=1920, idle_seconds=600)


def _round(window: Window, title: str) -> dict[str, float]:
    """Open a ledger, turn, sift, choose larger letters, and go back; return the ms of each."""
    found = {
        "open": _ms(window, title, lambda: window.sight()["screen"] == "ledger"),
        "turn": _ms(window, "下一页", lambda: "上一页" in window.labels()),
        "sift": _ms(window, "只看支出", lambda: "合计" in window.text()),
        "larger": _ms(window, "字大", _changed(window)),
    }
    window.tap("字大")
    window.tap("字小")
    window.tap("返回")
    window.wait_for_screen("list")
    return found


def _changed(window: Window) -> Callable[[], bool]:
    before = window.text()
    return lambda: window.text() != before


def _ms(window: Window, label: str, done: Callable[[], bool]) -> float:
    window.wait_for(lambda: label in window.labels(), label)
    began = time.monotonic()
    window.tap(label)
    window.wait_for(done, f"what {label} leads to")
    return (time.monotonic() - began) * 1_000


def _middle(rounds: list[dict[str, float]], name: str) -> float:
    return statistics.median(each[name] for each in rounds)
