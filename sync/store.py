"""What the kiosk holds: the verified board and its notices.

Written by kiosk-sync alone, read by the screen. Only a `VerifiedFeed` gets in, in a single transaction
that writes what changed. How the attempts ended is `sync.diary`, what was sent
`sync.sent`, pictures and other files are
`sync.blobs`; what is on show at a given moment is decided by the screen's own rules.
"""

from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path

import msgspec

from sync.database import Unreadable, decoded, readable
from sync.diary import Diary
from sync.feed.gate import SealHolder, SetAside, VerifiedFeed, Versions
from sync.feed.layout import Entry, FeedFiles, Posting, decode_notice, is_acceptable, matches
from sync.notices import BlobRef, Notice, Village
from sync.records import Attempt, Held, Outcome, Progress, Summary
from sync.sent import Sent
from sync.shown import newest, read_shown, write_shown
from sync.switching import SINGLE_FILES, clear_board, set_state, write_feed

__all__ = ["Attempt", "Held", "Outcome", "Progress", "Store", "Summary"]


class Store(Diary, Sent):
    """The kiosk's database; `readonly` for the screen, which finds it empty until it is made."""

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        """Raises: CardFull: the database cannot be made or used."""
        super().__init__(path, readonly=readonly)
        self._decoded: dict[str, Notice] = {}

    def switch(self, feed: VerifiedFeed, at: datetime, *, files: Collection[BlobRef] = ()) -> None:
        """Put a verified feed in the place of the one that is held, all of it or nothing.

        `at` is UTC. `files` are the blobs that the board consists of besides its pictures.

        Raises:
            CardFull: it does not fit; what was held stays.
        """
        versions = newest(self.shown(), feed.board.versions) or feed.board.versions
        with self._transaction() as database:
            write_feed(database, feed, at, files)
            set_state(database, "shown", msgspec.json.encode(versions))
        self._protect()

    def take_down(self) -> None:
        """Show nothing: what is held cannot be proven. How new it was is remembered.

        Raises:
            CardFull: the card cannot be written.
        """
        with self._transaction() as database:
            clear_board(database)

    def shown(self) -> Versions | None:
        """Return how new the newest board ever held is, also when its files are lost."""
        return newest(self._state("shown", Versions), read_shown(self._path.parent))

    def held(self) -> Held | None:
        """Return the board that is held.

        Raises:
            Unreadable: the card has changed what is written about it; `files` may still prove it.
        """
        row = self._row("SELECT village, holders, issued, switched FROM board")
        versions = self.shown()
        if row is None or versions is None:
            return None
        return Held(
            files=self.files(),
            versions=versions,
            village=decoded(row[0], Village),
            holders=decoded(row[1], tuple[SealHolder, ...]),
            issued=_time(row[2]),
            switched=_time(row[3]),
        )

    def issued(self) -> datetime | None:
        """Return when (UTC) the board that is held was issued. Raises: Unreadable."""
        row = self._row("SELECT issued FROM board")
        return _time(row[0]) if row else None

    def files(self) -> FeedFiles:
        """Return the held board's metadata as it came; empty where there is none."""
        rows = self._rows("SELECT name, data FROM feed_files")
        kept = {name: data for name, data in rows if isinstance(data, bytes)}
        numbers = (name.removesuffix(".root") for name in kept if name.endswith(".root"))
        roots = sorted(int(number) for number in numbers if number.isdecimal())
        singles = {name: kept.get(name, b"") for name in SINGLE_FILES}
        return FeedFiles(roots=tuple(kept[f"{number}.root"] for number in roots), **singles)

    def pictures(self, sha256: str) -> tuple[BlobRef, ...]:
        """Return the files that a notice in the database shows."""
        row = self._row("SELECT pictures FROM notices WHERE sha256 = ?", sha256)
        return decoded(row[0], tuple[BlobRef, ...]) if row else ()

    def intact_notices(self) -> frozenset[str]:
        """Return the SHA-256 of every notice whose bytes in the database are what the name says."""
        rows = self._rows("SELECT sha256, data, pictures FROM notices")
        return frozenset(name for name, data, pictures in rows if _is_intact(name, data, pictures))

    def needed(self) -> tuple[BlobRef, ...]:
        """Return every file that the held board needs on the card."""
        rows = self._rows("SELECT sha256, length FROM needed ORDER BY sha256")
        return tuple(BlobRef(*row) for row in rows if is_acceptable(BlobRef(*row)))

    def postings(self, *, since: date) -> tuple[Posting, ...]:
        """Return what was posted or sealed on or after `since`, newest first, withdrawn notices too."""
        rows = list(
            self._rows(
                "SELECT entry, sha256 FROM postings WHERE current = 1 AND max(posted, sealed) >= ?"
                " ORDER BY posted DESC, sealed DESC, id DESC",
                since.isoformat(),
            )
        )
        found = [self._posting(entry, sha256) for entry, sha256 in rows]
        # Notices are decoded once: the screen asks after every change, of which few touch a notice.
        self._decoded = {name: self._decoded[name] for _, name in rows if name in self._decoded}
        return tuple(posting for posting in found if posting is not None)

    def posting(self, id: str) -> Posting | None:  # noqa: A002 - the notice's own name for it
        """Return a notice of the board by its id, in its latest revision."""
        row = self._row("SELECT entry, sha256 FROM postings WHERE id = ? AND current = 1", id)
        return self._posting(*row) if row else None

    def notice_bytes(self, ref: BlobRef) -> bytes | None:
        """Return a notice's bytes, of an earlier revision too; None where they aren't what `ref` names."""
        row = self._row("SELECT data FROM notices WHERE sha256 = ?", ref.sha256)
        if row is None or not (isinstance(row[0], bytes) and matches(row[0], ref)):
            return None
        return row[0]

    def revisions(self, id: str) -> tuple[Posting, ...]:  # noqa: A002
        """Return every revision of a notice that this kiosk has shown, newest first."""
        rows = self._rows(
            "SELECT entry, sha256 FROM postings WHERE id = ? ORDER BY revision DESC", id
        )
        found = [self._posting(*row) for row in rows]
        return tuple(posting for posting in found if posting is not None)

    def archive(
        self, *, category: str | None, before: date, offset: int, limit: int
    ) -> tuple[Summary, ...]:
        """Return one page of what was posted before a day, newest first."""
        rows = self._rows(
            "SELECT p.entry, n.title, n.initials, n.urgent FROM postings p"
            " JOIN notices n USING (sha256)"
            " WHERE p.current = 1 AND p.posted < ? AND (? IS NULL OR p.category = ?)"
            " ORDER BY p.posted DESC, p.sealed DESC, p.id DESC LIMIT ? OFFSET ?",
            before.isoformat(), category, category, limit, offset,
        )  # fmt: skip
        return tuple(_summary(*row) for row in rows)

    def set_asides(self) -> tuple[SetAside, ...]:
        """Return the sealed notices that cannot be shown."""
        rows = self._rows("SELECT id, revision, sha256, reason FROM set_asides")
        return tuple(SetAside(*row) for row in rows)

    def _protect(self) -> None:
        """Keep `shown` in a file of its own, which outlives a damaged database."""
        versions = self.shown()
        if versions is not None and versions != read_shown(self._path.parent):
            write_shown(self._path.parent, versions)

    def _posting(self, entry: bytes, sha256: str) -> Posting | None:
        """Return a posting; None where the card has changed its entry or the notice's bytes."""
        listed = readable(entry, Entry)
        if listed is None:
            return None
        if sha256 not in self._decoded:
            data = self.notice_bytes(listed.notice)
            if data is None:
                return None
            self._decoded[sha256] = decode_notice(data)
        return Posting(listed, self._decoded[sha256])


def _is_intact(sha256: str, data: object, pictures: object) -> bool:
    if readable(pictures, tuple[BlobRef, ...]) is None:
        return False
    return isinstance(data, bytes) and matches(data, BlobRef(sha256, len(data)))


def _time(text: object) -> datetime:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError as error:
        raise Unreadable("the kiosk's card has changed a time that was written on it") from error


def _summary(entry: bytes, title: str, initials: str, urgent: int) -> Summary:
    listed = decoded(entry, Entry)
    return Summary(
        id=listed.id,
        revision=listed.revision,
        category=listed.category,
        title=title,
        initials=initials,
        posted=listed.posted,
        sealed=listed.sealed,
        urgent=bool(urgent),
        withdrawn=listed.withdrawn is not None,
    )
