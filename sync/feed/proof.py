"""How a feed's metadata files prove its index, link by link from the anchor.

    anchor → root chain → timestamp → snapshot
                       └→ targets ────┴→ notices (both seals) → index

Pure; only `sync.feed.gate` calls it and turns a proof into a verified board.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import msgspec
from securesystemslib.signer import Key
from tuf.api.metadata import MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp

from sync.errors import NotTrusted, NotUnderstood, OlderThanShown
from sync.feed.keys import holder_of, party_of
from sync.feed.layout import (
    INDEX_LIMIT,
    INDEX_TARGET,
    ROLE,
    ROOTS_LIMIT,
    FeedFiles,
    Index,
    decode_index,
    matches,
)
from sync.feed.policy import check_delegation, check_root, check_signed, online_value
from sync.feed.signed import VERSION_LIMIT, T, issued_of, payload_of, read_signed
from sync.notices import BlobRef, Party


class Versions(msgspec.Struct, frozen=True):
    """How new a feed is, in every way that must never go back."""

    root: int
    timestamp: int
    snapshot: int
    targets: int
    notices: int
    number: int  # of the index


class SealHolder(msgspec.Struct, frozen=True):
    """Who sealed the board: the person's name as the key gives it."""

    party: Party
    name: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What a feed's metadata files prove."""

    index: Index
    versions: Versions
    holders: tuple[SealHolder, ...]
    issued: datetime  # UTC


def prove(files: FeedFiles, anchor: bytes, shown: Versions | None) -> Proof:
    """Return what the files prove; the errors are those of `gate.verify`."""
    roots = _root_chain(files.roots, anchor)
    root = roots[-1]
    timestamp = _by_online_key(root, files.timestamp, Timestamp, "timestamp.json")
    snapshot = _by_online_key(root, files.snapshot, Snapshot, "snapshot.json")
    _check_listed(timestamp.snapshot_meta, snapshot.version, files.snapshot, "snapshot.json")
    targets = _targets(root, files.targets, snapshot)
    notices, holders = _notices(targets, files.notices, snapshot)
    index = _index(notices.targets[INDEX_TARGET], files.index)
    versions = Versions(
        root=root.version,
        timestamp=timestamp.version,
        snapshot=snapshot.version,
        targets=targets.version,
        notices=notices.version,
        number=index.number,
    )
    if shown is not None:
        _check_not_older(versions, shown, roots)
    return Proof(index, versions, holders, _issued(timestamp, index, notices))


def holders_of(keys: tuple[Key, ...]) -> tuple[SealHolder, ...]:
    """Return whom the keys belong to, the committee first; the online key belongs to nobody."""
    found = {(party_of(key), holder_of(key)) for key in keys}
    named = ((party, name) for party, name in found if party in set(Party) and name)
    return tuple(SealHolder(Party(party), name or "") for party, name in sorted(named))


def _root_chain(files: tuple[bytes, ...], anchor: bytes) -> list[Root]:
    if not 0 < len(files) <= ROOTS_LIMIT:
        raise NotTrusted(f"the feed has {len(files)} root files, 1 to {ROOTS_LIMIT} are read")
    trusted = read_signed(anchor, Root, "the kiosk's anchor")
    chain: list[Root] = []
    anchored = False
    for data in files:
        name = f"root.json number {len(chain) + 1}"
        metadata = read_signed(data, Root, name)
        check_root(metadata.signed)
        previous = chain[-1] if chain else metadata.signed
        if chain and metadata.signed.version != previous.version + 1:
            raise NotTrusted(f"{name} does not follow the one before it")
        for delegator in (previous, metadata.signed):
            check_signed(delegator, Root.type, metadata, name)
        chain.append(metadata.signed)
        anchored = anchored or payload_of(metadata, name) == payload_of(trusted, "the anchor")
    if not anchored:
        raise NotTrusted("the feed belongs to another village, or its root was replaced")
    return chain


def _by_online_key(root: Root, data: bytes, kind: type[T], name: str) -> T:
    metadata = read_signed(data, kind, name)
    check_signed(root, kind.type, metadata, name)
    return metadata.signed


def _targets(root: Root, data: bytes, snapshot: Snapshot) -> Targets:
    metadata = read_signed(data, Targets, "targets.json")
    check_signed(root, Targets.type, metadata, "targets.json")
    if set(snapshot.meta) != {"targets.json", f"{ROLE}.json"}:
        raise NotTrusted("snapshot.json does not list exactly targets.json and notices.json")
    _check_listed(snapshot.meta["targets.json"], metadata.signed.version, data, "targets.json")
    check_delegation(metadata.signed, root)
    return metadata.signed


def _notices(
    targets: Targets, data: bytes, snapshot: Snapshot
) -> tuple[Targets, tuple[SealHolder, ...]]:
    name = f"{ROLE}.json"
    metadata = read_signed(data, Targets, name)
    seals = check_signed(targets, ROLE, metadata, name)
    _check_listed(snapshot.meta[name], metadata.signed.version, data, name)
    if list(metadata.signed.targets) != [INDEX_TARGET] or metadata.signed.delegations is not None:
        raise NotTrusted("the seals cover something else than the one index")
    return metadata.signed, holders_of(seals)


def _check_listed(listed: MetaFile, version: int, data: bytes, name: str) -> None:
    sha256 = (listed.hashes or {}).get("sha256", "")
    if listed.version != version or not matches(data, BlobRef(sha256, listed.length or 0)):
        raise NotTrusted(f"{name} is not the one that belongs to this feed")


def _index(target: TargetFile, data: bytes) -> Index:
    if target.length > INDEX_LIMIT:
        raise NotTrusted(
            f"the index claims {target.length:,} bytes, at most {INDEX_LIMIT:,} are read"
        )
    if not matches(data, BlobRef(target.hashes.get("sha256", ""), target.length)):
        raise NotTrusted("the index is not the one that was sealed")
    index = decode_index(data)
    if not 0 < index.number < VERSION_LIMIT:
        raise NotUnderstood(f"the index has the unusable number {index.number}")
    if index.issued.utcoffset() != timedelta():
        raise NotUnderstood("the index does not say in UTC when it was issued")
    return index


def _issued(timestamp: Timestamp, index: Index, notices: Targets) -> datetime:
    """Return when the feed was vouched for, within what both seals allow.

    The kiosk's clock is never set back behind this time, so a stolen online key must not be able
    to move it further than the seals reach.
    """
    issued = issued_of(timestamp)
    if not index.issued.replace(microsecond=0) <= issued <= notices.expires:
        raise NotTrusted("timestamp.json was issued outside the time that the seals cover")
    return max(issued, index.issued.astimezone(UTC))


def _check_not_older(found: Versions, shown: Versions, roots: list[Root]) -> None:
    names = {"root", "targets", "notices", "number"}
    online = {online_value(root) for root in roots if root.version >= shown.root}
    if len(online) <= 1:
        # A new online key starts new counts: a thief may have pushed the old ones to the limit.
        names |= {"timestamp", "snapshot"}
    older = [name for name in names if getattr(found, name) < getattr(shown, name)]
    if older:
        raise OlderThanShown(f"older than what was shown: {', '.join(sorted(older))}")
