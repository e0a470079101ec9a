"""How the screen's own words sound: worked out at development time, put together here.

The kiosk has no pinyin (`sync.reading.sounds` is the office's): `kiosk.voice.phrases` writes what
each message of the catalogue sounds like into kiosk/locale/<language>/sounds.toml, with the same
{places}. Numbers, times and days are filled in by the few syllables that they are made of.
"""

import string
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Self

import msgspec

PAUSES: Final = "，。；：、！？"
COUNTED: Final = "counted"  # a {place:counted} whose 2 is said 两, before a measure word
YEAR: Final = "year"  # a {place:year} that is said digit by digit


class Sounds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """sounds.toml: sounds by message id, by the usual names of categories, by parts of numbers."""

    messages: Mapping[str, str]
    names: Mapping[str, str]
    numbers: Mapping[str, str]


NO_SOUNDS: Final = Sounds({}, {}, {})


class Phrase(str):
    """Words on the screen that know how they sound."""

    __slots__ = ("_sounds",)
    _sounds: Callable[[], str]

    def __new__(cls, words: str, sounds: Callable[[], str]) -> Self:
        """Return `words`; `sounds` is asked only when somebody wants to hear them."""
        phrase = super().__new__(cls, words)
        phrase._sounds = sounds
        return phrase

    @property
    def sounds(self) -> str:
        """Tone-numbered pinyin for the synthesiser, "" where any part can't be said."""
        return self._sounds()


def sounds_of(words: str) -> str:
    """Return the sounds of a phrase, "" for words that aren't the screen's own."""
    return words.sounds if isinstance(words, Phrase) else ""


def load(folder: Path) -> Sounds:
    """Return what `folder`'s sounds.toml says, nothing where there is none.

    Raises:
        tomllib.TOMLDecodeError, msgspec.ValidationError: it is not right.
    """
    path = folder / "sounds.toml"
    if not path.exists():
        return NO_SOUNDS
    return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Sounds)


def message_sounds(known: Sounds, message: str, values: Mapping[str, object]) -> str:
    """Return the sounds of `message` with `values` in its {places}, "" if any can't be said."""
    pieces = []
    for literal, place, spec, _ in string.Formatter().parse(known.messages.get(message, "")):
        pieces.append(literal.strip())
        if place:
            said = _value_sounds(known, values[place], spec or "")
            if not said:
                return ""
            pieces.append(said)
    return " ".join(piece for piece in pieces if piece)


def number_sounds(known: Sounds, words: str) -> str:
    """Return the sounds of spoken numbers and times ("九点零五分"), "" if a word isn't one of them."""
    sounds, at = [], 0
    while at < len(words):
        part = next((words[at : at + n] for n in (2, 1) if words[at : at + n] in known.numbers), "")
        if not part and words[at] not in PAUSES:
            return ""
        sounds.append(known.numbers[part] if part else words[at])
        at += len(part) or 1
    return " ".join(sounds)


def _value_sounds(known: Sounds, value: object, spec: str) -> str:
    from sync.reading.numbers import digits  # noqa: PLC0415
    from sync.reading.words import spoken  # noqa: PLC0415  # only who listens pays for its rules

    if isinstance(value, Phrase):
        return value.sounds
    text = str(value)
    if spec == YEAR:
        return number_sounds(known, digits(text))
    words = "两" if spec == COUNTED and text == "2" else spoken(text)
    return known.names.get(text) or number_sounds(known, words)
