"""What a sheet is made of: fills, frames, strokes, words, pictures and places to touch.

Lengths are px from the sheet's upper left corner, y down. `kiosk.ui.widgets.sheet` draws it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from kiosk.intentions import Intention
from kiosk.lens import ALL, Part
from kiosk.ui.theme import Colour
from sync.notices import BlobRef

LINE_UNITS: Final = 24  # a fill as low as that carries no words: it is a line


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled rectangle; `radius` rounds its corners."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour
    radius: float = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """The outline of a rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour
    thickness: float
    radius: float = 0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points (x, y, x, y, …)."""

    points: tuple[float, ...]
    colour: Colour
    thickness: float
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; `height` is its line box, in whose middle it stands."""

    x: float
    y: float
    text: str
    size: int
    colour: Colour
    height: float
    width: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code to be drawn within `room` px."""

    link: str
    room: int


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture: one of the feed's, by its hash, or a QR code; fitted into the rectangle.

    `part` is what is seen of it; `instead` is drawn where it can't be shown.
    """

    x: float
    y: float
    width: float
    height: float
    what: BlobRef | Code
    part: Part = ALL
    instead: tuple["Mark", ...] = ()


@dataclass(frozen=True, slots=True)
class Turned:
    """Marks turned by `degrees` (counter-clockwise) about a point."""

    x: float
    y: float
    degrees: float
    marks: tuple["Mark", ...]


Mark = Fill | Frame | Stroke | Words | Photo | Turned


@dataclass(frozen=True, slots=True)
class Touch:
    """A place to touch: what it says and what it means.

    `at_once` acts on the press itself, `held` only after so many seconds of it.
    """

    x: float
    y: float
    width: float
    height: float
    label: str
    intention: Intention
    at_once: bool = False
    held: float = 0.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawing of a certain size. `holds` names what of the notice it shows, for the reading.

    As a row of a page, `with_next` keeps it on one page with the row below.
    """

    width: float
    height: float
    marks: tuple[Mark, ...] = ()
    touches: tuple[Touch, ...] = ()
    holds: tuple["Hold", ...] = field(default=())
    with_next: bool = False


@dataclass(frozen=True, slots=True)
class Hold:
    """Where a piece of the notice stands on a sheet, to be highlighted while it is read.

    `block` and `row` as in `sync.notices.Sentence`; `start` to `end` are characters, 0 to 0 the
    whole piece. `notice` tells the cards of a list apart, empty on a notice's own pages.
    """

    block: int
    row: int
    start: int
    end: int
    x: float
    y: float
    width: float
    height: float
    edges: tuple[float, ...] = ()
    notice: str = ""


def moved(mark: Mark, x: float, y: float) -> Mark:
    """Return `mark` shifted by (x, y)."""
    if isinstance(mark, Stroke):
        pairs = zip(mark.points[::2], mark.points[1::2], strict=True)
        return replace(mark, points=tuple(n for a, b in pairs for n in (a + x, b + y)))
    if isinstance(mark, Turned):
        inner = tuple(moved(one, x, y) for one in mark.marks)
        return replace(mark, x=mark.x + x, y=mark.y + y, marks=inner)
    if isinstance(mark, Photo):
        instead = tuple(moved(one, x, y) for one in mark.instead)
        return replace(mark, x=mark.x + x, y=mark.y + y, instead=instead)
    return replace(mark, x=mark.x + x, y=mark.y + y)


def stack(sheets: Iterable[Sheet], *, gap: float = 0, width: float = 0) -> Sheet:
    """Return the sheets one below the other."""
    y = 0.0
    marks: list[Mark] = []
    touches: list[Touch] = []
    holds: list[Hold] = []
    for sheet in sheets:
        marks.extend(moved(mark, 0, y) for mark in sheet.marks)
        touches.extend(replace(touch, y=touch.y + y) for touch in sheet.touches)
        holds.extend(replace(hold, y=hold.y + y) for hold in sheet.holds)
        width = max(width, sheet.width)
        y += sheet.height + gap
    return Sheet(width, max(y - gap, 0), tuple(marks), tuple(touches), tuple(holds))


def beside(
    *placed: tuple[float, float, Sheet], width: float, height: float, with_next: bool = False
) -> Sheet:
    """Return a sheet of the given size with sheets at (x, y)."""
    return Sheet(
        width,
        height,
        tuple(moved(mark, x, y) for x, y, sheet in placed for mark in sheet.marks),
        tuple(
            replace(one, x=one.x + x, y=one.y + y)
            for x, y, sheet in placed
            for one in sheet.touches
        ),
        tuple(
            replace(one, x=one.x + x, y=one.y + y) for x, y, sheet in placed for one in sheet.holds
        ),
        with_next,
    )
