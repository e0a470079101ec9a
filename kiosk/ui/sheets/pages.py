"""Turning rows into pages, so that a page never begins or ends in the middle of a line. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kiosk.ui.sheets.ink import Hold, Sheet


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
            ends.append(starts[-1] + room)
            starts.append(starts[-1] + room)
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


def _atoms(rows: Sequence[Sheet]) -> list[tuple[float, float]]:
    atoms: list[tuple[float, float]] = []
    top = 0.0
    begun: float | None = None  # where a row began that must stay with the one below
    for row in rows:
        found = _pieces(row, top)
        if begun is not None and found:
            found[0] = (begun, found[0][1])
            begun = None
        if row.with_next and found:
            begun = found[-1][0]
            found.pop()
        atoms.extend(found)
        top += row.height
    return atoms if begun is None else [*atoms, (begun, top)]


def _pieces(row: Sheet, top: float) -> list[tuple[float, float]]:
    lines = [hold for hold in row.holds if hold.edges]
    if lines and not row.touches and len(lines) == len(row.marks):
        return [(top + line.y, top + line.y + line.height) for line in lines]
    return [(top, top + row.height)] if row.marks else []
