"""What the post says, blinks and beeps in each state of a call; pure.

The names are those of the sounds in assets/sounds; playing them is `announce`.
"""

from typing import Final

from kiosk.help.incident import (
    Call,
    Cancelled,
    Coming,
    CountingDown,
    Delivered,
    Ended,
    Queued,
    Seen,
    Sending,
)
from kiosk.help.pins import SILENT, Beat

COUNTED: Final = 5  # the last seconds are counted aloud
SIREN_TRIES: Final = 4  # about two minutes: then the siren rests, the lamp goes on


_SPOKEN: Final[dict[type, str]] = {
    CountingDown: "help_countdown",
    Sending: "help_sending",
    Delivered: "help_delivered",
    Seen: "help_seen",
    Coming: "help_coming",
    Queued: "help_queued",
    Ended: "help_ended",
    Cancelled: "help_cancelled",
}


NAMES: Final = (
    *_SPOKEN.values(),
    "help_nobody",
    *(f"help_count_{number}" for number in range(1, COUNTED + 1)),
)


def prompt(before: Call | None, after: Call | None) -> str | None:
    """Return the name of what is to be said because `before` became `after`, if anything."""
    if after is None or (
        before is not None
        and before.incident == after.incident
        and before.state == after.state
        and before.nobody == after.nobody
    ):
        return None
    if isinstance(after.state, Delivered) and after.nobody:
        return "help_nobody"
    if isinstance(after.state, Sending) and (after.told or after.tries):
        return None
    return _SPOKEN[type(after.state)]


def beats(call: Call | None) -> tuple[Beat, Beat]:
    """Return how the lamp and the buzzer go."""
    match call.state if call is not None else None:
        case CountingDown():
            return Beat(0.5, 0.5), Beat(0.1, 0.9)
        case Sending() | Queued() if call is not None and not call.told:
            loud = 1 <= call.tries <= SIREN_TRIES
            return Beat(0.2, 0.2), Beat(0.5, 0.5) if loud else SILENT
        case Sending() | Delivered():
            return Beat(1.0, 1.0), SILENT
        case Seen() | Coming():
            return Beat(1.0), SILENT
        case _:
            return SILENT, SILENT
