"""From the board that hangs to the one that will: changes, and months closed into pages.

Pure: bytes by content come in through `read`, new files go out as bytes. Who may change what is
`sync.office.drafts`, what a seal holder is shown `sync.office.difference`, signing `sync.feed.seal`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import msgspec

from sync.clock import CHINA
from sync.errors import BadInput
from sync.feed.contents import Listed, Read, newest_first
from sync.feed.layout import (
    FORMAT,
    INDEX_LIMIT,
    PAGE_LIMIT,
    Entry,
    Index,
    Page,
    PageEntry,
    PageRef,
    Posting,
    Withdrawal,
    decode_notice,
    decode_page,
    encode,
    ref_of,
)
from sync.notices import BlobRef, Notice, Village, blobs_of
from sync.reading import read_banner

ALL_MONTHS: Final = 12 * 400  # months of archive that are read back: all there can be


@dataclass(frozen=True, slots=True)
class Put:
    """A notice's new revision goes on the board."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class TakeBack:
    """A notice that hangs is taken back; `encoded` is its last revision, byte for byte."""

    entry: Entry
    encoded: bytes
    reason: str


Change = Put | TakeBack


@dataclass(frozen=True, slots=True)
class NewBoard:
    """A board to be sealed: the index's bytes and the files it needs that it brings itself."""

    index: bytes
    files: Mapping[BlobRef, bytes]

    def over(self, read: Read) -> Read:
        """Return how to read this board: its own files, and from `read` what hangs already."""
        return lambda ref: self.files[ref] if ref in self.files else read(ref)


def month_of(day: date) -> str:
    """Return the month as YYYY-MM, as pages are named."""
    return f"{day:%Y-%m}"


def find(index: Index | None, read: Read, notice_id: str) -> tuple[Entry, bytes] | None:
    """Return what the board says last of a notice, with the notice's bytes; None if it never hung."""
    return next(_entries_of(index, read, notice_id), None)


def revisions(index: Index | None, read: Read, notice_id: str) -> tuple[Posting, ...]:
    """Return every entry the chain holds of a notice, oldest first."""
    found = [
        Posting(entry, decode_notice(encoded))
        for entry, encoded in _entries_of(index, read, notice_id)
    ]
    return tuple(reversed(found))


def standing(index: Index | None, read: Read) -> dict[str, Entry]:
    """Return the last entry of every notice that ever hung, newest first."""
    last: dict[str, Entry] = {}
    if index is not None:
        for listed in newest_first(index, read, months=ALL_MONTHS):
            last.setdefault(listed.entry.id, listed.entry)
    return last


def files_of(index: Index, read: Read) -> Iterator[BlobRef]:
    """Yield every blob that the board needs, archive and pictures included; some more than once."""
    yield index.village
    ref = index.previous
    while ref is not None:
        yield ref.page
        ref = decode_page(read(ref.page)).previous
    for listed in newest_first(index, read, months=ALL_MONTHS):
        if listed.inline is None:
            yield listed.entry.notice
        yield from blobs_of(decode_notice(_bytes_of(listed, read)))


def next_board(
    old: Index | None, read: Read, village: Village, changes: Sequence[Change], *, issued: datetime
) -> NewBoard:
    """Return the board after `changes`, with the months before `issued` closed.

    The same arguments always give the same bytes: whoever seals second builds it again and compares.

    Raises:
        BadInput: `issued` (UTC) lies before the board that hangs, or the month has grown too large.
    """
    today = issued.astimezone(CHINA).date()
    if old is not None and issued <= old.issued:
        raise BadInput(
            f"这台电脑的时间 {issued.astimezone(CHINA):%Y-%m-%d %H:%M} 早于上一次公开"
            f" {old.issued.astimezone(CHINA):%Y-%m-%d %H:%M}"
            " (this computer's clock is behind the last publication)",
            advice="请先校正电脑的日期和时间。Set the computer's date and time, then try again.",
        )
    kept, previous, files = _close_months(old, read, month_of(today))
    encoded_village = encode(village)
    files[ref_of(encoded_village)] = encoded_village
    new = []
    for change in changes:
        entry, encoded = _entry(change, today)
        files[entry.notice] = encoded
        new.append(entry)
    index = Index(
        format=FORMAT,
        number=1 if old is None else old.number + 1,
        issued=issued,
        village=ref_of(encoded_village),
        entries=(*kept, *new),
        previous=previous,
    )
    encoded_index = encode(index)
    _check_room(index, encoded_index)
    return NewBoard(encoded_index, files)


def _entries_of(index: Index | None, read: Read, notice_id: str) -> Iterator[tuple[Entry, bytes]]:
    if index is not None:
        for listed in newest_first(index, read, months=ALL_MONTHS):
            if listed.entry.id == notice_id:
                yield listed.entry, _bytes_of(listed, read)


def _bytes_of(listed: Listed, read: Read) -> bytes:
    return read(listed.entry.notice) if listed.inline is None else listed.inline


def _entry(change: Change, today: date) -> tuple[Entry, bytes]:
    if isinstance(change, TakeBack):
        said = f"这条公示已于{today.month}月{today.day}日撤回，不再有效。撤回原因：{change.reason}"
        withdrawn = Withdrawal(reason=change.reason, on=today, reading=read_banner(said))
        entry = msgspec.structs.replace(change.entry, sealed=today, withdrawn=withdrawn)
        return entry, change.encoded
    notice = change.notice
    encoded = encode(notice)
    return (
        Entry(
            id=notice.id,
            revision=notice.revision,
            category=notice.category,
            posted=notice.posted,
            sealed=today,
            notice=ref_of(encoded),
        ),
        encoded,
    )


def _close_months(
    old: Index | None, read: Read, month: str
) -> tuple[tuple[Entry, ...], PageRef | None, dict[BlobRef, bytes]]:
    if old is None:
        return (), None, {}
    previous, files = old.previous, {}
    past = sorted({month_of(entry.sealed) for entry in old.entries} - {month})
    for each in past:
        closing = [entry for entry in old.entries if month_of(entry.sealed) == each]
        encoded = encode(
            Page(
                format=FORMAT,
                month=each,
                entries=tuple(PageEntry(e, msgspec.Raw(read(e.notice))) for e in closing),
                previous=previous,
            )
        )
        previous = PageRef(month=each, page=ref_of(encoded))
        files[previous.page] = encoded
    kept = tuple(entry for entry in old.entries if month_of(entry.sealed) == month)
    return kept, previous, files


def _check_room(index: Index, encoded: bytes) -> None:
    """Keep the month small enough to be closed: a page holds all its notices inline."""
    page = len(encoded) + sum(entry.notice.length for entry in index.entries)
    if len(encoded) > INDEX_LIMIT or page > PAGE_LIMIT:
        raise BadInput(
            f"本月公示的内容太多：{page:,} 字节，最多 {PAGE_LIMIT:,} (too much for one month)",
            advice="请把不急的公示留到下个月。Leave what is not urgent for next month.",
        )
