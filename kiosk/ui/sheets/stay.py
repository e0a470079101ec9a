"""The bar that asks whether somebody is still there, before the idle board comes back."""

from kiosk.present.chrome import StayView
from kiosk.ui.sheets.chrome import margin, room_height
from kiosk.ui.sheets.ink import Fill, Sheet, Touch, beside, moved, stack
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.theme import BLUE, WHITE


def stay(press: Press, view: StayView, width: float) -> Sheet:
    """Return the bar, all of which is the key that stays: nobody has to aim.

    It is no higher than the room of the voice's keys, so that it covers nothing else.
    """
    panel, edge = press.panel, margin(press)
    height = room_height(press)
    inside = panel.units(10)
    label = Style("body", BLUE, bold=True, leading=1.3, align="centre", scaled=False, most=1)
    key_width = press.width(view.label, label) + 2 * panel.units(36)
    room = width - key_width - 3 * edge
    question = Style("title", WHITE, bold=True, leading=1.2, scaled=False, most=1)
    line = Style("label", WHITE, leading=1.25, scaled=False, most=1)
    apart = panel.units(40)
    across = press.width(view.question, question) + apart
    low, small = press.block(view.question, room, question), press.block(view.words, room, line)
    if across + press.width(view.words, line) <= room:
        tall = max(low.height, small.height)
        words = beside(
            (0, (tall - low.height) / 2, low),
            (across, (tall - small.height) / 2, small),
            width=room,
            height=tall,
        )
    else:
        words = stack((low, small))
    key_height = height - 2 * inside
    on_key = press.block(view.label, key_width, label)
    key = Sheet(
        key_width,
        key_height,
        (
            Fill(0, 0, key_width, key_height, WHITE, panel.units(18)),
            *(moved(mark, 0, (key_height - on_key.height) / 2) for mark in on_key.marks),
        ),
    )
    drawn = beside(
        (edge, (height - words.height) / 2, words),
        (width - edge - key_width, inside, key),
        width=width,
        height=height,
    )
    touch = Touch(0, 0, width, height, view.label, view.intention)
    return Sheet(width, height, (Fill(0, 0, width, height, BLUE), *drawn.marks), (touch,))
