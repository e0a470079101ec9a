"""The door at which the screen rings: a Unix datagram socket, and the thread that listens there."""

import contextlib
import logging
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from kiosk.help.line import DOOR, RING_LIMIT, Ring
from sync.errors import SunboardError

_log = logging.getLogger(__name__)


class DoorBroken(SunboardError):
    """There can be no door in the folder."""

    advice = "Check that [kiosk] run is a folder in which kiosk-help may write."


class Door:
    """Listens in the folder `run`; `tell` hears each ring, on the door's thread.

    Raises:
        DoorBroken: the folder isn't there or can't be written to.
    """

    def __init__(self, run: Path, tell: Callable[[Ring], None]) -> None:
        self._path = run / DOOR
        self._tell = tell
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            self._path.unlink(missing_ok=True)
            self._socket.bind(str(self._path))
            self._path.chmod(0o660)
        except OSError as error:
            self._socket.close()
            raise DoorBroken(f"屏幕求助不通 (no door in {run}): {error}") from error
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="door", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Listen no longer."""
        self._closing.set()
        self._socket.shutdown(socket.SHUT_RD)
        self._thread.join(timeout=5)
        self._socket.close()
        with contextlib.suppress(OSError):
            self._path.unlink()

    def _listen(self) -> None:
        while True:
            data = self._socket.recv(RING_LIMIT + 1)
            if self._closing.is_set():
                return
            try:
                ring = msgspec.json.decode(data, type=Ring)
            except (msgspec.MsgspecError, RecursionError):
                _log.warning("Something that isn't a ring came in at the door")
                continue
            self._tell(ring)
