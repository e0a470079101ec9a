"""Big archives within a second or two: the office's own months, closed page by page, sealed once.

For benchmarks and tests that need a village with a past. The keys are those of `tests.support.office`.
"""

from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from sync.clock import CHINA
from sync.feed import seal
from sync.feed.layout import FeedFiles, Index, decode_index, encode, ref_of
from sync.feed.writing import write_feed
from sync.notices import BlobRef, Notice, Village
from sync.office.boards import Change, Put, next_board
from tests.support.office import START, VILLAGE, Signers, _session_signers, notice


class ArchiveInMemory:
    """A village that has published `count` notices, `per_month` each month up to now.

    `publish` puts more on the board with both seals, as the office does; `now` goes on by a minute.
    """

    def __init__(
        self,
        count: int,
        *,
        per_month: int = 20,
        village: Village = VILLAGE,
        signers: Signers | None = None,
        now: datetime = START,
    ) -> None:
        self.signers = signers or _session_signers()
        self.village = village
        self.now = now
        self.blobs: dict[str, bytes] = {}
        self._feed = seal.new_root(self.signers.ring, self.signers.guardians, now)
        self._index: Index | None = None
        self._grow(count, per_month)

    @property
    def anchor(self) -> bytes:
        """Return the first root, as it is built into the kiosks."""
        return self._feed.roots[0]

    @property
    def index(self) -> Index:
        """Return the board that hangs."""
        assert self._index is not None
        return self._index

    def files(self) -> FeedFiles:
        """Return the feed's metadata as last published."""
        return self._feed

    def read(self, ref: BlobRef) -> bytes:
        """Bring a blob, as `open_feed` asks for it."""
        return self.blobs[ref.sha256]

    def publish(self, *notices: Notice) -> FeedFiles:
        """Put notices on the board with both seals."""
        self._hang([Put(each) for each in notices], self.now)
        self._seal()
        return self._feed

    def write_to(self, folder: Path) -> None:
        """Write the feed as a static server or a stick holds it: no file that it doesn't need."""
        write_feed(folder, self._feed, {ref_of(data): data for data in self.blobs.values()})

    def _grow(self, count: int, per_month: int) -> None:
        starts = range(0, max(count, 1), per_month)
        months = [_months_before(self.now, len(starts) - 1 - step) for step in range(len(starts))]
        for start, moment in zip(starts, months, strict=True):
            day = moment.astimezone(CHINA).date()
            numbers = range(start, min(start + per_month, count))
            self._hang(
                [Put(notice(f"第{n + 1}号公示", id=f"a-{n + 1}", posted=day)) for n in numbers],
                moment,
            )
        # Only the last board is sealed: nobody ever fetched the ones before.
        self._index = msgspec.structs.replace(self.index, number=1)
        self._seal()

    def _hang(self, changes: list[Change], issued: datetime) -> None:
        board = next_board(self._index, self.read, self.village, changes, issued=issued)
        before = self._index.entries if self._index is not None else ()
        self._index = decode_index(board.index)
        self.blobs |= {ref.sha256: data for ref, data in board.files.items()}
        for entry in set(before) - set(self._index.entries):
            self.blobs.pop(entry.notice.sha256, None)

    def _seal(self) -> None:
        proposed = seal.propose(self._feed, self.index, self.now)
        for signer in (self.signers.committee_seal, self.signers.supervisor_seal):
            proposed = seal.sign(proposed, signer)
        self._feed = seal.finish(
            self._feed, proposed, encode(self.index), self.signers.online, self.now
        )
        self.now += timedelta(minutes=1)


def _months_before(moment: datetime, months: int) -> datetime:
    years, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    return moment.replace(year=years, month=month + 1, day=min(moment.day, 28))
