"""A kiosk's closed days of evidence, as it signs them, and whether those that arrived fit together. Pure.

A day's `head` is the last link of a chain of hashes over all that the kiosk has written down since its
log began; how that chain is made is the kiosk's. Here is what travels: heads under its own key. Who
keeps them for comparison is `sync.office.evidence`.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import msgspec

KIND: Final = "evidence-day"  # what a signed day is called in the outbox
_SIGNATURE: Final = re.compile(r"[0-9a-f]{128}")
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_GROUPS: Final = 5  # of four digits: 66 bits, enough that nobody finds a second key for them


class Day(msgspec.Struct, frozen=True):
    """A closed day of the log, as the kiosk signs it: the rows `first` to `last` end in `head`.

    `day` is the village's own day of the first row that had a trusted clock, else of the first row by
    the clock it had; `head` the SHA-256 of the chain after the last row, lower-case hex; `before` that
    of the chain before the first.
    """

    kiosk: str
    village: str
    day: date
    first: int
    last: int
    before: str
    head: str
    signed_at: datetime


class SignedDay(msgspec.Struct, frozen=True):
    """`day` is the encoded `Day`, `signature` the kiosk's Ed25519 over exactly these bytes, hex."""

    day: bytes
    signature: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Days that haven't arrived: those before `until`, after `since` if anything before is known."""

    since: date | None
    until: date
    rows: int


@dataclass(frozen=True, slots=True)
class Continuity:
    """What the days of one kiosk under one key come to.

    `since` and `until` are the first and last day that is known, `begun_anew` the days on which the
    log says to have begun, but for the first. `contradicted` are the days of which there are two
    accounts: the log was written anew after the first of them had left the kiosk.
    """

    days: int = 0
    since: date | None = None
    until: date | None = None
    gaps: tuple[Gap, ...] = ()
    begun_anew: tuple[date, ...] = ()
    contradicted: tuple[date, ...] = ()


def is_signed(data: bytes, signature: str, public: bytes) -> bool:
    """Tell whether `signature` (lower-case hex) is that of the public key (32 bytes) over `data`."""
    # The screen opens before anything is verified: these take a tenth of a second on a Pi.
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    if not _SIGNATURE.fullmatch(signature):
        return False  # the same signature must not be written in two ways
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: bytes) -> str:
    """Return twenty digits by which two people compare a public key over the telephone."""
    number = int.from_bytes(hashlib.sha256(public).digest()) % 10 ** (4 * _GROUPS)
    digits = f"{number:0{4 * _GROUPS}}"
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def root_of(public: bytes) -> bytes:
    """Return what the first row of a kiosk's log is chained to."""
    return hashlib.sha256(public).digest()


def read_day(data: bytes) -> tuple[SignedDay, Day] | None:
    """Return a signed day and what was signed, None where the bytes are neither."""
    try:
        signed = msgspec.json.decode(data, type=SignedDay)
        day = msgspec.json.decode(signed.day, type=Day)
    except ValueError:
        return None
    if not (_HASH.fullmatch(day.head) and _HASH.fullmatch(day.before)):
        return None
    return (signed, day) if msgspec.json.encode(signed) == data else None  # one way to write it


def verified(data: bytes, public: bytes) -> Day | None:
    """Return the day that the key (32 bytes) signed with these bytes, None where it didn't."""
    read = read_day(data)
    if read is None or not is_signed(read[0].day, read[0].signature, public):
        return None
    return read[1]


def continuity_of(days: Iterable[Day], public: bytes) -> Continuity:
    """Return what verified days of one key come to, in any order and each as often as it came."""
    ordered = sorted(set(days), key=_order)
    root = root_of(public).hex()
    runs = list(_runs(ordered))
    begun = [run for run in runs if run[0].before == root]
    heads = {day.head for day in ordered}
    return Continuity(
        days=len(ordered),
        since=min((day.day for day in ordered), default=None),
        until=max((day.day for day in ordered), default=None),
        gaps=tuple(_gap(run[0], ordered) for run in runs if run[0].before not in heads | {root}),
        begun_anew=tuple(sorted(run[0].day for run in begun))[1:],
        contradicted=tuple(sorted(set(_contradicted(runs, root)))),
    )


def _runs(ordered: list[Day]) -> Iterator[list[Day]]:
    """Yield the days in runs, in which each follows the one before it."""
    following = defaultdict[tuple[str, int], list[Day]](list)
    for day in ordered:
        following[day.before, day.first].append(day)
    taken = set[Day]()
    for day in ordered:
        run = list[Day]()
        after: Day | None = day
        while after and after not in taken:
            taken.add(after)
            run.append(after)
            rest = following[after.head, after.last + 1]
            after = next((one for one in rest if one not in taken), None)
        if run:
            yield run


def _contradicted(runs: list[list[Day]], root: str) -> Iterator[date]:
    """Yield the days of which two accounts were given, which no one log can hold."""
    for at, run in enumerate(runs):
        for other in runs[at + 1 :]:
            two_logs = run[0].before == other[0].before == root
            for one in run:
                yield from (
                    two.day
                    for two in other
                    if (one.before == two.before and one.before != root)
                    or (one.day == two.day and (two_logs or _overlap(one, two)))
                )


def _overlap(one: Day, two: Day) -> bool:
    return one.first <= two.last and two.first <= one.last


def _gap(day: Day, ordered: list[Day]) -> Gap:
    earlier = [one for one in ordered if one.last < day.first and one.signed_at <= day.signed_at]
    last = max(earlier, key=lambda one: one.last, default=None)
    return Gap(last.day if last else None, day.day, day.first - 1 - (last.last if last else 0))


def _order(day: Day) -> tuple[int, datetime, str]:
    return day.first, day.signed_at, day.head
