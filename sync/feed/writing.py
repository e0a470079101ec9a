"""A feed as files in a folder: an office's feed folder, a stick, a kiosk serving the next one.

Written in an order in which a reader never meets a name whose file isn't there yet, read back
within limits. Nothing here judges signatures: that is `sync.feed.gate`.
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from tuf.api.metadata import Root, Snapshot, Targets, Timestamp

from sync.errors import NotTrusted, OfficeError, SourceUnavailable
from sync.feed.durable import write_file
from sync.feed.layout import (
    INDEX_LIMIT,
    INDEX_TARGET,
    METADATA_LIMIT,
    ROLE,
    ROOTS_LIMIT,
    FeedFiles,
    blob_path,
    index_path,
    matches,
)
from sync.feed.signed import T, read_signed
from sync.notices import BlobRef

_SHA256: Final = re.compile(r"[0-9a-f]{64}")


def write_feed(folder: Path, files: FeedFiles, blobs: Mapping[BlobRef, bytes]) -> None:
    """Write a feed durably: blobs, index, notices, targets, roots, snapshot, timestamp last.

    What is there already with the right content is left alone. Every file is read back.

    Raises:
        OfficeError: the folder cannot be written (full, gone, read-only) or gives back other bytes.
        NotTrusted: `files` are not a feed.
    """
    for path, data in _in_order(files, blobs):
        target = folder / path
        if _holds(target, data):
            continue
        write_file(target, data)
        _forget(target)
        if not _holds(target, data):
            raise OfficeError(
                f"写入后读回来不一样：{path} (reads back differently)",
                advice="这个 U 盘或磁盘已损坏，请换一个。(The medium is broken: use another.)",
            )


def read_feed(folder: Path) -> FeedFiles | None:
    """Return the feed's metadata in `folder`, None if there is no feed.

    Raises:
        NotTrusted: a file is too large or no metadata.
        SourceUnavailable: a file is missing or cannot be read (a stick was pulled).
    """
    metadata = folder / "metadata"
    roots = _read_roots(metadata)
    if not roots:
        return None
    timestamp = _read(metadata / "timestamp.json", METADATA_LIMIT)
    if timestamp is None:
        # Before the first board a change of keys writes root and targets together, and nothing else.
        if _was_published(metadata):
            raise SourceUnavailable("the feed lacks timestamp.json: it was not copied whole")
        targets = _need(metadata / f"{len(roots)}.targets.json", METADATA_LIMIT)
        return FeedFiles(roots, b"", b"", targets, b"", b"")
    listed = read_signed(timestamp, Timestamp, "timestamp.json").signed.snapshot_meta
    snapshot = _need(metadata / f"{listed.version}.snapshot.json", METADATA_LIMIT)
    meta = read_signed(snapshot, Snapshot, "snapshot.json").signed.meta
    if not {"targets.json", f"{ROLE}.json"} <= set(meta):
        raise NotTrusted("snapshot.json does not list targets.json and notices.json")
    targets = _need(metadata / f"{meta['targets.json'].version}.targets.json", METADATA_LIMIT)
    notices = _need(metadata / f"{meta[f'{ROLE}.json'].version}.{ROLE}.json", METADATA_LIMIT)
    index = _need(folder / index_path(_index_name(notices)), INDEX_LIMIT)
    return FeedFiles(roots, timestamp, snapshot, targets, notices, index)


def timestamp_version(timestamp: bytes) -> int:
    """Return how often the feed's timestamp has been renewed; a later one is the newer feed.

    Raises:
        NotTrusted: it is no timestamp.
    """
    version: int = read_signed(timestamp, Timestamp, "timestamp.json").signed.version
    return version


def metadata_paths(files: FeedFiles) -> dict[str, bytes]:
    """Return the feed-relative path of every metadata file and the index, in order of writing.

    Raises:
        NotTrusted: `files` are not a feed.
    """
    paths = {}
    if files.notices:
        paths[index_path(_index_name(files.notices))] = files.index
        paths[_path(files.notices, Targets, ROLE)] = files.notices
    paths[_path(files.targets, Targets, "targets")] = files.targets
    for root in files.roots:
        paths[_path(root, Root, "root")] = root
    if files.timestamp:
        paths[_path(files.snapshot, Snapshot, "snapshot")] = files.snapshot
        paths["metadata/timestamp.json"] = files.timestamp
    return paths


def _in_order(files: FeedFiles, blobs: Mapping[BlobRef, bytes]) -> Iterator[tuple[str, bytes]]:
    for ref, data in blobs.items():
        if not matches(data, ref):
            raise NotTrusted(f"the file {ref.sha256} is not what its name says")
        yield blob_path(ref), data
    yield from metadata_paths(files).items()


def _path(data: bytes, kind: type[T], name: str) -> str:
    version = read_signed(data, kind, f"{name}.json").signed.version
    return f"metadata/{version}.{name}.json"


def _index_name(notices: bytes) -> str:
    target = read_signed(notices, Targets, f"{ROLE}.json").signed.targets.get(INDEX_TARGET)
    sha256 = target.hashes.get("sha256", "") if target else ""
    if not _SHA256.fullmatch(sha256):
        raise NotTrusted("the seals name no index")
    return sha256


def _read_roots(metadata: Path) -> tuple[bytes, ...]:
    roots: list[bytes] = []
    for version in range(1, ROOTS_LIMIT + 1):
        data = _read(metadata / f"{version}.root.json", METADATA_LIMIT)
        if data is not None:
            roots.append(data)
        elif roots:
            break
    return tuple(roots)


def _was_published(metadata: Path) -> bool:
    try:
        return any(
            next(metadata.glob(f"*.{name}.json"), None) is not None for name in ("snapshot", ROLE)
        )
    except OSError as error:
        raise SourceUnavailable(f"{metadata.name}: {os.strerror(error.errno or 0)}") from error


def _need(path: Path, limit: int) -> bytes:
    data = _read(path, limit)
    if data is None:
        raise SourceUnavailable(f"the feed lacks {path.name}: it was not copied whole")
    return data


def _read(path: Path, limit: int) -> bytes | None:
    """Return the file's bytes, None if there is no such file."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SourceUnavailable(f"{path.name}: {os.strerror(error.errno or 0)}") from error
    if len(data) > limit:
        raise NotTrusted(f"{path.name} has more than {limit:,} bytes")
    return data


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _forget(path: Path) -> None:
    """Drop the system's copy of a written file, so that reading it back asks the medium."""
    with suppress(OSError), path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
