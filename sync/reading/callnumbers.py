"""Numbers that name something and count nothing: telephones, accounts, documents, rooms, roads.

They are said digit by digit, with 幺 for 1, and with the pauses in which people write them down.
"""

import re
from typing import Final

from sync.reading.numbers import digits, quantity
from sync.reading.rules import MEASURE, Rule, rule

_CALLED: Final = r"(?:电话|手机号?|热线|传真|拨打|拨|致电|呼叫|请打|打给|急病打|报警|急救|火警|匪警|医疗|举报|投诉|客服|微信号|QQ群?)"
_NAMED: Final = r"(?:账号|帐号|卡号|编号|编码|号码|证号|代码|邮编|单号|工号|车牌号?|尾号|票号|验证码|密码|凭证号|序列号|№|No\.?|NO\.?)"
_LINK: Final = r"(?:[是为]|[:：]){0,2}[ ]?"
_SHORT: Final = r"(?:1[12]\d|12\d{3}|10\d{3}|9[56]\d{3})"
_COUNTED: Final = rf"(?:\d|[.,]\d|[ ]?{MEASURE}|[ ]?%)"
_AMOUNT: Final = r"(?:\d|[.,]\d|[ ]?(?:元|万|亿))"


def _called(text: str) -> str:
    return digits(text, call=True)


def _mobile(match: re.Match[str]) -> str:
    number = re.sub(r"\D", "", match[1])
    return "，".join(_called(part) for part in (number[:3], number[3:7], number[7:]))


def _masked(match: re.Match[str]) -> str:
    hidden = quantity(str(len(match[2])), counted=True)
    return f"{_called(match[1])}，隐去{hidden}位，{_called(match[3])}"


def _named(match: re.Match[str]) -> str:
    number = match["number"]
    long = len(re.sub(r"\D", "", number)) >= 3 or number.startswith("0")
    return match["name"] + (_called(number) if long else quantity(number.rstrip(" -")))


def _voucher(match: re.Match[str]) -> str:
    return match[1] + (_called(match[2]) if match[2].startswith("0") else quantity(match[2]))


def _short(match: re.Match[str]) -> str:
    return re.sub(r"\d+", lambda number: _called(number[0]), match[0])


def _joined(match: re.Match[str]) -> str:
    return "杠".join(_called(part) for part in match[0].split("-"))


RULES: Final[tuple[Rule, ...]] = (
    rule(
        r"[〔\[（(【]((?:19|20)\d\d)[〕\]）)】][ ]?(第?)[ ]?(\d{1,5})[ ]?号",
        lambda m: f"，{digits(m[1])}，{m[2]}{quantity(m[3])}号",
    ),
    rule(r"(?<!\d)(\d{2,6}+)(\*{2,16}+)(\d{0,6}+)(?!\d)", _masked),
    rule(r"(?<![\d.])(\d{17})[Xx](?![A-Za-z\d])", lambda m: f"{_called(m[1])}X"),
    rule(rf"(?<![\d.])(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{{4}}[- ]?\d{{4}})(?!{_COUNTED})", _mobile),
    rule(
        rf"(?<![\d.])[(（]?(0\d{{2,3}})[)）]?[- ]?(\d{{7,8}})(?!{_AMOUNT})",
        lambda m: f"{_called(m[1])}，{_called(m[2])}",
    ),
    rule(
        rf"(?<![\d.])([48]00)-?(\d{{3}}-?\d{{4}})(?!{_AMOUNT})",
        lambda m: f"{_called(m[1])}，{_called(m[2])}",
    ),
    rule(
        rf"{_CALLED}[\u4e00-\u9fff]{{0,6}}{_LINK}(?:{_SHORT}[、或和/]){{0,4}}{_SHORT}(?!{_COUNTED})",
        _short,
    ),
    rule(rf"({_CALLED}{_LINK})(\d[\d -]{{1,20}}+)(?!{_COUNTED})", lambda m: m[1] + _called(m[2])),
    rule(rf"(?<=转)\d{{3,5}}(?!{_COUNTED})", lambda m: _called(m[0])),
    rule(rf"(?<![\d.]){_SHORT}(?=热线|平台|报警|急救|举报)", _short),
    rule(
        rf"(?P<name>{_NAMED}{_LINK}(?:[A-Za-z]{{0,4}}|[记收付转现银]字?第?)-?)(?P<number>\d[\d -]{{0,30}}+)(?![\d.])",
        _named,
    ),
    rule(r"(?<![\u4e00-\u9fff])([记收付转现银]字?第?)-?(\d{1,4})(?![\d.,])", _voucher),
    rule(
        r"(国道|省道|县道|乡道|(?<![A-Za-z])[GSXYC])(\d{3})(?!\d)",
        lambda m: m[1] + _called(m[2]),
    ),
    rule(r"(?<![\d.-])\d{1,6}(?:-\d{1,6}){2,9}(?![\d-])", _joined),
    rule(r"(?<!\d)\d{3,4}(?=室|国道|省道|县道|乡道|房)", lambda m: _called(m[0])),
    rule(
        r"((?<![A-Za-z])[A-Z]{1,6}+)-?(\d{3,18}+)(?![\d.])",
        lambda m: m[1] + _called(m[2]),
    ),
    rule(rf"(?<![\d.])\d{{11,}}+(?!{_COUNTED})", lambda m: _called(m[0])),
)
