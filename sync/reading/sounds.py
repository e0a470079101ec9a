"""Spoken words → tone-numbered pinyin for espeak-ng's voice `sit/cmn-latn-pinyin`.

The only place that imports pypinyin, and lazily: its tables take about 60 MB, which the office's PC
has and the kiosk does not need. Readings that pypinyin gets wrong are in dictionary.toml.
"""

import re
import tomllib
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Final, cast

import msgspec

_CHINESE: Final = re.compile("[\u3400-\u9fff\U00020000-\U0003134f]")
_SYLLABLE: Final = re.compile("[a-z]+[1-5]")  # what a rare character has not
_PLACES: Final = frozenset("百千万亿")
# Where 一 names instead of counting, it keeps its first tone: 第一, 二零一六, 一月, 一组.
_NAME_BEFORE: Final = frozenset("零一二三四五六七八九十百万第初周统唯之")
_NAME_AFTER: Final = frozenset("零一二三四五六七八九月日号组队楼级期班区季等")
_IONG: Final = re.compile(r"\b([jqx])iong([1-5])")
_PAUSE: Final = "，。；：、！？"


class _Dictionary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """dictionary.toml: words with their reading, surnames, the letters' names in Chinese syllables."""

    phrases: dict[str, str]
    surnames: dict[str, str]
    letters: dict[str, str]


def pinyin(words: str) -> str:
    """Return the sounds of `words` (as `sync.reading.words.spoken` gives them), "" for none.

    Syllables carry their tone as a number and ü is v; 一 and 不 carry the tone they have in the
    sentence, third tones are left to the synthesiser. Full-width punctuation makes the pauses.
    """
    syllables = _reader()(words)
    sounds = []
    for place, (char, syllable) in enumerate(zip(words, syllables, strict=True)):
        if char in _PAUSE:
            sounds.append(char)
        elif char.isascii() and char.isalpha():
            sounds.append(f" {_dictionary().letters[char.lower()]}")
        elif _SYLLABLE.fullmatch(syllable):
            sounds.append(f" {_in_sentence(words, syllables, place)}")
    # espeak-ng 1.52 reads these syllables as English.
    return _IONG.sub(r"\1ong\2", "".join(sounds).strip())


def initials(title: str) -> str:
    """Return the first letter of each syllable: "财务公开" gives "cwgk"; digits and letters stay."""
    syllables = _reader()(title)
    kept = (
        char.lower() if char.isascii() and char.isalnum() else syllable[:1]
        for char, syllable in zip(title, syllables, strict=True)
        if (char.isascii() and char.isalnum()) or _SYLLABLE.fullmatch(syllable)
    )
    return "".join(kept)


def surname_initial(name: str) -> str:
    """Return the first letter of a person's surname where it isn't that of the word, else ""."""
    return _dictionary().surnames.get(name[:1], "")[:1]


def _in_sentence(words: str, syllables: list[str], place: int) -> str:
    """Tone sandhi of 一 and 不: pinyin does not spell it, and espeak-ng does not do it."""
    char, syllable = words[place], syllables[place]
    if char not in "一不" or syllable[:-1] not in {"yi", "bu"}:
        return syllable
    following = words[place + 1] if place + 1 < len(words) else ""
    falling = bool(_CHINESE.match(following)) and syllables[place + 1].endswith("4")
    if char == "不":
        return "bu2" if falling else "bu4"
    if not _CHINESE.match(following) or _is_name(words[place - 1 : place], following):
        return "yi1"
    return "yi2" if falling else "yi4"


def _is_name(before: str, following: str) -> bool:
    if following in _PLACES:
        return False
    return before in _NAME_BEFORE or following in _NAME_AFTER


@cache
def _dictionary() -> _Dictionary:
    text = resources.files("sync.reading").joinpath("dictionary.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), _Dictionary)


@cache
def _reader() -> Callable[[str], list[str]]:
    from pypinyin import Style, lazy_pinyin, load_phrases_dict  # noqa: PLC0415
    from pypinyin.contrib.tone_convert import tone3_to_tone  # noqa: PLC0415

    load_phrases_dict(
        {
            phrase: [[tone3_to_tone(syllable)] for syllable in sounds.split()]
            for phrase, sounds in _dictionary().phrases.items()
        }
    )

    errors = cast("Callable[[str], str]", list)  # one item a character, as for Chinese

    def read(words: str) -> list[str]:
        found: list[str] = lazy_pinyin(
            words, style=Style.TONE3, neutral_tone_with_five=True, errors=errors
        )
        return found

    return read
