"""What is kept of calls for help: help's own tables in the kiosk's database, and the screen's requests.

    help_requests   written by the screen: each time somebody asked for help there
    calls           written by kiosk-help: every change of every call, append-only
    help_line       written by kiosk-help: every self-test and fault, append-only

The only sqlite3 of help. A call never waits for the card: see `keeper`, the thread that writes.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from kiosk.help.incident import Call, Stamp, is_open
from sync.errors import SunboardError

_REQUESTS: Final = """
CREATE TABLE IF NOT EXISTS help_requests (
  id TEXT PRIMARY KEY, stamp TEXT NOT NULL
) WITHOUT ROWID;
"""
_OWN: Final = """
CREATE TABLE IF NOT EXISTS calls (
  number INTEGER PRIMARY KEY, incident TEXT NOT NULL, request TEXT, what TEXT NOT NULL,
  stamp TEXT NOT NULL, call TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS calls_by_request ON calls (request) WHERE request IS NOT NULL;
CREATE TABLE IF NOT EXISTS help_line (
  number INTEGER PRIMARY KEY, stamp TEXT NOT NULL, test TEXT NOT NULL
);
CREATE TRIGGER IF NOT EXISTS calls_stay BEFORE DELETE ON calls
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER IF NOT EXISTS calls_stay_as_written BEFORE UPDATE ON calls
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
"""


class LogBroken(SunboardError):
    """The database can't be used now."""

    advice = (
        "Calls go on without the log. If this stays, the card may be worn out: call the office."
    )


class Request(msgspec.Struct, frozen=True):
    """That somebody asked for help at the screen."""

    id: str
    stamp: Stamp


class Change(msgspec.Struct, frozen=True):
    """One line of the log: what happened, and the call after it."""

    call: Call
    what: str
    stamp: Stamp
    request: str | None = None


class LineTest(msgspec.Struct, frozen=True):
    """How a self-test of the way to the contacts ended; `failed` names those it didn't reach."""

    stamp: Stamp
    failed: tuple[str, ...]
    reached: tuple[str, ...]


class HelpLog:
    """The tables, opened by one thread. Every method raises `LogBroken` if the database is."""

    def __init__(self, path: Path, *, patience: float = 1.0) -> None:
        with _broken():
            self._db = sqlite3.connect(path, timeout=patience, isolation_level=None)
            try:
                self._db.execute("PRAGMA journal_mode=WAL")
                self._db.execute("PRAGMA synchronous=FULL")
            except sqlite3.Error:
                self._db.close()
                raise

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    def ask(self, request: Request) -> None:
        """Keep a request of the screen."""
        with _broken():
            self._db.executescript(_REQUESTS)
            self._db.execute(
                "INSERT OR IGNORE INTO help_requests VALUES (?, ?)",
                (request.id, _json(request.stamp)),
            )

    def own(self) -> None:
        """Make help's own tables."""
        with _broken():
            self._db.executescript(_REQUESTS + _OWN)

    def record(self, change: Change) -> None:
        """Append a change of a call."""
        with _broken():
            self._db.execute(
                "INSERT INTO calls (incident, request, what, stamp, call) VALUES (?, ?, ?, ?, ?)",
                (
                    change.call.incident,
                    change.request,
                    change.what,
                    _json(change.stamp),
                    _json(change.call),
                ),
            )

    def record_test(self, test: LineTest) -> None:
        """Append how a self-test ended."""
        with _broken():
            self._db.execute(
                "INSERT INTO help_line (stamp, test) VALUES (?, ?)",
                (_json(test.stamp), _json(test)),
            )

    def unheard(self) -> tuple[Request, ...]:
        """Return the screen's requests that no call knows of, oldest first."""
        with _broken():
            rows = self._db.execute(
                "SELECT id, stamp FROM help_requests WHERE id NOT IN"
                " (SELECT request FROM calls WHERE request IS NOT NULL)"
            ).fetchall()
            requests = [Request(id, msgspec.json.decode(stamp, type=Stamp)) for id, stamp in rows]  # noqa: A001
        return tuple(sorted(requests, key=lambda request: request.stamp.wall))

    def open_call(self) -> Call | None:
        """Return the call that was going on when the log was last written."""
        with _broken():
            row = self._db.execute("SELECT call FROM calls ORDER BY number DESC LIMIT 1").fetchone()
            call = msgspec.json.decode(row[0], type=Call) if row else None
        return call if is_open(call) else None

    def last_test(self) -> LineTest | None:
        """Return how the latest self-test ended."""
        with _broken():
            row = self._db.execute(
                "SELECT test FROM help_line ORDER BY number DESC LIMIT 1"
            ).fetchone()
            return msgspec.json.decode(row[0], type=LineTest) if row else None

    def changes(self, incident: str) -> tuple[Change, ...]:
        """Return everything that happened in one incident, in order."""
        with _broken():
            rows = self._db.execute(
                "SELECT call, what, stamp, request FROM calls WHERE incident = ? ORDER BY number",
                (incident,),
            ).fetchall()
            return tuple(
                Change(
                    msgspec.json.decode(call, type=Call),
                    what,
                    msgspec.json.decode(stamp, type=Stamp),
                    request,
                )
                for call, what, stamp, request in rows
            )


def _json(value: msgspec.Struct) -> str:
    return msgspec.json.encode(value).decode()


@contextmanager
def _broken() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, msgspec.MsgspecError) as error:
        raise LogBroken(f"求助记录写不了 (the log cannot be used): {error}") from error
