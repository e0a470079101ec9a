"""Two revisions of a text or a row, with what differs marked. Words with words, and a figure is never cut.

The neighbour `changes` says what of two notices belongs together.
"""

import re
from collections import defaultdict, deque
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from kiosk.present.matching import common, likeness
from sync.notices import Table

ALIKE: Final = 0.35  # less in common, and it is another text
_WORD: Final = re.compile(
    r"[+\-\u2212]?[0-9]+(?:[,.:/\-][0-9]+)*[%％]?|[A-Za-z][A-Za-z0-9]*|.", re.DOTALL
)
_MOST_WORDS: Final = 1_000  # compared one by one; longer texts sentence by sentence
_SENTENCE: Final = re.compile(r"[^。；\n]*[。；\n]?")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and whether they differ from the other revision."""

    text: str
    changed: bool = False


def marked(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return two texts with the words that differ marked; wholly, where they have little in common."""
    old, new = words_of(before), words_of(after)
    if likeness(old, new, ALIKE) < ALIKE:
        return (Piece(before, changed=True),), (Piece(after, changed=True),)
    old_flags, new_flags = [True] * len(old), [True] * len(new)
    for run in common(old, new):
        for step in range(run.size):
            old_flags[run.a + step] = new_flags[run.b + step] = False
    return _pieces(old, old_flags), _pieces(new, new_flags)


def words_of(text: str) -> list[str]:
    """Return what is compared one by one: words, in very long texts sentences."""
    found = _WORD.findall(text)
    return found if len(found) <= _MOST_WORDS else _SENTENCE.findall(text)


def _pieces(words: Sequence[str], flags: Sequence[bool]) -> tuple[Piece, ...]:
    """Return runs of words; a single word between two changed ones goes with them."""
    last = len(flags) - 1
    joined = [
        flag or (0 < at < last and flags[at - 1] and flags[at + 1] and len(words[at]) == 1)
        for at, flag in enumerate(flags)
    ]
    runs = groupby(zip(words, joined, strict=True), key=lambda pair: pair[1])
    return tuple(Piece("".join(word for word, _ in run), changed) for changed, run in runs)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands under a heading, which may be that of other columns too.

    `proof` tells cells apart that read the same: then the present one is said as `other`.
    """

    heading: str
    text: str
    proof: Hashable = None
    other: str = ""


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row of a table or ledger; its first cell is its name. Cells are compared place by place."""

    cells: tuple[Cell, ...]
    row: int

    @property
    def name(self) -> str:
        """What the row is about."""
        return self.cells[0].text

    @property
    def holds(self) -> tuple[tuple[str, Hashable], ...]:
        """What it is compared by: a heading that was put into other words changes no row."""
        return tuple((cell.text, cell.proof) for cell in self.cells)


def lines_of(old: Table | None, new: Table | None) -> tuple[list[RowLine], list[RowLine]]:
    """Return the rows of both, column beside column, the first that holds no numbers as the name."""
    columns = _columns(old.header if old else (), new.header if new else ())
    tables = [(table, side) for side, table in enumerate((old, new)) if table]

    def names_nothing(column: tuple[int | None, ...]) -> bool:
        cells = (row[at] for table, side in tables if (at := column[side]) is not None for row in table.rows)  # fmt: skip
        return all(_is_figure(cell) for cell in cells)

    columns.sort(key=lambda one: (any(one[side] is None for _, side in tables), names_nothing(one)))
    before, after = (
        _lines(table, [one[side] for one in columns]) for side, table in enumerate((old, new))
    )
    return before, after


def _columns(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Return which columns belong together: by place, or by heading if one has been added or left out."""
    if len(old) == len(new):
        return [(at, at) for at in range(len(old))]
    before, after = _places(old), _places(new)
    return [(before.get(key), after.get(key)) for key in dict.fromkeys([*before, *after])]


def _places(header: Sequence[str]) -> dict[tuple[str, int], int]:
    """Return the columns by heading and the how manieth of that heading they are."""
    return {(name, header[:at].count(name)): at for at, name in enumerate(header)}


def _lines(table: Table | None, columns: Sequence[int | None]) -> list[RowLine]:
    if table is None:
        return []
    return [
        RowLine(
            tuple(
                Cell("", "") if at is None else Cell(table.header[at], row[at]) for at in columns
            ),
            number,
        )
        for number, row in enumerate(table.rows)
    ]


def _is_figure(cell: str) -> bool:
    return not cell or cell.replace(",", "").replace(".", "").lstrip("-\u2212").isdecimal()


def paired(
    old: Sequence[RowLine], new: Sequence[RowLine]
) -> Iterator[tuple[RowLine | None, RowLine | None]]:
    """Yield rows with what became of them: of the same name, or the only ones that are left."""
    waiting: defaultdict[str, deque[int]] = defaultdict(deque)
    for at, line in enumerate(old):
        waiting[line.name].append(at)
    found = [waiting[line.name].popleft() if waiting[line.name] else None for line in new]
    left = sorted(at for places in waiting.values() for at in places)
    if len(left) == found.count(None) == 1:
        found[found.index(None)] = left.pop()
    yield from ((old[at], None) for at in left)
    yield from (
        (None if at is None else old[at], line) for at, line in zip(found, new, strict=True)
    )


def whole(line: RowLine | None) -> tuple[Piece, ...]:
    """Return all of a row that was added or removed."""
    if line is None:
        return ()
    cells = "，".join(f"{one.heading} {one.text}".strip() for one in line.cells[1:] if one.text)
    return (Piece(f"{line.name}：{cells}" if cells else line.name, changed=True),)


def differing(old: RowLine, new: RowLine) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the name of a row and those of its cells that differ."""
    renamed = old.name != new.name
    before, after = [Piece(f"{old.name}：", renamed)], [Piece(f"{new.name}：", renamed)]
    for was, now in zip(old.cells[1:], new.cells[1:], strict=True):
        if (was.text, was.proof) != (now.text, now.proof):
            comma = "，" if len(before) > 1 else ""
            said = now.other if was.text == now.text else now.text
            for side, cell, text in ((before, was, was.text), (after, now, said)):
                heading = cell.heading or was.heading or now.heading
                side.append(Piece(f"{comma}{heading} " if heading else comma))
                side.append(Piece(text or "—", changed=True))
    return tuple(before), tuple(after)
