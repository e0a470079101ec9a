"""Money, percentages, fractions, ranges, quantities with their units, and bare numbers."""

import re
from typing import Final

from sync.reading.numbers import digits, money, quantity
from sync.reading.rules import BEFORE_TO, MEASURE, NUMBER, SIGN, TO, Rule, rule
from sync.reading.units import LETTERS, SYMBOLS

_SYMBOL: Final = "|".join(re.escape(unit) for unit in sorted(SYMBOLS, key=len, reverse=True))
_LETTER: Final = "".join(LETTERS)
_PER: Final = (
    "(?:人|月|年|天|日|亩|户|次|度|吨|斤|公斤|平方米|立方米|米|公里|小时|个|棵|株|头|只|袋|桶|车|场|件|台|套|组|村|"
    "千瓦时|工)"
)
_CURRENCY: Final = r"(?:[¥￥]|RMB[ ]?|CNY[ ]?)"
_LARGE: Final = "(?:十万|百万|千万|万|亿)"
_SPOKEN: Final = "负零一二两三四五六七八九十百千"


def _currency(match: re.Match[str]) -> str:
    sign = "负" if match[1] or match[2] else ""
    if match[4]:
        return f"{sign}{quantity(match[3], counted=True)}{match[4]}元"
    return sign + money(match[3])


def _money(match: re.Match[str]) -> str:
    return ("负" if match[1] else "") + money(match[2])


def _money_range(match: re.Match[str]) -> str:
    low = money(match[1]) if "." in match[1] else quantity(match[1], counted=True)
    return f"{low}至{money(match[2])}"


def _percent(match: re.Match[str]) -> str:
    of = "百分之" if match[4] in "%％" else "千分之"
    first = f"{of}{quantity(match[2])}至" if match[2] else ""
    return f"{'负' if match[1] else ''}{first}{of}{quantity(match[3])}"


def _fraction(match: re.Match[str]) -> str:
    if int(match[2]) < 2 or match[1].startswith("0"):
        return f"{quantity(match[1])}杠{quantity(match[2])}"
    return f"{quantity(match[2])}分之{quantity(match[1])}"


def _range(match: re.Match[str]) -> str:
    counted = bool(match[3])
    low, high = (_plain(number, counted=counted) for number in (match[1], match[2]))
    # 3-2 is a door and 01-15 a form; 1-15 is from one to fifteen.
    names = _value(match[1]) > _value(match[2]) or re.match(r"0\d", match[1])
    return f"{low}{'杠' if names else '至'}{high}"


def _value(number: str) -> float:
    return float(number.replace(",", "")[:32])


def _plain(number: str, *, counted: bool) -> str:
    if re.fullmatch(r"0\d+", number, re.ASCII):
        return digits(number)
    return quantity(number, counted=counted)


def _bare(match: re.Match[str]) -> str:
    counted = bool(match[3]) and match.string[max(0, match.start() - 1) : match.start()] != "第"
    return ("负" if match[1] else "") + _plain(match[2], counted=counted)


_CELL: Final = re.compile(rf"([(（]?)([-−–－]?)[ ]?[¥￥]?({NUMBER})[ ]?元?([)）]?)", re.ASCII)


def cell(text: str) -> str | None:
    """Return the words of a cell that holds nothing but an amount in yuan, else None.

    Book-keepers write a negative amount in brackets too.
    """
    match = _CELL.fullmatch(text.strip())
    if match is None or bool(match[1]) != bool(match[4]):
        return None
    words = money(match[3])
    return f"负{words}" if (match[1] or match[2]) and words != "零元" else words


RULES: Final[tuple[Rule, ...]] = (
    rule(
        rf"(?i:(?<=\d)[ ]?({_SYMBOL})(?![A-Za-z])|(?<=/)({_SYMBOL})(?![A-Za-z])|([㎡㎥℃]))",
        lambda m: SYMBOLS[(m[1] or m[2] or m[3]).lower()],
    ),
    rule(rf"(?<=\d)[ ]?([{_LETTER}])(?![A-Za-z\d])", lambda m: LETTERS[m[1]]),
    rule(r"(?:(?<=[\d米]) ?[xX*]|(?<=[\d\u4e00-\u9fff]) ?×) ?(?=\d)", lambda _: "乘"),
    rule(rf"([-−–－])?{_CURRENCY}[ ]?([-−–－])?({NUMBER})[ ]?({_LARGE})?元?", _currency),
    rule(rf"({NUMBER}){TO}({NUMBER})[ ]?(?:元|块钱)", _money_range),
    rule(rf"({SIGN})({NUMBER})[ ]?(?:元|块钱)", _money),
    rule(rf"({SIGN})(?:({NUMBER})[ ]?[%％]?{TO})?({NUMBER})[ ]?([%％‰])", _percent),
    rule(r"(?<![\d/.])(\d{1,3})/(\d{1,3})(?![\d/.])", _fraction),
    rule(rf"(?<!\d[-])({NUMBER}){TO}({NUMBER})(?=[ ]?({MEASURE})?)", _range),
    rule(rf"(?<=[{BEFORE_TO}])[ ]?[-−–—－~～]{{1,2}}[ ]?(?=[\d¥￥{_SPOKEN}])", lambda _: "至"),
    rule(
        rf"({NUMBER})[ ]?[:：][ ]?({NUMBER})(?![ ]?{MEASURE})",
        lambda m: f"{quantity(m[1])}比{quantity(m[2])}",
    ),
    rule(rf"({SIGN})({NUMBER})(?=[ ]?({MEASURE})?)", _bare),
    rule(
        rf"(?<=[元角分斤克吨升米里时度户人个亩]) ?/ ?({_PER}(?:[·/]{_PER}){{0,3}})",
        lambda m: "每" + re.sub("[·/]", "每", m[1]),
    ),
)
