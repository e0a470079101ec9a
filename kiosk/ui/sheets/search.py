"""The search page's sheets: results in pages, what was typed, and the keypad in reach below."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kiosk.places import AtPast
from kiosk.present.chrome import KeyView, PageKeys
from kiosk.present.parts import Card
from kiosk.present.search import PastView, SearchView
from kiosk.ui.panel import Step
from kiosk.ui.sheets.body import NO_BLOCK, text_rows
from kiosk.ui.sheets.chrome import margin
from kiosk.ui.sheets.icons import icon
from kiosk.ui.sheets.ink import Fill, Frame, Mark, Sheet, Touch, beside, moved, stack
from kiosk.ui.sheets.pieces import card, flag, key, plate, text_key
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.theme import BLUE, INK, RED, SOFT, WHITE
from sync.notices import TITLE_BLOCK

_LETTER = Style("title", INK, bold=True, leading=1.2, align="centre", scaled=False)
_PRESSED = Style("title", BLUE, bold=True, leading=1.2, align="centre", scaled=False)
_KEY_STEPS: tuple[Step, ...] = ("body", "label", "least")
_HINT = Style("body", INK, leading=1.5)
_SHORT = Style("label", INK, bold=True, leading=1.2, align="centre", scaled=False)


@dataclass(frozen=True, slots=True)
class Part:
    """A sheet with the place of its upper left corner, in px from the screen's."""

    x: float
    y: float
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class SearchParts:
    """The page's parts: `pages` of results, at one place; `pager` is where its keys have room."""

    pages: tuple[Part, ...]
    field: Part
    keypad: Part
    pager: Part


def search_parts(press: Press, view: SearchView, width: float, height: float) -> SearchParts:
    """Return the page within `width` × `height` px: keypad below, or at the right if it is wide."""
    panel = press.panel
    least = 10 * panel.target(0) + 9 * panel.gap()  # of the row of figures
    gap = panel.gap(20)
    side = margin(press) if least <= width - 2 * margin(press) else panel.units(32)
    if panel.landscape:
        across = max(panel.units(900), least)
        left, low = margin(press), height - panel.target(104) - gap
        keys = keypad(press, view, across, height - 3 * gap - _field_height(press))
        x, top = width - side - across, height - gap - keys.height
        field = _field(press, view, across, max(top - 2 * gap, _field_height(press)))
        room = x - left - gap * 2
        pager = Part(left, low, Sheet(room, panel.target(104)))
        tall = (low if view.cards else height) - 2 * gap
        return SearchParts(
            tuple(Part(left, gap, one) for one in _pages(press, view, room, tall)),
            Part(x, top - gap - field.height, field),
            Part(x, top, keys),
            pager,
        )
    room = width - 2 * side
    # Where all was brought down, the keys leave what they can to the results.
    keys = keypad(press, view, room, height / 2 if height > width else 0)
    top = height - gap - keys.height
    row = panel.target(110)
    turning = panel.units(430)
    field = _field(press, view, room - turning - gap, row)
    low = top - gap - row
    left = margin(press)
    return SearchParts(
        tuple(Part(left, gap, one) for one in _pages(press, view, width - 2 * left, low - 2 * gap)),
        Part(side, low, field),
        Part(side, top, keys),
        Part(width - side - turning, low, Sheet(turning, row)),
    )


def keypad(press: Press, view: SearchView, width: float, height: float) -> Sheet:
    """Return the keys, at most `height` px high as long as fingers allow it."""
    panel = press.panel
    gap, least = panel.gap(), panel.target(0)
    each = len(view.digits) if len(view.digits) * (least + gap) - gap <= width else 5
    digits = [view.digits[first : first + each] for first in range(0, len(view.digits), each)]
    rows = [*view.rows, *digits]
    tall = (height - gap * (len(rows) - 1)) / len(rows)
    tall = int(max(least, min(tall, panel.target(104))))
    return stack((_row(press, row, width, tall, gap) for row in rows), gap=gap, width=width)


def pager(press: Press, keys: PageKeys, room: Sheet) -> Sheet:
    """Return the keys that turn the results, with the page's number between them."""
    if not keys.words:
        return Sheet(room.width, room.height)
    number = press.width(keys.short, _SHORT) + 2 * press.panel.gap()
    each = (room.width - number) / 2
    words = press.block(keys.short, number, _SHORT)
    placed = [(each, (room.height - words.height) / 2, words)]
    for view, x in ((keys.previous, 0.0), (keys.following, each + number)):
        if view:
            placed.append((x, 0.0, key(press, view, each, room.height)))
    return beside(*placed, width=room.width, height=room.height)


def search_button(press: Press, view: KeyView, width: float) -> Sheet:
    """Return the wide key that leads here from the home page: icon and words side by side."""
    panel = press.panel
    height, mark = panel.target(112), panel.units(48)
    room = width - mark - 3 * panel.units(16)
    for step in _KEY_STEPS:
        style = Style(step, WHITE, bold=True, leading=1.3, most=1, scaled=False)
        if press.width(view.label, style) <= room:
            break
    words = press.block(view.label, min(room, press.width(view.label, style) + 1), style)
    left = (width - mark - panel.units(16) - words.width) / 2
    marks = (
        *plate(press, width, height, BLUE),
        *icon(view.icon, left, (height - mark) / 2, mark, WHITE),
        *(
            moved(one, left + mark + panel.units(16), (height - words.height) / 2)
            for one in words.marks
        ),
    )
    return Sheet(width, height, marks, (Touch(0, 0, width, height, view.label, view.intention),))


def past_rows(press: Press, view: PastView, width: float) -> tuple[Sheet, ...]:
    """Return the rows of what is kept of a notice that hangs no longer."""
    panel = press.panel
    edge = margin(press)
    room = width - 2 * edge
    style = Style("body", INK, leading=1.6)
    rows = [
        Sheet(room, panel.units(36)),
        flag(press, view.flag, SOFT),
        Sheet(room, panel.units(14)),
        *text_rows(press, view.title, room, Style("headline", INK, bold=True, leading=1.3, balanced=True), TITLE_BLOCK),
        Sheet(room, panel.units(8)),
        press.facts(view.facts, room, Style("label", SOFT, leading=1.5)),
        Sheet(room, panel.units(28)),
    ]  # fmt: skip
    for line in view.lines:
        rows += [*text_rows(press, line, room, style, NO_BLOCK), Sheet(room, panel.units(16))]
    if view.opens:
        words = Style("body", INK, bold=True, leading=1.3, align="centre")
        rows.append(text_key(press, view.key, view.opens, room, panel.target(120), words))
    return tuple(beside((edge, 0, row), width=width, height=row.height) for row in rows)


def _row(press: Press, views: Sequence[KeyView], width: float, height: float, gap: float) -> Sheet:
    each = (width - gap * (len(views) - 1)) / len(views)
    drawn = [
        text_key(press, view.label, view.intention, each, height, _LETTER)
        if len(view.label) == 1
        else key(press, view, each, height)
        for view in views
    ]
    placed = [(number * (each + gap), 0.0, one) for number, one in enumerate(drawn)]
    return beside(*placed, width=width, height=height)


def _field_height(press: Press) -> int:
    return round(press.size(_LETTER) * _LETTER.leading) + press.panel.units(10)


def _field(press: Press, view: SearchView, width: float, height: float) -> Sheet:
    """Return what was typed in a frame, with a mark where the next letter goes."""
    panel = press.panel
    height = min(height, panel.target(110))
    inside, thick = panel.units(24), panel.units(6)
    style = Style("title", INK, bold=True, leading=1.2, most=1, scaled=False)
    text = view.typed
    if not text:
        text, style = view.prompt, Style("label", SOFT, leading=1.3, most=1, scaled=False)
    words = press.block(text, width - 3 * inside, style)
    end = inside + (press.width(text, style) + thick if view.typed else -2 * thick)
    marks: list[Mark] = [
        Fill(0, 0, width, height, WHITE, panel.units(18)),
        Frame(0, 0, width, height, BLUE, thick, panel.units(18)),
        *(moved(mark, inside, (height - words.height) / 2) for mark in words.marks),
    ]
    if end < width - inside:
        marks.append(Fill(end, height * 0.25, thick / 2, height * 0.5, BLUE))
    return Sheet(width, height, tuple(marks))


def _pages(press: Press, view: SearchView, width: float, height: float) -> tuple[Sheet, ...]:
    """Return the results in pages: under the count as many as fit, at least one."""
    gap = press.panel.gap(18)
    head = press.block(view.words, width, Style("body", INK, bold=True, leading=1.4, scaled=False))
    if not view.cards:
        return (_hint(press, view, head, width, height),)
    pages, rows = [], [head]
    for one in _fitting(press, view.cards, width, height - head.height - gap):
        if len(rows) > 1 and _tall([*rows, one], gap) > height:
            pages.append(stack(rows, gap=gap, width=width))
            rows = [head]
        rows.append(one)
    return (*pages, stack(rows, gap=gap, width=width))


def _fitting(press: Press, cards: Sequence[Card], width: float, height: float) -> Iterator[Sheet]:
    """Yield the cards; one too tall for a page in letters of the first size, or its title alone."""
    plain = Press(press.panel, press.measure)
    for one in cards:
        tint = SOFT if isinstance(one.opens.place, AtPast) else RED
        bare = replace(one, facts=())
        tried = (card(set_, view, width, tint) for set_, view in ((press, one), (plain, one)))
        yield next((one for one in tried if one.height <= height), card(plain, bare, width, tint))


def _hint(press: Press, view: SearchView, head: Sheet, width: float, height: float) -> Sheet:
    """Return what to do where nothing is found yet: as much of it as there is room for."""
    gap = press.panel.units(20)
    examples = _examples(press, view, width)
    for step in range(press.text_step, -1, -1):  # the example counts more than large letters
        first, *others = (
            replace(press, text_step=step).block(text, width, _HINT) for text in view.hint
        )
        rows = [head, first]
        if _tall([*rows, examples], gap) <= height:
            break
    for one in (examples, *others):
        if one.height and _tall([*rows, one], gap) <= height:
            rows.append(one)
    return stack(rows, gap=gap, width=width)


def _examples(press: Press, view: SearchView, width: float) -> Sheet:
    """Return words with the letter to press below each character."""
    cell = press.size(_LETTER) * 1.4
    gap = press.panel.units(70)
    placed: list[tuple[float, float, Sheet]] = []
    x = 0.0
    for words, letters in view.examples:
        if x and x + cell * len(words) > width:
            break
        for character, letter in zip(words, letters, strict=True):
            column = (
                press.block(one, cell, style)
                for one, style in ((character, _LETTER), (letter, _PRESSED))
            )
            placed.append((x, 0.0, stack(column)))
            x += cell
        x += gap
    return beside(*placed, width=width, height=placed[0][2].height if placed else 0)


def _tall(rows: Sequence[Sheet], gap: float) -> float:
    return sum(row.height for row in rows) + gap * (len(rows) - 1)
