"""What a correction has changed, line by line: before above now, or beside it where there is room.

What was is struck through in red, what is underlined in green, and both are named in words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby, zip_longest
from typing import Final

from kiosk.present.changes import Change, ChangesView, change_mark
from kiosk.present.marking import Piece
from kiosk.ui.sheets.ink import Fill, Hold, Mark, Sheet, Stroke, Words, beside, moved
from kiosk.ui.sheets.pieces import flag, marked
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.theme import BLUE, GREEN, HIGHLIGHT, INK, RED, SOFT, WHITE, Colour
from kiosk.ui.typeset import Line
from sync.notices import BANNER_BLOCK

_TEXT: Final = Style("table", INK, leading=1.6)
_LABEL: Final = Style("label", SOFT, bold=True, leading=1.5)
_KINDS: Final[dict[str, Colour]] = {"changed": BLUE, "added": GREEN, "removed": RED}
_UNDER: Final = 0.52  # em below the middle of the line
_SLANT: Final = 0.16  # em that a line which strikes out rises at each end


def change_rows(press: Press, view: ChangesView, width: float) -> list[Sheet]:
    """Return the reason, then every change in rows of one line, so that a page ends between two."""
    gap = Sheet(width, press.panel.units(18))
    rows = [gap]
    if view.reason:
        rows.extend((_reason(press, view.reason, width), gap))
    for number, change in enumerate(view.changes):
        rows.extend(_change(press, change, number, view.labels, width))
        rows.append(Sheet(width, press.panel.units(30)))
    rows.append(press.block(view.more, width, Style("table", SOFT, leading=1.5)))
    return rows


def _reason(press: Press, words: str, width: float) -> Sheet:
    inside = press.panel.units(24)
    block = press.block(words, width - 2 * inside, Style("table", INK, bold=True, leading=1.5))
    height = block.height + 2 * press.panel.units(14)
    ground = Fill(0, 0, width, height, HIGHLIGHT, press.panel.units(12))
    marks = (ground, *(moved(mark, inside, press.panel.units(14)) for mark in block.marks))
    return Sheet(width, height, marks, holds=(Hold(BANNER_BLOCK, -1, 0, 0, 0, 0, width, height),))


def _change(
    press: Press, change: Change, number: int, labels: tuple[str, str, str], width: float
) -> Iterator[Sheet]:
    before, now, nothing = labels
    head = marked(_heading(press, change, width), change_mark(number, "head"))
    yield replace(head, with_next=True)
    gap = press.panel.units(20) if press.panel.landscape else 0
    each = (width - gap) / 2 if press.panel.landscape else width
    was, stands = (change.before or (Piece(nothing),)), (change.after or (Piece(nothing),))
    sides = (_side(press, before, was, each, None), _side(press, now, stands, each, change))
    marks = change_mark(number, "before"), change_mark(number, "now")
    old, new = (
        [marked(row, mark) for row in side] for side, mark in zip(sides, marks, strict=True)
    )
    if not press.panel.landscape:
        between = Sheet(width, press.panel.units(10))
        yield from (*_kept(old), between, *_kept(new))
        return
    blank = Sheet(each, 0)
    rows = [
        beside(
            (0, 0, left or blank),
            (each + gap, 0, right or blank),
            width=width,
            height=max((left or blank).height, (right or blank).height),
        )
        for left, right in zip_longest(old, new)
    ]
    yield from _kept(rows)


def _kept(rows: list[Sheet]) -> list[Sheet]:
    """Return rows of which the label stays with the first line."""
    return [replace(rows[0], with_next=len(rows) > 1), *rows[1:]]


def _heading(press: Press, change: Change, width: float) -> Sheet:
    tag = flag(press, change.word, _KINDS[change.kind])
    if not change.where:
        return Sheet(width, tag.height + press.panel.units(10), tag.marks)
    gap = press.panel.units(18)
    where = press.block(change.where, width - tag.width - gap, _LABEL)
    height = max(tag.height, where.height) + press.panel.units(10)
    low = max(round(press.size(_LABEL) * _LABEL.leading) - tag.height, 0) / 2
    return beside((0, low, tag), (tag.width + gap, 0, where), width=width, height=height)


def _side(
    press: Press, label: str, pieces: Sequence[Piece], width: float, now: Change | None
) -> Iterator[Sheet]:
    """Yield the label and the lines of one revision; `now` is the change whose present side it is."""
    colour = GREEN if now else RED
    inside, bar = press.panel.units(28), press.panel.units(8)
    yield _on_white(press.block(label, width - 2 * inside, _LABEL), width, inside, bar, colour)
    text = "".join(piece.text for piece in pieces)
    flags = [piece.changed for piece in pieces for _ in piece.text]
    lines = press.lines(text, width - 2 * inside, _TEXT)
    holds = press.holds(lines, now.block, _TEXT) if now else ()
    for number, line in enumerate(lines):
        marks = tuple(_line(press, line, flags, colour, struck=now is None))
        height = round(press.size(_TEXT) * _TEXT.leading)
        row = Sheet(width - 2 * inside, height, marks)
        drawn = _on_white(row, width, inside, bar, colour)
        if now and now.row >= 0:
            hold = Hold(now.block, now.row, 0, 0, 0, 0, width, height)
            drawn = replace(drawn, holds=(hold,))
        elif now:
            drawn = replace(drawn, holds=(replace(holds[number], x=inside, y=0),))
        yield drawn


def _on_white(sheet: Sheet, width: float, inside: float, bar: float, colour: Colour) -> Sheet:
    marks = (
        Fill(0, 0, width, sheet.height, WHITE),
        Fill(0, 0, bar, sheet.height, colour),
        *(moved(mark, inside, 0) for mark in sheet.marks),
    )
    return Sheet(width, sheet.height, marks)


def _line(
    press: Press, line: Line, flags: Sequence[bool], colour: Colour, *, struck: bool
) -> Iterator[Mark]:
    """Yield a line in runs: what differs in colour, and struck through or underlined."""
    size, advance = press.size(_TEXT), press.advance(_TEXT)
    height = round(size * _TEXT.leading)
    edges = [0.0, *accumulate(map(advance, line.text))]
    shown = flags[line.start : line.start + len(line.text)]
    for changed, run in groupby(range(len(line.text)), key=lambda at: shown[at]):
        found = list(run)
        first, last = found[0], found[-1] + 1
        left, right = edges[first], edges[last]
        ink = colour if changed else INK
        yield Words(left, 0, line.text[first:last], size, ink, height, right - left)
        if changed:
            # As a hand strikes out: a level line would vanish in 三.
            slant = size * _SLANT if struck else 0
            y = height / 2 + (0 if struck else size * _UNDER)
            yield Stroke((left, y + slant, right, y - slant), ink, max(size / 14, 2))
