"""What a call for help is: its moments, its states, and what can happen to it. Values only.

The rules that lead from one state to the next are `call`.

    CountingDown → Sending → Delivered → Seen → Coming → Ended
         ↓            ↓  ↑        ↓ nobody answers: Sending to the next
     Cancelled      Queued ← no contact can be reached: tried again for ever
"""

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec


class Stamp(msgspec.Struct, frozen=True):
    """A moment by both clocks. `monotonic` counts within one `boot`; `wall` is true if `trusted`."""

    wall: datetime
    monotonic: float
    boot: str
    trusted: bool


class CountingDown(msgspec.Struct, frozen=True, tag=True):
    """Goes out at `until` (monotonic s) unless cancelled; if `firm`, by a touch only."""

    until: float
    firm: bool = False


class Sending(msgspec.Struct, frozen=True, tag=True):
    """Is on its way to `contact`."""

    contact: str


class Delivered(msgspec.Struct, frozen=True, tag=True):
    """Lies with the contacts in `Call.told`; nobody has answered yet."""


class Seen(msgspec.Struct, frozen=True, tag=True):
    """A person has seen it."""

    by: str


class Coming(msgspec.Struct, frozen=True, tag=True):
    """A person is on the way."""

    by: str


class Queued(msgspec.Struct, frozen=True, tag=True):
    """Nobody could be reached; `offline` if because there is no network."""

    reason: str
    offline: bool


class Ended(msgspec.Struct, frozen=True, tag=True):
    """Over. `by` is "here" (a person at the kiosk), a contact, "late", "forgotten" or "again"."""

    by: str


class Cancelled(msgspec.Struct, frozen=True, tag=True):
    """Taken back before anybody was told."""

    by: Literal["button", "screen"]


State: TypeAlias = CountingDown | Sending | Delivered | Seen | Coming | Queued | Ended | Cancelled


class Call(msgspec.Struct, frozen=True):
    """One incident. `told` has received it; `nobody`: the whole chain has, without an answer.

    `earlier` is an old call that is still open while this one, asked for after it, counts down.
    """

    incident: str
    asked: Stamp
    by: Literal["button", "screen"]
    state: State
    since: float  # monotonic s of the last change of state
    deadline: float  # monotonic s at which time alone changes something
    cursor: int = 0
    round: int = 1
    tries: int = 0
    told: tuple[str, ...] = ()
    nobody: bool = False
    presses: int = 1
    earlier: "Call | None" = None


class Rules(msgspec.Struct, frozen=True):
    """What the settings say: seconds, and the chain of contacts by name."""

    countdown: float
    acknowledge: float
    stale: float
    contacts: tuple[str, ...]


class Asked(msgspec.Struct, frozen=True):
    """Somebody pressed the button or the key on the screen."""

    incident: str
    stamp: Stamp
    by: Literal["button", "screen"]


class Touched(msgspec.Struct, frozen=True):
    """Somebody touched cancel on the screen."""


class Arrived(msgspec.Struct, frozen=True):
    """A person is at the kiosk: held the button or the key for two seconds."""


class Sent(msgspec.Struct, frozen=True):
    """The call lies with `contact`; `late` if only as information about the past."""

    contact: str
    late: bool = False


class Refused(msgspec.Struct, frozen=True):
    """The call did not reach `contact`."""

    contact: str
    reason: str
    offline: bool


class Answered(msgspec.Struct, frozen=True):
    """`contact` says that a person, `by`, has seen it, is coming, or has ended it."""

    contact: str
    how: Literal["seen", "coming", "ended"]
    by: str


class Passed(msgspec.Struct, frozen=True):
    """Time went by."""


Event: TypeAlias = Asked | Touched | Arrived | Sent | Refused | Answered | Passed


class Send(msgspec.Struct, frozen=True):
    """A message to go out: the call, a late call as information, or news of it or `about` another."""

    contact: str
    kind: Literal["call", "late", "news"]
    about: Call | None = None


def age_seconds(then: Stamp, now: Stamp) -> float | None:
    """Return how long ago `then` was, or None if no clock can tell."""
    if then.boot and then.boot == now.boot:
        return max(0.0, now.monotonic - then.monotonic)
    if then.trusted and now.trusted and now.wall >= then.wall:
        return (now.wall - then.wall).total_seconds()
    return None


def is_open(call: Call | None) -> bool:
    """Say whether somebody still waits for help."""
    return call is not None and not isinstance(call.state, Ended | Cancelled)
