"""The help page's sheet: full red, what is happening, one huge key, the numbers that always work."""

from typing import Final

from kiosk.present.help import HelpView
from kiosk.ui.panel import HELP_TARGET_MM, Step
from kiosk.ui.sheets.chrome import margin
from kiosk.ui.sheets.ink import Fill, Sheet, Touch, Words, beside, moved, stack
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.theme import RED, WHITE

_FIGURE_UNITS: Final = 400
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
    edge = margin(press)
    words = _words(press, view, room)
    numbers = _numbers(press, view, room)
    button = _key(press, view, min(room, press.panel.units(700)))
    free = height - words.height - numbers.height - button.height
    top = free * 0.3
    # The key at the foot: within reach from a wheelchair on the largest panel.
    return beside(
        (edge, top, words),
        (edge, top + words.height + free * 0.3, numbers),
        ((width - button.width) / 2, height - button.height - free * 0.15, button),
        width=width,
        height=height,
    )


def _wide(press: Press, view: HelpView, width: float, height: float, room: float) -> Sheet:
    edge = margin(press)
    half = (room - edge) / 2
    words = _words(press, view, half)
    button = _key(press, view, half)
    numbers = _numbers(press, view, half)
    right = stack((button, numbers), gap=press.panel.units(80), width=half)
    return beside(
        (edge, (height - words.height) / 2, words),
        (2 * edge + half, (height - right.height) / 2, right),
        width=width,
        height=height,
    )


def _words(press: Press, view: HelpView, width: float) -> Sheet:
    title = Style(
        "headline", WHITE, bold=True, leading=1.35, align="centre", scaled=False, balanced=True
    )
    line = Style("title", WHITE, leading=1.5, align="centre", scaled=False, balanced=True)
    pieces = [press.block(view.title, width, title)]
    if view.figure:
        pieces.append(_figure(press, view.figure, width))
    pieces.extend(press.block(text, width, line) for text in view.lines if text)
    return stack(pieces, gap=press.panel.units(16), width=width)


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


def _fits(press: Press, view: HelpView, width: float) -> bool:
    label, number = Style("body", scaled=False), Style("poster", bold=True, scaled=False)
    gap = press.panel.units(20)
    return all(
        press.width(name, label) + gap + press.width(digits, number) <= width
        for name, digits in view.numbers
    )


def _numbers(press: Press, view: HelpView, width: float) -> Sheet:
    label = Style("body", WHITE, leading=1.3, scaled=False)
    # Where nobody could be told, the numbers are what matters.
    step: Step = "headline" if view.figure or not _fits(press, view, width) else "poster"
    number = Style(step, WHITE, bold=True, leading=1.3, scaled=False)
    gap = press.panel.units(20)
    rows = []
    for name, digits in view.numbers:
        left, right = press.width(name, label), press.width(digits, number)
        words, figures = press.block(name, left + 1, label), press.block(digits, right + 1, number)
        start = (width - left - gap - right) / 2
        rows.append(
            beside(
                (start, (figures.height - words.height) * 0.7, words),
                (start + left + gap, 0, figures),
                width=width,
                height=figures.height,
            )
        )
    return stack(rows, gap=press.panel.units(8), width=width)
