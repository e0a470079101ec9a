"""The keys of the three classes and their categories, in columns: rows that never fall apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kiosk.present.home import CategoryKey, ClassKey
from kiosk.present.parts import category_mark, class_mark
from kiosk.ui.sheets.ink import Fill, Frame, Sheet, Touch, beside, moved, stack
from kiosk.ui.sheets.pieces import plate, reading_hold
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.theme import INK, RED, SOFT, TONES, WHITE
from kiosk.ui.typeset import Line

_COUNT: Final = Style("least", SOFT, leading=1.35)


@dataclass(frozen=True, slots=True)
class Keys:
    """A row of keys for the classes, below it rows for their categories, in columns.

    `whole` if no word of a class's name is broken, `roomy` if the categories have their counts.
    """

    heads: Sheet
    rows: tuple[Sheet, ...]
    whole: bool
    roomy: bool


def class_keys(
    press: Press,
    views: Sequence[ClassKey],
    width: float,
    *,
    roomy: bool = True,
    taller: float = 0,
) -> Keys:
    """Return the keys within `width` px, one column for each class; `roomy` ones have the counts.

    All are `taller` px higher than they need to be.
    """
    gap = press.panel.gap(22)
    each = (width - gap * (len(views) - 1)) / max(len(views), 1)
    heads = _row([_class(press, one, each) for one in views], gap, width, taller)
    most = max((len(one.categories) for one in views), default=0)
    rows = (
        _row([_nth(press, one, number, each, roomy=roomy) for one in views], gap, width, taller)
        for number in range(most)
    )
    style, inside = _class_style(), 2 * press.panel.units(24)
    whole = all(press.widest_word(one.name, style) <= each - inside for one in views)
    return Keys(heads, tuple(rows), whole, roomy)


def class_rows(press: Press, views: Sequence[ClassKey], width: float) -> list[Sheet]:
    """Return the classes' keys, each as a row of its own."""
    return [_class(press, one, width) for one in views]


def class_column(press: Press, views: Sequence[ClassKey], width: float) -> Sheet:
    """Return the classes' keys one below the other."""
    return stack(class_rows(press, views, width), gap=press.panel.gap(14), width=width)


def _class_style() -> Style:
    return Style("body", WHITE, bold=True, leading=1.3, balanced=True)


def _class(press: Press, view: ClassKey, width: float) -> Sheet:
    inside = press.panel.units(24)
    name = press.block(view.name, width - 2 * inside, _class_style())
    label, room = Style("label", WHITE, leading=1.4), width - 2 * inside
    fits = press.width(view.count, label) <= room
    count = press.block(view.count if fits else view.short, room, label)
    words = _on_one_line(press, view, room) or stack((name, count))
    height = max(words.height + 2 * press.panel.units(20), press.panel.target(130))
    marks = (
        Fill(0, 0, width, height, TONES[view.tone], press.panel.units(18)),
        *(moved(mark, inside, (height - words.height) / 2) for mark in words.marks),
    )
    hold = reading_hold(press, width, height, class_mark(view.tone))
    touch = Touch(0, 0, width, height, view.name, view.opens)
    return Sheet(width, height, marks, (touch,), (hold,))


def _on_one_line(press: Press, view: ClassKey, width: float) -> Sheet | None:
    bold, label = _class_style(), Style("label", WHITE, leading=1.4, align="right")
    needed = press.width(view.name, bold) + press.width(view.count, label)
    if needed + 3 * press.panel.units(24) > width:
        return None
    name, count = press.block(view.name, width, bold), press.block(view.count, width, label)
    down = (name.height - count.height) / 2
    return beside((0, 0, name), (0, down, count), width=width, height=name.height)


def _nth(press: Press, view: ClassKey, number: int, width: float, *, roomy: bool) -> Sheet:
    if number >= len(view.categories):
        return Sheet(width, 0)
    return _category(press, view, view.categories[number], width, roomy=roomy)


def _category(
    press: Press, group: ClassKey, view: CategoryKey, width: float, *, roomy: bool
) -> Sheet:
    """Return a category's key, at its edge the colour of its class; with its count if `roomy`."""
    bar, inside = press.panel.units(8), press.panel.units(18)
    words = _words(press, view, width - bar - 2 * inside, roomy=roomy)
    down = press.panel.units(12 if roomy else 8)
    height = max(words.height + 2 * down, press.panel.target(104 if roomy else 80))
    marks = (
        *plate(press, width, height),
        Fill(0, down, bar, height - 2 * down, TONES[group.tone]),
        *(moved(mark, bar + inside, (height - words.height) / 2) for mark in words.marks),
    )
    hold = reading_hold(press, width, height, category_mark(group.tone, view.name))
    touch = Touch(0, 0, width, height, view.name, view.opens)
    return Sheet(width, height, marks, (touch,), (hold,))


def _words(press: Press, view: CategoryKey, width: float, *, roomy: bool) -> Sheet:
    """Return name, count and flag: on one line if that is wide enough, else below the name."""
    style = Style("label", INK, bold=True, leading=1.25, most=3)
    gap = press.panel.units(16)
    roomy = roomy and press.width(view.count, _COUNT) < width
    tail = list(_tail(press, view, roomy=roomy))
    if sum(one.width + gap for one in tail) > width + gap:
        tail = [stack(tail)]
    across = sum(one.width + gap for one in tail)
    lines = _lines(press, view.name, width, style)
    name = press.set_lines(lines, width, style)
    beside_last = lines[-1].width + across <= width and (not roomy or len(lines) == 1)
    low = 0.0 if beside_last else max((one.height for one in tail), default=0.0)
    x = lines[-1].width + gap if beside_last else 0.0
    middle = name.height + (low or -name.height / len(lines)) / 2
    placed = [(0.0, 0.0, name)]
    for one in tail:
        placed.append((x, middle - one.height / 2, one))
        x += one.width + gap
    return beside(*placed, width=width, height=name.height + low)


def _tail(press: Press, view: CategoryKey, *, roomy: bool) -> Iterator[Sheet]:
    small, new = _COUNT, Style("least", RED, bold=True, leading=1.2)
    if roomy:
        yield press.block(view.count, press.width(view.count, small) + 1, small)
    if view.flag:
        yield press.block(view.flag, press.width(view.flag, new) + 1, new)


def _lines(press: Press, name: str, width: float, style: Style) -> tuple[Line, ...]:
    """Break a name; most are words of two characters, which stay together: 低保特困 / 评定."""
    lines = press.lines(name, width, style)
    one = press.size(style)
    if len(lines) < 2 or width < 4 * one:
        return lines
    narrow = width - one if len(name) % 2 else width // (2 * one) * 2 * one
    if len(name) % 2 and len(lines[-1].text) > 1:
        return lines
    better = press.lines(name, narrow, style)
    return better if len(better) == len(lines) else lines


def _row(sheets: Sequence[Sheet], gap: float, width: float, taller: float) -> Sheet:
    """Put keys side by side, all `taller` px higher than the tallest."""
    height = max((sheet.height for sheet in sheets), default=0) + taller
    x, placed = 0.0, []
    for sheet in sheets:
        placed.append((x, 0.0, _grown(sheet, height) if sheet.touches else sheet))
        x += sheet.width + gap
    return beside(*placed, width=width, height=height)


def _grown(sheet: Sheet, height: float) -> Sheet:
    more = height - sheet.height
    marks = tuple(
        replace(mark, height=mark.height + more)
        if isinstance(mark, Fill | Frame) and (mark.x == 0 and mark.height >= sheet.height / 2)
        else moved(mark, 0, more / 2)
        for mark in sheet.marks
    )
    touch = replace(sheet.touches[0], height=height)
    holds = tuple(replace(hold, height=hold.height + more) for hold in sheet.holds)
    return Sheet(sheet.width, height, marks, (touch,), holds)
