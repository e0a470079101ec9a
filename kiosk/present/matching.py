"""What two sequences have in common, found within a bounded number of steps: a screen waits for it.

Where the bound is reached, the rest counts as different; what is alike is then too much alike
(thousands of equal rows) for a difference to have one place. What differs is told by `changes`.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import Match, SequenceMatcher
from itertools import takewhile
from typing import Any, Final

STEPS: Final = 500_000  # of comparing; a page of text takes some ten thousand


def common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Match]:
    """Return the runs that both have, in order: the place in `old`, in `new`, and the length."""
    head = _equal(zip(old, new, strict=False))
    rest = min(len(old), len(new)) - head
    tail = min(rest, _equal(zip(reversed(old), reversed(new), strict=False)))
    middle = _Bounded(old[head : len(old) - tail], new[head : len(new) - tail])
    runs = (
        Match(0, 0, head),
        *(Match(a + head, b + head, size) for a, b, size in middle.get_matching_blocks()),
        Match(len(old) - tail, len(new) - tail, tail),
    )
    return [run for run in runs if run.size]


def gaps(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[slice, slice]]:
    """Yield what stands between the runs that both have, one of the two perhaps empty."""
    a = b = 0
    for run in (*common(old, new), Match(len(old), len(new), 0)):
        if (a, b) != (run.a, run.b):
            yield slice(a, run.a), slice(b, run.b)
        a, b = run.a + run.size, run.b + run.size


def likeness(old: Sequence[Hashable], new: Sequence[Hashable], least: float) -> float:
    """Return how much is common in the same order, 0 to 1; 0 where it can't come to `least`."""
    every = len(old) + len(new)
    if not every:
        return 1.0
    if 2 * (Counter(old) & Counter(new)).total() < least * every:
        return 0.0
    return 2 * sum(run.size for run in common(old, new)) / every


class _Bounded(SequenceMatcher[Any]):
    """Gives up looking for runs after so many `STEPS`; its base takes the cube of the length."""

    def __init__(self, old: Sequence[Hashable], new: Sequence[Hashable]) -> None:
        super().__init__(None, old, new, autojunk=False)
        self._old = old
        self._times = Counter(new)
        self._left = STEPS

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        self._left -= sum(1 + self._times[one] for one in self._old[alo:ahi])
        if self._left < 0:
            return Match(alo, blo, 0)
        return super().find_longest_match(alo, ahi, blo, bhi)


def _equal(pairs: Iterator[tuple[Hashable, Hashable]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
