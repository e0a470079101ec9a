"""From which day on a log has to prove what was shown. Pure.

A kiosk that was there has to prove its days, also where nothing proved its clock: then the day is the
earliest that it can have been when a board first stood in it. Days before are the village's other boards'.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from kiosk.evidence.records import Event, Record
from sync.clock import CHINA


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the first rows of a log say; grows record by record until one has a proved time. Times are UTC.

    `rows` says that there is one, `orphan` that the first tells of the loss of an older log. `earliest`
    is when, at second `at` of a boot, a board stood for the first time: exactly where that boot was
    proved later, else surely not earlier. `proved` is the oldest proved time.
    """

    rows: bool = False
    orphan: bool = False
    boot: str = ""
    at: float = 0.0
    earliest: datetime | None = None
    proved: datetime | None = None

    @property
    def day(self) -> date | None:
        """The village's own day, `date.min` for an orphan, None while nothing is known."""
        if self.orphan:
            return date.min
        return self.earliest.astimezone(CHINA).date() if self.earliest else None

    def after(self, record: Record) -> "Beginning":
        """Return what it is with the next record."""
        if self.proved:
            return self
        lost = isinstance(record, Event) and record.what == "lost"
        found = self if self.rows else replace(self, rows=True, orphan=self.orphan or lost)
        if record.trusted:
            return _proved(found, record)
        earliest = None if found.earliest else surely_over(record)
        if earliest is None:
            return found
        return replace(found, boot=record.boot, at=record.at, earliest=earliest)


def surely_over(record: Record) -> datetime | None:
    """Return the time (UTC) that a record without a proved clock says to be over, if it does."""
    if not isinstance(record, Event) or record.what != "untrusted":
        return None
    try:
        told = datetime.fromisoformat(record.detail)
    except ValueError:
        return None
    return told if told.tzinfo and 2020 <= told.year < 2120 else None


def _proved(found: Beginning, record: Record) -> Beginning:
    earliest = found.earliest or record.wall
    if found.earliest and record.boot == found.boot:
        earliest = record.wall - timedelta(seconds=record.at - found.at)
    return replace(found, earliest=earliest, proved=record.wall)
