"""The computer's date against what the feed itself remembers, and against the calendar on the wall.

A board that is sealed with a clock in the future can't be mended: every kiosk takes its time for a
proven floor and will accept nothing that is older, its notices hang and expire by that date, and the
office can't publish again before it. So whatever is signed long after the last thing that was signed
needs a person who writes down today's date without being shown the computer's. Times of files are no
evidence: the same clock wrote them. A clock behind the last publication is refused by `boards`.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sync.errors import BadInput, NotAllowed

# Accounts and benefits are due every month, and a feed is refreshed within 60 days.
LONGEST_GAP: Final = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Leap:
    """What is to be signed comes long after what was signed last; both are days of the village."""

    last: date
    today: date  # as this computer has it

    def __str__(self) -> str:
        return (
            f"这台电脑的日期是 {self.today}，上一次盖章或续期是 {self.last}：请先对一对日期"
            " (long after the last seal: check this computer's date)"
        )


AskToday = Callable[[Leap | None], date]
"""Returns today's date as a person has it from a calendar; None where nothing was signed before."""


def typed(found: Leap | None) -> date:
    """Ask for today's date at the terminal.

    Raises:
        BadInput: there is no terminal.
    """
    if not sys.stdin.isatty():
        raise BadInput(
            "要有人照日历写今天的日期 (somebody has to write today's date from a calendar)",
            advice="请加 --today，写成 2026-03-05 这样。Give it with --today.",
        )
    words = "请看日历或手机，写今天的日期，像 2026-03-05 (today's date, from a calendar)"
    if found is not None:
        words = (
            f"上一次盖章或续期是 {found.last}，照这台电脑的日期已经过了不止 {LONGEST_GAP.days} 天"
            f" (long ago by this computer's date)。{words}"
        )
    while True:
        try:
            return date.fromisoformat(input(f"{words}: ").strip())
        except ValueError:
            words = "要写成 2026-03-05 这样 (write it like that)"


def leap(last: date, today: date) -> Leap | None:
    """Return the leap from the last signature to today, None where it is an ordinary gap."""
    return Leap(last, today) if today - last > LONGEST_GAP else None


def check_leap(found: Leap | None, ask: AskToday) -> None:
    """Let nothing be signed after a leap unless a person's date is the computer's.

    Raises:
        NotAllowed: they differ. BadInput: nobody can be asked.
    """
    if found is not None:
        check_same(ask(found), found.today)


def check_same(said: date, today: date) -> None:
    """Raises: NotAllowed unless the computer has the date that a person said."""
    if said != today:
        raise NotAllowed(
            f"这台电脑的日期是 {today}，您写的是 {said}，对不上 (this computer's date is another)",
            advice="请先校正电脑的日期和时间，再来一次。Set the computer's date and time, then try again.",
        )
