"""The outbox on a stick: all that this kiosk has to send, for the office to take in by hand.

    <stick>/sunboard-kiosk/<kiosk id>/kiosk.json     who it is, with its public key (`sync.outbox.Sender`)
    <stick>/sunboard-kiosk/<kiosk id>/outbox.jsonl   an entry a line (`sync.outbox.Entry`), oldest first

Written on every stick that is the office's, whole each time and also what the network has taken: whichever
stick arrives, it tells everything. Nothing else on the stick is touched, nothing is ever removed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec

from sync.errors import BadInput, OfficeError, SourceUnavailable, reason_of
from sync.feed.durable import failure, read_back, sync_folder, write_file
from sync.feed.stick import FOLDER as FEED
from sync.notices import ID_PATTERN
from sync.outbox import LIMIT, MOST, SENDER, Entry, Outbox, Sender

FOLDER: Final = "sunboard-kiosk"
REPORT: Final = "sunboard-report"  # a folder that asks for the inspection pack
ENTRIES: Final = "outbox.jsonl"
_LINE_LIMIT: Final = 2 * LIMIT  # bytes: base64 takes 4/3
_FILE_LIMIT: Final = 64 << 20  # bytes
_KIOSKS: Final = 200  # looked for on one stick
_SPARE: Final = 256 << 10  # bytes for two folders and the file system's own needs
_ADVICE: Final = "请删掉 U 盘上不用的文件，或换一个。Free some space on the stick, or use another."


@dataclass(frozen=True, slots=True)
class Carried:
    """What a stick brings from one kiosk; `spoilt` lines couldn't be read."""

    sender: Sender
    entries: tuple[Entry, ...]
    spoilt: int


def is_ours(stick: Path) -> bool:
    """Tell whether a stick is one of the office's: strangers' sticks are not written on."""
    return any(_is_real_folder(stick / name) for name in (FEED, FOLDER, REPORT))


def write_out(outbox: Outbox, stick: Path, *, room: Callable[[Path], int]) -> int:
    """Write the outbox onto a stick and return how many entries that are; 0 before there is a key.

    `room` tells the free bytes at a path. A stick that is pulled keeps what it carried before.

    Raises: OfficeError: no room, write-protected, broken, or something stands in the way.
    """
    sender = outbox.sender()
    if sender is None:
        return 0
    folder = stick / FOLDER / sender.id
    lines = [msgspec.json.encode(entry) for entry in map(outbox.read, outbox.waiting()) if entry]
    files = {
        SENDER: msgspec.json.encode(sender),
        ENTRIES: b"".join(line + b"\n" for line in lines),
    }
    try:
        _check_way(stick / FOLDER, folder)
        _check_room(sum(map(len, files.values())) + _SPARE, room(stick))
        for name, data in files.items():
            _replace(folder / name, data)
        sync_folder(stick)
    except OSError as error:
        raise failure(folder, error) from error
    return len(lines)


def kiosks_on(stick: Path) -> tuple[str, ...]:
    """Return the ids of the kiosks that have written on a stick.

    Raises: BadInput: there is no such stick.
    """
    folder = stick / FOLDER
    if not _is_real_folder(folder):
        return ()
    try:
        # The pattern also passes over the ._* files that macOS leaves behind.
        names = (path.name for path in folder.iterdir() if ID_PATTERN.fullmatch(path.name))
        found = [name for name in islice(names, _KIOSKS) if _is_real_folder(folder / name)]
    except OSError as error:
        raise BadInput(f"U 盘读不了：{reason_of(error)} (the stick cannot be read)") from error
    return tuple(sorted(found))


def read_in(stick: Path, kiosk: str) -> Carried:
    """Return what a stick brings from one kiosk.

    Raises: SourceUnavailable: it can't be read, or isn't what a kiosk writes.
    """
    folder = stick / FOLDER / kiosk
    try:
        sender = msgspec.json.decode(_read(folder / SENDER, _LINE_LIMIT), type=Sender)
    except ValueError as error:
        raise SourceUnavailable(f"{kiosk}/{SENDER} is damaged: {error}") from error
    if sender.id != kiosk:
        raise SourceUnavailable(f"{kiosk}/{SENDER} belongs to another kiosk: {sender.id}")
    read = list(islice(_entries(_read(folder / ENTRIES, _FILE_LIMIT)), MOST))
    entries = tuple(one for one in read if one)
    return Carried(sender, entries, len(read) - len(entries))


def _check_way(*folders: Path) -> None:
    for each in folders:
        if each.is_symlink() or (each.exists() and not each.is_dir()):
            raise OfficeError(f"U 盘上的 {each.name} 不是文件夹 (is no folder)", advice=_ADVICE)


def _check_room(needed: int, free: int) -> None:
    if needed > free:
        raise OfficeError(
            f"U 盘空间不够：需要 {needed // 1000} kB，只有 {free // 1000} kB (no room on the stick)",
            advice=_ADVICE,
        )


def _replace(path: Path, data: bytes) -> None:
    """Write a file and read it back from the medium; one that says the same already is left alone."""
    if path.is_file() and not path.is_symlink() and read_back(path, len(data)) == data:
        return
    # One fixed name: what a pulled stick left of it is taken away by the next time.
    write_file(path, data, partial=path.with_name(f"{path.name}.part"))
    if read_back(path, len(data)) != data:
        raise OfficeError(
            f"写入后读回来不一样：{path.name} (reads back differently)",
            advice="换一个 U 盘。Use another stick.",
        )


def _entries(data: bytes) -> Iterator[Entry | None]:
    for line in filter(None, data.split(b"\n")):
        try:
            yield msgspec.json.decode(line, type=Entry) if len(line) <= _LINE_LIMIT else None
        except ValueError:
            yield None


def _read(path: Path, limit: int) -> bytes:
    try:
        if path.is_symlink() or not path.is_file():
            raise SourceUnavailable(f"{path.parent.name}/{path.name} is missing")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise SourceUnavailable(f"{path.name} cannot be read: {error.strerror}") from error
    if len(data) > limit:
        raise SourceUnavailable(f"{path.parent.name}/{path.name} is too long")
    return data


def _is_real_folder(folder: Path) -> bool:
    try:
        return folder.is_dir() and not folder.is_symlink()
    except OSError:
        return False
