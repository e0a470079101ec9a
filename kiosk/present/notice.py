"""The page of one notice: its text, tables, pictures and ledgers in their order."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from kiosk.board import Board, Standing
from kiosk.catalogue import Catalogue
from kiosk.intentions import Open
from kiosk.places import AtChanges, AtLedger, AtPicture
from kiosk.present.about import About, about
from kiosk.present.ledger import totals
from kiosk.present.parts import (
    Amount,
    Badge,
    Spoken,
    Strip,
    badge,
    number_columns,
    read_first,
    strip,
)
from kiosk.present.picture import missing_picture
from kiosk.present.wording import day, period, place_in_term, until
from sync.ledger import Ledger
from sync.notices import BlobRef, Block, Heading, Notice, Paragraph, Party, Picture, Table, Village


@dataclass(frozen=True, slots=True)
class Banner:
    """Something that must be known before reading on: a correction or a withdrawal.

    `key` opens what was changed, empty where there is nothing to compare with.
    """

    words: str
    tone: Literal["care", "bad"]
    key: str = ""
    opens: Open | None = None


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
    """A picture of `width` × `height` px; `missing` is said in its place if it can't be shown.

    `hint` says that a touch enlarges it.
    """

    block: int
    blob: BlobRef
    width: int
    height: int
    caption: str
    hint: str
    missing: str
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
    about: About
    strip: Strip | None
    reading: tuple[Spoken, ...]


def notice_page(
    say: Catalogue,
    village: Village,
    board: Board,
    standing: Standing,
    verified: frozenset[Party],
    link: str,
    *,
    earlier: bool = False,
    first: date | None = None,
) -> NoticeView:
    """Return the page of `standing`; `link` is its objection link, or empty.

    `earlier` says whether the revision that it corrects is held, `first` when the notice first hung.
    """
    notice = standing.posting.notice
    return NoticeView(
        notice.id,
        badge(say, village, standing.posting.entry.category),
        notice.title,
        _meta(say, board, standing),
        _banners(say, standing, earlier=earlier),
        _parts(say, standing),
        about(say, village, board, standing, verified, first),
        strip(say, village, standing.posting, verified, link),
        read_first(standing, notice.reading),
    )


def _parts(say: Catalogue, standing: Standing) -> tuple[Part, ...]:
    """Return the notice's parts; of one that was taken back nothing but the reason is left."""
    if standing.posting.entry.withdrawn:
        return ()
    notice = standing.posting.notice
    return tuple(_part(say, notice, number, block) for number, block in enumerate(notice.blocks))


def _meta(say: Catalogue, board: Board, standing: Standing) -> tuple[str, ...]:
    """Return what must be known at first sight; the rest stands below the text."""
    notice = standing.posting.notice
    if standing.posting.entry.withdrawn or standing.archived:
        return ()
    found = [place_in_term(say, standing), until(say, standing, board)]
    if notice.period:
        found.append(say("Period {period}", period=period(say, *notice.period)))
    return tuple(found)


def _banners(say: Catalogue, standing: Standing, *, earlier: bool) -> tuple[Banner, ...]:
    found = []
    withdrawn, corrects = standing.posting.entry.withdrawn, standing.posting.notice.corrects
    if withdrawn:
        words = say(
            "Taken back {day}. Reason: {reason}",
            day=day(say, withdrawn.on),
            reason=withdrawn.reason,
        )
        found.append(Banner(words, "bad"))
    if standing.archived:
        words = say("From the archive: this notice has served its time.")
        found.append(Banner(words, "care"))
    if corrects:
        words = say(
            "Corrected: this replaces version {number}. Reason: {reason}",
            number=corrects.revision,
            reason=corrects.reason,
        )
        key = say("See what was changed") if earlier else ""
        opens = Open(AtChanges(standing.posting.notice.id)) if earlier else None
        found.append(Banner(words, "care", key, opens))
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
            return PicturePart(
                number, block.blob, block.width, block.height, block.caption,
                say("Touch to enlarge"), missing_picture(say), opens,
            )  # fmt: skip
        case Ledger():
            key = say.count("See the {number} entry", "See all {number} entries", len(block.rows))
            said = notice.period == (block.start, block.end)  # above, beside the other facts
            covered = period(say, block.start, block.end)
            covered = "" if said else say("Period {period}", period=covered)
            return LedgerPart(
                number, covered, totals(say, block), key, Open(AtLedger(notice.id, number))
            )
