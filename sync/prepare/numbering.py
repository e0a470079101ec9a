"""The numbers that a word processor shows before list items and headings but doesn't store as text.

Counts along a document's paragraphs by its numbering part (ECMA-376 part 1, 17.9). Pure: XML
elements in, the number's text out.
"""

import re
from dataclasses import dataclass, field
from string import ascii_lowercase, ascii_uppercase
from typing import Any, Final

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS: Final = 9
_DIGITS: Final = "〇一二三四五六七八九"
_RUNS: Final = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "lowerLetter": ascii_lowercase,
    "upperLetter": ascii_uppercase,
}
_ROMAN: Final = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_CHINESE_FORMATS: Final = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "ideographDigital",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
    }
)


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts: `text` has %1 to %9 for the levels' numbers."""

    start: int
    style: str
    text: str


@dataclass(slots=True)
class Numbering:
    """The lists of one document and how far each has counted."""

    lists: dict[str, tuple[str, tuple[Level, ...]]]  # numId → the list it counts along, its levels
    _counts: dict[str, list[int | None]] = field(default_factory=dict)

    def next(self, number_id: str, level: int) -> str:
        """Count one item on and return its number, "" for a list the document doesn't define."""
        if number_id not in self.lists or not 0 <= level < _LEVELS:
            return ""
        shared, levels = self.lists[number_id]
        counts = self._counts.setdefault(shared, [None] * _LEVELS)
        before = counts[level]
        counts[level] = levels[level].start if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        for above in range(level):
            if counts[above] is None:
                counts[above] = levels[above].start
        if levels[level].style == "bullet":
            return "•"
        return re.sub(
            r"%([1-9])",
            lambda found: _counted(counts[int(found[1]) - 1], levels[int(found[1]) - 1].style),
            levels[level].text,
        )


def numbering_of(root: Any) -> Numbering:
    """Return the lists that a document's numbering part defines; none if `root` is None."""
    if root is None:
        return Numbering({})
    drafts = {
        draft.get(f"{W}abstractNumId"): tuple(_level(draft, number) for number in range(_LEVELS))
        for draft in root.iter(f"{W}abstractNum")
    }
    lists: dict[str, tuple[str, tuple[Level, ...]]] = {}
    for entry in root.iter(f"{W}num"):
        draft_id = _value(entry.find(f"{W}abstractNumId"), "")
        if draft_id not in drafts:
            continue
        number_id = entry.get(f"{W}numId")
        levels, restarts = _overridden(entry, drafts[draft_id])
        lists[number_id] = (f"{number_id}!" if restarts else draft_id, levels)
    return Numbering(lists)


def chinese(number: int) -> str:
    """Return 1 to 9,999 as 一 to 九千九百九十九, as articles are counted; others in digits."""
    if not 0 < number < 10_000:
        return str(number)
    words, skipped = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += ("〇" if skipped and words else "") + _DIGITS[digit] + name
        skipped = not digit
    words = words.replace("〇", "零")
    return words[1:] if words.startswith("一十") else words


def _level(draft: Any, number: int) -> Level:
    for level in draft.findall(f"{W}lvl"):
        if level.get(f"{W}ilvl") == str(number):
            return _read_level(level)
    return Level(1, "none", "")


def _read_level(level: Any) -> Level:
    return Level(
        start=_whole(_value(level.find(f"{W}start"), "1")),
        style=_value(level.find(f"{W}numFmt"), "decimal"),
        text=_value(level.find(f"{W}lvlText"), ""),
    )


def _overridden(entry: Any, levels: tuple[Level, ...]) -> tuple[tuple[Level, ...], bool]:
    changed, restarts = list(levels), False
    for override in entry.findall(f"{W}lvlOverride"):
        number = _whole(override.get(f"{W}ilvl", "0"))
        if number >= _LEVELS:
            continue
        own, start = override.find(f"{W}lvl"), override.find(f"{W}startOverride")
        if own is not None:
            changed[number] = _read_level(own)
        if start is not None:
            before = changed[number]
            changed[number] = Level(_whole(_value(start, "1")), before.style, before.text)
            restarts = True
    return tuple(changed), restarts


def _value(element: Any, default: str) -> str:
    return default if element is None else str(element.get(f"{W}val", default))


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,5}", text) else 0


def _counted(number: int | None, style: str) -> str:
    count = number or 0
    if style in _CHINESE_FORMATS:
        return chinese(count)
    if style in _RUNS:
        return _RUNS[style][count - 1 : count] or str(count)
    if style in {"lowerRoman", "upperRoman"}:
        words = _roman(count % 4000)
        return words if style == "lowerRoman" else words.upper()
    if style == "decimalZero":
        return f"{count:02}"
    return "" if style == "none" else str(count)


def _roman(number: int) -> str:
    words = ""
    for value, letters in _ROMAN:
        words += letters * (number // value)
        number %= value
    return words
