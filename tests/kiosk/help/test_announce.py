"""Prompts are heard, the newest wins, and silence is reported."""

import queue
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.help.announce import SOUNDS, Announcer
from tests.support.sound import FileCard, TimedCard, measure_file


@pytest.fixture
def told() -> queue.SimpleQueue[bool]:
    return queue.SimpleQueue()


@pytest.fixture
def card(tmp_path: Path, monkeypatch) -> Iterator[TimedCard]:
    made = TimedCard(tmp_path)
    monkeypatch.setenv("ALSA_CONFIG_PATH", made.environment["ALSA_CONFIG_PATH"])
    yield made
    made.close()


def test_a_prompt_is_heard_from_its_beginning_to_its_end(tmp_path, monkeypatch, told):
    card = FileCard(tmp_path)
    monkeypatch.setenv("ALSA_CONFIG_PATH", card.environment["ALSA_CONFIG_PATH"])
    announcer = Announcer("default", told.put)

    announcer.say("help_sending")

    assert told.get(timeout=10)
    announcer.close()
    length = measure_file(SOUNDS / "help_sending.wav").seconds
    assert card.captured.stat().st_size / 44_100 == pytest.approx(length, abs=0.1)


def test_a_new_prompt_cuts_the_old_one_off(card, told):
    announcer = Announcer("default", told.put)
    announcer.say("help_nobody")
    card.wait_until_heard(1)

    announcer.say("help_count_1")

    assert told.get(timeout=10)
    card.wait_until_silent()
    assert card.ends[0] - card.starts[0] < 4 < measure_file(SOUNDS / "help_nobody.wav").seconds
    announcer.close()


def test_prompt_that_finds_the_device_taken_is_heard_when_it_is_free(tmp_path, told):
    """The screen has just been reading, and looks for calls only every half second."""
    player = tmp_path / "player"
    player.write_text(f"#!/bin/sh\nmkdir {tmp_path}/tried 2>/dev/null && exit 1\nexit 0\n")
    player.chmod(0o755)
    announcer = Announcer("plughw:1", told.put, player=str(player))

    announcer.say("help_countdown")

    assert told.get(timeout=10)
    assert told.empty()
    announcer.close()


def test_closing_is_silence_at_once(card, told):
    announcer = Announcer("default", told.put)
    announcer.say("help_nobody")
    card.wait_until_heard(1)

    announcer.close()

    card.wait_until_silent(1)
    assert not announcer.busy


@pytest.mark.parametrize(
    ("device", "player"), [("default", "no-such-player"), ("no-such-card", "aplay")]
)
def test_no_sound_is_told_and_the_next_prompt_tries_again(told, device, player):
    announcer = Announcer(device, told.put, player=player)

    announcer.say("help_seen")
    assert not told.get(timeout=10)
    announcer.say("help_seen")
    assert not told.get(timeout=10)
    announcer.close()
