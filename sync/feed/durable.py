"""Files that survive a power cut: whole under their name, or not there at all.

Temporary file in the same folder, fsync, rename, fsync of the folder. Rename alone isn't durable.
"""

import errno
import os
from pathlib import Path
from typing import Final

from sync.errors import OfficeError, reason_of

_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NOT_OFFERED: Final = (errno.EINVAL, errno.ENOTSUP)  # network shares cannot fsync a folder


def write_file(path: Path, data: bytes, *, mode: int = 0o644, partial: Path | None = None) -> None:
    """Write or replace a file durably, making its folders.

    `partial` is the temporary file's name where several programs never write at once.

    Raises:
        OfficeError: it cannot be written; the message says why. No partial file is left.
    """
    temporary = partial or path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        make_folder(path.parent)
        try:
            _write_out(temporary, data, mode)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        sync_folder(path.parent)
    except OSError as error:
        raise failure(path, error) from error


def read_back(path: Path, length: int) -> bytes:
    """Return a file's first `length` + 1 bytes from the medium, not from this computer's memory.

    Raises: OSError: it can't be read.
    """
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return file.read(length + 1)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, each durable in the one above.

    Raises:
        OSError: it cannot be made.
    """
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for new in reversed(missing):
        new.mkdir(exist_ok=True)
        sync_folder(new.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable.

    Raises:
        OSError: the medium is gone or broken.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NOT_OFFERED:
            raise
    finally:
        os.close(descriptor)


def failure(path: Path, error: OSError) -> OfficeError:
    """Return what to tell the person at the office about a failed write."""
    if error.errno in _NO_ROOM:
        return OfficeError(
            f"空间不足，写不下 {path.name} (no room left for this file)",
            advice="换一个更大的 U 盘，或清理空间后再试。(Use a larger stick or free some space.)",
        )
    return OfficeError(
        f"写不了 {path.name}：{reason_of(error)} (cannot be written)",
        advice="检查 U 盘或文件夹后再试。(Check the stick or folder, then try again.)",
    )


def _write_out(path: Path, data: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
