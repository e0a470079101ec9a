"""The palette: warm paper, black ink, seal red; every pair of text and ground has at least 7:1.

Sheets name the light colours below; a `Theme` says, where they are drawn, what stands for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from kiosk.present.parts import Tone

Colour = str  # #rrggbb, or #rrggbbaa

PAPER: Final[Colour] = "#faf6ee"
INK: Final[Colour] = "#1d1a16"
SAND: Final[Colour] = "#f0e6d2"
ON_SAND: Final[Colour] = "#4d453c"
SOFT: Final[Colour] = "#50483e"
RED: Final[Colour] = "#921910"
GREEN: Final[Colour] = "#09533b"
BLUE: Final[Colour] = "#1d4c77"
WHITE: Final[Colour] = "#ffffff"
HIGHLIGHT: Final[Colour] = "#ffe598"
HAIRLINE: Final[Colour] = "#94805a"
PRESSED: Final[Colour] = "#1d1a1630"  # ink laid thinly over what a finger is on

TONES: Final[dict[Tone, Colour]] = {"finance": RED, "policy": GREEN, "affairs": BLUE}
MONEY: Final[dict[str, Colour]] = {"income": GREEN, "expense": RED, "balance": INK}
LIGHTS: Final[dict[str, Colour]] = {"good": GREEN, "care": "#8a5a00", "bad": RED}

# A colour of the palette means one thing as a ground and another as an ink, so each has its own table.
_DARK_GROUNDS: Final[dict[Colour, Colour]] = {
    PAPER: "#16130f", SAND: "#2b251d", WHITE: "#231e18", INK: "#3b342b",
    HIGHLIGHT: "#423200", HAIRLINE: "#8f826d", PRESSED: "#faf6ee40",
}  # fmt: skip
_DARK_INKS: Final[dict[Colour, Colour]] = {
    INK: "#faf6ee", SOFT: "#d9cfbf", ON_SAND: "#e6dccb", HAIRLINE: "#8f826d",
    RED: "#ffb4a8", GREEN: "#8fe3c0", BLUE: "#a9cff5", LIGHTS["care"]: "#ffd76a",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Theme:
    """What is drawn for the palette's colours; one that isn't named stays as it is."""

    grounds: Mapping[Colour, Colour]
    inks: Mapping[Colour, Colour]

    def ground(self, colour: Colour) -> tuple[float, float, float, float]:
        """Return a colour that words stand on, each part 0 to 1."""
        return rgba(self.grounds.get(colour, colour))

    def ink(self, colour: Colour) -> tuple[float, float, float, float]:
        """Return a colour of words and lines, each part 0 to 1."""
        return rgba(self.inks.get(colour, colour))

    def line(self, colour: Colour) -> tuple[float, float, float, float]:
        """Return a colour of a low fill: a rule in ink, or a strip of a ground."""
        return rgba(self.inks.get(colour) or self.grounds.get(colour, colour))


LIGHT: Final = Theme({}, {})
DARK: Final = Theme(_DARK_GROUNDS, _DARK_INKS)
THEMES: Final[dict[Literal["light", "dark"], Theme]] = {"light": LIGHT, "dark": DARK}


def rgba(colour: Colour) -> tuple[float, float, float, float]:
    """Return a colour's four parts, each 0 to 1."""
    digits = colour.removeprefix("#").ljust(8, "f")
    red, green, blue, alpha = (int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4, 6))
    return red, green, blue, alpha
