"""What kiosk-sync remembers of the outbox: which entries the office has, which it refused, and how it goes.

Part of `sync.store`'s database. Forgotten with it, everything is sent once more, which does no harm.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

import msgspec

from sync.database import Database, readable
from sync.outbox import Outgoing
from sync.switching import set_state


class Fate(msgspec.Struct, frozen=True):
    """What became of an entry at `at` (UTC): the office has it, or why it was `refused`."""

    at: datetime
    refused: str = ""


class Sent(Database):
    """The part of the database that remembers what was sent."""

    def fates(self) -> Mapping[str, Fate]:
        """Return what became of the entries, by id; one that the card has changed is sent again."""
        rows = self._rows("SELECT id, fate FROM sent")
        return {name: fate for name, data in rows if (fate := readable(data, Fate))}

    def note(self, id: str, fate: Fate) -> None:  # noqa: A002 - the entry's own name for it
        """Remember what became of an entry. Raises: CardFull."""
        with self._transaction() as database:
            database.execute(
                "INSERT OR REPLACE INTO sent VALUES (?, ?)", (id, msgspec.json.encode(fate))
            )

    def forget(self, ids: Collection[str]) -> None:
        """Forget entries that are no longer in the outbox. Raises: CardFull."""
        if ids:
            with self._transaction() as database:
                database.executemany("DELETE FROM sent WHERE id = ?", [(one,) for one in ids])

    def change_outgoing(self, **changes: object) -> None:
        """Say what is new in how sending goes; a stick and the network may do so at once. Raises: CardFull."""
        with self._transaction() as database:
            before = self.outgoing()
            after = msgspec.structs.replace(before, **changes)
            if after != before:
                set_state(database, "outgoing", msgspec.json.encode(after))

    def outgoing(self) -> Outgoing:
        """Return how sending goes."""
        return self._state("outgoing", Outgoing) or Outgoing()
