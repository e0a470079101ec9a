"""Top bar, status line, dock and reading keys, the same round every screen."""

from dataclasses import replace
from typing import Final

from kiosk.intentions import HelpCalled, Open, Stop
from kiosk.places import AtStatus
from kiosk.present.chrome import KeyView, StatusLine, TopBar
from kiosk.ui.panel import HELP_TARGET_MM, Panel
from kiosk.ui.sheets.ink import Fill, Sheet, Touch, beside, moved, stack
from kiosk.ui.sheets.pieces import key
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.theme import BLUE, HAIRLINE, INK, LIGHTS, RED, SAND, WHITE

STATUS_HELD: Final = 1.2  # s: nobody comes upon the status page by a touch
TOP_UNITS: Final = 112  # of the top bar's height
_LINE_UNITS: Final = 68  # of the status line's, where it is one line
_ROOM_UNITS: Final = 124  # of its height where the keys of the voice may take its place
_STATUS: Final = Style("label", INK, leading=1.3, scaled=False)


def top_in_reach(panel: Panel) -> bool:
    """Tell whether the whole screen below the top bar can be reached, sitting or small."""
    return panel.height - panel.units(TOP_UNITS) <= panel.reach


def keys_above(panel: Panel) -> bool:
    """Tell whether the keys of the voice lie over the top bar, not over the status line.

    A low screen has no room to spare for them, and its top bar can be reached. Either way nothing
    that is read moves when they come or go.
    """
    return panel.landscape and top_in_reach(panel)


def room_height(press: Press) -> float:
    """Return the px in height that the keys of the voice and the question to stay take up."""
    panel = press.panel
    if keys_above(panel):
        return max(panel.units(TOP_UNITS), panel.mm(HELP_TARGET_MM))
    return max(_lines_height(press, 2), panel.units(_ROOM_UNITS), panel.mm(HELP_TARGET_MM))


def margin(press: Press) -> int:
    """Return the px left free at both sides of every screen."""
    return press.panel.units(48)


def top_bar(press: Press, view: TopBar, width: float) -> Sheet:
    """Return the red bar with village, day and time; a long village's name stands in two lines.

    Like the status line it opens the status page when it is held, for the keys of the voice may
    lie over that.
    """
    side = margin(press)
    room = width - 3 * side
    name = Style("table", WHITE, bold=True, leading=1.3, scaled=False)
    when = _when(press, view.day, view.lunar)
    if press.width(view.title, name) + when.width > room:
        name = replace(name, step="label")
    if press.width(view.title, name) + when.width > room:
        when = _when(press, view.short_day, f"{view.weekday} {view.lunar}".strip())
    left = press.block(view.title, room - when.width, replace(name, most=2, balanced=True))
    around = 2 * press.panel.units(6)
    least = room_height(press) if keys_above(press.panel) else press.panel.units(TOP_UNITS)
    height = max(least, left.height + around, when.height + around)
    placed = beside(
        (side, (height - left.height) / 2, left),
        (width - side - when.width, (height - when.height) / 2, when),
        width=width,
        height=height,
    )
    touch = Touch(0, 0, width, height, view.label, Open(AtStatus()), held=STATUS_HELD)
    return Sheet(width, height, (Fill(0, 0, width, height, RED), *placed.marks), (touch,))


def _when(press: Press, above: str, below: str) -> Sheet:
    """Return the day in one line or two, flush at the right."""
    day = Style("label", WHITE, leading=1.3, align="right", scaled=False)
    small = replace(day, step="least")
    lines = [(above, day), *([(below, small)] if below else [])]
    width = max(press.width(text, style) for text, style in lines) + 1
    return stack([press.block(text, width, style) for text, style in lines], width=width)


def status_line(press: Press, view: StatusLine, width: float, *, words: bool = True) -> Sheet:
    """Return the status line, above it the band of an open call for help; without `words` its room."""
    line = _line(press, view, width) if words else Sheet(width, _line_height(press))
    return stack((_call_band(press, view, width), line), width=width) if view.call else line


def _call_band(press: Press, view: StatusLine, width: float) -> Sheet:
    style = Style("table", WHITE, bold=True, leading=1.3, align="centre", scaled=False)
    words = press.block(view.call, width - 2 * margin(press), style)
    height = max(press.panel.target(100), words.height)
    marks = (moved(mark, margin(press), (height - words.height) / 2) for mark in words.marks)
    touch = Touch(0, 0, width, height, view.call, HelpCalled())
    return Sheet(width, height, (Fill(0, 0, width, height, RED), *marks), (touch,))


def _line_height(press: Press) -> float:
    if keys_above(press.panel):
        return max(press.panel.units(_LINE_UNITS), _lines_height(press, 1))
    return room_height(press)


def _line(press: Press, view: StatusLine, width: float) -> Sheet:
    """Return a light and, as far as there is room, the parts in a line or two."""
    most = 1 if keys_above(press.panel) else 2
    height = _line_height(press)
    if view.warning:
        style = replace(_STATUS, colour=WHITE, bold=True, align="centre", most=most)
        words = press.block(view.warning, width, style)
        marks = tuple(moved(mark, 0, (height - words.height) / 2) for mark in words.marks)
        return Sheet(width, height, (Fill(0, 0, width, height, BLUE), *marks))
    dot = press.panel.units(20)
    left = margin(press) + dot + press.panel.units(14)
    words = _parts(press, view.parts, width - left - press.panel.units(24), most)
    marks = (
        Fill(0, 0, width, height, SAND),
        Fill(margin(press), (height - dot) / 2, dot, dot, LIGHTS[view.light], dot / 2),
        *(moved(mark, left, (height - words.height) / 2) for mark in words.marks),
    )
    touch = Touch(0, 0, width, height, view.label, Open(AtStatus()), held=STATUS_HELD)
    return Sheet(width, height, marks, (touch,))


def _lines_height(press: Press, lines: int) -> float:
    return lines * round(press.size(_STATUS) * _STATUS.leading) + press.panel.units(6)


def _parts(press: Press, parts: tuple[str, ...], width: float, most: int) -> Sheet:
    """Return as many of the parts as `most` lines have room for, none of them broken."""
    gap, tall = press.panel.units(36), round(press.size(_STATUS) * _STATUS.leading)
    x, y, placed = 0.0, 0.0, list[tuple[float, float, Sheet]]()
    for part in parts:
        wide = press.width(part, _STATUS) + 1
        if x and x + wide > width:
            x, y = 0.0, y + tall
        if y >= most * tall:
            break
        placed.append((x, y, press.block(part, max(width, wide), replace(_STATUS, most=1))))
        x += wide + gap
    height = max((y + one.height for _, y, one in placed), default=0.0)
    return beside(*placed, width=width, height=height)


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
    """Return the row of keys for the voice, as high as the room that is theirs."""
    panel = press.panel
    gap, side = panel.gap(14), panel.units(32)
    whole = room_height(press)
    height = max(whole - 2 * panel.units(10), panel.target(0))
    each = (width - 2 * side - gap * (len(views) - 1)) / len(views)
    placed = [
        (side + number * (each + gap), (whole - height) / 2, key(press, view, each, height))
        for number, view in enumerate(views)
    ]
    drawn = beside(*placed, width=width, height=whole)
    return Sheet(width, whole, (Fill(0, 0, width, whole, SAND), *drawn.marks), drawn.touches)
