"""A villager with eyes and a finger: sees what the screen tells, touches the glass, takes pictures.

Touches are real ones: X events from xdotool, as far from the program as a finger is.
"""

import json
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec
from PIL import Image, ImageChops, ImageGrab

from kiosk.tremor import SAME_HAND

PATIENCE: Final = 20.0  # seconds to wait for anything to appear
STILL: Final = 0.25  # seconds without a change: nothing more is being drawn
_LOOK: Final = 0.05
_PRESS: Final = 0.08  # seconds a finger rests on a key
_PACE: Final = SAME_HAND + 0.2  # s before the same spot again: sooner it would be a trembling hand
_HOLD: Final = 1.6  # and on what wants a long press


class Spot(msgspec.Struct, frozen=True):
    """Something that can be touched, in px from the upper left corner."""

    label: str
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        """Where a finger aims."""
        return self.x + self.width // 2, self.y + self.height // 2

    def holds(self, x: int, y: int) -> bool:
        """Tell whether the point lies in it."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


class Sight(msgspec.Struct, frozen=True):
    """What is in sight: the screen's name, what can be touched, and every line of text."""

    screen: str
    width: int
    height: int
    touches: tuple[Spot, ...]
    words: tuple[str, ...]

    def largest(self) -> Spot:
        """Return what is easiest to touch."""
        return max(self.touches, key=lambda spot: spot.width * spot.height)

    def spot(self, label: str, of: str = "") -> Spot | None:
        """Return what carries this label and can be reached: its middle in sight and not covered.

        With `of`, only what stands beside or next below the row that carries that label.
        """
        row = next((one for one in self.touches if one.label == of), None)
        if of and row is None:
            return None
        top = row.y if row else 0
        spots = (spot for spot in self.touches if spot.label == label and self._reaches(spot))
        return min((one for one in spots if one.y >= top), key=lambda one: one.y, default=None)

    def _reaches(self, spot: Spot) -> bool:
        x, y = spot.middle
        above = (other for other in self.touches if other is not spot and other.holds(x, y))
        return 0 <= y < self.height and not any(above)


class NotSeen(Exception):
    """What the villager waited for never appeared."""


class Villager:
    """Stands before the screen `display`; `told` is the file into which the kiosk says what it shows."""

    def __init__(self, display: str, told: Path, pictures: Path, manner: str) -> None:
        self._display = display
        self._told = told
        self._pictures = pictures
        self._manner = manner
        self._touched = (-1, -1)
        self.taken: list[Path] = []

    def see(self) -> Sight | None:
        """Return what is in sight now."""
        if not self._told.exists():
            return None
        lines = self._told.read_text(encoding="utf-8").splitlines(keepends=True)
        whole = [line for line in lines[-2:] if line.endswith("\n")]
        return msgspec.convert(json.loads(whole[-1]), Sight) if whole else None

    def wait(self, what: str, seen: Callable[[Sight], bool]) -> Sight:
        """Return the first sight that satisfies `seen`.

        Raises:
            NotSeen: it took longer than 20 s; names `what` and what was seen instead.
        """
        until = time.monotonic() + PATIENCE
        sight = None
        while time.monotonic() < until:
            sight = self.see()
            if sight and seen(sight):
                return sight
            time.sleep(_LOOK)
        instead = f"{sight.screen}: {' '.join(sight.words)[:300]}" if sight else "nothing at all"
        raise NotSeen(f"waited for {what}, saw {instead}")

    def on(self, screen: str) -> Sight:
        """Wait until this screen is in sight."""
        return self.wait(f"the screen {screen}", lambda sight: sight.screen == screen)

    def touch(self, label: str, *, of: str = "") -> None:
        """Touch what carries this label; of several the one of the row that is labelled `of`."""
        self._touch(label, _PRESS, of)

    def change(self, label: str) -> None:
        """Touch what carries this label and wait until anything looks different."""
        before = self.see()
        self.touch(label)
        self.wait(f"a change after {label}", lambda sight: sight != before)

    def hold(self, label: str) -> None:
        """Leave the finger on what carries this label."""
        self._touch(label, _HOLD)

    def picture(self, name: str) -> None:
        """Take a picture once nothing moves any more."""
        before = self._grab()
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            time.sleep(STILL)
            now = self._grab()
            if ImageChops.difference(before, now).getbbox() is None:
                break
            before = now
        path = self._pictures / f"{name}-{self._manner}.png"
        before.save(path, optimize=True)
        self.taken.append(path)

    def find(self, label: str, *, turn: str) -> None:
        """Turn pages with the key `turn` until what carries this label can be reached."""
        sight = self.see()
        while sight and not sight.spot(label) and sight.spot(turn):
            self.change(turn)
            sight = self.see()

    def _touch(self, label: str, seconds: float, of: str = "") -> None:
        found = self.wait(f"the key {label}", lambda sight: sight.spot(label, of) is not None)
        spot = found.spot(label, of)
        if spot is None:
            raise NotSeen(label)
        x, y = spot.middle
        if (x, y) == self._touched:
            time.sleep(_PACE)
        self._touched = (x, y)
        moves = ["mousemove", str(x), str(y), "mousedown", "1", "sleep", str(seconds)]
        subprocess.run(
            ["xdotool", *moves, "mouseup", "1"],
            check=True,
            env={**os.environ, "DISPLAY": self._display},
            timeout=PATIENCE,
        )

    def _grab(self) -> Image.Image:
        return ImageGrab.grab(xdisplay=self._display).convert("RGB")
