"""The panel at hand: from millimetres and type steps to pixels. Pure.

Layouts are drawn in units of 1/1080 of the panel's short side, so that they fill every panel alike;
each size has a floor in millimetres, because eyes and fingers don't shrink with the panel.
"""

from dataclasses import dataclass
from math import hypot
from typing import Final, Literal

SHORT_SIDE_UNITS: Final = 1_080
INCH_MM: Final = 25.4
TARGET_MM: Final = 20.0  # the least side of anything to touch
HELP_TARGET_MM: Final = 25.0
REACH_MM: Final = 1_220.0  # from the ground, sitting or small: ISO 21542, ADA 308
LOWER_EDGE_MM: Final = 700.0  # from the ground to the glass, where nothing else is set
GAP_MM: Final = 5.0  # between two things to touch
TEXT_MM: Final = 10.0  # em whose capitals (0.733 em) are 0.7 degrees high at 600 mm
PASSING_MM: Final = 25.0  # the same at 1.5 m, for headlines that passers-by read

Step = Literal["poster", "headline", "title", "body", "table", "label", "least", "stamp"]
_UNITS: Final[dict[Step, int]] = {
    "poster": 116, "headline": 76, "title": 56, "body": 48, "table": 42, "label": 36, "least": 30, "stamp": 30,
}  # fmt: skip
_FLOORS_MM: Final[dict[Step, float]] = {"poster": PASSING_MM, "stamp": 7.5}
TEXT_SCALES: Final = (1.0, 1.25, 1.5)
# An open font costs 2.5 MB a size, so larger text is set in the next of these and no other.
_LADDER: Final = (30, 36, 42, 48, 56, 64, 76, 96, 116, 144, 176)
_NEAR: Final = 0.96


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel of `width` × `height` px with this diagonal, so high above the ground."""

    width: int
    height: int
    diagonal_inches: float
    lower_edge_mm: float = LOWER_EDGE_MM

    @property
    def pixels_per_mm(self) -> float:
        """Pixels in a millimetre."""
        return hypot(self.width, self.height) / (self.diagonal_inches * INCH_MM)

    @property
    def landscape(self) -> bool:
        """Whether the panel is wider than high."""
        return self.width > self.height

    @property
    def reach(self) -> int:
        """The px from the lower edge that can be reached from a wheelchair."""
        return min(self.mm(REACH_MM - self.lower_edge_mm), self.height)

    def mm(self, millimetres: float) -> int:
        """Return the pixels in `millimetres`, rounded up: a floor stays a floor."""
        return -int(-millimetres * self.pixels_per_mm // 1)

    def units(self, units: float, *, least_mm: float = 0.0) -> int:
        """Return the pixels of a length in layout units, at least `least_mm` long."""
        pixels = round(units * min(self.width, self.height) / SHORT_SIDE_UNITS)
        return max(pixels, self.mm(least_mm))

    def target(self, units: float) -> int:
        """Return the side in px of something to touch."""
        return self.units(units, least_mm=TARGET_MM)

    def gap(self, units: float = 14) -> int:
        """Return the px between two things to touch."""
        return self.units(units, least_mm=GAP_MM)

    def text(self, step: Step, text_step: int = 0) -> int:
        """Return the font size in px of a type step; `text_step` is 0 to 2 as the person chose."""
        wanted = _UNITS[step] * TEXT_SCALES[text_step] * _NEAR
        units = next(rung for rung in _LADDER if rung >= wanted)
        least = _FLOORS_MM.get(step, TEXT_MM) * TEXT_SCALES[text_step]
        return self.units(units, least_mm=least)
