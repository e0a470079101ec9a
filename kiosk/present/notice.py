"""The page of one notice: its text, tables, pictures and ledgers in their order."""

from dataclasses import dataclass
from typing import Literal

from kiosk.board import Board, Standing
from kiosk.catalogue import Catalogue
from kiosk.navigation import AtLedger, AtPicture, Open
from kiosk.present.ledger import totals
from kiosk.present.parts import (
    Amount,
    Badge,
    Spoken,
    Strip,
    badge,
    number_columns,
    publisher,
    read_first,
    strip,
)
from kiosk.present.wording import day, day_and_year, period, place_in_term, until
from sync.ledger import Ledger
from sync.notices import (
    BlobRef,
    Block,
    Heading,
    Notice,
    Paragraph,
    Party,
    Picture,
    Table,
    Village,
)


@dataclass(frozen=True, slots=True)
class Banner:
    """Something that must be known before reading on: a correction or a withdrawal."""

    words: str
    tone: Literal["care", "bad"]


@dataclass(frozen=True, slots=True)
class TextPart:
    """A heading (`level` 1 to 3) or a paragraph (0)."""

    block: int
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table; `right` says which columns stand at the right, because they are numbers."""

    block: int
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class PicturePart:
    """A picture of `width` × `height` px."""

    block: int
    blob: BlobRef
    width: int
    height: int
    caption: str
    opens: Open


@dataclass(frozen=True, slots=True)
class LedgerPart:
    """A ledger's totals and the key to its entries; `period` is "" where the notice says it."""

    block: int
    period: str
    totals: tuple[Amount, ...]
    key: str
    opens: Open


Part = TextPart | TablePart | PicturePart | LedgerPart


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice as it is read."""

    notice: str
    badge: Badge
    title: str
    meta: tuple[str, ...]
    banners: tuple[Banner, ...]
    parts: tuple[Part, ...]
    strip: Strip
    reading: tuple[Spoken, ...]


def notice_page(
    say: Catalogue,
    village: Village,
    board: Board,
    standing: Standing,
    verified: frozenset[Party],
    link: str,
) -> NoticeView:
    """Return the page of `standing`; `link` is its objection link, or empty."""
    notice = standing.posting.notice
    return NoticeView(
        notice.id,
        badge(say, village, standing.posting.entry.category),
        notice.title,
        _meta(say, board, standing),
        _banners(say, standing),
        tuple(_part(say, notice, number, block) for number, block in enumerate(notice.blocks)),
        strip(say, village, standing.posting, verified, link),
        read_first(standing, notice.reading),
    )


def _meta(say: Catalogue, board: Board, standing: Standing) -> tuple[str, ...]:
    notice = standing.posting.notice
    found = [publisher(say, notice), place_in_term(say, standing), until(say, standing, board)]
    if notice.period:
        found.append(say("Period {period}", period=period(say, *notice.period)))
    if notice.decided:
        on = day_and_year(say, notice.decided.on)
        found.append(say("Decided by {meeting} on {day}", meeting=notice.decided.by, day=on))
    return tuple(found)


def _banners(say: Catalogue, standing: Standing) -> tuple[Banner, ...]:
    found = []
    withdrawn, corrects = standing.posting.entry.withdrawn, standing.posting.notice.corrects
    if withdrawn:
        words = say(
            "Taken back {day}. Reason: {reason}",
            day=day(say, withdrawn.on),
            reason=withdrawn.reason,
        )
        found.append(Banner(words, "bad"))
    if corrects:
        words = say(
            "Corrected: this replaces version {number}. Reason: {reason}",
            number=corrects.revision,
            reason=corrects.reason,
        )
        found.append(Banner(words, "care"))
    return tuple(found)


def _part(say: Catalogue, notice: Notice, number: int, block: Block) -> Part:
    match block:
        case Heading(text, level):
            return TextPart(number, text, level)
        case Paragraph(text):
            return TextPart(number, text, 0)
        case Table():
            return TablePart(number, block.caption, block.header, block.rows, number_columns(block))
        case Picture():
            opens = Open(AtPicture(notice.id, block.blob.sha256))
            return PicturePart(number, block.blob, block.width, block.height, block.caption, opens)
        case Ledger():
            key = say.count("See the {number} entry", "See all {number} entries", len(block.rows))
            said = notice.period == (block.start, block.end)  # above, beside the other facts
            covered = period(say, block.start, block.end)
            covered = "" if said else say("Period {period}", period=covered)
            return LedgerPart(
                number, covered, totals(say, block), key, Open(AtLedger(notice.id, number))
            )
