"""A list's head and cards."""

from kiosk.present.listing import ListView
from kiosk.ui.sheets.chrome import margin
from kiosk.ui.sheets.ink import Fill, Sheet, beside, stack
from kiosk.ui.sheets.pieces import card
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.theme import INK, SOFT, TONES


def list_page(press: Press, view: ListView, width: float) -> tuple[Sheet, tuple[Sheet, ...]]:
    """Return the frozen head of a list and one row for every card."""
    edge = margin(press)
    room = width - 2 * edge
    gap = press.panel.gap(22)
    rows = [
        beside(
            (edge, 0, card(press, one, room)),
            width=width,
            height=card(press, one, room).height + gap,
        )
        for one in view.cards
    ]
    if view.nothing:
        words = press.block(view.nothing, room, Style("body", SOFT, leading=1.6))
        rows.append(beside((edge, gap, words), width=width, height=words.height + gap))
    return _head(press, view, edge, width), tuple(rows)


def _head(press: Press, view: ListView, edge: float, width: float) -> Sheet:
    room = width - 2 * edge
    bar = press.panel.units(14)
    name = press.block(view.name, room, Style("headline", INK, bold=True, leading=1.35))
    count = press.block(view.count, room, Style("label", SOFT, leading=1.5))
    words = stack((name, count))
    height = words.height + press.panel.units(60)
    placed = beside((edge + 2 * bar, press.panel.units(32), words), width=width, height=height)
    stripe = Fill(edge, press.panel.units(32), bar, words.height, TONES[view.tone])
    return Sheet(width, height, (stripe, *placed.marks))
