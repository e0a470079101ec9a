"""Founding an office: its folder, the seven keys, the first root. Made aside, then put in place whole."""

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sync.errors import BadInput
from sync.feed.durable import failure, make_folder, sync_folder, write_file
from sync.feed.keyring import KeyRing, new_root
from sync.feed.writing import write_feed
from sync.notices import Village
from sync.office.audit import clean_name, may_share_a_person
from sync.office.keys import ROOTS, SEALS, Duty, Keys
from sync.office.passphrases import NAMES, Ask, long_enough
from sync.office.village import checked, toml

SETTINGS: Final = "office.toml"
KEYS: Final = "keys"
DRAFTS: Final = "drafts"
SEALING: Final = "sealing"
FEED: Final = "feed"
ANCHOR: Final = "feed/metadata/1.root.json"


@dataclass(frozen=True, slots=True)
class Holders:
    """The persons who hold each party's keys; their names stand beside the seals on the screen."""

    committee: str
    supervisor: str
    office: str = "办公室"

    def of(self, duty: Duty) -> str:
        """Return who holds the key of this duty."""
        return str(getattr(self, duty.party))


def found(folder: Path, village: Village, holders: Holders, *, ask: Ask, now: datetime) -> None:
    """Make an office in `folder`, which must not exist or be empty.

    Raises:
        BadInput: the folder is in use, or a value cannot go on a board.
        OfficeError: the folder cannot be written; nothing is left half-done.
    """
    folder, village = folder.resolve(), checked(village)
    check_holders(holders)
    check_free(folder)
    said = {keeper: long_enough(ask(keeper)) for keeper in NAMES}
    try:
        make_folder(folder.parent)
        aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise failure(folder, error) from error
    try:
        _fill(aside, village, holders, said, now)
        check_free(folder)
        # rename(2) takes the place of an empty folder and of nothing else.
        aside.rename(folder)
        sync_folder(folder.parent)
    except OSError as error:
        raise failure(folder, error) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def check_holders(holders: Holders) -> None:
    """Raises: BadInput: a name cannot go on a board, or one person would hold both seals."""
    for name in (holders.committee, holders.supervisor, holders.office):
        clean_name(name, "持有人 holder")
    if may_share_a_person(holders.committee, holders.supervisor):
        raise BadInput(
            "两个委员会的印章不能由同一个人持有 (one person cannot hold both committees' seals)",
            advice="请两个委员会各指定一人。Let each committee name a person of its own.",
        )


def check_free(folder: Path) -> None:
    """Raises: BadInput: the folder is in use, or is none."""
    try:
        taken = any(folder.iterdir())
    except FileNotFoundError:
        return
    except OSError as error:
        raise BadInput(f"{folder} 不能用作办公文件夹 (cannot be the office folder)") from error
    if taken:
        raise BadInput(
            f"{folder} 里已有文件，不会覆盖 (the folder is not empty and is not overwritten)",
            advice="请换一个空文件夹。Choose an empty folder.",
        )


def _fill(
    folder: Path, village: Village, holders: Holders, said: dict[str, str], now: datetime
) -> None:
    folder.chmod(0o755)  # a web server reads feed/; the rest is the office's own
    for name in (KEYS, DRAFTS, SEALING):
        (folder / name).mkdir(mode=0o700)
    keys = Keys([folder / KEYS], said.__getitem__)
    made = {duty: keys.make(duty, holders.of(duty), said[duty.keeper]) for duty in Duty}
    ring = KeyRing(
        guardians=tuple(made[duty] for duty in ROOTS),
        seals=tuple(made[duty] for duty in SEALS.values()),
        online=made[Duty.ONLINE],
    )
    files = new_root(ring, keys.guardians(ring), now)
    write_feed(folder / FEED, files, {})
    write_file(folder / SETTINGS, toml(village).encode())
