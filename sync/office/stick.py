"""The published feed on a stick: the same files, room checked before, every byte read back after.

    <stick>/sunboard/<village id>/metadata/  targets/  blobs/

New files are written first and the timestamp last; what the board no longer needs goes only then, so a
stick pulled at any moment still carries a whole board or is taken for the older one.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sync.errors import BadInput, NotTrusted, NotUnderstood, OfficeError, SourceUnavailable
from sync.feed.contents import Read
from sync.feed.durable import failure, read_back, sync_folder, write_file
from sync.feed.layout import FeedFiles, blob_path, decode_index, matches
from sync.feed.stick import FOLDER
from sync.feed.writing import metadata_paths, read_feed, timestamp_version, write_feed
from sync.notices import BlobRef
from sync.office.boards import files_of

_PARTS: Final = ("metadata", "targets", "blobs")
_SPARE: Final = 1 << 20  # bytes for folders and the file system's own needs
_CLUSTER: Final = 32 << 10  # bytes: the usual cluster of a large FAT32 stick
_BROKEN: Final = "这个 U 盘可能坏了，请换一个。The stick may be broken: use another."


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did: files and bytes written, files that were there, files removed."""

    folder: Path
    written: int
    bytes: int
    kept: int
    removed: int


def export(
    files: FeedFiles,
    read: Read,
    stick: Path,
    village: str,
    *,
    room: Callable[[Path], int],
) -> Exported:
    """Bring a stick up to the published board. `room` tells the free bytes at a path.

    Raises:
        BadInput: there is no such stick.
        OfficeError: not enough room, pulled, read-only or broken.
    """
    if not stick.is_dir():
        raise BadInput(f"没有找到 U 盘 {stick} (there is no such stick)")
    folder = stick / FOLDER / village
    parts = (folder / part for part in _PARTS)
    if any(each.is_symlink() for each in (stick / FOLDER, folder, *parts)):
        raise BadInput(f"{folder} 是链接，不能用 (is a link)")
    _check_not_newer(folder, files)
    blobs = {blob_path(ref): ref for ref in files_of(decode_index(files.index), read)}
    try:
        missing = {path: ref for path, ref in blobs.items() if not _holds(folder / path, ref)}
        metadata = metadata_paths(files)
        _check_room(stick, missing, metadata, room)
        written = sum(_copy(folder, path, ref, read) for path, ref in missing.items())
        write_feed(folder, files, {})
        removed = _remove_all_but({*blobs, *metadata}, folder)
    except OSError as error:
        raise failure(folder, error) from error
    return Exported(folder, len(missing), written, len(blobs) - len(missing), removed)


def _check_not_newer(folder: Path, files: FeedFiles) -> None:
    """Refuse to overwrite what this office, perhaps back from an old backup, has never seen."""
    try:
        there = read_feed(folder)
        if there is None or not there.timestamp:
            return
        theirs, ours = (timestamp_version(each.timestamp) for each in (there, files))
    except (NotTrusted, NotUnderstood, SourceUnavailable):
        return  # broken or half copied: it is written anew
    if theirs > ours or (theirs == ours and there.timestamp != files.timestamp):
        raise OfficeError(
            "U 盘上的公示比这台电脑的新，没有覆盖 (the stick holds a newer board than this computer)",
            advice="这台电脑可能用了旧备份：先照手册“备份”一节，把 U 盘上的拷回来。"
            "This computer may run on an old backup: copy the stick's feed back first, see the guide.",
        )


def _check_room(
    stick: Path,
    missing: Mapping[str, BlobRef],
    metadata: Mapping[str, bytes],
    room: Callable[[Path], int],
) -> None:
    lengths = [ref.length for ref in missing.values()] + [len(data) for data in metadata.values()]
    needed = sum(-(-length // _CLUSTER) * _CLUSTER for length in lengths) + _SPARE
    free = room(stick)
    if needed > free:
        raise OfficeError(
            f"U 盘空间不够：需要 {needed / 1e6:,.1f} MB，只有 {free / 1e6:,.1f} MB"
            " (not enough room on the stick)",
            advice="请删掉 U 盘上不用的文件，或换一个大的。Free some space or use a larger stick.",
        )


def _copy(folder: Path, path: str, ref: BlobRef, read: Read) -> int:
    target = folder / path
    write_file(target, read(ref))
    if not matches(read_back(target, ref.length), ref):
        raise OfficeError(f"写入后读回来不一样：{path} (reads back differently)", advice=_BROKEN)
    return ref.length


def _holds(path: Path, ref: BlobRef) -> bool:
    try:
        return path.stat().st_size == ref.length and matches(path.read_bytes(), ref)
    except (FileNotFoundError, NotADirectoryError):
        return False


def _remove_all_but(needed: set[str], folder: Path) -> int:
    unneeded = [
        path for path in _files(folder) if path.relative_to(folder).as_posix() not in needed
    ]
    for path in unneeded:
        path.unlink()
    for parent in {path.parent for path in unneeded}:
        sync_folder(parent)
    return len(unneeded)


def _files(folder: Path) -> Iterator[Path]:
    """Yield the feed's own files and what macOS or a pulled stick left between them."""
    for part in _PARTS:
        for parent, _, names in os.walk(folder / part):
            yield from (Path(parent) / name for name in names)


def free(stick: Path) -> int:
    """Return how many bytes a stick has left."""
    return shutil.disk_usage(stick).free
