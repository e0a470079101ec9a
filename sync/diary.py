"""What kiosk-sync writes down about its work: attempts, progress, failures, proven time.

Part of `sync.store`'s database. People read the attempts, the screen shows the progress.
"""

from datetime import datetime
from typing import Final

import msgspec

from sync.clock import ChipProof
from sync.database import Database, readable
from sync.records import Attempt, Progress
from sync.switching import set_state

ATTEMPTS_KEPT: Final = 500


class Diary(Database):
    """The part of the database that tells how syncing goes."""

    def record(self, attempt: Attempt) -> None:
        """Write down how an attempt ended; the last 500 are kept. Raises: CardFull."""
        with self._transaction() as database:
            database.execute(
                "INSERT INTO attempts (attempt) VALUES (?)", (msgspec.json.encode(attempt),)
            )
            database.execute(
                "DELETE FROM attempts WHERE number <= (SELECT max(number) FROM attempts) - ?",
                (ATTEMPTS_KEPT,),
            )

    def attempts(self, limit: int) -> tuple[Attempt, ...]:
        """Return the last attempts, newest first; one that the card has changed is passed over."""
        rows = self._rows("SELECT attempt FROM attempts ORDER BY number DESC LIMIT ?", limit)
        found = (readable(data, Attempt) for (data,) in rows)
        return tuple(attempt for attempt in found if attempt is not None)

    def set_progress(self, progress: Progress | None) -> None:
        """Say how far the sync under way is; None when none is. Raises: CardFull."""
        with self._transaction() as database:
            set_state(database, "progress", msgspec.json.encode(progress))

    def progress(self) -> Progress | None:
        """Return how far the sync under way is."""
        return self._state("progress", Progress)

    def set_failures(self, source: str, count: int) -> None:
        """Remember how often in a row a source has failed. Raises: CardFull."""
        if count != self.failures(source):
            with self._transaction() as database:
                set_state(database, f"failures {source}", msgspec.json.encode(count))

    def failures(self, source: str) -> int:
        """Return how often in a row a source has failed."""
        return self._state(f"failures {source}", int) or 0

    def set_proven_time(self, at: datetime) -> None:
        """Remember a time (UTC) that a trusted clock has shown. Raises: CardFull."""
        with self._transaction() as database:
            set_state(database, "proven time", msgspec.json.encode(at))

    def proven_time(self) -> datetime | None:
        """Return the latest time (UTC) that a trusted clock has shown, of those remembered."""
        return self._state("proven time", datetime)

    def set_chip_proof(self, proof: ChipProof | None) -> None:
        """Remember what is proved of the clock chip. Raises: CardFull."""
        with self._transaction() as database:
            set_state(database, "clock chip", msgspec.json.encode(proof))

    def chip_proof(self) -> ChipProof | None:
        """Return what is proved of the clock chip."""
        return self._state("clock chip", ChipProof)
