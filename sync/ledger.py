"""The standard ledger: every entry of a period, and the proof that it balances.

Amounts are exact decimals in yuan with two places, never floats. Pure rules: reading a spreadsheet
is `sync.prepare.sheets`, drawing one is `kiosk.present`.
"""

from datetime import date
from decimal import Decimal

import msgspec

from sync.errors import BadInput

CENT = Decimal("0.01")
LARGEST_AMOUNT = Decimal("999999999999.99")


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """One entry. Exactly one of `income` and `expense` is above zero; both are yuan."""

    on: date
    item: str
    voucher: str
    handler: str
    income: Decimal
    expense: Decimal
    balance: Decimal
    remark: str = ""
    category: str = ""
    photos: tuple[str, ...] = ()  # sha256 of voucher pictures, listed in Notice.pictures


class Ledger(msgspec.Struct, frozen=True, tag="ledger", tag_field="type", omit_defaults=True):
    """A period's entries with opening and closing balance, in yuan."""

    start: date
    end: date
    opening: Decimal
    rows: tuple[Row, ...]
    income: Decimal
    expense: Decimal
    closing: Decimal


def check(ledger: Ledger, *, first_row: int = 1) -> None:
    """Prove that the ledger balances, entry by entry (逐项逐笔, the national rule).

    `first_row` is the number under which the reader knows the first entry (its spreadsheet row).

    Raises:
        BadInput: names the first row or total that is wrong, with the expected and the found amount.
    """
    if ledger.start > ledger.end:
        raise _wrong(
            "所属期间 (period)",
            "开始晚于结束 (the period ends before it starts)",
            found=f"{ledger.start}—{ledger.end}",
        )
    _check_amount(ledger.opening, "期初余额 (opening balance)")
    for total in (ledger.income, ledger.expense, ledger.closing):
        _check_amount(total, "合计 (totals)")
    balance = ledger.opening
    for number, row in enumerate(ledger.rows, start=first_row):
        balance = _check_row(ledger, row, balance, f"第 {number} 行 (row {number})")
    income = sum((row.income for row in ledger.rows), Decimal("0.00"))
    expense = sum((row.expense for row in ledger.rows), Decimal("0.00"))
    _check_equal(income, ledger.income, "收入合计 (total income)")
    _check_equal(expense, ledger.expense, "支出合计 (total expense)")
    _check_equal(balance, ledger.closing, "期末余额 (closing balance)")


def _check_row(ledger: Ledger, row: Row, balance: Decimal, where: str) -> Decimal:
    for amount in (row.income, row.expense, row.balance):
        _check_amount(amount, where, row.item)
    if row.income < 0 or row.expense < 0:
        raise _wrong(
            where, "收入、支出不能是负数 (income and expense cannot be negative)", row.item
        )
    if (row.income > 0) == (row.expense > 0):
        raise _wrong(
            where, "收入和支出必须填且只填一项 (exactly one of income and expense)", row.item
        )
    if not row.item.strip():
        raise _wrong(where, "没有写事项 (the item is empty)")
    if not ledger.start <= row.on <= ledger.end:
        raise _wrong(
            where,
            "日期不在所属期间内 (date outside the period)",
            row.item,
            f"{row.on}，{ledger.start}—{ledger.end}",
        )
    after = balance + row.income - row.expense
    _check_equal(after, row.balance, f"{where} 余额 (balance)", row.item)
    return after


def _check_amount(amount: Decimal, where: str, item: str = "") -> None:
    if (
        not amount.is_finite()
        or amount.copy_abs() > LARGEST_AMOUNT
        or amount != amount.quantize(CENT)
    ):
        raise _wrong(
            where, "金额不是两位小数的元 (not an amount in yuan with two places)", item, str(amount)
        )


def _check_equal(expected: Decimal, found: Decimal, where: str, item: str = "") -> None:
    if expected != found:
        raise _wrong(
            where,
            "和算出来的不同 (is not what was computed)",
            item,
            f"算出来是 {expected:,.2f}，表里写的是 {found:,.2f}"
            f" (computed {expected:,.2f}, written {found:,.2f})",
        )


def _wrong(where: str, words: str, item: str = "", found: str = "") -> BadInput:
    """Return the error: whoever has the file is told the item and what was found there."""
    told = f"{where} {item}".rstrip()
    return BadInput(f"{told}：{words}{'：' if found else ''}{found}", bare=f"{where}：{words}")
