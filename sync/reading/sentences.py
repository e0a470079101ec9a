"""Where a text's sentences begin and end, so that each can be spoken, highlighted and repeated.

Pure. Long sentences are broken at a comma: the synthesiser's time grows with the square of a
sentence's length, and a villager who asks for a repeat wants a short piece again.
"""

import re
from collections.abc import Iterator
from typing import Final

LONGEST: Final = 60  # characters

_SENTENCE: Final = re.compile(
    r"[^。！？；!?;\n]*+(?:[。！？；!?;]++[”’」』》）)\"']*+|\n|\Z)", re.ASCII
)
_BREAK: Final = re.compile(r"[，、：:—\s]|,(?!\d)")
_WHOLE: Final = re.compile(r"[0-9A-Za-z０-９.,:：/*%％-]")


def split(text: str) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) of each sentence in `text`, without the white space around it.

    None is longer than `LONGEST`; sentences that hold nothing but punctuation are joined to none.
    """
    return tuple(
        piece
        for match in _SENTENCE.finditer(text)
        for piece in _pieces(text, match.start(), match.end())
    )


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while True:
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end - start <= LONGEST:
            break
        middle = _place_to_break(text, start, start + LONGEST)
        yield start, middle
        start = middle
    if any(char.isalnum() for char in text[start:end]):
        yield start, end


def _place_to_break(text: str, start: int, end: int) -> int:
    breaks = [match.end() for match in _BREAK.finditer(text, start, end)]
    if breaks:
        return breaks[-1]
    middle = end
    while middle > start and _WHOLE.match(text[middle - 1]) and _WHOLE.match(text[middle]):
        middle -= 1
    return middle if middle > start else end
