"""What a notice is: the record that two seals cover, from the office to the square.

Values only, without IO and without rules about time; the ledger's arithmetic is `sync.ledger`, how
long a notice stays up is `sync.workdays`, how its files are laid out is `sync.feed.layout`.
"""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import Annotated, Final, Literal

import msgspec

from sync.errors import BadInput
from sync.ledger import Ledger
from sync.workdays import LEAST_MINUTES, LEAST_TURNS, TermRule, YearCalendar

ID_PATTERN: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
TITLE_LIMIT: Final = 60  # characters: four lines of headline on a portrait screen
TEXT_LIMIT: Final = 40_000  # characters in one notice
LINES_LIMIT: Final = 5_000  # blocks and rows in one notice: more than a village has households
NOTICE_LIMIT: Final = 4 << 20  # bytes of one encoded notice
NAMES_LIMIT: Final = 10_000  # different names in one notice that can be searched for
NAME_LIMIT: Final = 40  # characters of one
PICTURE_LIMIT: Final = 4 << 20  # bytes of one re-encoded picture
PICTURE_SIDE_LIMIT: Final = 2_000  # px: textures of 2,048 and more turn black on old drivers

# Controls (but newline), zero-width, bidi and other format characters, private use, surrogates.
_INVISIBLE: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\u2800\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)


class Party(StrEnum):
    """Who holds a seal: the villagers' committee, or the village affairs supervision committee."""

    COMMITTEE = "committee"
    SUPERVISOR = "supervisor"


class Publisher(StrEnum):
    """Who publishes: 村民委员会 or 集体经济组织 (the collective economic organisation)."""

    COMMITTEE = "committee"
    COLLECTIVE = "collective"


class BlobRef(msgspec.Struct, frozen=True):
    """A file known by its content: lower-case hex SHA-256 and length in bytes."""

    sha256: str
    length: int


class Heading(msgspec.Struct, frozen=True, tag="heading", tag_field="type"):
    """A heading; `level` 1 to 3."""

    text: str
    level: int = 1


class Paragraph(msgspec.Struct, frozen=True, tag="paragraph", tag_field="type"):
    """A paragraph of plain text; a list item keeps its mark in the text."""

    text: str


class Table(msgspec.Struct, frozen=True, tag="table", tag_field="type", omit_defaults=True):
    """A table of text cells; every row is as long as `header`. `money` lists the columns in yuan."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    money: tuple[int, ...] = ()
    caption: str = ""


class Picture(msgspec.Struct, frozen=True, tag="picture", tag_field="type", omit_defaults=True):
    """A picture, already upright and without metadata: a JPEG or PNG of `width` × `height` px."""

    blob: BlobRef
    width: int
    height: int
    caption: str = ""


Block = Heading | Paragraph | Table | Picture | Ledger


TITLE_BLOCK: Final = -1
BANNER_BLOCK: Final = -2  # that the notice was corrected or taken back, and why


class Sentence(msgspec.Struct, frozen=True, omit_defaults=True):
    """One sentence to be spoken and highlighted.

    `block` is its place in `Notice.blocks`, TITLE_BLOCK or BANNER_BLOCK. In text, `start` and `end` are character
    offsets; in a table or ledger `row` is the row (-1 the header or the totals) and the offsets are 0.
    `words` is the text as spoken, `sounds` its tone-numbered pinyin for the synthesiser.
    """

    block: int
    words: str
    sounds: str
    row: int = -1
    start: int = 0
    end: int = 0


class Name(msgspec.Struct, frozen=True, array_like=True):
    """What stands in a cell of a list or ledger, and how it is typed: its pinyin initials.

    Several names in one cell are parted by spaces; `*` stands for a character that is masked.
    """

    text: str
    initials: str


class Decision(msgspec.Struct, frozen=True):
    """When and by which meeting the content was decided (提议)."""

    on: date
    by: str


class AuditItem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One item of the supervision committee's audit (审核)."""

    item: str
    verdict: Literal["pass", "refuse"]
    by: str
    on: date
    remark: str = ""


class Correction(msgspec.Struct, frozen=True):
    """What a revision corrects: the earlier revision, and why."""

    revision: int
    reason: str


class Notice(msgspec.Struct, frozen=True, omit_defaults=True):
    """One revision of a notice, as sealed. `category` is an id in `Village.categories`."""

    id: str
    revision: int
    category: str
    title: str
    initials: str
    publisher: Publisher
    author: str
    posted: date
    blocks: tuple[Block, ...]
    reading: tuple[Sentence, ...]
    audit: tuple[AuditItem, ...] = ()
    decided: Decision | None = None
    period: tuple[date, date] | None = None
    pictures: tuple[Picture, ...] = ()  # voucher photos that ledger rows name
    corrects: Correction | None = None
    urgent: bool = False
    names: tuple[Name, ...] = ()


class Category(msgspec.Struct, frozen=True, omit_defaults=True):
    """One of the village's published items (三大类十小项); `group` is its class.

    `every` says how often it must be published; None leaves that to `sync.duties`, by the id.
    """

    id: str
    name: str
    group: Literal["finance", "policy", "affairs"]
    every: Literal["month", "quarter", "year", "event"] | None = None


class KioskKey(msgspec.Struct, frozen=True):
    """A kiosk of the village and the public key (Ed25519, 64 hex digits) that its evidence is signed by."""

    id: str
    name: str
    key: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class Village(msgspec.Struct, frozen=True, omit_defaults=True):
    """The village's own editable data; it travels in the feed under both seals.

    `country` (ISO 3166) says whose holidays count, `calendars` are the years sealed by the village.
    """

    id: str
    name: str
    committee: str
    supervisor: str
    collective: str
    hotline: str
    objection_url: str
    categories: tuple[Category, ...]
    groups: tuple[str, ...] = ()
    term: TermRule = TermRule()
    country: str = "CN"
    calendars: tuple[YearCalendar, ...] = ()
    kiosks: tuple[KioskKey, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a share that is too small for anybody to read a notice in. Raises: ValueError."""
        if self.term.share_minutes < LEAST_MINUTES or self.term.share_turns < LEAST_TURNS:
            raise ValueError(
                f"a day takes {LEAST_MINUTES} minutes and {LEAST_TURNS} turns at least"
            )


def blobs_of(notice: Notice) -> tuple[BlobRef, ...]:
    """Return every file that the notice needs besides itself, in order of appearance."""
    shown = [block.blob for block in notice.blocks if isinstance(block, Picture)]
    return tuple(dict.fromkeys([*shown, *(picture.blob for picture in notice.pictures)]))


def cells_of(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield what stands in every cell of the tables, and every item and handler of the ledgers."""
    for block in blocks:
        if isinstance(block, Table):
            yield from chain.from_iterable(block.rows)
        elif isinstance(block, Ledger):
            for row in block.rows:
                yield from (row.item, row.handler)


def clean_text(text: str, where: str) -> str:
    """Return `text` trimmed and with `\\n` line ends.

    Raises:
        BadInput: it holds an invisible character (control, zero-width, bidi: Unicode TR 36), which
            could make the sealed text differ from what people see.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\u00a0", " ")
    found = _INVISIBLE.search(plain)
    if found:
        raise BadInput(
            f"{where}：第 {found.start() + 1} 个字是看不见的字符 U+{ord(found.group()):04X}，请删去"
            " (invisible character, delete it)"
        )
    return plain.strip()
