"""Enrolling a kiosk: its public key comes on a stick, and people compare it before it is vouched for.

Nobody can tell from a stick who wrote on it. The same twenty digits stand on the kiosk's status page;
whoever stands before it reads them out. Then the key goes into office.toml, and under both seals.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import msgspec

from sync.carrying import Carried, kiosks_on, read_in
from sync.errors import BadInput, SourceUnavailable
from sync.notices import KioskKey, Village
from sync.office import terms
from sync.office.village import parse
from sync.settings import is_shown
from sync.signed_days import fingerprint


class Standing(StrEnum):
    """How a kiosk on a stick stands to the village."""

    NEW = "new"
    ENROLLED = "enrolled"
    OTHER_KEY = "other-key"  # enrolled under another one
    FOREIGN = "foreign"  # another village's


@dataclass(frozen=True, slots=True)
class Arrival:
    """A kiosk on a stick: what it brings, and the key that its days are judged by."""

    carried: Carried
    standing: Standing
    kiosk: KioskKey

    @property
    def digits(self) -> str:
        """The twenty digits of the key on the stick."""
        return fingerprint(bytes.fromhex(self.carried.sender.key))


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A kiosk's folder that can't be used, and why."""

    kiosk: str
    why: str


def arrivals_on(stick: Path, village: Village) -> tuple[Arrival | Unreadable, ...]:
    """Return what every kiosk has written on a stick.

    Raises: BadInput: there is no such stick, or no kiosk has written on it.
    """
    if not stick.is_dir():
        raise BadInput(f"没有找到 U 盘 {stick} (there is no such stick)")
    found = tuple(_arrival(stick, kiosk, village) for kiosk in kiosks_on(stick))
    if not found:
        raise BadInput(
            "U 盘上没有公示屏写的东西 (no kiosk has written on this stick)",
            advice="先把 U 盘插到公示屏上，等屏上说可以拔了再拿来。"
            "Put it into the kiosk first, and wait till the screen says that it may be taken out.",
        )
    return found


def with_kiosk(data: bytes, kiosk: KioskKey) -> bytes:
    """Return an office.toml with one kiosk more at its end, and all else as people wrote it.

    Raises: BadInput: the file or the kiosk can't be accepted.
    """
    before = parse(data)
    end = b"\r\n" if b"\r\n" in data else b"\n"
    lines = [line.encode() for line in terms.kiosk_lines(kiosk)]
    made = data + (b"" if data.endswith(b"\n") else end) + end.join([*lines, b""])
    try:
        after = parse(made)
    except BadInput as error:
        raise BadInput(
            f"登记不到 office.toml 里：{error} (cannot be added)",
            advice="office.toml 里如果有 kiosks = [] 这样的一行，请删掉再试。"
            "If there is a line such as kiosks = [], delete it and try again.",
        ) from error
    if after != msgspec.structs.replace(before, kiosks=(*before.kiosks, kiosk)):
        raise BadInput("登记不到 office.toml 的末尾 (cannot be added at its end)")
    return made


def _arrival(stick: Path, name: str, village: Village) -> Arrival | Unreadable:
    try:
        carried = read_in(stick, name)
    except SourceUnavailable as error:
        return Unreadable(name, str(error))
    sender = carried.sender
    if not is_shown(sender.name) or len(sender.name) > 40:
        return Unreadable(name, "its name cannot be shown")
    told = KioskKey(sender.id, sender.name, sender.key)
    if sender.village != village.id:
        return Arrival(carried, Standing.FOREIGN, told)
    known = next((one for one in village.kiosks if one.id == sender.id), None)
    if known is None:
        return Arrival(carried, Standing.NEW, told)
    same = known.key == sender.key
    return Arrival(carried, Standing.ENROLLED if same else Standing.OTHER_KEY, known)
