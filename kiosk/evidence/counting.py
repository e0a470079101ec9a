"""What the log comes to, carried from record to record and kept for the next start. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import reduce
from hashlib import sha256
from typing import Final

import msgspec

from kiosk.evidence.beginning import Beginning
from kiosk.evidence.records import Event, Record
from kiosk.evidence.share import Tally, since, tally
from sync.clock import CHINA
from sync.workdays import TermRule

LOSSES_KEPT: Final = 5
WEEK: Final = timedelta(days=7)  # that the status page tells of a loss


@dataclass(frozen=True, slots=True)
class Count:
    """The tally by a rule, up to row `last`. Times are UTC.

    `beginning` is what the log's first rows say, `proved` the newest proved time, `written` that of the
    last record; `losses` are the latest events of its being broken or having lost something.
    """

    rule: TermRule = field(default_factory=TermRule)
    last: int = 0
    beginning: Beginning = field(default_factory=Beginning)
    proved: datetime | None = None
    written: datetime | None = None
    tally: Tally = field(default_factory=Tally)
    losses: tuple[Event, ...] = ()

    @property
    def today(self) -> date | None:
        """The newest proved day in the village."""
        return self.proved.astimezone(CHINA).date() if self.proved else None

    @property
    def judged(self) -> date | None:
        """The last day that is over by a proved clock."""
        return self.today - timedelta(days=1) if self.today else None

    @property
    def since(self) -> date:
        """The day from which on the log can be asked what was shown; `date.max` if there is none yet."""
        return self.beginning.day or date.max

    def plus(self, records: Iterable[Record], last: int) -> "Count":
        """Return the count with more records, the last of them in row `last`."""
        records = tuple(records)
        if not records:
            return replace(self, last=last)
        proved = [one.wall for one in records if one.trusted]
        count = replace(
            self,
            last=last,
            beginning=reduce(Beginning.after, records, self.beginning),
            proved=proved[-1] if proved else self.proved,
            written=records[-1].wall,
            losses=(*self.losses, *_losses(records))[-LOSSES_KEPT:],
            tally=tally(records, self.rule, self.tally),
        )
        if count.today == self.today or count.today is None:
            return count
        longest = timedelta(days=self.rule.maximum_days + 1)  # then a notice comes down anyhow
        return replace(count, tally=since(count.tally, count.today - longest))

    def wrong(self) -> tuple[str, ...]:
        """Return what was found broken or lost within the last week."""
        return tuple(
            one.detail for one in self.losses if self.written and self.written - one.wall < WEEK
        )

    def encoded(self) -> bytes:
        """Return the count as bytes."""
        return msgspec.msgpack.encode(self)


def seal_of(state: bytes) -> str:
    """Return what the chain says of a count that is kept beside it."""
    return sha256(state).hexdigest()


def vouched(state: bytes, after: Iterable[Record]) -> bool:
    """Tell whether the first of the records after a kept count says that it is what was kept."""
    first = next(iter(after), None)
    return isinstance(first, Event) and (first.what, first.detail) == ("counted", seal_of(state))


def decoded(data: bytes) -> Count | None:
    """Return a count that was kept, None where the bytes are none."""
    try:
        return msgspec.msgpack.decode(data, type=Count)
    except ValueError:
        return None


def _losses(records: tuple[Record, ...]) -> tuple[Event, ...]:
    events = (one for one in records if isinstance(one, Event))
    return tuple(one for one in events if one.what in {"broken", "lost"})
