"""How quickly a touch is heard and a stop is silent, against bare aplay on the same sound card."""

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.settings import VoiceTable
from kiosk.voice.speaker import Speaker
from sync.notices import Paragraph
from sync.reading import read_aloud
from tests.bench.figures import Figure, against
from tests.support.sound import TimedCard

ROUNDS = 15
LONG = "村集体经济组织上半年收入八万六千四百二十元，支出四万一千三百零五元五角，结余公开如下。"


@dataclass(frozen=True)
class _Delays:
    """Milliseconds, the middle of `ROUNDS` measurements."""

    sound: float
    silence: float


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        card = TimedCard(Path(folder))
        os.environ.update(card.environment)
        try:
            cold, warm = _speaker(card, Path(folder) / "voice")
            bare = _bare(card, next(Path(folder).glob("voice/**/*.wav")))
        finally:
            card.close()
    return [
        against("touch_to_sound_ms", cold.sound, "ms", bare.sound),
        against("touch_to_sound_repeated_ms", warm.sound, "ms", bare.sound),
        against("stop_to_silence_ms", warm.silence, "ms", bare.silence),
    ]


def _speaker(card: TimedCard, cache: Path) -> tuple[_Delays, _Delays]:
    speaker = Speaker(VoiceTable(), cache, lambda _event: None)
    try:
        _delays(card, lambda n: speaker.play(_notice(-1)), speaker.stop, rounds=2)
        cold = _delays(card, lambda n: speaker.play(_notice(n)), speaker.stop)
        warm = _delays(card, lambda n: speaker.play(_notice(n)), speaker.stop)
    finally:
        speaker.close()
    return cold, warm


def _notice(number: int) -> tuple:
    return read_aloud(f"第{number + 100}号公示", (Paragraph(LONG),))[:1]


def _bare(card: TimedCard, path: Path) -> _Delays:
    players: list[subprocess.Popen[bytes]] = []

    def play(_number: int) -> None:
        players.append(subprocess.Popen(["aplay", "-q", str(path)]))

    def stop() -> None:
        players[-1].kill()
        players[-1].wait()

    return _delays(card, play, stop)


def _delays(
    card: TimedCard, play: Callable[[int], None], stop: Callable[[], None], *, rounds: int = ROUNDS
) -> _Delays:
    sounds, silences = [], []
    for number in range(rounds):
        heard = len(card.starts)
        before = time.monotonic()
        play(number)
        card.wait_until_heard(heard + 1)
        sounds.append(card.starts[heard] - before)
        before = time.monotonic()
        stop()
        card.wait_until_silent(heard + 1)
        silences.append(card.ends[heard] - before)
    return _Delays(statistics.median(sounds) * 1_000, statistics.median(silences) * 1_000)
