"""What this kiosk holds and has proved: values only, so that the window can open before the proof.

`kiosk.card` reads them from the card; what of them is on show is `kiosk.board`.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.present.status import Storage
from kiosk.search import Past
from sync.clock import ChipProof
from sync.duties import Record
from sync.feed.layout import Posting
from sync.notices import Notice, Party, Village
from sync.outbox import Outgoing

if TYPE_CHECKING:  # these drag in the whole proof of signatures, half a second on a Pi
    from sync.feed.gate import SetAside, Versions
    from sync.records import Attempt, Progress


@dataclass(frozen=True, slots=True)
class Holdings:
    """A board that was proved, and how the attempts to renew it went. Times are UTC.

    `postings` are notices in their latest revision, and beside one that is dated after `issued` what
    it corrects. `earlier` are the revisions that notices on show correct, as far as the card has them, proved too.
    `archive` are the titles of everything that was ever sealed, newest first; it is read last,
    with the `record` of when they were published (None till then).
    `issued` is when the office last vouched for the board, `sealed` when both parties last sealed it.
    `refused` says why what is on the card can't be shown, or is empty. `loaded` is False until the
    card has been read for the first time. `outgoing` is how evidence leaves the kiosk.
    """

    village: Village | None = None
    postings: tuple[Posting, ...] = ()
    earlier: tuple[Notice, ...] = ()
    sealed_by: frozenset[Party] = frozenset()
    versions: "Versions | None" = None
    issued: datetime | None = None
    sealed: datetime | None = None
    proven_time: datetime | None = None
    chip_proof: ChipProof | None = None
    attempts: "tuple[Attempt, ...]" = ()
    progress: "Progress | None" = None
    set_aside: "tuple[SetAside, ...]" = ()
    archive: tuple[Past, ...] = ()
    record: Record | None = None
    refused: str = ""
    loaded: bool = False
    storage: Storage | None = None
    outgoing: Outgoing = field(default_factory=Outgoing)

    def corrected_by(self, notice: Notice) -> Notice | None:
        """Return the earlier revision that `notice` corrects, if it is held."""
        if notice.corrects is None:
            return None
        wanted = (notice.id, notice.corrects.revision)
        return next((one for one in self.earlier if (one.id, one.revision) == wanted), None)
