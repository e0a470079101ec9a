"""Where on a sheet stands what is being read: a piece of the notice, a card, or the screen's own words. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kiosk.present.parts import Spoken
from kiosk.ui.sheets.ink import Hold, Sheet, Words
from kiosk.ui.sheets.press import SEPARATOR

_PARTED: Final = re.compile(f"{SEPARATOR}| / ")  # what several words stand on one line with
Rect = tuple[float, float, float, float]


def lit_on(sheet: Sheet, spoken: Spoken | None) -> tuple[Rect, ...]:
    """Return the rectangles (x, y, width, height) of `sheet` that hold what is being read."""
    if spoken is None:
        return ()
    own = (rect for words in spoken.own for rect in _own_words(sheet, words))
    marks = {"", spoken.notice}
    held = (_rect(hold, spoken) for hold in sheet.holds if hold.notice in marks)
    return (*own, *(rect for rect in held if rect))


def words_rect(words: Words) -> Rect:
    """Return the rectangle of a line of words that are the screen's own."""
    return words.x, words.y, words.width, words.height


def parted(text: str) -> list[str]:
    """Return the several words that stand on one line: 财务收支 · 撤回, 收入 / 支出."""
    return _PARTED.split(text)


def _rect(hold: Hold, spoken: Spoken) -> Rect | None:
    sentence = spoken.sentence
    if hold.notice:
        return hold.x, hold.y, hold.width, hold.height
    if hold.block != sentence.block or (hold.edges and sentence.row != -1):
        return None
    if not hold.edges:
        same = hold.row == sentence.row
        return (hold.x, hold.y, hold.width, hold.height) if same else None
    if sentence.start == sentence.end:  # the whole piece, as a title
        return hold.x, hold.y, hold.edges[-1], hold.height
    first = max(sentence.start - hold.start, 0)
    last = min(sentence.end - hold.start, len(hold.edges) - 1)
    if first >= last:
        return None
    return hold.x + hold.edges[first], hold.y, hold.edges[last] - hold.edges[first], hold.height


def _own_words(sheet: Sheet, said: str) -> tuple[Rect, ...]:
    """Return the lines that are `said` from their first to their last word, but on no card."""
    wanted = _bare(said)
    cards = [hold for hold in sheet.holds if hold.notice]
    pieces = [
        (_bare(piece), words_rect(mark))
        for mark in sheet.marks
        if isinstance(mark, Words) and not any(_lies_on(mark, hold) for hold in cards)
        for piece in parted(mark.text)
    ]
    runs = (_run(pieces[at:], wanted) for at in range(len(pieces)))
    return tuple(dict.fromkeys(rect for run in runs for rect in run))


def _lies_on(words: Words, hold: Hold) -> bool:
    return 0 <= words.x - hold.x < hold.width and 0 <= words.y - hold.y < hold.height


def _run(pieces: Sequence[tuple[str, Rect]], wanted: str) -> Iterator[Rect]:
    """Yield the first pieces' rectangles if together they are what is wanted."""
    taken = ""
    for number, (piece, _) in enumerate(pieces):
        taken += piece
        if taken == wanted:
            yield from (rect for _, rect in pieces[: number + 1])
            return
        if not wanted.startswith(taken):
            return


def _bare(text: str) -> str:
    return "".join("".join(parted(text)).split())
