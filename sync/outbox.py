"""What the kiosk has to send to the office: it waits as files, however often the power goes.

    <data>/outbox/kiosk.json         who sends
    <data>/outbox/<kind>.<SHA-256>   one entry; never changed, named by its content

The program that makes an entry puts it here, and nobody else writes: putting it twice is putting it
once. What became of it kiosk-sync remembers (`sync.sent`); it goes by `sync.delivery` or on a stick
(`sync.carrying`), to a reader who knows it again by its hash.
"""

import contextlib
import hashlib
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import msgspec

from sync.errors import CardFull
from sync.feed.durable import write_file
from sync.notices import ID_PATTERN

FOLDER: Final = "outbox"
SENDER: Final = "kiosk.json"
LIMIT: Final = 64 << 10  # bytes of one entry; a signed day has 700
MOST: Final = 20_000  # entries: a day of evidence each, that is fifty years
_NAME: Final = re.compile(r"([a-z][a-z-]{0,31})\.([0-9a-f]{64})")
_Id = Annotated[str, msgspec.Meta(pattern=f"^{ID_PATTERN.pattern}$")]


class Sender(msgspec.Struct, frozen=True):
    """The kiosk that sends, and its public key (Ed25519, 64 hex digits)."""

    village: _Id
    id: _Id
    name: str
    key: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry by its name; `id` is the SHA-256 of its content, `made_at` UTC by the kiosk's clock."""

    kind: str
    id: str
    made_at: datetime


class Entry(msgspec.Struct, frozen=True):
    """What is sent; `made_at` is UTC by the kiosk's clock."""

    kind: str
    made_at: datetime
    data: bytes

    @property
    def id(self) -> str:
        """The SHA-256 of the content, lower-case hex."""
        return hashlib.sha256(self.data).hexdigest()


class Outgoing(msgspec.Struct, frozen=True):
    """How sending goes, for the status page; times are UTC.

    `waiting` entries the office's server hasn't got, `trouble` says why the last attempt failed,
    `refused` why it takes some of them not. `sent` is when it last took one. `carried` is when all was
    last written onto a stick, `stick_trouble` why that failed the last time.
    """

    waiting: int = 0
    trouble: str = ""
    refused: tuple[str, ...] = ()
    sent: datetime | None = None
    carried: datetime | None = None
    stick_trouble: str = ""


class Outbox:
    """The folder; any program may read it, each entry is written by the one that makes it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, kind: str, data: bytes) -> str:
        """Keep an entry to be sent, and return its id. One that is there already stays as it is.

        Raises:
            CardFull: 20,000 wait already; nothing that waits is ever dropped for a newer one.
            OfficeError: the card can't be written.
            ValueError: no kind, or too long.
        """
        name = f"{kind}.{hashlib.sha256(data).hexdigest()}"
        if not _NAME.fullmatch(name) or len(data) > LIMIT:
            raise ValueError(f"no entry for the outbox: {kind}, {len(data)} bytes")
        path = self._folder / name
        with contextlib.suppress(FileNotFoundError):
            if path.read_bytes() == data:
                return name.rpartition(".")[2]
        if not path.exists() and self._count() >= MOST:
            raise CardFull(f"the outbox is full: {MOST:,} entries wait to be sent")
        write_file(path, data)
        return name.rpartition(".")[2]

    def _count(self) -> int:
        try:
            return len(os.listdir(self._folder))  # noqa: PTH208  # without an object for each
        except OSError:
            return 0

    def introduce(self, sender: Sender) -> None:
        """Say who sends. Raises: OfficeError: the card can't be written."""
        if sender != self.sender():
            write_file(self._folder / SENDER, msgspec.json.encode(sender))

    def sender(self) -> Sender | None:
        """Return who sends, None where nobody has said so yet."""
        try:
            return msgspec.json.decode((self._folder / SENDER).read_bytes(), type=Sender)
        except (OSError, ValueError):
            return None

    def waiting(self) -> tuple[Waiting, ...]:
        """Return every entry, oldest first. Raises: CardFull: the card can't be read."""
        found = []
        try:
            with os.scandir(self._folder) as entries:
                for entry in entries:
                    if name := _NAME.fullmatch(entry.name):
                        made = datetime.fromtimestamp(entry.stat().st_mtime, UTC)
                        found.append(Waiting(name[1], name[2], made))
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise CardFull(f"the outbox cannot be read: {error.strerror}") from error
        return tuple(sorted(found, key=lambda one: (one.made_at, one.id)))

    def read(self, waiting: Waiting) -> Entry | None:
        """Return an entry, None where it is gone or the card has changed it."""
        try:
            data = (self._folder / f"{waiting.kind}.{waiting.id}").read_bytes()
        except OSError:
            return None
        entry = Entry(waiting.kind, waiting.made_at, data)
        return entry if entry.id == waiting.id else None
