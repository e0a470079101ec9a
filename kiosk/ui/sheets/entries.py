"""The rows of a ledger: thousands of them, so each is set straight into its place. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kiosk.intentions import Home
from kiosk.present.ledger import EntryView, LedgerView
from kiosk.ui.panel import Step
from kiosk.ui.sheets.chrome import margin
from kiosk.ui.sheets.face import Face
from kiosk.ui.sheets.ink import Fill, Hold, Mark, Sheet, Touch, moved
from kiosk.ui.sheets.pieces import text_key
from kiosk.ui.sheets.press import SEPARATOR, Press, Style
from kiosk.ui.theme import BLUE, GREEN, HAIRLINE, INK, ON_SAND, RED, SAND, SOFT, WHITE
from kiosk.ui.typeset import Line

_DETAILS_SHARE: Final = 0.52  # of the room for item and details side by side, at most
_LEAST_ITEM: Final = 6  # em of an item beside its details; below that these stand under it
_LEAST_ALONE: Final = 5  # em of an item beside two columns of amounts; below that they share one


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns stand, in px: left edges and widths, of the amounts the right edges.

    `aside` says that the details stand beside the item, not under it; `key_at_end` that the voucher's
    key does so at the end of the row.
    """

    day: float
    item: float
    item_width: float
    details: float
    details_width: float
    income: float
    expense: float
    aside: bool = False
    key_at_end: bool = False


@dataclass(frozen=True, slots=True)
class Entries:
    """The column names, which stay in sight, and one row for every entry."""

    names: Sheet
    rows: tuple[Sheet, ...]


def entries(press: Press, view: LedgerView, width: float) -> Entries:
    """Return all rows of the ledger, whatever of it is shown, `width` px wide with margins."""
    setter = _Setter(press, view, width)
    rows = tuple(setter.row(entry, number) for number, entry in enumerate(view.entries))
    return Entries(_names(press, view, setter.columns, width), rows)


class _Setter:
    """Sets row after row of one ledger."""

    def __init__(self, press: Press, view: LedgerView, width: float) -> None:
        low = press.panel.landscape
        step: Step = "label" if low else "table"
        self._block, self._width, self._edge = view.block, width, margin(press)
        self._apart, self._least = press.panel.gap(), press.panel.target(0)
        self._rule = press.panel.units(2)
        self._day = Face(press, Style(step, INK, leading=1.2 if low else 1.35))
        self._item = Face(press, Style(step, INK, leading=1.2 if low else 1.35, balanced=True))
        self._small = Face(press, Style("least", SOFT, leading=1.15 if low else 1.4))
        self._income = Face(press, Style(step, GREEN, bold=True, leading=1.2 if low else 1.35))
        self._expense = Face(press, Style(step, RED, bold=True, leading=1.2 if low else 1.35))
        self._key = _voucher_key(press, view.photo)
        self._photo = view.photo
        with_key = any(entry.photo for entry in view.entries)
        faces = self._day, self._small, self._income, self._expense
        self.columns = _columns(press, view, width, faces, self._key.width if with_key else 0)
        self._inside = press.panel.units(4 if self.columns.aside else 10)

    def row(self, entry: EntryView, number: int) -> Sheet:
        """Return an entry's row: it is a place to touch, and its voucher's key is another."""
        columns = self.columns
        marks, words = self._words(entry)
        at_end = columns.key_at_end and entry.photo is not None
        height = max(words, self._least + self._apart)
        if at_end:
            height = max(height, self._key.height + self._apart)
        long = self._width - 2 * self._edge
        across = long - (self._key.width + self._apart if at_end else 0)
        touches = [
            Touch(
                self._edge, self._apart / 2, across, height - self._apart, entry.item, entry.chooses
            )
        ]
        if entry.photo:
            key = self._key
            x = self._edge + long - key.width if at_end else columns.item
            y = (height - key.height) / 2 if at_end else height + self._apart / 2
            marks += [moved(mark, x, y) for mark in key.marks]
            touches.append(Touch(x, y, key.width, key.height, self._photo, entry.photo))
            height += 0 if at_end else key.height + self._apart
        marks.append(Fill(self._edge, height - self._rule, long, self._rule, HAIRLINE))
        hold = Hold(self._block, number, 0, 0, self._edge, 0, long, height)
        return Sheet(self._width, height, tuple(marks), tuple(touches), (hold,))

    def _words(self, entry: EntryView) -> tuple[list[Mark], float]:
        """Return a row's words and the height in px that they need."""
        columns, inside = self.columns, self._inside
        item = self._item.lines(entry.item, columns.item_width)
        details = entry.details[1:] if columns.aside and entry.number else entry.details
        small = self._details(details)
        tall, under = len(item) * self._item.height, len(small) * self._small.height
        below = inside if columns.aside else inside + tall
        marks = self._day.put(self._day.lines(entry.day, self._width), columns.day, inside)
        marks += self._item.put(item, columns.item, inside)
        marks += self._small.put(small, columns.details, below)
        for text, face, right in (
            (entry.income, self._income, columns.income),
            (entry.expense, self._expense, columns.expense),
        ):
            if text:
                wide = face.width(text)
                marks += face.put((Line(0, len(text), text, wide),), right - wide, inside)
        if not columns.aside:
            return marks, tall + under + 2 * inside
        number = self._small.lines(entry.number, columns.item - columns.day)
        marks += self._small.put(number, columns.day, inside + self._day.height)
        first = self._day.height + len(number) * self._small.height
        return marks, max(tall, under, first) + 2 * inside

    def _details(self, details: tuple[str, ...]) -> tuple[Line, ...]:
        """Return the details in lines, broken only between two of them where each fits on one."""
        width, lines = self.columns.details_width, list[str]()
        for one in details:  # as Press.fact_lines, but measured here
            longer = f"{lines[-1]}{SEPARATOR}{one}" if lines else one
            if lines and self._small.width(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(one)
        return tuple(line for one in lines for line in self._small.lines(one, width))


def _voucher_key(press: Press, words: str) -> Sheet:
    style = Style("least", WHITE, bold=True, leading=1.2, align="centre", scaled=False)
    side = press.panel.target(0)
    wide = max(press.width(words, style) + 2 * press.panel.units(14), side)
    return text_key(press, words, Home(), wide, side, style, BLUE)


def _columns(
    press: Press, view: LedgerView, width: float, faces: tuple[Face, Face, Face, Face], key: float
) -> Columns:
    edge, inside, gap = margin(press), press.panel.units(16), press.panel.units(20)
    of_day, small, of_income, of_expense = faces
    income = max(
        map(of_income.width, (view.header[2], *_unlike(one.income for one in view.entries)))
    )
    expense = max(
        map(of_expense.width, (view.header[3], *_unlike(one.expense for one in view.entries)))
    )
    day, right = edge + inside, width - edge - inside
    item = day + of_day.width("00-00") + gap
    end = width - edge - key - press.panel.gap() if key and press.panel.landscape else right
    if press.panel.landscape:
        numbers = _unlike(one.number for one in view.entries)
        first = max(item, day + max(map(small.width, numbers), default=0) + gap)
        room = end - expense - income - 3 * gap - first
        facts = _unlike(two for one in view.entries for two in one.details[:3])
        wanted = max(map(small.width, facts), default=0) + press.panel.units(6)
        wide = room - min(wanted, room * _DETAILS_SHARE)
        if wide >= of_day.size * _LEAST_ITEM:
            beyond = first + wide + gap
            return Columns(
                day,
                first,
                wide,
                beyond,
                room - wide,
                end - expense - gap,
                end,
                aside=True,
                key_at_end=end < right,
            )
    for last in (end, right):
        alone = last - expense - income - 2 * gap - item
        if alone >= of_day.size * _LEAST_ALONE:
            at_end = last < right
            return Columns(
                day, item, alone, item, last - item, last - expense - gap, last, key_at_end=at_end
            )
    alone = right - item - max(income, expense) - gap
    return Columns(day, item, alone, item, right - item, right, right)


def _unlike(texts: Iterable[str]) -> Iterable[str]:
    """Return one text of every length, as digits are all as wide: the widest amount is among them."""
    return {len(text): text for text in texts}.values()


def _names(press: Press, view: LedgerView, columns: Columns, width: float) -> Sheet:
    face = Face(press, Style("label", ON_SAND, bold=True, leading=1.4))
    down = press.panel.units(4 if columns.aside else 14)
    height, edge = face.height + 2 * down, margin(press)
    day, item, income, expense = view.header
    words: list[tuple[float, str]] = [(columns.day, day), (columns.item, item)]
    if columns.income == columns.expense:
        both = f"{income} / {expense}"
        words.append((columns.expense - face.width(both), both))
    else:
        words.append((columns.income - face.width(income), income))
        words.append((columns.expense - face.width(expense), expense))
    marks: list[Mark] = [Fill(edge, 0, width - 2 * edge, height, SAND)]
    for x, text in words:
        marks += face.put(face.lines(text, width), x, down)
    return Sheet(width, height, tuple(marks))
