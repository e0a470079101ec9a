"""One program at a time in an office folder; a killed one lets go by itself."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sync.errors import OfficeError, reason_of

_NAME: Final = ".lock"


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the office folder for as long as the block runs.

    Raises:
        OfficeError: another program holds it, or the folder cannot be written.
    """
    try:
        descriptor = os.open(folder / _NAME, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise OfficeError(f"{folder} 不能写入：{reason_of(error)} (cannot be written)") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise OfficeError(
                "另一个窗口正在用这个办公文件夹 (another program is using this office folder)",
                advice="等它做完，或关掉那个窗口再试。Wait for it or close it, then try again.",
            ) from error
        yield
    finally:
        os.close(descriptor)
