"""How the office writes a feed: founded, proposed, sealed twice, finished, refreshed, re-keyed.

    new_root → propose → sign (committee) → sign (supervision committee) → finish
                  ↑___________________________________________________________|

Bytes in, bytes out: files are `sync.feed.writing`, keys `sync.feed.keys`. `now` comes from outside.
Whatever leaves here has passed the kiosk's own gate.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from securesystemslib.signer import Signer
from tuf.api.metadata import Metadata, MetaFile, Snapshot, TargetFile, Targets, Timestamp

from sync.errors import BadInput, NotAllowed, NotTrusted, NotUnderstood
from sync.feed.gate import verify
from sync.feed.keyring import KeyRing, add_signature, new_root, read_own, rotate_root
from sync.feed.layout import (
    INDEX_LIMIT,
    INDEX_TARGET,
    ROLE,
    FeedFiles,
    Index,
    decode_index,
    encode,
)
from sync.feed.policy import SEAL_THRESHOLD
from sync.feed.proof import SealHolder, holders_of
from sync.feed.signed import ISSUED_FIELD, T, format_time, signers_of

__all__ = [
    "KeyRing",
    "check_proposal",
    "finish",
    "new_root",
    "propose",
    "refresh",
    "rotate_root",
    "sealed_by",
    "sign",
]
NOTICES_TERM: Final = timedelta(days=400)  # a year's board, and a month to seal it again
ONLINE_TERM: Final = timedelta(days=60)
_DRAFTING: Final = timedelta(days=2)  # between composing a board and proposing it
_NOTICES: Final = f"{ROLE}.json"


def propose(current: FeedFiles, index: Index, now: datetime) -> bytes:
    """Return the next notices.json, still without seals, that names `index` (as `encode` writes it).

    Raises:
        NotAllowed: the index does not follow the current one.
        BadInput: it is too large: a month must be closed first.
    """
    data = encode(index)
    if len(data) > INDEX_LIMIT:
        raise BadInput("本月公告太多，请先归档上月 (the index is too large: close a month first)")
    if index.number != _number(current.index) + 1:
        raise NotAllowed(
            f"公示板编号 {index.number} 不连续，可能有人刚发布过，请重新起草 (the board's number does not follow)"
        )
    expires = now.astimezone(UTC) + NOTICES_TERM
    return Metadata(_naming(current, data, expires)).to_bytes()


def check_proposal(current: FeedFiles, notices: bytes, index: bytes) -> Index:
    """Return the board that `notices` puts to the seals, once it is sure that it names this one.

    Whoever seals must have been shown exactly this index.

    Raises:
        NotAllowed: it names another index or more than an index, follows another board than the
            current one, or would hold for longer than seals may.
    """
    signed = read_own(notices, Targets, _NOTICES).signed
    proposed = _decode(index)
    if signed.targets != _naming(current, index, signed.expires).targets:
        raise NotAllowed("待盖章的不是这块公示板 (the proposal names another board)")
    if proposed.number != _number(current.index) + 1:
        raise NotAllowed("公示板已更新，请重新起草 (the board has changed since: draft it again)")
    if signed != _naming(current, index, signed.expires):
        raise NotAllowed("公示板已更新，请重新起草 (the proposal does not follow this board)")
    if signed.expires > proposed.issued + NOTICES_TERM + _DRAFTING:
        raise NotAllowed("盖章期限过长，请重新起草 (the seals would hold for too long)")
    return proposed


def sign(notices: bytes, signer: Signer) -> bytes:
    """Return `notices` with one seal more; that the key is a seal is checked by `finish`.

    Raises:
        NotAllowed: the file cannot be read.
    """
    metadata = read_own(notices, Targets, _NOTICES)
    add_signature(metadata, signer)
    return metadata.to_bytes()


def sealed_by(current: FeedFiles, notices: bytes) -> tuple[SealHolder, ...]:
    """Return whose valid seals are on `notices`, the committee's first.

    Raises:
        NotAllowed: a file cannot be read.
    """
    targets = read_own(current.targets, Targets, "targets.json").signed
    try:
        return holders_of(signers_of(targets, ROLE, read_own(notices, Targets, _NOTICES), _NOTICES))
    except NotTrusted as error:
        raise NotAllowed(
            f"待盖章的文件核对不上 (the proposal cannot be proved: {error})"
        ) from error


def finish(
    current: FeedFiles, notices: bytes, index: bytes, online: Signer, now: datetime
) -> FeedFiles:
    """Return the feed that puts `index` on the board; both valid seals must be on `notices`.

    Raises:
        NotAllowed: a seal is missing or wrong, or the board has changed since it was drafted.
    """
    check_proposal(current, notices, index)
    parties = {holder.party.value for holder in sealed_by(current, notices)}
    if len(parties) < SEAL_THRESHOLD:
        raise NotAllowed(
            "须村委会和村务监督委员会都盖章才能公示"
            f" (both seals are needed, valid so far: {', '.join(sorted(parties)) or 'none'})"
        )
    return _vouch(current, notices, index, online, now)


def refresh(current: FeedFiles, online: Signer, now: datetime) -> FeedFiles:
    """Return the same board vouched for again, so that it does not expire.

    Raises:
        NotAllowed: it was never sealed, or its seals are no longer valid: seal it again.
    """
    if not current.notices:
        raise NotAllowed("还没有盖过章的公示板 (nothing has been sealed yet)")
    return _vouch(current, current.notices, current.index, online, now)


def _vouch(
    current: FeedFiles, notices: bytes, index: bytes, online: Signer, now: datetime
) -> FeedFiles:
    """Return the feed with new snapshot and timestamp, or say why a kiosk would refuse it."""
    sealed = read_own(notices, Targets, _NOTICES).signed
    issued = max(now.astimezone(UTC), _decode(index).issued)
    if issued > sealed.expires:
        raise NotAllowed(
            "盖章已满 400 天，请重新盖章 (the seals have expired: seal the board again)"
        )
    expires = issued + ONLINE_TERM
    listed = {
        "targets.json": _listed(current.targets, Targets, "targets.json"),
        _NOTICES: _listed(notices, Targets, _NOTICES),
    }
    version = _version(current.snapshot, Snapshot, "snapshot.json") + 1
    snapshot = Metadata(Snapshot(version, expires=expires, meta=listed))
    add_signature(snapshot, online)
    snapshot_bytes = snapshot.to_bytes()
    timestamp = Metadata(
        Timestamp(
            _version(current.timestamp, Timestamp, "timestamp.json") + 1,
            expires=expires,
            snapshot_meta=MetaFile.from_data(version, snapshot_bytes, ["sha256"]),
            unrecognized_fields={ISSUED_FIELD: format_time(issued)},
        )
    )
    add_signature(timestamp, online)
    files = FeedFiles(
        current.roots, timestamp.to_bytes(), snapshot_bytes, current.targets, notices, index
    )
    try:
        verify(files, files.roots[0])
    except (NotTrusted, NotUnderstood) as error:
        raise NotAllowed(
            f"这样盖出来，公示屏不会接受 (the kiosks would refuse this: {error})"
        ) from error
    return files


def _naming(current: FeedFiles, index: bytes, expires: datetime) -> Targets:
    """Return what both seals sign to put `index` in the place of the current one."""
    version = _version(current.notices, Targets, _NOTICES) + 1
    target = TargetFile.from_data(INDEX_TARGET, index)
    return Targets(version, expires=expires, targets={INDEX_TARGET: target})


def _number(index: bytes) -> int:
    return _decode(index).number if index else 0


def _decode(index: bytes) -> Index:
    try:
        return decode_index(index)
    except NotUnderstood as error:
        raise NotAllowed(f"公示板读不了 (the board cannot be read: {error})") from error


def _listed(data: bytes, kind: type[Targets], name: str) -> MetaFile:
    return MetaFile.from_data(_version(data, kind, name), data, ["sha256"])


def _version(data: bytes, kind: type[T], name: str) -> int:
    return read_own(data, kind, name).signed.version if data else 0
