"""What a correction has changed: the earlier and the present revision beside each other, the difference marked.

Blocks are compared with blocks, rows with rows, words with words; a figure is never cut. A ledger's
running balances aren't compared: one entry that was put right moves all of them, its totals say so.
Nor is the audit, which every revision has anew, nor what only looks different.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from msgspec.structs import replace

from kiosk.board import Standing
from kiosk.catalogue import Catalogue
from kiosk.present.ledger import totals
from kiosk.present.marking import (
    ALIKE,
    Cell,
    Piece,
    RowLine,
    differing,
    lines_of,
    marked,
    paired,
    whole,
    words_of,
)
from kiosk.present.matching import gaps, likeness
from kiosk.present.parts import Spoken, badge, own_words, publisher, read_first
from kiosk.present.wording import day_and_year, expense, money, period
from sync.ledger import Ledger, Row
from sync.notices import (
    TITLE_BLOCK,
    Block,
    Heading,
    Notice,
    Paragraph,
    Picture,
    Sentence,
    Table,
    Village,
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


def changes_page(
    say: Catalogue, village: Village, earlier: Notice, standing: Standing
) -> ChangesView:
    """Return what differs between the `earlier` revision and the one that corrects it."""
    notice = standing.posting.notice
    found = compare(say, village, earlier, notice)
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
def compare(
    say: Catalogue, village: Village, earlier: Notice, notice: Notice
) -> tuple[Change, ...]:
    """Return all that differs, in the order of the present revision."""
    teller = _Teller(say, village)
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

    def __init__(self, say: Catalogue, village: Village) -> None:
        self._say = say
        self._village = village

    def heads(self, old: Notice, new: Notice) -> Iterator[Change]:
        """Yield what differs in the title and in what is said of the notice outside its text."""
        for before, after in zip(self._facts(old), self._facts(new), strict=True):
            name, block, text = after
            yield from self._text(name, block, before[2], text, was=(block, -1))

    def bodies(self, old: Sequence[Block], new: Sequence[Block]) -> Iterator[Change]:
        """Yield what differs in the text, the tables, the pictures, the ledgers."""
        for before, after in gaps(old, new):
            yield from self._blocks(old[before], before.start, new, after.start, after.stop)

    def _facts(self, notice: Notice) -> tuple[tuple[str, int, str], ...]:
        say, village = self._say, self._village
        return (
            (say("Title"), TITLE_BLOCK, notice.title),
            (say("Category"), NOWHERE, say.name(badge(say, village, notice.category).name)),
            (say("Published by"), NOWHERE, publisher(say, village, notice)),
            (say("Drawn up by"), NOWHERE, notice.author),
            (say("Period covered"), NOWHERE, self._period(notice)),
            (say("Decided by"), NOWHERE, self._decided(notice)),
            (say("Marked as"), NOWHERE, say("urgent") if notice.urgent else ""),
        )

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
                yield from self._table(old, new, where, number, was)
            case Ledger():
                yield from self._ledger(old, new, number, was)
            case Picture():
                yield from self._picture(old, new, where, number, was)
            case _:
                yield from self._text(where, number, _text_of(old), _text_of(new), was=(was, -1))

    def _text(
        self, where: str, block: int, before: str, after: str, *, was: tuple[int, int]
    ) -> Iterator[Change]:
        if before == after:
            return  # a heading of another size, say
        kind: Literal["changed", "added", "removed"] = "changed"
        if not before or not after:
            kind, sides = "removed" if before else "added", (_all(before), _all(after))
        else:
            sides = marked(before, after)
        yield self._change(kind, where, (block, -1), *sides, was=was, own=(before, after))

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
    ) -> Iterator[Change]:
        after = self._caption(new)
        if isinstance(old, Picture) and isinstance(new, Picture) and old.blob != new.blob:
            after = self._say("{picture} (another picture)", picture=after)
        yield from self._text(where, number, self._caption(old), after, was=(was, -1))

    def _caption(self, block: Block | None) -> str:
        say = self._say
        if not isinstance(block, Picture):
            return ""
        return say("Picture: {caption}", caption=block.caption)

    def _table(
        self, old: Block | None, new: Block | None, where: str, number: int, was: int
    ) -> Iterator[Change]:
        before, after = (one if isinstance(one, Table) else None for one in (old, new))
        if before and after:
            yield from self._text(where, number, before.caption, after.caption, was=(was, -1))
        shown = after or before
        where = shown.caption or where if shown else where
        if before and after:
            header = ("、".join(one.header) for one in (before, after))
            yield from self._text(where, number, *header, was=(was, -1))
        yield from self._lines(where, (was, number), *lines_of(before, after))

    def _ledger(
        self, old: Block | None, new: Block | None, number: int, was: int
    ) -> Iterator[Change]:
        before, after = (one if isinstance(one, Ledger) else None for one in (old, new))
        shown = after or before
        where = period(self._say, shown.start, shown.end) if shown else ""
        if before and after:
            earlier = period(self._say, before.start, before.end)
            covered = self._say("Period covered")
            yield from self._text(covered, NOWHERE, earlier, where, was=(NOWHERE, -1))
        yield from self._lines(where, (was, number), self._entries(before), self._entries(after))

    def _lines(
        self,
        where: str,
        blocks: tuple[int, int],
        old: Sequence[RowLine],
        new: Sequence[RowLine],
    ) -> Iterator[Change]:
        for a, b in gaps([one.holds for one in old], [one.holds for one in new]):
            for before, after in paired(old[a], new[b]):
                if before is None or after is None or before.holds != after.holds:
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

    def _entries(self, ledger: Ledger | None) -> list[RowLine]:
        if ledger is None:
            return []
        say = self._say
        found = [RowLine(self._cells(row), number) for number, row in enumerate(ledger.rows)]
        sums = tuple(Cell(one.label, one.amount) for one in totals(say, ledger))
        return [*found, RowLine((Cell("", say("Totals")), *sums), -1)]

    def _cells(self, row: Row) -> tuple[Cell, ...]:
        say = self._say
        photos = say.count("{number} photo", "{number} photos", len(row.photos))
        return (
            Cell(say("Item"), row.item),
            Cell(say("Date"), f"{row.on:%Y-%m-%d}"),
            Cell(say("Voucher"), row.voucher),
            Cell(say("Handler"), row.handler),
            Cell(say("Income"), money(row.income) if row.income else ""),
            Cell(say("Expense"), expense(row.expense) if row.expense else ""),
            Cell(say("Kind"), row.category),
            Cell(say("Remark"), row.remark),
            Cell(
                say("Voucher photos"), photos if row.photos else "", proof=row.photos,
                other=say("{picture} (another picture)", picture=photos),
            ),
        )  # fmt: skip

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
        return likeness(words_of(old.text), words_of(new.text), ALIKE) >= ALIKE
    return type(old) is type(new)


def _text_of(block: Block | None) -> str:
    return block.text if isinstance(block, Heading | Paragraph) else ""


def _all(text: str) -> tuple[Piece, ...]:
    return (Piece(text, changed=True),) if text else ()
