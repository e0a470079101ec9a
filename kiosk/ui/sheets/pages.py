"""Turning rows into pages, so that a page never begins or ends in the middle of a line. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kiosk.ui.sheets.ink import Sheet, Words


@dataclass(frozen=True, slots=True)
class Pages:
    """Where each page begins and ends, in px from the first row's top."""

    starts: tuple[float, ...]
    ends: tuple[float, ...]

    def at(self, offset: float) -> int:
        """Return the number (from 0) of the page that is shown when scrolled down by `offset` px."""
        return max(sum(start <= offset + 2 for start in self.starts) - 1, 0)


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
    for top, low in _atoms(rows, room - sticky.height):
        above = sticky.height if top - sticky.height > sticky.top else 0.0
        if low - starts[-1] > room and top - above > starts[-1]:
            ends.append(bottom)
            starts.append(top - above)
        while low - starts[-1] > room > 0:  # one line is taller than the screen: cut it
            ends.append(starts[-1] + room)
            starts.append(starts[-1] + room)
        bottom = low
    return Pages(tuple(starts), (*ends, bottom))


def _atoms(rows: Sequence[Sheet], room: float) -> list[tuple[float, float]]:
    atoms: list[tuple[float, float]] = []
    top = 0.0
    begun: float | None = None  # where a row began that must stay with the one below
    for row in rows:
        found = _pieces(row, top, room)
        if begun is not None and found:
            found[0] = (begun, found[0][1])
            begun = None
        if row.with_next and found:
            begun = found[-1][0]
            found.pop()
        atoms.extend(found)
        top += row.height
    return atoms if begun is None else [*atoms, (begun, top)]


def _pieces(row: Sheet, top: float, room: float) -> list[tuple[float, float]]:
    lines = [hold for hold in row.holds if hold.edges]
    if lines and not row.touches and len(lines) == len(row.marks):
        return [(top + line.y, top + line.y + line.height) for line in lines]
    if row.height > room:
        return [(top + upper, top + lower) for upper, lower in pairwise(_seams(row))]
    return [(top, top + row.height)] if row.marks else []


def _seams(row: Sheet) -> list[float]:
    """Return where a row that is taller than a page can be parted: above whole lines of words."""
    seams, low = [0.0], 0.0
    words = [mark for mark in row.marks if isinstance(mark, Words)]
    for word in sorted(words, key=lambda word: word.y):
        if word.y >= low - 1 and low > 0:
            seams.append(word.y)
        low = max(low, word.y + word.height)
    return [*seams, row.height]
