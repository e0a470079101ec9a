"""A phone held before the real window: it finds the code, reads it, and gets where objections are made."""

from dataclasses import dataclass

import pytest
import zxingcpp
from PIL import Image

from tests.support.square import WATER_TITLE, Square, picture, touch

pytestmark = pytest.mark.journey

QUIET_MODULES = 4  # ISO/IEC 18004: the empty margin on all four sides
FINDER_MODULES = 7


@dataclass(frozen=True)
class Code:
    """A code in a picture: what it says, its corners (px, inclusive) and a module's side (px)."""

    text: str
    left: int
    upper: int
    right: int
    lower: int
    module: float


@pytest.mark.parametrize(
    ("width", "height", "inches"),
    [(1080, 1920, 32.0), (1920, 1080, 32.0), (1080, 1920, 21.5), (1920, 1080, 21.5)],
)
def test_phone_reads_where_to_object(
    square: Square, width: int, height: int, inches: float
) -> None:
    square.width, square.height, square.inches = width, height, inches
    square.sync()

    with square.window() as window:
        window.wait_for_screen("idle")
        touch(window, WATER_TITLE, "notice")
        window.wait_for_text("扫码提异议")
        shown, words = picture(window), window.text()
    code = code_in(shown)

    assert code.text == "https://qingshi.example/o/square-1/water/1"
    assert "或打 0933-0000000" in words  # for those without a phone
    margin = round(QUIET_MODULES * code.module)
    around = shown.crop(
        (code.left - margin, code.upper - margin, code.right + margin + 1, code.lower + margin + 1)
    )
    lightest, darkest = extremes(shown.crop((code.left, code.upper, code.right, code.lower)))
    assert darkest_outside(around, margin) > lightest - 0.05
    assert (lightest + 0.05) / (darkest + 0.05) >= 7  # WCAG 2 contrast
    millimetre = (width**2 + height**2) ** 0.5 / (inches * 25.4)
    assert (
        code.right - code.left
    ) / millimetre >= 60  # a tenth of the 600 mm that people stand away


def code_in(shown: Image.Image) -> Code:
    """Find the one code in a picture and measure it by its own dark modules."""
    (found,) = zxingcpp.read_barcodes(shown)
    grey = shown.convert("L")
    dark = grey.point(lambda value: 255 if value < 128 else 0)
    corners = found.position
    points = (corners.top_left, corners.top_right, corners.bottom_left, corners.bottom_right)
    # The decoder's corners are good to a module: the dark box round them is exact.
    slack = 4
    box = (
        min(point.x for point in points) - slack,
        min(point.y for point in points) - slack,
        max(point.x for point in points) + slack,
        max(point.y for point in points) + slack,
    )
    inner = dark.crop(box).getbbox()
    assert inner
    left, upper = box[0] + inner[0], box[1] + inner[1]
    right, lower = box[0] + inner[2] - 1, box[1] + inner[3] - 1
    run = next(x for x in range(left, right) if not dark.getpixel((x, upper))) - left
    return Code(found.text, left, upper, right, lower, run / FINDER_MODULES)


def luminance(colour: tuple[int, int, int]) -> float:
    """Return the relative luminance of an sRGB colour, 0 to 1 (WCAG 2)."""
    linear = [
        value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def extremes(part: Image.Image) -> tuple[float, float]:
    """Return the luminance of the lightest and darkest colour that cover at least a fifth of it."""
    whole = part.width * part.height
    many = [colour for count, colour in part.getcolors(whole) if count >= whole / 5]
    levels = sorted(luminance(colour) for colour in many)
    return levels[-1], levels[0]


def darkest_outside(around: Image.Image, margin: int) -> float:
    """Return the least luminance in the outer `margin` px of a picture."""
    frame = around.copy()
    inside = (margin, margin, frame.width - margin, frame.height - margin)
    frame.paste((255, 255, 255), inside)
    return min(luminance(colour) for _, colour in frame.getcolors(frame.width * frame.height))
