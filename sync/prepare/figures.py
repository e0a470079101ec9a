"""Amounts, dates and numbers as offices type them into cells. Pure: values in, values out."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from sync.errors import BadInput
from sync.ledger import LARGEST_AMOUNT

_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_AMOUNT: Final = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_DATE: Final = re.compile(
    r"([0-9]{4})(?:[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)"
)
_NOTHING: Final = frozenset({"", "-", "--", "—", "——", "/"})
_MONEY_UNIT: Final = re.compile(r"\(元|元\)|元/|/元|单位:元")
_MONEY: Final = re.compile(
    r"金额|补贴|补助|标准|收入|支出|余额|分红|工资|报酬|造价|单价|合价|价款|资金|缴费|红利"
)
_NOT_YUAN: Final = re.compile(
    r"亩|面积|数量|人数|户数|人口|股数|股份数|比例|%|日期|时间|编号|名称|依据|项目|来源"
)


def half_width(text: str) -> str:
    """Return `text` with full-width letters, digits and signs as ASCII, trimmed."""
    return text.translate(_FULL_WIDTH).strip()


def amount_of(value: object, where: str) -> Decimal | None:
    """Return the exact amount in yuan that a cell holds, None for an empty cell or a dash.

    Numbers are taken at the fifteen significant digits that a spreadsheet program can show: the
    binary noise behind them is neither seen nor typed by anybody.

    Raises:
        BadInput: not a number, more than two places, or beyond all village money.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise _not_an_amount(value, where)
    if isinstance(value, int) and abs(value) > LARGEST_AMOUNT:
        raise _not_an_amount(value, where)  # too long for a float's format
    amount = _typed(value, where) if isinstance(value, str) else Decimal(f"{value:.15g}")
    if amount is None:
        return None
    if not amount.is_finite() or abs(amount) > LARGEST_AMOUNT:
        raise _not_an_amount(value, where)
    exact = amount.quantize(Decimal("0.01"))
    if exact != amount:
        raise BadInput(
            f"{where}：金额 {amount} 多于两位小数，请精确到分 (more than two places, round to cents)"
        )
    return abs(exact) if exact == 0 else exact


def _typed(text: str, where: str) -> Decimal | None:
    plain = half_width(text).replace(" ", "").replace("−", "-")
    if plain in _NOTHING:
        return None
    plain = plain.removeprefix("¥").removeprefix("￥").removesuffix("元")
    if len(plain) > 40 or not _AMOUNT.fullmatch(plain):
        raise _not_an_amount(text, where)
    return Decimal(plain.replace(",", ""))


def _not_an_amount(value: object, where: str) -> BadInput:
    return BadInput(f"{where}：{str(value)[:40]!r} 不是金额 (not an amount)")


def date_of(value: object, where: str) -> date:
    """Return the day that a cell or a head value holds: a date, 2026-11-03 or 2026年11月3日.

    Raises:
        BadInput: not a day of the calendar.
    """
    if isinstance(value, datetime):
        if value.time() != time():
            raise BadInput(f"{where}：{value} 带有时刻，请只填日期 (a day without a time, please)")
        return value.date()
    if isinstance(value, date):
        return value
    days = dates_in(value, where) if isinstance(value, str) else ()
    if len(days) != 1 or not _DATE.fullmatch(half_width(str(value))):
        raise BadInput(f"{where}：{str(value)[:40]!r} 不是日期，请写成 2026-11-03 (not a date)")
    return days[0]


def period_of(value: object, where: str) -> tuple[date, date]:
    """Return the two days between which a period lies: a text with both, or a list of two.

    Raises:
        BadInput: not two days in order.
    """
    days = dates_in(value, where) if isinstance(value, str) else ()
    if isinstance(value, list):
        days = tuple(date_of(day, where) for day in value)
    if len(days) != 2 or days[0] > days[1]:
        raise BadInput(
            f"{where}：所属期间请写成 2026-11-01 至 2026-11-15，先后不能颠倒 (two dates in order, please)"
        )
    return days[0], days[1]


def dates_in(text: str, where: str) -> tuple[date, ...]:
    """Return every day that `text` names.

    Raises:
        BadInput: one of them isn't in the calendar.
    """
    try:
        return tuple(
            date(int(found[1]), int(found[2] or found[4]), int(found[3] or found[5]))
            for found in _DATE.finditer(half_width(text))
        )
    except ValueError as error:
        raise BadInput(f"{where}：{text[:40]!r} 没有这一天 (no such day)") from error


def is_money(header: str) -> bool:
    """Tell by its header whether a column is in yuan; 万元 isn't."""
    name = half_width(header)
    if "万" in name:
        return False
    return bool(_MONEY_UNIT.search(name) or (_MONEY.search(name) and not _NOT_YUAN.search(name)))
