"""Setting words at a panel's sizes: the one place where text becomes lines on a sheet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final, Literal

from kiosk.ui.panel import Panel, Step
from kiosk.ui.sheets.ink import Hold, Sheet, Words
from kiosk.ui.theme import INK, Colour
from kiosk.ui.typeset import Advance, Line, break_lines, break_title, measure, shorten, widest_word

Measure = Callable[[int, bool, str], float]
"""The width in px of a character at a font size, bold or not."""
SEPARATOR: Final = " · "
_HOLLOW: Final = tuple("（【《〈「『〔")  # their left half is blank: set flush they look indented
_HANGING: Final = 0.4  # em of it that stands left of the column
Align = Literal["left", "centre", "right"]


@lru_cache(maxsize=256)
def _size(panel: Panel, step: Step, text_step: int) -> int:
    return panel.text(step, text_step)


@dataclass(frozen=True, slots=True)
class Style:
    """How words are set; `leading` is the line height in em, `most` the lines before an ellipsis.

    `balanced` sets a title: lines alike long, words whole. `scaled` follows the person's choice of text size; keys and bars don't, so that they fit.
    """

    step: Step = "body"
    colour: Colour = INK
    bold: bool = False
    leading: float = 1.5
    align: Align = "left"
    most: int = 0
    scaled: bool = True
    balanced: bool = False


@dataclass(frozen=True, slots=True)
class Press:
    """A panel, the person's text step (0 to 2) and the width of every character."""

    panel: Panel
    measure: Measure
    text_step: int = 0

    def size(self, style: Style) -> int:
        """Return the font size in px."""
        return _size(self.panel, style.step, self.text_step if style.scaled else 0)

    def advance(self, style: Style) -> Advance:
        """Return the width of characters in this style."""
        return partial(self.measure, self.size(style), style.bold)

    def width(self, text: str, style: Style) -> float:
        """Return the width in px of one line of text."""
        return measure(text, self.advance(style))

    def widest_word(self, text: str, style: Style) -> float:
        """Return the width in px of the widest part of `text` that is never broken."""
        return widest_word(text, self.advance(style))

    def block(self, text: str, width: float, style: Style) -> Sheet:
        """Return `text` in lines of at most `width` px."""
        lines = self.lines(text, width, style)
        return self.set_lines(lines, width, style)

    def facts(self, facts: Iterable[str], width: float, style: Style) -> Sheet:
        """Return short facts in a row, broken between them where they don't fit."""
        return self.block(self.fact_lines(facts, width, style), width, style)

    def fact_lines(self, facts: Iterable[str], width: float, style: Style) -> str:
        """Return short facts as text, a new line only between two that don't fit on one."""
        lines: list[str] = []
        for fact in facts:
            longer = f"{lines[-1]}{SEPARATOR}{fact}" if lines else fact
            if lines and self.width(longer, style) <= width:
                lines[-1] = longer
            else:
                lines.append(fact)
        return "\n".join(lines)

    def lines(self, text: str, width: float, style: Style) -> tuple[Line, ...]:
        """Return the lines of `text`; the last one of `style.most` is shortened."""
        advance = self.advance(style)
        lines = break_lines(text, width, advance)
        if not style.most or len(lines) <= style.most:
            titled = style.balanced and len(lines) > 1
            return break_title(text, width, advance) if titled else lines
        if style.balanced:
            lines = break_lines(text, width, advance, words=True)
        kept, last = lines[: style.most - 1], lines[style.most - 1]
        shown = shorten(last.text + "…" * 2, width, advance).rstrip("…") + "…"
        if measure(shown, advance) > width:
            shown = shorten(last.text[:-1] + "…", width, advance)
        return (*kept, Line(last.start, last.end, shown, measure(shown, advance)))

    def set_lines(self, lines: tuple[Line, ...], width: float, style: Style) -> Sheet:
        """Return lines that are already broken, set in a column of `width` px."""
        size = self.size(style)
        height = round(size * style.leading)
        marks = tuple(
            Words(
                self._left(line, width, style),
                number * height,
                line.text,
                size,
                style.colour,
                height,
                line.width,
                style.bold,
            )
            for number, line in enumerate(lines)
        )
        return Sheet(width, height * len(lines), marks)

    def holds(self, lines: tuple[Line, ...], block: int, style: Style) -> tuple[Hold, ...]:
        """Return where each line's characters stand, for the sentence highlight."""
        size, advance = self.size(style), self.advance(style)
        height = round(size * style.leading)
        return tuple(
            Hold(
                block,
                -1,
                line.start,
                line.end,
                self._left(line, line.width, style),
                number * height,
                line.width,
                height,
                _edges(line, advance),
            )
            for number, line in enumerate(lines)
        )

    def _left(self, line: Line, width: float, style: Style) -> float:
        if style.align == "left":
            return -self.size(style) * _HANGING if line.text[:1] in _HOLLOW else 0
        return (width - line.width) / 2 if style.align == "centre" else width - line.width


def _edges(line: Line, advance: Advance) -> tuple[float, ...]:
    edges = [0.0]
    for character in line.text:
        edges.append(edges[-1] + advance(character))
    return tuple(edges)
