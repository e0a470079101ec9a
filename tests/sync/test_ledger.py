from datetime import date
from decimal import Decimal

import pytest

from sync.errors import BadInput
from sync.ledger import Ledger, Row, check

MONEY = Decimal


def row(day: int, *, income: str = "0.00", expense: str = "0.00", balance: str) -> Row:
    return Row(
        date(2026, 11, day),
        "路灯电费",
        "记-001",
        "王会计",
        MONEY(income),
        MONEY(expense),
        MONEY(balance),
    )


def ledger(*rows: Row, income: str, expense: str, closing: str) -> Ledger:
    start, end = date(2026, 11, 1), date(2026, 11, 15)
    return Ledger(start, end, MONEY("100.00"), rows, MONEY(income), MONEY(expense), MONEY(closing))


def test_a_balanced_ledger_passes():
    check(
        ledger(
            row(2, income="50.05", balance="150.05"),
            row(3, expense="0.05", balance="150.00"),
            income="50.05",
            expense="0.05",
            closing="150.00",
        )
    )


def test_a_wrong_running_balance_names_its_row():
    wrong = ledger(
        row(2, income="50.00", balance="150.00"),
        row(3, expense="20.00", balance="120.00"),
        income="50.00",
        expense="20.00",
        closing="130.00",
    )

    with pytest.raises(BadInput, match=r"第 7 行 .*130\.00.*120\.00"):
        check(wrong, first_row=6)


@pytest.mark.parametrize(
    ("rows", "income", "expense", "closing", "said"),
    [
        ([row(2, income="1.00", balance="101.00")], "2.00", "0.00", "101.00", "收入合计"),
        ([row(2, expense="1.00", balance="99.00")], "0.00", "2.00", "99.00", "支出合计"),
        ([row(2, income="1.00", balance="101.00")], "1.00", "0.00", "100.00", "期末余额"),
        ([row(2, balance="100.00")], "0.00", "0.00", "100.00", "只填一项"),
        ([row(20, income="1.00", balance="101.00")], "1.00", "0.00", "101.00", "所属期间"),
        ([row(2, income="1.001", balance="101.001")], "1.001", "0.00", "101.001", "两位小数"),
        ([row(2, income="-1.00", balance="99.00")], "-1.00", "0.00", "99.00", "负数"),
        ([row(2, income="NaN", balance="100.00")], "0.00", "0.00", "100.00", "两位小数"),
    ],
)
def test_a_ledger_that_does_not_add_up_is_refused(rows, income, expense, closing, said):
    with pytest.raises(BadInput, match=said):
        check(ledger(*rows, income=income, expense=expense, closing=closing))


def test_an_empty_month_balances():
    check(ledger(income="0.00", expense="0.00", closing="100.00"))
