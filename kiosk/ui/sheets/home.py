"""The home page's sheet: newest notices, then the three classes with their categories."""

from collections.abc import Callable, Sequence
from typing import Final

from kiosk.present.home import CategoryKey, ClassKey, HomeView
from kiosk.ui.sheets.chrome import margin
from kiosk.ui.sheets.ink import Fill, Frame, Sheet, Touch, beside, moved, stack
from kiosk.ui.sheets.pieces import card, plate
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.sheets.search import search_button
from kiosk.ui.theme import INK, SOFT, TONES, WHITE

_CLASSES_SHARE: Final = 0.6  # of a portrait page, so that the news have room


def home(press: Press, view: HomeView, width: float, height: float) -> Sheet:
    """Return the home page within `width` × `height` px: as many new notices as fit."""
    panel = press.panel
    edge = margin(press)
    if panel.landscape:
        room = (width - 3 * edge) / 2
        top = panel.units(20)
        classes = _classes(press, view, room, height - 2 * top)
        news = _news_and_search(press, view, room, height - 2 * top)
        return beside(
            (edge, top, news), (2 * edge + room, top, classes), width=width, height=height
        )
    room = width - 2 * edge
    classes = _classes(press, view, room, height * _CLASSES_SHARE)
    below = height - classes.height - panel.units(28)
    news = _news_and_search(press, view, room, below - 2 * panel.units(28))
    return beside((edge, panel.units(28), news), (edge, below, classes), width=width, height=height)


def _news_and_search(press: Press, view: HomeView, width: float, height: float) -> Sheet:
    button = search_button(press, view.search, width)
    low = height - button.height
    news = _news(press, view, width, low - press.panel.gap(22))
    return beside((0, 0, news), (0, low, button), width=width, height=height)


def _news(press: Press, view: HomeView, width: float, height: float) -> Sheet:
    gap = press.panel.gap(18)
    pieces = [_heading(press, view.news, width)]
    height -= pieces[0].height
    for one in view.cards:
        drawn = card(press, one, width)
        height -= drawn.height + gap
        if height < 0:
            break
        pieces += [Sheet(width, 0 if len(pieces) == 1 else gap), drawn]
    return stack(pieces, width=width)


def _heading(press: Press, text: str, width: float) -> Sheet:
    return press.block(text, width, Style("table", INK, bold=True, leading=1.6, scaled=False))


def _classes(press: Press, view: HomeView, width: float, height: float) -> Sheet:
    """Return the three columns; where they would be too high, without the counts."""
    roomy = _columns(press, view, width, _category)
    return roomy if roomy.height <= height else _columns(press, view, width, _low_category)


def _columns(
    press: Press, view: HomeView, width: float, draw: Callable[[Press, CategoryKey, float], Sheet]
) -> Sheet:
    gap = press.panel.gap(22)
    each = (width - gap * (len(view.classes) - 1)) / max(len(view.classes), 1)
    heads = _level([_class(press, one, each) for one in view.classes])
    most = max((len(one.categories) for one in view.classes), default=0)
    rows: list[Sheet] = [_beside(heads, each, gap, width)]
    for number in range(most):
        keys = [one.categories[number : number + 1] for one in view.classes]
        drawn = [draw(press, key[0], each) if key else Sheet(each, 0) for key in keys]
        rows.append(_beside(_level(drawn), each, gap, width))
    return stack(
        (_heading(press, view.browse, width), stack(rows, gap=press.panel.gap(14))), width=width
    )


def _class(press: Press, view: ClassKey, width: float) -> Sheet:
    inside = press.panel.units(24)
    name = press.block(
        view.name, width - 2 * inside, Style("body", WHITE, bold=True, leading=1.3, scaled=False)
    )
    count = press.block(
        view.count, width - 2 * inside, Style("label", WHITE, leading=1.4, scaled=False)
    )
    words = stack((name, count))
    height = max(words.height + 2 * press.panel.units(20), press.panel.target(130))
    marks = (
        Fill(0, 0, width, height, TONES[view.tone], press.panel.units(18)),
        *(moved(mark, inside, (height - words.height) / 2) for mark in words.marks),
    )
    return Sheet(width, height, marks, (Touch(0, 0, width, height, view.name, view.opens),))


def _category(press: Press, view: CategoryKey, width: float) -> Sheet:
    inside = press.panel.units(20)
    room = width - 2 * inside
    name = press.block(
        view.name, room, Style("label", INK, bold=True, leading=1.3, most=2, scaled=False)
    )
    count = press.block(view.count, room, Style("least", SOFT, leading=1.35, scaled=False))
    words = stack((name, count))
    height = max(words.height + 2 * press.panel.units(12), press.panel.target(104))
    marks = (
        *plate(press, width, height),
        *(moved(mark, inside, (height - words.height) / 2) for mark in words.marks),
    )
    return Sheet(width, height, marks, (Touch(0, 0, width, height, view.name, view.opens),))


def _low_category(press: Press, view: CategoryKey, width: float) -> Sheet:
    inside = press.panel.units(14)
    style = Style("label", INK, bold=True, leading=1.2, most=2, scaled=False)
    name = press.block(view.name, width - 2 * inside, style)
    height = max(name.height + 2 * press.panel.units(8), press.panel.target(80))
    marks = (
        *plate(press, width, height),
        *(moved(mark, inside, (height - name.height) / 2) for mark in name.marks),
    )
    return Sheet(width, height, marks, (Touch(0, 0, width, height, view.name, view.opens),))


def _level(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Give all keys of a row the height of the tallest."""
    tallest = max((sheet.height for sheet in sheets), default=0)
    return [_grown(sheet, tallest) if sheet.touches else sheet for sheet in sheets]


def _grown(sheet: Sheet, height: float) -> Sheet:
    more = height - sheet.height
    touch = sheet.touches[0]
    marks = tuple(
        Fill(m.x, m.y, m.width, m.height + more, m.colour, m.radius) if isinstance(m, Fill)
        else Frame(m.x, m.y, m.width, m.height + more, m.colour, m.thickness, m.radius) if isinstance(m, Frame)
        else moved(m, 0, more / 2)
        for m in sheet.marks
    )  # fmt: skip
    grown = Touch(0, 0, touch.width, height, touch.label, touch.intention)
    return Sheet(sheet.width, height, marks, (grown,))


def _beside(sheets: Sequence[Sheet], each: float, gap: float, width: float) -> Sheet:
    placed = [(number * (each + gap), 0.0, sheet) for number, sheet in enumerate(sheets)]
    return beside(*placed, width=width, height=max((sheet.height for sheet in sheets), default=0))
