"""aplay, one WAV file at a time: starts it, kills it, says how it ended.

Killing the process is silence within 2 ms; asking a player to stop is not.
"""

import io
import logging
import queue
import subprocess
import threading
import time
import wave
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

_log = logging.getLogger(__name__)

PATIENCE_SECONDS: Final = 10.0  # how much longer than its file a playback may take
LAG_SECONDS: Final = (
    0.3  # aplay's start and what it has read ahead: a syllable twice, but none lost
)


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
    share: float
    tail: bytes | None
    began: float = field(default_factory=time.monotonic)
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

    def play(self, path: Path, ended: Callable[[Fate, str], None], share: float = 0.0) -> None:
        """Start a file, silencing the one before; `ended` is called once, on the player's thread.

        Without its beginning, if that `share` (0 to 1) has been heard before.

        Raises:
            OSError: aplay is not installed, or the file is gone.
        """
        self.silence()
        with wave.open(str(path), "rb") as sound:
            seconds = sound.getnframes() / sound.getframerate()
            tail = _tail(sound, share) if share else None
        process = subprocess.Popen(
            ["aplay", "-q", "-D", self._device, "-t", "wav", "--", "-" if tail else str(path)],
            stdin=subprocess.PIPE if tail else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        playback = _Playback(process, seconds, ended, share, tail)
        with self._lock:
            self._now = playback
        self._waiting.put(playback)

    @property
    def share(self) -> float:
        """How much of the file that is played has been heard, 0 to 1; 0 when none is."""
        with self._lock:
            now = self._now
        if now is None or now.process.poll() is not None:
            return 0.0
        heard = max(time.monotonic() - now.began - LAG_SECONDS, 0.0)
        return min(now.share + heard / now.seconds, 1.0) if now.seconds else 0.0

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
            _, said = process.communicate(
                playback.tail, timeout=playback.seconds + PATIENCE_SECONDS
            )
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


def _tail(sound: wave.Wave_read, share: float) -> bytes:
    """Return a WAV file of what follows after `share` of `sound`."""
    sound.setpos(min(int(sound.getnframes() * share), sound.getnframes()))
    rest = io.BytesIO()
    with wave.open(rest, "wb") as cut:
        cut.setparams(sound.getparams())
        cut.writeframes(sound.readframes(sound.getnframes()))
    return rest.getvalue()
