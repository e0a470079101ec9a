"""A feed in a folder: on a stick, on a disk, on a share.

Sticks come from anywhere and are pulled without warning: no symlink is followed, nothing but plain
files is opened, and every error in mid-read is the source's, not the program's.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sync.errors import NotTrusted, SourceUnavailable
from sync.feed.source import CHUNK, FileMissing, Reading, checked_path, whole

_NO_LINKS = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC


class FolderSource:
    """One folder with a feed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stopped = False

    @property
    def name(self) -> str:
        """The folder's path."""
        return str(self._folder)

    def read(self, path: str, limit: int) -> bytes:
        """Return a whole small file. Raises: FileMissing, SourceUnavailable."""
        with self.stream(path, limit) as reading:
            return whole(reading, limit, path)

    @contextmanager
    def stream(self, path: str, length: int, start: int = 0) -> Iterator[Reading]:
        """Open a file of at most `length` bytes.

        Raises: FileMissing, SourceUnavailable, NotTrusted: it is longer.
        """
        with _explained(path):
            file = self._opened(checked_path(path))
        with file:
            with _explained(path):
                size = os.fstat(file.fileno()).st_size
                file.seek(start)
            if size > length:  # no cut copy: nobody's stick grows by itself
                raise NotTrusted(
                    f"{path} has {size:,} bytes, longer than the {length:,} it may have"
                )
            yield Reading(start, self._chunks(file, path))

    def interrupt(self) -> None:
        """Let a read under way end after the present chunk."""
        self._stopped = True

    def close(self) -> None:
        """Do nothing: no file stays open between reads."""

    def _chunks(self, file: BinaryIO, path: str) -> Iterator[bytes]:
        while True:
            if self._stopped:
                raise SourceUnavailable(f"stopped while {path} was read")
            with _explained(path):
                chunk = file.read(CHUNK)
            if not chunk:
                return
            yield chunk

    def _opened(self, path: str) -> BinaryIO:
        """Walk down folder by folder, so that no part of the way can be a link."""
        *folders, last = path.split("/")
        here = os.open(self._folder, _NO_LINKS | os.O_DIRECTORY)
        try:
            for part in folders:
                below = os.open(part, _NO_LINKS | os.O_DIRECTORY, dir_fd=here)
                os.close(here)
                here = below
            # O_NONBLOCK: opening a named pipe must not wait for its writer.
            opened = os.open(last, _NO_LINKS | os.O_NONBLOCK, dir_fd=here)
        finally:
            os.close(here)
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            os.close(opened)
            raise SourceUnavailable(f"{path} is not a plain file")
        return os.fdopen(opened, "rb", buffering=0)


@contextmanager
def _explained(path: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise FileMissing(f"there is no {path}") from error
    except OSError as error:
        raise SourceUnavailable(
            f"{path} could not be read ({error.strerror}): was the stick pulled?"
        ) from error
