"""A kiosk that signs days and writes them on sticks, with real keys; or a crook with its key."""

import shutil
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.carrying import write_out
from sync.notices import KioskKey
from sync.outbox import Outbox, Sender
from sync.signed_days import KIND, Day, SignedDay, root_of

FIRST = date(2026, 11, 1)


@dataclass
class SigningKiosk:
    """A kiosk's outbox in `folder`; `salt` makes another history of the same key."""

    folder: Path
    id: str = "square-1"
    name: str = "村口"
    village: str = "qingshi"
    private: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @property
    def key(self) -> KioskKey:
        """What the village would vouch for."""
        return KioskKey(self.id, self.name, self.public.hex())

    @property
    def public(self) -> bytes:
        """The public key."""
        return self.private.public_key().public_bytes_raw()

    def days(self, number: int, *, salt: str = "", begun: date = FIRST) -> list[Day]:
        """Return what a log that begins on `begun` comes to on so many days."""
        found, before, first = list[Day](), root_of(self.public).hex(), 1
        for count in range(number):
            on = begun + timedelta(days=count)
            head = root_of(f"{salt}{on}".encode()).hex()
            at = datetime(on.year, on.month, on.day, 16, tzinfo=UTC)
            found.append(Day(self.id, self.village, on, first, first + 99, before, head, at))
            before, first = head, first + 100
        return found

    def sign(self, day: Day) -> bytes:
        """Return a day as it is signed."""
        data = msgspec.json.encode(day)
        return msgspec.json.encode(SignedDay(data, self.private.sign(data).hex()))

    def write_on(self, stick: Path, days: list[Day]) -> Path:
        """Write days onto a stick as the kiosk does, in the place of what it wrote before."""
        shutil.rmtree(self.folder, ignore_errors=True)
        outbox = Outbox(self.folder)
        outbox.introduce(Sender(self.village, self.id, self.name, self.public.hex()))
        for day in days:
            outbox.put(KIND, self.sign(day))
        stick.mkdir(parents=True, exist_ok=True)
        write_out(outbox, stick, room=lambda _: 1 << 30)
        return stick
