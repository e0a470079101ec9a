"""The rows of a notice's page: text, tables, pictures and ledger totals, a few lines a row."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product, takewhile
from math import inf
from typing import Final

from kiosk.present.notice import (
    Banner,
    LedgerPart,
    NoticeView,
    Part,
    PicturePart,
    TablePart,
    TextPart,
)
from kiosk.ui.panel import Step
from kiosk.ui.sheets.about import about_rows
from kiosk.ui.sheets.chrome import margin
from kiosk.ui.sheets.columns import columns
from kiosk.ui.sheets.ink import Fill, Hold, Mark, Photo, Sheet, Touch, beside, moved, stack
from kiosk.ui.sheets.pages import paginate
from kiosk.ui.sheets.pieces import amount_boxes, badge, instead, text_key
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.sheets.records import record_rows
from kiosk.ui.theme import BLUE, HAIRLINE, HIGHLIGHT, INK, ON_SAND, RED, SAND, SOFT, WHITE
from sync.notices import BANNER_BLOCK

NO_BLOCK: Final = -9  # of rows that nobody reads aloud
LINES_A_ROW: Final = 8  # measured: fewer rows cost more layout, larger ones larger redraws
_BLANKS: Final = (16, 8)  # units on both sides of a cell; less in a crowded table
_MOST_LINES: Final = 3  # of a title in its usual size
_PICTURE_SHARE: Final = 0.7  # of a page
_ASIDE_SHARE: Final = 0.5  # of the width, at most, for a picture that has its words beside it
_LEAST_PICTURE: Final = 0.32  # a touch enlarges it
_BOXES: Final[tuple[tuple[int, Step], ...]] = ((4, "body"), (2, "title"), (1, "title"))
_HEADINGS: Final[dict[int, Step]] = {1: "title", 2: "body", 3: "table"}


def notice_rows(press: Press, view: NoticeView, width: float, height: float) -> tuple[Sheet, ...]:
    """Return the rows of a notice's page, each `width` px wide with margins; `height` is the room."""
    edge = margin(press)
    room = width - 2 * edge
    title = Style("headline", bold=True, balanced=True)
    many = len(press.lines(view.title, room, title)) > _MOST_LINES
    rows, parts = _above(press, view, room, "title" if many else "headline"), view.parts
    lead = _leading_ledger(press, view, room, height)
    if lead:
        rows, parts = [*lead.rows], lead.others
    for part in parts:
        if isinstance(part, PicturePart):
            rows.append(_picture(press, part, room, _picture_room(rows, height)))
        else:
            rows.extend(_part(press, part, room, height))
    rows.extend(about_rows(press, view.about, room))
    rows.append(Sheet(room, press.panel.units(30)))
    return tuple(
        beside((edge, 0, row), width=width, height=row.height, with_next=row.with_next)
        for row in rows
    )


def _above(press: Press, view: NoticeView, width: float, step: Step) -> list[Sheet]:
    """Return what stands above the notice's own words."""
    banners = (row for banner in view.banners for row in _banner(press, banner, width))
    return [*_head(press, view, width, step), *banners]


@dataclass(frozen=True, slots=True)
class _Lead:
    """The first rows of a notice up to its ledger's key, and the parts that come after."""

    rows: tuple[Sheet, ...]
    others: tuple[Part, ...]


def _leading_ledger(press: Press, view: NoticeView, width: float, height: float) -> _Lead | None:
    """Return how the way to a ledger's entries stands on the first page; None where none belongs there.

    In its place if there is room, else before the words that go with it, and if need be in letters
    one step smaller.
    """
    before = tuple(takewhile(lambda one: isinstance(one, TextPart), view.parts))
    part, *after = view.parts[len(before) :] or (None,)
    if not isinstance(part, LedgerPart):
        return None
    gap = Sheet(width, press.panel.units(20))
    orders = (before, (*after,)), ((), (*before, *after))
    heads: tuple[Step, ...] = ("headline", "title")
    steps = (press.text_step, max(press.text_step - 1, 0))
    for step, head, (above, others) in product(steps, heads, orders):
        set_ = replace(press, text_step=step)
        words = [
            row
            for one in above
            if isinstance(one, TextPart)
            for row in _part(set_, one, width, height)
        ]
        ledger = _ledger(set_, part, width)
        rows = (*_above(set_, view, width, head), *words, *ledger, gap)
        if sum(row.height for row in rows[:-1]) <= height:
            return _Lead(rows, others)
    *totals, button = _ledger(press, part, width)
    return _Lead((*_above(press, view, width, head), button, gap, *totals, gap), others)


@lru_cache(maxsize=4)  # every key and every sentence that is heard draws the page again
def table_rows(
    press: Press,
    header: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    right: tuple[bool, ...],
    width: float,
    *,
    block: int = NO_BLOCK,
    tall: float = inf,
) -> tuple[Sheet, ...]:
    """Return a table's header and rows; a crowded one doesn't grow with the text, to stay whole.

    One with more columns than fit becomes cards, none higher than `tall` px.
    """
    for scaled, blank in product((True, False) if press.text_step else (True,), _BLANKS):
        head = Style("label", ON_SAND, bold=True, leading=1.4, scaled=scaled)
        cell = Style("table", INK, leading=1.45, scaled=scaled)
        styles, inside = (head, *(cell for _ in rows)), press.panel.units(blank)
        widths = columns(press, (header, *rows), styles, width, 2 * inside + 1)
        if widths:
            break
    else:
        return record_rows(press, header, rows, right, width, block=block, tall=tall)
    drawn = [_row(press, header, widths, right, inside, head, (block, -1))]
    drawn.extend(
        _row(press, row, widths, right, inside, cell, (block, n)) for n, row in enumerate(rows)
    )
    return tuple(drawn)


def text_rows(press: Press, text: str, width: float, style: Style, block: int) -> list[Sheet]:
    """Return a text in rows of a few lines, with every line's place for the highlight."""
    lines = press.lines(text, width, style)
    rows = []
    for first in range(0, len(lines), LINES_A_ROW):
        piece = lines[first : first + LINES_A_ROW]
        sheet = press.set_lines(piece, width, style)
        rows.append(Sheet(width, sheet.height, sheet.marks, holds=press.holds(piece, block, style)))
    return rows


def _head(press: Press, view: NoticeView, width: float, step: Step) -> list[Sheet]:
    """Return badge, title and facts as rows: in large letters they fill more than a low page."""
    title = Style(step, INK, bold=True, leading=1.3, balanced=True)
    meta = Style("label", SOFT, leading=1.5)
    above = (Sheet(width, press.panel.units(36)), badge(press, view.badge))
    below = Sheet(width, press.panel.units(16))
    return [
        replace(stack((*above, below), width=width), with_next=True),
        *(text_rows(press, view.title, width, title, -1) if view.title else ()),
        Sheet(width, press.panel.units(8)),
        *(
            text_rows(press, press.fact_lines(view.meta, width, meta), width, meta, NO_BLOCK)
            if view.meta
            else ()
        ),
        Sheet(width, press.panel.units(20)),
    ]


def text_sheet(press: Press, text: str, width: float, style: Style) -> Sheet:
    """Return a title, which is read as block -1."""
    lines = press.lines(text, width, style)
    sheet = press.set_lines(lines, width, style)
    return Sheet(width, sheet.height, sheet.marks, holds=press.holds(lines, -1, style))


def _banner(press: Press, view: Banner, width: float) -> Iterator[Sheet]:
    bad = view.tone == "bad"
    inside = press.panel.units(28)
    style = Style("table", WHITE if bad else INK, bold=True, leading=1.5)
    words = press.block(view.words, width - 2 * inside, style)
    height = words.height + 2 * press.panel.units(18)
    ground = Fill(0, 0, width, height, RED if bad else HIGHLIGHT, press.panel.units(12))
    marks = (ground, *(moved(mark, inside, press.panel.units(18)) for mark in words.marks))
    hold = Hold(BANNER_BLOCK, -1, 0, 0, 0, 0, width, height)
    yield Sheet(width, height + press.panel.units(20), marks, holds=(hold,))
    if view.opens:
        style = Style("table", INK, bold=True, leading=1.3, align="centre")
        yield text_key(press, view.key, view.opens, width, press.panel.target(110), style)
        yield Sheet(width, press.panel.units(24))


def _part(
    press: Press, part: TextPart | TablePart | LedgerPart, width: float, height: float
) -> list[Sheet]:
    gap = Sheet(width, press.panel.units(20))
    match part:
        case TextPart(block, text, 0):
            return [*text_rows(press, text, width, Style("body", INK, leading=1.6), block), gap]
        case TextPart(block, text, level):
            style = Style(_HEADINGS.get(level, "table"), INK, bold=True, leading=1.45)
            rows = text_rows(press, text, width, style, block)
            return [gap, *rows[:-1], replace(rows[-1], with_next=True)]
        case TablePart():
            caption = [_caption(press, part, width)] if part.caption else []
            table = table_rows(
                press, part.header, part.rows, part.right, width, block=part.block, tall=height
            )
            return [*caption, *table, gap]
        case LedgerPart():
            return [*_ledger(press, part, width), gap]


def _caption(press: Press, part: TablePart, width: float) -> Sheet:
    """Return a table's caption, which is read with the names of its columns."""
    words = press.block(part.caption, width, Style("label", SOFT, bold=True))
    hold = Hold(part.block, -1, 0, 0, 0, 0, width, words.height)
    return replace(words, holds=(hold,), with_next=True)


def _picture_room(rows: list[Sheet], height: float) -> float:
    """Return the px for a picture: what the page has left, or its share of a new page."""
    pages = paginate(rows, height)
    left = height - (sum(row.height for row in rows) - pages.starts[-1])
    return min(left, height) if left >= height * _LEAST_PICTURE else height * _PICTURE_SHARE


def _picture(press: Press, part: PicturePart, width: float, height: float) -> Sheet:
    """Return a picture with its words below, or beside it where it leaves room for them there."""
    below = _picture_words(press, part, width)
    wide, tall = _fitted(part, width, height - below.height - press.panel.units(30))
    gap = press.panel.units(32)
    aside = _fitted(part, width, height - press.panel.units(30))
    if aside[0] <= width * _ASIDE_SHARE:
        wide, tall = aside
        left = 0.0
        words = _picture_words(press, part, width - wide - gap, stacked=True)
        placed = (wide + gap, max((tall - words.height) / 2, 0), words)
        whole = max(tall, words.height)
    else:
        left, words = (width - wide) / 2, below
        placed = (0.0, tall + press.panel.units(8), words)
        whole = tall + words.height
    words_instead = (moved(mark, left, 0) for mark in instead(press, part.missing, wide, tall))
    photo = Photo(left, 0, wide, tall, part.blob, instead=tuple(words_instead))
    touch = Touch(photo.x, 0, wide, max(tall, press.panel.target(0)), part.caption, part.opens)
    x, y, _ = placed
    marks = (photo, *(moved(mark, x, y) for mark in words.marks))
    hold = Hold(part.block, -1, 0, 0, x, y, words.width, words.height)
    return Sheet(width, whole + press.panel.units(28), marks, (touch,), (hold,))


def _fitted(part: PicturePart, width: float, height: float) -> tuple[float, float]:
    scale = min(width / part.width, height / part.height, 3.0)
    return part.width * scale, part.height * scale


def _picture_words(
    press: Press, part: PicturePart, width: float, *, stacked: bool = False
) -> Sheet:
    """Return the caption, and that a touch enlarges the picture."""
    caption = Style("label", SOFT, leading=1.5)
    hint = replace(caption, colour=BLUE, bold=True)
    if not part.caption:
        return press.block(part.hint, width, hint)
    beside_ = press.width(part.hint, hint) + press.panel.units(36)
    if stacked or press.width(part.caption, caption) + beside_ > width:
        return stack(
            (press.block(part.caption, width, caption), press.block(part.hint, width, hint)),
            width=width,
        )
    name = press.block(part.caption, width - beside_, caption)
    words = press.block(part.hint, width, replace(hint, align="right"))
    return beside((0, 0, name), (0, 0, words), width=width, height=name.height)


def _ledger(press: Press, part: LedgerPart, width: float) -> Iterator[Sheet]:
    """Yield the totals and, as a row of its own so that a low page still has these, the key."""
    panel = press.panel
    gap = panel.units(20)
    lines = amount_boxes(press, part.totals, width, _BOXES[not panel.landscape :], gap)
    if part.period:
        period = press.block(part.period, width, Style("label", SOFT, leading=1.5))
        lines = (stack((period, lines[0]), gap=panel.units(8), width=width), *lines[1:])
    if len(lines) <= 2:
        lines = (stack(lines, gap=gap, width=width),)  # four boxes below each other fill a page
    for line in lines:
        hold = Hold(part.block, -1, 0, 0, 0, 0, width, line.height)
        yield Sheet(width, line.height + gap, line.marks, holds=(hold,))
    style = Style("body", WHITE, bold=True, leading=1.3, align="centre")
    yield text_key(press, part.key, part.opens, width, panel.target(130), style, BLUE)


def _row(
    press: Press,
    cells: tuple[str, ...],
    widths: tuple[float, ...],
    right: tuple[bool, ...],
    inside: float,
    style: Style,
    place: tuple[int, int],
) -> Sheet:
    blocks = [
        press.block(
            cell,
            width - 2 * inside,
            replace(style, align="right" if at_right else "left"),
        )
        for cell, width, at_right in zip(cells, widths, right, strict=True)
    ]
    height = max(block.height for block in blocks) + 2 * press.panel.units(16)
    marks: list[Mark] = []
    if place[1] == -1:
        marks.append(Fill(0, 0, sum(widths), height, SAND))
    else:
        marks.append(
            Fill(0, height - press.panel.units(2), sum(widths), press.panel.units(2), HAIRLINE)
        )
    x = 0.0
    for block, width in zip(blocks, widths, strict=True):
        marks.extend(moved(mark, x + inside, (height - block.height) / 2) for mark in block.marks)
        x += width
    hold = Hold(*place, 0, 0, 0, 0, sum(widths), height)
    return Sheet(sum(widths), height, tuple(marks), holds=(hold,), with_next=place[1] == -1)
