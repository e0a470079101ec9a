"""A ledger's page: what stays at the top, and one row for every entry."""

from dataclasses import dataclass, replace

from kiosk.present.ledger import EntryView, LedgerView
from kiosk.present.parts import Amount
from kiosk.ui.panel import Step
from kiosk.ui.sheets.body import text_sheet
from kiosk.ui.sheets.chrome import margin
from kiosk.ui.sheets.ink import Fill, Hold, Mark, Sheet, Touch, beside, moved, stack
from kiosk.ui.sheets.pieces import badge, flag
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.theme import BLUE, GREEN, HAIRLINE, INK, ON_SAND, PAPER, RED, SAND, SOFT

_TOTAL_STEPS: tuple[Step, ...] = ("table", "label")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns stand, in px: the left edge of day and item, the right of the amounts."""

    day: float
    item: float
    income: float
    expense: float
    item_width: float


def ledger_page(press: Press, view: LedgerView, width: float) -> tuple[Sheet, tuple[Sheet, ...]]:
    """Return the column names, which stay in sight, and all rows; names are the second row."""
    edge = margin(press)
    room = width - 2 * edge
    columns = _columns(press, view, room)
    head = _head(press, view, room)
    names = _names(press, view, columns, room)
    rows = [
        _entry(press, view, number, entry, columns, room)
        for number, entry in enumerate(view.entries)
    ]
    rows.append(Sheet(room, press.panel.units(20)))
    return (
        _within(names, edge, width),
        tuple(_within(row, edge, width) for row in (head, replace(names, with_next=True), *rows)),
    )


def _within(sheet: Sheet, edge: float, width: float) -> Sheet:
    return beside((edge, 0, sheet), width=width, height=sheet.height, with_next=sheet.with_next)


def _head(press: Press, view: LedgerView, width: float) -> Sheet:
    return stack(
        (
            Sheet(width, press.panel.units(32)),
            badge(press, view.badge),
            Sheet(width, press.panel.units(12)),
            text_sheet(
                press,
                view.title,
                width,
                Style("title", INK, bold=True, leading=1.35, balanced=True),
            ),
            press.facts(view.meta, width, Style("label", SOFT, leading=1.5)),
            Sheet(width, press.panel.units(14)),
            _totals(press, view, width),
            Sheet(width, press.panel.units(20)),
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
    tall = cells[0].height + press.panel.units(16)
    inside = press.panel.units(14)
    placed = [
        ((number % columns) * each, inside + (number // columns) * tall, cell)
        for number, cell in enumerate(cells)
    ]
    height = 2 * inside + tall * (len(cells) // columns) - press.panel.units(16)
    drawn = beside(*placed, width=width, height=height)
    ground = Fill(0, 0, width, height, INK, press.panel.units(18))
    hold = Hold(view.block, -1, 0, 0, 0, height - press.panel.units(8), width, press.panel.units(8))
    return Sheet(width, height, (ground, *drawn.marks), holds=(hold,))


def _total(press: Press, total: Amount, width: float, label: Style, amount: Style) -> Sheet:
    return stack((press.block(total.label, width, label), press.block(total.amount, width, amount)))


def _columns(press: Press, view: LedgerView, width: float) -> Columns:
    inside = press.panel.units(16)
    cell, bold = Style("table"), Style("table", bold=True)
    day = press.width("00-00", cell)
    income = max(
        [
            press.width(view.header[2], bold),
            *(press.width(one.income, bold) for one in view.entries),
        ]
    )
    expense = max(
        [
            press.width(view.header[3], bold),
            *(press.width(one.expense, bold) for one in view.entries),
        ]
    )
    gap = press.panel.units(24)
    item = inside + day + gap
    right = width - inside
    if (right - item - income - expense) < press.size(cell) * 5:
        return Columns(inside, item, right, right, right - item - max(income, expense) - 2 * gap)
    between = right - expense - gap
    return Columns(inside, item, between, right, between - income - gap - item)


def _names(press: Press, view: LedgerView, columns: Columns, width: float) -> Sheet:
    style = Style("label", ON_SAND, bold=True, leading=1.4)
    height = round(press.size(style) * 1.4) + 2 * press.panel.units(16)
    day, item, income, expense = view.header
    one_column = columns.income == columns.expense
    words: list[tuple[float, str]] = [(columns.day, day), (columns.item, item)]
    if one_column:
        both = f"{income} / {expense}"
        words.append((columns.expense - press.width(both, style), both))
    else:
        words.append((columns.income - press.width(income, style), income))
        words.append((columns.expense - press.width(expense, style), expense))
    marks: list[Mark] = [Fill(0, 0, width, height, SAND)]
    for x, text in words:
        marks.extend(
            moved(mark, x, press.panel.units(16)) for mark in press.block(text, width, style).marks
        )
    return Sheet(width, height, tuple(marks))


def _entry(
    press: Press, view: LedgerView, number: int, entry: EntryView, columns: Columns, width: float
) -> Sheet:
    cell = Style("table", INK, leading=1.35, balanced=True)
    item = press.block(entry.item, columns.item_width, cell)
    details = press.facts(
        entry.details,
        width - columns.item - press.panel.units(16),
        Style("least", SOFT, leading=1.4),
    )
    tag = flag(press, view.photo, BLUE) if entry.photo else Sheet(0, 0)
    inside = press.panel.units(14)
    below = stack((details, tag), gap=press.panel.units(6)) if entry.photo else details
    height = item.height + below.height + 2 * inside
    if entry.photo:
        height = max(height, press.panel.target(0))
    line = press.size(cell) * cell.leading
    marks: list[Mark] = [
        Fill(0, height - press.panel.units(2), width, press.panel.units(2), HAIRLINE)
    ]
    marks.extend(
        moved(mark, columns.day, inside) for mark in press.block(entry.day, width, cell).marks
    )
    marks.extend(moved(mark, columns.item, inside) for mark in item.marks)
    marks.extend(moved(mark, columns.item, inside + item.height) for mark in below.marks)
    for text, right, colour in (
        (entry.income, columns.income, GREEN),
        (entry.expense, columns.expense, RED),
    ):
        style = Style("table", colour, bold=True, leading=1.35)
        amount = press.block(text, line * 20, style) if text else Sheet(0, 0)
        marks.extend(moved(mark, right - press.width(text, style), inside) for mark in amount.marks)
    touches = (Touch(0, 0, width, height, entry.item, entry.photo),) if entry.photo else ()
    return Sheet(
        width, height, tuple(marks), touches, (Hold(view.block, number, 0, 0, 0, 0, width, height),)
    )
