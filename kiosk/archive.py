"""What was once on the board: the titles of every closed month on the card, under the same proof.

The months are a chain of hashes that the sealed index begins, so a title here is as sealed as one
that hangs. Only titles can be searched: personal data must not be found for ever (`kiosk.search`
searches both). One notice at a time can be read again, without what `kiosk.retention` keeps back.
"""

from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from kiosk.search import Past
from sync.errors import BadInput, SunboardError
from sync.feed.contents import Listed, Read, newest_first, notice_bytes
from sync.feed.layout import Entry, Index, Posting
from sync.notices import TITLE_BLOCK, TITLE_LIMIT, Sentence, clean_text

ALL_MONTHS: Final = 1_200  # a century


class _Head(msgspec.Struct, frozen=True):
    """As much of a notice as the archive says."""

    title: str
    initials: str
    reading: tuple[Sentence, ...]


def summaries(
    index: Index, read: Read, posting: Callable[[str], Posting | None]
) -> tuple[Past, ...]:
    """Return every notice that the sealed `index` leads to, in its latest revision, newest first.

    `read` brings a blob; `posting` a notice of the current month. What the card has lost is left out.
    """
    found: dict[str, Past | None] = {}
    for listed in _listed(index, read):
        if listed.entry.id not in found:
            found[listed.entry.id] = _summary(listed, read, posting)
    kept = [one for one in found.values() if one is not None]
    return tuple(sorted(kept, key=lambda one: one.posted, reverse=True))


def find_past(index: Index, read: Read, notice: str) -> Listed | None:
    """Return the latest entry of a notice that the sealed `index` leads to."""
    return next((one for one in _listed(index, read) if one.entry.id == notice), None)


def _listed(index: Index, read: Read) -> Iterator[Listed]:
    try:
        yield from newest_first(index, read, months=ALL_MONTHS)
    except SunboardError:
        return  # a month that the card doesn't hold: the archive ends there


def _summary(listed: Listed, read: Read, posting: Callable[[str], Posting | None]) -> Past | None:
    entry = listed.entry
    if listed.inline is None:
        held = posting(entry.id)
        if held is None or held.entry != entry:
            return None
        head = _Head(held.notice.title, held.notice.initials, held.notice.reading)
    else:
        try:
            head = msgspec.json.decode(notice_bytes(listed, read), type=_Head)
            _check(head)
        except (SunboardError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None  # set aside when it was new
    return _line(entry, head)


def _check(head: _Head) -> None:
    """Raises: BadInput: a title or its sound that the gate would not let through."""
    if len(head.title) > TITLE_LIMIT or clean_text(head.title, "title") != head.title:
        raise BadInput("the title can't be shown")
    if spoken := _spoken(head):
        clean_text(spoken.words + spoken.sounds, "reading")


def _spoken(head: _Head) -> Sentence | None:
    return next((one for one in head.reading if one.block == TITLE_BLOCK), None)


def _line(entry: Entry, head: _Head) -> Past:
    return Past(
        entry.id, entry.revision, entry.category, head.title, head.initials, entry.posted,
        withdrawn=entry.withdrawn is not None, spoken=_spoken(head),
    )  # fmt: skip
