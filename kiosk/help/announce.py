"""Saying prompts from the loudspeaker with aplay, whatever else on the kiosk is dead.

A new prompt cuts the old one off. No sound card is no reason to stop: it is told once, and the
next prompt tries again.
"""

import logging
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

SOUNDS: Final = Path(__file__).resolve().parents[2] / "assets" / "sounds"
PATIENCE: Final = 2.0  # s in which the screen, which looks every 0.5 s, lets go of the device
AGAIN: Final = 0.1  # s
LONGEST: Final = 30.0  # s: no prompt is longer; a device that hangs is let go
_log = logging.getLogger(__name__)


class Announcer:
    """The voice of the post, with a thread of its own. `tell` hears whether sound works."""

    def __init__(
        self,
        device: str,
        tell: Callable[[bool], None],
        *,
        sounds: Path = SOUNDS,
        player: str = "aplay",
    ) -> None:
        self._command = [player, "-q", "-D", device, "--"]
        self._sounds = sounds
        self._tell = tell
        self._next: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._saying = False
        self._playing: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="announcer", daemon=True)
        self._thread.start()

    def say(self, name: str) -> None:
        """Say the prompt `name` now."""
        self._next.put(name)
        self._hush()

    def close(self) -> None:
        """Be silent and end."""
        self._next.put(None)
        self._hush()
        self._thread.join(timeout=5)

    @property
    def busy(self) -> bool:
        """Whether a prompt is being said, or waits for the device."""
        return self._saying or not self._next.empty()

    def _hush(self) -> None:
        with self._lock:
            if self._playing is not None:
                self._playing.terminate()

    def _run(self) -> None:
        while (name := self._next.get()) is not None:
            self._saying = True
            try:
                self._play(name)
            except (OSError, subprocess.SubprocessError) as error:
                _log.warning("No sound: %s", error)
                self._tell(False)  # noqa: FBT003
            self._saying = False

    def _play(self, name: str) -> None:
        """Say a prompt; one that fails at once is tried again, for the screen may still let go."""
        end = time.monotonic() + PATIENCE
        while (trouble := self._play_once(name)) and time.monotonic() < end:
            if not self._next.empty():
                return  # something newer is to be said
            time.sleep(AGAIN)
        if trouble:
            _log.warning("No sound: %s", trouble)
        if trouble is not None:
            self._tell(not trouble)

    def _play_once(self, name: str) -> str | None:
        """Return what is wrong, "" if the prompt was heard, None if something newer cut it off."""
        with self._lock:
            if not self._next.empty():
                return None
            self._playing = process = subprocess.Popen(
                [*self._command, str(self._sounds / f"{name}.wav")],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            )  # fmt: skip
        try:
            _, said = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()
            _, said = process.communicate()
        finally:
            with self._lock:
                self._playing = None
        if process.returncode == -signal.SIGTERM:
            return None
        words = said[:200].decode(errors="replace").strip()
        return (words or f"{process.returncode}") if process.returncode else ""
