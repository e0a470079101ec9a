"""What the recorder tells the screen: which days counted, and how the evidence is kept. Values only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from kiosk.evidence.share import Key
from sync.workdays import Shown


@dataclass(frozen=True, slots=True, eq=False)
class Counted(Mapping[Key, Shown]):
    """What this kiosk knows of its showing any notice: each day from `since` to `judged` counted or not.

    It has an answer for every notice, also for one that was never shown; `judged` is None where
    nothing can be judged yet.
    """

    judged: date | None = None
    days: Mapping[Key, frozenset[date]] = field(default_factory=dict)
    since: date = date.min

    def __getitem__(self, key: Key) -> Shown:
        """Return what is known of a notice's revision."""
        return Shown(self.judged, self.days.get(key, frozenset()), self.since)

    def __iter__(self) -> Iterator[Key]:
        """Go through the notices that had their share on some day."""
        return iter(self.days)

    def __len__(self) -> int:
        """Return how many notices had their share on some day."""
        return len(self.days)

    def __bool__(self) -> bool:
        """Be true: that nothing was shown is knowledge, too."""
        return True


@dataclass(frozen=True, slots=True)
class Account:
    """How the evidence stands. Times are UTC; `judged` is the last day before the newest proved one.

    Days from `since` on have to be proved (`kiosk.evidence.beginning`): from ever where an older log was
    lost or none has been read yet, and no day where this one is empty. `begun` is the oldest
    proved time in the log, `written` that of its last row, `proved` the last proved time; `wrong` is
    what was found broken or lost within the last week, `trouble` why nothing can be written now.
    `key` is the kiosk's public key (hex), `fingerprint` its twenty digits.
    """

    judged: date | None = None
    days: Mapping[Key, frozenset[date]] = field(default_factory=dict)
    since: date = date.min
    begun: datetime | None = None
    written: datetime | None = None
    proved: datetime | None = None
    wrong: tuple[str, ...] = ()
    trouble: str = ""
    key: str = ""
    fingerprint: str = ""

    def shown(self, proved: date | None) -> Counted:
        """Return what was shown, as far as it can be judged on the day that is `proved` to have come.

        Every day before it is over: what was not shown then is made up.
        """
        yesterday = proved - timedelta(days=1) if proved else None
        known = [one for one in (self.judged, yesterday) if one]
        return Counted(max(known, default=None), self.days, self.since)
