"""A feed's keys as a whole: the first root, and every change of a key after it.

Bytes in, bytes out, as its neighbour `sync.feed.seal`, which puts boards under these keys.
"""

import copy
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from securesystemslib.signer import Key, Signer
from tuf.api.exceptions import UnsignedMetadataError
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    Role,
    Root,
    Snapshot,
    Targets,
    Timestamp,
)

from sync.errors import NotAllowed, NotTrusted
from sync.feed.keys import PublicKey
from sync.feed.layout import ROLE, FeedFiles
from sync.feed.policy import (
    ROOT_THRESHOLD,
    SEAL_PATHS,
    SEAL_THRESHOLD,
    check_delegation,
    check_root,
    check_signed,
)
from sync.feed.signed import T, read_signed

ROOT_TERM: Final = timedelta(days=5 * 365)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Every public key of a feed.

    `guardians` are the two keys of each committee that sign root and targets, `seals` at least one
    of each committee (more are deputies), `online` signs snapshot and timestamp.
    """

    guardians: tuple[PublicKey, ...]
    seals: tuple[PublicKey, ...]
    online: PublicKey


def new_root(ring: KeyRing, signers: Sequence[Signer], now: datetime) -> FeedFiles:
    """Found a feed: its first root (the kiosks' anchor) and the delegation to the seals.

    Raises:
        NotAllowed: the keys break the two committees' rules, or fewer than three guardians sign.
    """
    root = Metadata(_root(ring, 1, now))
    targets = Metadata(_delegation(ring, 1, now))
    _sign_all(root, signers, {key.keyid for key in ring.guardians})
    _sign_all(targets, signers, {key.keyid for key in ring.guardians})
    _check_keys(root, targets, root.signed)
    return FeedFiles((root.to_bytes(),), b"", b"", targets.to_bytes(), b"", b"")


def rotate_root(
    current: FeedFiles, ring: KeyRing, signers: Sequence[Signer], now: datetime
) -> FeedFiles:
    """Return the feed under changed keys, signed by three guardians of before and three of `ring`.

    It is not complete yet: `refresh` it if the seals stayed, else propose, seal and `finish`.

    Raises:
        NotAllowed: the new keys break the rules, or too few guardians of before or after sign.
    """
    before = read_own(current.roots[-1], Root, "root.json")
    old_targets = read_own(current.targets, Targets, "targets.json").signed
    root = Metadata(_root(ring, before.signed.version + 1, now))
    targets = Metadata(_delegation(ring, old_targets.version + 1, now))
    after = {key.keyid for key in ring.guardians}
    _sign_all(root, signers, after | set(before.signed.roles[Root.type].keyids))
    _sign_all(targets, signers, after)
    _check_keys(root, targets, before.signed)
    return FeedFiles(
        (*current.roots, root.to_bytes()),
        current.timestamp,
        current.snapshot,
        targets.to_bytes(),
        current.notices,
        current.index,
    )


def read_own(data: bytes, kind: type[T], name: str) -> Metadata[T]:
    """Return metadata of the office's own feed.

    Raises:
        NotAllowed: it cannot be read.
    """
    try:
        return read_signed(data, kind, name)
    except NotTrusted as error:
        raise NotAllowed(
            f"{name} 读不了 (the office's own file cannot be read: {error})"
        ) from error


def add_signature(metadata: Metadata[T], signer: Signer) -> None:
    """Raises: NotAllowed: the key does not sign."""
    try:
        metadata.sign(signer, append=True)
    except UnsignedMetadataError as error:
        raise NotAllowed("密钥签不了名 (the key does not sign)") from error


def _root(ring: KeyRing, version: int, now: datetime) -> Root:
    guardians = Role(_ids(ring.guardians), ROOT_THRESHOLD)
    online = Role([ring.online.keyid], 1)
    roles = {
        Root.type: guardians,
        Targets.type: copy.deepcopy(guardians),
        Snapshot.type: online,
        Timestamp.type: copy.deepcopy(online),
    }
    keys: dict[str, Key] = {key.keyid: key for key in (*ring.guardians, ring.online)}
    return Root(version, expires=now.astimezone(UTC) + ROOT_TERM, keys=keys, roles=roles)


def _delegation(ring: KeyRing, version: int, now: datetime) -> Targets:
    keyids = _ids(ring.seals)
    role = DelegatedRole(ROLE, keyids, SEAL_THRESHOLD, terminating=True, paths=list(SEAL_PATHS))
    delegations = Delegations({key.keyid: key for key in ring.seals}, {ROLE: role})
    return Targets(version, expires=now.astimezone(UTC) + ROOT_TERM, delegations=delegations)


def _ids(keys: tuple[PublicKey, ...]) -> list[str]:
    ids = [key.keyid for key in keys]
    if len(set(ids)) != len(ids):
        raise NotAllowed("密钥不合规则：同一把密钥用了两次 (one key is used twice)")
    return ids


def _sign_all(metadata: Metadata[T], signers: Sequence[Signer], allowed: Collection[str]) -> None:
    for signer in signers:
        if signer.public_key.keyid in allowed:
            add_signature(metadata, signer)


def _check_keys(root: Metadata[Root], targets: Metadata[Targets], before: Root) -> None:
    try:
        check_root(root.signed)
        check_delegation(targets.signed, root.signed)
        for delegator in (before, root.signed):
            check_signed(delegator, Root.type, root, "root.json")
        check_signed(root.signed, Targets.type, targets, "targets.json")
    except NotTrusted as error:
        raise NotAllowed(f"密钥不合规则 (the keys break the rules: {error})") from error
