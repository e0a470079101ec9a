"""How long until a source is asked again."""

import pytest

from sync.schedule import FIRST, LONGEST, first_delay, next_delay

QUARTER = 15 * 60.0


@pytest.mark.parametrize(
    ("failures", "dice", "seconds"),
    [
        (0, 0.5, QUARTER),
        (0, 0.0, QUARTER * 0.8),
        (0, 1.0, QUARTER * 1.2),
        (1, 0.5, QUARTER * 2),
        (3, 0.5, QUARTER * 8),
        (4, 0.5, QUARTER * 16),
        (5, 0.5, LONGEST),
        (10**9, 0.5, LONGEST),
    ],
)
def test_delay_doubles_with_every_failure_up_to_six_hours(
    failures: int, dice: float, seconds: float
) -> None:
    assert next_delay(QUARTER, failures, dice) == pytest.approx(seconds)


def test_interval_longer_than_six_hours_is_respected() -> None:
    assert next_delay(86_400.0, 5, 0.5) == pytest.approx(86_400.0)


def test_kiosks_do_not_all_ask_in_the_same_second() -> None:
    assert (first_delay(0.0), first_delay(1.0)) == (0.0, FIRST)
