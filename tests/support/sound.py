"""Sound cards without hardware, and the instrument that measures what they heard.

`FileCard` swallows sound at once, for what is said; `TimedCard` takes it at the pace of a real card
and drops what it holds when its program dies, for when it is said.
"""

import fcntl
import os
import select
import threading
import time
import wave
from array import array
from dataclasses import dataclass
from pathlib import Path

RATE = 22_050  # frames a second, 16 bit, mono
BYTES_A_SECOND = RATE * 2

_CARD = """
pcm.!default { type plug slave.pcm { type file file "%s" format "raw" slave.pcm { type null } } }
ctl.!default { type null }
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """`seconds` of sound, the root mean square and the peak of its loudness from 0 to 1."""

    seconds: float
    loudness: float
    peak: float


def measure(samples: bytes) -> Measured:
    """Measure 16-bit mono samples."""
    values = array("h", samples)
    square = sum(value * value for value in values) / max(len(values), 1)
    peak = max((abs(value) for value in values), default=0)
    return Measured(len(values) / RATE, square**0.5 / 32_768, peak / 32_768)


def measure_file(path: Path) -> Measured:
    """Measure a WAV file; it must be 22.05 kHz, 16 bit, mono."""
    with wave.open(str(path), "rb") as sound:
        assert (sound.getframerate(), sound.getsampwidth(), sound.getnchannels()) == (RATE, 2, 1)
        return measure(sound.readframes(sound.getnframes()))


class FileCard:
    """An ALSA card that takes sound as fast as it comes and keeps it in a file.

    `environment` goes into the environment of whoever starts aplay.
    """

    def __init__(self, folder: Path) -> None:
        self.captured = folder / "captured.raw"
        config = folder / "file-card.conf"
        config.write_text(_CARD % self.captured)
        self.environment = {"ALSA_CONFIG_PATH": str(config)}


class TimedCard:
    """An ALSA card with the pace of a real one, or `pace` times that.

    `starts` and `ends` are monotonic seconds of when a sound was first heard and when no more.
    """

    _CHUNK = 220  # bytes: 5 ms
    _BUFFER = 4_096  # bytes: 93 ms, as a small period buffer

    def __init__(self, folder: Path, *, pace: float = 1.0) -> None:
        self._pace = pace * BYTES_A_SECOND
        self.starts: list[float] = []
        self.ends: list[float] = []
        self.heard = bytearray()
        self.changed = threading.Condition()
        fifo = folder / "card"
        os.mkfifo(fifo)
        config = folder / "timed-card.conf"
        config.write_text(_CARD % fifo)
        self.environment = {"ALSA_CONFIG_PATH": str(config)}
        self._closing = threading.Event()
        self._pipe = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
        fcntl.fcntl(self._pipe, fcntl.F_SETPIPE_SZ, self._BUFFER)
        self._thread = threading.Thread(target=self._take, name="timed-card")
        self._thread.start()

    def wait_until_heard(self, sounds: int, *, seconds: float = 10.0) -> None:
        """Wait until that many sounds have started."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.starts) >= sounds, seconds), "silence"

    def wait_until_silent(self, sounds: int = 1, *, seconds: float = 10.0) -> None:
        """Wait until that many sounds have ended."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.ends) >= sounds, seconds), "still heard"

    def wait_until_amount(self, amount: int, *, seconds: float = 10.0) -> None:
        """Wait until so many bytes have been heard."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.heard) >= amount, seconds), "silence"

    def close(self) -> None:
        self._closing.set()
        self._thread.join()
        os.close(self._pipe)

    def _take(self) -> None:
        poll = select.poll()
        poll.register(self._pipe, select.POLLIN)
        sounding = False
        while not self._closing.is_set():
            state = dict(poll.poll(5)).get(self._pipe, 0)
            gone = bool(state & select.POLLHUP)
            if gone and sounding:
                self._drop()
                sounding = False
                self._note(self.ends)
            elif state & select.POLLIN:
                chunk = os.read(self._pipe, self._CHUNK)
                if chunk and not sounding:
                    sounding = True
                    self._note(self.starts)
                self.heard += chunk
                with self.changed:
                    self.changed.notify_all()
                self._closing.wait(len(chunk) / self._pace)
            elif gone:
                self._closing.wait(0.002)

    def _drop(self) -> None:
        while os.read(self._pipe, self._BUFFER):
            pass

    def _note(self, moments: list[float]) -> None:
        with self.changed:
            moments.append(time.monotonic())
            self.changed.notify_all()
