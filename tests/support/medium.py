"""Real file systems that a stick can be: small, full, write-protected, pulled in the middle."""

import errno
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

NEEDS_MOUNT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a file system")


@contextmanager
def small_medium(at: Path, kilobytes: int) -> Iterator[Path]:
    """Mount a file system of so many kB."""
    at.mkdir()
    _run("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", at)
    try:
        yield at
    finally:
        _run("umount", "--lazy", at)


def protect(at: Path) -> None:
    """Make a mounted file system write-protected."""
    _run("mount", "-o", "remount,ro", at)


@contextmanager
def pulled_after(steps: int, patch: pytest.MonkeyPatch) -> Iterator[Callable[[], int]]:
    """Let the medium be gone at the write number `steps` from now on; yields how many there were.

    Patched, because no file system here can be pulled between two system calls.
    """
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if done > steps:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    fsync, replace, mkdir = os.fsync, Path.replace, Path.mkdir
    with patch.context() as patched:
        patched.setattr(os, "fsync", lambda fd: (step(), fsync(fd)))
        patched.setattr(Path, "replace", lambda path, target: (step(), replace(path, target))[1])
        patched.setattr(Path, "mkdir", lambda path, **kw: (step(), mkdir(path, **kw))[1])
        yield lambda: done


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, capture_output=True)
