"""Play, pause, repeat, stop, slower, louder: what they mean, as a pure state machine.

Knows nothing of threads, processes or sound: each step gives the next state and what is to be done.
The neighbour that does it is `speaker`.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from kiosk.voice.events import (
    Ended,
    Lack,
    Paused,
    SentenceStarted,
    SoundMissing,
    SpeedChanged,
    Stopped,
    VoiceEvent,
    VolumeChanged,
)

SLOWEST: Final = -1
FASTEST: Final = 1
QUIETEST: Final = -2
LOUDEST: Final = 2


class Phase(StrEnum):
    """Whether a text is being read."""

    SILENT = "silent"
    READING = "reading"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Say:
    """Make the sentence with this index heard instead of any other.

    From its beginning, or `on` from where its sound has got to.
    """

    index: int
    on: bool = False


@dataclass(frozen=True, slots=True)
class Hush:
    """Be silent at once."""


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell the screen."""

    event: VoiceEvent


Action = Say | Hush | Tell
Step = tuple["Reader", tuple[Action, ...]]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reading number `number` of `count` sentences, at sentence `at`; `speed` and `volume` are steps.

    Pausing stops the sound and resuming starts its sentence again: half a sentence later nobody
    remembers how it began, and a halted sound card would first play out what it holds.
    """

    count: int = 0
    at: int = 0
    phase: Phase = Phase.SILENT
    speed: int = 0
    volume: int = 0
    number: int = 0

    def play(self, count: int, start: int = 0, number: int = 0) -> Step:
        """Read `count` sentences from `start` on, instead of what was read before."""
        reader = replace(self, number=number)
        if not 0 <= start < count:
            silent = replace(reader, count=0, at=0, phase=Phase.SILENT)
            return silent, (Hush(), Tell(Ended(number)))
        return self._say(replace(reader, count=count, at=start))

    def pause(self) -> Step:
        """Be silent, and remember the sentence."""
        if self.phase is not Phase.READING:
            return self, ()
        return replace(self, phase=Phase.PAUSED), (Hush(), Tell(Paused(self.at, self.number)))

    def resume(self) -> Step:
        """Go on with the sentence in which the pause came."""
        return self._say(self) if self.phase is Phase.PAUSED else (self, ())

    def repeat(self) -> Step:
        """Say the present sentence once more; after the end, the last one."""
        return self._say(self) if self.count else (self, ())

    def stop(self) -> Step:
        """Be silent and forget the text."""
        if self.phase is Phase.SILENT:
            return replace(self, count=0, at=0), (Hush(),)
        stopped = replace(self, count=0, at=0, phase=Phase.SILENT)
        return stopped, (Hush(), Tell(Stopped(self.number)))

    def change_speed(self, by: int) -> Step:
        """One step slower (-1) or faster (1); the sentence being heard goes on at that speed."""
        step = min(max(self.speed + by, SLOWEST), FASTEST)
        return self._changed(replace(self, speed=step), SpeedChanged(step))

    def change_volume(self, by: int) -> Step:
        """One step quieter (-1) or louder (1); the sentence being heard goes on so."""
        step = min(max(self.volume + by, QUIETEST), LOUDEST)
        return self._changed(replace(self, volume=step), VolumeChanged(step))

    def reset(self) -> Step:
        """Speed and volume as set, for the next person (EN 301 549, 5.1.3.13)."""
        fresh = replace(self, speed=0, volume=0)
        if fresh == self:
            return self, ()
        again = (Say(self.at, on=True),) if self.phase is Phase.READING else ()
        return fresh, (Tell(SpeedChanged(0)), Tell(VolumeChanged(0)), *again)

    def sounding(self) -> Step:
        """The present sentence has begun to be heard."""
        if self.phase is not Phase.READING:
            return self, (Hush(),)
        return self, (Tell(SentenceStarted(self.at, self.number)),)

    def finished(self) -> Step:
        """The present sentence was heard to its end, or cannot be said at all."""
        if self.phase is not Phase.READING:
            return self, ()
        if self.at + 1 < self.count:
            return self._say(replace(self, at=self.at + 1))
        return replace(self, phase=Phase.SILENT), (Tell(Ended(self.number)),)

    def failed(self, lacks: Lack) -> Step:
        """Nothing can be heard: no sound device, no player, no voice."""
        return replace(self, phase=Phase.SILENT), (Hush(), Tell(SoundMissing(lacks, self.number)))

    def _changed(self, changed: "Reader", event: VoiceEvent) -> Step:
        again = (Say(self.at, on=True),) if changed != self and self.phase is Phase.READING else ()
        return changed, (Tell(event), *again)

    @staticmethod
    def _say(reader: "Reader") -> Step:
        return replace(reader, phase=Phase.READING), (Say(reader.at),)
