"""aplay, one WAV file at a time: starts it, kills it, says how it ended.

Killing the process is silence within 2 ms; asking a player to stop is not.
"""

import logging
import queue
import subprocess
import threading
import wave
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

_log = logging.getLogger(__name__)

PATIENCE_SECONDS: Final = 10.0  # how much longer than its file a playback may take


class Fate(StrEnum):
    """How a playback ended."""

    FINISHED = "finished"
    SILENCED = "silenced"
    FAILED = "failed"


@dataclass(slots=True)
class _Playback:
    process: subprocess.Popen[bytes]
    seconds: float
    ended: Callable[[Fate, str], None]
    silenced: bool = False


class Player:
    """Plays on the ALSA device `device`; a thread of its own waits for each end."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._lock = threading.Lock()
        self._now: _Playback | None = None
        self._waiting: queue.SimpleQueue[_Playback | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._wait, name="voice-player")
        self._thread.start()

    def play(self, path: Path, ended: Callable[[Fate, str], None]) -> None:
        """Start a file, silencing the one before; `ended` is called once, on the player's thread.

        Raises:
            OSError: aplay is not installed, or the file is gone.
        """
        self.silence()
        with wave.open(str(path), "rb") as sound:
            seconds = sound.getnframes() / sound.getframerate()
        process = subprocess.Popen(
            ["aplay", "-q", "-D", self._device, "-t", "wav", "--", str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        playback = _Playback(process, seconds, ended)
        with self._lock:
            self._now = playback
        self._waiting.put(playback)

    def silence(self) -> None:
        """Be silent at once; may be called from any thread."""
        with self._lock:
            playback, self._now = self._now, None
            if playback:
                playback.silenced = True
                playback.process.kill()

    def close(self) -> None:
        """Be silent and end the thread."""
        self.silence()
        self._waiting.put(None)
        self._thread.join()

    def _wait(self) -> None:
        for playback in iter(self._waiting.get, None):
            try:
                playback.ended(*self._fate(playback))
            except Exception:  # noqa: BLE001  the top of a thread
                _log.exception("a playback's end was not taken")

    def _fate(self, playback: _Playback) -> tuple[Fate, str]:
        process = playback.process
        try:
            _, said = process.communicate(timeout=playback.seconds + PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return Fate.FAILED, "the sound device does not take the sound"
        with self._lock:
            if self._now is playback:
                self._now = None
        if playback.silenced:
            return Fate.SILENCED, ""
        if process.returncode == 0:
            return Fate.FINISHED, ""
        lines = said.decode("utf-8", "replace").strip().splitlines()
        return Fate.FAILED, lines[-1][:200] if lines else f"aplay ended with {process.returncode}"
