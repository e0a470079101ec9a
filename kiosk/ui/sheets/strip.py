"""The strip beside a notice: QR code, hotline, the verified seals, page keys; never scrolled away."""

from kiosk.navigation import Turn
from kiosk.present.chrome import KeyView
from kiosk.present.parts import Strip
from kiosk.ui.sheets.chrome import margin
from kiosk.ui.sheets.ink import Code, Fill, Photo, Sheet, beside, stack
from kiosk.ui.sheets.pieces import key, stamps
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.theme import HAIRLINE, INK, SAND, SOFT, WHITE


def code_side(press: Press, scan_distance_mm: float) -> int:
    """Return the room in px for the QR code: a tenth of the scanning distance and more."""
    return press.panel.units(250, least_mm=scan_distance_mm / 10 * 1.3)


def strip(press: Press, view: Strip, up: KeyView, down: KeyView, width: float, side: int) -> Sheet:
    """Return the strip that lies under the text of a portrait screen; `side` is the code's room."""
    panel = press.panel
    keys = page_keys(press, up, down, panel.units(170))
    inside = panel.units(24)
    edge = margin(press)
    code = _code(view, side)
    left = edge - panel.units(16) + (side + inside if view.link else panel.units(16))
    room = width - edge - keys.width - inside - left
    words = stack(
        (_words(press, view, room), stamps(press, view.stamps, room)), gap=panel.units(10)
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


def side_strip(
    press: Press, view: Strip, up: KeyView, down: KeyView, size: tuple[float, float], side: int
) -> Sheet:
    """Return the strip that stands at the right of a landscape screen."""
    width, height = size
    panel = press.panel
    edge = panel.units(28)
    room = width - 2 * edge
    gap = panel.gap(20)
    each = (room - gap) / 2
    tall = panel.target(120)
    upper, lower = key(press, up, each, tall), key(press, down, each, tall)
    words = stack(
        (_words(press, view, room), stamps(press, view.stamps, room, upright=True)),
        gap=panel.units(14),
    )
    placed = [
        (edge, height - tall - edge, upper),
        (edge + each + gap, height - tall - edge, lower),
        (edge, panel.units(24) + (side + panel.units(12) if view.link else 0), words),
    ]
    if view.link:
        placed.append(((width - side) / 2, float(panel.units(24)), _code(view, side)))
    drawn = beside(*placed, width=width, height=height)
    return Sheet(width, height, (Fill(0, 0, width, height, SAND), *drawn.marks), drawn.touches)


def page_keys(press: Press, up: KeyView, down: KeyView, width: float) -> Sheet:
    """Return the two page keys, one above the other."""
    height = press.panel.target(116)
    return stack(
        (key(press, up, width, height), key(press, down, width, height)), gap=press.panel.gap(20)
    )


def turning(previous: str, following: str) -> tuple[KeyView, KeyView]:
    """Return the two page keys' views."""
    return KeyView(previous, "up", Turn(-1)), KeyView(following, "down", Turn(1))


def _code(view: Strip, side: int) -> Sheet:
    if not view.link:
        return Sheet(0, side)
    white = Fill(0, 0, side, side, WHITE)
    return Sheet(side, side, (white, Photo(0, 0, side, side, Code(view.link, side))))


def _words(press: Press, view: Strip, room: float) -> Sheet:
    heading = Style("table", INK, bold=True, leading=1.35, scaled=False)
    line = Style("label", SOFT, leading=1.35, scaled=False)
    return stack(
        (
            press.block(view.heading, room, heading),
            *(press.block(one, room, line) for one in view.lines),
        )
    )
