"""A board that one party has sealed and the other has not yet: sealing/proposal.json.

It keeps the exact bytes that were sealed. Whether they still fit the drafts is decided where the second
seal is asked for, by building the board again.
"""

from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from sync.errors import OfficeError, reason_of
from sync.feed.durable import failure, sync_folder, write_file
from sync.feed.layout import INDEX_LIMIT, METADATA_LIMIT
from sync.notices import Party

_NAME: Final = "proposal.json"
_LIMIT: Final = 2 * (INDEX_LIMIT + METADATA_LIMIT)  # bytes; base64 takes 4/3 of the content


class Proposal(msgspec.Struct, frozen=True):
    """`index` and `notices` are files of the feed; `sealed` (UTC) is when `by` sealed them."""

    by: Party
    sealed: datetime
    index: bytes
    notices: bytes


class ProposalFile:
    """The one proposal that may wait."""

    def __init__(self, work: Path) -> None:
        self._path = work / _NAME

    def get(self) -> Proposal | None:
        """Return what waits for the other seal; a damaged file is nothing: it is sealed again."""
        try:
            with self._path.open("rb") as file:
                data = file.read(_LIMIT + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise OfficeError(f"{_NAME} 读不了：{reason_of(error)} (cannot be read)") from error
        try:
            return msgspec.json.decode(data, type=Proposal) if len(data) <= _LIMIT else None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None

    def put(self, proposal: Proposal) -> None:
        """Raises: OfficeError: the disk refuses."""
        write_file(self._path, msgspec.json.encode(proposal))

    def drop(self) -> None:
        """Raises: OfficeError: the disk refuses."""
        try:
            self._path.unlink(missing_ok=True)
            if self._path.parent.is_dir():
                sync_folder(self._path.parent)
        except OSError as error:
            raise failure(self._path, error) from error
