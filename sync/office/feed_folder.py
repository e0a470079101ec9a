"""The office's feed/ folder: what hangs, and putting the next board there whole or not at all.

A publication is first written down in sealing/publishing.json and then carried out file by file; after
a power cut the next program carries it out again. The folder only grows, so a kiosk in the middle of
a sync never loses a file. Building and signing are its neighbours.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from sync.errors import NotTrusted, NotUnderstood, OfficeError, SourceUnavailable
from sync.feed.durable import failure, sync_folder, write_file
from sync.feed.gate import verify
from sync.feed.layout import FeedFiles, Index, blob_path, decode_village, matches
from sync.feed.writing import read_feed, write_feed
from sync.notices import BlobRef, Village
from sync.office.boards import files_of
from sync.office.verdict import in_office_words

_JOURNAL: Final = "publishing.json"
MEND: Final = "请从备份恢复办公文件夹。Restore the office folder from its backup."


class FeedFolder:
    """The published feed in `folder`, and in `work` the publication under way."""

    def __init__(self, folder: Path, work: Path) -> None:
        self.folder = folder
        self._work = work

    def current(self) -> FeedFiles:
        """Return what hangs, proved as a kiosk proves it.

        Raises:
            OfficeError: the folder is damaged or was tampered with.
        """
        try:
            files = read_feed(self.folder)
            if files is not None and files.timestamp:
                verify(files, files.roots[0])
        except (NotTrusted, NotUnderstood, SourceUnavailable) as error:
            raise OfficeError(
                f"feed 文件夹损坏或被改动：{in_office_words(error)}"
                f" (the feed folder is damaged or was changed: {error})",
                advice=MEND,
            ) from error
        if files is not None and len(files.roots) != self._last_root():
            raise OfficeError("feed 文件夹里少了 root.json (a root file is lost)", advice=MEND)
        if files is None:
            raise OfficeError("feed 文件夹是空的 (the feed folder is empty)", advice=MEND)
        return files

    def check(self, index: Index) -> None:
        """Prove that every file of the board is there and unchanged.

        Raises:
            OfficeError: one is lost or was changed; the message names it.
        """
        for ref in set(files_of(index, self.read)):
            self.read(ref)

    def read(self, ref: BlobRef) -> bytes:
        """Return a published blob.

        Raises:
            OfficeError: it is lost or was changed.
        """
        try:
            data = (self.folder / blob_path(ref)).read_bytes()
        except OSError as error:
            raise OfficeError(
                f"feed 文件夹里少了文件 {ref.sha256[:12]} (a published file is lost)", advice=MEND
            ) from error
        if not matches(data, ref):
            raise OfficeError(
                f"feed 文件夹里的文件 {ref.sha256[:12]} 被改动 (a published file was changed)",
                advice=MEND,
            )
        return data

    def village_of(self, index: Index | None) -> Village | None:
        """Return the village's data as published with `index`."""
        return None if index is None else decode_village(self.read(index.village))

    def _last_root(self) -> int:
        """Return the number of the newest root file; the first is 1 and none may be missing."""
        names = (self.folder / "metadata").glob("*.root.json")
        numbers = (path.name.partition(".")[0] for path in names)
        return max((int(number) for number in numbers if number.isdecimal()), default=0)

    def publish(self, files: FeedFiles, blobs: Mapping[BlobRef, bytes]) -> None:
        """Put a board up: its blobs first, then all or nothing.

        Raises:
            OfficeError: no room, or the disk refuses; what hung before still hangs.
        """
        for ref, data in blobs.items():
            path = self.folder / blob_path(ref)
            if not path.is_file() or not matches(path.read_bytes(), ref):
                write_file(path, data)
        write_file(self._work / _JOURNAL, msgspec.json.encode(files))
        self.resume()

    def resume(self) -> None:
        """Carry out a publication that was written down, if there is one.

        Raises:
            OfficeError: no room, or the disk refuses.
        """
        journal = self._work / _JOURNAL
        try:
            files = msgspec.json.decode(journal.read_bytes(), type=FeedFiles)
        except FileNotFoundError:
            return
        except (OSError, msgspec.DecodeError) as error:
            raise OfficeError(
                f"{_JOURNAL} 读不了 (cannot be read: {error})", advice=MEND
            ) from error
        write_feed(self.folder, files, {})
        try:
            journal.unlink()
            sync_folder(self._work)
        except OSError as error:
            raise failure(journal, error) from error
