"""A list's head and cards."""

from collections.abc import Iterator

from kiosk.present.listing import ListView
from kiosk.present.parts import Card
from kiosk.ui.sheets.chrome import margin
from kiosk.ui.sheets.ink import Fill, Sheet, beside, stack
from kiosk.ui.sheets.pieces import card
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.sheets.strip import BAR_UNITS
from kiosk.ui.theme import INK, SOFT, TONES


def list_page(press: Press, view: ListView, width: float) -> tuple[Sheet, tuple[Sheet, ...]]:
    """Return the frozen head of a list and one row for every card."""
    edge = margin(press)
    room = width - 2 * edge
    gap = press.panel.gap(22)
    rows = list(_cards(press, view.cards, edge, width))
    if view.nothing:
        words = press.block(view.nothing, room, Style("body", SOFT, leading=1.6))
        rows.append(beside((edge, gap, words), width=width, height=words.height + gap))
    return _head(press, view, edge, width), tuple(rows)


def _cards(press: Press, views: tuple[Card, ...], edge: float, width: float) -> Iterator[Sheet]:
    """Yield rows of cards: one a row, two where the panel is wide and low."""
    gap = press.panel.gap(22)
    columns = 2 if press.panel.landscape and press.text_step == 0 else 1
    each = (width - 2 * edge - gap * (columns - 1)) / columns
    for first in range(0, len(views), columns):
        drawn = [card(press, one, each) for one in views[first : first + columns]]
        placed = [(edge + place * (each + gap), 0.0, one) for place, one in enumerate(drawn)]
        yield beside(*placed, width=width, height=max(one.height for one in drawn) + gap)


def _head(press: Press, view: ListView, edge: float, width: float) -> Sheet:
    bar = press.panel.units(14)
    # Beside the heading of a landscape screen stand the page keys.
    keys = press.panel.units(BAR_UNITS) if press.panel.landscape else edge
    room = width - edge - 2 * bar - keys
    title = Style("headline", INK, bold=True, leading=1.35)
    small = Style("label", SOFT, leading=1.5)
    name, count = press.block(view.name, room, title), press.block(view.count, room, small)
    if not view.count:
        count = Sheet(room, 0)
    across = press.width(view.name, title) + bar * 2
    if press.panel.landscape and across + press.width(view.count, small) <= room:
        words = beside(
            (0, 0, name),
            (across, (name.height - count.height) * 0.75, count),
            width=room,
            height=name.height,
        )
    else:
        words = stack((name, count))
    top = press.panel.units(26)
    height = words.height + top + press.panel.gap(20)
    placed = beside((edge + 2 * bar, top, words), width=width, height=height)
    stripe = Fill(edge, top, bar, words.height, TONES[view.tone])
    return Sheet(width, height, (stripe, *placed.marks))
