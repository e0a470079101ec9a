"""The voice with real threads, the real worker and aplay on a card without hardware."""

import os
import queue
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.voice.events import (
    Ended,
    Paused,
    SentenceStarted,
    SoundMissing,
    Stopped,
    VoiceEvent,
    VolumeChanged,
)
from kiosk.voice.recordings import Recordings
from kiosk.voice.speaker import Speaker
from sync.notices import Paragraph, Sentence
from sync.reading import pinyin, read_aloud
from tests.support.sound import BYTES_A_SECOND, FileCard, TimedCard, measure

pytestmark = pytest.mark.skipif(shutil.which("aplay") is None, reason="aplay is not installed")

TEXT = "收入三百元。支出二百元。余额一百元。"


@dataclass(frozen=True)
class Settings:
    rate: int = 185
    volume: float = 0.8
    device: str = "default"


class Screen:
    """Whoever listens to the voice's events."""

    def __init__(self) -> None:
        self.told: queue.SimpleQueue[VoiceEvent] = queue.SimpleQueue()

    def next(self, *, seconds: float = 15.0) -> VoiceEvent:
        return self.told.get(timeout=seconds)

    def till(self, last: VoiceEvent) -> list[VoiceEvent]:
        """Return the events up to and including `last`."""
        events = [self.next()]
        while events[-1] != last:
            events.append(self.next())
        return events


Start = Callable[..., Speaker]


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def start(tmp_path: Path, screen: Screen) -> Iterator[Start]:
    started: list[Speaker] = []

    def begin(device: str = "default") -> Speaker:
        speaker = Speaker(Settings(device=device), tmp_path / "voice", screen.told.put)
        started.append(speaker)
        return speaker

    yield begin
    for speaker in started:
        speaker.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("voice-")]


@pytest.fixture
def card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileCard:
    card = FileCard(tmp_path)
    for name, value in card.environment.items():
        monkeypatch.setenv(name, value)
    return card


@pytest.fixture
def timed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TimedCard]:
    card = TimedCard(tmp_path, pace=3.0)
    for name, value in card.environment.items():
        monkeypatch.setenv(name, value)
    yield card
    card.close()


def sentences(text: str = TEXT) -> tuple[Sentence, ...]:
    return read_aloud("", (Paragraph(text),))


def test_text_is_read_sentence_by_sentence(start: Start, screen: Screen, card: FileCard) -> None:
    start().play(sentences())

    assert screen.till(Ended()) == [
        SentenceStarted(0),
        SentenceStarted(1),
        SentenceStarted(2),
        Ended(),
    ]


def test_spoken_sound_has_the_right_length_and_loudness_and_stops(
    start: Start, screen: Screen, timed: TimedCard
) -> None:
    speaker = start()
    speaker.play(sentences("收入三百元。"))
    screen.till(Ended())
    timed.wait_until_silent()

    whole = measure(bytes(timed.heard))
    assert 1.2 < whole.seconds < 2.2
    assert 0.05 < whole.loudness < 0.3

    speaker.play(sentences("种植玉米每亩补贴一百二十元，占百分之十二点五。"))
    timed.wait_until_heard(2)
    touched = time.monotonic()
    speaker.stop()
    timed.wait_until_silent(2)

    assert timed.ends[1] - touched < 0.1  # bench measures it: 20 ms on a machine at rest
    screen.till(Stopped())
    assert len(timed.heard) / BYTES_A_SECOND < whole.seconds + 1.0


def test_touch_is_followed_by_sound_at_once(start: Start, screen: Screen, timed: TimedCard) -> None:
    speaker = start()
    speaker.play(sentences()[:1])
    timed.wait_until_heard(1)
    speaker.stop()
    timed.wait_until_silent(1)

    touched = time.monotonic()
    speaker.play(sentences("请大家监督。"))
    timed.wait_until_heard(2)

    assert timed.starts[1] - touched < 0.5  # bench measures it: 150 ms on a machine at rest


def test_pause_is_silent_and_resume_begins_the_sentence_again(
    start: Start, screen: Screen, timed: TimedCard
) -> None:
    speaker = start()
    speaker.play(sentences(), start=1)
    timed.wait_until_heard(1)
    speaker.pause()
    timed.wait_until_silent(1)
    assert screen.till(Paused(1)) == [SentenceStarted(1), Paused(1)]

    speaker.resume()

    assert screen.next() == SentenceStarted(1)
    timed.wait_until_heard(2)


def test_repeat_says_the_sentence_once_more(start: Start, screen: Screen, timed: TimedCard) -> None:
    speaker = start()
    speaker.play(sentences()[:1])
    timed.wait_until_heard(1)
    speaker.repeat()

    assert screen.till(Ended()) == [SentenceStarted(0), SentenceStarted(0), Ended()]


def test_louder_in_mid_sentence_goes_on_where_it_was(
    start: Start, screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = TimedCard(tmp_path)
    for name, value in card.environment.items():
        monkeypatch.setenv(name, value)
    long = "种植玉米每亩补贴一百二十元，占百分之十二点五。"
    try:
        speaker = start()
        speaker.play(sentences(long))
        screen.till(Ended())
        whole = len(card.heard)
        card.heard.clear()
        speaker.play(sentences(long))
        card.wait_until_amount(whole // 2)
        speaker.louder()

        assert screen.till(Ended()) == [
            SentenceStarted(0),
            VolumeChanged(1),
            SentenceStarted(0),
            Ended(),
        ]
        card.wait_until_silent(len(card.starts))
    finally:
        card.close()

    assert whole < len(card.heard) < whole + 0.9 * BYTES_A_SECOND  # a syllable twice


def test_no_sound_reaches_full_scale_however_loud(
    start: Start, screen: Screen, card: FileCard
) -> None:
    speaker = start()
    for _ in range(2):
        speaker.louder()

    speaker.play(sentences("村民委员会公示，请大家监督。"))
    screen.till(Ended())

    loud = measure(card.captured.read_bytes())
    assert loud.peak < 0.9
    assert loud.loudness > 0.14


def test_louder_is_heard_louder(start: Start, screen: Screen, card: FileCard) -> None:
    speaker = start()
    speaker.play(sentences()[:1])
    screen.till(Ended())
    plain = measure(card.captured.read_bytes()).loudness

    speaker.louder()
    speaker.play(sentences()[:1])

    assert screen.till(Ended()) == [VolumeChanged(1), SentenceStarted(0), Ended()]
    assert measure(card.captured.read_bytes()).loudness == pytest.approx(plain * 1.41, rel=0.1)


def test_prompt_interrupts_the_reading_and_tells_no_sentence(
    start: Start, screen: Screen, timed: TimedCard
) -> None:
    speaker = start()
    speaker.play(sentences())
    timed.wait_until_heard(1)
    speaker.say(pinyin("声音正常。"))

    assert screen.till(Stopped()) == [SentenceStarted(0), Stopped()]
    timed.wait_until_silent(2)
    assert screen.told.empty()


def test_reading_goes_on_when_the_worker_is_killed(
    start: Start, screen: Screen, timed: TimedCard
) -> None:
    speaker = start()
    speaker.play(sentences())
    timed.wait_until_heard(1)
    worker = speaker._synthesiser.pid
    assert worker
    os.kill(worker, signal.SIGKILL)
    speaker.slower()

    assert screen.till(Ended())[-2:] == [SentenceStarted(2), Ended()]
    assert speaker._synthesiser.pid not in {None, worker}


def test_missing_sound_device_is_told_and_the_next_touch_tries_again(
    start: Start, screen: Screen, card: FileCard
) -> None:
    speaker = start(device="no_such_card")

    for _ in range(2):
        speaker.play(sentences())
        event = screen.next()
        while isinstance(event, SentenceStarted):
            event = screen.next()
        assert event == SoundMissing("device")


def test_missing_player_is_told(
    start: Start, screen: Screen, card: FileCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speaker = start()
    speaker.play(sentences()[:1])
    screen.till(Ended())
    monkeypatch.setenv("PATH", str(tmp_path))

    speaker.play(sentences()[:1])

    assert screen.next() == SoundMissing("player")


def test_prompt_without_a_sound_device_is_told(
    start: Start, screen: Screen, card: FileCard
) -> None:
    start(device="no_such_card").say(pinyin("声音正常。"))

    assert isinstance(screen.next(), SoundMissing)


def test_sentence_that_cannot_be_said_is_passed_over(
    start: Start, screen: Screen, card: FileCard
) -> None:
    mute = Sentence(0, "？", "")
    first, _, third = sentences()

    start().play((first, mute, third))

    assert screen.till(Ended()) == [SentenceStarted(0), SentenceStarted(2), Ended()]


def test_many_quick_touches_end_in_the_last_one(
    start: Start, screen: Screen, card: FileCard
) -> None:
    speaker = start()
    for _ in range(30):
        speaker.play(sentences())
        speaker.pause()
        speaker.louder()
        speaker.stop()
    speaker.reset()
    speaker.play(sentences()[:1])

    assert screen.till(Ended())[-2:] == [SentenceStarted(0), Ended()]


def test_closing_in_mid_sentence_is_quick_and_leaves_nothing(
    start: Start, screen: Screen, timed: TimedCard
) -> None:
    speaker = start()
    speaker.play(sentences())
    timed.wait_until_heard(1)

    began = time.monotonic()
    speaker.close()

    assert time.monotonic() - began < 2.0
    timed.wait_until_silent(1)


def test_recordings_stay_within_their_limit_and_begin_empty(tmp_path: Path) -> None:
    (tmp_path / "old.wav").write_bytes(b"torn by a power cut")
    recordings = Recordings(tmp_path, limit=250)
    assert recordings.find("old") is None

    for name in "abcd":
        (tmp_path / f"{name}.wav").write_bytes(bytes(100))
        recordings.keep(name)

    assert sorted(path.stem for path in tmp_path.iterdir()) == ["c", "d"]
    assert recordings.find("a") is None
    assert recordings.find("d") == tmp_path / "d.wav"
