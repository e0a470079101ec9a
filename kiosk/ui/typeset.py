"""Breaking Chinese text into lines: no closing mark begins a line, no opening one ends it (避头尾).

Pure: the width of a character comes in as a function. Numbers stay with their units and Latin words
whole, after GB/T 15834 (marks at line ends) and the W3C's Requirements for Chinese Text Layout.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

Advance = Callable[[str], float]
"""The width in px of one character."""

NO_BREAK: Final = "\u00a0"  # a space that keeps both its neighbours on the line
_CLOSING: Final = NO_BREAK + "，。、；：？！）】》〉」』〕’”…—～·％%‰℃,.;:?!)]}>"
_OPENING: Final = NO_BREAK + "（【《〈「『〔‘“([{<￥¥$第"
_UNIT: Final = (
    "万元|亿元|千瓦时|平方米|立方米|公顷|公里|千克|公斤|年度|季度|个月|工作日|小时|分钟|"
    "[元角分亩米年月日号时个户人条组岁次吨项名届期页笔只头株套台间座处天秒升村组度]"
)
_ATOM: Final = re.compile(
    r"(?P<aside>（[^（）\n]{1,8}）)"
    r"|(?P<date>(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日)"
    rf"|(?P<number>[+\-\u2212]?[0-9]+(?:[,.:/\-][0-9]+)*(?:%|\s?(?:{_UNIT}))?)"
    r"|(?P<masked>[\u4e00-\u9fff]\*+[\u4e00-\u9fff]?)"  # 张*三, as villages publish names
    r"|(?P<latin>[A-Za-z][A-Za-z0-9'_\-]*)"
    r"|(?P<space> +)"
    r"|(?P<one>.)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Line:
    """Characters `start` to `end` of a text, drawn as `text`; `width` in px."""

    start: int
    end: int
    text: str
    width: float


def break_lines(text: str, width: float, advance: Advance) -> tuple[Line, ...]:
    """Return `text` in lines of at most `width` px.

    A `\\n` always breaks. Only a cluster that is itself wider than the line is cut inside.
    """
    lines: list[Line] = []
    start = 0
    for paragraph in text.split("\n"):
        lines.extend(_break_paragraph(text, start, start + len(paragraph), width, advance))
        start += len(paragraph) + 1
    return tuple(lines)


def shorten(text: str, width: float, advance: Advance) -> str:
    """Return `text`, cut with an ellipsis if it is wider than `width` px."""
    if measure(text, advance) <= width:
        return text
    room = width - advance("…")
    taken = 0
    for character in text:
        room -= advance(character)
        if room < 0:
            break
        taken += 1
    return text[:taken].rstrip() + "…"


def measure(text: str, advance: Advance) -> float:
    """Return the width in px of one line."""
    return sum(map(advance, text))


def widest_word(text: str, advance: Advance) -> float:
    """Return the width in px of the widest part of `text` that must stay on one line."""
    clusters = _clusters(text, 0, len(text))
    return max(
        (measure(text[left:right].rstrip(" "), advance) for left, right in clusters), default=0.0
    )


def _break_paragraph(text: str, start: int, end: int, width: float, advance: Advance) -> list[Line]:
    lines: list[Line] = []
    begin, used = start, 0.0
    for left, right in _clusters(text, start, end):
        size = measure(text[left:right], advance)
        visible = measure(text[left:right].rstrip(" "), advance)
        if used + visible > width and left > begin:
            lines.append(_line(text, begin, left, advance))
            begin, used = left, 0.0
        if visible > width:
            pieces = _cut(text, left, right, width, advance)
            lines.extend(pieces[:-1])
            begin, size = pieces[-1].start, pieces[-1].width
            used = 0.0
        used += size
    if begin < end or not lines:
        lines.append(_line(text, begin, end, advance))
    return lines


def _line(text: str, start: int, end: int, advance: Advance) -> Line:
    shown = text[start:end].rstrip(" ")
    return Line(start, end, shown, measure(shown, advance))


def _clusters(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the runs that must stay on one line: marks join the word that they belong to."""
    clusters: list[tuple[int, int]] = []
    for found in _ATOM.finditer(text, start, end):
        first, last = found.span()
        joins = bool(clusters) and (
            found.lastgroup == "space"
            or text[first] in _CLOSING
            or text[clusters[-1][1] - 1] in _OPENING
        )
        if joins:
            clusters[-1] = (clusters[-1][0], last)
        else:
            clusters.append((first, last))
    return clusters


def _cut(text: str, start: int, end: int, width: float, advance: Advance) -> list[Line]:
    pieces: list[Line] = []
    begin, used = start, 0.0
    for place in range(start, end):
        size = advance(text[place])
        if used + size > width and place > begin:
            pieces.append(_line(text, begin, place, advance))
            begin, used = place, 0.0
        used += size
    pieces.append(_line(text, begin, end, advance))
    return pieces
