"""What a sealed board and its closed months say was published when: the record that duties are judged by.

Pure. The seals are taken for granted as in `sync.feed.contents`; the rule is `sync.duties`.
"""

from dataclasses import replace
from datetime import date
from typing import Final

import msgspec

from sync.duties import Publication, Record
from sync.errors import SunboardError
from sync.feed.contents import Listed, Read, newest_first, notice_bytes
from sync.feed.layout import Index
from sync.notices import Decision

ALL_MONTHS: Final = 1_200  # a century


class _Head(msgspec.Struct):
    """As much of a notice as the duties ask for."""

    period: tuple[date, date] | None = None
    decided: Decision | None = None
    urgent: bool = False


class _Past:
    """A notice walked back from its latest entry to the first."""

    def __init__(self, listed: Listed, head: _Head) -> None:
        entry = listed.entry
        self._fixed = False
        self.publication = Publication(
            entry.id, entry.category, max(entry.posted, entry.sealed), head.period,
            head.decided.on if head.decided else None, head.urgent,
            withdrawn=entry.withdrawn is not None,
        )  # fmt: skip

    def before(self, listed: Listed) -> None:
        """Take the entry before: the notice hung since then, unless it was taken back in between."""
        entry = listed.entry
        self._fixed = self._fixed or bool(entry.withdrawn and not self.publication.withdrawn)
        if not self._fixed:
            day = min(self.publication.day, max(entry.posted, entry.sealed))
            self.publication = replace(self.publication, day=day)


def published(index: Index, read: Read, until: date) -> Record:
    """Return what was published up to `until`, as far back as `read` brings the closed months.

    It begins with the first board ever, or with the oldest month that is there.
    """
    found: dict[str, _Past] = {}
    since = until
    try:
        for listed in newest_first(index, read, months=ALL_MONTHS):
            since = listed.entry.sealed
            if listed.entry.id in found:
                found[listed.entry.id].before(listed)
            else:
                found[listed.entry.id] = _Past(listed, _head(listed, read))
    except SunboardError:
        since = since.replace(day=1)
    return Record(since, until, tuple(one.publication for one in found.values()))


def _head(listed: Listed, read: Read) -> _Head:
    """Return a notice's head; one that can't be read is known by its entry alone."""
    try:
        return msgspec.json.decode(notice_bytes(listed, read), type=_Head)
    except (SunboardError, msgspec.DecodeError):
        return _Head()
