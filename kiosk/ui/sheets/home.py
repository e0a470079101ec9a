"""The home page's sheets: newest notices, then the three classes with their categories.

One page where everything fits. With larger text or many categories the keys go on over further
pages, which keys turn: no category is ever without a key.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kiosk.present.chrome import PageKeys
from kiosk.present.duties import DUTIES_MARK, DutyKey
from kiosk.present.home import ALL_MARK, HomeView
from kiosk.present.parts import Card
from kiosk.ui.sheets.chrome import margin
from kiosk.ui.sheets.classes import Keys, class_column, class_keys, class_rows
from kiosk.ui.sheets.ink import Fill, Sheet, Touch, beside, moved, stack
from kiosk.ui.sheets.pieces import card, plate, reading_hold, text_key
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.sheets.search import search_button
from kiosk.ui.sheets.strip import page_bar
from kiosk.ui.theme import INK, RED, SOFT, WHITE

_TALLER: Final = 48  # units that keys grow where there is room
_LEAST_CARDS: Final = (2, 1, 1)  # by text step, before the categories go to pages of their own


def home(press: Press, view: HomeView, width: float, height: float) -> Sheet:
    """Return the first of the home pages."""
    return home_pages(press, view, width, height)[0]


def home_pages(press: Press, view: HomeView, width: float, height: float) -> tuple[Sheet, ...]:
    """Return the home pages, each `width` × `height` px: one if at all possible.

    Several leave `turning_height` px free at their foot, for the keys that turn them.
    """
    edge, top = margin(press), press.panel.units(20)
    if press.panel.landscape:
        room = (width - 3 * edge) / 2
        keys = _whole(press, view, room, height - 2 * top)
        if keys:
            keys = _grown(press, view, keys, room, height - 2 * top)
            search = search_button(press, view.search, room)
            grid = _with_heading(press, view, keys, room)
            low = top + grid.height - search.height
            news = _most_news(press, view, room, low - top - press.panel.gap(22))
            sheet = beside(
                (edge, top, news),
                (edge, low, search),
                (2 * edge + room, top, grid),
                width=width,
                height=height,
            )
            return (sheet,)
    return _upright(press, view, width, height)


def turning_height(press: Press) -> float:
    """Return the px that the page keys take at the foot of each of several pages."""
    return page_bar(press, PageKeys(None, None, "", ""), press.panel.width).height


def _upright(press: Press, view: HomeView, width: float, height: float) -> tuple[Sheet, ...]:
    edge, top = margin(press), press.panel.units(28)
    room = width - 2 * edge
    least = _news(press, view, room, 0, least=_LEAST_CARDS[press.text_step])
    search = search_button(press, view.search, room)
    height -= search.height + top
    keys = _whole(press, view, room, height - least.height - 3 * top)
    if keys is None:
        return tuple(_pages(press, view, width, height + search.height + top))
    classes = _with_heading(press, view, keys, room)
    fewest = _LEAST_CARDS[press.text_step]
    news = _news(press, view, room, height - classes.height - 3 * top, least=fewest)
    # What is too little for one more notice makes all keys easier to hit.
    grown = _grown(press, view, keys, room, height - 3 * top - news.height)
    classes = _with_heading(press, view, grown, room)
    below = height - classes.height - top
    sheet = beside(
        (edge, top, news),
        (edge, below, search),
        (edge, below + search.height + top, classes),
        width=width,
        height=height + search.height + top,
    )
    return (sheet,)


def _whole(press: Press, view: HomeView, width: float, height: float) -> Keys | None:
    """Return all keys if they fit with their heading: with the counts if possible."""
    for roomy in (True, False):
        keys = class_keys(press, view.classes, width, roomy=roomy)
        if keys.whole and _with_heading(press, view, keys, width).height <= height:
            return keys
    return None


def _grown(press: Press, view: HomeView, keys: Keys, width: float, height: float) -> Keys:
    """Return the keys as high as `height` px allow."""
    spare = height - _with_heading(press, view, keys, width).height
    taller = max(min(spare / (len(keys.rows) + 1), press.panel.units(_TALLER)), 0)
    return class_keys(press, view.classes, width, roomy=keys.roomy, taller=taller)


def _with_heading(press: Press, view: HomeView, keys: Keys, width: float) -> Sheet:
    rows = stack((keys.heads, *keys.rows), gap=press.panel.gap(14))
    return stack((_heading(press, view.browse, width), rows), width=width)


def _pages(press: Press, view: HomeView, width: float, height: float) -> Iterator[Sheet]:
    """Yield the pages: the first has the news and the classes, the others the categories."""
    edge, top, gap = margin(press), press.panel.units(20), press.panel.gap(14)
    room = width - 2 * edge
    free = height - turning_height(press) - 2 * top
    keys = class_keys(press, view.classes, room)
    if press.panel.landscape:
        first, rest = _first_wide(press, view, keys, room, free)
    else:
        first, rest = _first_tall(press, view, keys, room, free)
    search = search_button(press, view.search, (room - 2 * press.panel.gap(22)) / 3)
    foot = height - turning_height(press) + press.panel.units(12)
    wide = press.panel.landscape  # the search stands where other pages have the key back
    placed = [(edge, top, first), *([(edge, foot, search)] if wide else [])]
    yield beside(*placed, width=width, height=height)
    heading = _heading(press, view.browse, room)
    while rest:
        taken = _filled(rest, free - heading.height, gap) or rest[:1]
        del rest[: len(taken)]
        body = stack((heading, stack(taken, gap=gap)))
        yield beside((edge, top, body), width=width, height=height)


def _first_wide(
    press: Press, view: HomeView, keys: Keys, width: float, height: float
) -> tuple[Sheet, list[Sheet]]:
    """Return the first page, and the rows of keys that had no room on it."""
    gap = margin(press)
    half = (width - gap) / 2
    for step in range(press.text_step, -1, -1):  # large letters, as far as all of them fit
        classes = class_column(replace(press, text_step=step), view.classes, half)
        if classes.height <= height:
            break
    if classes.height > height:  # long names in large letters
        heads = [keys.heads] if keys.whole else class_rows(press, view.classes, width)
        return _news(press, view, width, height), [*heads, *keys.rows]
    news = _news(press, view, half, height)
    page = beside((0, 0, news), (half + gap, 0, classes), width=width, height=height)
    return page, list(keys.rows)


def _first_tall(
    press: Press, view: HomeView, keys: Keys, width: float, height: float
) -> tuple[Sheet, list[Sheet]]:
    """Return the first page, and the rows of keys that had no room on it."""
    gap, apart = press.panel.gap(14), press.panel.units(28)
    heads = [keys.heads] if keys.whole else class_rows(press, view.classes, width)
    rows = [search_button(press, view.search, width), *heads, *keys.rows]
    taken = _filled(rows, height - _news(press, view, width, 0).height - apart, gap)
    below = stack(taken, gap=gap)
    news = _news(press, view, width, height - below.height - apart)
    page = beside((0, 0, news), (0, height - below.height, below), width=width, height=height)
    return page, rows[len(taken) :]


def _filled(rows: Sequence[Sheet], height: float, gap: float) -> list[Sheet]:
    """Return as many of the first `rows` as fit into `height` px."""
    taken: list[Sheet] = []
    for row in rows:
        height -= row.height + (gap if taken else 0)
        if height < 0:
            break
        taken.append(row)
    return taken


def _news(press: Press, view: HomeView, width: float, height: float, *, least: int = 1) -> Sheet:
    """Return the newest notices that `height` px have room for, of `least` at least the titles.

    Where that isn't all of them, a key beside the heading leads to the others.
    """
    above = [_owed(press, view.owed, width), Sheet(width, press.panel.gap(18))] if view.owed else []
    if not view.cards:
        nothing = press.block(view.nothing, width, Style("body", SOFT, leading=1.5))
        return stack((*above, _heading(press, view.news, width), nothing), width=width)
    for heading in (_heading(press, view.news, width), _news_head(press, view, width)):
        room = height - sum(piece.height for piece in (*above, heading))
        cards = _cards(press, view.cards, width, room, least)
        if len(cards) == view.all.number:
            break
    below = stack(cards, gap=press.panel.gap(18), width=width)
    return stack((*above, heading, below), width=width)


def _cards(
    press: Press, views: Sequence[Card], width: float, height: float, least: int
) -> list[Sheet]:
    gap, drawn = press.panel.gap(18), list[Sheet]()
    titles = [_title(press, one, width, height) for one in views[:least]]
    for number, one in enumerate(views):
        height -= gap if number else 0
        sheet = card(press, one, width)
        # The titles that must stand below it come before its own facts.
        if sheet.height + sum(each.height + gap for each in titles[number + 1 :]) > height:
            if number >= least:
                break
            sheet = titles[number]
        height -= sheet.height
        drawn.append(sheet)
    return drawn


def _title(press: Press, view: Card, width: float, height: float) -> Sheet:
    """Return a card with its title alone, in smaller letters where it would be too tall."""
    for step in range(press.text_step, -1, -1):
        drawn = card(replace(press, text_step=step), replace(view, facts=()), width)
        if drawn.height <= height:
            break
    return drawn


def _news_head(press: Press, view: HomeView, width: float) -> Sheet:
    """Return the heading with the key to all notices at its right."""
    panel = press.panel
    style = Style("label", INK, bold=True, leading=1.3, align="centre", scaled=False)
    heading = _heading(press, view.news, width)
    tall = panel.target(64)
    wide = press.width(view.all.words, style) + 2 * panel.units(28)
    opener = text_key(press, view.all.words, view.all.opens, wide, tall, style)
    opener = replace(opener, holds=(reading_hold(press, wide, tall, ALL_MARK),))
    height = max(heading.height, tall)
    return beside(
        (0, (height - heading.height) / 2, heading),
        (width - wide, (height - tall) / 2, opener),
        width=width,
        height=height + panel.gap(14),
    )


def _most_news(press: Press, view: HomeView, width: float, height: float) -> Sheet:
    """Return the news with titles alone for as many as one wants to see at once, if they fit."""
    wanted = _news(press, view, width, height, least=_LEAST_CARDS[press.text_step])
    return wanted if wanted.height <= height else _news(press, view, width, height)


def _owed(press: Press, view: DutyKey, width: float) -> Sheet:
    """Return the key to what must be published: in red and large once it is late."""
    bar, inside = press.panel.units(12), press.panel.units(24)
    face = (RED, WHITE) if view.late else (WHITE, INK)
    style = Style("table" if view.late else "label", face[1], bold=True, leading=1.35, most=2)
    words = press.block(view.words, width - bar - 2 * inside, style)
    height = max(words.height + 2 * press.panel.units(14), press.panel.target(84))
    marks = (
        *plate(press, width, height, face[0]),
        *(() if view.late else (Fill(0, 0, bar, height, SOFT),)),
        *(moved(mark, bar + inside, (height - words.height) / 2) for mark in words.marks),
    )
    touch = Touch(0, 0, width, height, view.words, view.opens)
    return Sheet(width, height, marks, (touch,), (reading_hold(press, width, height, DUTIES_MARK),))


def _heading(press: Press, text: str, width: float) -> Sheet:
    return press.block(text, width, Style("table", INK, bold=True, leading=1.6))
