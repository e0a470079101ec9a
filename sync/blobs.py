"""The files on the kiosk's card, known by their content: pictures, notices, closed months.

    <data>/blobs/<2 hex>/<sha256>     whole, hashed, durable
    <data>/partial/<sha256>           begun; goes on where the line broke

A file appears under its name only whole and fsynced. What is to be kept is decided by `sync.store`.
"""

import errno
import hashlib
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sync.errors import CardFull, NotTrusted, SourceUnavailable
from sync.feed.durable import make_folder, sync_folder
from sync.feed.layout import blob_path, matches
from sync.notices import BlobRef

RESERVE: Final = 64 << 20  # bytes left free for the database and the system
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT)
_CHUNK: Final = 64 << 10


class Blobs:
    """The kiosk's files in `data`, its data folder."""

    def __init__(self, data: Path, *, reserve: int = RESERVE) -> None:
        self._data = data
        self._partial = data / "partial"
        self._reserve = reserve

    def path(self, ref: BlobRef) -> Path:
        """Return where the file is or would be. Raises: NotUnderstood: no acceptable name."""
        return self._data / blob_path(ref)

    def has(self, ref: BlobRef) -> bool:
        """Tell whether the file is there in its full length; `intact` also looks inside."""
        try:
            return self.path(ref).stat().st_size == ref.length
        except OSError:
            return False

    def intact(self, ref: BlobRef) -> bool:
        """Tell whether the file's content is what its name says."""
        try:
            return self.has(ref) and _hash_of(self.path(ref)).hexdigest() == ref.sha256
        except OSError:
            return False

    def read(self, ref: BlobRef) -> bytes | None:
        """Return the content; None where the file is missing or damaged."""
        try:
            data = self.path(ref).read_bytes() if self.has(ref) else b""
        except OSError:
            return None
        return data if matches(data, ref) else None

    def drop(self, ref: BlobRef) -> None:
        """Remove a file that is damaged."""
        with _card():
            self.path(ref).unlink(missing_ok=True)

    def begun(self, ref: BlobRef) -> int:
        """Return how many bytes of an unfinished file are there."""
        try:
            size = self._partial_of(ref).stat().st_size
        except OSError:
            return 0
        return size if size < ref.length else 0

    def check_room(self, needed: int) -> None:
        """Raises: CardFull: `needed` bytes and the reserve do not fit."""
        with _card():
            make_folder(self._data)
            stats = os.statvfs(self._data)
        free = stats.f_bavail * stats.f_frsize
        if needed + self._reserve > free:
            raise CardFull(
                f"{needed:,} bytes are to come and {self._reserve:,} must stay free,"
                f" but only {free:,} are free on the kiosk's card"
            )

    def keep(self, ref: BlobRef, chunks: Iterable[bytes], start: int = 0) -> None:
        """Keep a file whose `chunks` go on at `start`; on return it is whole and durable.

        When `chunks` raise, what came stays for the next try.

        Raises:
            SourceUnavailable: fewer bytes came than the file has.
            NotTrusted: the bytes are not what the name says; they are dropped.
            CardFull: no room, or the card cannot be written; what came is dropped.
        """
        partial, path = self._partial_of(ref), self.path(ref)
        self.check_room(ref.length - start)
        with _card(partial):
            make_folder(self._partial)
            make_folder(path.parent)
        whole = self._append(partial, ref, chunks, start)
        if not whole:
            with _card():
                partial.unlink()
            raise NotTrusted(f"the file {ref.sha256[:12]}… is not what the seals cover")
        with _card(partial):
            partial.replace(path)
            sync_folder(path.parent)

    def prune(self, keep: Collection[str]) -> int:
        """Remove every file whose SHA-256 isn't in `keep`, and all begun ones; return how many."""
        removed = 0
        with _card():
            for path in [*self._data.glob("blobs/??/*"), *self._partial.glob("*")]:
                if path.parent == self._partial or path.name not in keep:
                    path.unlink(missing_ok=True)
                    removed += 1
        return removed

    def _partial_of(self, ref: BlobRef) -> Path:
        return self._partial / self.path(ref).name

    def _append(self, partial: Path, ref: BlobRef, chunks: Iterable[bytes], start: int) -> bool:
        """Write on from `start`; return whether the whole has the right hash."""
        with _card(partial):
            descriptor = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        with os.fdopen(descriptor, "r+b", buffering=0) as file:
            with _card(partial):
                file.truncate(start)
                found = _hash_of(partial)
                file.seek(start)
            size = start
            for chunk in chunks:
                size += len(chunk)
                if size > ref.length:
                    return False
                with _card(partial):
                    _write_all(file.fileno(), chunk)
                found.update(chunk)
            if size < ref.length:
                raise SourceUnavailable(
                    f"the file {ref.sha256[:12]}… broke off at {size:,} of {ref.length:,} bytes"
                )
            with _card(partial):
                os.fsync(file.fileno())
        return found.hexdigest() == ref.sha256


@contextmanager
def _card(partial: Path | None = None) -> Iterator[None]:
    """Turn errors of the card into CardFull, and free what the unfinished file took."""
    try:
        yield
    except OSError as error:
        if partial is not None:
            partial.unlink(missing_ok=True)
        if error.errno in _NO_ROOM:
            raise CardFull("the kiosk's card is full") from error
        raise CardFull(
            f"the kiosk's card cannot be written: {error.strerror}",
            advice="The kiosk's card may be worn out. Call the office: it needs a new card.",
        ) from error


def _hash_of(path: Path) -> "hashlib._Hash":
    found = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
