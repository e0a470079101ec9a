"""The chain of the log: every row's hash covers the row and the hash before it. Pure.

    hash(n) = SHA-256( hash(n−1) ‖ row(n) )        hash(0) = SHA-256(kiosk's public key), `sync.signed_days.root_of`

so that no row can be changed, taken out, put in or moved without every later hash being another.
Who signs the hashes is `kiosk.evidence.key`.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import msgspec

from kiosk.evidence.records import Record

ROW_LIMIT: Final = 64 << 10  # bytes of one row; a real minute has about 300
EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2262, 1, 1, tzinfo=UTC)  # Linux counts ns in 63 bits
LONGEST: Final = 100 * 365 * 86_400.0  # s of one boot
_decoder: Final[msgspec.json.Decoder[Record]] = msgspec.json.Decoder(Record)


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it is kept: `data` are its bytes, `hash` is the chain after it (32 bytes)."""

    number: int
    data: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain doesn't hold: the first such row's number, and why."""

    number: int
    why: str


def encode(record: Record) -> bytes:
    """Return a record's bytes, as they are chained."""
    return msgspec.json.encode(record)


def decode(data: bytes) -> Record:
    """Return the record of a row. Raises: ValueError: the bytes are none, or no clock says such a time."""
    if len(data) > ROW_LIMIT:
        raise ValueError("the row is too long")
    record = _decoder.decode(data)
    if record.wall.utcoffset() is None or not EARLIEST <= record.wall < LATEST:
        raise ValueError(f"no clock says {record.wall}")
    if not 0 <= record.at <= LONGEST:
        raise ValueError(f"no boot has lasted for {record.at} s")
    return record


def link(before: bytes, data: bytes) -> bytes:
    """Return the chain's hash after a row."""
    return hashlib.sha256(before + data).digest()


def chain(before: bytes, first: int, records: Iterable[Record]) -> tuple[Row, ...]:
    """Return records as rows that follow the row before `first`, whose hash is `before`."""
    rows = []
    for number, record in enumerate(records, start=first):
        data = encode(record)
        before = link(before, data)
        rows.append(Row(number, data, before))
    return tuple(rows)


def find_break(before: bytes, first: int, rows: Iterable[Row]) -> Break | None:
    """Return the first place where rows don't follow the hash `before`, None where all do."""
    for number, row in enumerate(rows, start=first):
        if row.number != number:
            return Break(number, f"row {number} is missing, row {row.number} stands there")
        before = link(before, row.data)
        if row.hash != before:
            return Break(number, f"row {number} is not what was written")
    return None
