"""Carrying one feed's files from a source to the card, and counting as they come.

Files are taken up again where the line broke, within an attempt and in the next one. Nothing here is
trusted: a blob is kept only when it is what its name says, metadata goes to `sync.feed.refresh`.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Final

from sync.blobs import Blobs
from sync.errors import NotTrusted, SourceUnavailable
from sync.feed.layout import blob_path, matches
from sync.feed.source import Reading, Source, whole
from sync.notices import BlobRef
from sync.records import Progress

logger = logging.getLogger(__name__)
_TRIES: Final = 20  # per file and attempt, as long as every try brings something


class Carrier:
    """One attempt's way between a source and the card; `tell` hears of every chunk that comes."""

    def __init__(self, source: Source, blobs: Blobs, tell: Callable[[Progress], None]) -> None:
        self._source = source
        self._blobs = blobs
        self._tell = tell
        self._notices: set[str] = set()
        self._notices_done = 0
        self._expected: set[str] = set()
        self._expected_bytes = 0
        self.named: dict[str, BlobRef] = {}
        self.bytes = 0

    def metadata(self, path: str, limit: int) -> bytes:
        """Return a small file as it is now. Raises: FileMissing, SourceUnavailable."""
        data = self._source.read(path, limit)
        self._count(len(data))
        return data

    def immutable(self, path: str, ref: BlobRef) -> bytes:
        """Return a file that is known by its content but isn't kept on the card.

        Raises:
            SourceUnavailable: it cannot be read, or broke off.
            NotTrusted: it is something else.
        """
        with self._source.stream(path, ref.length) as reading:
            data = whole(reading, ref.length, path)
        self._count(len(data))
        if len(data) < ref.length:
            raise SourceUnavailable(f"{path} broke off at {len(data):,} of {ref.length:,} bytes")
        if not matches(data, ref):
            raise NotTrusted(f"{path} is not what was sealed")
        return data

    def expect(self, refs: Iterable[BlobRef], *, notices: bool = False) -> None:
        """Announce blobs that the board names, and make sure that they fit.

        Raises:
            CardFull: they do not.
        """
        coming = 0
        for ref in refs:
            self.named[ref.sha256] = ref
            if ref.sha256 in self._expected or self._blobs.has(ref):
                continue
            self._expected.add(ref.sha256)
            coming += ref.length
            if notices:
                self._notices.add(ref.sha256)
        if coming:
            self._expected_bytes += coming
            self._blobs.check_room(coming)

    def read(self, ref: BlobRef) -> bytes:
        """Return a blob from the card, bringing it first where it is missing or damaged.

        Raises:
            SourceUnavailable, NotTrusted, CardFull, NotUnderstood: it cannot be brought.
        """
        self.expect([ref])
        data = self._blobs.read(ref)
        if data is None:
            self._bring(ref)
            data = self._blobs.read(ref)
        if data is None:
            raise SourceUnavailable(f"the file {ref.sha256[:12]}… cannot be read back")
        return data

    def bring(self, refs: Iterable[BlobRef]) -> None:
        """Put blobs on the card that are not there. Raises: as `read`."""
        for ref in refs:
            if not self._blobs.has(ref):
                self._bring(ref)

    def _bring(self, ref: BlobRef) -> None:
        path = blob_path(ref)
        for _ in range(_TRIES):
            begun = self._blobs.begun(ref)
            try:
                with self._source.stream(path, ref.length, begun) as reading:
                    self._blobs.keep(ref, self._counted(reading), reading.start)
            except SourceUnavailable as error:
                if self._blobs.begun(ref) <= begun:
                    raise
                logger.debug("%s: going on with %s after: %s", self._source.name, path, error)
            except NotTrusted:
                # What an earlier attempt left may be what is wrong: once more from the beginning.
                if not begun:
                    raise
            else:
                self._notices_done += ref.sha256 in self._notices
                return
        raise SourceUnavailable(f"{path} broke off {_TRIES} times")

    def _counted(self, reading: Reading) -> Iterable[bytes]:
        for chunk in reading.chunks:
            self._count(len(chunk))
            yield chunk

    def _count(self, size: int) -> None:
        self.bytes += size
        self._tell(
            Progress(
                source=self._source.name,
                notices=self._notices_done,
                notices_all=len(self._notices),
                bytes=min(self.bytes, self._expected_bytes),
                bytes_all=self._expected_bytes,
            )
        )
