"""Sticks: a real FAT file system in an image, and a source that is pulled in the middle.

Kernels without vfat cannot mount the image; mtools write and read it all the same.
"""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.errors import SourceUnavailable
from sync.feed.folder import FolderSource
from sync.feed.source import Reading

MISSING_TOOLS = not all(shutil.which(tool) for tool in ("mformat", "mcopy", "mdir"))
_SECTOR = 512


class FatStick:
    """A FAT stick of `megabytes`, as an image file."""

    def __init__(self, image: Path, megabytes: int = 16) -> None:
        self.image = image
        with image.open("wb") as file:
            file.truncate(megabytes << 20)
        sectors = (megabytes << 20) // _SECTOR
        _mtools(
            "mformat",
            "-i",
            image,
            "-v",
            "SUNBOARD",
            "-T",
            str(sectors),
            "-h",
            "16",
            "-s",
            "63",
            "::",
        )

    def put(self, folder: Path, below: str) -> None:
        """Copy everything in `folder` to the stick's folder `below`, making it."""
        made = ""
        for part in below.split("/"):
            made = f"{made}/{part}"
            _mtools("mmd", "-D", "s", "-i", self.image, f"::{made}", may_fail=True)
        _mtools("mcopy", "-s", "-o", "-i", self.image, *sorted(folder.iterdir()), f"::{below}/")

    def names(self, below: str) -> list[str]:
        """Return the names in a folder of the stick."""
        listed = _mtools("mdir", "-b", "-i", self.image, f"::{below}")
        return sorted(line.rstrip("/").rpartition("/")[2] for line in listed.splitlines() if line)

    def read_out(self, to: Path) -> Path:
        """Return the stick's content as a folder, as if it had been mounted there."""
        to.mkdir()
        _mtools("mcopy", "-s", "-n", "-m", "-i", self.image, "::*", to)
        return to

    @contextmanager
    def mounted(self, at: Path, *, writable: bool = False) -> Iterator[Path | None]:
        """Mount the stick, read-only as the kiosk does; None where the kernel cannot."""
        at.mkdir()
        options = f"{'rw' if writable else 'ro'},nosuid,nodev,noexec,loop"
        ended = subprocess.run(
            ["mount", "-t", "vfat", "-o", options, self.image, at], capture_output=True, check=False
        )
        try:
            yield at if ended.returncode == 0 else None
        finally:
            if ended.returncode == 0:
                subprocess.run(["umount", at], check=True)

    def wear(self, pattern: bytes) -> int:
        """Overwrite one byte after each `pattern` on the medium, as bad flash does; count them."""
        data = bytearray(self.image.read_bytes())
        count, start = 0, data.find(pattern)
        while start >= 0:
            data[start + len(pattern)] ^= 0x01
            count, start = count + 1, data.find(pattern, start + 1)
        self.image.write_bytes(data)
        return count


class PulledStick:
    """A folder with a feed that is gone after so many bytes."""

    def __init__(self, folder: Path, after: int) -> None:
        self._inner = FolderSource(folder)
        self._left = after
        self.name = "stick"

    def read(self, path: str, limit: int) -> bytes:
        data = self._inner.read(path, limit)
        self._take(len(data))
        return data

    @contextmanager
    def stream(self, path: str, length: int, start: int = 0) -> Iterator[Reading]:
        with self._inner.stream(path, length, start) as reading:
            yield Reading(reading.start, self._taking(reading.chunks))

    def interrupt(self) -> None:
        self._inner.interrupt()

    def close(self) -> None:
        self._inner.close()

    def _taking(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self._take(len(chunk))
            yield chunk

    def _take(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise SourceUnavailable("was the stick pulled?")


def _mtools(tool: str, *arguments: str | Path, may_fail: bool = False) -> str:
    ended = subprocess.run(
        [tool, *arguments], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
        env={"PATH": "/usr/bin:/bin", "MTOOLS_SKIP_CHECK": "1", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    if ended.returncode and not may_fail:
        raise OSError(f"{tool}: {ended.stderr.strip()}")
    return ended.stdout
