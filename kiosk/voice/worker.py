"""The voice worker: a process of its own in which pyttsx3 turns sounds into WAV files.

Only synthesises, never plays, and is the only module that imports pyttsx3. It speaks JSON lines:
a `Hello` when ready, then one `Made` for each `Order`. Whoever started it (`synthesis`) restarts it
when an answer is late, for pyttsx3 can hang for good in more than one way.
"""

import contextlib
import os
import re
import shutil
import sys
import threading
import time
import wave
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

import msgspec

VOICE: Final = "sit/cmn-latn-pinyin"  # espeak-ng's cmn voice reads 元 as English "yuan two"
SOUNDS_LIMIT: Final = 1_500  # characters: its time grows with the square of the length
LINE_LIMIT: Final = 8_192  # bytes of one order or answer
ROOM_NEEDED: Final = 4 << 20  # bytes free on the card before a file is written
LOUDEST_PEAK: Final = 0.891  # -1 dB of full scale: cheap amplifiers distort above it
_TRIES: Final = 3
_SECONDS: Final = 3.0
_NAME: Final = re.compile(r"[0-9a-z_]{1,64}")


class Order(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Make `<name>.wav` of tone-numbered pinyin; `rate` in words a minute, `volume` 0 to 2."""

    name: str
    sounds: str
    rate: int
    volume: float


class Hello(msgspec.Struct, frozen=True):
    """Ready, or why not: `problem` is "" when all is well."""

    problem: str


class Made(msgspec.Struct, frozen=True):
    """The file `<name>.wav` is there with this many frames; with a `problem` it is not.

    `unsayable` means that only this text is at fault, the next one may be said.
    """

    name: str
    frames: int
    problem: str = ""
    unsayable: bool = False


class Voice:
    """pyttsx3's espeak driver with its traps closed; see docs/adr on the pinyin voice."""

    def __init__(self) -> None:
        """Raises: OSError, RuntimeError, ImportError when espeak-ng or its voice is missing."""
        import pyttsx3  # noqa: PLC0415  it loads espeak-ng when it is imported
        from pyttsx3.drivers import _espeak, espeak  # noqa: PLC0415

        self._playing = _espeak.IsPlaying
        self._set = espeak.EspeakDriver.setProperty
        self._engine: Any = pyttsx3.init("espeak")
        self._finished = threading.Event()
        self._engine.connect("finished-utterance", self._on_finished)
        self._engine.setProperty("voice", VOICE)
        self._engine.runAndWait()  # the first run loses its text
        if self._engine.getProperty("voice") != VOICE:
            raise RuntimeError(f"espeak-ng has no voice {VOICE}")

    def write(self, order: Order, path: Path) -> int:
        """Write the WAV file and return its frames; 0 when espeak-ng gave no sound in three tries."""
        for _ in range(_TRIES):
            self._wait_until_idle()
            self._set("rate", order.rate)
            self._set("volume", order.volume)
            self._wait_until_idle()
            self._finished.clear()
            self._engine.save_to_file(order.sounds, str(path))
            self._engine.runAndWait()
            if self._finished.wait(_SECONDS) and (frames := _frames(path)):
                return frames
        return 0

    def _on_finished(self, **_: object) -> None:
        self._finished.set()

    def _wait_until_idle(self) -> None:
        # pyttsx3 starts each run by cancelling whatever espeak-ng is still about: the text before,
        # which then gives an empty file, or a new rate, which then is never heard.
        deadline = time.monotonic() + _SECONDS
        while self._playing() and time.monotonic() < deadline:
            time.sleep(0.001)


def make(voice: Voice, order: Order, folder: Path) -> Made:
    """Make one file in `folder`, complete or not at all."""
    if problem := _refusal(order):
        return Made(order.name, 0, problem, unsayable=True)
    # An unwritable file hangs pyttsx3 for good.
    if not os.access(folder, os.W_OK) or shutil.disk_usage(folder).free < ROOM_NEEDED:
        return Made(order.name, 0, "no room for the sound file")
    part = folder / f"{order.name}.part"
    frames = voice.write(order, part)
    if not frames:
        part.unlink(missing_ok=True)
        return Made(order.name, 0, "the synthesiser gave no sound", unsayable=True)
    keep_below(part, LOUDEST_PEAK)
    part.replace(folder / f"{order.name}.wav")
    return Made(order.name, frames)


def keep_below(path: Path, peak: float) -> None:
    """Make the sound of a 16-bit WAV file quieter as a whole, if anywhere it is louder than `peak`."""
    with wave.open(str(path), "rb") as sound:
        shape, samples = sound.getparams(), array("h", sound.readframes(sound.getnframes()))
    low, high = min(samples), max(samples)
    loudest = max(high, -low) / 32_768
    if loudest <= peak:
        return
    share = peak / loudest
    with wave.open(str(path), "wb") as sound:
        sound.setparams(shape)
        sound.writeframes(array("h", (int(one * share) for one in samples)).tobytes())


def _refusal(order: Order) -> str:
    if not _NAME.fullmatch(order.name):
        return "bad name"
    if not order.sounds.strip() or len(order.sounds) > SOUNDS_LIMIT:
        return "nothing to say, or too long"
    if not (80 <= order.rate <= 450 and 0 <= order.volume <= 2):
        return "rate or volume out of range"
    return ""


def _frames(path: Path) -> int:
    try:
        with wave.open(str(path), "rb") as sound:
            return sound.getnframes()
    except (OSError, EOFError, wave.Error):
        return 0


@contextlib.contextmanager
def _private_stdout() -> Iterator[IO[bytes]]:
    """The real standard output for the protocol alone; what pyttsx3 prints goes to the log."""
    with os.fdopen(os.dup(1), "wb", buffering=0) as channel:
        os.dup2(2, 1)
        yield channel


def main() -> int:
    """Serve orders from standard input till it closes. The one argument is the folder to fill."""
    folder = Path(sys.argv[1])
    with _private_stdout() as channel:
        try:
            voice = Voice()
        except (OSError, RuntimeError, ImportError, ValueError) as problem:
            channel.write(msgspec.json.encode(Hello(str(problem))) + b"\n")
            return 1
        channel.write(msgspec.json.encode(Hello("")) + b"\n")
        for line in iter(lambda: sys.stdin.buffer.readline(LINE_LIMIT), b""):
            order = msgspec.json.decode(line, type=Order)
            channel.write(msgspec.json.encode(make(voice, order, folder)) + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
