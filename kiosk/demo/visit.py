"""What the scripted villager does: every screen once, the voice, larger text, help and its cancel."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from kiosk.catalogue import Catalogue
from kiosk.demo import tape
from kiosk.demo.villager import PATIENCE, NotSeen, Sight, Villager
from kiosk.navigation import TEXT_STEPS

ACCOUNTS: Final = "青石村 2026 年 11 月上半月财务收支公开"
VOUCHER: Final = "购路灯灯头、抱箍、电线"
CORRECTED: Final = "二组、三组临时停水通知"
LISTEN_SECONDS: Final = 12.0  # of speech on the tape before the villager has heard enough
_SPOKEN: Final = {"help_countdown": 3.4, "help_cancelled": 1.7}  # s that these prompts last
Say = Callable[[str], None]


def visit(villager: Villager, say: Catalogue, recording: Path, called: Path, tell: Say) -> None:
    """Walk through the kiosk; `say` knows the words on its keys.

    `recording` is the tape of the voice, `called` that of a call for help.

    Raises:
        NotSeen: the kiosk didn't do what was asked of it.
    """
    tell("looks at the board that gives each notice its turn")
    villager.on("idle")
    villager.picture("idle")
    tell("touches it, then goes to the home page")
    villager.touch(villager.on("idle").largest().label)
    villager.on("notice")
    villager.touch(say("Home"))
    villager.on("home")
    villager.picture("home")
    tell("opens a category and the accounts in it")
    villager.touch("财务收支")
    villager.on("list")
    villager.picture("list")
    villager.find(ACCOUNTS, turn=say("Next"))
    villager.touch(ACCOUNTS)
    villager.on("notice")
    villager.picture("notice")
    _listen(villager, say, recording, tell)
    _enlarge(villager, say, tell)
    _look_at_ledger(villager, say, tell)
    _look_at_correction(villager, say, tell)
    _look_at_status(villager, say, tell)
    _call_help(villager, say, called, tell)


def _listen(villager: Villager, say: Catalogue, recording: Path, tell: Say) -> None:
    tell("has it read aloud, and stops it")
    before = tape.seconds(recording)
    villager.touch(say("Read aloud"))
    villager.wait("the key that stops the voice", _shows(say("Stop")))
    villager.picture("reading")
    _hear(recording, before + LISTEN_SECONDS)
    villager.touch(say("Stop"))
    villager.wait("the key that starts the voice", _shows(say("Read aloud")))


def _hear(recording: Path, seconds: float) -> None:
    """Wait until so many seconds are on the tape."""
    until = time.monotonic() + seconds + PATIENCE
    while tape.seconds(recording) < seconds:
        if time.monotonic() > until:
            raise NotSeen("waited for the voice, heard too little")
        time.sleep(0.1)


def _enlarge(villager: Villager, say: Catalogue, tell: Say) -> None:
    tell("makes the text larger, twice, and back again")
    for step in range(1, TEXT_STEPS):
        villager.change(say("Larger"))
        villager.picture(f"notice-larger-{step}")
    villager.change(say("Smaller"))


def _look_at_ledger(villager: Villager, say: Catalogue, tell: Say) -> None:
    tell("looks at the ledger, by month, at the expenses alone, at an entry and its voucher")
    entries = say.count("See the {number} entry", "See all {number} entries", 46)
    villager.find(entries, turn=say("Next"))
    villager.touch(entries)
    villager.on("ledger")
    villager.picture("ledger")
    villager.change(say("By month"))
    villager.picture("ledger-months")
    villager.change(say("Only expense"))
    villager.find(VOUCHER, turn=say("Next"))
    villager.touch(VOUCHER)
    villager.wait("the key that stops the voice", _shows(say("Stop")))
    villager.picture("ledger-voucher")
    villager.touch(say("voucher photo"), of=VOUCHER)
    villager.on("picture")
    villager.picture("voucher")


def _look_at_correction(villager: Villager, say: Catalogue, tell: Say) -> None:
    tell("reads a notice that was corrected, with its code")
    villager.touch(say("Home"))
    villager.on("home")
    villager.find(CORRECTED, turn=say("Next"))
    villager.touch(CORRECTED)
    villager.on("notice")
    villager.picture("notice-corrected")


def _look_at_status(villager: Villager, say: Catalogue, tell: Say) -> None:
    tell("holds a finger on the status line, as the caretaker does")
    villager.hold(say("How this kiosk is"))
    villager.on("status")
    villager.picture("status")
    villager.touch(say("Home"))
    villager.on("home")


def _call_help(villager: Villager, say: Catalogue, called: Path, tell: Say) -> None:
    tell("calls for help, and takes it back before the countdown ends")
    before = tape.seconds(called)
    villager.touch(say("Help"))
    villager.on("help")
    villager.wait(
        "the countdown", lambda sight: any(word.isdigit() and len(word) < 3 for word in sight.words)
    )
    villager.picture("help")
    _hear(called, before + _SPOKEN["help_countdown"])
    villager.touch(say("Cancel"))
    villager.wait("the end of the call", _shows(say("Back to the notices")))
    villager.picture("help-cancelled")
    _hear(called, before + sum(_SPOKEN.values()))
    villager.touch(say("Back to the notices"))
    villager.on("home")


def _shows(label: str) -> Callable[[Sight], bool]:
    return lambda sight: sight.spot(label) is not None
