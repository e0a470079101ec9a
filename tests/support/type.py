"""How wide characters are in the screen's own two faces, for tests of sheets without a window."""

from functools import cache

from PIL import ImageFont

from kiosk.ui.fonts import DEBIAN_FOLDER, SIMPLIFIED_FACE

_EM = 1_000  # px: large enough that rounding doesn't count


def measure(size: int, bold: bool, character: str) -> float:
    """Return the advance of a character in px, as `kiosk.ui.widgets.type` does."""
    return size * _advance(bold, character)


@cache
def _advance(bold: bool, character: str) -> float:
    return _face(bold).getlength(character) / _EM


@cache
def _face(bold: bool) -> ImageFont.FreeTypeFont:
    path = DEBIAN_FOLDER / f"NotoSansCJK-{'Bold' if bold else 'Regular'}.ttc"
    return ImageFont.truetype(str(path), _EM, index=SIMPLIFIED_FACE)
