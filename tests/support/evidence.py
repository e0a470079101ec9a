"""A kiosk's log of evidence on a real card, and minutes to write into it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.evidence.key import OwnKey, own_key
from kiosk.evidence.log import EvidenceLog
from kiosk.evidence.reader import DATABASE, LogReader
from kiosk.evidence.records import Event, Minute, Record, Seen

SIX = datetime(2026, 11, 19, 22, tzinfo=UTC)  # in the village, on Friday, 2026-11-20


def minute(
    number: int, *, notice: str = "water", start: datetime = SIX, **changes: object
) -> Minute:
    """Return the record of minute `number` after `start`, in which one notice stood."""
    seen = (Seen(notice, 1, "idle", 0.0, 60.0, turn=True),)
    made = {"boot": "b", "trusted": True, "power": "on", "seen": seen, **changes}
    wall = start + timedelta(minutes=number)
    return Minute(at=60.0 * number, **({"wall": wall} | made))  # type: ignore[arg-type]


def day(number: int, *, minutes: int = 10) -> list[Record]:
    """Return a few minutes of the day that comes `number` days after the first."""
    return [minute(number * 1440 + each) for each in range(minutes)]


@dataclass
class Cabinet:
    """A kiosk's data folder with its key; opens the log as the kiosk does."""

    data: Path
    opened: list[LogReader] = field(default_factory=list)

    @property
    def path(self) -> Path:
        """The log's file."""
        return self.data / DATABASE

    @property
    def key(self) -> OwnKey:
        """The kiosk's key."""
        return own_key(self.data / "evidence")

    def open(self) -> EvidenceLog:
        """Open the log to be written."""
        log = EvidenceLog(self.data, self.data / "evidence", self.key, "square-1", "qingshi")
        self.opened.append(log)
        return log

    def read(self) -> LogReader:
        """Open the log as the report does."""
        reader = LogReader(self.path, self.key.public)
        self.opened.append(reader)
        return reader

    def write(self, *records: Record) -> None:
        """Write records as one run of the program does, its findings first, and close the log."""
        log = self.open()
        events = [
            Event("b", 0.0, SIX, trusted=False, what=one.what, detail=one.detail)
            for one in log.findings
        ]
        log.append([*events, *records], SIX)
        log.close()

    def close(self) -> None:
        """Close everything that was opened."""
        for one in self.opened:
            one.close()
