"""Reading the log of evidence: days and their rows, records, and whether the chain holds.

For the tally, the inspection pack and whoever carries signed days away. Writing is `kiosk.evidence.log`.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final

import msgspec

from kiosk.evidence.beginning import Beginning
from kiosk.evidence.chain import Break, Row, decode, find_break
from kiosk.evidence.pages import unpack
from kiosk.evidence.records import Record
from sync.errors import SunboardError
from sync.signed_days import Day, SignedDay, is_signed, read_day, root_of

DATABASE: Final = "evidence.db"
DAYS_KEPT: Final = 1_830  # five years; of older days the signed heads stay


class LogBroken(SunboardError):
    """The log can't be used now; `damaged` says that the file itself is spoilt."""

    advice = "The screen goes on. If this stays, the card is full or worn out: call the office."

    def __init__(self, message: str, *, damaged: bool = False) -> None:
        super().__init__(message)
        self.damaged = damaged


@contextmanager
def explained() -> Iterator[None]:
    """Turn what sqlite3 raises into LogBroken."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        damaged = code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
        raise LogBroken(f"the log cannot be used: {error}", damaged=damaged) from error


class LogReader:
    """A kiosk's log; every method raises LogBroken if the file can't be read.

    `public` is the kiosk's public key (32 bytes), with which the chain begins.
    """

    def __init__(self, path: Path, public: bytes) -> None:
        with explained():
            uri = f"{path.absolute().as_uri()}?mode=ro"
            self._db = sqlite3.connect(uri, uri=True, timeout=5, isolation_level=None)
        self.public = public

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def signed_days(self, after: int = 0) -> tuple[SignedDay, ...]:
        """Return the closed days whose first row comes after row `after`, oldest first."""
        found = self._rows(
            "SELECT CAST(signed AS BLOB) FROM days WHERE first > ? ORDER BY first", after
        )
        return tuple(read[0] for one in found if (read := read_day(one[0])))

    def days(self, after: int = 0) -> tuple[Day, ...]:
        """Return what `signed_days` signs; also days whose rows are no longer kept."""
        return tuple(msgspec.json.decode(one.day, type=Day) for one in self.signed_days(after))

    def rows_of(self, day: Day) -> tuple[Row, ...] | None:
        """Return a closed day's rows, None where they are older than what is kept.

        Raises: ValueError: its page is damaged.
        """
        page = self.page_of(day)
        return unpack(bytes.fromhex(day.before), day.first, page) if page is not None else None

    def page_of(self, day: Day) -> bytes | None:
        """Return a closed day's rows as they are kept, None where they are older than what is kept."""
        found = self._rows("SELECT CAST(page AS BLOB) FROM pages WHERE first = ?", day.first)
        return found[0][0] if found else None

    def open_rows(self) -> tuple[Row, ...]:
        """Return the rows since the last closed day."""
        found = self._rows(
            "SELECT number, CAST(data AS BLOB), CAST(hash AS BLOB) FROM rows ORDER BY number"
        )
        return tuple(Row(*one) for one in found)

    def records(
        self, since: date | None = None, until: date | None = None, *, after: int = 0
    ) -> Iterator[Record]:
        """Yield the records of the days from `since` to `until`, and of those not yet closed.

        `after` leaves out the rows up to that number. Rows that can't be read are left out: `breaks`
        tells of them.
        """
        for day in self.days():
            inside = (since is None or day.day >= since) and (until is None or day.day <= until)
            if inside and day.last > after:
                yield from _readable(self._rows_or_none(day) or (), after)
        yield from _readable(self.open_rows(), after)

    def beginning(self) -> Beginning:
        """Return what the log's first rows say."""
        found = Beginning()
        for record in self.records():
            found = found.after(record)
            if found.proved:
                break
        return found

    def last_number(self) -> int:
        """Return the number of the last row, 0 in an empty log."""
        found = self._rows("SELECT max(last) FROM days UNION ALL SELECT max(number) FROM rows")
        return max(one[0] or 0 for one in found)

    def written(self) -> int:
        """Return the number of the last row ever written, whether or not it is still there."""
        found = self._rows("SELECT seq FROM sqlite_sequence WHERE name = 'rows'")
        return int(found[0][0]) if found else 0

    def breaks(self) -> Iterator[Break]:
        """Yield every place where the log isn't what was written, from its beginning on."""
        before, first = root_of(self.public), 1
        found = self._rows("SELECT first, last, CAST(signed AS BLOB) FROM days ORDER BY first")
        for place, (begin, last, data) in enumerate(found):
            read = read_day(data)
            if read is None:
                yield Break(begin, "a signed day can't be read")
                before, first = b"", last + 1
                continue
            signed, day = read
            yield from self._breaks_of(signed, day, before, first)
            if place >= len(found) - DAYS_KEPT:
                yield from self._breaks_inside(day)
            before, first = bytes.fromhex(day.head), day.last + 1
        yield from breaks_in(before, first, self.open_rows())
        yield from self._lost_tail()

    def find_break(self) -> Break | None:
        """Return the first place where the log isn't what was written, None where all of it is."""
        return next(self.breaks(), None)

    def _breaks_of(self, signed: SignedDay, day: Day, before: bytes, first: int) -> Iterator[Break]:
        if not is_signed(signed.day, signed.signature, self.public):
            yield Break(day.first, f"the kiosk has not signed {day.day}")
        if (day.first, day.before) != (first, before.hex()):
            yield Break(day.first, f"{day.day} does not follow the day before it")

    def _breaks_inside(self, day: Day) -> Iterator[Break]:
        try:
            rows = self.rows_of(day)
        except ValueError as error:
            yield Break(day.first, str(error))
            return
        if not rows:
            yield Break(day.first, f"the rows of {day.day} are gone")
            return
        found = list(breaks_in(bytes.fromhex(day.before), day.first, rows))
        yield from found
        if not found and (rows[-1].number, rows[-1].hash.hex()) != (day.last, day.head):
            yield Break(day.first, f"the rows of {day.day} are not what was signed")

    def _lost_tail(self) -> Iterator[Break]:
        last = self.last_number()
        written = self.written()
        if written > last:
            yield Break(last + 1, f"rows {last + 1} to {written} are gone")

    def _rows_or_none(self, day: Day) -> tuple[Row, ...] | None:
        try:
            return self.rows_of(day)
        except ValueError:
            return None

    def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with explained():
            return self._db.execute(sql, values).fetchall()


def breaks_in(before: bytes, first: int, rows: tuple[Row, ...]) -> Iterator[Break]:
    """Yield every row that doesn't follow the one before it; after each the chain goes on as it stands."""
    while rows and (found := find_break(before, first, rows)):
        yield found
        at = next((n for n, row in enumerate(rows) if row.number >= found.number), len(rows) - 1)
        before, first = rows[at].hash, rows[at].number + 1
        rows = rows[at + 1 :]


def _readable(rows: tuple[Row, ...], after: int) -> Iterator[Record]:
    for row in rows:
        if row.number > after:
            try:
                yield decode(row.data)
            except ValueError:
                continue
