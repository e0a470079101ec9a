"""Amounts as bars drawn beside their words and figures: all on the scale of their shares. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kiosk.present.months import Bar
from kiosk.ui.panel import Step
from kiosk.ui.sheets.ink import LINE_UNITS, Fill, Frame, Mark, Sheet, beside, stack
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.theme import INK, MONEY, SAND

_LABEL_SHARE: Final = 0.42  # of the width that labels may take; longer ones are shortened
_LEAST_BAR: Final = 0.18  # of the width; with less room words and figures stand above the bar


def bars(press: Press, views: Sequence[Bar], width: float, step: Step = "label") -> Sheet:
    """Return one bar below the other, labels at the left, amounts at the right, tabular."""
    panel = press.panel
    word, figure = Style(step, INK, leading=1.3, most=1), Style(step, bold=True, leading=1.3)
    gap = panel.units(20)
    labels = max(press.width(one.amount.label, word) for one in views) + 1
    labels = min(labels, width * _LABEL_SHARE)
    amounts = max(press.width(one.amount.amount, figure) for one in views) + 1
    room = width - labels - amounts - 2 * gap
    apart = room < width * _LEAST_BAR
    lines = []
    for one in views:
        label = press.block(one.amount.label, width - amounts - gap if apart else labels, word)
        face = replace(figure, colour=MONEY[one.amount.tone], align="right")
        amount = press.block(one.amount.amount, width, face)
        words = beside((0, 0, label), (0, 0, amount), width=width, height=label.height)
        if apart:
            lines.append(stack((words, _bar(press, one, 0, width, panel.units(28))), width=width))
        else:
            bar = _bar(press, one, labels + gap, room, words.height)
            lines.append(Sheet(width, words.height, (*bar.marks, *words.marks)))
    return stack(lines, gap=panel.units(4), width=width)


def _bar(press: Press, view: Bar, x: float, room: float, height: float) -> Sheet:
    colour = MONEY[view.amount.tone]
    thick = press.panel.units(LINE_UNITS)
    y = (height - thick) / 2
    long = max(room * view.share, press.panel.units(4))
    # Below zero the bar is hollow: a debt isn't money that is there.
    shape: Mark = (
        Frame(x, y, long, thick, colour, press.panel.units(4))
        if view.below
        else Fill(x, y, long, thick, colour)
    )
    return Sheet(x + room, height, (Fill(x, y, room, thick, SAND), shape))
