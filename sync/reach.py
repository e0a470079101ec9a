"""Whether so many notices can have their share of a day at all, when they take turns on one screen.

Pure, and no more than an estimate: people at the screen hold the turns up. What a share is stands in
`sync.workdays.TermRule`; how long a turn lasts is the kiosk's, so it comes in from outside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sync.workdays import TermRule

URGENT_TURNS: Final = 3  # of an urgent notice in a round, in which every other has one


@dataclass(frozen=True, slots=True)
class Turn:
    """How long a notice has the screen, in seconds, whenever it is its turn."""

    seconds: float
    urgent: bool = False

    @property
    def in_a_round(self) -> int:
        """How many there are in a round."""
        return URGENT_TURNS if self.urgent else 1


def out_of_reach(turns: Sequence[Turn], rule: TermRule) -> int:
    """Return how many of these notices can't have their share in the opening hours of a day."""
    hours = timedelta(hours=rule.closes.hour - rule.opens.hour)
    hours += timedelta(minutes=rule.closes.minute - rule.opens.minute)
    round_ = sum(one.seconds * one.in_a_round for one in turns)
    if not round_:
        return 0
    rounds = hours.total_seconds() / round_
    return sum(not _has_share(one, int(rounds * one.in_a_round), rule) for one in turns)


def _has_share(turn: Turn, number: int, rule: TermRule) -> bool:
    return number >= rule.share_turns and number * turn.seconds >= rule.share_minutes * 60
