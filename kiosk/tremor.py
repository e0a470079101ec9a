"""Which touches are one trembling hand's. Pure: places in px and monotonic seconds come in.

Bounce keys (ISO 9241-171, 8.5.6), for glass: whoever trembles touches twice, and the second touch
lands on what the first has brought, or undoes it. It counts only where a person touches again on
purpose: the same letter, the next page, louder still.
"""

from dataclasses import dataclass
from math import dist
from typing import Final

from kiosk.intentions import CallHelp, Change, Erase, Intention, Open, Turn, Type
from kiosk.places import AtPicture, Place

SAME_HAND: Final = (
    0.6  # s from what a touch did is in sight, or from the last that trembled after it
)
SAME_SPOT_MM: Final = 20.0
MEANT: Final = 1.0  # s: a finger that stays so long doesn't tremble


@dataclass(frozen=True, slots=True)
class Deed:
    """What a touch did, and where the person was then."""

    intention: Intention
    place: Place


class Tremor:
    """Remembers the last touch that did something; `reach` is what counts as the same spot, in px."""

    def __init__(self, reach: float = 0.0) -> None:
        self.reach = reach
        self.again = False  # whether the present touch may be the last one's trembling
        self._spot = (0.0, 0.0)
        self._pressed = 0.0
        self._deed: Deed | None = None
        self._deed_spot = (0.0, 0.0)
        self._ended = 0.0

    def press(self, spot: tuple[float, float], now: float) -> None:
        """Take in that the glass is touched."""
        self._spot, self._pressed = spot, now
        self.again = (
            self._deed is not None
            and now - self._ended < SAME_HAND
            and dist(spot, self._deed_spot) <= self.reach
        )
        if self.again:
            self._ended = now

    def counts(self, deed: Deed, now: float) -> bool:
        """Tell whether the present touch does what it means."""
        trembles = self.again and now - self._pressed < MEANT
        if trembles and not isinstance(deed.intention, CallHelp) and not self._repeats(deed):
            self._ended = now
            return False
        self._deed, self._deed_spot, self._ended = deed, self._spot, now
        return True

    def shown(self, now: float) -> None:
        """Take in that what the last touch has brought is in sight only now: before, none can mean it."""
        self._ended = max(self._ended, now)

    def _repeats(self, deed: Deed) -> bool:
        before = self._deed
        if before is None or type(before.place) is not type(deed.place):
            return False
        match before.intention, deed.intention:
            case Type(), Type():
                return True
            case ((Turn() | Change() | Erase(all=False)), again):
                return again == before.intention
            case Open(AtPicture(sha256=one)), Open(AtPicture(sha256=other)):
                return one == other and isinstance(deed.place, AtPicture)
        return False
