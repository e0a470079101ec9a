"""Where all threads of kiosk-help put what happened, for the one that is on duty to take."""

import queue
from typing import Final, TypeAlias

import msgspec

from kiosk.help.dispatch import Heard, Outcome
from kiosk.help.keeper import Left
from kiosk.help.line import Ring

FLOOD: Final = 1000  # things waiting: from then on a rattling button isn't listened to


class Edge(msgspec.Struct, frozen=True):
    """The button's pin changed at `at` (monotonic s)."""

    down: bool
    at: float


class Sound(msgspec.Struct, frozen=True):
    """Whether the last prompt could be heard."""

    works: bool


class Stop(msgspec.Struct, frozen=True):
    """The program is to end."""


News: TypeAlias = Edge | Ring | Left | Outcome | Heard | Sound | Stop


class Inbox:
    """Where all threads put what happened. Never blocks whoever puts."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[News] = queue.SimpleQueue()

    def put(self, news: News) -> None:
        """Take in `news`; edges are dropped in a flood of them, the level is looked at anyway."""
        if not (isinstance(news, Edge) and self._queue.qsize() > FLOOD):
            self._queue.put(news)

    def get(self, seconds: float) -> News | None:
        """Return what happened, None if nothing did for `seconds`."""
        try:
            return self._queue.get(timeout=max(0.0, seconds))
        except queue.Empty:
            return None
