"""What a correction has changed: the earlier and the present revision beside each other, the difference marked.

Blocks are compared with blocks, rows with rows, words with words; a figure is never cut. A ledger's
running balances aren't compared: one entry that was put right moves all of them, its totals say so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final, Literal

from msgspec.structs import replace

from kiosk.board import Standing
from kiosk.catalogue import Catalogue
from kiosk.present.ledger import totals
from kiosk.present.marking import (
    ALIKE,
    Piece,
    RowLine,
    differing,
    entry_cells,
    lines_of,
    marked,
    paired,
    whole,
    words_of,
)
from kiosk.present.parts import Spoken, own_words, read_first
from kiosk.present.wording import day_and_year, period
from sync.ledger import Ledger
from sync.notices import (
    TITLE_BLOCK,
    Block,
    Heading,
    Notice,
    Paragraph,
    Picture,
    Sentence,
    Table,
)

NOWHERE: Final = -9  # the block of what isn't in the text, such as the period
MOST: Final = 300  # changes on one page
_SIDES: Final[tuple[Literal["head", "before", "now"], ...]] = ("head", "before", "now")
_NEAR: Final = 5  # blocks further on, in which a changed one is looked for


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: `before` and `after`, either empty; `block` and `row` of the present one.

    `where` says where it stands in the notice, or is empty; `was` are block and row of the earlier
    revision; `own` are the words of both sides where they are the screen's and not the notice's.
    """

    kind: Literal["changed", "added", "removed"]
    word: str
    where: str
    block: int
    row: int
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    was: tuple[int, int]
    own: tuple[str, str]


@dataclass(frozen=True, slots=True)
class ChangesView:
    """What was changed; `labels` are the words for before, now and nothing; `more` the changes left out."""

    notice: str
    heading: str
    title: str
    reason: str
    changes: tuple[Change, ...]
    labels: tuple[str, str, str]
    more: str
    reading: tuple[Spoken, ...]


def changes_page(say: Catalogue, earlier: Notice, standing: Standing) -> ChangesView:
    """Return what differs between the `earlier` revision and the one that corrects it."""
    notice = standing.posting.notice
    found = compare(say, earlier, notice)
    labels = (say("before"), say("now"), say("not there"))
    left = len(found) - MOST
    return ChangesView(
        notice.id,
        say("What was changed"),
        notice.title,
        say("Reason: {reason}", reason=notice.corrects.reason) if notice.corrects else "",
        found[:MOST],
        labels,
        more=_more(say, left, anything=bool(found)),
        reading=(*read_first(standing, ()), *_reading(earlier, notice, found[:MOST], labels)),
    )


@lru_cache(maxsize=4)
def compare(say: Catalogue, earlier: Notice, notice: Notice) -> tuple[Change, ...]:
    """Return all that differs, in the order of the present revision."""
    teller = _Teller(say)
    return (*teller.heads(earlier, notice), *teller.bodies(earlier.blocks, notice.blocks))


def _more(say: Catalogue, left: int, *, anything: bool) -> str:
    if left > 0:
        return say.count("and {number} more change", "and {number} more changes", left)
    return say("All the rest is as it was.") if anything else say("The text is as it was.")


def change_mark(number: int, side: Literal["head", "before", "now"]) -> str:
    """Return how a part of a change (counted from 0) is known while it is read aloud."""
    return f"change {number} {side}"


def _reading(
    earlier: Notice, notice: Notice, changes: Sequence[Change], labels: tuple[str, str, str]
) -> Iterator[Spoken]:
    """Yield each change: its kind and place, what stood there, what stands there now."""
    before, now, nothing = labels
    for number, one in enumerate(changes):
        head, old, new = (change_mark(number, side) for side in _SIDES)
        yield from own_words((one.word, one.where), head)
        yield from (_beside(sentence, head) for sentence in _heading_read(notice, one.where))
        yield from own_words((before, one.own[0] if one.before else nothing), old)
        if one.before:
            yield from (_beside(sentence, old) for sentence in _read(earlier, *one.was))
        yield from own_words((now, one.own[1] if one.after else nothing), new)
        if one.after:
            yield from (Spoken(found, notice.id) for found in _read(notice, one.block, one.row))


def _beside(sentence: Sentence, mark: str) -> Spoken:
    """Return a sentence that lights nothing but what is `mark`, though the present text has such a place."""
    return Spoken(replace(sentence, block=NOWHERE), mark)


def _read(notice: Notice, block: int, row: int) -> Iterator[Sentence]:
    return (one for one in notice.reading if (one.block, one.row) == (block, row))


def _heading_read(notice: Notice, where: str) -> Iterator[Sentence]:
    """Yield how the heading or the caption `where` is read."""
    for number, block in enumerate(notice.blocks):
        if where and where in {getattr(block, "text", ""), getattr(block, "caption", "")}:
            yield from _read(notice, number, -1)
            return


class _Teller:
    """Puts differences into the words of a catalogue."""

    def __init__(self, say: Catalogue) -> None:
        self._say = say

    def heads(self, old: Notice, new: Notice) -> Iterator[Change]:
        """Yield what differs in title, period and decision."""
        say = self._say
        pairs = (
            (say("Title"), TITLE_BLOCK, old.title, new.title),
            (say("Period covered"), NOWHERE, self._period(old), self._period(new)),
            (say("Decided by"), NOWHERE, self._decided(old), self._decided(new)),
        )
        for where, block, before, after in pairs:
            if before != after:
                yield self._text(where, block, before, after, was=(block, -1))

    def bodies(self, old: Sequence[Block], new: Sequence[Block]) -> Iterator[Change]:
        """Yield what differs in the text, the tables, the pictures, the ledgers."""
        match = SequenceMatcher(None, old, new, autojunk=False)
        for kind, a, b, c, d in match.get_opcodes():
            if kind != "equal":
                yield from self._blocks(old[a:b], a, new, c, d)

    def _blocks(
        self, old: Sequence[Block], first: int, new: Sequence[Block], start: int, end: int
    ) -> Iterator[Change]:
        at = start
        for was, block in enumerate(old, start=first):
            like = next((n for n in range(at, min(at + _NEAR, end)) if _alike(block, new[n])), None)
            if like is None:
                yield from self._block(block, None, "", NOWHERE, was)
                continue
            for number in range(at, like):
                yield from self._block(None, new[number], _above(new, number), number, NOWHERE)
            yield from self._block(block, new[like], _above(new, like), like, was)
            at = like + 1
        for number in range(at, end):
            yield from self._block(None, new[number], _above(new, number), number, NOWHERE)

    def _block(
        self, old: Block | None, new: Block | None, where: str, number: int, was: int
    ) -> Iterator[Change]:
        one = new if new is not None else old
        match one:
            case Table():
                yield from self._table(old, new, one.caption or where, number, was)
            case Ledger():
                where = period(self._say, one.start, one.end)
                before = self._entries(old) if isinstance(old, Ledger) else []
                after = self._entries(new) if isinstance(new, Ledger) else []
                yield from self._lines(where, (was, number), before, after)
            case Picture():
                yield self._picture(old, new, where, number, was)
            case _:
                yield self._text(where, number, _text_of(old), _text_of(new), was=(was, -1))

    def _text(
        self, where: str, block: int, before: str, after: str, *, was: tuple[int, int]
    ) -> Change:
        kind: Literal["changed", "added", "removed"] = "changed"
        if not before or not after:
            kind, sides = "removed" if before else "added", (_all(before), _all(after))
        else:
            sides = marked(before, after)
        return self._change(kind, where, (block, -1), *sides, was=was, own=(before, after))

    def _change(
        self,
        kind: Literal["changed", "added", "removed"],
        where: str,
        place: tuple[int, int],
        before: tuple[Piece, ...],
        after: tuple[Piece, ...],
        *,
        was: tuple[int, int],
        own: tuple[str, str] = ("", ""),
    ) -> Change:
        say = self._say
        word = {"changed": say("changed"), "added": say("added"), "removed": say("removed")}[kind]
        return Change(kind, word, where, *place, before, after, was, own)

    def _picture(
        self, old: Block | None, new: Block | None, where: str, number: int, was: int
    ) -> Change:
        before, after = (self._caption(one) for one in (old, new))
        if before != after:
            return self._text(where, number, before, after, was=(was, -1))
        say = self._say
        other = say("{picture} (another picture)", picture=after)
        return self._text(where, number, before, other, was=(was, -1))

    def _caption(self, block: Block | None) -> str:
        say = self._say
        return (
            say("Picture: {caption}", caption=block.caption) if isinstance(block, Picture) else ""
        )

    def _table(
        self, old: Block | None, new: Block | None, where: str, number: int, was: int
    ) -> Iterator[Change]:
        before, after = (lines_of(one) if isinstance(one, Table) else [] for one in (old, new))
        if isinstance(old, Table) and isinstance(new, Table) and old.header != new.header:
            header = ("、".join(one.header) for one in (old, new))
            yield self._text(where, number, *header, was=(was, -1))
        yield from self._lines(where, (was, number), before, after)

    def _lines(
        self,
        where: str,
        blocks: tuple[int, int],
        old: Sequence[RowLine],
        new: Sequence[RowLine],
    ) -> Iterator[Change]:
        match = SequenceMatcher(
            None, [one.cells for one in old], [one.cells for one in new], autojunk=False
        )
        for kind, a, b, c, d in match.get_opcodes():
            if kind != "equal":
                for before, after in paired(old[a:b], new[c:d]):
                    yield self._line(where, blocks, before, after)

    def _line(
        self, where: str, blocks: tuple[int, int], old: RowLine | None, new: RowLine | None
    ) -> Change:
        kind: Literal["changed", "added", "removed"] = "changed"
        if old is None or new is None:
            kind, sides = "removed" if new is None else "added", (whole(old), whole(new))
        else:
            sides = differing(old, new)
        was, now = (
            (block, one.row if one else -1) for block, one in zip(blocks, (old, new), strict=True)
        )
        return self._change(kind, where, now, *sides, was=was)

    def _entries(self, ledger: Ledger) -> list[RowLine]:
        say = self._say
        names = (say("Item"), say("Date"), say("Voucher"), say("Handler"), say("Income"), say("Expense"), say("Remark"))  # fmt: skip
        found = [
            RowLine(tuple(zip(names, entry_cells(row), strict=True)), number)
            for number, row in enumerate(ledger.rows)
        ]
        sums = tuple((one.label, one.amount) for one in totals(say, ledger))
        return [*found, RowLine(((say("Totals"), say("Totals")), *sums), -1)]

    def _period(self, notice: Notice) -> str:
        return period(self._say, *notice.period) if notice.period else ""

    def _decided(self, notice: Notice) -> str:
        if notice.decided is None:
            return ""
        say = self._say
        return say(
            "{meeting}, {day}", meeting=notice.decided.by, day=day_and_year(say, notice.decided.on)
        )


def _above(blocks: Sequence[Block], number: int) -> str:
    """Return the heading that a block stands under."""
    above = (one for one in reversed(blocks[:number]) if isinstance(one, Heading))
    heading = next(above, None)
    return heading.text if heading else ""


def _alike(old: Block, new: Block) -> bool:
    """Tell whether `new` is what became of `old`."""
    if isinstance(old, Heading | Paragraph) and isinstance(new, Heading | Paragraph):
        match = SequenceMatcher(None, words_of(old.text), words_of(new.text), autojunk=False)
        return match.quick_ratio() >= ALIKE and match.ratio() >= ALIKE
    return type(old) is type(new)


def _text_of(block: Block | None) -> str:
    return block.text if isinstance(block, Heading | Paragraph) else ""


def _all(text: str) -> tuple[Piece, ...]:
    return (Piece(text, changed=True),) if text else ()
