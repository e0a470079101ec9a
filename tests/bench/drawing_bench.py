"""How smoothly the screen draws, and whether its memory stays flat: the real window, in a process each.

The baseline of a frame is an empty ScrollView in the same window, dragged as far and drawn as often; that
of the memory is what there was after the first thousand changes. Twenty thousand take some minutes.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from typing import Any

from kiosk.demo import display
from tests.bench.figures import Figure, against

WIDTH, HEIGHT = 1080, 1920
WARM, CHANGES = 1_000, 20_000


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder, display.virtual(WIDTH, HEIGHT) as name:
        frames = _written(name, "tests.bench.frames", f"{folder}/frames", str(WIDTH), str(HEIGHT))
        memory = _written(name, "tests.bench.changes", f"{folder}/changes", str(WARM), str(CHANGES))
    return [*_frames(frames), against("memory_after_20000_changes_mb", memory[1], "MB", memory[0])]


def _frames(frames: dict[str, list[float]]) -> list[Figure]:
    empty = frames["empty"]
    found = []
    for page in ("ledger", "notice"):
        name, taken = f"scroll_{page}_frame", frames[page]
        found.append(
            against(f"{name}_ms", statistics.median(taken), "ms", statistics.median(empty))
        )
        found.append(against(f"{name}_p99_ms", p99(taken), "ms", p99(empty)))
    for name, taken in (
        ("tap_to_next_screen_ms", frames["tap"]),
        ("open_ledger_of_5000_ms", frames["open"]),
        ("sentence_to_highlight_ms", frames["sentence"]),
    ):
        found.append(against(name, statistics.median(taken), "ms", statistics.median(empty)))
    return found


def p99(values: Sequence[float]) -> float:
    """Return what 99 of 100 values don't exceed."""
    return statistics.quantiles(values, n=100)[98]


def _written(display_name: str, module: str, *arguments: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=os.environ | {"DISPLAY": display_name}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)
