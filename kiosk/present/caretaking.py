"""What the caretaker must do now: one sentence, the most pressing there is. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from kiosk.catalogue import Catalogue
from kiosk.present.chrome import Health
from sync.clock import Why

Duty = Literal[
    "leave-stick", "take-stick", "refused", "help-dead", "help-fault", "help-failed", "distrust",
    "program", "card", "evidence", "empty", "stale", "clock", "clock-office", "clock-stick", "clock-battery", "sound",
    "set-aside", "well",
]  # fmt: skip
STICK_DONE: Final = frozenset(
    {"new", "same", "older", "unavailable"}
)  # nothing more to do than pull it
STALE_AFTER: Final = timedelta(days=3)  # a weekend without a network needs nobody
_CLOCK: Final[Mapping[Why, Duty]] = {
    "behind": "clock-battery", "ahead": "clock-stick", "chip-unproved": "clock-stick",
}  # fmt: skip
LEAST_FREE: Final = 200 << 20  # bytes: below, the next months' notices may not fit


@dataclass(frozen=True, slots=True)
class Condition:
    """What the rule goes by. `last` and `card_damaged` are of the newest attempts; times are UTC.

    `stick` is how an import from a stick has just ended, "" when none has. `free` is the room on the card in bytes, None where that isn't known; `clock` is why the clock is
    trusted or not; `network` that the last update by network has
    reached its source.
    """

    health: Health
    holds_board: bool
    refused: bool
    last: str
    card_damaged: bool
    free: int | None
    set_aside: bool
    stick_at_work: bool
    stick: str
    evidence_hurt: bool = False
    clock: Why = "network"
    network: bool = False


def duty(now: datetime, condition: Condition) -> Duty:
    """Return what has to be done first."""
    health = condition.health
    stale = health.updated is None or now - health.updated > STALE_AFTER
    no_room = condition.free is not None and condition.free < LEAST_FREE
    pressing: tuple[tuple[Duty, bool], ...] = (
        ("leave-stick", condition.stick_at_work),
        ("take-stick", condition.stick in STICK_DONE),
        # Whoever has just put a stick in stands here and must hear what is wrong with it.
        ("distrust", condition.stick == "not-trusted"),
        ("program", condition.stick == "not-understood"),
        ("card", condition.stick == "card-full"),
        ("refused", condition.refused),
        ("help-dead", not health.help_alive),
        ("help-fault", bool(health.help_fault)),
        ("help-failed", health.help_works is False),
        ("distrust", condition.last == "not-trusted"),
        ("program", condition.last == "not-understood"),
        ("card", condition.last == "card-full" or condition.card_damaged or no_room),
        ("evidence", condition.evidence_hurt),
        ("empty", not condition.holds_board),
        (_clock(condition), not health.clock_trusted),
        ("stale", stale),
        ("sound", not health.sound),
        ("set-aside", condition.set_aside),
    )
    return next((name for name, presses in pressing if presses), "well")


def _clock(condition: Condition) -> Duty:
    """Return what mends the clock; no network has to be connected that brings notices already."""
    mends = _CLOCK.get(condition.clock, "clock")
    return "clock-office" if mends == "clock" and condition.network else mends


def sentences(say: Catalogue) -> Mapping[Duty, str]:
    """Return each duty in words; docs/caretaker-guide.md lists the same."""
    return {
        "leave-stick": say("Leave the stick in: notices are being taken from it."),
        "take-stick": say("You may take the stick out."),
        "refused": say("Call the office: the notices on this kiosk could not be verified."),
        "help-dead": say(
            "Switch the kiosk off and on. If the help line stays out of order, call the office at once."
        ),
        "help-fault": say("Call the office: the help button needs repair."),
        "help-failed": say("Call the office at once: the help line may reach nobody."),
        "distrust": say("Do not use this stick or address. Call the office."),
        "program": say("The kiosk's program may be too old. Call the office."),
        "card": say("Call the office: the kiosk's card is full or damaged."),
        "evidence": say("Call the office: what this kiosk has shown can't be proved in full."),
        "empty": say("Put in the stick from the office, or connect the network."),
        "stale": say("Nothing has come for days: look at the network, or use a stick."),
        "clock": say("Connect the network: it sets the clock. If it stays, call the office."),
        "clock-office": say(
            "The network brings notices but does not set the clock. Call the office."
        ),
        "clock-stick": say(
            "Put in a new stick from the office, or connect the network: either proves the clock."
        ),
        "clock-battery": say(
            "Connect the network: it sets the clock. If the clock is wrong after every power cut, call the office: its battery is empty."
        ),
        "sound": say("There is no sound: look at the loudspeaker's plug and switch."),
        "set-aside": say('Read the lines under "Set aside" to the office.'),
        "well": say("All is well. Nothing needs doing."),
    }
