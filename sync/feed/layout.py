"""How a feed's files are named, shaped and bounded; the same on a server, a stick and a card.

    metadata/  N.root.json  timestamp.json  N.snapshot.json  N.targets.json  N.notices.json
    targets/notices/<sha256>.index.json
    blobs/<2 hex>/<sha256>            notices, pictures, village data, closed months

Values and names only: who may sign what is `sync.feed.gate`, writing a feed is `sync.feed.seal`.
"""

import hashlib
import re
from datetime import date, datetime
from typing import Final, TypeVar

import msgspec

from sync.errors import NotUnderstood
from sync.notices import NOTICE_LIMIT, BlobRef, Notice, Sentence, Village

FORMAT: Final = 1
ROLE: Final = "notices"
INDEX_TARGET: Final = "notices/index.json"
METADATA_LIMIT: Final = 64 << 10  # bytes of one file in metadata/; real ones have about 3,000
ROOTS_LIMIT: Final = 256  # rotations; the TUF client reads no more
INDEX_LIMIT: Final = 2 << 20  # bytes
VILLAGE_LIMIT: Final = 256 << 10
PAGE_LIMIT: Final = 64 << 20
BLOB_LIMIT: Final = 64 << 20
_T = TypeVar("_T", bound=msgspec.Struct)
# As msgspec begins a complaint that quotes what it found: Invalid enum value '…' - at `$.publisher`.
_VALUE: Final = re.compile(r"^Invalid (enum )?value .*?(?= - at `\$[^`]*`$|\Z)", re.DOTALL)
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class Withdrawal(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why and when a notice was taken back, under both seals; `reading` says it aloud."""

    reason: str
    on: date
    reading: tuple[Sentence, ...] = ()


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the board says of one notice: its sealed revision, or that it was withdrawn.

    A later entry of the same id replaces an earlier one, wherever in the chain it stands.
    """

    id: str
    revision: int
    category: str
    posted: date
    sealed: date  # the day the committee put it on the board
    notice: BlobRef
    withdrawn: Withdrawal | None = None


class PageRef(msgspec.Struct, frozen=True):
    """A closed month, `month` as YYYY-MM, by content."""

    month: str
    page: BlobRef


class Index(msgspec.Struct, frozen=True, omit_defaults=True):
    """The current month's board; `issued` is UTC. The one file that both seals sign."""

    format: int
    number: int
    issued: datetime
    village: BlobRef
    entries: tuple[Entry, ...]
    previous: PageRef | None = None


class PageEntry(msgspec.Struct, frozen=True):
    """An entry of a closed month with its notice inline, byte for byte."""

    entry: Entry
    notice: msgspec.Raw


class Page(msgspec.Struct, frozen=True, omit_defaults=True):
    """A closed month, immutable, naming the one before it: a hash chain."""

    format: int
    month: str
    entries: tuple[PageEntry, ...]
    previous: PageRef | None = None


class Posting(msgspec.Struct, frozen=True):
    """An entry of the board together with the notice it stands for."""

    entry: Entry
    notice: Notice


class FeedFiles(msgspec.Struct, frozen=True):
    """A feed's metadata files as they came; `roots` is 1.root.json, 2.root.json, … in order.

    A feed that was founded but never sealed has empty `timestamp`, `snapshot`, `notices`, `index`.
    """

    roots: tuple[bytes, ...]
    timestamp: bytes
    snapshot: bytes
    targets: bytes
    notices: bytes
    index: bytes


def ref_of(data: bytes) -> BlobRef:
    """Return the name by content of `data`."""
    return BlobRef(hashlib.sha256(data).hexdigest(), len(data))


def matches(data: bytes, ref: BlobRef) -> bool:
    """Tell whether `data` is what `ref` names."""
    return len(data) == ref.length and hashlib.sha256(data).hexdigest() == ref.sha256


def is_acceptable(ref: BlobRef) -> bool:
    """Tell whether a blob may have this name and length."""
    return bool(_SHA256.fullmatch(ref.sha256)) and 0 < ref.length <= BLOB_LIMIT


def blob_path(ref: BlobRef) -> str:
    """Return the feed-relative path of a blob.

    Raises:
        NotUnderstood: the name is not a lower-case SHA-256, or the length is out of bounds.
    """
    if not is_acceptable(ref):
        raise NotUnderstood(
            f"not an acceptable file: {ref.sha256[:80]!r}, {ref.length} bytes",
            bare=f"not an acceptable file: {ref.length} bytes",
        )
    return f"blobs/{ref.sha256[:2]}/{ref.sha256}"


def index_path(sha256: str) -> str:
    """Return the feed-relative path of the index with this SHA-256."""
    return f"targets/notices/{sha256}.index.json"


def encode(value: msgspec.Struct) -> bytes:
    """Return the canonical JSON bytes of a layout value (keys in order of definition)."""
    return msgspec.json.encode(value)


def decode_index(data: bytes) -> Index:
    """Raises: NotUnderstood."""
    index = _decode(data, Index, "index", INDEX_LIMIT)
    _check_format(index.format)
    return index


def decode_page(data: bytes) -> Page:
    """Raises: NotUnderstood."""
    page = _decode(data, Page, "closed month", PAGE_LIMIT)
    _check_format(page.format)
    return page


def decode_notice(data: bytes) -> Notice:
    """Raises: NotUnderstood."""
    return _decode(data, Notice, "notice", NOTICE_LIMIT)


def decode_village(data: bytes) -> Village:
    """Raises: NotUnderstood."""
    return _decode(data, Village, "village data", VILLAGE_LIMIT)


def _check_format(found: int) -> None:
    if found != FORMAT:
        raise NotUnderstood(f"the feed has format {found}, this program reads format {FORMAT}")


def _decode(data: bytes, kind: type[_T], what: str, limit: int) -> _T:
    if len(data) > limit:
        raise NotUnderstood(f"the {what} has {len(data):,} bytes, at most {limit:,} are read")
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotUnderstood(
            f"the {what} cannot be read: {error}",
            bare=f"the {what} cannot be read: {_VALUE.sub('Invalid value', str(error))}",
        ) from error
