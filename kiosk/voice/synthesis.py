"""The parent's end of the voice worker: starts it, gives it orders, restarts it when it is late.

Blocking and for one thread alone; which sentence comes next is `speaker`'s matter.
"""

import logging
import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from kiosk.voice.worker import LINE_LIMIT, Hello, Made, Order

_log = logging.getLogger(__name__)

START_SECONDS: Final = 20.0  # a Pi that is still booting
ANSWER_SECONDS: Final = 8.0  # the longest sentence takes 0.05 s
_TRIES: Final = 3

_Answer = TypeVar("_Answer", Hello, Made)


class NoVoice(Exception):
    """The worker cannot be started, or dies at every try; the text says why."""


class Synthesiser:
    """One voice worker and the folder that it fills."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._unread = b""

    def make(self, order: Order) -> Made:
        """Return what became of `order`; a worker that died or hung is replaced, twice at most.

        Raises:
            NoVoice: there is no worker to be had.
        """
        line = msgspec.json.encode(order) + b"\n"
        if len(line) > LINE_LIMIT:
            return Made(order.name, 0, "too long to say", unsayable=True)
        for _ in range(_TRIES):
            try:
                self._start()
                self._send(line)
                return self._receive(Made, ANSWER_SECONDS)
            except (OSError, EOFError, TimeoutError, msgspec.DecodeError) as problem:
                _log.warning("voice worker lost: %s", problem)
                self.close()
        raise NoVoice("the voice worker does not answer")

    def warm(self) -> None:
        """Start the worker, so that the first sentence need not wait.

        Raises:
            NoVoice: espeak-ng or its voice is missing.
        """
        try:
            self._start()
        except (OSError, EOFError, TimeoutError, msgspec.DecodeError) as problem:
            self.close()
            raise NoVoice(str(problem)) from problem

    @property
    def pid(self) -> int | None:
        """The worker's process id, None while there is none."""
        return self._process.pid if self._process else None

    def close(self) -> None:
        """End the worker; a later order starts another one."""
        process, self._process, self._unread = self._process, None, b""
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()

    def _start(self) -> None:
        if self._process and self._process.poll() is None:
            return
        self.close()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kiosk.voice.worker", str(self._folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
        hello = self._receive(Hello, START_SECONDS)
        if hello.problem:
            self.close()
            raise NoVoice(hello.problem)

    def _send(self, line: bytes) -> None:
        if self._process is None or self._process.stdin is None:
            raise EOFError("no worker")
        self._process.stdin.write(line)

    def _receive(self, kind: type[_Answer], seconds: float) -> _Answer:
        deadline = time.monotonic() + seconds
        while b"\n" not in self._unread:
            self._read_some(deadline)
        line, _, self._unread = self._unread.partition(b"\n")
        return msgspec.json.decode(line, type=kind)

    def _read_some(self, deadline: float) -> None:
        if self._process is None or self._process.stdout is None:
            raise EOFError("no worker")
        pipe = self._process.stdout.fileno()
        if not select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))[0]:
            raise TimeoutError("no answer in time")
        got = os.read(pipe, LINE_LIMIT)
        if not got or len(self._unread) + len(got) > LINE_LIMIT:
            raise EOFError("the worker ended")
        self._unread += got
