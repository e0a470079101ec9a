"""The kiosk's log of evidence: rows that are only ever added, closed day by day under its own key.

    rows     number, data, hash     since the last closed day (`kiosk.evidence.chain`)
    pages    first, page            a closed day's rows, compressed (`kiosk.evidence.pages`); five years
    days     first, last, signed    a closed day's head under the kiosk's key; for ever
    counted                         what the tally came to, so that a start needn't count anew; its hash
                                    is in the row after the last that was counted

A file of its own: kiosk-sync begins sunboard.db anew when that is damaged. What is damaged here is
kept aside and said; nothing is ever repaired. One thread writes, others read with `LogReader`.
"""

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from kiosk.evidence.chain import Row, chain, decode
from kiosk.evidence.key import OwnKey, free_name
from kiosk.evidence.memory import FILE as MEMORY
from kiosk.evidence.pages import pack
from kiosk.evidence.reader import (
    DATABASE,
    DAYS_KEPT,
    LogBroken,
    LogReader,
    breaks_in,
    explained,
)
from kiosk.evidence.records import Event, Happening, Record
from sync.clock import CHINA
from sync.errors import OfficeError
from sync.feed.durable import sync_folder, write_file
from sync.signed_days import Day, SignedDay, read_day, root_of

ROWS_A_DAY: Final = 3_000  # then a day is closed though no proof of a later one has come
LATEST: Final = "latest-day.json"
_TABLES: Final = """
CREATE TABLE rows (
  number INTEGER PRIMARY KEY AUTOINCREMENT, data BLOB NOT NULL, hash BLOB NOT NULL
);
CREATE TABLE pages (first INTEGER PRIMARY KEY, page BLOB NOT NULL);
CREATE TABLE days (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, signed BLOB NOT NULL);
CREATE TABLE counted (one INTEGER PRIMARY KEY CHECK (one = 1), state BLOB NOT NULL);
CREATE TABLE origin (key BLOB NOT NULL);
CREATE TRIGGER rows_stay_as_written BEFORE UPDATE ON rows
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER rows_stay_till_packed BEFORE DELETE ON rows
  WHEN NOT EXISTS (SELECT 1 FROM days WHERE OLD.number BETWEEN first AND last)
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER pages_stay_as_written BEFORE UPDATE ON pages
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER days_stay_as_written BEFORE UPDATE ON days
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER days_stay BEFORE DELETE ON days
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a start has found wrong, to be written down as an event."""

    what: Happening
    detail: str


@dataclass(frozen=True, slots=True)
class _Run:
    """The rows since the last closed day: from `first` on, after the hash `before`, `count` of them.

    `day` is that of the first row by a trusted clock, else of the first row.
    """

    first: int
    before: bytes
    head: bytes
    count: int = 0
    day: date | None = None
    trusted: bool = False

    def with_row(self, row: Row, record: Record | None) -> "_Run":
        run = replace(self, head=row.hash, count=row.number - self.first + 1)
        if record is None or (run.day and (run.trusted or not record.trusted)):
            return run
        return replace(run, day=record.wall.astimezone(CHINA).date(), trusted=record.trusted)

    def is_over(self, record: Record) -> bool:
        """Tell whether a record belongs to a later day: only a proved clock ends one."""
        if self.day is None:
            return False
        later = record.wall.astimezone(CHINA).date() > self.day
        return (record.trusted and self.trusted and later) or self.count >= ROWS_A_DAY


class EvidenceLog(LogReader):
    """The log, opened to be written; `findings` is what has to be told of it.

    `folder` is the kiosk's data folder, `aside` the one for what belongs to the evidence.
    """

    def __init__(self, folder: Path, aside: Path, key: OwnKey, kiosk: str, village: str) -> None:
        """Raises: LogBroken: the file can't be made or used."""
        self._path, self._aside = folder / DATABASE, aside
        self._key, self._kiosk, self._village = key, kiosk, village
        self.public = key.public
        self.findings: tuple[Finding, ...] = ()
        self._checked = False
        try:
            self._run = self._opened()
        except LogBroken as error:
            if not error.damaged:
                raise
            self.set_aside(str(error))

    def set_aside(self, why: str) -> None:
        """Keep a spoilt file beside a new one, which begins by saying so.

        Raises: LogBroken: the card can't be written.
        """
        with contextlib.suppress(AttributeError):
            self._db.close()
        name = free_name(self._path)
        try:
            for suffix in ("", "-wal", "-shm"):
                with contextlib.suppress(FileNotFoundError):
                    Path(f"{self._path}{suffix}").replace(f"{name}{suffix}")
            sync_folder(self._path.parent)
        except OSError as error:
            raise LogBroken(f"the card cannot be written: {error.strerror}") from error
        self._run = self._opened()
        self.findings = (Finding("lost", f"{why}; what there was is kept as {name.name}"),)

    def append(self, records: Sequence[Record], now: datetime, counted: bytes = b"") -> None:
        """Add records in one commit, closing the days that they end; `now` is UTC.

        The first ones after a start have to tell of its `findings`. `counted` is what the tally has
        come to with them, to be kept for the next start.

        Raises: LogBroken: nothing was added.
        """
        if not self._checked:
            self._check()
        run, closed = self._run, list[SignedDay]()
        with self._transaction():
            for record in records:
                if run.is_over(record):
                    signed, run = self._close_day(run, now)
                    closed.append(signed)
                (row,) = chain(run.head, run.first + run.count, [record])
                self._db.execute(
                    "INSERT INTO rows VALUES (?, ?, ?)", (row.number, row.data, row.hash)
                )
                run = run.with_row(row, record)
            if counted:
                self._db.execute("INSERT OR REPLACE INTO counted VALUES (1, ?)", (counted,))
            if self.findings:
                self._db.execute("UPDATE sqlite_sequence SET seq = ?", (run.first + run.count - 1,))
        self._run, self.findings = run, ()
        for signed in closed:
            # The database is the log; this only betrays one that has lost its end.
            with contextlib.suppress(OfficeError):
                write_file(self._aside / LATEST, msgspec.json.encode(signed))

    def note(self, what: Happening, detail: str) -> None:
        """Add what else was found wrong, unless the rows since the last closed day tell of it."""
        if (what, detail) not in self._known:
            self.findings = (*self.findings, Finding(what, detail))

    def counted(self) -> bytes | None:
        """Return what the tally had come to when `append` last kept it. Raises: LogBroken."""
        found = self._rows("SELECT state FROM counted")
        return bytes(found[0][0]) if found else None

    def _opened(self) -> _Run:
        with explained():
            self._db = sqlite3.connect(self._path, timeout=5, isolation_level=None)
            try:
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute("PRAGMA synchronous = FULL")
                new = not self._db.execute("PRAGMA user_version").fetchone()[0]
                if new:
                    self._found()
                return self._standing(new=new)
            except BaseException:
                self._db.close()
                raise

    def _found(self) -> None:
        origin = f"INSERT INTO origin VALUES (x'{self.public.hex()}');"  # noqa: S608  # hex digits
        self._db.executescript(
            f"BEGIN IMMEDIATE; {_TABLES} {origin} PRAGMA user_version = 1; COMMIT;"
        )

    def _standing(self, *, new: bool) -> _Run:
        """Return where the chain goes on, having looked at it from the last signed day on."""
        origin = self._db.execute("SELECT key FROM origin").fetchone()
        if origin and origin[0] != self.public:
            raise LogBroken("the log was written under another key", damaged=True)
        before, first, findings = self._signed_until()
        rows = self.open_rows()
        run = _Run(first, before, before)
        for row in rows:
            run = run.with_row(row, _record(row))
        records = [_record(row) for row in rows]
        self._known = {(one.what, one.detail) for one in records if isinstance(one, Event)}
        found = (*findings, *self._wrong(run, rows, new=new))
        self.findings = tuple(one for one in found if (one.what, one.detail) not in self._known)
        return run

    def _signed_until(self) -> tuple[bytes, int, tuple[Finding, ...]]:
        """Return the hash and number from which the rows that aren't signed yet go on."""
        found = self._rows(
            "SELECT last, CAST(signed AS BLOB) FROM days ORDER BY first DESC LIMIT 1"
        )
        if not found:
            return root_of(self.public), 1, ()
        last, data = found[0]
        if read := read_day(data):
            return bytes.fromhex(read[1].head), read[1].last + 1, ()
        wrong = Finding("broken", f"row {last}: the signed day that ends with it can't be read")
        return sha256(data).digest(), last + 1, (wrong,)

    def _wrong(self, run: _Run, rows: tuple[Row, ...], *, new: bool) -> Iterator[Finding]:
        for one in breaks_in(run.before, run.first, rows):
            yield Finding("broken", f"row {one.number}: {one.why}")
        for one in self._lost_tail():
            yield Finding("lost", one.why)
        latest = self._latest()
        if new and not self._key.made:
            yield Finding("lost", "there was no log, though the kiosk had its key")
        elif new and (self._aside / MEMORY).exists():
            yield Finding("lost", "there was no log, though the kiosk remembers one")
        elif latest and latest.last > run.first + run.count - 1:
            yield Finding("lost", f"rows up to {latest.last} were signed on {latest.day}")

    def _latest(self) -> Day | None:
        try:
            signed = msgspec.json.decode((self._aside / LATEST).read_bytes(), type=SignedDay)
            return msgspec.json.decode(signed.day, type=Day)
        except (OSError, ValueError):
            return None

    def _close_day(self, run: _Run, now: datetime) -> tuple[SignedDay, _Run]:
        """Pack the rows since the last closed day, and sign their head."""
        rows = self.open_rows()
        last = rows[-1]
        day = Day(
            self._kiosk, self._village, run.day or now.astimezone(CHINA).date(), run.first,
            last.number, run.before.hex(), last.hash.hex(), now,
        )  # fmt: skip
        data = msgspec.json.encode(day)
        signed = SignedDay(data, self._key.sign(data))
        execute = self._db.execute
        execute("INSERT INTO pages VALUES (?, ?)", (run.first, pack(run.before, run.first, rows)))
        execute(
            "INSERT INTO days VALUES (?, ?, ?)",
            (run.first, last.number, msgspec.json.encode(signed)),
        )
        execute("DELETE FROM rows")
        execute(
            "DELETE FROM pages WHERE first < (SELECT min(first) FROM"
            " (SELECT first FROM pages ORDER BY first DESC LIMIT ?))",
            (DAYS_KEPT,),
        )
        return signed, _Run(last.number + 1, last.hash, last.hash)

    def _check(self) -> None:
        """Look through the file once before it is written. Raises: LogBroken: it is damaged."""
        found = self._rows("PRAGMA quick_check(1)")
        if found[0][0] != "ok":
            raise LogBroken("the file of the log is damaged", damaged=True)
        self._checked = True

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        with explained():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                # After a full card SQLite may have rolled back by itself.
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise


def _record(row: Row) -> Record | None:
    try:
        return decode(row.data)
    except ValueError:
        return None
