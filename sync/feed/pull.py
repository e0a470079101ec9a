"""One pull from one source: fetch, judge, fetch what the board names, switch in one step.

Until the switch nothing that people see has changed, so a pull may end anywhere: a cut line, a pulled
stick, a full card or power gone leave yesterday's board. Which source when is `sync.agent`'s.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sync.blobs import Blobs
from sync.clock import Moment
from sync.errors import CardFull, NotTrusted
from sync.feed.carrier import Carrier
from sync.feed.gate import VerifiedFeed, VerifiedIndex, VerifiedPosting, open_feed, verify
from sync.feed.layout import decode_notice, is_acceptable
from sync.feed.refresh import refresh
from sync.feed.source import Source
from sync.notices import NOTICE_LIMIT, BlobRef, blobs_of
from sync.records import Outcome, Progress
from sync.store import Store

logger = logging.getLogger(__name__)
ARCHIVE_MONTHS: Final = 24


@dataclass(frozen=True, slots=True)
class Card:
    """What the kiosk keeps, and whose board it is: the village's id and its trusted root.json."""

    store: Store
    blobs: Blobs
    village: str
    anchor: bytes
    months: int = ARCHIVE_MONTHS


@dataclass(frozen=True, slots=True)
class Pulled:
    """A pull that went well: NEW or SAME, the notices and bytes that came."""

    outcome: Outcome
    notices: int
    bytes: int


def pull(source: Source, card: Card, moment: Moment, tell: Callable[[Progress], None]) -> Pulled:
    """Bring the kiosk's board up to what `source` has.

    Raises:
        OlderThanShown: the source is behind the kiosk.
        SourceUnavailable, NotTrusted, NotUnderstood, CardFull: nothing was changed.
    """
    carrier = Carrier(source, card.blobs, tell)
    held = card.store.held()
    shown = card.store.shown()
    files = refresh(carrier, held.files if held else None, shown, card.anchor, moment)
    if held and files == held.files and _complete(card):
        return Pulled(Outcome.SAME, 0, carrier.bytes)
    board = verify(files, card.anchor, shown)
    feed = _opened(board, card, carrier)
    card.store.switch(feed, max(moment.time, board.issued), files=tuple(carrier.named.values()))
    _prune(card)
    came = sum(posting.data is not None for posting in feed.postings)
    newer = held is None or shown is None or board.versions.number > shown.number
    return Pulled(Outcome.NEW if newer else Outcome.SAME, came, carrier.bytes)


def _opened(board: VerifiedIndex, card: Card, carrier: Carrier) -> VerifiedFeed:
    """Bring and judge all that the board names; the notices held already aren't read again."""
    held = card.store.intact_notices()
    # The others are set aside by the gate, each by itself.
    named = (entry.notice for entry in board.index.entries)
    listed = [ref for ref in named if is_acceptable(ref) and ref.length <= NOTICE_LIMIT]
    carrier.expect(listed, notices=True)
    feed = open_feed(board, carrier.read, held=held, months=card.months)
    if feed.village.id != card.village:
        raise NotTrusted(f"this is the feed of {feed.village.id}, not of {card.village}")
    pictures = [picture for posting in feed.postings for picture in _pictures(posting, card.store)]
    carrier.expect(pictures)
    carrier.bring([*listed, *pictures])
    return feed


def _pictures(posting: VerifiedPosting, store: Store) -> tuple[BlobRef, ...]:
    if posting.data is None:
        return store.pictures(posting.entry.notice.sha256)
    return blobs_of(decode_notice(posting.data))


def _complete(card: Card) -> bool:
    return all(card.blobs.has(ref) for ref in card.store.needed())


def _prune(card: Card) -> None:
    try:
        card.blobs.prune({ref.sha256 for ref in card.store.needed()})
    except CardFull as error:
        logger.warning("old files stay on the card: %s", error)
