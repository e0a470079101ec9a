"""Two revisions of a text or a row, with what differs marked. Words with words, and a figure is never cut.

The neighbour `changes` says what of two notices belongs together.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final

from kiosk.present.wording import expense, money
from sync.ledger import Row
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
    match = SequenceMatcher(None, old, new, autojunk=False)
    if match.ratio() < ALIKE:
        return (Piece(before, changed=True),), (Piece(after, changed=True),)
    old_flags, new_flags = [True] * len(old), [True] * len(new)
    for block in match.get_matching_blocks():
        for step in range(block.size):
            old_flags[block.a + step] = new_flags[block.b + step] = False
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
class RowLine:
    """A row of a table or ledger: its cells by the names of their columns, the first its name."""

    cells: tuple[tuple[str, str], ...]
    row: int

    @property
    def name(self) -> str:
        """What the row is about: its first cell."""
        return self.cells[0][1] if self.cells else ""


def lines_of(table: Table) -> list[RowLine]:
    """Return a table's rows, each with the first of its cells that is no number as its name."""
    by_name = sorted(
        range(len(table.header)),
        key=lambda column: all(_is_figure(row[column]) for row in table.rows),
    )
    return [
        RowLine(tuple((table.header[column], row[column]) for column in by_name), number)
        for number, row in enumerate(table.rows)
    ]


def _is_figure(cell: str) -> bool:
    return not cell or cell.replace(",", "").replace(".", "").lstrip("-\u2212").isdecimal()


def entry_cells(row: Row) -> tuple[str, ...]:
    """Return item, day, voucher, handler, income, expense and remark of a ledger's entry."""
    return (
        row.item, f"{row.on:%m-%d}", row.voucher, row.handler,
        money(row.income) if row.income else "", expense(row.expense) if row.expense else "",
        row.remark,
    )  # fmt: skip


def paired(
    old: Sequence[RowLine], new: Sequence[RowLine]
) -> Iterator[tuple[RowLine | None, RowLine | None]]:
    """Yield rows with what became of them: of the same name, or the only ones that are left."""
    waiting = list(old)
    found: list[tuple[RowLine | None, RowLine | None]] = []
    for line in new:
        same = next((one for one in waiting if one.name == line.name), None)
        if same:
            waiting.remove(same)
        found.append((same, line))
    alone = [at for at, (before, _) in enumerate(found) if before is None]
    if len(alone) == len(waiting) == 1:
        found[alone[0]] = (waiting.pop(), found[alone[0]][1])
    yield from ((one, None) for one in waiting)
    yield from found


def whole(line: RowLine | None) -> tuple[Piece, ...]:
    """Return all of a row that was added or removed."""
    if line is None:
        return ()
    cells = "，".join(f"{name} {cell}" for name, cell in line.cells[1:] if cell)
    return (Piece(f"{line.name}：{cells}" if cells else line.name, changed=True),)


def differing(old: RowLine, new: RowLine) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the name of a row and those of its cells that differ."""
    before, after = dict(old.cells[1:]), dict(new.cells[1:])
    columns = [
        name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name)
    ]
    return tuple(
        (
            Piece(f"{line.name}：", line.name != other.name),
            *(
                piece
                for at, column in enumerate(columns)
                for piece in (
                    Piece(f"{'，' if at else ''}{column} "),
                    Piece(cells.get(column) or "—", changed=True),
                )
            ),
        )
        for line, other, cells in ((old, new, before), (new, old, after))
    )  # type: ignore[return-value]
