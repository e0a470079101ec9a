"""What stands on the glass: every line of words and every place to touch, in px from its upper left.

From the widgets that are in the window, or from one sheet.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kiosk.ui.sheets.ink import Mark, Sheet, Touch, Turned, Words

if TYPE_CHECKING:
    from kivy.uix.widget import Widget

SLACK: Final = 2.0  # px that rounding may take


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, y down."""

    x: float
    y: float
    width: float
    height: float

    def within(self, other: "Box", slack: float = SLACK) -> bool:
        """Tell whether this lies in `other`."""
        return (
            self.x >= other.x - slack
            and self.y >= other.y - slack
            and self.x + self.width <= other.x + other.width + slack
            and self.y + self.height <= other.y + other.height + slack
        )

    def between(self, other: "Box") -> float:
        """Return the px between the two, below 0 as far as they overlap."""
        across = max(other.x - self.x - self.width, self.x - other.x - other.width)
        down = max(other.y - self.y - self.height, self.y - other.y - other.height)
        return max(across, down)


@dataclass(frozen=True, slots=True)
class Seen:
    """A line of words: where its characters stand, and where they may; `stamped` if on a seal."""

    box: Box
    room: Box
    text: str
    size: int
    stamped: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to touch: where it is, and where it can be seen."""

    box: Box
    room: Box
    touch: Touch


@dataclass(frozen=True, slots=True)
class Sight:
    """All that can be read and touched at one moment on a panel or a sheet."""

    words: tuple[Seen, ...]
    spots: tuple[Spot, ...]


def of_sheet(sheet: Sheet) -> Sight:
    """Return what stands on a sheet by itself."""
    return _placed(sheet, 0, 0, Box(0, 0, sheet.width, sheet.height))


def of_widgets(root: "Widget", height: float) -> Sight:
    """Return what is in sight of the children of `root`, the last drawn first."""
    found = [_placed(*view) for view in _views(root, height)]
    return Sight(
        tuple(word for one in found for word in one.words if _in_sight(word.box, word.room)),
        tuple(spot for one in found for spot in one.spots if _in_sight(spot.box, spot.room)),
    )


def sheets_of(root: "Widget", height: float) -> tuple[Sheet, ...]:
    """Return the sheets that are in sight in `root`."""
    return tuple(sheet for sheet, *_ in _views(root, height))


def _in_sight(box: Box, room: Box) -> bool:
    return box.between(room) < -SLACK


def _views(root: "Widget", height: float) -> Iterator[tuple[Sheet, float, float, Box]]:
    from kiosk.ui.widgets.rows import PageRows  # noqa: PLC0415  # opens Kivy's window
    from kiosk.ui.widgets.sheet import SheetView  # noqa: PLC0415

    glass = Box(0, 0, root.width, height)
    for widget in root.children:
        if isinstance(widget, PageRows):
            room = _room_of(widget, root, height)
            for row in widget.visible():
                left, top = row.to_window(row.x, row.top)
                yield row.sheet, left, height - top, room
        elif isinstance(widget, SheetView):
            if widget.sheet is not None and widget.height > 0 and widget.opacity:
                left, top = widget.to_window(widget.x, widget.top)
                yield widget.sheet, left, height - top, glass
        else:
            yield from _views(widget, height)


def _room_of(rows: "Widget", screen: "Widget", height: float) -> Box:
    """Return where rows can be seen: between what covers them above and below."""
    top = rows.top
    head = screen.ids.get("head")
    if head and head.opacity and head.height and head.y < top:
        top = head.y
    bottom = rows.y + rows.cover
    return Box(rows.x, height - top, rows.width, top - bottom)


def _placed(sheet: Sheet, x: float, y: float, room: Box) -> Sight:
    return Sight(
        tuple(
            Seen(_letters(word, x, y), room, word.text, word.size, stamped)
            for word, stamped in _words(sheet.marks)
            if word.text.strip()
        ),
        tuple(
            Spot(Box(one.x + x, one.y + y, one.width, one.height), room, replace(one, x=0, y=0))
            for one in sheet.touches
        ),
    )


def _letters(word: Words, x: float, y: float) -> Box:
    """Return where the characters stand: in the middle of the line, 0.92 em high."""
    tall = word.size * 0.92
    return Box(word.x + x, word.y + y + (word.height - tall) / 2, word.width, tall)


def _words(marks: tuple[Mark, ...], *, stamped: bool = False) -> Iterator[tuple[Words, bool]]:
    for mark in marks:
        if isinstance(mark, Words):
            yield mark, stamped
        elif isinstance(mark, Turned):
            yield from _words(mark.marks, stamped=True)
