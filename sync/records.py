"""What kiosk-sync writes down for people and for the screen: attempts, progress, what is held.

Values only; `sync.store` keeps them.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Final

import msgspec

from sync.feed.gate import SealHolder, Versions
from sync.feed.layout import FeedFiles
from sync.notices import Village

CARD: Final = "card"  # the source's name in attempts that tell of the kiosk's own card


class Outcome(StrEnum):
    """The one honest end of an attempt to sync."""

    NEW = "new"
    SAME = "same"
    OLDER = "older"
    UNAVAILABLE = "unavailable"
    NOT_TRUSTED = "not-trusted"
    NOT_UNDERSTOOD = "not-understood"
    CARD_FULL = "card-full"


class Attempt(msgspec.Struct, frozen=True):
    """One attempt at one source; `notices` and `bytes` are what it brought.

    `at` is UTC; where it isn't `timed`, no trusted clock said so, and it only can't have been before.
    """

    at: datetime
    source: str
    outcome: Outcome
    detail: str
    advice: str
    notices: int
    bytes: int
    timed: bool = True


class Progress(msgspec.Struct, frozen=True):
    """How far the sync that is under way has come; the totals grow as closed months are opened.

    `giving` says that the notices are taken, and the kiosk writes on the stick now.
    """

    source: str
    notices: int
    notices_all: int
    bytes: int
    bytes_all: int
    giving: bool = False


class Summary(msgspec.Struct, frozen=True):
    """A line of the archive."""

    id: str
    revision: int
    category: str
    title: str
    initials: str
    posted: date
    sealed: date
    urgent: bool
    withdrawn: bool


class Held(msgspec.Struct, frozen=True):
    """The board that is held: as it came, how new, whose, by whom, vouched for when (UTC)."""

    files: FeedFiles
    versions: Versions
    village: Village
    holders: tuple[SealHolder, ...]
    issued: datetime
    switched: datetime
