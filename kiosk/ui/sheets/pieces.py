"""Pieces that several sheets are made of: keys, badges, stamps, cards, boxes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kiosk.intentions import Intention
from kiosk.present.chrome import KeyView
from kiosk.present.parts import Amount, Badge, Card, Stamp
from kiosk.ui.panel import Step
from kiosk.ui.sheets.icons import icon
from kiosk.ui.sheets.ink import Fill, Frame, Hold, Mark, Sheet, Touch, Turned, beside, moved, stack
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.theme import BLUE, HAIRLINE, INK, MONEY, ON_SAND, RED, SOFT, TONES, WHITE, Colour

_PIP_UNITS: Final = 12
_AMOUNT_STEPS: Final[tuple[Step, ...]] = ("headline", "title", "body", "table", "label", "least")
KEY_WORDS: Final = Style("label", INK, bold=True, align="centre", leading=1.3, scaled=False)
_LEAST_ICON: Final = 24  # units
TILTS: Final = (1.4, -1.2)  # degrees: a hand put the stamps there
_FACES: Final[dict[str, tuple[Colour, Colour]]] = {
    "paper": (WHITE, INK), "blue": (BLUE, WHITE), "red": (RED, WHITE),
}  # fmt: skip


def plate(press: Press, width: float, height: float, colour: Colour = WHITE) -> tuple[Mark, ...]:
    """Return the ground of something to touch: a rounded plate, framed if it is paper."""
    radius = press.panel.units(18)
    ground: tuple[Mark, ...] = (Fill(0, 0, width, height, colour, radius),)
    if colour != WHITE:
        return ground
    return (*ground, Frame(0, 0, width, height, HAIRLINE, press.panel.units(3), radius))


def key(
    press: Press, view: KeyView, width: float, height: float, *, at_once: bool = False
) -> Sheet:
    """Return a key with its icon above its word, or before it where a low key is wide enough."""
    ground, ink = _FACES[view.tone]
    style = replace(KEY_WORDS, colour=ink)
    side: float = press.panel.units(58) if view.icon != "none" else 0
    gap, long = press.panel.units(14), press.width(view.label, style)
    pip = press.panel.units(_PIP_UNITS) if view.step else 0
    around = max(press.panel.units(12), 4 * pip)
    above = height - round(press.size(style) * style.leading) - around
    marks = [*plate(press, width, height, ground)]
    if above < side and side + gap + long + 2 * gap <= width:
        side = min(side, height - 2 * gap)
        left = (width - side - gap - long) / 2
        label = press.block(view.label, long + 1, style)
        marks.extend(icon(view.icon, left, (height - side) / 2, side, ink))
        x, y = left + side + gap, (height - label.height - 2 * pip) / 2
        across = long
    else:
        label = _fitting(press, view.label, width, style)
        side = max(min(side, height - label.height - around), 0)
        if side < press.panel.units(_LEAST_ICON):
            side = 0  # a speck says nothing
        x, y = 0.0, (height - side - label.height - pip) / 2 + side
        across = width
        if side:
            marks.extend(icon(view.icon, (width - side) / 2, y - side, side, ink))
    marks.extend(moved(mark, x, y) for mark in label.marks)
    if view.step:
        pips = _pips(*view.step, across, y + label.height, pip, ink)
        marks.extend(moved(mark, x, 0) for mark in pips)
    touch = Touch(0, 0, width, height, view.label, view.intention, at_once=at_once)
    return Sheet(width, height, tuple(marks), (touch,))


def _pips(step: int, steps: int, width: float, y: float, side: float, ink: Colour) -> list[Mark]:
    """Return a row of squares, as many of them filled as `step` says."""
    left = (width - (2 * steps - 1) * side) / 2
    return [
        Fill(left + 2 * at * side, y, side, side, ink)
        if at < step
        else Frame(left + 2 * at * side, y, side, side, ink, side / 5)
        for at in range(steps)
    ]


def text_key(
    press: Press,
    label: str,
    intention: Intention,
    width: float,
    height: float,
    style: Style,
    ground: Colour = WHITE,
) -> Sheet:
    """Return a key with one or more words in its middle."""
    words = press.block(label, width - 2 * press.panel.units(12), style)
    marks = (
        *plate(press, width, height, ground),
        *(moved(mark, press.panel.units(12), (height - words.height) / 2) for mark in words.marks),
    )
    return Sheet(width, height, marks, (Touch(0, 0, width, height, label, intention),))


def badge(press: Press, view: Badge) -> Sheet:
    """Return a category's badge."""
    style = Style("label", WHITE, bold=True, leading=1.2, scaled=False)
    across, down = press.panel.units(22), press.panel.units(10)
    width = press.width(view.name, style) + 2 * across
    words = press.block(view.name, width, style)
    ground = Fill(0, 0, width, words.height + 2 * down, TONES[view.tone], press.panel.units(12))
    return Sheet(
        width, ground.height, (ground, *(moved(mark, across, down) for mark in words.marks))
    )


def stamp(press: Press, view: Stamp, width: float, degrees: float) -> Sheet:
    """Return a seal as a stamp, `width` px wide at most, turned by `degrees`."""
    inside = press.panel.units(18)
    name = Style("stamp", RED, bold=True, leading=1.25, scaled=False)
    line = Style("stamp", RED, leading=1.25, scaled=False)
    wanted = max(press.width(view.name, name), press.width(view.line, line)) + 2 * inside + 2
    width = min(width, wanted)
    words = stack(
        press.block(text, width - 2 * inside, style)
        for text, style in ((view.name, name), (view.line, line))
    )
    height = words.height + 2 * press.panel.units(12)
    lean = width * abs(degrees) * 3.1416 / 180 / 2  # px that the turned corners stand out
    marks = (
        Fill(0, 0, width, height, WHITE, press.panel.units(14)),
        Frame(0, 0, width, height, RED, press.panel.units(5), press.panel.units(14)),
        *(moved(mark, inside, press.panel.units(12)) for mark in words.marks),
    )
    turned = Turned(width / 2, height / 2, degrees, marks)
    return Sheet(width, height + 2 * lean, (moved(turned, 0, lean),))


def stamps(press: Press, views: tuple[Stamp, ...], width: float, *, upright: bool = False) -> Sheet:
    """Return the verified seals, side by side if there is room, else one below the other."""
    gap = press.panel.units(24)
    drawn = [stamp(press, view, width, TILTS[number % 2]) for number, view in enumerate(views)]
    if upright or sum(one.width + gap for one in drawn) - gap > width:
        return stack(
            (_centred(one, width) if upright else one for one in drawn), gap=gap / 2, width=width
        )
    x, placed = 0.0, []
    for one in drawn:
        placed.append((x, 0.0, one))
        x += one.width + gap
    return beside(*placed, width=width, height=max((one.height for one in drawn), default=0))


def _centred(sheet: Sheet, width: float) -> Sheet:
    return beside(((width - sheet.width) / 2, 0, sheet), width=width, height=sheet.height)


def amount_boxes(
    press: Press,
    views: tuple[Amount, ...],
    width: float,
    ways: Sequence[tuple[int, Step]],
    gap: float,
) -> tuple[Sheet, ...]:
    """Return rows of totals in boxes, in the first of the `ways` that keeps every amount on one line.

    A way is how many stand beside each other, and the largest step for their figures.
    """
    for columns, largest in ways:
        each = (width - gap * (columns - 1)) / columns
        step = _amount_step(press, views, each, largest)
        if step:
            break
    room, label = each - 2 * press.panel.units(22), Style("label", bold=True)
    tall = max(len(press.lines(one.label, room, label)) for one in views)
    boxes = [_amount_box(press, one, each, step or _AMOUNT_STEPS[-1], tall) for one in views]
    lines = (boxes[first : first + columns] for first in range(0, len(boxes), columns))
    return tuple(
        beside(
            *((number * (each + gap), 0, box) for number, box in enumerate(line)),
            width=width,
            height=line[0].height,
        )
        for line in lines
    )


def _amount_step(
    press: Press, views: tuple[Amount, ...], width: float, largest: Step
) -> Step | None:
    around = 2 * press.panel.units(22) + press.panel.units(10)
    unit = Style("label", bold=True)
    if max(press.widest_word(one.label, unit) for one in views) > width - 2 * press.panel.units(22):
        return None
    for step in _AMOUNT_STEPS[_AMOUNT_STEPS.index(largest) :]:
        figures = Style(step, bold=True)
        longest = max(
            press.width(one.amount, figures) + press.width(one.unit, unit) for one in views
        )
        if longest + around <= width:
            return step
    return None


def _amount_box(press: Press, view: Amount, width: float, step: Step, lines: int) -> Sheet:
    """Return a total in a box whose label has room for so many lines, as its neighbours' need."""
    inside = press.panel.units(22)
    style = Style("label", INK, bold=True, leading=1.4 if lines == 1 else 1.25)
    label = press.block(view.label, width - 2 * inside, style)
    label = replace(label, height=lines * round(press.size(style) * style.leading))
    figures = Style(step, MONEY[view.tone], bold=True, leading=1.25)
    unit = Style("label", MONEY[view.tone], bold=True, leading=1.25)
    amount = press.block(view.amount, width, figures)
    yuan = press.block(view.unit, width, unit)
    across = press.width(view.amount, figures) + press.panel.units(10)
    below = inside + label.height
    height = below + amount.height + inside
    words = beside(
        (inside, inside, label),
        (inside, below, amount),
        (inside + across, below + (amount.height - yuan.height) * 0.78, yuan),
        width=width,
        height=height,
    )
    return Sheet(width, height, (*plate(press, width, height), *words.marks))


def flag(press: Press, word: str, colour: Colour) -> Sheet:
    """Return a small flag such as 新."""
    style = Style("least", WHITE, bold=True, leading=1.2)
    across, down = press.panel.units(16), press.panel.units(6)
    width = press.width(word, style) + 2 * across
    words = press.block(word, width, style)
    height = words.height + 2 * down
    ground = Fill(0, 0, width, height, colour, press.panel.units(10))
    return Sheet(width, height, (ground, *(moved(mark, across, down) for mark in words.marks)))


def flagged(press: Press, sheet: Sheet, word: str) -> Sheet:
    """Return `sheet` with a flag at its right, if there is a word for one."""
    if not word:
        return sheet
    raised, gap = flag(press, word, RED), press.panel.units(16)
    return beside(
        (0, 0, sheet),
        (sheet.width + gap, (sheet.height - raised.height) / 2, raised),
        width=sheet.width + gap + raised.width,
        height=sheet.height,
    )


def card(press: Press, view: Card, width: float, tint: Colour = RED) -> Sheet:
    """Return a notice's card for a list: title, one line below, the class's colour at its edge.

    `tint` is the ground of its flag.
    """
    inside, edge = press.panel.units(34), press.panel.units(12)
    raised = flag(press, view.flag, tint) if view.flag else Sheet(0, 0)
    room = width - 2 * inside - edge - (raised.width + inside / 2 if view.flag else 0)
    below = Style("label", SOFT, leading=1.35, most=3 if press.text_step else 2)
    words = stack(
        (
            press.block(
                view.title,
                room,
                Style("table", INK, bold=True, leading=1.3, most=3, balanced=True)
                if press.text_step
                else Style("body", INK, bold=True, leading=1.3, most=2, balanced=True),
            ),
            press.facts(view.facts, room, below) if view.facts else Sheet(room, 0),
        )
    )
    height = max(words.height + 2 * press.panel.units(20), press.panel.target(120))
    bar = Fill(0, press.panel.units(18), edge, height - 2 * press.panel.units(18), TONES[view.tone])
    placed = beside(
        (inside + edge, (height - words.height) / 2, words),
        (width - inside - raised.width, (height - raised.height) / 2, raised),
        width=width,
        height=height,
    )
    hold = (reading_hold(press, width, height, view.notice),)
    return Sheet(
        width, height, (*plate(press, width, height), bar, *placed.marks),
        (Touch(0, 0, width, height, view.title, view.opens),), hold,
    )  # fmt: skip


def marked(row: Sheet, mark: str) -> Sheet:
    """Return a row that is lit as a whole while what is `mark` is read."""
    hold = Hold(-1, -1, 0, 0, 0, 0, row.width, row.height, notice=mark)
    return replace(row, holds=(*row.holds, hold))


def reading_hold(press: Press, width: float, height: float, mark: str) -> Hold:
    """Return where a key is lit while it is read: round its plate, which covers what is behind."""
    wide = press.panel.units(14)
    return Hold(-1, -1, 0, 0, -wide, 0, width + 2 * wide, height + wide, notice=mark)


def instead(press: Press, words: str, width: float, height: float) -> tuple[Mark, ...]:
    """Return words in the middle of a box, as many lines as there is room for."""
    inside = press.panel.units(20)
    style = Style(
        "label", ON_SAND, bold=True, leading=1.4, align="centre", scaled=False, balanced=True
    )
    most = max(int((height - inside) // round(press.size(style) * style.leading)), 1)
    block = press.block(words, max(width - 2 * inside, 1), replace(style, most=most))
    return tuple(moved(mark, inside, (height - block.height) / 2) for mark in block.marks)


def _fitting(press: Press, text: str, width: float, style: Style) -> Sheet:
    if press.width(text, style) <= width - press.panel.units(16):
        return press.block(text, width, style)
    return press.block(
        text, width, Style("least", style.colour, style.bold, 1.2, "centre", scaled=False)
    )
