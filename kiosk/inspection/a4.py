"""A sheet of A4 for print: paragraphs, tables whose heads come again, weeks as a wall calendar has them.

Sizes are millimetres and points. Lines are broken as Chinese print does: no line begins with a stop.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

WIDTH: Final = 180.0  # mm between the margins of A4
ROWS: Final = 200  # rows of one table: above it, the rest is in the CSV
_FOOT: Final = 18.0  # mm below the text
_GREY: Final = 90
_LINE: Final = 190
_PALE: Final = 242
_BAD: Final = (176, 0, 0)
_CELL: Final = 9.5  # mm: the height of a day
_STOPS: Final = "，。；：、！？）》〉」』】〕”’…,.;:!?)%"
_OPENS: Final = "（《〈「『【〔“‘("
# What must not be parted: a word, an opening mark and what follows, a character and its stops.
_TOKENS: Final = re.compile(
    rf"[{re.escape(_OPENS)}]*(?:[A-Za-z0-9@#/_.:+-]+|[^\n])[{re.escape(_STOPS)}]*"
)


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day of the wall calendar: its mark, a line below, on a shaded ground if nothing is asked of it."""

    day: date
    mark: str
    text: str
    shaded: bool = False
    bad: bool = False


class A4(FPDF):
    """A4 with margins of 15 mm, a running head and page numbers."""

    def __init__(self, head: str, regular: Path, bold: Path, made: datetime) -> None:
        super().__init__(format="A4", unit="mm")
        self._head = head
        self._widths: dict[tuple[str, str, float], float] = {}
        self.add_font("Sans", "", regular)
        self.add_font("Sans", "B", bold)
        self.set_margins(15, 15, 15)
        self.set_auto_page_break(auto=True, margin=_FOOT)
        self.set_creation_date(made)
        self.set_lang("zh-CN")
        self.set_line_width(0.15)
        self.set_draw_color(_LINE)

    def finish(self) -> bytes:
        """Return the whole as PDF, and close the fonts."""
        data = bytes(self.output())
        self.close_fonts()
        return data

    def close_fonts(self) -> None:
        """Close the font files."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.close()

    def header(self) -> None:
        """Put the running head on every page but the first."""
        if self.page_no() > 1:
            self.write_line(self._head, 8, grey=True)
            self.line(15, self.get_y() + 0.5, 195, self.get_y() + 0.5)
            self.ln(3)

    def footer(self) -> None:
        """Number the pages."""
        self.set_y(-13)
        self.set_font("Sans", "", 8)
        self.set_text_color(_GREY)
        self.cell(0, 5, f"第 {self.page_no()} 页，共 {{nb}} 页", align="C")
        self.set_text_color(0)

    def write_line(
        self,
        text: str,
        size: float = 10,
        *,
        bold: bool = False,
        grey: bool = False,
        bad: bool = False,
    ) -> None:
        """Write a paragraph over the whole width."""
        self.set_font("Sans", "B" if bold else "", size)
        self.set_text_color(*(_BAD if bad else (_GREY if grey else 0,) * 3))
        self.multi_cell(
            0, size * 0.55, self.broken(text, WIDTH), new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L"
        )
        self.set_text_color(0)

    def broken(self, text: str, width: float) -> str:
        """Return a text broken into lines of at most `width` mm, none of which begins with a stop."""
        room = width - 2 * self.c_margin - 0.1
        return "\n".join(line for part in text.split("\n") for line in self._lines(part, room))

    def _lines(self, text: str, room: float) -> Iterator[str]:
        line, width = "", 0.0
        for piece in _TOKENS.findall(text):
            if line and width + self._width(piece) > room:
                yield line.rstrip()
                line, width = "", 0.0
            if line or piece != " ":
                line, width = line + piece, width + self._width(piece)
            while len(line) > 1 and width > room:  # a word longer than a line
                fits = range(len(line) - 1, 0, -1)
                cut = next((n for n in fits if self.get_string_width(line[:n]) <= room), 1)
                yield line[:cut]
                line = line[cut:]
                width = self.get_string_width(line)
        yield line

    def _width(self, piece: str) -> float:
        """Return how wide a piece is; most are one of a few hundred characters."""
        key = (piece, self.font_style, self.font_size_pt)
        if key not in self._widths:
            self._widths[key] = self.get_string_width(piece)
        return self._widths[key]

    def chapter(self, text: str, room: float = 30) -> None:
        """Begin a chapter, with `room` mm for the beginning of it on the same page."""
        self.need(room)
        self.ln(3)
        self.write_line(text, 13, bold=True)
        self.ln(1)

    def need(self, height: float) -> None:
        """Begin a new page unless there are `height` mm left."""
        if self.get_y() + height > self.h - _FOOT:
            self.add_page()

    def lay(
        self,
        head: Sequence[str],
        widths: Sequence[float],
        rows: Iterable[Sequence[str]],
        size: float = 8.5,
    ) -> int:
        """Lay out a table whose head comes again on every page; return how many rows were left out."""
        rows = list(rows)
        self._row(head, widths, size, bold=True)
        for row in rows[:ROWS]:
            if self._height(row, widths, size) + self.get_y() > self.h - _FOOT:
                self.add_page()
                self._row(head, widths, size, bold=True)
            self._row(row, widths, size)
        return max(len(rows) - ROWS, 0)

    def facts(
        self,
        pairs: Iterable[tuple[str, str]],
        left: float = 32,
        width: float = WIDTH,
        size: float = 9.5,
    ) -> None:
        """Lay out names and values over `width` mm, of which `left` for the names."""
        for name, value in pairs:
            widths = (left, width - left)
            self.need(self._height((name, value), widths, size))
            self._row((name, value), widths, size, named=True)

    def _row(
        self,
        cells: Sequence[str],
        widths: Sequence[float],
        size: float,
        *,
        bold: bool = False,
        named: bool = False,
    ) -> None:
        height = self._height(cells, widths, size)
        top, left = self.get_y(), self.l_margin
        for number, (text, width) in enumerate(zip(cells, widths, strict=True)):
            shaded = bold or (named and number == 0)
            self.set_fill_color(_PALE)
            self.rect(left, top, width, height, style="DF" if shaded else "D")
            self.set_xy(left, top + 0.8)
            self.set_font("Sans", "B" if bold else "", size)
            self.multi_cell(width, size * 0.5, self.broken(text, width), align="L")
            left += width
        self.set_xy(self.l_margin, top + height)

    def _height(self, cells: Sequence[str], widths: Sequence[float], size: float) -> float:
        self.set_font("Sans", "", size)
        lines = [
            self.broken(text, width).count("\n") + 1
            for text, width in zip(cells, widths, strict=True)
        ]
        return max(lines) * size * 0.5 + 1.6

    def weeks(self, cells: Sequence[DayCell]) -> None:
        """Lay days out from Monday to Sunday."""
        width, week = WIDTH / 7, None
        self.ln(1.5)
        for cell in cells:
            monday = cell.day.toordinal() - cell.day.weekday()
            if monday != week:
                if week is not None:
                    self.set_y(self.get_y() + _CELL)
                if self.get_y() + _CELL > self.h - _FOOT:
                    self.add_page()
                week = monday
            self._day(cell, self.l_margin + width * cell.day.weekday(), width)
        if cells:
            self.set_y(self.get_y() + _CELL + 1)

    def _day(self, cell: DayCell, left: float, width: float) -> None:
        top = self.get_y()
        self.set_fill_color(_PALE)
        self.rect(left, top, width, _CELL, style="DF" if cell.shaded else "D")
        self.set_font("Sans", "B", 8)
        self.set_xy(left, top + 0.7)
        self.cell(width, 4, f"{cell.day.month}-{cell.day.day}　{cell.mark}")
        self.set_font("Sans", "", 7.5)
        room = width - 2 * self.c_margin
        self.set_font_size(7.5 * min(1, room / max(self.get_string_width(cell.text), 1)))
        self.set_text_color(*(_BAD if cell.bad else (0, 0, 0)))
        self.set_xy(left, top + 4.7)
        self.cell(width, 4, cell.text)
        self.set_text_color(0)
        self.set_y(top)
