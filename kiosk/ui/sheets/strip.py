"""The strip beside a notice: QR code, hotline, the verified seals, page keys; never scrolled away."""

from dataclasses import replace
from typing import Final

from kiosk.intentions import Open
from kiosk.places import AtAbout
from kiosk.present.chrome import PageKeys
from kiosk.present.parts import Strip
from kiosk.qr import room_needed
from kiosk.ui.panel import TARGET_MM
from kiosk.ui.sheets.chrome import margin
from kiosk.ui.sheets.ink import Code, Fill, Photo, Sheet, Touch, beside, stack
from kiosk.ui.sheets.pieces import KEY_WORDS, key, stamps
from kiosk.ui.sheets.press import Align, Press, Style
from kiosk.ui.theme import HAIRLINE, INK, SAND, SOFT, WHITE

SIDE_UNITS: Final = 560  # of a landscape screen's strip
BAR_UNITS: Final = 960  # of its page keys, which stand beside the heading where there is no strip
_LINE: Final = Style("label", SOFT, leading=1.35, scaled=False)
_CODE_SHARE: Final = 0.36  # of the panel's shorter side, at most


def code_side(press: Press, view: Strip, scan_distance_mm: float) -> int:
    """Return the room in px for the QR code: at least what its link and the distance need.

    But never so much that no words fit beside it: then people step nearer to scan it.
    """
    usual = press.panel.units(250)
    if not view.link:
        return usual
    distance, density = scan_distance_mm, press.panel.pixels_per_mm
    wanted = room_needed(view.link, scan_distance_mm=distance, pixels_per_mm=density)
    return min(max(usual, wanted), round(min(press.panel.width, press.panel.height) * _CODE_SHARE))


def strip(press: Press, view: Strip, pages: PageKeys, width: float, side: int) -> Sheet:
    """Return the strip that lies under the text of a portrait screen; `side` is the code's room."""
    panel = press.panel
    keys = page_column(press, pages, _key_width(press, pages))
    inside = panel.units(24)
    edge = float(margin(press))
    # Where the hotline would break, the code gives way as far as it usually is large.
    wish = max((press.width(one, _LINE) for one in view.lines), default=0.0)
    free = width - 2 * edge - keys.width - 2 * max(inside, panel.gap()) - wish
    side = round(max(min(side, free), min(side, panel.units(250))))
    code = _code(view, side)
    left = edge - panel.units(16) + (side + inside if view.link else panel.units(16))
    room = width - edge - keys.width - max(inside, panel.gap()) - left
    words = stack(
        (_words(press, view, room), _seals(press, view, room, upright=False)), gap=panel.units(10)
    )
    height = max(side, words.height, keys.height) + 2 * panel.units(18)
    drawn = beside(
        (edge - panel.units(16), (height - side) / 2, code),
        (left, (height - words.height) / 2, words),
        (width - edge - keys.width, (height - keys.height) / 2, keys),
        width=width,
        height=height,
    )
    ground = (Fill(0, 0, width, height, WHITE), Fill(0, 0, width, panel.units(3), HAIRLINE))
    return Sheet(width, height, (*ground, *drawn.marks), drawn.touches)


def scan_bar(press: Press, view: Strip, width: float) -> Sheet:
    """Return the strip without page keys, to be looked at only: code, hotline, seals."""
    drawn = strip(press, view, PageKeys(None, None, "", ""), width, press.panel.units(250))
    return Sheet(width, drawn.height, drawn.marks)


def side_strip(
    press: Press, view: Strip, pages: PageKeys, size: tuple[float, float], side: int
) -> Sheet:
    """Return the strip that stands at the right of a landscape screen."""
    width, height = size
    panel = press.panel
    edge = panel.units(24)
    room = width - 2 * edge
    top = max(panel.units(14), panel.gap() - panel.units(10))  # keys of the voice may stand above
    seals = _seals(press, view, room, upright=True)
    words = stack((_words(press, view, room, "centre"), seals), gap=panel.units(4))
    keys = page_column(press, pages, _key_width(press, pages, 110))  # the code needs the room
    # On a small panel the code gives way, not a key nor a seal: people step nearer to scan it.
    low = max(height - top - words.height - panel.units(6), keys.height)
    side = round(min(side, low, room - keys.width - panel.units(20)))
    code = _code(view, side)
    upper = beside(
        (0, 0, code), (room - keys.width, 0, keys), width=room, height=max(code.height, keys.height)
    )
    drawn = beside(
        (edge, top, upper),
        (edge, top + upper.height + panel.units(6), words),
        width=width,
        height=height,
    )
    return Sheet(width, height, (Fill(0, 0, width, height, SAND), *drawn.marks), drawn.touches)


def _key_width(press: Press, keys: PageKeys, usual_units: float = 170) -> float:
    """Return the px across the keys, in which their words stand on one line."""
    usual = press.panel.units(usual_units, least_mm=TARGET_MM)
    views = [one for one in (keys.previous, keys.following) if one]
    words = max((press.width(one.label, KEY_WORDS) for one in views), default=0.0)
    return max(usual, words + press.panel.units(32))


def page_column(press: Press, keys: PageKeys, width: float) -> Sheet:
    """Return the page keys one above the other, with the page's number between them."""
    height = press.panel.target(100)
    if not keys.words:
        return Sheet(0, 0)
    number = press.block(
        keys.short,
        width,
        Style("label", SOFT, bold=True, leading=1.4, align="centre", scaled=False),
    )
    blank = Sheet(width, height)
    upper = key(press, keys.previous, width, height) if keys.previous else blank
    lower = key(press, keys.following, width, height) if keys.following else blank
    return stack((upper, number, lower), width=width)


def page_bar(press: Press, keys: PageKeys, width: float) -> Sheet:
    """Return the bar of page keys under content that has no strip beside it."""
    panel = press.panel
    edge, gap = margin(press), panel.gap(22)
    height = panel.target(116)
    whole = height + panel.units(12) + panel.gap(20)
    if not keys.words:
        return Sheet(width, whole)
    each = (width - 2 * edge - 2 * gap) / 3
    style = Style("label", INK, bold=True, leading=1.3, align="centre", scaled=False, balanced=True)
    words = press.block(keys.words, each, style)
    placed = [(edge + each + gap, panel.units(12) + (height - words.height) / 2, words)]
    if keys.previous:
        placed.append((edge, panel.units(12), key(press, keys.previous, each, height)))
    if keys.following:
        placed.append(
            (edge + 2 * (each + gap), panel.units(12), key(press, keys.following, each, height))
        )
    return beside(*placed, width=width, height=whole)


def _seals(press: Press, view: Strip, room: float, *, upright: bool) -> Sheet:
    """Return the seals; whoever touches them sees who stands behind the notice."""
    drawn = stamps(press, view.stamps, room, upright=upright)
    if not view.stamps:
        return drawn
    opens = Open(AtAbout(view.notice))
    touch = Touch(0, 0, drawn.width, drawn.height, view.about, opens)
    return replace(drawn, touches=(touch,))


def _code(view: Strip, side: int) -> Sheet:
    if not view.link:
        return Sheet(0, side)
    return Sheet(side, side, (Photo(0, 0, side, side, Code(view.link, side)),))


def _words(press: Press, view: Strip, room: float, align: Align = "left") -> Sheet:
    heading = Style("table", INK, bold=True, leading=1.35, align=align, scaled=False)
    line = replace(_LINE, align=align)
    return stack(
        (
            press.block(view.heading, room, heading),
            *(press.block(one, room, line) for one in view.lines),
        )
    )
