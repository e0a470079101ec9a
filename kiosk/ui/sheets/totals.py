"""A ledger's totals for people who pass by: bars by kind, or the bare totals in boxes."""

from itertools import product
from typing import Final

from kiosk.present.idle import IdleView
from kiosk.present.kinds import KindsView
from kiosk.present.parts import Amount
from kiosk.ui.panel import Step
from kiosk.ui.sheets.bars import bars
from kiosk.ui.sheets.ink import Fill, Sheet, beside, stack
from kiosk.ui.sheets.pieces import amount_boxes
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.theme import INK, MONEY

_KIND_STEPS: tuple[Step, ...] = ("table", "label")
_FINE: Final = 3  # of the pictures: for these smaller words are no loss
_BOXES: Final[tuple[tuple[int, Step], ...]] = ((3, "title"), (1, "title"))
_SUM_SHARE: Final = 0.85  # of the room beside the name, at most; the unit needs the rest
_SUM_STEPS: tuple[Step, ...] = ("headline", "title", "body", "table", "label")


def totals(press: Press, view: IdleView, width: float, height: float) -> Sheet:
    """Return the ledger's picture, as fine as there is room for, else its totals in boxes."""
    fine, coarse = view.kinds[:_FINE], view.kinds[_FINE:]
    for step, kinds in (*product(_KIND_STEPS, fine), *product(_KIND_STEPS, coarse)):
        drawn = _kinds(press, kinds, width, step)
        if drawn.height <= height:
            return drawn
    whole = _amounts(press, view.amounts, width)
    if whole.height <= height:
        return whole
    closing = amount_boxes(press, view.amounts[-1:], width, ((1, "title"),), 0)[0]
    return closing if closing.height <= height else Sheet(width, 0)


def _kinds(press: Press, view: KindsView, width: float, step: Step) -> Sheet:
    panel = press.panel
    pieces: list[Sheet] = []
    for side in view.sides:
        pieces.append(_sum(press, side.total, width))
        pieces.append(bars(press, side.bars, width, step))
        pieces.append(Sheet(width, panel.units(18)))
    rule = Sheet(width, panel.units(3), (Fill(0, 0, width, panel.units(3), INK),))
    return stack((*pieces, rule, _sum(press, view.closing, width)), width=width)


def _sum(press: Press, view: Amount, width: float) -> Sheet:
    """Return a total's name and, at the right of it or under it, its amount."""
    name = Style("body", INK, bold=True, leading=1.4)
    label, gap = press.block(view.label, width, name), press.panel.units(12)
    room = width - press.width(view.label, name) - gap
    under = press.width(view.amount, Style(_SUM_STEPS[-1], bold=True)) > room * _SUM_SHARE
    amount = _amount(press, view, width if under else room)
    if under:
        return stack(
            (label, beside((width - amount.width, 0, amount), width=width, height=amount.height))
        )
    height = max(label.height, amount.height)
    return beside(
        (0, (height - label.height) / 2, label),
        (width - amount.width, (height - amount.height) / 2, amount),
        width=width,
        height=height,
    )


def _amount(press: Press, view: Amount, room: float) -> Sheet:
    """Return an amount with its unit, in the largest step that keeps it on one line."""
    unit = Style("label", MONEY[view.tone], bold=True, leading=1.4)
    gap, yuan = press.panel.units(12), press.width(view.unit, unit)
    for step in _SUM_STEPS:
        figures = Style(step, MONEY[view.tone], bold=True, leading=1.3)
        wide = press.width(view.amount, figures)
        if wide + gap + yuan <= room:
            break
    amount, word = (
        press.block(view.amount, wide + 1, figures),
        press.block(view.unit, yuan + 1, unit),
    )
    height = max(amount.height, word.height)
    return beside(
        (0, 0, amount),
        (wide + gap, height - word.height, word),
        width=wide + gap + yuan,
        height=height,
    )


def _amounts(press: Press, amounts: tuple[Amount, ...], width: float) -> Sheet:
    gap = press.panel.units(28)
    *small, large = amounts
    above = amount_boxes(press, tuple(small), width, _BOXES, gap)
    below = amount_boxes(press, (large,), width, ((1, "headline"),), gap)
    return stack((*above, *below), gap=gap, width=width)
