"""How new the newest board was that this kiosk showed: a small file beside the database.

It outlives a damaged database, so that an old stick can never bring back what was replaced since.
"""

from pathlib import Path
from typing import Final

import msgspec

from sync.errors import CardFull, OfficeError
from sync.feed.durable import write_file
from sync.feed.gate import Versions

NAME: Final = "shown.json"


def read_shown(folder: Path) -> Versions | None:
    """Return what the file says, None where there is none or it is damaged."""
    try:
        return msgspec.json.decode((folder / NAME).read_bytes(), type=Versions)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def write_shown(folder: Path, versions: Versions) -> None:
    """Write the file durably. Raises: CardFull: it cannot be written."""
    try:
        write_file(folder / NAME, msgspec.json.encode(versions))
    except OfficeError as error:
        raise CardFull("the kiosk's card cannot be written") from error


def newest(first: Versions | None, second: Versions | None) -> Versions | None:
    """Return the newer of two memories of the same kiosk, field by field.

    After a new root the online key may count from a lower number again (that is how a stolen one is
    overcome), so the higher root speaks alone.
    """
    if first is None or second is None:
        return first or second
    if first.root != second.root:
        return max(first, second, key=lambda versions: versions.root)
    pairs = zip(msgspec.structs.astuple(first), msgspec.structs.astuple(second), strict=True)
    return Versions(*(max(pair) for pair in pairs))
