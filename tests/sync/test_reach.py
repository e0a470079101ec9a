"""Whether all notices of a board can have their share of a day."""

import pytest

from sync.reach import Turn, out_of_reach
from sync.workdays import TermRule


@pytest.mark.parametrize(
    ("notices", "seconds", "short"),
    [
        # 15 hours are 54,000 s; 25 turns of 12 s are five minutes, 13 of 24 s and 10 of 120 s more
        (180, 12, 0),
        (181, 12, 181),
        (173, 24, 0),
        (174, 24, 174),
        (45, 120, 0),
        (46, 120, 46),
        (0, 12, 0),
    ],
)
def test_share_is_out_of_reach_when_a_round_takes_too_long(notices, seconds, short) -> None:
    assert out_of_reach([Turn(seconds)] * notices, TermRule()) == short


def test_urgent_notices_have_their_share_while_the_others_wait() -> None:
    board = [Turn(24, urgent=True)] * 30 + [Turn(24)] * 100

    assert out_of_reach(board, TermRule()) == 100


def test_short_turn_on_a_board_of_long_ones_has_too_few_minutes() -> None:
    assert out_of_reach([Turn(12), *[Turn(24)] * 120], TermRule()) == 1
