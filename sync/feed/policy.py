"""Who may sign what: the two committees' rules, which plain TUF does not know.

    root, targets        two keys of each committee, 3 of 4: neither party alone, one loss survivable
    notices (delegated)  a seal of each committee: both parties, whatever the number of deputies
    snapshot, timestamp  one online key, which never speaks for a committee

Pure; the same rules bind the office that writes (`sync.feed.seal`) and the kiosk that reads
(`sync.feed.gate`).
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from securesystemslib.signer import Key
from tuf.api.metadata import DelegatedRole, Metadata, Role, Root, Snapshot, Targets, Timestamp

from sync.errors import NotTrusted
from sync.feed.keys import ONLINE, holder_of, party_of, public_value
from sync.feed.layout import ROLE
from sync.feed.signed import T, signers_of
from sync.notices import Party

ROOT_THRESHOLD: Final = 3
SEAL_THRESHOLD: Final = 2
SEAL_PATHS: Final = ("notices/*",)
_KEYS_PER_PARTY: Final = 2
_SEALS_LIMIT: Final = 8  # the two seals and their deputies


def check_root(root: Root) -> None:
    """Raises: NotTrusted, naming the rule that this root breaks."""
    if root.consistent_snapshot is not True:
        raise NotTrusted("the feed does not use consistent snapshots")
    guardians = _keys(root.roles[Root.type], root.keys)
    if set(root.roles[Root.type].keyids) != set(root.roles[Targets.type].keyids):
        raise NotTrusted("root and targets have different keys")
    _check_threshold(root.roles[Root.type], ROOT_THRESHOLD)
    _check_threshold(root.roles[Targets.type], ROOT_THRESHOLD)
    parties = Counter(party_of(key) for key in guardians.values())
    if dict(parties) != {party.value: _KEYS_PER_PARTY for party in Party}:
        raise NotTrusted("root needs two different keys of each committee")
    online = _keys(root.roles[Timestamp.type], root.keys)
    if root.roles[Timestamp.type].keyids != root.roles[Snapshot.type].keyids or len(online) != 1:
        raise NotTrusted("snapshot and timestamp need one and the same key")
    _check_threshold(root.roles[Timestamp.type], 1)
    _check_threshold(root.roles[Snapshot.type], 1)
    if any(party_of(key) != ONLINE for key in online.values()) or set(online) & set(guardians):
        raise NotTrusted("the online key must not belong to a committee")
    if len(root.keys) != len(guardians) + len(online):
        raise NotTrusted("root names keys that have no duty")


def check_delegation(targets: Targets, root: Root) -> None:
    """Check that top-level targets do nothing but hand `notices` to both committees' seals.

    Raises:
        NotTrusted: names the rule that is broken.
    """
    if targets.targets:
        raise NotTrusted("top-level targets name files of their own")
    role = _the_delegation(targets)
    if role.terminating is not True or tuple(role.paths or ()) != SEAL_PATHS:
        raise NotTrusted("the delegation to the seals does not cover exactly the notices")
    _check_threshold(role, SEAL_THRESHOLD)
    keys = targets.delegations.keys if targets.delegations else {}
    seals = _keys(role, keys)
    if len(seals) > _SEALS_LIMIT or len(keys) != len(seals):
        raise NotTrusted("the delegation names keys that have no duty")
    check_both_parties(seals.values(), "the delegation")
    if any(party_of(key) == ONLINE for key in seals.values()) or online_value(root) in seals:
        raise NotTrusted("the online key must not be a seal")


def check_both_parties(keys: Iterable[Key], what: str) -> None:
    """Raises: NotTrusted unless there is a key of each committee."""
    missing = {party.value for party in Party} - {party_of(key) for key in keys}
    if missing:
        raise NotTrusted(f"{what} lacks a key of the {' and the '.join(sorted(missing))}")


def check_signed(
    delegator: Root | Targets, role: str, metadata: Metadata[T], name: str
) -> tuple[Key, ...]:
    """Return the keys that validly signed, each once, if they suffice.

    Raises:
        NotTrusted: too few signed, or where several must, not one of each committee.
    """
    signers = signers_of(delegator, role, metadata, name)
    threshold = delegator.get_delegated_role(role).threshold
    if len(signers) < threshold:
        raise NotTrusted(f"{name} has {len(signers)} of {threshold} valid signatures")
    if threshold > 1:
        check_both_parties(signers, name)
    return signers


def online_value(root: Root) -> str | None:
    """Return the public value of the key that signs snapshot and timestamp."""
    return next(iter(_keys(root.roles[Timestamp.type], root.keys)), None)


def _the_delegation(targets: Targets) -> DelegatedRole:
    roles = targets.delegations.roles if targets.delegations else None
    if roles is None or list(roles) != [ROLE]:
        raise NotTrusted(f"top-level targets must delegate to {ROLE!r} and to nobody else")
    return roles[ROLE]


def _keys(role: Role, known: dict[str, Key]) -> dict[str, Key]:
    """Return the role's keys by public value: one key under two ids is refused."""
    found: dict[str, Key] = {}
    for keyid in role.keyids:
        key = known.get(keyid)
        value = public_value(key) if key else None
        if key is None or value is None:
            raise NotTrusted("a role has a key that is missing or not Ed25519")
        if value in found:
            raise NotTrusted("one key stands under two ids")
        if party_of(key) is None or holder_of(key) is None:
            raise NotTrusted("a key does not say which party and person hold it")
        found[value] = key
    return found


def _check_threshold(role: Role, threshold: int) -> None:
    if type(role.threshold) is not int or role.threshold != threshold:
        raise NotTrusted(f"a role needs exactly {threshold} signatures")
