"""How amounts of money are written."""

from decimal import Decimal

from kiosk.present.wording import expense, money


def test_money_has_separators_two_places_and_a_real_minus() -> None:
    assert money(Decimal("1234.5")) == "1,234.50"
    assert money(Decimal("-0.05")) == "\u22120.05"
    assert expense(Decimal("41305.5")) == "\u221241,305.50"
