"""Reading the kiosk's card and proving again what is on it, in a thread of its own.

Everything that is shown has passed the gate since this program started; a notice whose bytes or
entry the two seals don't cover never leaves this module. It is imported in that thread: the window
opens meanwhile.
"""

import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from kiosk.archive import find_past, summaries
from kiosk.board import local_day
from kiosk.holdings import Holdings
from kiosk.present.status import Storage
from kiosk.search import Past
from sync.blobs import Blobs
from sync.duties import Record
from sync.errors import SourceUnavailable, SunboardError
from sync.feed.contents import Listed, check_notice, read_village
from sync.feed.gate import VerifiedIndex, Versions, open_feed, verify
from sync.feed.layout import Entry, FeedFiles, Posting, encode, matches
from sync.feed.published import published
from sync.notices import BlobRef, Notice, Village
from sync.store import Store

_log = logging.getLogger(__name__)

DATABASE: Final = "sunboard.db"
HALF_A_YEAR: Final = timedelta(days=190)  # months of accounts, and the quarter before a duty's day
ATTEMPTS: Final = 12  # on the status page
EARLIER: Final = 60  # corrected notices that can be compared with what they correct
GLANCE: Final = 8  # notices that are enough for the first picture


@dataclass(frozen=True, slots=True)
class _Proof:
    files: FeedFiles
    board: VerifiedIndex
    village: Village
    entries: frozenset[Entry]
    superseded: dict[tuple[str, int], Listed]


class Card:
    """Reads a kiosk's data folder; used by one thread."""

    def __init__(self, data: Path, anchor: bytes) -> None:
        self._data = data
        self._anchor = anchor
        self._store = Store(data / DATABASE, readonly=True)
        self._blobs = Blobs(data)
        self._proof: _Proof | None = None
        self._read: dict[BlobRef, Notice | None] = {}
        self._archive: tuple[VerifiedIndex, tuple[Past, ...]] | None = None
        self._record: tuple[VerifiedIndex, Record] | None = None

    def close(self) -> None:
        """Close the database."""
        self._store.close()

    def changed(self) -> bool:
        """Tell whether there is anything new to read. Raises: SunboardError."""
        return self._store.changed()

    def glance(self) -> Holdings | None:
        """Prove and read only the newest notices, for the first picture; None if that says little.

        Raises: SunboardError: the card can't be read.
        """
        files, shown = self._store.files(), self._store.shown()
        if shown is None or not files.timestamp:
            return None
        try:
            board = verify(files, self._anchor, shown)
            village = read_village(self._blob, board.index.village)
        except SunboardError:
            return None  # `read` says why
        newest = sorted(board.index.entries, key=lambda entry: entry.posted)[-GLANCE:]
        found = (self._store.posting(entry.id) for entry in newest)
        postings = tuple(
            one for one in found
            if one and one.entry in newest and matches(encode(one.notice), one.entry.notice)
        )  # fmt: skip
        if not postings:
            return None
        return replace(
            _proved(board, village),
            postings=postings,
            proven_time=self._store.proven_time(),
            chip_proof=self._store.chip_proof(),
        )

    def read(self) -> Holdings:
        """Read everything and prove it. Raises: SunboardError: the card can't be read."""
        files, shown = self._store.files(), self._store.shown()
        common = Holdings(
            loaded=True,
            proven_time=self._store.proven_time(),
            chip_proof=self._store.chip_proof(),
            attempts=self._store.attempts(ATTEMPTS),
            progress=self._store.progress(),
            storage=self._storage(),
            archive=self._archive[1] if self._archive else (),
            outgoing=self._store.outgoing(),
        )
        if shown is None or not files.timestamp:
            return common
        try:
            proof = self._prove(files, shown)
        except SunboardError as error:
            _log.error("what is on the card is not shown: %s", error.bare)  # expected kind
            return replace(common, refused=error.bare)
        # Counted from the sealed issue: a kiosk's own clock may be years ahead.
        issued = local_day(proof.board.issued)
        listed = self._store.postings(since=issued - _held(proof.village))
        latest = tuple(one for one in listed if one.entry in proof.entries)
        postings = (*latest, *self._still_up(proof, latest, issued))
        return replace(
            _proved(proof.board, proof.village),
            postings=postings,
            earlier=self._earlier(proof, postings),
            set_aside=self._store.set_asides(),
            proven_time=common.proven_time,
            chip_proof=common.chip_proof,
            attempts=common.attempts,
            progress=common.progress,
            storage=common.storage,
            archive=common.archive,
            outgoing=common.outgoing,
            record=self._record[1] if self._record and self._record[0] is proof.board else None,
        )

    def archive(self) -> tuple[Past, ...] | None:
        """Read the titles of every closed month; None if none are new since the last time.

        Raises: SunboardError: the card can't be read.
        """
        board = self._proof.board if self._proof else None
        if board is None or (self._archive and self._archive[0] is board):
            return None
        self._archive = (board, summaries(board.index, self._blob, self._store.posting))
        return self._archive[1]

    def record(self) -> Record | None:
        """Read when everything of the board that was last read was published, None if there is none.

        Raises: SunboardError: the card can't be read.
        """
        board = self._proof.board if self._proof else None
        if board is not None and (self._record is None or self._record[0] is not board):
            until = local_day(board.issued)
            self._record = (board, published(board.index, self._held, until))
        return self._record[1] if self._record and board else None

    def _held(self, ref: BlobRef) -> bytes:
        return self._store.notice_bytes(ref) or self._blob(ref)

    def past(self, notice: str) -> Posting | None:
        """Read one notice of the archive in its latest revision; None where the card hasn't got it.

        Raises: SunboardError: the card can't be read.
        """
        if self._proof is None:
            return None
        listed = find_past(self._proof.board.index, self._blob, notice)
        if listed is None or listed.entry.withdrawn:
            return None
        data = listed.inline or self._store.notice_bytes(listed.entry.notice)
        data = data or self._blobs.read(listed.entry.notice)
        if data is None or not matches(data, listed.entry.notice):
            return None
        return Posting(listed.entry, check_notice(listed.entry, data))

    def _prove(self, files: FeedFiles, versions: Versions) -> _Proof:
        if self._proof is None or self._proof.files != files:
            self._read.clear()
            index = verify(files, self._anchor, versions)
            held = _held(read_village(self._blob, index.index.village))
            months = held.days // 28 + 2
            feed = open_feed(index, self._blob, held=self._store.intact_notices(), months=months)
            entries = frozenset(posting.entry for posting in feed.postings)
            superseded = {
                (one.entry.id, one.entry.revision): one for one in reversed(feed.superseded)
            }
            self._proof = _Proof(files, index, feed.village, entries, superseded)
        return self._proof

    def _still_up(
        self, proof: _Proof, latest: tuple[Posting, ...], issued: date
    ) -> Iterator[Posting]:
        """Yield what corrections that are dated after `issued` correct: it hangs till their day."""
        for one in latest:
            waiting = one
            while waiting.entry.posted > issued and not waiting.entry.withdrawn:
                corrects = waiting.notice.corrects
                key = (one.entry.id, corrects.revision) if corrects else ("", 0)
                before = proof.superseded.get(key)
                notice = self._notice(before) if before else None
                if before is None or notice is None:
                    break
                waiting = Posting(before.entry, notice)
                yield waiting

    def _earlier(self, proof: _Proof, postings: tuple[Posting, ...]) -> tuple[Notice, ...]:
        """Return the revisions that `postings` correct: sealed as they are, and still on the card."""
        corrects = [one.notice.corrects for one in postings]
        wanted = [
            proof.superseded.get((one.notice.id, earlier.revision))
            for one, earlier in zip(postings, corrects, strict=True)
            if earlier
        ]
        listed = [one for one in wanted if one][:EARLIER]
        return tuple(notice for one in listed if (notice := self._notice(one)))

    def _notice(self, listed: Listed) -> Notice | None:
        ref = listed.entry.notice
        if ref not in self._read:
            data = listed.inline or self._store.notice_bytes(ref) or self._blobs.read(ref)
            try:
                fit = data is not None and matches(data, ref)
                self._read[ref] = check_notice(listed.entry, data) if data and fit else None
            except SunboardError as error:
                _log.warning("an earlier revision can't be shown: %s", error.bare)
                self._read[ref] = None
        return self._read[ref]

    def _storage(self) -> Storage | None:
        try:
            room = shutil.disk_usage(self._data)
        except OSError:
            return None
        return Storage(room.free, room.total, sum(ref.length for ref in self._store.needed()))

    def _blob(self, ref: BlobRef) -> bytes:
        data = self._blobs.read(ref)
        if data is None:
            raise SourceUnavailable(f"a file of the board is missing on the card: {ref.sha256}")
        return data


def _held(village: Village) -> timedelta:
    """Return how far back notices are read: as long as one may hang, and half a year to compare."""
    return max(HALF_A_YEAR, timedelta(days=village.term.maximum_days + 1))


def _proved(board: VerifiedIndex, village: Village) -> Holdings:
    """Return what the seals themselves say; the database's copies of it prove nothing."""
    return Holdings(
        loaded=True,
        village=village,
        sealed_by=frozenset(holder.party for holder in board.holders),
        versions=board.versions,
        issued=board.issued,
        sealed=board.index.issued,
    )
