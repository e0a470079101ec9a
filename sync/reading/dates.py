"""Dates and times of day as they are said: the year digit by digit, the rest as ordinals."""

import re
from typing import Final

from sync.reading.numbers import digits, quantity
from sync.reading.rules import MEASURE, TO, Rule, rule

_YEAR: Final = r"(?<![\d.,])(?P<year>(?:1[5-9]|20|21)\d\d)"
_MONTH: Final = r"(?P<month>0?[1-9]|1[0-2])"
_DAY: Final = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_RATIO: Final = re.compile(r"(?:比例|比分|配比|之比|稀释|水灰比|坡比)[为是:： ]{0,2}\Z")


def _date(match: re.Match[str]) -> str:
    year, month, day = match["year"], match["month"], match["day"]
    return f"{digits(year)}年{quantity(month)}月{quantity(day)}日"


def _time(match: re.Match[str]) -> str:
    if _RATIO.search(match.string[max(0, match.start() - 8) : match.start()]):
        return f"{quantity(match[1])}比{quantity(match[2])}"
    words = f"{quantity(match[1], counted=True)}点"
    if match[2] != "00" or match[3]:
        words += f"{_sixtieth(match[2])}分"
    return words + (f"{_sixtieth(match[3])}秒" if match[3] else "")


def _sixtieth(text: str) -> str:
    return f"零{digits(text[1])}" if text[0] == "0" and text[1] != "0" else quantity(text)


RULES: Final[tuple[Rule, ...]] = (
    rule(rf"{_YEAR}(?P<mark>[-/.]){_MONTH}(?P=mark){_DAY}(?!\d|(?P=mark)\d)[日号]?T?", _date),
    rule(
        rf"{_YEAR}[-/.]{_MONTH}(?!\d|[-/.%]\d?|[ ]?{MEASURE})月?",
        lambda m: f"{digits(m['year'])}年{quantity(m['month'])}月",
    ),
    rule(
        rf"{_YEAR}年?{TO}(?P<until>(?:1[5-9]|20|21)\d\d)(?=年|学年|财年|届)",
        lambda m: f"{digits(m['year'])}至{digits(m['until'])}",
    ),
    rule(rf"{_YEAR}(?=[ ]?(?:年|学年|财年|届))", lambda m: digits(m["year"])),
    rule(
        rf"(?<![\d:：])([01]?\d|2[0-4])[:：]([0-5]\d)(?:[:：]([0-5]\d))?(?!\d|[:：]\d|[ ]?{MEASURE})",
        _time,
    ),
    # A day that became a name: 5·12.
    rule(
        r"(?<![\d.])(\d{1,2})·(\d{1,2})(?!\d)",
        lambda m: digits(m[1] + m[2], call=True),
    ),
    # A year at the head of a name: 2026财务公开.
    rule(rf"(?<![\d.,])(20[1-4]\d)(?=[\u4e00-\u9fff])(?!{MEASURE})", lambda m: digits(m[1])),
)
