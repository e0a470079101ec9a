"""The database file: its tables, its version, and what happens when it is found damaged.

Only `sync.store` uses it. Other programs keep their own tables in the same file; these here are
written by kiosk-sync alone, and `PRAGMA user_version` counts their shape.
"""

import contextlib
import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sync.errors import CardFull
from sync.feed.durable import make_folder, sync_folder

VERSION: Final = 2
_BUSY: Final = 10.0  # seconds to wait for another program's write
_DAMAGED: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS feed_files (name TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS board (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    village BLOB NOT NULL, holders BLOB NOT NULL, issued TEXT NOT NULL, switched TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS notices (
    sha256 TEXT PRIMARY KEY, data BLOB NOT NULL,
    title TEXT NOT NULL, initials TEXT NOT NULL, urgent INTEGER NOT NULL, pictures BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS postings (
    id TEXT NOT NULL, revision INTEGER NOT NULL, current INTEGER NOT NULL,
    category TEXT NOT NULL, posted TEXT NOT NULL, sealed TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES notices (sha256), entry BLOB NOT NULL,
    PRIMARY KEY (id, revision)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS postings_by_day ON postings (current, posted);
CREATE INDEX IF NOT EXISTS postings_by_notice ON postings (sha256);
CREATE TABLE IF NOT EXISTS needed (sha256 TEXT PRIMARY KEY, length INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS set_asides (
    id TEXT NOT NULL, revision INTEGER NOT NULL, sha256 TEXT NOT NULL, reason TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS sent (id TEXT PRIMARY KEY, fate BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS attempts (number INTEGER PRIMARY KEY, attempt BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS sync_state (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
"""


def open_database(path: Path) -> tuple[sqlite3.Connection, bool]:
    """Open the database for kiosk-sync, making it if need be; tell whether a damaged one was replaced.

    Raises:
        CardFull: it was made by a newer program, or the card cannot be written.
    """
    with explained():
        make_folder(path.parent)
        try:
            return _opened(path), False
        except sqlite3.DatabaseError as error:
            if _code(error) not in _DAMAGED:
                raise
        move_aside(path)
        return _opened(path), True


def open_to_read(path: Path) -> sqlite3.Connection | None:
    """Open the database for a program that only reads; None as long as there is none."""
    try:
        database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=_BUSY)
    except sqlite3.OperationalError:
        return None
    try:
        database.execute("PRAGMA query_only = ON")
        if _shape(database) == VERSION:
            return database
    except sqlite3.DatabaseError:
        pass
    database.close()
    return None


def move_aside(path: Path) -> None:
    """Put a damaged database out of the way, keeping the latest one for the repairer."""
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            Path(f"{path}{suffix}").replace(f"{path}.damaged{suffix}")
    sync_folder(path.parent)


@contextmanager
def explained() -> Iterator[None]:
    """Turn what sqlite3 and the file system raise about the card into CardFull."""
    try:
        yield
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        raise CardFull(
            f"the kiosk's card cannot be written: {error.strerror}",
            advice=None
            if full
            else "The kiosk's card may be worn out. Call the office: it needs a new card.",
        ) from error
    except sqlite3.DatabaseError as error:
        if _code(error) == sqlite3.SQLITE_FULL:
            raise CardFull("the kiosk's card is full") from error
        raise CardFull(
            f"the kiosk's database cannot be used: {error}",
            advice="Start the kiosk again; if it stays, its card may be worn out: call the office.",
        ) from error


def _opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=_BUSY, isolation_level=None)
    try:
        # Power is cut without warning: WAL with FULL loses no acknowledged commit, NORMAL does.
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        _check(database)
        if _shape(database) < VERSION:
            database.executescript(
                f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT;"
            )
    except BaseException:
        database.close()
        raise
    return database


def _check(database: sqlite3.Connection) -> None:
    if _shape(database) > VERSION:
        raise CardFull(
            f"the database has shape {_shape(database)}, this program knows {VERSION}",
            advice="The kiosk's program is too old for its data. Call the office.",
        )
    if database.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        error = sqlite3.DatabaseError("quick_check found damage")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error


def _shape(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def _code(error: sqlite3.DatabaseError) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
