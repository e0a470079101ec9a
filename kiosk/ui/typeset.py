"""Breaking Chinese text into lines: no closing mark begins a line, no opening one ends it (避头尾).

Pure: the width of a character comes in as a function. Numbers stay with their units and Latin words
whole, after GB/T 15834 (marks at line ends) and the W3C's Requirements for Chinese Text Layout.
Running text may be broken between any two characters; titles also keep the words of `kiosk.ui.words` whole.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from kiosk.ui.words import WORDS

Advance = Callable[[str], float]
"""The width in px of one character."""

NO_BREAK: Final = "\u00a0"  # a space that keeps both its neighbours on the line
_CLOSING: Final = NO_BREAK + "，。、；：？！）】》〉」』〕’”…—～·％%‰℃,.;:?!)]}>"
_OPENING: Final = NO_BREAK + "（【《〈「『〔‘“([{<￥¥$第"
_UNIT: Final = (
    "万元|亿元|千瓦时|平方米|立方米|公顷|公里|千克|公斤|年度|季度|个月|工作日|小时|分钟|"
    "[元角分亩米年月日号时个户人条组岁次吨项名届期页笔只头株套台间座处天秒升村组度]"
)
_SHORT_RUN: Final = 3  # characters between two known words: most likely one word too
_FULL_LINE: Final = 6  # characters; a shorter line gives none to the one below
_PAUSES: Final = "，。、；：？！）》”"
_ROOM_FOR_PAUSE: Final = 1.3  # how much longer a line may be to end with one of these
_PLAIN: Final = (
    r"(?P<aside>（[^（）\n]{1,8}）)"
    r"|(?P<date>(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日)"
    rf"|(?P<number>[+\-\u2212]?[0-9]+(?:[,.:/\-][0-9]+)*(?:%|\s?(?:{_UNIT}))?)"
    r"|(?P<masked>[\u4e00-\u9fff]\*+[\u4e00-\u9fff]?)"  # 张*三, as villages publish names
    r"|(?P<latin>[A-Za-z][A-Za-z0-9'_\-]*)"
    r"|(?P<space> +)"
    r"|(?P<one>.)"
)
_ATOM: Final = re.compile(_PLAIN, re.DOTALL)
_HAN: Final = "\u4e00-\u9fff"
_WORD: Final = re.compile(
    rf"(?P<word>{WORDS})|(?P<run>[{_HAN}]+?(?=$|[^{_HAN}]|{WORDS}))|{_PLAIN}", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Line:
    """Characters `start` to `end` of a text, drawn as `text`; `width` in px."""

    start: int
    end: int
    text: str
    width: float


def break_lines(
    text: str, width: float, advance: Advance, *, words: bool = False
) -> tuple[Line, ...]:
    """Return `text` in lines of at most `width` px; `words` keeps known words whole.

    A `\\n` always breaks. Only a cluster that is itself wider than the line is cut inside.
    """
    atoms = _WORD if words else _ATOM
    lines: list[Line] = []
    start = 0
    for paragraph in text.split("\n"):
        lines.extend(_break_paragraph(text, start, start + len(paragraph), width, advance, atoms))
        start += len(paragraph) + 1
    return tuple(lines)


def break_title(text: str, width: float, advance: Advance) -> tuple[Line, ...]:
    """Return a title in as few lines as `break_lines` needs, but alike long and its words whole.

    Of two lines the first ends with a pause if there is one near the middle.
    """
    least = break_lines(text, width, advance)
    if len(least) == 1:
        return least
    low, high, best = 0.0, width, least
    for _ in range(10):
        tried = break_lines(text, high if best is least else (low + high) / 2, advance, words=True)
        widest = max(line.width for line in tried)
        if len(tried) <= len(least) and widest <= width:
            best, high = tried, widest
        elif best is least:
            return least  # whole words need a line more
        else:
            low = (low + high) / 2
    return _with_pause(text, best, width, advance)


def _with_pause(
    text: str, lines: tuple[Line, ...], width: float, advance: Advance
) -> tuple[Line, ...]:
    if len(lines) != 2 or "\n" in text:
        return lines
    longest = min(width, max(line.width for line in lines) * _ROOM_FOR_PAUSE)
    parted = [
        (_line(text, 0, last, advance), _line(text, last, len(text), advance))
        for _, last in _clusters(text, 0, len(text))[:-1]
        if text[last - 1] in _PAUSES
    ]
    fitting = [pair for pair in parted if max(line.width for line in pair) <= longest]
    return min(fitting, key=lambda pair: max(line.width for line in pair), default=lines)


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


def _break_paragraph(
    text: str, start: int, end: int, width: float, advance: Advance, atoms: re.Pattern[str]
) -> list[Line]:
    lines: list[Line] = []
    begin, used = start, 0.0
    clusters = _clusters(text, start, end, atoms)
    for left, right in clusters:
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
    return _accompanied(text, lines, clusters, width, advance)


def _accompanied(
    text: str,
    lines: list[Line],
    clusters: list[tuple[int, int]],
    width: float,
    advance: Advance,
) -> list[Line]:
    """Return the lines without a lone last character: the one before it comes down to it."""
    if len(lines) == 1 or len(lines[-1].text.rstrip(_CLOSING)) > 1:
        return lines
    before, last = lines[-2:]
    above = [left for left, _ in clusters if before.start <= left < before.end]
    if len(above) < _FULL_LINE or measure(text[above[-1] : last.end], advance) > width:
        return lines
    moved = (
        _line(text, before.start, above[-1], advance),
        _line(text, above[-1], last.end, advance),
    )
    return [*lines[:-2], *moved]


def _line(text: str, start: int, end: int, advance: Advance) -> Line:
    shown = text[start:end].rstrip(" ")
    return Line(start, end, shown, measure(shown, advance))


def _clusters(
    text: str, start: int, end: int, atoms: re.Pattern[str] = _ATOM
) -> list[tuple[int, int]]:
    """Return the runs that must stay on one line: marks join the word that they belong to."""
    clusters: list[tuple[int, int]] = []
    for first, last, kind in _atoms(text, start, end, atoms):
        joins = bool(clusters) and (
            kind == "space"
            or text[first] in _CLOSING
            or text[clusters[-1][1] - 1] in _OPENING
            or (kind == "run" and text[first] == "的")
        )
        if joins:
            clusters[-1] = (clusters[-1][0], last)
        else:
            clusters.append((first, last))
    return clusters


def _atoms(
    text: str, start: int, end: int, atoms: re.Pattern[str]
) -> Iterator[tuple[int, int, str | None]]:
    for found in atoms.finditer(text, start, end):
        first, last = found.span()
        if found.lastgroup == "run":
            # Most words have two characters, so an unknown run is taken for pairs.
            while last - first > _SHORT_RUN:
                yield first, first + 2, "run"
                first += 2
        yield first, last, found.lastgroup


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
