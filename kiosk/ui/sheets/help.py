"""The help page's sheet: full red, what is happening, one huge key, the numbers that always work."""

from dataclasses import replace
from typing import Final

from kiosk.present.help import HelpView
from kiosk.ui.panel import HELP_TARGET_MM, Step
from kiosk.ui.sheets.chrome import margin
from kiosk.ui.sheets.ink import Fill, Sheet, Touch, Words, beside, moved, stack
from kiosk.ui.sheets.pieces import key
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.theme import RED, WHITE

END_HELD: Final = 2.0  # s, as the button
_HEAR_UNITS: Final = 330
_OVER_UNITS: Final = 500
_FIGURE_UNITS: Final = 400
_TITLE_STEPS: Final[tuple[Step, ...]] = ("poster", "headline")
_TITLE_LINES: Final = 2
_SIDE_BY_SIDE: Final = 2
_BOLD: Final = True


def help_sheet(press: Press, view: HelpView, width: float, height: float) -> Sheet:
    """Return the help page, filling `width` × `height` px."""
    room = width - 2 * margin(press)
    if press.panel.landscape:
        drawn = _wide(press, view, width, height, room)
    else:
        drawn = _tall(press, view, width, height, room)
    return Sheet(width, height, (Fill(0, 0, width, height, RED), *drawn.marks), drawn.touches)


def _tall(press: Press, view: HelpView, width: float, height: float, room: float) -> Sheet:
    """Return words, key and numbers from the top; the key is above the dock's, where hands reach.

    Not at the dock's own place: a finger that shakes on 求助 would take the call back at once.
    """
    edge, gap = margin(press), press.panel.units(72)
    numbers = _numbers(press, view, room)
    button = _key(press, view, min(room, press.panel.units(760)))
    low = height - gap - numbers.height
    high = low - gap - button.height
    lesser = _lesser(press, view, room)
    free = high - lesser.height
    words = _words(press, view, room, free - 2 * edge)
    return beside(
        (edge, max((free - words.height) / 2, edge), words),
        (edge, free, lesser),
        ((width - button.width) / 2, high, button),
        (edge, low, numbers),
        width=width,
        height=height,
    )


def _wide(press: Press, view: HelpView, width: float, height: float, room: float) -> Sheet:
    edge = margin(press)
    half = (room - edge) / 2
    lesser = _lesser(press, view, half)
    words = _words(press, view, half, height - lesser.height - 2 * edge)
    words = stack((words, lesser), width=half)
    button = _key(press, view, half)
    numbers = _numbers(press, view, half)
    right = stack((numbers, button), gap=press.panel.units(72), width=half)
    return beside(
        (edge, (height - words.height) / 2, words),
        (2 * edge + half, (height - right.height) / 2, right),
        width=width,
        height=height,
    )


def _words(press: Press, view: HelpView, width: float, height: float) -> Sheet:
    """Return what is happening: the title in the largest letters that leave room for the rest."""
    line = Style("title", WHITE, leading=1.5, align="centre", scaled=False, balanced=True)
    rest = [press.block(text, width, line) for text in view.lines if text]
    if view.figure:
        rest.insert(0, _figure(press, view.figure, width))
    for step in _TITLE_STEPS:
        title = Style(
            step, WHITE, bold=True, leading=1.35, align="centre", scaled=False, balanced=True
        )
        pieces = (press.block(view.title, width, title), *rest)
        drawn = stack(pieces, gap=press.panel.units(20), width=width)
        if drawn.height <= height and len(press.lines(view.title, width, title)) <= _TITLE_LINES:
            break
    return drawn


def _lesser(press: Press, view: HelpView, width: float) -> Sheet:
    """Return the keys that read the page and end the call, with the room that they need around."""
    gap, height = press.panel.units(36), press.panel.target(130)
    keys = [(view.hear, _HEAR_UNITS, 0.0), (view.over, _OVER_UNITS, END_HELD)]
    drawn = [
        _held(key(press, one, press.panel.units(units), height), seconds)
        for one, units, seconds in keys
        if one is not None
    ]
    if not drawn:
        return Sheet(width, 0)
    x = (width - sum(one.width for one in drawn) - gap * (len(drawn) - 1)) / 2
    placed = []
    for one in drawn:
        placed.append((x, gap, one))
        x += one.width + gap
    return beside(*placed, width=width, height=height + 2 * gap)


def _held(raised: Sheet, seconds: float) -> Sheet:
    return replace(raised, touches=tuple(replace(one, held=seconds) for one in raised.touches))


def _figure(press: Press, figure: str, width: float) -> Sheet:
    size = press.panel.units(_FIGURE_UNITS)
    wide = sum(press.measure(size, _BOLD, character) for character in figure)
    height = size * 1.1
    return Sheet(
        width, height, (Words((width - wide) / 2, 0, figure, size, WHITE, height, wide, bold=True),)
    )


def _key(press: Press, view: HelpView, width: float) -> Sheet:
    height = press.panel.units(240, least_mm=2 * HELP_TARGET_MM)
    style = Style("headline", RED, bold=True, leading=1.3, align="centre", scaled=False)
    words = press.block(view.key, width, style)
    marks = (
        Fill(0, 0, width, height, WHITE, press.panel.units(36)),
        *(moved(mark, 0, (height - words.height) / 2) for mark in words.marks),
    )
    return Sheet(width, height, marks, (Touch(0, 0, width, height, view.key, view.intention),))


def _numbers(press: Press, view: HelpView, width: float) -> Sheet:
    """Return the numbers that always work, short ones side by side, each below its name."""
    gap = press.panel.units(20)
    style = Style("poster", bold=True, scaled=False)
    narrow = [
        one for one in view.numbers if press.width(one[1], style) <= (width - gap) / _SIDE_BY_SIDE
    ]
    rows = [narrow[at : at + _SIDE_BY_SIDE] for at in range(0, len(narrow), _SIDE_BY_SIDE)]
    rows += [[one] for one in view.numbers if one not in narrow]
    return stack((_number_row(press, row, width) for row in rows), gap=gap, width=width)


def _number_row(press: Press, row: list[tuple[str, str]], width: float) -> Sheet:
    each = width / len(row)
    label = Style("body", WHITE, leading=1.3, align="centre", scaled=False)
    step = next(
        step
        for step in (*_TITLE_STEPS, "body")
        if step == "body"
        or all(
            press.width(digits, Style(step, bold=True, scaled=False)) <= each for _, digits in row
        )
    )
    number = Style(step, WHITE, bold=True, leading=1.15, align="centre", scaled=False)
    cells = [
        stack((press.block(name, each, label), press.block(digits, each, number)))
        for name, digits in row
    ]
    placed = [(at * each, 0.0, cell) for at, cell in enumerate(cells)]
    return beside(*placed, width=width, height=max(cell.height for cell in cells))
