"""The kiosk's own key: made once, on the kiosk, and never leaving it.

It says which kiosk wrote a day of evidence, nothing about notices; those are under the two seals.
The village's data names the public keys that belong to it (`sync.notices.KioskKey`).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sync.feed.durable import write_file

if TYPE_CHECKING:  # the window opens while the recorder's thread imports it
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FILE: Final = "kiosk-key.pem"


@dataclass(frozen=True, slots=True)
class OwnKey:
    """An Ed25519 key; `made` says that it was made just now."""

    private: "Ed25519PrivateKey"
    made: bool = False

    @property
    def public(self) -> bytes:
        """The public key (32 bytes)."""
        return self.private.public_key().public_bytes_raw()

    def sign(self, data: bytes) -> str:
        """Return the signature over `data`, lower-case hex."""
        return self.private.sign(data).hex()


def own_key(folder: Path) -> OwnKey:
    """Return the key in `folder`, making it the first time.

    One that can't be read is kept beside the new one.

    Raises:
        OfficeError: the card can't be written.
        OSError: or read.
    """
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

    path = folder / FILE
    if path.exists():
        if found := _read(path):
            return OwnKey(found)
        path.replace(free_name(path))
    made = Ed25519PrivateKey.generate()
    pem = made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    write_file(path, pem, mode=0o600)
    return OwnKey(made, made=True)


def held_key(folder: Path) -> OwnKey | None:
    """Return the key in `folder`, None where there is none; makes none. Raises: OSError."""
    path = folder / FILE
    found = _read(path) if path.exists() else None
    return OwnKey(found) if found else None


def free_name(path: Path) -> Path:
    """Return a name beside `path` for what is damaged and has to be kept."""
    number = 1
    while (name := Path(f"{path}.damaged-{number}")).exists():
        number += 1
    return name


def _read(path: Path) -> "Ed25519PrivateKey | None":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    try:
        found = load_pem_private_key(path.read_bytes(), password=None)
    except ValueError:
        return None
    return found if isinstance(found, Ed25519PrivateKey) else None
