"""The help page: what is happening to a call, and what the person has to do.

Two honest rules: "sent" is not "seen", and silence is said aloud.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kiosk.catalogue import Catalogue
from kiosk.navigation import CancelHelp, CloseHelp, Intention
from kiosk.present.wording import ago

Stage = Literal[
    "dead", "starting", "countdown", "sending", "delivered", "seen", "coming", "queued", "ended",
    "cancelled",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Call:
    """A call as kiosk-help reports it; `dead` is when kiosk-help itself can't be reached.

    `seconds` are left of the countdown, `who` was reached or is coming, `since` is when this stage
    or, if queued, the call began.
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
    title, figure, lines = _words(say, call, now)
    can_cancel = call.stage in {"starting", "countdown", "sending", "queued"}
    numbers = [(say("Illness"), "120"), (say("Police"), "110")]
    if hotline:
        numbers.append((say("24-hour hotline"), hotline))
    return HelpView(
        title,
        figure,
        lines,
        say("Cancel") if can_cancel else say("Back to the notices"),
        CancelHelp() if can_cancel else CloseHelp(),
        tuple(numbers),
    )


def _words(say: Catalogue, call: Call, now: datetime) -> tuple[str, str, tuple[str, ...]]:
    since = ago(say, call.since, now) if call.since else ""
    nothing = say("You need not do anything")
    match call.stage:
        case "countdown":
            lines = (say("The call goes out in {seconds} seconds", seconds=call.seconds), nothing)
            return say("Calling people in the village"), str(call.seconds), lines
        case "starting":
            return say("Calling people in the village"), "", (nothing,)
        case "sending":
            return say("Sending the call"), "", (say("Not sent yet. Trying now."), nothing)
        case "delivered":
            sent = say("Sent to {who} {since}", who=call.who, since=since)
            return (
                say("Sent, not yet seen"),
                "",
                (sent, say("Waiting for an answer. Please stay here.")),
            )
        case "seen":
            return say("{who} has seen it", who=call.who), "", (since, say("Please stay here."))
        case "coming":
            return say("{who} is coming", who=call.who), "", (since, say("Please stay here."))
        case "queued":
            late = say("Waiting since {since}, not sent yet", since=since)
            return say("No connection"), "", (late, say("Please call one of these numbers."))
        case "ended":
            return say("The call has ended"), "", ()
        case "cancelled":
            return say("The call was cancelled"), "", (say("Nobody will come."),)
        case "dead":
            lines = (
                say("The help line is out of order. Nobody was called."),
                say("Please call one of these numbers."),
            )
            return say("The call could not be sent"), "", lines
