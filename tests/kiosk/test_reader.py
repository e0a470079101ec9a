"""Play, pause, repeat, stop, slower, louder: the rules, without any sound."""

from kiosk.voice.events import (
    Ended,
    Paused,
    SentenceStarted,
    SoundMissing,
    SpeedChanged,
    Stopped,
    VolumeChanged,
)
from kiosk.voice.reader import Hush, Phase, Reader, Say, Tell

READING = Reader(count=3, at=1, phase=Phase.READING)
PAUSED = Reader(count=3, at=1, phase=Phase.PAUSED)


def test_reading_goes_from_sentence_to_sentence_to_the_end() -> None:
    reader, actions = Reader().play(2)
    assert actions == (Say(0),)
    assert reader.sounding() == (reader, (Tell(SentenceStarted(0)),))

    reader, actions = reader.finished()
    assert actions == (Say(1),)

    reader, actions = reader.finished()
    assert actions == (Tell(Ended()),)
    assert reader.phase is Phase.SILENT


def test_playing_can_start_in_the_middle() -> None:
    assert Reader().play(3, start=2)[1] == (Say(2),)


def test_what_a_reading_tells_carries_its_number() -> None:
    reader, _ = Reader().play(1, number=7)

    assert reader.sounding()[1] == (Tell(SentenceStarted(0, 7)),)
    assert reader.finished()[1] == (Tell(Ended(7)),)
    assert reader.stop()[1][-1] == Tell(Stopped(7))
    assert reader.failed("device")[1][-1] == Tell(SoundMissing("device", 7))


def test_playing_nothing_ends_at_once() -> None:
    assert READING.play(0) == (Reader(), (Hush(), Tell(Ended())))


def test_pause_is_silent_and_resume_says_the_sentence_again() -> None:
    paused, actions = READING.pause()

    assert (paused, actions) == (PAUSED, (Hush(), Tell(Paused(1))))
    assert paused.resume() == (READING, (Say(1),))


def test_pause_without_a_reading_does_nothing() -> None:
    assert Reader().pause() == (Reader(), ())
    assert PAUSED.pause() == (PAUSED, ())


def test_resume_without_a_pause_does_nothing() -> None:
    assert READING.resume() == (READING, ())


def test_repeat_says_the_present_sentence_again() -> None:
    assert READING.repeat() == (READING, (Say(1),))
    assert PAUSED.repeat() == (READING, (Say(1),))


def test_repeat_after_the_end_says_the_last_sentence_again() -> None:
    ended, _ = Reader(count=2, at=1, phase=Phase.READING).finished()

    assert ended.repeat()[1] == (Say(1),)


def test_stop_is_silent_and_forgets_the_text() -> None:
    stopped, actions = READING.stop()

    assert (stopped, actions) == (Reader(), (Hush(), Tell(Stopped())))
    assert stopped.repeat() == (Reader(), ())


def test_stop_while_silent_tells_nothing() -> None:
    assert Reader().stop() == (Reader(), (Hush(),))


def test_slower_goes_on_with_the_sentence_at_that_speed() -> None:
    slower, actions = READING.change_speed(-1)

    assert slower.speed == -1
    assert actions == (Tell(SpeedChanged(-1)), Say(1, on=True))


def test_slowest_stays_slowest_and_goes_on() -> None:
    slowest, _ = READING.change_speed(-1)

    assert slowest.change_speed(-1) == (slowest, (Tell(SpeedChanged(-1)),))


def test_louder_while_silent_is_kept_for_the_next_text() -> None:
    louder, actions = Reader().change_volume(1)

    assert (louder.volume, actions) == (1, (Tell(VolumeChanged(1)),))
    assert louder.play(1)[0].volume == 1


def test_loudest_stays_loudest() -> None:
    loudest = Reader(volume=2)

    assert loudest.change_volume(1) == (loudest, (Tell(VolumeChanged(2)),))


def test_reset_gives_the_next_person_speed_and_volume_as_set() -> None:
    changed = Reader(speed=1, volume=-2)

    assert changed.reset() == (Reader(), (Tell(SpeedChanged(0)), Tell(VolumeChanged(0))))
    assert Reader().reset() == (Reader(), ())


def test_stop_keeps_the_speed_until_it_is_reset() -> None:
    assert Reader(count=1, phase=Phase.READING, speed=-1).stop()[0].speed == -1


def test_failure_is_told_and_the_reading_is_over() -> None:
    failed, actions = READING.failed("device")

    assert failed.phase is Phase.SILENT
    assert actions == (Hush(), Tell(SoundMissing("device")))


def test_sound_that_comes_after_a_pause_is_silenced() -> None:
    assert PAUSED.sounding() == (PAUSED, (Hush(),))


def test_end_that_comes_after_a_stop_changes_nothing() -> None:
    assert Reader().finished() == (Reader(), ())
