"""Undoing the compression that a server applies although it was asked not to.

Bounded on every step: a bomb of a few kilobytes ends at the limit of the file, not of the memory.
"""

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from sync.errors import SourceUnavailable
from sync.feed.source import CHUNK

_GZIP_OR_ZLIB: Final = 32 + zlib.MAX_WBITS


def plain(chunks: Iterable[bytes], encoding: str, limit: int) -> Iterator[bytes]:
    """Yield the decoded bytes, at most `limit` and one chunk more.

    Raises:
        SourceUnavailable: an unknown encoding, broken or cut data, or a byte over `limit`.
    """
    if encoding in {"", "identity"}:
        return _bounded(chunks, limit)
    if encoding in {"gzip", "x-gzip", "deflate"}:
        return _bounded(_inflated(chunks), limit)
    raise SourceUnavailable(f"the server compresses as {encoding[:20]!r}, which was not asked for")


def _bounded(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise SourceUnavailable(f"longer than the {limit:,} bytes it may have")
        yield chunk


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(_GZIP_OR_ZLIB)
    try:
        for chunk in chunks:
            rest = chunk
            while rest and not inflater.eof:
                yield inflater.decompress(rest, CHUNK)
                rest = inflater.unconsumed_tail
    except zlib.error as error:
        raise SourceUnavailable(f"the server's compression is broken: {error}") from error
    if not inflater.eof:
        raise SourceUnavailable("the compressed answer was cut")
