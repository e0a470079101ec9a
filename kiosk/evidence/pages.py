"""A closed day's rows as one compressed page, from which every row comes back byte for byte. Pure.

The hashes are left out, since they follow from the rows and the hash before them; where one doesn't,
or a number is missing, the page keeps it as it stood, so that a break is still there for the inspector.
"""

import lzma
from collections.abc import Sequence
from typing import Final

import msgspec

from kiosk.evidence.chain import Row, link

PAGE_LIMIT: Final = 16 << 20  # bytes of a day's rows; 30 notices come to 0.6 million
_MEMORY: Final = 32 << 20  # bytes that reading a page may take: it may come from a stranger
_PRESET: Final = 3  # of lzma: 6 would save a twelfth in five times the time


class _Page(msgspec.Struct, frozen=True):
    """`rows` in order; `odd` is by place the number and hash of a row that doesn't follow."""

    rows: tuple[bytes, ...]
    odd: dict[int, tuple[int, bytes]]


def pack(before: bytes, first: int, rows: Sequence[Row]) -> bytes:
    """Return rows that follow the hash `before` as a page."""
    odd = {}
    for place, row in enumerate(rows):
        before = link(before, row.data)
        if (row.number, row.hash) != (first, before):
            odd[place] = (row.number, row.hash)
        first, before = row.number + 1, row.hash
    page = _Page(tuple(row.data for row in rows), odd)
    return lzma.compress(msgspec.msgpack.encode(page), preset=_PRESET)


def unpack(before: bytes, first: int, page: bytes) -> tuple[Row, ...]:
    """Return the rows of a page. Raises: ValueError: it is damaged."""
    try:
        opener = lzma.LZMADecompressor(memlimit=_MEMORY)
        opened = opener.decompress(page, PAGE_LIMIT)
        read = msgspec.msgpack.decode(opened, type=_Page)
    except (lzma.LZMAError, EOFError, msgspec.DecodeError) as error:
        raise ValueError(f"the page is damaged: {error}") from error
    if not opener.eof:
        raise ValueError("the page is damaged: it has no end")
    rows = []
    for place, data in enumerate(read.rows):
        number, before = read.odd.get(place) or (first, link(before, data))
        rows.append(Row(number, data, before))
        first = number + 1
    return tuple(rows)
