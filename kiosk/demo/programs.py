"""The kiosk's three programs as processes, started and stopped as systemd does it.

Each says by itself when it is ready (sd_notify) and is asked to end by SIGTERM.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

READY_SECONDS: Final = 60.0
END_SECONDS: Final = 10.0
_TOLD: Final = 3  # lines of a log that are shown when a program doesn't start


class NotStarted(Exception):
    """A program didn't get ready; says which, and what it wrote last."""


@contextmanager
def running(
    name: str, *arguments: str, logs: Path, environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a program, yield it once it is ready, and end it with the block.

    Raises:
        NotStarted: it ended or didn't get ready within a minute.
    """
    log = logs / f"{name}.log"
    # In the abstract namespace: a path in a deep folder would be too long for a socket.
    address = f"sunboard-demo-{os.getpid()}-{name}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready, log.open("ab") as output:
        ready.bind("\0" + address)
        process = subprocess.Popen(
            # The kernel ends it should the demo itself be killed.
            ["setpriv", "--pdeathsig", "TERM", str(_installed(name)), *arguments],
            env={**os.environ, **environment, "NOTIFY_SOCKET": f"@{address}"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_ready(ready, process, name, log)
        except BaseException:
            _end(process)
            raise
    # The socket is closed by now: a program must not block on what nobody reads.
    try:
        yield process
    finally:
        _end(process)


def finish(name: str, *arguments: str, logs: Path, environment: Mapping[str, str]) -> None:
    """Run a program to its end.

    Raises:
        NotStarted: it didn't do what it was asked to, or took longer than a minute.
    """
    log = logs / f"{name}.log"
    with log.open("ab") as output:
        ended = subprocess.run(
            [str(_installed(name)), *arguments],
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            timeout=READY_SECONDS,
            check=False,
        )
    if ended.returncode:
        raise NotStarted(f"{name} ended with {ended.returncode}; {_told(log)}")


def _told(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-_TOLD:]
    return f"{log} ends with:\n" + "\n".join(lines)


def _installed(name: str) -> Path:
    return Path(sys.executable).parent / name


def _wait_until_ready(
    ready: socket.socket, process: subprocess.Popen[bytes], name: str, log: Path
) -> None:
    ready.settimeout(0.5)
    for _ in range(int(READY_SECONDS / 0.5)):
        try:
            if b"READY=1" in ready.recv(4_096).splitlines():
                return
        except TimeoutError:
            if process.poll() is not None:
                break
    raise NotStarted(f"{name} did not get ready; {_told(log)}")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
