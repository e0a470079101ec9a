"""A board with so many notices that no day can count for them: said before it is sealed."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sync.calendars import calendar
from sync.feed.contents import Read
from sync.feed.layout import Index
from sync.notices import Village
from sync.office.boards import standing
from sync.reach import Turn, out_of_reach
from sync.workdays import TermRule, term_of

TURN: Final = Turn(24)  # s: a long notice, on a kiosk whose settings were left as they are


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many notices hang that they can't all have their share of a day."""

    hanging: int
    rule: TermRule

    def __str__(self) -> str:
        return (
            f"在栏 {self.hanging} 条，太多：一天里轮不到每条 {self.rule.share_minutes} 分钟、"
            f"{self.rule.share_turns} 次，这一天就不算，都要挂到 {self.rule.maximum_days} 天。"
            "请把短的合成一份，或延长 opens 到 closes 的时间"
            " (too many notices for a day to count: join some, or lengthen the hours)"
        )


def crowd(village: Village, index: Index | None, read: Read, today: date) -> Crowd | None:
    """Return that too many notices of the board hang on `today` or will, None where they don't."""
    workdays = calendar(village.calendars, village.country)
    hanging = sum(
        not term_of(max(entry.posted, entry.sealed), workdays, village.term).is_over(today)
        for entry in standing(index, read).values()
        if entry.withdrawn is None
    )
    if not out_of_reach([TURN] * hanging, village.term):
        return None
    return Crowd(hanging, village.term)
