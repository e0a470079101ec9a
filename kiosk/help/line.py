"""The screen's side of calling for help: ask, cancel, end, and what is happening.

A request rings at kiosk-help's door at once and is also kept in the database, for the case that
kiosk-help is just being restarted. What is happening comes back through two small files in the
memory folder `run`: no card, no lock, and the same answer when the database is broken.
"""

import contextlib
import os
import socket
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

import msgspec

from kiosk.help.incident import Call, Stamp
from kiosk.help.log import HelpLog, LogBroken, Request
from sync.clock import BUILT
from sync.timepiece import synchronised

DOOR: Final = "help.door"  # a Unix datagram socket
VIEW: Final = "help.view"  # JSON of CallView
BEAT: Final = "help.beat"  # monotonic s
BEAT_SECONDS: Final = 1.0
DEAD_AFTER: Final = 5.0  # s without a beat
RING_LIMIT: Final = 1024  # bytes
NO_SOUND: Final = "没有声音"


class Ring(msgspec.Struct, frozen=True):
    """What the screen says at the door."""

    what: Literal["request", "cancel", "end"]
    request: Request
    by: Literal["button", "screen"] = "screen"


class LineView(msgspec.Struct, frozen=True):
    """How well help can be called: the last self-test, and what is wrong now.

    `tested` is None before the first test; `failed` names contacts it didn't reach; `faults` are
    plain words in Chinese.
    """

    contacts: int = 0
    tested: Stamp | None = None
    failed: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def well(self) -> bool:
        """Whether a call would get through, as far as is known; it does so without sound too."""
        broken = self.failed or set(self.faults) - {NO_SOUND}
        return self.contacts > 0 and self.tested is not None and not broken


class CallView(msgspec.Struct, frozen=True):
    """What the screen shows: the call going on or just over, None when all is quiet."""

    call: Call | None = None
    line: LineView = LineView()


class HelpLine:
    """The line from the screen to kiosk-help."""

    def __init__(self, database: Path, run: Path) -> None:
        self._database = database
        self._run = run
        self._seen: tuple[int, int] | None = None

    def request(self, by: Literal["button", "screen"] = "screen") -> None:
        """Ask for help; a countdown begins. Asking again joins the same incident.

        A key that stands in for the button asks `by` "button": pressed again, it cancels.
        """
        request = Request(os.urandom(8).hex(), now())
        self._ring(Ring("request", request, by))
        try:
            log = HelpLog(self._database, patience=0.2)  # the screen must not stand still
        except LogBroken:
            return
        try:
            log.ask(request)
        except LogBroken:
            pass
        finally:
            log.close()

    def cancel(self) -> None:
        """Take back a call that hasn't gone out; does nothing once somebody was told."""
        self._ring(Ring("cancel", Request("", now())))

    def end(self) -> None:
        """Say that a person is at the kiosk: ends the call and tells everybody who was called."""
        self._ring(Ring("end", Request("", now())))

    def state(self) -> CallView:
        """Return what is happening; nothing, if kiosk-help never ran since the kiosk started."""
        path = self._run / VIEW
        try:
            self._seen = _mark(path)
            return msgspec.json.decode(path.read_bytes(), type=CallView)
        except (OSError, msgspec.MsgspecError):
            return CallView()

    def changed(self) -> bool:
        """Say whether `state` would answer something new."""
        try:
            return _mark(self._run / VIEW) != self._seen
        except OSError:
            return self._seen is not None

    def alive(self) -> bool:
        """Say whether kiosk-help is at work."""
        try:
            beat = float((self._run / BEAT).read_text(encoding="ascii"))
        except (OSError, ValueError):
            return False
        return 0 <= time.monotonic() - beat <= DEAD_AFTER

    def _ring(self, ring: Ring) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bell:
            bell.settimeout(0)
            # Nobody at the door: what was asked lies in the database until somebody is.
            with contextlib.suppress(OSError):
                bell.sendto(msgspec.json.encode(ring), os.fspath(self._run / DOOR))


def now() -> Stamp:
    """Return this moment by both clocks."""
    wall = datetime.now(UTC)
    return Stamp(wall, time.monotonic(), _boot(), wall >= BUILT and synchronised())


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""  # equal to no other: ages then go by the wall clock


def _mark(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_ino, status.st_mtime_ns
