"""The bar that asks whether somebody is still there, before the idle board comes back."""

from kiosk.present.chrome import StayView
from kiosk.ui.panel import HELP_TARGET_MM
from kiosk.ui.sheets.chrome import margin
from kiosk.ui.sheets.ink import Fill, Sheet, Touch, beside, moved, stack
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.theme import BLUE, WHITE


def stay(press: Press, view: StayView, width: float) -> Sheet:
    """Return the bar, all of which is the key that stays: nobody has to aim."""
    panel, edge = press.panel, margin(press)
    key_width = panel.units(300, least_mm=HELP_TARGET_MM)
    room = width - key_width - 3 * edge
    words = stack(
        (
            press.block(
                view.question,
                room,
                Style("headline", WHITE, bold=True, leading=1.3, scaled=False),
            ),
            press.block(view.words, room, Style("label", WHITE, leading=1.35, scaled=False)),
        )
    )
    inside = panel.units(28)
    key_height = panel.units(140, least_mm=HELP_TARGET_MM)
    height = max(words.height, key_height) + 2 * inside
    style = Style("body", BLUE, bold=True, leading=1.3, align="centre", scaled=False)
    label = press.block(view.label, key_width, style)
    key = Sheet(
        key_width,
        key_height,
        (
            Fill(0, 0, key_width, key_height, WHITE, panel.units(18)),
            *(moved(mark, 0, (key_height - label.height) / 2) for mark in label.marks),
        ),
    )
    drawn = beside(
        (edge, (height - words.height) / 2, words),
        (width - edge - key_width, (height - key_height) / 2, key),
        width=width,
        height=height,
    )
    touch = Touch(0, 0, width, height, view.label, view.intention)
    return Sheet(width, height, (Fill(0, 0, width, height, BLUE), *drawn.marks), (touch,))
