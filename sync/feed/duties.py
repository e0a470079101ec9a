"""Who has which duty in a feed now, and until when its files hold; read from its own metadata.

Bytes in, values out, for the office that keeps a feed going. Whether the feed is to be trusted is
`sync.feed.gate`; changing its keys is `sync.feed.keyring`.
"""

from dataclasses import dataclass
from datetime import datetime

from securesystemslib.signer import Key, SSlibKey
from tuf.api.metadata import Root, Targets, Timestamp

from sync.errors import NotAllowed, NotTrusted
from sync.feed.keyring import ROOT_TERM, KeyRing, read_own
from sync.feed.layout import ROLE, FeedFiles
from sync.feed.signed import issued_of


@dataclass(frozen=True, slots=True)
class Expiries:
    """Until when (UTC) each part of a feed holds; None where nothing has been sealed yet."""

    keys: datetime  # root and the delegation to the seals, whichever ends first
    seals: datetime | None
    online: datetime | None


def ring_of(files: FeedFiles) -> KeyRing:
    """Return the public keys of a feed by duty.

    Raises:
        NotAllowed: the office's own files cannot be read.
    """
    root = read_own(files.roots[-1], Root, "root.json").signed
    targets = read_own(files.targets, Targets, "targets.json").signed
    delegations = targets.delegations
    if delegations is None or not delegations.roles:
        raise NotAllowed("targets.json 没有交给两枚印章 (targets.json names no seals)")
    return KeyRing(
        guardians=tuple(_ours(root.keys[each]) for each in root.roles[Root.type].keyids),
        seals=tuple(_ours(delegations.keys[each]) for each in delegations.roles[ROLE].keyids),
        online=_ours(root.keys[root.roles[Timestamp.type].keyids[0]]),
    )


def expiries(files: FeedFiles) -> Expiries:
    """Return until when a feed's files hold.

    Raises:
        NotAllowed: the office's own files cannot be read.
    """
    root = read_own(files.roots[-1], Root, "root.json").signed
    targets = read_own(files.targets, Targets, "targets.json").signed
    keys = min(root.expires, targets.expires)
    if not files.timestamp:
        return Expiries(keys, None, None)
    notices = read_own(files.notices, Targets, f"{ROLE}.json").signed
    timestamp = read_own(files.timestamp, Timestamp, "timestamp.json").signed
    return Expiries(keys, notices.expires, timestamp.expires)


def last_signed(files: FeedFiles) -> datetime:
    """Return when (UTC) a feed was last signed for: its keys made or changed, or its board vouched for.

    Raises:
        NotAllowed: the office's own files cannot be read.
    """
    root = read_own(files.roots[-1], Root, "root.json").signed
    keys = root.expires - ROOT_TERM
    if not files.timestamp:
        return keys
    timestamp = read_own(files.timestamp, Timestamp, "timestamp.json").signed
    try:
        return max(keys, issued_of(timestamp))
    except NotTrusted as error:
        raise NotAllowed(f"timestamp.json 没有写明时间 (says no time: {error})") from error


def _ours(key: Key) -> SSlibKey:
    if not isinstance(key, SSlibKey):
        raise NotAllowed("不是本系统的公钥 (not a public key of this system)")
    return key
