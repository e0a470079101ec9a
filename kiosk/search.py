"""What a few typed letters find: titles, names in lists on show, titles of the past. Pure.

There is no Chinese keyboard in the square: people type the first letter of each syllable, which the
office worked out and sealed (`sync.reading.names`). Lists of persons are searched only while they
hang; afterwards a title is all that is left of them to be found.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kiosk.board import Board, Standing
from sync.ledger import Ledger
from sync.notices import Block, Notice, Sentence, Table

WHOLE, START, INNER = range(3)  # how well letters fit, the best first
_TITLE, _PERSON, _ENTRY, _HANDLER = range(4)  # what was found, in the order that it is looked for
_DATE: Final = re.compile(
    r"(?:\d+[nyr])+"
)  # 2026年11月 as it is typed, before what a title is about
LEAST_MASKED: Final = 2  # letters, before a masked character may stand for any one of them


@dataclass(frozen=True, slots=True)
class Past:
    """What is kept of a notice that hung once: a line of the archive; `spoken` is its title heard."""

    id: str
    revision: int
    category: str
    title: str
    initials: str
    posted: date
    withdrawn: bool
    spoken: Sentence | None = None


@dataclass(frozen=True, slots=True)
class TitleFound:
    """A notice on show whose title fits."""

    standing: Standing


@dataclass(frozen=True, slots=True)
class RowFound:
    """A name in a row of a table or ledger on show; `block` and `row` as in `sync.notices.Sentence`."""

    standing: Standing
    block: int
    row: int
    name: str


@dataclass(frozen=True, slots=True)
class ArchiveFound:
    """A notice that hangs no longer, of which the title fits."""

    past: Past


Found = TitleFound | RowFound | ArchiveFound


def search(board: Board, archive: Sequence[Past], typed: str) -> tuple[Found, ...]:
    """Return what `typed` (a–z, 0–9) finds, nothing for nothing; `archive` is newest first.

    On show before archive; there what fits as a whole or from its beginning before what fits
    within. Of what fits alike, titles before persons in lists, these before entries of ledgers, and
    whoever handled many payments last; a person's rows together; then the newest first.
    """
    if not typed:
        return ()
    shown = (*board.standing, *board.withdrawn)
    ranked = [found for one in shown for found in _on_show(one, typed)]
    ranked.sort(key=lambda one: (one[0], _kind(one[2]), _whose(one[2]), -one[1].toordinal()))
    past = [
        (rank, one)
        for one in archived(board, archive)
        if (rank := _fit_title(one.initials, typed)) is not None
    ]
    past.sort(key=lambda found: found[0])
    return (*(found for _, _, found in ranked), *(ArchiveFound(one) for _, one in past))


def _kind(found: Found) -> int:
    match found:
        case RowFound(standing, block, row, name):
            ledger = standing.posting.notice.blocks[block]
            if isinstance(ledger, Ledger):
                return _ENTRY if ledger.rows[row].item == name else _HANDLER
            return _PERSON
        case _:
            return _TITLE


def _whose(found: Found) -> str:
    return found.name if isinstance(found, RowFound) else ""


def archived(board: Board, archive: Sequence[Past]) -> Iterator[Past]:
    """Yield what of `archive` has hung and hangs no longer."""
    hanging = {one.posting.entry.id for one in (*board.standing, *board.withdrawn)}
    for one in archive:
        if one.id not in hanging and one.posted <= board.today:
            yield one


def _on_show(standing: Standing, typed: str) -> Iterator[tuple[int, date, Found]]:
    notice, posted = standing.posting.notice, standing.posting.entry.posted
    rank = _fit_title(notice.initials, typed)
    if rank is not None:
        yield rank, posted, TitleFound(standing)
    taken_back = standing.posting.entry.withdrawn is not None  # it lists nobody any more
    ranks = {} if taken_back else _names(notice, typed)
    if ranks:
        for number, block in enumerate(notice.blocks):
            for row, cells in enumerate(_rows(block)):
                name = min(
                    (one for one in cells if one in ranks), key=ranks.__getitem__, default=""
                )
                if name:
                    yield ranks[name], posted, RowFound(standing, number, row, name)


def _names(notice: Notice, typed: str) -> dict[str, int]:
    """Return the cells of a notice that `typed` fits, and how well it fits each."""
    found = {}
    for name in notice.names:
        if typed not in name.initials and "*" not in name.initials:
            continue  # nearly all: a letter must answer at once
        ranks = [_fit(one, typed) for one in name.initials.split(" ")]
        fitting = [rank for rank in ranks if rank is not None]
        if fitting:
            found[name.text] = min(fitting)
    return found


def _rows(block: Block) -> Iterator[tuple[str, ...]]:
    if isinstance(block, Table):
        yield from block.rows
    elif isinstance(block, Ledger):
        yield from ((row.item, row.handler) for row in block.rows)


def _fit_title(initials: str, typed: str) -> int | None:
    """Return how well `typed` fits a title, which begins again after its date."""
    if typed not in initials:
        return None
    whole = _fit(initials, typed)
    if whole in {WHOLE, START} or not initials[0].isdecimal():
        return whole
    after = _fit(_DATE.sub("", initials, count=1), typed)
    return whole if after is None else after


def _fit(initials: str, typed: str) -> int | None:
    """Return how well `typed` fits `initials`, None if it doesn't; one letter fits only a beginning.

    A masked character (`*`) may be left out, or be any letter of a name that is typed from its start.
    """
    if "*" in initials:
        return _fit_masked(initials, typed)
    if typed not in initials:
        return None
    if initials.startswith(typed):
        return WHOLE if typed == initials else START
    return None if len(typed) == 1 and typed.isalpha() else INNER


def _fit_masked(initials: str, typed: str) -> int | None:
    shown = _fit(initials.replace("*", ""), typed)
    if shown is not None or len(typed) < LEAST_MASKED or initials.startswith("*"):
        return shown
    masked = initials[: len(typed)].replace("*", ".")
    if len(typed) > len(initials) or not re.fullmatch(masked, typed):
        return None
    return WHOLE if len(typed) == len(initials) else START
