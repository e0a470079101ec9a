"""A ledger's page: what stands at its top, its rows or its months, and the keys that sift it."""

from dataclasses import replace
from typing import Final

from kiosk.present.ledger import LedgerView, SiftKey
from kiosk.present.months import MonthView, month_mark
from kiosk.present.parts import Amount
from kiosk.ui.panel import Step
from kiosk.ui.sheets.bars import bars
from kiosk.ui.sheets.body import text_sheet
from kiosk.ui.sheets.chrome import margin
from kiosk.ui.sheets.entries import Entries
from kiosk.ui.sheets.ink import Fill, Hold, Mark, Sheet, Stroke, Touch, beside, moved, stack
from kiosk.ui.sheets.pages import NOT_STICKY, Sticky
from kiosk.ui.sheets.pieces import badge, marked, plate, reading_hold
from kiosk.ui.sheets.press import SEPARATOR, Press, Style
from kiosk.ui.theme import BLUE, HAIRLINE, INK, PAPER, RED, SOFT, WHITE

_TOTAL_STEPS: tuple[Step, ...] = ("table", "label")
_TICK: Final = (0.0, 0.55, 0.36, 0.9, 1.0, 0.1)


def ledger_page(
    press: Press, view: LedgerView, entries: Entries, width: float
) -> tuple[Sheet, tuple[Sheet, ...], Sticky]:
    """Return the column names, all rows, and where among these the names stand, to stay in sight.

    `entries` are all of the ledger; months have no column names.
    """
    edge = margin(press)
    head = tuple(
        beside((edge, 0, piece), width=width, height=piece.height, with_next=piece.with_next)
        for piece in _head(press, view, width - 2 * edge)
    )
    end = Sheet(width, press.panel.units(20))
    if view.months:
        rows = tuple(_month(press, one, width, number) for number, one in enumerate(view.months))
        return Sheet(width, 0), (*head, *rows, end), NOT_STICKY
    names = entries.names
    rows = tuple(entries.rows[number] for number in view.shown)
    top = sum(piece.height for piece in head)
    return names, (*head, replace(names, with_next=True), *rows, end), Sticky(top, names.height)


def sift_bar(press: Press, keys: tuple[SiftKey, ...], width: float) -> Sheet:
    """Return the keys that show a part of the ledger, with what that comes to."""
    panel = press.panel
    edge, gap = margin(press), panel.gap()
    # An entry leaves half a gap below it.
    around = max(panel.units(6), -(-gap // 2)) if panel.landscape else panel.units(14)
    each = (width - 2 * edge - gap * (len(keys) - 1)) / len(keys)
    # Upright the totals stand above.
    amounts = panel.landscape and all(
        press.width(SEPARATOR.join(key.facts), _FACT) <= each for key in keys
    )
    faces = [_sift_words(press, one, each, amounts=amounts) for one in keys]
    height = max(panel.target(90), *(face.height + panel.units(8) for face in faces))
    placed = [
        (edge + number * (each + gap), around, _sift_key(press, key, words, each, height))
        for number, (key, words) in enumerate(zip(keys, faces, strict=True))
    ]
    whole = height + 2 * around
    drawn = beside(*placed, width=width, height=whole)
    ground = (Fill(0, 0, width, whole, PAPER), Fill(0, 0, width, panel.units(3), HAIRLINE))
    return Sheet(width, whole, (*ground, *drawn.marks), drawn.touches)


_FACT: Final = Style("least", INK, leading=1.2, align="centre", scaled=False)


def _sift_words(press: Press, key: SiftKey, width: float, *, amounts: bool) -> Sheet:
    ink = WHITE if key.held else INK
    label = Style("label", ink, bold=True, leading=1.3, align="centre", scaled=False)
    facts = key.facts if amounts else key.facts[:1]
    words = press.block(key.label, width, label)
    free = (width - press.width(key.label, label)) / 2
    side = min(press.panel.units(22), free * 0.6)
    if key.held and side > 0:
        left = free - 1.3 * side
        points = tuple(
            (left if at % 2 == 0 else (words.height - side) / 2) + value * side
            for at, value in enumerate(_TICK)
        )
        tick = Stroke(points, ink, side / 5)
        words = Sheet(words.width, words.height, (*words.marks, tick))
    figures = [press.facts(facts, width, replace(_FACT, colour=ink))] if facts else []
    return stack((words, *figures), width=width)


def _sift_key(press: Press, key: SiftKey, words: Sheet, width: float, height: float) -> Sheet:
    marks = (
        *plate(press, width, height, BLUE if key.held else WHITE),
        *(moved(mark, 0, (height - words.height) / 2) for mark in words.marks),
    )
    return Sheet(width, height, marks, (Touch(0, 0, width, height, key.label, key.sifts),))


def _head(press: Press, view: LedgerView, width: float) -> tuple[Sheet, ...]:
    """Return what stands above the entries in pieces: large text needs more than a page for it."""
    if press.panel.landscape:
        return (_low_head(press, view, width),)
    gap, title = press.panel.units(12), Style("title", INK, bold=True, leading=1.35, balanced=True)
    above = stack(
        (
            Sheet(width, 2 * gap),
            badge(press, view.badge),
            Sheet(width, gap),
            text_sheet(press, view.title, width, title),
            press.facts(view.meta, width, Style("label", SOFT, leading=1.5)),
            Sheet(width, gap),
        ),
        width=width,
    )
    if view.months:
        return (above,)
    found = Style("table", INK, bold=True, leading=1.5, balanced=True)
    words = press.block(view.sum, width, found) if view.sum else Sheet(width, 0)
    return above, words, _totals(press, view, width), Sheet(width, gap)


def _low_head(press: Press, view: LedgerView, width: float) -> Sheet:
    """Return the head of a low screen: the keys below say the totals, so here they needn't stand."""
    title = Style("table", INK, bold=True, leading=1.3, balanced=True)
    style = Style("least", SOFT, leading=1.3)
    opening, *_, closing = view.totals
    balances = [f"{one.label} {one.amount}" for one in (opening, closing)]
    facts = [view.sum, view.meta[0]] if view.sum else [view.badge.name, *view.meta, *balances]
    if not view.sum and press.width(SEPARATOR.join(facts), style) > width:
        del facts[0]  # the title tells the category as well
    words = Sheet(width, 0) if view.months else press.facts(facts, width, style)
    hold = Hold(view.block, -1, 0, 0, 0, 0, width, words.height)
    return stack(
        (
            Sheet(width, press.panel.units(6)),
            text_sheet(press, view.title, width, title),
            Sheet(width, words.height, words.marks, holds=(hold,)),
            Sheet(width, press.panel.units(6)),
        ),
        width=width,
    )


def _totals(press: Press, view: LedgerView, width: float) -> Sheet:
    """Return the four totals on ink: in one line, or in two where they wouldn't fit."""
    label = Style("least", PAPER, leading=1.4, align="centre")
    for step in _TOTAL_STEPS:
        amount = Style(step, PAPER, bold=True, leading=1.3, align="centre")
        least = max(press.width(one.amount, amount) for one in view.totals) + press.panel.units(12)
        if least * 4 <= width:
            break
    columns = 4 if least * 4 <= width else 2 if least * 2 <= width else 1
    each = width / columns
    cells = [_total(press, one, each, label, amount) for one in view.totals]
    apart = press.panel.units(16)
    tall = max(cell.height for cell in cells) + apart
    inside = press.panel.units(14)
    placed = [  # on one line the figures, below labels of one line or two
        (
            (number % columns) * each,
            inside + (number // columns + 1) * tall - apart - cell.height,
            cell,
        )
        for number, cell in enumerate(cells)
    ]
    height = 2 * inside + tall * (len(cells) // columns) - apart
    drawn = beside(*placed, width=width, height=height)
    ground = Fill(0, 0, width, height, INK, press.panel.units(18))
    thin = press.panel.units(2)
    parted = tuple(
        Fill(at * each, 2 * inside, thin, height - 4 * inside, HAIRLINE) for at in range(1, columns)
    )
    hold = replace(reading_hold(press, width, height, ""), block=view.block)
    return Sheet(width, height, (ground, *parted, *drawn.marks), holds=(hold,))


def _total(press: Press, total: Amount, width: float, label: Style, amount: Style) -> Sheet:
    return stack((press.block(total.label, width, label), press.block(total.amount, width, amount)))


def _month(press: Press, month: MonthView, width: float, number: int) -> Sheet:
    """Return one period: its name, and three bars with their amounts at the right."""
    panel, edge = press.panel, margin(press)
    inside = panel.units(12 if panel.landscape else 22)
    name = press.block(month.name, width - 2 * edge, Style("table", INK, bold=True, leading=1.3))
    lines = bars(press, month.bars, width - 2 * edge)
    words = stack((name, lines), gap=panel.units(4))
    height = words.height + 2 * inside
    ground: list[Mark] = [
        Fill(edge, height - panel.units(2), width - 2 * edge, panel.units(2), HAIRLINE)
    ]
    if month.here:
        ground.append(Fill(edge / 2, inside, panel.units(10), height - 2 * inside, RED))
    marks = (*ground, *(moved(mark, edge, inside) for mark in words.marks))
    return marked(Sheet(width, height, marks), month_mark(number))
