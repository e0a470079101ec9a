"""The part above what was brought down: large words and a notice's code, nothing to touch."""

from typing import Final

from kiosk.present.calm import CalmView
from kiosk.ui.panel import Step
from kiosk.ui.sheets.chrome import margin
from kiosk.ui.sheets.ink import Fill, Sheet, moved
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.sheets.strip import scan_bar
from kiosk.ui.theme import HAIRLINE, HIGHLIGHT, INK, PAPER

_STEPS: Final[tuple[Step, ...]] = ("poster", "headline", "title", "body", "label")


def calm(press: Press, view: CalmView, width: float, height: float) -> Sheet:
    """Return the words in the largest step with which they fit into `width` × `height` px."""
    foot = scan_bar(press, view.strip, width) if view.strip else Sheet(width, 0)
    edge, line = margin(press), press.panel.units(3)
    room, low = width - 2 * edge, height - foot.height
    for step in _STEPS:
        style = Style(step, INK, bold=True, leading=1.35, align="centre", balanced=True)
        most = int((low - 2 * edge) // round(press.size(style) * style.leading))
        lines = press.lines(view.words, room, style)
        if len(lines) <= most:
            break
    words = press.set_lines(lines[: max(most, 0)], room, style)
    marks = (
        Fill(0, 0, width, low, HIGHLIGHT if view.read else PAPER),
        *(moved(mark, edge, (low - words.height) / 2) for mark in words.marks),
        *(moved(mark, 0, low) for mark in foot.marks),
        Fill(0, height - line, width, line, HAIRLINE),
    )
    return Sheet(width, height, marks)
