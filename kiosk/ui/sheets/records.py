"""A table's rows as cards, where its columns don't fit side by side: a name, and below it what is said of it.

The neighbour `columns` decides whether they fit. The cards of one table are all laid out alike.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from kiosk.ui.sheets.ink import Fill, Frame, Hold, Sheet, beside, moved, stack
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.theme import HAIRLINE, INK, ON_SAND, SAND, SOFT, WHITE

_NAME: Final = Style("table", INK, bold=True, leading=1.45)
_LABEL: Final = Style("label", SOFT, leading=1.6)
_WORDS: Final = Style("table", INK, leading=1.4)
_FIGURE: Final = Style("table", INK, bold=True, leading=1.4, align="right")
_BETWEEN: Final = 32  # units between the halves of a line
_NAMES_SHARE: Final = 0.6  # of a page's height, at most
_MOST_NAMES: Final = 99  # lines: as many as they need
_LABEL_SHARE: Final = 0.5  # of a line, at most; longer labels stand above their words


@dataclass(frozen=True, slots=True)
class _Form:
    """How a card is laid out: the column of names, and of each other one whether half a line does."""

    name: int
    halves: dict[int, bool]


def record_rows(
    press: Press,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: Sequence[bool],
    width: float,
    *,
    block: int,
    tall: float,
) -> tuple[Sheet, ...]:
    """Return what the columns are called, and a card for each row.

    `right` says which columns are figures. A card higher than `tall` px is cut between its lines.
    """
    inside = press.panel.units(24)
    room = width - 2 * inside
    form = _form(press, header, rows, right, room)
    names = _names(press, header, width, block, tall)
    drawn = [names]
    for number, row in enumerate(rows):
        lines = _lines(press, header, row, right, form, room)
        gap = Sheet(width, press.panel.units(18))
        cards = (*_card(press, lines, width, inside, (block, number), tall), gap)
        if number == 0:  # names stay with the first card, or with as much of it as is never cut off
            beginning = names.height + sum(one.height for one in cards[:2])
            drawn = [replace(names, with_next=beginning <= tall)]
        drawn.extend(cards)
    return tuple(drawn)


def _form(
    press: Press,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: Sequence[bool],
    room: float,
) -> _Form:
    name = next((column for column, figures in enumerate(right) if not figures), 0)
    half = (room - press.panel.units(_BETWEEN)) / 2
    halves = {}
    for column, label in enumerate(header):
        if column != name:
            style = _FIGURE if right[column] else _WORDS
            widest = max((press.width(row[column], style) for row in rows), default=0)
            across = press.width(label, _LABEL) + press.panel.units(18)
            halves[column] = across + widest + 1 <= half
    if not all(fits for column, fits in halves.items() if right[column]):
        halves = {column: fits and not right[column] for column, fits in halves.items()}
    return _Form(name, halves)


def _lines(
    press: Press,
    header: Sequence[str],
    row: Sequence[str],
    right: Sequence[bool],
    form: _Form,
    room: float,
) -> list[Sheet]:
    """Return the name, then the other cells in lines of one or two; empty cells are left out."""
    filled = [column for column in form.halves if row[column]]
    name = row[form.name]
    if not name and filled:
        name = row[filled.pop(0)]
    lines = [press.block(name, room, _NAME)]
    gap = press.panel.units(_BETWEEN)
    half = (room - gap) / 2
    waiting: Sheet | None = None
    for column in filled:
        wide = half if form.halves[column] else room
        pair = _pair(press, header[column], row[column], wide, figures=right[column])
        if wide == room or waiting is None:
            lines.extend([waiting] if waiting and wide == room else [])
            waiting = None if wide == room else pair
            lines.extend([pair] if wide == room else [])
        else:
            height = max(waiting.height, pair.height)
            lines.append(beside((0, 0, waiting), (half + gap, 0, pair), width=room, height=height))
            waiting = None
    lines.extend([waiting] if waiting else [])
    return [*(_ruled(press, line, room) for line in lines[:-1]), lines[-1]]


def _ruled(press: Press, line: Sheet, room: float) -> Sheet:
    """Return a line of a card with a hairline below, which leads the eye to its figures."""
    thin = press.panel.units(2)
    rule = Fill(0, line.height - thin, room, thin, HAIRLINE)
    return Sheet(room, line.height, (rule, *line.marks))


def _pair(press: Press, label: str, value: str, width: float, *, figures: bool) -> Sheet:
    """Return a cell after the name of its column."""
    style = _FIGURE if figures else _WORDS
    if not label:
        return press.block(value, width, style)
    gap = press.panel.units(18)
    across = press.width(label, _LABEL) + gap
    fits = press.width(value, style) <= width - across
    if not fits and across > width * _LABEL_SHARE:
        return stack((press.block(label, width, _LABEL), press.block(value, width, style)))
    words = press.block(value, width - across, style)
    name = _label(press, label, across)
    # The smaller label stands on the first line of its words.
    low = max(round(press.size(style) * style.leading) - name.height, 0) / 2
    height = max(words.height, name.height + low)
    return beside((0, low, name), (across, 0, words), width=width, height=height)


@lru_cache(maxsize=64)
def _label(press: Press, label: str, width: float) -> Sheet:
    """Return the name of a column, which every card of a table says again."""
    return press.block(label, width, _LABEL)


def _card(
    press: Press,
    lines: list[Sheet],
    width: float,
    inside: float,
    place: tuple[int, int],
    tall: float,
) -> Iterator[Sheet]:
    edge = press.panel.units(14)
    whole = stack(lines)
    height = whole.height + 2 * edge
    if height <= tall:
        radius, thin = press.panel.units(14), press.panel.units(3)
        ground = Fill(0, 0, width, height, WHITE, radius)
        frame = Frame(0, 0, width, height, HAIRLINE, thin, radius)
        marks = (ground, frame, *(moved(mark, inside, edge) for mark in whole.marks))
        yield Sheet(width, height, marks, holds=(Hold(*place, 0, 0, 0, 0, width, height),))
        return
    for number, line in enumerate(lines):
        top = edge if number == 0 else 0.0
        height = line.height + top + (edge if number == len(lines) - 1 else 0.0)
        marks = (
            Fill(0, 0, width, height, WHITE),
            *(moved(mark, inside, top) for mark in line.marks),
        )
        hold = Hold(*place, 0, 0, 0, 0, width, height)
        yield Sheet(width, height, marks, holds=(hold,), with_next=number == 0)


def _names(press: Press, header: Sequence[str], width: float, block: int, tall: float) -> Sheet:
    """Return the columns' names on sand, where the sentence that lists them is lit.

    They are shortened only where they would fill a low page.
    """
    inside, edge = press.panel.units(24), press.panel.units(14)
    style = Style("label", ON_SAND, bold=True, leading=1.4)
    room = tall * _NAMES_SHARE // round(press.size(style) * style.leading)
    style = replace(style, most=max(int(min(room, _MOST_NAMES)), 2))
    words = press.facts((one for one in header if one), width - 2 * inside, style)
    height = words.height + 2 * edge
    marks = (
        Fill(0, 0, width, height, SAND),
        *(moved(mark, inside, edge) for mark in words.marks),
    )
    hold = Hold(block, -1, 0, 0, 0, 0, width, height)
    below = press.panel.units(14)
    return Sheet(width, height + below, marks, holds=(hold,))
