"""The open database: reading, writing in one transaction, noticing what others wrote.

SQLite with WAL and synchronous=FULL. Which tables there are is `sync.schema`, what they mean
`sync.store` and `sync.diary`.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec

from sync.errors import CardFull
from sync.schema import explained, open_database, open_to_read

_T = TypeVar("_T")


class Unreadable(CardFull):
    """The card has changed a value inside a database that is whole in itself."""

    advice = "Start the kiosk again. If it comes again, replace the card."


def decoded(data: object, kind: type[_T]) -> _T:
    """Return a value that was kept as JSON. Raises: Unreadable."""
    try:
        return msgspec.json.decode(cast("bytes", data), type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, TypeError) as error:
        raise Unreadable("the kiosk's card has changed what was written on it") from error


def readable(data: object, kind: type[_T]) -> _T | None:
    """Return a value that was kept as JSON, None where the card has changed it."""
    try:
        return decoded(data, kind)
    except Unreadable:
        return None


class Database:
    """A database file; `readonly` for other programs, which find it empty until it is made."""

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        """Raises: CardFull: the database cannot be made or used."""
        self._path = path
        self._readonly = readonly
        self._open: sqlite3.Connection | None = None
        self._inode = 0
        self._seen_version = -1
        self.was_damaged = False
        if not readonly:
            self._open, self.was_damaged = open_database(path)
            self._inode = self._inode_there()

    def close(self) -> None:
        """Close the database."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def changed(self) -> bool:
        """Tell whether another program has written since this was last asked."""
        database = self._database()
        if database is None:
            return False
        with explained():
            version = database.execute("PRAGMA data_version").fetchone()[0]
        before, self._seen_version = self._seen_version, version
        return bool(version != before)

    def _state(self, name: str, kind: type[_T]) -> _T | None:
        """Return one value of kiosk-sync's own memory; a damaged one is forgotten."""
        row = self._row("SELECT value FROM sync_state WHERE name = ?", name)
        return readable(row[0], kind) if row else None

    def _row(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        return next(self._rows(sql, *values), None)

    def _rows(self, sql: str, *values: object) -> Iterator[tuple[Any, ...]]:
        database = self._database()
        if database is not None:
            with explained():
                yield from database.execute(sql, values)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        database = self._database()
        if database is None or self._readonly:
            raise TypeError("a store that is opened to read cannot be written")
        with explained():
            database.execute("BEGIN IMMEDIATE")
        try:
            yield database
            with explained():
                database.execute("COMMIT")
        except BaseException:
            # After a full card SQLite may have rolled back by itself.
            if database.in_transaction:
                database.execute("ROLLBACK")
            raise

    def _database(self) -> sqlite3.Connection | None:
        if not self._readonly:
            if self._open is not None and self._inode_there() != self._inode:
                self._follow()
            return self._open
        inode = self._inode_there()
        if inode != self._inode:
            # kiosk-sync has put a new database in the place of a damaged one.
            self.close()
            self._inode = inode
        if self._open is None and inode:
            self._open = open_to_read(self._path)
            self._seen_version = -1
        return self._open

    def _follow(self) -> None:
        """Leave a database that another kiosk-sync found damaged and moved out of the way."""
        new, _ = open_database(self._path)
        self.close()
        self._open, self._inode = new, self._inode_there()

    def _inode_there(self) -> int:
        try:
            return self._path.stat().st_ino
        except OSError:
            return 0
