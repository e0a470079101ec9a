"""The help page: what is happening to a call, and what the person has to do.

Two honest rules: "sent" is not "seen", and silence is said aloud.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from kiosk.catalogue import Catalogue
from kiosk.intentions import CancelHelp, CloseHelp, Intention
from kiosk.present.wording import ago

Stage = Literal[
    "dead", "starting", "countdown", "sending", "delivered", "silent", "seen", "coming", "queued",
    "ended", "cancelled",
]  # fmt: skip
UNDER_WAY: Final = frozenset(
    {"countdown", "sending", "delivered", "silent", "seen", "coming", "queued"}
)  # somebody waits for the answer
_UNTOLD: Final = frozenset({"starting", "countdown", "queued"})  # only then it can be taken back


@dataclass(frozen=True, slots=True)
class Call:
    """A call as kiosk-help reports it; `dead` is when kiosk-help itself can't be reached.

    `seconds` are left of the countdown, `who` has received it or is coming, `since` (UTC) is when
    help was asked for.
    """

    stage: Stage
    seconds: int = 0
    who: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class HelpView:
    """The help page; `figure` is drawn as large as there is room for."""

    title: str
    figure: str
    lines: tuple[str, ...]
    key: str
    intention: Intention
    numbers: tuple[tuple[str, str], ...]


def help_page(say: Catalogue, call: Call, hotline: str, now: datetime) -> HelpView:
    """Return the page for the call at its stage."""
    title, *lines = _words(say, call, now)
    can_cancel = call.stage in _UNTOLD and not call.who
    numbers = [(say("Illness"), "120"), (say("Police"), "110")]
    if hotline:
        numbers.append((say("Hotline"), hotline))
    return HelpView(
        title,
        str(call.seconds) if call.stage == "countdown" else "",
        tuple(line for line in lines if line),
        say("Cancel") if can_cancel else say("Back to the notices"),
        CancelHelp() if can_cancel else CloseHelp(),
        tuple(numbers),
    )


def _words(say: Catalogue, call: Call, now: datetime) -> tuple[str, ...]:
    since = say("Asked for help {since}", since=ago(say, call.since, now)) if call.since else ""
    numbers, stay = say("Please call one of these numbers."), say("Please stay here.")
    nothing = say("You need not do anything")
    pages: dict[Stage, tuple[str, ...]] = {
        "dead": (say("The call could not be sent"), say("The help line is out of order. Nobody was called."), numbers),
        "starting": (say("Calling people in the village"), nothing),
        "countdown": (
            say("About to call people in the village"),
            say("The call goes out in {seconds} seconds", seconds=call.seconds), nothing,
        ),
        "sending": (say("Sending the call"), say("To {who}, not received yet", who=call.who), nothing),
        "delivered": (say("Sent, not yet seen"), say("{who} received it", who=call.who), since, stay),
        "silent": (say("Nobody has answered yet"), say("{who} received it", who=call.who), since, numbers),
        "seen": (say("{who} has seen it", who=call.who), since, stay),
        "coming": (say("{who} is coming", who=call.who), since, stay),
        "queued": (say("Nobody could be reached"), since, say("It tries again by itself."), numbers),
        "ended": (say("The call has ended"),),
        "cancelled": (say("The call was cancelled"), say("Nobody will come.")),
    }  # fmt: skip
    return pages[call.stage]
