"""A copy of a database that another program is writing, without touching a byte of its folder.

Opening it there, even to read, would write into its -shm and could close its -wal. So the files are
copied while they stand still, and the copy is opened.
"""

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Final

from sync.errors import SourceUnavailable

TRIES: Final = 50
PAUSE: Final = 0.2  # s between two tries; the kiosk writes once a minute
_FILES: Final = ("", "-wal")


def snapshot(database: Path, folder: Path) -> Path | None:
    """Copy a database into `folder` and return the copy; None where there is none.

    Raises: SourceUnavailable: it never stood still, or can't be read.
    """
    copy = folder / database.name
    try:
        for _ in range(TRIES):
            before = _state(database)
            if before[0] is None:
                return None
            for suffix, state in zip(_FILES, before, strict=True):
                if state is not None:
                    shutil.copyfile(f"{database}{suffix}", f"{copy}{suffix}")
            if _state(database) == before:
                return _closed(copy)
            for suffix in _FILES:
                Path(f"{copy}{suffix}").unlink(missing_ok=True)
            time.sleep(PAUSE)
    except (OSError, sqlite3.DatabaseError) as error:
        raise SourceUnavailable(
            f"读不了 {database.name} ({error})",
            advice="请用 sudo -u sunboard 运行。Run it as the kiosk's own user.",
        ) from error
    raise SourceUnavailable(f"{database.name} 一直在写，请再试一次 (it is written all the time)")


def _closed(copy: Path) -> Path:
    """Bring what stands in the -wal into the copy itself, so that it can be opened to read."""
    with closing(sqlite3.connect(copy)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.execute("PRAGMA journal_mode = DELETE")
    return copy


def _state(database: Path) -> tuple[tuple[int, int, int] | None, ...]:
    return tuple(_seen(Path(f"{database}{suffix}")) for suffix in _FILES)


def _seen(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
