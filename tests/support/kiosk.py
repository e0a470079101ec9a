"""A kiosk's syncing half in a temporary folder: real store, real blobs, real gate, its own clock."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from sync.attempt import Attempts
from sync.blobs import Blobs
from sync.clock import Reading
from sync.feed.gate import open_feed, verify
from sync.feed.pull import Card
from sync.feed.source import Source
from sync.notices import BlobRef
from sync.records import Attempt
from sync.store import Store
from tests.support.office import VILLAGE, OfficeInMemory

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)  # three hours after the office in memory opens
EVER = date.min


@dataclass
class KioskInTest:
    """A kiosk that trusts `office`; `now`, `synchronised`, `chip` and `awake` (s) are its clocks."""

    data: Path
    office: OfficeInMemory
    now: datetime = NOON
    synchronised: bool = True
    chip: datetime | None = None
    awake: float = 0.0
    reserve: int = 0
    months: int = 24
    _store: Store | None = field(default=None, init=False)

    @property
    def store(self) -> Store:
        """Return the open store."""
        if self._store is None:
            self._store = Store(self.data / "sunboard.db")
        return self._store

    @property
    def blobs(self) -> Blobs:
        """Return the files on the card."""
        return Blobs(self.data, reserve=self.reserve)

    @property
    def attempts(self) -> Attempts:
        """Return what makes the attempts."""
        card = Card(self.store, self.blobs, VILLAGE.id, self.office.anchor, self.months)
        return Attempts(card, self.data, read_clocks=self.read_clocks)

    def read_clocks(self) -> Reading:
        """Return what the clocks say."""
        return Reading(self.now, self.awake, self.synchronised, self.chip)

    def sync_from(self, source: Source) -> Attempt:
        """Make one attempt."""
        with self.attempts.lock(patience=0.0) as mine:
            assert mine
            return self.attempts.sync(source)

    def check(self) -> Attempt | None:
        """Prove what is on the card, as at every start."""
        with self.attempts.lock(patience=0.0) as mine:
            assert mine
            return self.attempts.check()

    def restart(self) -> None:
        """Close the store and open it anew."""
        self.close()
        assert self.store

    def close(self) -> None:
        """Close the store."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def titles(self) -> list[str]:
        """Return the titles of all notices on the board, in order of name."""
        return sorted(posting.notice.title for posting in self.store.postings(since=EVER))

    def prove(self) -> list[str]:
        """Prove all that is held from the anchor up, with nothing taken for granted; return titles."""
        held = self.store.held()
        if held is None:
            return []
        board = verify(held.files, self.office.anchor, self.store.shown())
        feed = open_feed(board, self._read, months=self.months)
        shown = {posting.entry.id for posting in self.store.postings(since=EVER)}
        assert shown == {posting.entry.id for posting in feed.postings}
        assert all(self.blobs.intact(ref) for ref in self.store.needed())
        return self.titles()

    def _read(self, ref: BlobRef) -> bytes:
        data = self.blobs.read(ref)
        assert data is not None, f"{ref} is missing or damaged"
        return data
