"""The program kiosk-help: the button that calls a person. Composition only.

It needs neither screen, network, sound nor a working card to be on duty; each of them missing is
something it says on the status line.
"""

import argparse
import ctypes
import logging
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import sdnotify

from kiosk.help.announce import SOUNDS, Announcer
from kiosk.help.dispatch import ASK_EVERY, Dispatch
from kiosk.help.door import Door, DoorBroken
from kiosk.help.duty import Duty
from kiosk.help.inbox import Edge, Inbox, Sound, Stop
from kiosk.help.keeper import Keeper
from kiosk.help.line import now
from kiosk.help.messages import Place
from kiosk.help.pins import Board, NoPins, Pins, PinsBroken
from kiosk.help.signs import Signs
from kiosk.settings import HelpTable, Settings, load
from sync.settings import BadSettings

_M_ARENA_MAX: Final = -8  # malloc.h
_log = logging.getLogger(__name__)


def main() -> int:
    """Run the program; return its exit status."""
    parser = argparse.ArgumentParser(prog="kiosk-help", description=__doc__)
    parser.add_argument("--settings", type=Path, default=Path("/etc/sunboard/kiosk.toml"))
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(threadName)s: %(message)s")
    try:
        settings = load(arguments.settings)
    except BadSettings as error:
        sys.stderr.write(f"{error}\n{error.advice}\n")
        return 2
    run(settings)
    return 0


def run(
    settings: Settings,
    *,
    pin_factory: Any = None,
    sounds: Path = SOUNDS,
    ask_every: float = ASK_EVERY,
    ready: Callable[[Inbox], None] = lambda _: None,
) -> None:
    """Be on duty until SIGTERM. `pin_factory` is gpiozero's; `ready` gets the inbox at the start."""
    _share_memory()
    systemd = sdnotify.SystemdNotifier()
    kiosk, inbox = settings.kiosk, Inbox()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: inbox.put(Stop()))
    with ExitStack() as stack:
        keeper = Keeper(kiosk.database, inbox.put)
        stack.callback(keeper.close)
        announcer = Announcer(
            settings.voice.device, lambda works: inbox.put(Sound(works)), sounds=sounds
        )
        stack.callback(announcer.close)
        board, faults = _board(settings.help, inbox, pin_factory)
        stack.callback(board.close)
        signs = Signs(kiosk.run)
        stack.callback(signs.take_down)
        faults += _door(kiosk.run, inbox, stack)
        dispatch = Dispatch(
            settings.help.contacts, inbox.put, lambda: now().trusted, ask_every=ask_every
        )
        stack.callback(dispatch.rest)
        duty = Duty(
            settings.help,
            Place(kiosk.id, kiosk.name, kiosk.village),
            inbox=inbox,
            board=board,
            announcer=announcer,
            dispatch=dispatch,
            keeper=keeper,
            signs=signs,
            clock=now,
            alive=lambda: systemd.notify("WATCHDOG=1"),
            faults=faults,
        )
        systemd.notify("READY=1")
        ready(inbox)
        duty.run()
        systemd.notify("STOPPING=1")


def _share_memory() -> None:
    # glibc keeps a heap for each thread: 4 MB of the 40 that help may take, for a few messages.
    ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def _board(table: HelpTable, inbox: Inbox, pin_factory: Any) -> tuple[Board, tuple[str, ...]]:
    if table.pins == "none":
        return NoPins(), ()
    try:
        return Pins(table, lambda down, at: inbox.put(Edge(down, at)), pin_factory), ()
    except PinsBroken as error:
        _log.error("%s %s", error, error.advice)  # the sentence is enough
        return NoPins(), ("按钮没有接通",)


def _door(run_folder: Path, inbox: Inbox, stack: ExitStack) -> tuple[str, ...]:
    try:
        stack.callback(Door(run_folder, inbox.put).close)
    except DoorBroken as error:
        _log.error("%s %s", error, error.advice)  # the sentence is enough
        return ("屏幕求助不通",)
    return ()


if __name__ == "__main__":
    sys.exit(main())
