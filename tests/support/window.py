"""The real screen program on a virtual screen of its own, touched and photographed from outside."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageGrab

from kiosk.tremor import SAME_HAND

PATIENCE = 30.0  # s for anything to appear
NEAR = 200  # px: more than any panel's same spot


@dataclass
class Display:
    """A virtual X screen."""

    number: str

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment for programs on it."""
        return {"DISPLAY": f":{self.number}", "LIBGL_ALWAYS_SOFTWARE": "1"}

    def run(self, *command: str) -> bytes:
        """Run an X tool on it and return what it wrote."""
        done = subprocess.run(
            command, env=os.environ | self.environment, capture_output=True, check=True, timeout=20
        )
        return done.stdout

    def picture(self) -> Image.Image:
        """Return what is on the screen now."""
        return ImageGrab.grab(xdisplay=f":{self.number}").convert("RGB")


@contextmanager
def display(width: int, height: int) -> Iterator[Display]:
    """Start a virtual screen and end it."""
    ours, theirs = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(theirs), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
        pass_fds=(theirs,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(theirs)
    try:
        with os.fdopen(ours) as numbers:
            yield Display(numbers.readline().strip())
    finally:
        server.terminate()
        server.wait(10)


class Window:
    """The kiosk's window, seen through what `kiosk --tell` says of it."""

    def __init__(self, screen: Display, told: Path, process: subprocess.Popen[bytes]) -> None:
        self.display = screen
        self.process = process
        self._told = told
        self._last = (-1, -1, 0.0)  # where and when (monotonic s) the glass was touched

    def sight(self) -> dict[str, Any]:
        """Return what can be seen and touched now."""
        told = self._told.read_text(encoding="utf-8") if self._told.exists() else ""
        lines = told[: told.rfind("\n") + 1].splitlines()  # the last may be half written
        return json.loads(lines[-1]) if lines else {"screen": "", "touches": [], "words": []}

    def labels(self) -> list[str]:
        """Return the labels of everything that can be touched."""
        return [touch["label"] for touch in self.sight()["touches"]]

    def text(self) -> str:
        """Return all words in sight as one text."""
        return "".join(self.sight()["words"])

    def tap(self, label: str) -> None:
        """Touch the thing with this label, in its middle, once it is there."""
        self.tap_at(*self.middle(label))

    def tap_at(self, x: int, y: int) -> None:
        """Touch the glass at (x, y) px; the same spot again only when that isn't a trembling hand."""
        left, top, at = self._last
        if abs(x - left) + abs(y - top) < NEAR:
            threading.Event().wait(at + SAME_HAND + 0.1 - time.monotonic())
        self.display.run("xdotool", "mousemove", str(x), str(y), "click", "1")
        self._last = (x, y, time.monotonic())

    def hold(self, label: str, seconds: float) -> None:
        """Leave the finger on the thing with this label."""
        x, y = self.middle(label)
        self.display.run(
            "xdotool", "mousemove", str(x), str(y), "mousedown", "1", "sleep", str(seconds), "mouseup", "1"
        )  # fmt: skip

    def tremble_at(self, x: int, y: int, gap_ms: int, touches: int = 2) -> None:
        """Touch the glass at (x, y) px several times, so long apart."""
        tremble = ["click", "--repeat", str(touches), "--delay", str(gap_ms), "1"]
        self.display.run("xdotool", "mousemove", str(x), str(y), *tremble)
        self._last = (x, y, time.monotonic())

    def middle(self, label: str) -> tuple[int, int]:
        """Return where the thing with this label is touched, once it is there."""
        self.wait_for(lambda: label in self.labels(), f"{label} to touch")
        spot = next(touch for touch in self.sight()["touches"] if touch["label"] == label)
        return spot["x"] + spot["width"] // 2, spot["y"] + spot["height"] // 2

    def key(self, name: str) -> None:
        """Press a key of the keyboard."""
        self.display.run("xdotool", "key", name)

    def wait_for_screen(self, name: str, patience: float = PATIENCE) -> None:
        """Wait until this screen is shown."""
        self.wait_for(lambda: self.sight()["screen"] == name, f"screen {name}", patience)

    def wait_for_text(self, words: str) -> None:
        """Wait until these words can be read."""
        self.wait_for(lambda: words in self.text(), f"the words {words}")

    def wait_for(self, done: Any, what: str, patience: float = PATIENCE) -> None:
        """Wait until `done()` is true, or fail with what is in sight."""
        end = time.monotonic() + patience
        while not done():
            assert self.process.poll() is None, "the kiosk has ended"
            assert time.monotonic() < end, f"never came: {what}; in sight: {self.sight()}"
            time.sleep(0.02)  # the file is the event; there is nothing else to wait on


@contextmanager
def kiosk(
    screen: Display,
    settings: Path,
    log: Path,
    *,
    program: Sequence[str] = ("kiosk.app",),
    environment: Mapping[str, str] | None = None,
) -> Iterator[Window]:
    """Start the program (a module, its arguments) on a screen, wait for its first picture, end it."""
    told = log.with_suffix(".told")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *program, "--settings", str(settings), "--tell", str(told)],
            env=os.environ | screen.environment | dict(environment or {}), stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            window = Window(screen, told, process)
            window.wait_for(
                lambda: window.sight()["screen"] not in {"", "opening"}, "the first picture"
            )
            yield window
        finally:
            process.terminate()
            process.wait(15)


def settings_file(
    folder: Path, data: Path, anchor: bytes, *, width: int, height: int, **screen: object
) -> Path:
    """Write a kiosk's settings and return their path."""
    root = folder / "root.json"
    root.write_bytes(anchor)
    more = "\n".join(f"{name} = {json.dumps(value)}" for name, value in screen.items())
    path = folder / "kiosk.toml"
    path.write_text(
        f"""[kiosk]
id = "qingshi-1"
name = "青石村广场"
village = "qingshi"
data = "{data}"
run = "{folder / "run"}"
[sync]
anchor = "{root}"
[screen]
width = {width}
height = {height}
fullscreen = false
{more}
[voice]
[help]
pins = "none"
""",
        encoding="utf-8",
    )
    (folder / "run").mkdir(exist_ok=True)
    return path
