"""What was shown, as it was last known, in a small file beside the log: for the moment at each start
before the log has been read, and for a log that can't be.

Without it the board could only guess: take down too early, or bring back what was over. Nobody is
asked to believe it: as soon as the log has been read, that is what counts.
"""

import hashlib
import logging
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from kiosk.evidence.account import Account
from sync.errors import OfficeError
from sync.feed.durable import write_file

FILE: Final = "shown.json"
_DIGITS: Final = 64  # of the SHA-256 before the data: a card that rots must not take a notice down
_log = logging.getLogger(__name__)


class _Shown(msgspec.Struct, frozen=True):
    judged: date | None
    since: date
    days: tuple[tuple[str, int, frozenset[date]], ...]


def remember(folder: Path, account: Account) -> None:
    """Keep what was shown; where the card can't be written, the older memory stays."""
    days = tuple((*key, found) for key, found in account.days.items())
    data = msgspec.json.encode(_Shown(account.judged, account.since, days))
    try:
        write_file(folder / FILE, _sealed(data))
    except OfficeError as error:
        _log.warning("what was shown can't be remembered: %s", error)


def remembered(folder: Path) -> Account:
    """Return what was last kept; nothing, by which nothing comes down early, where there is none."""
    try:
        found = (folder / FILE).read_bytes()
        data = found[_DIGITS:]
        if found != _sealed(data):
            return Account()
        kept = msgspec.json.decode(data, type=_Shown)
    except (OSError, ValueError):
        return Account()
    days: Mapping[tuple[str, int], frozenset[date]] = {
        (notice, revision): days for notice, revision, days in kept.days
    }
    return Account(judged=kept.judged, days=days, since=kept.since)


def _sealed(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode() + data
