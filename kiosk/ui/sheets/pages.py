"""Turning rows into pages, so that a page never begins or ends in the middle of a line. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kiosk.ui.sheets.ink import Hold, Sheet, Words


@dataclass(frozen=True, slots=True)
class Pages:
    """Where each page begins and ends, in px from the first row's top."""

    starts: tuple[float, ...]
    ends: tuple[float, ...]

    def at(self, offset: float) -> int:
        """Return the number (from 0) of the page that is shown when scrolled down by `offset` px."""
        return max(sum(start <= offset + 2 for start in self.starts) - 1, 0)

    def holding(self, top: float) -> int:
        """Return the number of the page on which what begins `top` px down can be seen whole."""
        return min(sum(end <= top + 1 for end in self.ends), len(self.ends) - 1)


@dataclass(frozen=True, slots=True)
class Sticky:
    """A row `top` px down that stays at the upper edge, `height` px high, when it is scrolled past."""

    top: float
    height: float


NOT_STICKY: Final = Sticky(0, 0)


def paginate(rows: Sequence[Sheet], room: float, *, sticky: Sticky = NOT_STICKY) -> Pages:
    """Return the pages of `rows` for `room` px: whole rows, and of text whole lines."""
    starts, ends = [0.0], []
    bottom = 0.0
    for top, low in _atoms(rows):
        above = sticky.height if top - sticky.height > sticky.top else 0.0
        if low - starts[-1] > room and top - above > starts[-1]:
            ends.append(bottom)
            starts.append(top - above)
        while low - starts[-1] > room > 0:  # taller than the screen: cut it
            cut = _between_lines(rows, starts[-1], starts[-1] + room)
            ends.append(cut)
            starts.append(cut)
        bottom = low
    return Pages(tuple(starts), (*ends, bottom))


def passage_at(rows: Sequence[Sheet], offset: float, *, sticky: Sticky = NOT_STICKY) -> Hold | None:
    """Return the first piece of the notice in sight when scrolled down by `offset` px."""
    above = sticky.height if offset > sticky.top else 0.0
    top = 0.0
    for row in rows:
        for hold in row.holds:
            if top + hold.y >= offset + above - 2:
                return hold
        top += row.height
    return None


def top_of(rows: Sequence[Sheet], passage: Hold) -> float | None:
    """Return how far down, in px, `rows` show that piece, however they are set; None if they don't."""
    wanted = (passage.notice, passage.block, passage.row)
    top = 0.0
    for row in rows:
        for hold in row.holds:
            same = wanted == (hold.notice, hold.block, hold.row)
            if same and (passage.start < hold.end or not hold.edges):
                return top + hold.y
        top += row.height
    return None


def _between_lines(rows: Sequence[Sheet], start: float, end: float) -> float:
    """Return the last place up to `end` where no line of words is cut, `end` if there is none."""
    cut = end
    for above, below in sorted(_lines(rows, start, end), reverse=True):
        if above < cut < below:
            cut = above
    return cut if cut > start else end


def _lines(rows: Sequence[Sheet], start: float, end: float) -> Iterator[tuple[float, float]]:
    top = 0.0
    for row in rows:
        if top < end and top + row.height > start:
            for mark in row.marks:
                if isinstance(mark, Words):
                    yield top + mark.y, top + mark.y + mark.height
        top += row.height


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is never cut: a row, or a line of the text `of` a notice's block; `stays` with the next."""

    top: float
    low: float
    of: int | None
    stays: bool


def _atoms(rows: Sequence[Sheet]) -> list[tuple[float, float]]:
    """Return what stays together: no paragraph leaves its last line alone on a page."""
    pieces: list[_Piece] = []
    top = 0.0
    for row in rows:
        found = _pieces(row, top)
        if row.with_next and found:
            found[-1] = replace(found[-1], stays=True)
        pieces.extend(found)
        top += row.height
    atoms: list[tuple[float, float]] = []
    begun: float | None = None
    for number, piece in enumerate(pieces):
        begun = piece.top if begun is None else begun
        if piece.stays or _stays(pieces, number):
            continue
        atoms.append((begun, piece.low))
        begun = None
    return atoms if begun is None else [*atoms, (begun, top)]


def _stays(pieces: Sequence[_Piece], number: int) -> bool:
    """Tell whether a line is the last but one of its paragraph."""
    of, after = pieces[number].of, [piece.of for piece in pieces[number + 1 : number + 3]]
    return of is not None and after[:1] == [of] and after[1:] != [of]


def _pieces(row: Sheet, top: float) -> list[_Piece]:
    lines = [hold for hold in row.holds if hold.edges]
    if lines and not row.touches and len(lines) == len(row.marks):
        return [
            _Piece(top + line.y, top + line.y + line.height, line.block, stays=False)
            for line in lines
        ]
    return [_Piece(top, top + row.height, None, stays=False)] if row.marks else []
