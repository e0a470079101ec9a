"""What the screen asks of its neighbours: the voice, the help line, the clock. Shapes only."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from kiosk.evidence.pictures import Photo
from kiosk.evidence.tracker import Tick
from kiosk.present.help import Call
from sync.clock import Reading
from sync.notices import Sentence
from sync.workdays import TermRule


class Speaker(Protocol):
    """Reads sentences aloud; every method returns at once."""

    def play(self, sentences: Sequence[Sentence], start: int = 0, *, number: int = 0) -> None:
        """Read from the sentence `start` on; all events of this reading carry `number`."""

    def say(self, sounds: str) -> None:
        """Say one prompt in tone-numbered pinyin; what was read before stops."""

    def pause(self) -> None:
        """Be silent till `resume`."""

    def resume(self) -> None:
        """Go on."""

    def repeat(self) -> None:
        """Say the sentence again."""

    def stop(self) -> None:
        """Be silent at once."""

    def slower(self) -> None:
        """One step slower."""

    def faster(self) -> None:
        """One step faster."""

    def quieter(self) -> None:
        """One step quieter."""

    def louder(self) -> None:
        """One step louder."""

    def reset(self) -> None:
        """Speed and volume as set, for the next person."""

    def close(self) -> None:
        """End its threads."""


class HelpLine(Protocol):
    """The way to kiosk-help, which may be dead."""

    def request(self) -> None:
        """Ask for a call."""

    def cancel(self) -> None:
        """Take the call back."""

    def end(self) -> None:
        """Say that a person is here: the call is over."""

    def alive(self) -> bool:
        """Tell whether kiosk-help runs."""

    def call(self) -> Call | None:
        """Return the call that is under way or has just ended."""

    def fault(self) -> str:
        """Return what is wrong with button or line, in kiosk-help's own words, or ""."""

    def tested(self) -> tuple[bool, datetime] | None:
        """Return whether the last test of the whole path was good, and when it was (UTC)."""


class Witness(Protocol):
    """Keeps the evidence of what is drawn; every method returns at once."""

    def start(self) -> None:
        """Begin to write."""

    def look(self, tick: Tick) -> None:
        """Take one look at the screen."""

    def count_by(self, rule: TermRule) -> None:
        """Count shares by the village's rule."""

    def enrolled(self, key: str) -> None:
        """Take the public key (hex) that the village has sealed for this kiosk, "" where none."""

    def wants_picture(self, notice: str, revision: int) -> bool:
        """Tell whether there is no picture yet of a notice on the idle board."""

    def take_picture(self, photo: Photo) -> None:
        """Keep a picture."""


class Time(Protocol):
    """The machine's clocks."""

    def now(self) -> datetime:
        """Return the system's time in UTC, to be shown, not to be judged by."""

    def read(self) -> Reading:
        """Return all that `sync.clock` judges by."""

    def beat(self) -> datetime | None:
        """Return the latest time (UTC) that was written down by a trusted clock before this start."""


class Pulse(Protocol):
    """The supervisor of the process, who restarts it if it no longer answers."""

    @property
    def interval(self) -> float:
        """Every how many seconds it wants to hear something, 0 if nobody listens."""

    def ready(self) -> None:
        """The first screen is drawn."""

    def beat(self) -> None:
        """Drawing and card have both just answered."""
