"""Top bar, status line, dock and reading keys, the same round every screen."""

from dataclasses import replace
from typing import Final

from kiosk.intentions import HelpCalled, Open, Stop
from kiosk.places import AtStatus
from kiosk.present.chrome import KeyView, StatusLine, TopBar
from kiosk.ui.panel import HELP_TARGET_MM
from kiosk.ui.sheets.ink import Fill, Mark, Sheet, Touch, beside, moved, stack
from kiosk.ui.sheets.pieces import key
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.theme import BLUE, HAIRLINE, LIGHTS, ON_SAND, RED, SAND, WHITE

STATUS_HELD: Final = 1.2  # s: nobody comes upon the status page by a touch
TOP_UNITS: Final = 112  # of the top bar's height


def margin(press: Press) -> int:
    """Return the px left free at both sides of every screen."""
    return press.panel.units(48)


def top_bar(press: Press, view: TopBar, width: float) -> Sheet:
    """Return the red bar with village, day and time; a long village's name stands in two lines."""
    height = press.panel.units(TOP_UNITS)
    side = margin(press)
    room = width - 3 * side
    name = Style("table", WHITE, bold=True, leading=1.3, scaled=False)
    when = _when(press, view.day, view.lunar)
    if press.width(view.title, name) + when.width > room:
        name = replace(name, step="label")
    if press.width(view.title, name) + when.width > room:
        when = _when(press, view.short_day, f"{view.weekday} {view.lunar}".strip())
    left = press.block(view.title, room - when.width, replace(name, most=2, balanced=True))
    placed = beside(
        (side, (height - left.height) / 2, left),
        (width - side - when.width, (height - when.height) / 2, when),
        width=width,
        height=height,
    )
    return Sheet(width, height, (Fill(0, 0, width, height, RED), *placed.marks))


def _when(press: Press, above: str, below: str) -> Sheet:
    """Return the day in one line or two, flush at the right."""
    day = Style("label", WHITE, leading=1.3, align="right", scaled=False)
    small = replace(day, step="least")
    lines = [(above, day), *([(below, small)] if below else [])]
    width = max(press.width(text, style) for text, style in lines) + 1
    return stack([press.block(text, width, style) for text, style in lines], width=width)


def status_line(press: Press, view: StatusLine, width: float) -> Sheet:
    """Return the status line, below it the band of an open call for help."""
    line = _line(press, view, width)
    return stack((_call_band(press, view, width), line), width=width) if view.call else line


def _call_band(press: Press, view: StatusLine, width: float) -> Sheet:
    style = Style("table", WHITE, bold=True, leading=1.3, align="centre", scaled=False)
    words = press.block(view.call, width - 2 * margin(press), style)
    height = max(press.panel.target(100), words.height)
    marks = (moved(mark, margin(press), (height - words.height) / 2) for mark in words.marks)
    touch = Touch(0, 0, width, height, view.call, HelpCalled())
    return Sheet(width, height, (Fill(0, 0, width, height, RED), *marks), (touch,))


def _line(press: Press, view: StatusLine, width: float) -> Sheet:
    """Return a light and, as far as there is room, the parts."""
    height = press.panel.units(68)
    if view.warning:
        style = Style("label", WHITE, bold=True, leading=1.3, align="centre", scaled=False)
        words = press.block(view.warning, width, style)
        marks = tuple(moved(mark, 0, (height - words.height) / 2) for mark in words.marks)
        return Sheet(width, height, (Fill(0, 0, width, height, BLUE), *marks))
    style = Style("least", ON_SAND, leading=1.3, scaled=False)
    dot, gap = press.panel.units(20), press.panel.units(36)
    x = float(margin(press))
    colour = LIGHTS[view.light]
    marks_: list[Mark] = [
        Fill(0, 0, width, height, SAND),
        Fill(x, (height - dot) / 2, dot, dot, colour, dot / 2),
    ]
    x += dot + press.panel.units(14)
    for part in view.parts:
        wide = press.width(part, style)
        if x + wide > width - press.panel.units(24):
            break
        words = press.block(part, wide + 1, style)
        marks_.extend(moved(mark, x, (height - words.height) / 2) for mark in words.marks)
        x += wide + gap
    touch = Touch(0, 0, width, height, view.label, Open(AtStatus()), held=STATUS_HELD)
    return Sheet(width, height, tuple(marks_), (touch,))


def dock(press: Press, views: tuple[KeyView, ...], width: float) -> Sheet:
    """Return the five keys; help, the last, is the widest."""
    panel = press.panel
    gap, side = panel.gap(20), panel.units(32)
    height = panel.units(152, least_mm=HELP_TARGET_MM)
    shares = [1.0] * (len(views) - 1) + [1.27]
    unit = (width - 2 * side - gap * (len(views) - 1)) / sum(shares)
    x, placed = float(side), []
    for view, share in zip(views, shares, strict=True):
        at_once = isinstance(view.intention, Stop)
        placed.append(
            (x, float(panel.units(20)), key(press, view, unit * share, height, at_once=at_once))
        )
        x += unit * share + gap
    whole = height + 2 * panel.units(20)
    drawn = beside(*placed, width=width, height=whole)
    ground = (Fill(0, 0, width, whole, SAND), Fill(0, 0, width, panel.units(3), HAIRLINE))
    return Sheet(width, whole, (*ground, *drawn.marks), _to_the_edges(drawn))


def _to_the_edges(row: Sheet) -> tuple[Touch, ...]:
    """Return the keys' places grown to the row's edges; between keys a finger still has to aim."""
    first, last = row.touches[0], row.touches[-1]
    grown = []
    for one in row.touches:
        left = 0.0 if one is first else one.x
        right = row.width if one is last else one.x + one.width
        grown.append(replace(one, x=left, y=0.0, width=right - left, height=row.height))
    return tuple(grown)


def reading_keys(press: Press, views: tuple[KeyView, ...], width: float) -> Sheet:
    """Return the row of keys for the voice."""
    panel = press.panel
    gap, side = panel.gap(14), panel.units(32)
    height = panel.target(124)
    each = (width - 2 * side - gap * (len(views) - 1)) / len(views)
    placed = [
        (side + number * (each + gap), float(panel.units(14)), key(press, view, each, height))
        for number, view in enumerate(views)
    ]
    whole = height + 2 * panel.units(14)
    drawn = beside(*placed, width=width, height=whole)
    return Sheet(width, whole, (Fill(0, 0, width, whole, SAND), *drawn.marks), drawn.touches)
