"""The part above what was brought down: large words, nothing to touch."""

from typing import Final

from kiosk.present.calm import CalmView
from kiosk.ui.panel import Step
from kiosk.ui.sheets.chrome import margin
from kiosk.ui.sheets.ink import Fill, Sheet, moved
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.theme import HAIRLINE, HIGHLIGHT, INK, PAPER

_STEPS: Final[tuple[Step, ...]] = ("poster", "headline", "title", "body", "label")


def calm(press: Press, view: CalmView, width: float, height: float) -> Sheet:
    """Return the words in the largest step with which they fit into `width` × `height` px."""
    edge, line = margin(press), press.panel.units(3)
    room = width - 2 * edge
    for step in _STEPS:
        style = Style(step, INK, bold=True, leading=1.35, align="centre", balanced=True)
        most = int((height - 2 * edge) // round(press.size(style) * style.leading))
        lines = press.lines(view.words, room, style)
        if len(lines) <= most:
            break
    words = press.set_lines(lines[: max(most, 0)], room, style)
    marks = (
        Fill(0, 0, width, height, HIGHLIGHT if view.read else PAPER),
        Fill(0, height - line, width, line, HAIRLINE),
        *(moved(mark, edge, (height - words.height) / 2) for mark in words.marks),
    )
    return Sheet(width, height, marks)
