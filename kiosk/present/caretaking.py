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
    "program", "card", "evidence", "empty", "stale", "clock", "clock-stick", "clock-battery", "sound",
    "set-aside", "well",
]  # fmt: skip
STALE_AFTER: Final = timedelta(days=3)  # a weekend without a network needs nobody
_CLOCK: Final[Mapping[Why, Duty]] = {
    "behind": "clock-battery", "ahead": "clock-stick", "chip-unproved": "clock-stick",
}  # fmt: skip
LEAST_FREE: Final = 200 << 20  # bytes: below, the next months' notices may not fit


@dataclass(frozen=True, slots=True)
class Condition:
    """What the rule goes by. `last` and `card_damaged` are of the newest attempts; times are UTC.

    `free` is the room on the card in bytes, None where that isn't known; `clock` is why the clock is
    trusted or not.
    """

    health: Health
    holds_board: bool
    refused: bool
    last: str
    card_damaged: bool
    free: int | None
    set_aside: bool
    stick_at_work: bool
    stick_done: bool
    evidence_hurt: bool = False
    clock: Why = "network"


def duty(now: datetime, condition: Condition) -> Duty:
    """Return what has to be done first."""
    health = condition.health
    stale = health.updated is None or now - health.updated > STALE_AFTER
    no_room = condition.free is not None and condition.free < LEAST_FREE
    pressing: tuple[tuple[Duty, bool], ...] = (
        ("leave-stick", condition.stick_at_work),
        ("take-stick", condition.stick_done),
        ("refused", condition.refused),
        ("help-dead", not health.help_alive),
        ("help-fault", bool(health.help_fault)),
        ("help-failed", health.help_works is False),
        ("distrust", condition.last == "not-trusted"),
        ("program", condition.last == "not-understood"),
        ("card", condition.last == "card-full" or condition.card_damaged or no_room),
        ("evidence", condition.evidence_hurt),
        ("empty", not condition.holds_board),
        (_CLOCK.get(condition.clock, "clock"), not health.clock_trusted),
        ("stale", stale),
        ("sound", not health.sound),
        ("set-aside", condition.set_aside),
    )
    return next((name for name, presses in pressing if presses), "well")


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
