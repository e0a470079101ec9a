"""The gate: what has not passed it has no type, so nothing else can reach the store or the screen.

Pure, on `tuf.api.metadata` alone: no clock, no network, so that a kiosk proves what it shows at
every start. Expiry needs a clock and is judged where the feed is fetched (`sync.feed.pull`).
Plain TUF accepts three things that are refused here: one key under two ids, top-level targets that
name files themselves, and two signatures of one party where deputies exist.
"""

from collections.abc import Callable, Collection
from dataclasses import InitVar, dataclass
from datetime import datetime
from typing import Final

import msgspec

from sync.errors import BadInput, NotUnderstood
from sync.feed.contents import (
    Listed,
    check_entry,
    check_notice,
    newest_first,
    notice_bytes,
    read_village,
)
from sync.feed.layout import Entry, FeedFiles, Index
from sync.feed.proof import SealHolder, Versions, prove
from sync.notices import BlobRef, Village

__all__ = [
    "SealHolder",
    "SetAside",
    "VerifiedFeed",
    "VerifiedIndex",
    "VerifiedPosting",
    "Versions",
    "open_feed",
    "verify",
]

_PASSED: Final = object()  # only this module holds it, so only this module builds verified things


class SetAside(msgspec.Struct, frozen=True):
    """A sealed notice that cannot be shown, and why."""

    id: str
    revision: int
    sha256: str
    reason: str


@dataclass(frozen=True, slots=True)
class VerifiedIndex:
    """A board that both parties sealed. `issued` (UTC) is when the office last vouched for it."""

    index: Index
    files: FeedFiles
    versions: Versions
    holders: tuple[SealHolder, ...]
    issued: datetime
    passed: InitVar[object]

    def __post_init__(self, passed: object) -> None:
        _check_passed(passed)


@dataclass(frozen=True, slots=True)
class VerifiedPosting:
    """An entry and its notice's bytes; `data` is None where the caller already held them."""

    entry: Entry
    data: bytes | None


@dataclass(frozen=True, slots=True)
class VerifiedFeed:
    """All that a board says, oldest first, each notice in its latest revision.

    `superseded` are the entries, newest first, that later ones of the same id replace; both parties
    sealed them too.
    """

    board: VerifiedIndex
    village: Village
    postings: tuple[VerifiedPosting, ...]
    set_aside: tuple[SetAside, ...]
    superseded: tuple[Listed, ...]
    passed: InitVar[object]

    def __post_init__(self, passed: object) -> None:
        _check_passed(passed)


def verify(files: FeedFiles, anchor: bytes, shown: Versions | None = None) -> VerifiedIndex:
    """Prove that both parties sealed the index, from the anchor (a trusted root.json) down.

    `shown` is how new the feed was that was last shown; nothing may go back behind it.

    Raises:
        NotTrusted: the proof fails; OlderThanShown: it holds, for something older than `shown`.
        NotUnderstood: the index is sealed but cannot be read.
    """
    proof = prove(files, anchor, shown)
    return VerifiedIndex(proof.index, files, proof.versions, proof.holders, proof.issued, _PASSED)


def open_feed(
    board: VerifiedIndex,
    read: Callable[[BlobRef], bytes],
    *,
    held: Collection[str] = (),
    months: int = 24,
) -> VerifiedFeed:
    """Read all that a verified board names, at most `months` closed months back.

    `read` brings a blob; `held` are the SHA-256 of notices checked before, which are not read again.
    A notice that is sealed but cannot be shown is set aside, the rest goes on.

    Raises:
        NotTrusted: `read` brought other bytes than those sealed.
        NotUnderstood: the village's data or a closed month cannot be read.
        SourceUnavailable: `read` could not bring a file.
    """
    village = read_village(read, board.index.village)
    postings: list[VerifiedPosting] = []
    set_aside: list[SetAside] = []
    superseded: list[Listed] = []
    seen: set[str] = set()
    for listed in newest_first(board.index, read, months=months):
        entry = listed.entry
        if entry.id in seen:
            superseded.append(listed)
            continue
        seen.add(entry.id)
        try:
            postings.append(_posting(listed, read, held))
        except (BadInput, NotUnderstood) as error:
            set_aside.append(_set_aside(entry, error.bare))
    postings.reverse()
    return VerifiedFeed(
        board, village, tuple(postings), tuple(set_aside), tuple(superseded), _PASSED
    )


def _posting(
    listed: Listed, read: Callable[[BlobRef], bytes], held: Collection[str]
) -> VerifiedPosting:
    entry = listed.entry
    if entry.notice.sha256 in held:
        check_entry(entry)
        return VerifiedPosting(entry, None)
    data = notice_bytes(listed, read)
    check_notice(entry, data)
    return VerifiedPosting(entry, data)


def _set_aside(entry: Entry, reason: str) -> SetAside:
    return SetAside(
        _printable(entry.id, 64),
        entry.revision,
        _printable(entry.notice.sha256, 64),
        _printable(reason, 300),
    )


def _printable(text: str, limit: int) -> str:
    """Return the start of a text that may come from anywhere, fit for a screen and a log."""
    return "".join(each if each.isprintable() else "\ufffd" for each in text[:limit])


def _check_passed(passed: object) -> None:
    if passed is not _PASSED:
        raise TypeError("only the gate builds verified things")
