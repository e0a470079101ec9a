"""The kiosks' signed days as the office keeps them, so that a log can't be written anew unseen.

    <office>/evidence/<kiosk id>/<public key>.jsonl    a `sync.signed_days.SignedDay` a line, as it arrived

Lines are only added, two accounts of one day both stay. What the days come to is `sync.signed_days`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sync.errors import OfficeError, reason_of
from sync.feed.durable import write_file
from sync.notices import KioskKey
from sync.outbox import Entry
from sync.signed_days import KIND, Continuity, Day, Gap, continuity_of, verified

FOLDER: Final = "evidence"
_TOLD: Final = 5  # gaps and days named in words


@dataclass(frozen=True, slots=True)
class Known:
    """How far a kiosk's evidence is known; `damaged` lines of its file are no longer as they arrived."""

    kiosk: KioskKey
    continuity: Continuity
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """What was added: `new` days; `refused` entries were not signed by this kiosk for this village."""

    new: int
    refused: int


class Evidence:
    """The folder."""

    def __init__(self, office: Path) -> None:
        self._folder = office / FOLDER

    def take(self, kiosk: KioskKey, village: str, entries: Iterable[Entry]) -> Taken:
        """Keep the signed days among `entries`; what is no day is left alone.

        Raises: OfficeError: the folder can't be read or written.
        """
        path, public = self._path(kiosk), bytes.fromhex(kiosk.key)
        data = _read(path)
        known = set(data.split(b"\n"))
        new, refused = list[bytes](), 0
        for entry in entries:
            if entry.kind != KIND or entry.data in known:
                continue
            day = verified(entry.data, public)
            if day is None or (day.kiosk, day.village) != (kiosk.id, village):
                refused += 1
                continue
            known.add(entry.data)
            new.append(entry.data)
        if new:
            if data and not data.endswith(b"\n"):
                data += b"\n"
            write_file(path, data + b"".join(line + b"\n" for line in new))
        return Taken(len(new), refused)

    def known(self, kiosk: KioskKey) -> Known:
        """Return how far a kiosk's evidence is known. Raises: OfficeError: it can't be read."""
        public = bytes.fromhex(kiosk.key)
        lines = [line for line in _read(self._path(kiosk)).split(b"\n") if line]
        days = [verified(line, public) for line in lines]
        whole: list[Day] = [day for day in days if day]
        return Known(kiosk, continuity_of(whole, public), len(days) - len(whole))

    def _path(self, kiosk: KioskKey) -> Path:
        return self._folder / kiosk.id / f"{kiosk.key}.jsonl"


def in_words(known: Known) -> tuple[str, ...]:
    """Return how far a kiosk's evidence is known; the worst first."""
    kiosk, found = known.kiosk, known.continuity
    name = f"公示屏 {kiosk.name}（{kiosk.id}）"
    lines = [
        f"！！{name} {day} 有两份不同的展示记录：有人改写过它的记录"
        " (two accounts of this day: somebody has rewritten the kiosk's log)"
        for day in found.contradicted[:_TOLD]
    ]
    if known.damaged:
        lines.append(
            f"！！{name} 的记录文件里有 {known.damaged} 行坏了或被改过"
            " (lines of the office's own file are damaged: restore the backup)"
        )
    if found.until is None:
        return (*lines, f"{name}：还没有收到过展示记录 (no evidence has arrived yet)")
    whole = "" if found.gaps or lines else "，前后都接得上 (nothing is missing)"
    lines.append(f"{name}：展示记录 {found.since} 到 {found.until}，{found.days} 天{whole}")
    lines += [f"  缺 {_gap(gap)}" for gap in found.gaps[:_TOLD]]
    lines += [
        f"  {day} 记录重新开始过，原因在检查包里 (the log was begun anew; the pack says why)"
        for day in found.begun_anew[:_TOLD]
    ]
    return tuple(lines)


def _gap(gap: Gap) -> str:
    since = f"{gap.since} 以后、" if gap.since else ""
    return f"{since}{gap.until} 以前的记录，{gap.rows} 行 (missing)"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise OfficeError(f"{path.name} 读不了：{reason_of(error)} (cannot be read)") from error
