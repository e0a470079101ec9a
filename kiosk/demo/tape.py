"""A loudspeaker made of a file: what ALSA would play is appended to it, at the speed of sound.

ALSA starts `python -m kiosk.demo.tape FILE` for every sound and writes samples to it. `configuration` is
what makes ALSA do so, `to_wav` turns the tape into a file to listen to.
"""

import os
import sys
import time
import wave
from array import array
from pathlib import Path
from typing import Final

RATE: Final = 22_050  # frames a second: espeak-ng's own
BYTES: Final = 2  # a frame: one channel of 16 bits
PAUSE: Final = 0.15  # s without a sound: between sentences, never in a word
_QUIET: Final = 300  # of 32,768: what a voice leaves between two words
_CHUNK: Final = 2_048  # bytes: 46 ms, the longest that anything is heard after a stop


def configuration(tape: Path) -> str:
    """Return an ALSA configuration whose default device records on `tape`."""
    record = f"| exec '{sys.executable}' -m kiosk.demo.tape '{tape}'"
    return f"""\
pcm.!default {{ type plug slave {{ pcm tape format S16_LE rate {RATE} channels 1 }} }}
pcm.tape {{ type file file "{record}" format raw slave.pcm {{ type null }} }}
ctl.!default {{ type null }}
"""


def seconds(tape: Path) -> float:
    """Return how much is on the tape."""
    return tape.stat().st_size / BYTES / RATE if tape.exists() else 0.0


def to_wav(tape: Path, target: Path) -> float:
    """Write the tape as a WAV file, up to the last pause; return its length in seconds.

    What was stopped in mid-word sounds like a fault to who listens without seeing the touch.
    """
    samples = tape.read_bytes() if tape.exists() else b""
    samples = _up_to_a_pause(samples[: len(samples) // BYTES * BYTES])
    with wave.open(str(target), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(BYTES)
        sound.setframerate(RATE)
        sound.writeframes(samples)
    return len(samples) / BYTES / RATE


def _up_to_a_pause(samples: bytes) -> bytes:
    step = round(PAUSE * RATE) * BYTES
    for end in range(len(samples), step, -step // 2 // BYTES * BYTES):
        if _is_quiet(samples[end - step : end]):
            return samples[:end]
    return samples


def _is_quiet(samples: bytes) -> bool:
    values = array("h", samples)
    return max(values) < _QUIET and min(values) > -_QUIET


def main() -> int:
    """Append standard input to the tape, as slowly as it would be heard."""
    # A player that is killed is silent at once: what it still had in the pipe is never heard.
    player = os.getppid()
    recorded, began = 0, time.monotonic()
    with Path(sys.argv[1]).open("ab", buffering=0) as tape:
        while (samples := os.read(sys.stdin.fileno(), _CHUNK)) and os.getppid() == player:
            tape.write(samples)
            recorded += len(samples)
            time.sleep(max(0.0, began + recorded / BYTES / RATE - time.monotonic()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
