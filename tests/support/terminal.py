"""kiosk-publish on a real terminal, as a person sits before it."""

import os
import pty
import re
import select
import sys
import time
from collections.abc import Mapping
from pathlib import Path

PROJECT = Path(__file__).parents[2]


class Terminal:
    """A real terminal with the program on it; `folder` is where the person is."""

    def __init__(self, *arguments: str, folder: Path = PROJECT) -> None:
        self.pid, self._end = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.environ["PYTHONPATH"] = str(PROJECT)
            environment = {k: v for k, v in os.environ.items() if not k.startswith("SUNBOARD_")}
            program = [sys.executable, "-m", "sync.publish", *arguments]
            os.execve(sys.executable, program, environment)
        self.shown = ""

    def wait_for(self, words: str, *, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while words not in self.shown.split("\0")[-1]:
            assert select.select([self._end], [], [], end - time.monotonic())[0], self.shown
            self.shown += os.read(self._end, 4096).decode(errors="replace")

    def type(self, line: str) -> None:
        self.shown += "\0"  # what came before has been answered
        os.write(self._end, f"{line}\n".encode())

    def converse(self, answers: Mapping[str, str | None]) -> int:
        """Answer every question by the words in it, None with the same again; return the exit code."""
        said = ""
        while self._listen():
            asked = self.shown.split("\0")[-1]
            for words, answer in answers.items():
                if re.search(words, asked):
                    said = said if answer is None else answer
                    self.type(said)
                    break
        return self.leave()

    def _listen(self) -> bool:
        assert select.select([self._end], [], [], 60)[0], self.shown
        try:
            data = os.read(self._end, 4096)
        except OSError:
            return False  # the terminal is gone with its program
        self.shown += data.decode(errors="replace")
        return bool(data)

    def leave(self) -> int:
        try:
            while data := os.read(self._end, 4096):
                self.shown += data.decode(errors="replace")
        except OSError:
            pass  # the terminal is gone with its program
        os.close(self._end)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
