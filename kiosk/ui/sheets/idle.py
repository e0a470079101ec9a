"""The idle board's sheet, and the one that stands when there is nothing to show."""

from dataclasses import replace
from typing import Final

from kiosk.present.idle import EmptyView, IdleView
from kiosk.present.parts import Amount, number_columns
from kiosk.ui.panel import Step
from kiosk.ui.sheets.body import table_rows
from kiosk.ui.sheets.chrome import margin
from kiosk.ui.sheets.columns import columns
from kiosk.ui.sheets.ink import Fill, Photo, Sheet, Touch, beside, stack
from kiosk.ui.sheets.pieces import amount_boxes, badge, flagged, stamps
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.theme import BLUE, HAIRLINE, INK, RED, SOFT
from sync.notices import Picture, Table

MOST_ROWS: Final = 12  # of a table: more never fit
_EXCERPT_STEPS: tuple[Step, ...] = ("headline", "title", "body")
_TITLE_STEPS: tuple[Step, ...] = ("poster", "headline", "title")


def idle(press: Press, view: IdleView, width: float, height: float) -> Sheet:
    """Return one notice's turn, filling `width` × `height` px; a touch anywhere opens it."""
    panel = press.panel
    edge = margin(press)
    foot = _foot(press, view, width - 2 * edge)
    room = height - foot.height - panel.units(48)
    if panel.landscape:
        upper = _wide(press, view, width - 2 * edge, room - panel.units(40))
    else:
        upper = _tall(press, view, width - 2 * edge, room - panel.units(64))
    top = panel.units(40 if panel.landscape else 64)
    placed = beside(
        (edge, top, upper), (edge, height - foot.height, foot), width=width, height=height
    )
    return Sheet(width, height, placed.marks, (Touch(0, 0, width, height, view.title, view.opens),))


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
    head = _head(press, view, width)
    seals = stamps(press, view.stamps, width)
    room = height - head.height - seals.height - 2 * gap
    return stack((head, _matter(press, view, width, room), seals), gap=gap, width=width)


def _wide(press: Press, view: IdleView, width: float, height: float) -> Sheet:
    gap = press.panel.units(64)
    left = width * 0.54
    seals = stamps(press, view.stamps, left)
    head = stack((_head(press, view, left), seals), gap=press.panel.units(28), width=left)
    matter = _matter(press, view, width - left - gap, height)
    return beside(
        (0, 0, head), (left + gap, 0, matter), width=width, height=max(head.height, matter.height)
    )


def _head(press: Press, view: IdleView, width: float) -> Sheet:
    soft = Style("body", SOFT, leading=1.6)
    for step in _TITLE_STEPS:  # the largest headline that needs no more than three lines
        title = Style(step, INK, bold=True, leading=1.25, most=4, balanced=True)
        if len(press.lines(view.title, width, title)) <= 3:
            break
    return stack(
        (
            flagged(press, badge(press, view.badge), view.flag),
            Sheet(width, press.panel.units(20)),
            press.block(view.title, width, title),
            Sheet(width, press.panel.units(16)),
            *(press.block(line, width, soft) for line in view.lines),
        ),
        width=width,
    )


def _matter(press: Press, view: IdleView, width: float, height: float) -> Sheet:
    gap = press.panel.units(24)
    pieces = [_amounts(press, view.amounts, width)] if view.amounts else []
    room = height - sum(piece.height + gap for piece in pieces)
    if view.picture and not view.table and room > height / 3:
        pieces.append(_picture(view.picture, width, room * (0.62 if view.excerpt else 1.0)))
        room -= pieces[-1].height + gap
    text = _excerpt(press, "\n".join(view.excerpt), width, room * (0.5 if view.table else 1.0))
    if text.height:
        pieces.append(text)
        room -= text.height + gap
    if view.table and _keeps_figures(press, view.table, width):
        table = view.table
        rows = table_rows(press, table.header, table.rows[:MOST_ROWS], number_columns(table), width)
        pieces.append(_first_rows(rows, width, room))
    return stack(pieces, gap=gap, width=width)


def _keeps_figures(press: Press, table: Table, width: float) -> bool:
    """Tell whether the columns are wide enough: passers-by would read a broken figure as two."""
    style = Style("table", bold=True)
    rows = (table.header, *table.rows[:MOST_ROWS])
    inside = 2 * press.panel.units(8) + 1
    return columns(press, rows, (style,) * len(rows), width, inside) is not None


def _picture(picture: Picture, width: float, height: float) -> Sheet:
    scale = min(width / picture.width, height / picture.height)
    wide, tall = picture.width * scale, picture.height * scale
    return Sheet(width, tall, (Photo(0, 0, wide, tall, picture.blob),))


def _excerpt(press: Press, text: str, width: float, height: float) -> Sheet:
    """Return the beginning of the text: large if all of it fits, else as much as there is room for."""
    for step in _EXCERPT_STEPS:
        style = Style(step, INK, leading=1.6)
        sheet = press.block(text, width, style)
        if sheet.height <= height:
            return sheet
    most = int(height // round(press.size(style) * style.leading))
    return (
        press.block(text, width, replace(style, most=most))
        if text and most > 0
        else Sheet(width, 0)
    )


def _first_rows(rows: tuple[Sheet, ...], width: float, height: float) -> Sheet:
    kept: list[Sheet] = []
    for row in rows:
        height -= row.height
        if height < 0:
            break
        kept.append(row)
    return stack(kept if len(kept) > 1 else (), width=width)


def _amounts(press: Press, amounts: tuple[Amount, ...], width: float) -> Sheet:
    gap = press.panel.units(28)
    *small, large = amounts
    each = (width - gap * (len(small) - 1)) / len(small)
    boxes = amount_boxes(press, tuple(small), each, "title")
    row = beside(
        *((number * (each + gap), 0.0, box) for number, box in enumerate(boxes)),
        width=width,
        height=max(box.height for box in boxes),
    )
    return stack((row, *amount_boxes(press, (large,), width, "headline")), gap=gap, width=width)


def _foot(press: Press, view: IdleView, width: float) -> Sheet:
    panel = press.panel
    hint = press.block(
        view.hint, width, Style("title", BLUE, bold=True, leading=1.4, align="centre")
    )
    thick = panel.units(14)
    done = max(width * view.number / view.all, thick)
    bar = (
        Fill(0, 0, width, thick, HAIRLINE, thick / 2),
        Fill(0, 0, done, thick, RED, thick / 2),
    )
    return stack(
        (
            hint,
            Sheet(width, panel.units(20)),
            Sheet(width, thick, bar),
            Sheet(width, panel.units(32)),
        ),
        width=width,
    )
