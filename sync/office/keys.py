"""The office's seven keys: their names, whose they are, and which file opens which.

    keys/<duty>.key     private, under its keeper's passphrase; may live on that keeper's own stick
    keys/<duty>.pub     public, stays in the office folder

A key that replaces another is called `<duty>-2`. What a key is worth is never told by its file's name
but by the feed's own metadata.
"""

from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Final

from sync.errors import BadInput, NotAllowed
from sync.feed.keyring import KeyRing
from sync.feed.keys import PublicKey, Signer, generate, load_public, load_signer, party_of
from sync.notices import Party
from sync.office.passphrases import COMMITTEE_ENVELOPE, OFFICE, SUPERVISOR_ENVELOPE, Ask

_NEEDED_GUARDIANS: Final = 3


class Duty(StrEnum):
    """A key's place in the feed; the value is its file's name."""

    COMMITTEE_ROOT_A = "committee-root-a"
    COMMITTEE_ROOT_B = "committee-root-b"
    SUPERVISOR_ROOT_A = "supervisor-root-a"
    SUPERVISOR_ROOT_B = "supervisor-root-b"
    COMMITTEE_SEAL = "committee-seal"
    SUPERVISOR_SEAL = "supervisor-seal"
    ONLINE = "online"

    @property
    def party(self) -> str:
        return OFFICE if self is Duty.ONLINE else self.value.split("-")[0]

    @property
    def keeper(self) -> str:
        """Whose passphrase it is under: its party's, or the one in its envelope."""
        envelopes = {
            Duty.COMMITTEE_ROOT_B: COMMITTEE_ENVELOPE,
            Duty.SUPERVISOR_ROOT_B: SUPERVISOR_ENVELOPE,
        }
        return envelopes.get(self, self.party)


ROOTS: Final = (
    Duty.COMMITTEE_ROOT_A,
    Duty.COMMITTEE_ROOT_B,
    Duty.SUPERVISOR_ROOT_A,
    Duty.SUPERVISOR_ROOT_B,
)
SEALS: Final = {Party.COMMITTEE: Duty.COMMITTEE_SEAL, Party.SUPERVISOR: Duty.SUPERVISOR_SEAL}


class Keys:
    """The key files at hand for one piece of work; a passphrase is asked once and then forgotten."""

    def __init__(self, folders: Sequence[Path], ask: Ask) -> None:
        self._folders = tuple(folders)
        self._ask = ask
        self._said: dict[str, str] = {}

    def make(self, duty: Duty, holder: str, passphrase: str) -> PublicKey:
        """Make a key in the first folder, under a name that is still free.

        Raises:
            BadInput: the holder or the passphrase is not acceptable.
            OfficeError: the folder cannot be written.
        """
        folder, name, number = self._folders[0], duty.value, 1
        while (folder / f"{name}.key").exists() or (folder / f"{name}.pub").exists():
            number += 1
            name = f"{duty.value}-{number}"
        self._said[name] = passphrase
        return generate(folder, name, party=duty.party, holder=holder, passphrase=passphrase)

    def signer(self, public: PublicKey, what: str) -> Signer:
        """Open the private half of a key.

        Raises:
            NotAllowed: its file isn't here; the message says whose it is.
            BadInput: the passphrase is wrong, or the file is damaged.
        """
        return self._open(self.here(public, what))

    def here(self, public: PublicKey, what: str) -> Path:
        """Return the private file of a key.

        Raises:
            NotAllowed: it isn't here; the message says whose it is.
        """
        path = self.file_of(public)
        if path is None:
            raise NotAllowed(
                f"找不到{what}的密钥文件 (the key file of {what} is not here)",
                advice="请把存密钥的 U 盘插上，用 --keys 指出它的文件夹。"
                "Plug in the stick with the key and name its folder with --keys.",
            )
        return path

    def guardians(self, ring: KeyRing) -> tuple[Signer, ...]:
        """Open every root key of the ring that is here.

        Raises:
            NotAllowed: fewer than three are here: neither party alone.
            BadInput: a wrong passphrase.
        """
        here = [key for key in ring.guardians if self.file_of(key) is not None]
        if len(here) < _NEEDED_GUARDIANS:
            raise NotAllowed(
                f"更换密钥要有 4 把根密钥中的 {_NEEDED_GUARDIANS} 把，只找到 {len(here)} 把"
                f" (three of the four root keys are needed, {len(here)} found)",
                advice="请两个委员会取来 U 盘和密封信封里的根密钥，用 --keys 指出文件夹。"
                "Fetch the root keys of both committees and name their folders with --keys.",
            )
        return tuple(self.signer(key, "根密钥 (root)") for key in here)

    def _open(self, path: Path) -> Signer:
        """Open a key's file; a keeper is asked once, unless two keys are under different passphrases."""
        keeper = _keeper(path)
        for known in (self._said.get(path.stem), self._said.get(keeper)):
            if known is not None:
                with suppress(BadInput):
                    return load_signer(path, known)
        said = self._ask(keeper)
        signer = load_signer(path, said)
        self._said[keeper] = said
        return signer

    def of_duty(self, ring: KeyRing, duty: Duty) -> PublicKey:
        """Return the key that has this duty now.

        Raises:
            NotAllowed: it can't be told from its party's other root key, as both .pub files are gone.
        """
        if duty is Duty.ONLINE:
            return ring.online
        if duty not in ROOTS:
            return next(key for key in ring.seals if party_of(key) == duty.party)
        own = [key for key in ring.guardians if party_of(key) == duty.party]
        names = {key.keyid: path.stem for key in own for path in self._public_files(key)}
        for key in own:
            if names.get(key.keyid, "").startswith(duty.value):
                return key
        left = [key for key in own if key.keyid not in names]
        if len(left) == 1:
            return left[0]
        raise NotAllowed(
            f"分不清哪一把是 {duty.value} (cannot tell which key that is)",
            advice="请用 --keys 指出 .pub 文件所在的文件夹。Name the folder of the .pub files.",
        )

    def file_of(self, public: PublicKey) -> Path | None:
        """Return the private file of a key, None if it isn't here."""
        files = (path.with_suffix(".key") for path in self._public_files(public))
        return next((path for path in files if path.is_file()), None)

    def _public_files(self, public: PublicKey) -> list[Path]:
        return [
            path
            for folder in self._folders
            for path in sorted(folder.glob("*.pub"))
            if _keyid(path) == public.keyid
        ]


def _keeper(path: Path) -> str:
    """Return whose passphrase to ask for; the file's name is a hint, the key itself the proof."""
    duty = next((duty for duty in Duty if path.stem.startswith(duty.value)), None)
    return duty.keeper if duty else party_of(load_public(path.with_suffix(".pub"))) or OFFICE


def _keyid(path: Path) -> str | None:
    """Return a public key file's id; a stick may hold other people's .pub files too."""
    try:
        return load_public(path).keyid
    except BadInput:
        return None


def replaced(ring: KeyRing, old: PublicKey, new: PublicKey) -> KeyRing:
    """Return the ring with one key in the place of another."""

    def swap(keys: tuple[PublicKey, ...]) -> tuple[PublicKey, ...]:
        return tuple(new if key.keyid == old.keyid else key for key in keys)

    online = new if ring.online.keyid == old.keyid else ring.online
    return KeyRing(swap(ring.guardians), swap(ring.seals), online)
