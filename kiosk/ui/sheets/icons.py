"""Icons drawn as lines on a 24 × 24 grid, so that no picture file and no emoji is needed."""

from math import cos, pi, sin
from typing import Final

from kiosk.present.chrome import Icon
from kiosk.ui.sheets.ink import Mark, Stroke
from kiosk.ui.theme import Colour

GRID: Final = 24.0
_WEIGHT: Final = 1.9  # of the grid

_Path = tuple[float, ...]


def _arc(x: float, y: float, radius: float, start: float, end: float, parts: int = 10) -> _Path:
    """Return an arc from `start` to `end` degrees, clockwise from 12 o'clock."""
    points: list[float] = []
    for number in range(parts + 1):
        angle = (start + (end - start) * number / parts) * pi / 180
        points += (x + radius * sin(angle), y - radius * cos(angle))
    return tuple(points)


_SPEAKER: Final[_Path] = (3, 9.5, 3, 14.5, 6.5, 14.5, 11.5, 18.5, 11.5, 5.5, 6.5, 9.5, 3, 9.5)
_WAVE: Final = _arc(11.5, 12, 4.2, 45, 135)
_FAR_WAVE: Final = _arc(11.5, 12, 8, 45, 135)
_PHONE: Final[_Path] = (
    8.2, 3.6, 4.6, 3.6, 3.7, 4.6, 4.2, 9, 6.2, 13.2, 10.6, 17.7, 15, 19.8, 19.4, 20.3, 20.4, 19.4,
    20.4, 15.9, 15.6, 14.2, 13.6, 16, 10.8, 14.6, 9.2, 13, 7.9, 10.4, 9.8, 8.4, 8.2, 3.6,
)  # fmt: skip
_PATHS: Final[dict[Icon, tuple[_Path, ...]]] = {
    "home": ((3, 11.5, 12, 3.5, 21, 11.5), (5.5, 9.5, 5.5, 20.5, 18.5, 20.5, 18.5, 9.5)),
    "back": ((15, 5, 8, 12, 15, 19),),
    "speaker": (_SPEAKER, _WAVE, _FAR_WAVE),
    "stop": ((6, 6, 18, 6, 18, 18, 6, 18, 6, 6),),
    "pause": ((8.5, 5, 8.5, 19), (15.5, 5, 15.5, 19)),
    "play": ((7, 4.5, 19, 12, 7, 19.5, 7, 4.5),),
    "text": ((2, 19, 7.5, 4.5, 13, 19), (4, 14, 11, 14), (14.5, 19, 18.2, 9.5, 22, 19), (15.8, 16, 20.7, 16)),
    "phone": (_PHONE,),
    "repeat": (_arc(12, 12.5, 7.5, -60, 250, 20), (5.4, 3.6, 5.4, 8.8, 10.6, 8.8)),
    "slow": ((12, 5, 5, 12, 12, 19), (19, 5, 12, 12, 19, 19)),
    "fast": ((5, 5, 12, 12, 5, 19), (12, 5, 19, 12, 12, 19)),
    "quiet": (_SPEAKER, (15.5, 12, 21, 12)),
    "loud": (_SPEAKER, (15.2, 12, 21.4, 12), (18.3, 8.9, 18.3, 15.1)),
    "up": ((5, 15.5, 12, 8.5, 19, 15.5),),
    "down": ((5, 8.5, 12, 15.5, 19, 8.5),),
    "search": (_arc(10.5, 10.5, 6.5, 0, 360, 24), (15.3, 15.3, 21, 21)),
    "none": (),
}  # fmt: skip


def icon(name: Icon, x: float, y: float, side: float, colour: Colour) -> tuple[Mark, ...]:
    """Return the icon in the square of `side` px at (x, y)."""
    scale = side / GRID
    return tuple(
        Stroke(
            tuple((x if at % 2 == 0 else y) + value * scale for at, value in enumerate(path)),
            colour,
            _WEIGHT * scale,
        )
        for path in _PATHS[name]
    )
