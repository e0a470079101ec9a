"""The thread that writes the log, so that a call never waits for a card or another program's lock.

What can't be written now is kept in memory and written as soon as the database allows. Once open it
tells what the last run left behind: a call that was going on, requests nobody heard, the last test.
"""

import logging
import queue
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from kiosk.help.incident import Call
from kiosk.help.log import Change, HelpLog, LineTest, LogBroken, Request

WAITING: Final = 500  # lines kept in memory at most
RETRY: Final = 5.0  # s between tries to write
_log = logging.getLogger(__name__)


class Left(msgspec.Struct, frozen=True):
    """What an earlier run of the program left behind."""

    call: Call | None
    requests: tuple[Request, ...]
    test: LineTest | None


class Keeper:
    """Writes what it is given, in order, on its own thread."""

    def __init__(
        self,
        path: Path,
        tell: Callable[[Left], None],
        *,
        retry: float = RETRY,
        patience: float = 1.0,
    ) -> None:
        self._path = path
        self._patience = patience
        self._tell = tell
        self._retry = retry
        self._given: queue.SimpleQueue[Change | LineTest | None] = queue.SimpleQueue()
        self._waiting: deque[Change | LineTest] = deque(maxlen=WAITING)
        self._book: HelpLog | None = None
        self._told = False
        self._broken = False
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)
        self._thread.start()

    def keep(self, line: Change | LineTest) -> None:
        """Have `line` written soon."""
        self._given.put(line)

    def close(self) -> None:
        """Write what can be written, and end."""
        self._given.put(None)
        self._thread.join(timeout=5)

    def _run(self) -> None:
        going = True
        while going:
            self._write()
            look_again = bool(self._waiting) or not self._told
            try:
                line = self._given.get(timeout=self._retry if look_again else None)
            except queue.Empty:
                continue
            going = line is not None
            if line is not None:
                self._waiting.append(line)
        self._write()
        if self._book is not None:
            self._book.close()

    def _write(self) -> None:
        try:
            if self._book is None:
                self._book = self._opened()
            while self._waiting:
                line = self._waiting[0]
                if isinstance(line, Change):
                    self._book.record(line)
                else:
                    self._book.record_test(line)
                self._waiting.popleft()
        except LogBroken as error:
            if not self._broken:
                _log.warning("%s", error)
            self._broken = True
            self._shut()
            return
        if self._broken:
            _log.info("The log is written again")
        self._broken = False

    def _opened(self) -> HelpLog:
        book = HelpLog(self._path, patience=self._patience)
        try:
            book.own()
            if not self._told:
                self._tell(Left(book.open_call(), book.unheard(), book.last_test()))
                self._told = True
        except LogBroken:
            book.close()
            raise
        return book

    def _shut(self) -> None:
        if self._book is not None:
            self._book.close()
            self._book = None
