"""Written Chinese → the words a reader says: no digits, no symbols, only words and pauses.

Pure: ordered rules over one piece of text (§ EN 301 549 5.1.3 wants everything heard). Which pieces a
notice has is `sync.reading.aloud`; how the words sound is `sync.reading.sounds`.
"""

import re
import unicodedata
from typing import Final

from sync.reading import amounts, callnumbers, dates
from sync.reading.numbers import digits, quantity
from sync.reading.rules import Rule, apply, rule

# Latin words that people in a village know by a Chinese name; all others are said letter by letter.
_LATIN: Final = {
    "wifi": "无线网", "wi-fi": "无线网", "ok": "好", "email": "电子邮箱", "e-mail": "电子邮箱",
    "qr": "二维", "no": "编号", "tel": "电话", "vs": "对", "kg": "公斤", "km": "公里",
    "excel": "表格", "word": "文档", "gps": "卫星定位", "co": "一氧化碳",
}  # fmt: skip
_SYMBOLS: Final = {
    "%": "百分号", "‰": "千分号", "+": "加", "＋": "加", "×": "叉", "÷": "除以", "=": "等于", "＝": "等于", "≥": "大于等于",
    "≤": "小于等于", "＞": "大于", "＜": "小于", ">": "大于", "<": "小于", "±": "正负", "≈": "约", "&": "和", "＆": "和",
    "@": "艾特", "№": "编号", "¥": "元", "￥": "元", "$": "美元", "°": "度", "㎡": "平方米", "℃": "摄氏度", "〇": "零", "○": "零",
    "√": "勾", "✓": "勾", "✔": "勾", "☑": "勾", "✗": "叉", "²": "平方", "³": "立方", "½": "二分之一", "¼": "四分之一", "¾": "四分之三",
}  # fmt: skip
_FULL: Final = {
    **{code: code - 0xFEE0 for code in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]},
    ord("％"): "%", ord("／"): "/", ord("．"): ".", ord("－"): "-", ord("　"): " ", ord("＊"): "*", ord("﹣"): "-", ord("−"): "-",
}  # fmt: skip
_CHINESE: Final = "\u3400-\u9fff\U00020000-\U0003134f"
_BLANK: Final = re.compile(r"[^\S\n]+")
_ALONE: Final = re.compile(rf"(?<!\S)([{_CHINESE}])[ ]+(?=[{_CHINESE}](?:\s|\Z))")
# Typists who set figures apart do so on both sides: 共 4 户, but 张三 500元 is two things.
_SPACED: Final = re.compile(
    rf"(?<=[{_CHINESE}]) (?=[\d¥￥][\d.,:：%‰/~～—–-]{{0,30}}+(?: [{_CHINESE}]|[，。；、）)]|\Z))"
    rf"|(?<=[\d%‰]) (?=[{_CHINESE}])",
    re.ASCII,
)

_FIRST: Final[tuple[Rule, ...]] = (
    rule(r"(?:https?://|www\.)[^\s，。；！？、）)]++", lambda _: "网址"),
    rule(r"^\s*+[（(]?(\d{1,2})[)）、.．](?!\d)\s*+", lambda m: f"{quantity(m[1])}，"),
    rule(
        rf"(?<=[{_CHINESE}])(\*{{1,3}}+)(?=[{_CHINESE}]|\s|\Z|[，。、；：）)])",
        lambda m: "某" * len(m[1]),
    ),
)
_LAST: Final[tuple[Rule, ...]] = (
    rule(r"(?<=\d)\.(?=\d)", lambda _: "点"),
    rule(r"\d+", lambda m: digits(m[0])),
    rule(r"[A-Za-z]+(?:-[A-Za-z]+)?", lambda m: _latin(m[0])),
)
_PAUSES: Final[tuple[Rule, ...]] = (
    rule(r"[,，]", lambda _: "，"),
    rule(r"[;；\n]", lambda _: "；"),
    rule(r"[:：]", lambda _: "："),
    rule(r"!", lambda _: "！"),
    rule(r"\?", lambda _: "？"),
    rule(r"\.{3,}+|…+|\.(?=\s|\Z)", lambda _: "。"),
    rule(rf"(?<=[{_CHINESE}])/(?=[{_CHINESE}])", lambda _: "或"),
    rule("[”》」][“《「]", lambda _: "、"),
    rule(r"""[“”‘’"'「」『』《》〈〉<>]+""", lambda _: ""),
    rule(rf"[^{_CHINESE}A-Za-z，。；：、！？ ]+", lambda _: " "),
    rule(r" {2,}", lambda _: " "),
    rule(rf"(?<=[{_CHINESE}]) +(?=[{_CHINESE}])", lambda _: "，"),
    rule(r" *+([，。；：、！？])[，。；：、！？ ]*+", lambda m: m[1]),
    rule(r"^[，。；：、！？ ]++| ++\Z", lambda _: ""),
)


def spoken(text: str, *, money: bool = False) -> str:
    """Return the words of `text` with Chinese punctuation for the pauses; "" if nothing is sayable.

    `money` reads a text that is only a number as yuan, as in a column of amounts. Never fails and
    leaves no digit; letters that stay are to be said one by one.
    """
    plain = _plain(text)
    words = amounts.cell(plain) if money else None
    if words is None:
        for rules in (_FIRST, dates.RULES, callnumbers.RULES, amounts.RULES, _LAST):
            plain = apply(rules, plain)
        words = plain
    for symbol, name in _SYMBOLS.items():
        words = words.replace(symbol, name)
    return apply(_PAUSES, words)


def _plain(text: str) -> str:
    text = _BLANK.sub(" ", text.translate(_FULL))
    if not text.isascii():
        text = "".join(_digit(char) for char in text)
    return _SPACED.sub("", _ALONE.sub(r"\1", text))


def _digit(char: str) -> str:
    """Numbers of other kinds (①, Ⅳ, ٣) as plain digits or words; ½, ² and 三 stay as they are."""
    if char.isascii() or "\u3400" <= char <= "\u9fff" or char in _SYMBOLS:
        return char
    value = unicodedata.numeric(char, None)
    if value is None:
        return char
    if unicodedata.decimal(char, None) is not None:
        return str(int(value))
    if value != int(value) or value > 1e12:
        return " "
    words = quantity(str(int(value)))
    return f"，{words}，" if unicodedata.category(char) == "No" else words


def _latin(word: str) -> str:
    return _LATIN.get(word.lower(), word.upper())
