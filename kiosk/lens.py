"""Which part of a picture is seen, and how large: what zooming and moving do to it. Pure.

Keys, a finger that drags and two that pinch all end here, so that nothing needs more than single taps.
"""

from dataclasses import dataclass
from typing import Final

ZOOMS: Final = (1.0, 1.6, 2.5, 4.0)  # the steps of the keys
STEP: Final = 0.6  # of what is in sight, that a key moves on: some of it stays to hold on to
_NEAR: Final = 1.01

Spot = tuple[float, float]
"""A place on the glass, in px right of and below the middle of the picture's room."""


@dataclass(frozen=True, slots=True)
class Lens:
    """`zoom` times as large as the whole picture in its room; its middle at (x, y) of the picture, 0 to 1."""

    zoom: float = 1.0
    x: float = 0.5
    y: float = 0.5


WHOLE: Final = Lens()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a picture, each length as a share of the whole, from its upper left corner."""

    left: float = 0.0
    top: float = 0.0
    width: float = 1.0
    height: float = 1.0


ALL: Final = Part()


@dataclass(frozen=True, slots=True)
class Stand:
    """A picture of `width` × `height` px in a room of `across` × `down` px."""

    width: float
    height: float
    across: float
    down: float

    def size(self, lens: Lens) -> tuple[float, float]:
        """Return width and height in px that what is seen takes up."""
        wide, tall = self._drawn(lens.zoom)
        return min(wide, self.across), min(tall, self.down)

    def part(self, lens: Lens) -> Part:
        """Return what is seen of the picture."""
        lens = self.kept(lens)
        wide, tall = self._seen(lens.zoom)
        return Part(lens.x - wide / 2, lens.y - tall / 2, wide, tall)

    def kept(self, lens: Lens) -> Lens:
        """Return the lens brought back to where the picture is, and into the range of zooms."""
        zoom = min(max(lens.zoom, ZOOMS[0]), ZOOMS[-1])
        wide, tall = self._seen(zoom)
        return Lens(
            zoom,
            min(max(lens.x, wide / 2), 1 - wide / 2),
            min(max(lens.y, tall / 2), 1 - tall / 2),
        )

    def held(self, lens: Lens, zoom: float, before: Spot = (0, 0), after: Spot = (0, 0)) -> Lens:
        """Return the lens when what was under the finger at `before` is at `after`, `zoom` times large."""
        zoom = min(max(zoom, ZOOMS[0]), ZOOMS[-1])
        wide, tall = self._drawn(lens.zoom)
        new_wide, new_tall = self._drawn(zoom)
        x = lens.x + before[0] / wide - after[0] / new_wide
        y = lens.y + before[1] / tall - after[1] / new_tall
        return self.kept(Lens(zoom, x, y))

    def larger(self, lens: Lens, at: Spot = (0, 0)) -> Lens | None:
        """Return the next larger step, what is at `at` staying there; None at the largest."""
        zoom = next((one for one in ZOOMS if one > lens.zoom * _NEAR), None)
        return self.held(lens, zoom, at, at) if zoom else None

    def smaller(self, lens: Lens) -> Lens | None:
        """Return the next smaller step, None for the whole picture."""
        zoom = next((one for one in reversed(ZOOMS) if one * _NEAR < lens.zoom), None)
        return self.held(lens, zoom) if zoom else None

    def moved(self, lens: Lens, right: int, down: int) -> Lens | None:
        """Return the lens a step further, None if there is nothing more on that side."""
        wide, tall = self._seen(lens.zoom)
        lens = self.kept(lens)
        to = Lens(lens.zoom, lens.x + right * wide * STEP, lens.y + down * tall * STEP)
        found = self.kept(to)
        far = abs(found.x - lens.x) + abs(found.y - lens.y)
        return found if far > _NEAR - 1 else None

    def _drawn(self, zoom: float) -> tuple[float, float]:
        scale = min(self.across / self.width, self.down / self.height) * zoom
        return self.width * scale, self.height * scale

    def _seen(self, zoom: float) -> tuple[float, float]:
        wide, tall = self._drawn(zoom)
        return min(self.across / wide, 1.0), min(self.down / tall, 1.0)
