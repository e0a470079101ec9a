"""Bringing a feed's metadata up to date with the TUF client, in a folder that is thrown away.

The client writes what it later refuses, and renames without fsync; so it works on a copy, and what
comes back is judged once more, by `sync.feed.gate`. Blobs are fetched by `sync.feed.carrier`.
"""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Final, cast

from tuf.api.exceptions import (
    BadVersionNumberError,
    DownloadError,
    DownloadHTTPError,
    DownloadLengthMismatchError,
    ExpiredMetadataError,
    RepositoryError,
)
from tuf.api.metadata import Root, Signed, Snapshot, Targets, Timestamp
from tuf.ngclient import Updater, UpdaterConfig
from tuf.ngclient.fetcher import FetcherInterface

from sync.clock import Moment
from sync.errors import CardFull, NotTrusted, OlderThanShown, SourceUnavailable, SyncError
from sync.feed.carrier import Carrier
from sync.feed.gate import Versions
from sync.feed.layout import (
    INDEX_LIMIT,
    INDEX_TARGET,
    METADATA_LIMIT,
    ROLE,
    FeedFiles,
    index_path,
    matches,
)
from sync.feed.source import FileMissing
from sync.notices import BlobRef

_LIMITS: Final = UpdaterConfig(
    root_max_length=METADATA_LIMIT,
    timestamp_max_length=METADATA_LIMIT,
    snapshot_max_length=METADATA_LIMIT,
    targets_max_length=METADATA_LIMIT,
)
_BEFORE_ALL_TIME: Final = datetime.min.replace(tzinfo=UTC)
_ROLES: Final = (Timestamp.type, Snapshot.type, Targets.type, ROLE)


class OutOfDate(NotTrusted):
    """Sealed, but nobody vouches for it any longer: the office's last renewal has run out."""

    advice = "This copy is out of date: ask the office for a fresh one. What is on the board stays there."


def refresh(
    carrier: Carrier,
    held: FeedFiles | None,
    shown: Versions | None,
    anchor: bytes,
    moment: Moment,
) -> FeedFiles:
    """Return the feed's present metadata, the same as `held` where nothing is new.

    `shown` is how new `held` is, `anchor` a trusted root.json. Expiry is judged only by a trusted `moment`.

    Raises:
        SourceUnavailable: a file cannot be read, or is none of a feed.
        OlderThanShown: the source has an older feed than `held`.
        OutOfDate: a newer one, but its validity has ended.
        NotTrusted: signatures or versions are wrong.
    """
    with _throwaway() as folder:
        _seed(folder, held)
        updater = _updater(folder, carrier, anchor)
        trusted = updater._trusted_set  # noqa: SLF001 - tuf has no public way to set the time
        trusted.reference_time = moment.time if moment.trusted else _BEFORE_ALL_TIME
        try:
            with _told_plainly():
                updater.refresh()
                # Never get_targetinfo(): it asks top-level targets first and hides who answered.
                updater._load_targets(ROLE, Targets.type)  # noqa: SLF001
        except BadVersionNumberError as error:
            if Timestamp.type in trusted and Snapshot.type not in trusted:
                raise OlderThanShown("the source has an older feed than this kiosk") from error
            raise NotTrusted(f"the feed's versions contradict each other: {error}") from error
        except ExpiredMetadataError as error:
            if held and shown and _version(trusted, Timestamp.type) == shown.timestamp:
                return held
            raise OutOfDate(f"the validity of this feed has ended: {error}") from error
        except (RepositoryError, ValueError) as error:  # ValueError: nobody is named for a role
            raise NotTrusted(f"the feed is not sealed rightly: {error}") from error
        return _collected(folder, carrier, held, trusted)


class _SourceFetcher(FetcherInterface):
    """The TUF client's way to a source."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier

    def _fetch(self, url: str) -> Iterator[bytes]:
        try:
            data = self._carrier.metadata(url, METADATA_LIMIT)
        except FileMissing as error:
            # At once, not from a generator: a missing next root has to look like a 404.
            raise DownloadHTTPError(str(error), HTTPStatus.NOT_FOUND) from error
        if not (data.startswith(b"{") and data.rstrip().endswith(b"}")):
            raise SourceUnavailable(f"{url} is cut, or not a file of a feed")
        return iter([data])


@contextmanager
def _throwaway() -> Iterator[Path]:
    try:
        with tempfile.TemporaryDirectory(prefix="sunboard-") as folder:
            yield Path(folder)
    except OSError as error:
        raise CardFull(f"no room for temporary files: {error.strerror}") from error


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Turn what the TUF client makes of a source's errors back into the source's own."""
    try:
        yield
    except DownloadHTTPError as error:
        raise SourceUnavailable(f"there is no feed here, or not all of it: {error}") from error
    except DownloadLengthMismatchError as error:
        raise NotTrusted(f"a file of the feed is longer than was sealed: {error}") from error
    except DownloadError as error:
        if isinstance(error.__cause__, SyncError):
            raise error.__cause__ from error
        raise SourceUnavailable(f"a file of the feed could not be read: {error}") from error


def _updater(folder: Path, carrier: Carrier, anchor: bytes) -> Updater:
    try:
        return Updater(
            str(folder),
            "metadata/",
            fetcher=_SourceFetcher(carrier),
            config=_LIMITS,
            bootstrap=anchor,
        )
    except RepositoryError as error:
        raise NotTrusted(
            f"the kiosk's anchor is not a trusted root: {error}",
            advice="The kiosk was set up with a wrong anchor file. Call the office.",
        ) from error


def _seed(folder: Path, held: FeedFiles | None) -> None:
    if held is None:
        return
    (folder / "root_history").mkdir()
    for number, root in enumerate(held.roots, start=1):
        (folder / "root_history" / f"{number}.root.json").write_bytes(root)
    for role in _ROLES:
        (folder / f"{role}.json").write_bytes(getattr(held, role))


def _version(trusted: Mapping[str, Signed], role: str) -> int:
    return trusted[role].version if role in trusted else 0


def _collected(
    folder: Path, carrier: Carrier, held: FeedFiles | None, trusted: Mapping[str, Signed]
) -> FeedFiles:
    roots = [
        _root(folder, carrier, held, number + 1) for number in range(_version(trusted, Root.type))
    ]
    target = cast("Targets", trusted[ROLE]).targets.get(INDEX_TARGET)
    if target is None or target.length > INDEX_LIMIT:
        raise NotTrusted("the seals do not cover an index of acceptable length")
    ref = BlobRef(target.hashes.get("sha256", ""), target.length)
    index = held.index if held else b""
    if not matches(index, ref):
        index = carrier.immutable(index_path(ref.sha256), ref)
    files = {role: (folder / f"{role}.json").read_bytes() for role in _ROLES}
    return FeedFiles(roots=tuple(roots), index=index, **files)


def _root(folder: Path, carrier: Carrier, held: FeedFiles | None, number: int) -> bytes:
    """Return a root; those before the anchor were never asked for by the TUF client."""
    if held and number <= len(held.roots):
        return held.roots[number - 1]
    path = folder / "root_history" / f"{number}.root.json"
    if path.exists():
        return path.read_bytes()
    return carrier.metadata(f"metadata/{number}.root.json", METADATA_LIMIT)
