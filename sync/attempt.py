"""One attempt to sync, with one honest outcome that people can read afterwards.

Holds the kiosk's lock while it works, so that an import and the polling never meet. When the next
attempt comes is `sync.agent`'s; what a pull does is `sync.feed.pull`.
"""

import contextlib
import fcntl
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sync import timepiece
from sync.clock import ChipProof, Moment, Proved, Reading, Watch, chip_proof, look
from sync.database import Unreadable
from sync.errors import (
    CardFull,
    NotTrusted,
    NotUnderstood,
    OlderThanShown,
    SourceUnavailable,
    SyncError,
)
from sync.feed.gate import open_feed, verify
from sync.feed.pull import Card, pull
from sync.feed.source import Source
from sync.notices import BlobRef
from sync.records import CARD, Attempt, Outcome, Progress

logger = logging.getLogger(__name__)
LOCK: Final = "sync.lock"
_DETAIL_LIMIT: Final = 400  # characters
_LOOK_AGAIN: Final = 0.2  # seconds between two looks at a lock that another program holds
_PROGRESS_EVERY: Final = 1.0  # seconds: each time is a write to the card
_PROVEN_EVERY: Final = timedelta(hours=6)  # how often the time is written down
_SHARPER: Final = 600.0  # seconds by which a chip's proof must be better to be written down
_OUTCOMES: Final[tuple[tuple[type[SyncError], Outcome], ...]] = (
    (OlderThanShown, Outcome.OLDER),
    (SourceUnavailable, Outcome.UNAVAILABLE),
    (NotTrusted, Outcome.NOT_TRUSTED),
    (NotUnderstood, Outcome.NOT_UNDERSTOOD),
    (CardFull, Outcome.CARD_FULL),
)


class Attempts:
    """Makes attempts for one card and writes down how they ended; `beat` hears that work goes on.

    `giving` says that the source is a stick that has to stay in: the kiosk will write on it.
    """

    def __init__(
        self,
        card: Card,
        data: Path,
        *,
        read_clocks: Callable[[], Reading] = timepiece.read,
        stop: threading.Event | None = None,
        beat: Callable[[], None] = lambda: None,
        giving: bool = False,
    ) -> None:
        self._card = card
        self._giving = giving
        self._lock = data / LOCK
        self._read_clocks = read_clocks
        self._watch: Watch | None = None
        self._stop = stop or threading.Event()
        self._beat = beat

    def moment(self) -> Moment:
        """Return the time to judge by: never behind what is proven."""
        self._watch = look(self._watch, self._read_clocks(), self._proved())
        return self._watch.moment

    def keep_watch(self) -> None:
        """Look at the clock between attempts, and write down what that proves or refutes."""
        try:
            self._note_time(self.moment())
        except SyncError as error:
            logger.debug("the clock's watch waits: %s", error)

    def sync(self, source: Source) -> Attempt:
        """Pull from `source` and write down how it ended. The lock must be held."""
        moment = self.moment()
        try:
            pulled = pull(source, self._card, moment, self._progress())
            # What came may have proven a later time.
            moment = self.moment()
            attempt = Attempt(
                moment.time, source.name, pulled.outcome, "", "", pulled.notices, pulled.bytes,
                moment.trusted,
            )  # fmt: skip
        except SyncError as error:
            attempt = _failed(moment, source.name, error)
        finally:
            # Kept open until the next poll, a connection would be found dead by then.
            source.close()
        self._write_down(attempt, moment)
        return attempt

    def refuse(self, source: str, error: SyncError) -> Attempt:
        """Write down that there was nothing to pull from, and why."""
        moment = self.moment()
        attempt = _failed(moment, source, error)
        self._write_down(attempt, moment)
        return attempt

    def check(self) -> Attempt | None:
        """Prove what is on the card, bit by bit; damage is written down and mended by the next sync.

        Returns None when all is well. The lock must be held.
        """
        try:
            # A sync that was killed could not say that it was over.
            self._card.store.set_progress(None)
            found = self._damage()
        except (NotTrusted, Unreadable) as error:
            self._card.store.take_down()
            found = (
                f"what is on the card cannot be proven any longer ({error.bare}); it was taken down"
            )
        except SyncError as error:
            found = f"what is on the card cannot be read ({error.bare})"
        if not found:
            return None
        moment = self.moment()
        advice = "Nothing needs doing: the next sync mends it. If it comes again, replace the card."
        attempt = Attempt(
            moment.time, CARD, Outcome.UNAVAILABLE, found, advice, 0, 0, moment.trusted
        )
        self._write_down(attempt, moment)
        return attempt

    @contextmanager
    def lock(self, patience: float) -> Iterator[bool]:
        """Keep other kiosk-syncs away; False when another one works for longer than `patience` s."""
        descriptor = os.open(self._lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            yield _locked(descriptor, self._stop, time.monotonic() + patience)
        finally:
            os.close(descriptor)

    def _damage(self) -> str:
        """Return what is damaged on the card, in words; mend what the card itself can mend."""
        store = self._card.store
        damaged = self._drop_damaged()
        files = store.files()
        if files.roots:
            board = verify(files, self._card.anchor, store.shown())
            with contextlib.suppress(SourceUnavailable):
                intact = store.intact_notices()
                feed = open_feed(board, self._on_card, held=intact, months=self._card.months)
                store.switch(feed, self._switched(board.issued), files=store.needed())
            store.held()
        told = ["the database was damaged and begun anew"] if store.was_damaged else []
        if damaged:
            told.append(f"{damaged} damaged or missing files will be fetched again")
        return "; ".join(told)

    def _switched(self, otherwise: datetime) -> datetime:
        try:
            held = self._card.store.held()
        except Unreadable:
            held = None
        return held.switched if held else otherwise

    def _drop_damaged(self) -> int:
        damaged = 0
        for ref in self._card.store.needed():
            self._beat()
            if self._stop.is_set():
                break
            if not self._card.blobs.intact(ref):
                self._card.blobs.drop(ref)
                damaged += 1
        return damaged

    def _on_card(self, ref: BlobRef) -> bytes:
        data = self._card.blobs.read(ref)
        if data is None:
            raise SourceUnavailable(f"the file {ref.sha256[:12]}… is not on the card")
        return data

    def _progress(self) -> Callable[[Progress], None]:
        written = time.monotonic()

        def tell(progress: Progress) -> None:
            nonlocal written
            self._beat()
            if time.monotonic() - written >= _PROGRESS_EVERY:
                written = time.monotonic()
                self._card.store.set_progress(progress)

        return tell

    def _write_down(self, attempt: Attempt, moment: Moment) -> None:
        store = self._card.store
        try:
            # First: between the two, people would be told to take the stick out.
            store.set_progress(
                Progress(attempt.source, 0, 0, 0, 0, giving=True) if self._giving else None
            )
            store.record(attempt)
            self._note_time(moment)
        except CardFull as error:
            logger.warning("the outcome %s could not be written down: %s", attempt.outcome, error)

    def _proved(self) -> Proved:
        store = self._card.store
        return Proved(store.issued(), store.proven_time(), chip=store.chip_proof())

    def _note_time(self, moment: Moment) -> None:
        """Write down how late it is and what is known of the chip, if that is worth a write."""
        proved, store = self._proved(), self._card.store
        due = proved.shown is None or moment.time - proved.shown >= _PROVEN_EVERY
        if moment.trusted and due:
            store.set_proven_time(moment.time)
        if self._watch is None:
            return
        chip = chip_proof(self._watch, proved)
        if chip != proved.chip and (due or _is_news(proved.chip, chip)):
            store.set_chip_proof(chip)


def _is_news(known: ChipProof | None, found: ChipProof | None) -> bool:
    if known is None or found is None:
        return True
    return known.earliest(found.at) + timedelta(seconds=_SHARPER) < found.earliest(found.at)


def _failed(moment: Moment, source: str, error: SyncError) -> Attempt:
    outcome = next(outcome for kind, outcome in _OUTCOMES if isinstance(error, kind))
    # A hostile server's words may be in it: nothing that a terminal or a screen would obey.
    detail = "".join(char if char.isprintable() else "?" for char in error.bare)[:_DETAIL_LIMIT]
    return Attempt(moment.time, source, outcome, detail, error.advice, 0, 0, moment.trusted)


def _locked(descriptor: int, stop: threading.Event, until: float) -> bool:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until or stop.wait(_LOOK_AGAIN):
                return False
        else:
            return True
