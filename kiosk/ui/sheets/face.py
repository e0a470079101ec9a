"""Setting thousands of short texts in one style: what was measured once isn't measured again. Pure.

For a page of text `press` does; this is for long tables.
"""

from kiosk.ui.sheets.ink import Mark, Words
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.typeset import Advance, Line


class _Widths(dict[str, float]):
    """The width of every character in px, asked for once."""

    def __init__(self, advance: Advance) -> None:
        super().__init__()
        self._advance = advance

    def __missing__(self, character: str) -> float:
        self[character] = width = self._advance(character)
        return width


class Face:
    """One style at its size on a panel, which knows the width of what it has set before."""

    def __init__(self, press: Press, style: Style) -> None:
        self._press, self.style = press, style
        self.size = press.size(style)
        self.height = round(self.size * style.leading)
        self._widths = _Widths(press.advance(style))
        self._lines: dict[tuple[str, float], tuple[Line, ...]] = {}

    def width(self, text: str) -> float:
        """Return the width in px of one line."""
        return sum(map(self._widths.__getitem__, text))

    def lines(self, text: str, width: float) -> tuple[Line, ...]:
        """Return `text` in lines of at most `width` px."""
        found = self._lines.get((text, width))
        if found is None:
            wide = self.width(text)
            one = wide <= width and "\n" not in text
            whole = (Line(0, len(text), text, wide),)
            found = whole if one else self._press.lines(text, width, self.style)
            self._lines[text, width] = found
        return found

    def put(self, lines: tuple[Line, ...], x: float, y: float) -> list[Mark]:
        """Return lines with their upper left corner at (x, y)."""
        style, height = self.style, self.height
        return [
            Words(x, y + n * height, line.text, self.size, style.colour, height, line.width, style.bold)
            for n, line in enumerate(lines)
        ]  # fmt: skip
