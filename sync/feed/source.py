"""Where a feed's files come from: what every source promises, whoever carries it.

A web address is `sync.feed.http`, a folder or stick `sync.feed.folder`. A source moves bytes under a
limit; it knows nothing of seals: what it brings is judged by `sync.feed.pull` and `sync.feed.gate`.
"""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final, Protocol

from sync.errors import NotUnderstood, SourceUnavailable

CHUNK: Final = 16 << 10  # bytes: a lost connection costs at most this much again
_PATH: Final = re.compile(r"(?!.*\.\.)[a-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")


class FileMissing(SourceUnavailable):
    """The source answers, but has no such file."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file being read; `start` is the offset in bytes where `chunks` really begin."""

    start: int
    chunks: Iterator[bytes]


class Source(Protocol):
    """A place with a feed's files; `path` is relative to the feed, as `sync.feed.layout` names it."""

    @property
    def name(self) -> str:
        """The address or folder as people know it, without any password."""

    def read(self, path: str, limit: int) -> bytes:
        """Return a whole small file of at most `limit` bytes.

        Raises:
            FileMissing: there is no such file.
            SourceUnavailable: it cannot be read now, or is longer than `limit`.
        """

    def stream(self, path: str, length: int, start: int = 0) -> AbstractContextManager[Reading]:
        """Open an immutable file of `length` bytes, from `start` on if the source can.

        Raises:
            FileMissing: there is no such file.
            SourceUnavailable: on opening, or from `chunks` in the middle.
        """

    def interrupt(self) -> None:
        """Make a read that is under way in another thread end at once."""

    def close(self) -> None:
        """Give back what the source holds open; it can be used again."""


def checked_path(path: str) -> str:
    """Return `path` if it stays inside the feed.

    Raises:
        NotUnderstood: it is absolute, climbs out, or has other than plain characters.
    """
    if len(path) > 200 or not _PATH.fullmatch(path):
        raise NotUnderstood(f"not an acceptable file name in a feed: {path[:80]!r}")
    return path


def whole(reading: Reading, limit: int, path: str) -> bytes:
    """Return all bytes of a reading that began at 0.

    Raises:
        SourceUnavailable: there are more than `limit`.
    """
    parts: list[bytes] = []
    size = 0
    for chunk in reading.chunks:
        size += len(chunk)
        if size > limit:
            raise SourceUnavailable(f"{path} is longer than the {limit:,} bytes it may have")
        parts.append(chunk)
    return b"".join(parts)
