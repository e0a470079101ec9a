"""How amounts of money and moments are written."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from kiosk.present.wording import ago, expense, money
from tests.support.scene import NOW, SAY


def test_money_has_separators_two_places_and_a_real_minus() -> None:
    assert money(Decimal("1234.5")) == "1,234.50"
    assert money(Decimal("-0.05")) == "\u22120.05"
    assert expense(Decimal("41305.5")) == "\u221241,305.50"


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (datetime(2026, 11, 23, 0, 5, tzinfo=UTC), "今天 8:05"),
        (datetime(2026, 11, 21, 16, 0, tzinfo=UTC), "昨天 0:00"),
        (datetime(2026, 1, 2, 1, 0, tzinfo=UTC), "1月2日 9:00"),
        (datetime(2024, 11, 22, 1, 0, tzinfo=UTC), "2024年11月22日 9:00"),
    ],
)
def test_moment_of_another_year_has_its_year(time: datetime, words: str) -> None:
    assert ago(SAY, time, NOW) == words
