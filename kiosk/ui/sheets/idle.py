"""The idle board's sheet, and the one that stands when there is nothing to show."""

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Final

from kiosk.present.idle import EmptyView, IdleView
from kiosk.present.parts import number_columns
from kiosk.ui.panel import PASSING_MM, Step
from kiosk.ui.sheets.body import table_rows
from kiosk.ui.sheets.chrome import margin
from kiosk.ui.sheets.columns import columns
from kiosk.ui.sheets.ink import Fill, Frame, Photo, Sheet, Touch, beside, stack
from kiosk.ui.sheets.pieces import KEY_WORDS, badge, flagged, instead, key, stamps
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.sheets.totals import totals
from kiosk.ui.theme import BLUE, HAIRLINE, INK, RED, SAND, SOFT
from sync.notices import Picture, Table

MOST_ROWS: Final = 12  # of a table: more never fit
_EXCERPT_STEPS: tuple[tuple[Step, int], ...] = (  # each with a step of larger text
    ("headline", 1), ("headline", 0), ("title", 0), ("body", 0),
)  # fmt: skip
_KEPT_SHARE: Final = 0.55  # of a text, at least, that is cut at the end of a sentence
_TITLE_STEPS: tuple[Step, ...] = ("poster", "headline", "title")
_HINT_STEPS: tuple[Step, ...] = ("title", "body", "table", "label")
_LEAST_LINES: Final = 2  # of a text that goes on: fewer say nothing
_HOLD_SHARE: Final = 0.22  # of the width
_ENDS: Final = "。！？；\n"
_LONELY: Final = re.compile(r"\n?[（(]?[0-9一二三四五六七八九十]{1,3}[.、．)）]?\s*$")


def idle(press: Press, view: IdleView, width: float, height: float) -> Sheet:
    """Return one notice's turn, filling `width` × `height` px; a touch anywhere above opens it."""
    panel = press.panel
    edge = margin(press)
    foot = _foot(press, view, width - 2 * edge)
    top, gap = panel.units(32 if panel.landscape else 56), panel.gap(24)
    room = height - foot.height - top - gap
    fill = _wide if panel.landscape else _tall
    upper = fill(press, view, width - 2 * edge, room)
    placed = beside(
        (edge, top, upper), (edge, height - foot.height, foot), width=width, height=height
    )
    opens = Touch(0, 0, width, height - foot.height - gap, view.title, view.opens)
    return Sheet(width, height, placed.marks, (*placed.touches, opens))


def empty(press: Press, view: EmptyView, width: float, height: float) -> Sheet:
    """Return the sheet that says why there is nothing, and what the caretaker must do."""
    edge = margin(press)
    room = width - 2 * edge
    words = stack(
        (
            press.block(
                view.title,
                room,
                Style("poster", INK, bold=True, leading=1.3, align="centre", balanced=True),
            ),
            *(
                press.block(
                    line, room, Style("title", SOFT, leading=1.5, align="centre", balanced=True)
                )
                for line in view.lines
            ),
        ),
        gap=press.panel.units(32),
    )
    return beside((edge, (height - words.height) * 0.42, words), width=width, height=height)


def _tall(press: Press, view: IdleView, width: float, height: float) -> Sheet:
    gap = press.panel.units(28)
    seals = stamps(press, view.stamps, width)
    head = _head(press, view, width, height - seals.height - gap)
    room = height - head.height - seals.height - 2 * gap
    upper = stack((head, _matter(press, view, width, room)), gap=gap, width=width)
    return beside((0, 0, upper), (0, height - seals.height, seals), width=width, height=height)


def _wide(press: Press, view: IdleView, width: float, height: float) -> Sheet:
    gap = press.panel.units(64)
    left = width * 0.54
    seals, apart = stamps(press, view.stamps, left), press.panel.units(24)
    head = _head(press, view, left, height - seals.height - apart)
    matter = _matter(press, view, width - left - gap, height)
    return beside(
        (0, 0, head),
        (0, height - seals.height, seals),
        (left + gap, 0, matter),
        width=width,
        height=height,
    )


def _head(press: Press, view: IdleView, width: float, height: float) -> Sheet:
    """Return badge, headline and term: in the largest headline of three lines that has room.

    Above a ledger's picture two lines are enough, if passers-by still can read what is smaller;
    a long one has four lines before it gets too small for them.
    """
    passing = press.size(Style("headline")) >= press.panel.mm(PASSING_MM)
    least = 2 if view.kinds and passing else 3
    soft = Style("body", SOFT, leading=1.5)
    for step in _TITLE_STEPS:
        title = Style(step, INK, bold=True, leading=1.25, most=4, balanced=True)
        head = stack(
            (
                flagged(press, badge(press, view.badge), view.flag),
                Sheet(width, press.panel.units(18)),
                press.block(view.title, width, title),
                Sheet(width, press.panel.units(12)),
                *(press.block(line, width, soft) for line in view.lines),
            ),
            width=width,
        )
        most = 4 if step == "headline" and not view.kinds else least
        whole = press.widest_word(view.title, title) <= width
        lines = len(press.lines(view.title, width, title))
        if whole and lines <= most and head.height <= height:
            break
    return head


def _matter(press: Press, view: IdleView, width: float, height: float) -> Sheet:
    gap = press.panel.units(24)
    pieces = [totals(press, view, width, height)] if view.amounts else []
    room = height - sum(piece.height + gap for piece in pieces)
    table = _legible(press, view.table, width) if view.table else None
    if view.picture and not table and room > height / 3:
        pieces.append(
            _picture(
                press, view.picture, view.missing, width, room * (0.62 if view.excerpt else 1.0)
            )
        )
        room -= pieces[-1].height + gap
    text = _excerpt(press, view, width, room * (0.5 if table else 1.0))
    if text.height:
        pieces.append(text)
        room -= text.height + gap
    if table:
        rows = table_rows(press, table.header, table.rows[:MOST_ROWS], number_columns(table), width)
        pieces.append(_first_rows(rows, width, room))
    return stack(pieces, gap=gap, width=width)


def _legible(press: Press, table: Table, width: float) -> Table | None:
    """Return the table, or of a wide one who gets which amounts, at least the last of them."""
    parts = [sorted({0, *table.money}), sorted({0, *table.money[-1:]})] if table.money else []
    tables = (table, *(_of_columns(table, kept) for kept in parts))
    return next((one for one in tables if _keeps_figures(press, one, width)), None)


def _of_columns(table: Table, kept: list[int]) -> Table:
    rows = tuple(tuple(row[at] for at in kept) for row in table.rows)
    money = tuple(at for at, column in enumerate(kept) if column in table.money)
    return Table(tuple(table.header[at] for at in kept), rows, caption=table.caption, money=money)


def _keeps_figures(press: Press, table: Table, width: float) -> bool:
    """Tell whether the columns are wide enough: passers-by would read a broken figure as two."""
    style = Style("table", bold=True)
    rows = (table.header, *table.rows[:MOST_ROWS])
    inside = 2 * press.panel.units(8) + 1
    return columns(press, rows, (style,) * len(rows), width, inside) is not None


def _picture(press: Press, picture: Picture, missing: str, width: float, height: float) -> Sheet:
    scale = min(width / picture.width, height / picture.height)
    wide, tall = picture.width * scale, picture.height * scale
    words = instead(press, missing, wide, tall)
    return Sheet(width, tall, (Photo(0, 0, wide, tall, picture.blob, instead=words),))


def _excerpt(press: Press, view: IdleView, width: float, height: float) -> Sheet:
    """Return the beginning of the text: large if all of it fits, else as much as there is room for."""
    text = "\n".join(view.excerpt)
    for step, larger in _EXCERPT_STEPS:
        style, set_ = Style(step, INK, leading=1.6), replace(press, text_step=larger)
        sheet = _paragraphs(set_, text, width, style, view.headings)
        if sheet.height <= height:
            return sheet
    most = int(height // round(press.size(style) * style.leading))
    if not text or most < _LEAST_LINES:
        return Sheet(width, 0)
    lines = press.lines(text, width, style)[:most]
    whole = whole_sentences(text[: lines[-1].end], view.headings)
    if whole:
        return _paragraphs(press, whole, width, style, view.headings)
    shown = press.lines(text, width, replace(style, most=most))
    cut = text[: shown[-1].start] + shown[-1].text
    return _paragraphs(press, cut, width, style, view.headings)


def _paragraphs(
    press: Press, text: str, width: float, style: Style, headings: Collection[str]
) -> Sheet:
    """Return the paragraphs of a text one below the other, those that are headings in bold."""
    return stack(
        (press.block(one, width, replace(style, bold=one in headings)) for one in text.split("\n")),
        width=width,
    )


def whole_sentences(text: str, headings: Collection[str] = ()) -> str:
    """Return `text` up to its last whole sentence; empty if too much of it would go.

    The mark of a list's next item or a heading, left alone at the end, isn't a sentence.
    """
    end = max(text.rfind(mark) for mark in _ENDS) + 1
    lines = _LONELY.sub("", text[:end].rstrip()).split("\n")
    while lines and lines[-1] in headings:
        lines.pop()
    kept = "\n".join(lines)
    return kept if len(kept) >= len(text) * _KEPT_SHARE else ""


def _first_rows(rows: tuple[Sheet, ...], width: float, height: float) -> Sheet:
    kept: list[Sheet] = []
    for row in rows:
        height -= row.height
        if height < 0:
            break
        kept.append(row)
    return stack(kept if len(kept) > 1 else (), width=width)


def _foot(press: Press, view: IdleView, width: float) -> Sheet:
    """Return the place in the round, what a touch does, and the key that holds the turn."""
    panel = press.panel
    gap = panel.gap(20)
    height = panel.target(112)
    least = press.width(view.hold.label, KEY_WORDS) + panel.units(32)
    hold = key(press, view.hold, max(width * _HOLD_SHARE, height, least), height)
    room = width - hold.width - gap
    hint = press.block(view.hint, room, _hint(press, view.hint, room))
    thick = panel.units(14)
    done = max(width * view.number / view.all, thick)
    bar = (
        Fill(0, 0, width, thick, SAND, thick / 2),
        Frame(0, 0, width, thick, HAIRLINE, panel.units(2), thick / 2),
        Fill(0, 0, done, thick, RED, thick / 2),
    )
    below = thick + panel.units(16)
    keys = beside(
        (0, below + (height - hint.height) / 2, hint),
        (width - hold.width, below, hold),
        width=width,
        height=below + height + panel.units(20),
    )
    opens = Touch(0, below, room, height, view.hint, view.opens)
    return Sheet(width, keys.height, (*bar, *keys.marks), (opens, *keys.touches))


def _hint(press: Press, words: str, width: float) -> Style:
    for step in _HINT_STEPS:  # the largest that needs one line, else two of the smallest
        style = Style(step, BLUE, bold=True, leading=1.3, align="centre")
        if press.width(words, style) <= width:
            break
    return style
