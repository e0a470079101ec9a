"""What is heard from the window, with a voice and without one."""

from kiosk.intentions import Voice
from kiosk.navigation import Reading
from kiosk.present.parts import Spoken
from kiosk.ui.aloud import Aloud
from sync.notices import Sentence

NEWS = tuple(Spoken(Sentence(-1, words, "ting2"), "water") for words in ("停水", "周五"))


class Told:
    """A voice that writes down what it is told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def __getattr__(self, name: str) -> object:
        return lambda *what, **more: self.told.append((name, *what, *more.values()))


def with_voice() -> tuple[Aloud, list[object]]:
    voice, aloud = Told(), Aloud()
    aloud.speaker = voice  # type: ignore[assignment]
    return aloud, voice.told


def test_question_is_asked_once_while_there_is_one() -> None:
    aloud, told = with_voice()

    for sounds in ("", "20 miao3", "19 miao3", "", "20 miao3"):
        aloud.ask(sounds)

    assert told == [("say", "20 miao3"), ("say", "20 miao3")]


def test_what_an_earlier_reading_tells_comes_too_late() -> None:
    aloud, told = with_voice()
    aloud.read(NEWS)
    aloud.read(NEWS)
    first, second = (what[-1] for what in told)

    assert aloud.is_present(second)
    assert not aloud.is_present(first)

    aloud.hush()

    assert not aloud.is_present(second)


def test_sentence_that_is_heard_is_lit() -> None:
    aloud, _ = with_voice()
    aloud.read(NEWS)

    assert aloud.lit(Reading(1)) is NEWS[1]
    assert aloud.lit(Reading(-1)) is None
    assert aloud.lit(Reading(2)) is None
    assert aloud.lit(None) is None


def test_only_what_was_read_last_is_still_read() -> None:
    aloud, _ = with_voice()
    aloud.read(NEWS)

    assert aloud.reads(NEWS)
    assert not aloud.reads(NEWS[:1])


def test_without_a_voice_nothing_is_read_and_nobody_asked() -> None:
    aloud = Aloud()

    assert not aloud.read(NEWS)
    aloud.ask("hai2 yao4 kan4 ma5")
    aloud.hush()
    aloud.steer(Voice("louder"))
    aloud.close()
