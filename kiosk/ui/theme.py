"""The palette: warm paper, black ink, seal red; every pair of text and ground has at least 7:1."""

from typing import Final

from kiosk.present.parts import Tone

Colour = str  # #rrggbb, or #rrggbbaa

PAPER: Final[Colour] = "#faf6ee"
INK: Final[Colour] = "#1d1a16"
SAND: Final[Colour] = "#f0e6d2"
ON_SAND: Final[Colour] = "#4d453c"
SOFT: Final[Colour] = "#5a5147"
RED: Final[Colour] = "#9b1c12"
GREEN: Final[Colour] = "#0a5a40"
BLUE: Final[Colour] = "#1f4e79"
WHITE: Final[Colour] = "#ffffff"
HIGHLIGHT: Final[Colour] = "#ffe08a"
HAIRLINE: Final[Colour] = "#d9cbb0"
PRESSED: Final[Colour] = "#1d1a1630"  # ink laid thinly over what a finger is on

TONES: Final[dict[Tone, Colour]] = {"finance": RED, "policy": GREEN, "affairs": BLUE}
MONEY: Final[dict[str, Colour]] = {"income": GREEN, "expense": RED, "balance": INK}
LIGHTS: Final[dict[str, Colour]] = {"good": GREEN, "care": "#8a5a00", "bad": RED}


def rgba(colour: Colour) -> tuple[float, float, float, float]:
    """Return a colour's four parts, each 0 to 1."""
    digits = colour.removeprefix("#").ljust(8, "f")
    red, green, blue, alpha = (int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4, 6))
    return red, green, blue, alpha
