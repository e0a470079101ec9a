"""The one way into the screen from other threads, open before the window is.

What is posted before there is a shell waits for it; afterwards it goes to the drawing thread.
"""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.ui.shell import Shell

    Job = Callable[[Shell], None]


class Doorway:
    """Takes jobs from any thread and has them done on the screen's."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._shell: Shell | None = None
        self._waiting: list[Job] = []

    def post(self, job: "Job") -> None:
        """Have `job` done with the shell, on its thread."""
        with self._lock:
            if self._shell is None:
                self._waiting.append(job)
                return
            shell = self._shell
        shell.cross(lambda: job(shell))

    def open(self, shell: "Shell") -> None:
        """Let in what waits, and from now on everything."""
        with self._lock:
            self._shell = shell
            # Within the lock: what is posted now must not come before what waited.
            for job in self._waiting:
                shell.cross(lambda job=job: job(shell))  # type: ignore[misc]
            self._waiting.clear()
