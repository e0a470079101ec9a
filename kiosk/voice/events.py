"""What the voice tells the screen, as small values matched by type.

`reading` is the number that whoever asked gave to what was to be read: an event may cross with the
next wish on its way. 0 is a prompt, or nobody's.
"""

from dataclasses import dataclass
from typing import Literal

Lack = Literal["voice", "player", "device", "room"]
"""What is missing for a sound: somebody who makes it, who plays it, a loudspeaker, room on the card."""


@dataclass(frozen=True, slots=True)
class SentenceStarted:
    """The sentence with this index is being heard from now on: highlight it, scroll to it."""

    index: int
    reading: int = 0


@dataclass(frozen=True, slots=True)
class Paused:
    """Silent; `resume` starts the sentence with this index from its beginning."""

    index: int
    reading: int = 0


@dataclass(frozen=True, slots=True)
class Ended:
    """The last sentence was heard to its end."""

    reading: int = 0


@dataclass(frozen=True, slots=True)
class Stopped:
    """Silent because somebody asked for it."""

    reading: int = 0


@dataclass(frozen=True, slots=True)
class SoundMissing:
    """Nothing can be heard now, because of `lacks`; the next touch tries again."""

    lacks: Lack
    reading: int = 0


@dataclass(frozen=True, slots=True)
class SpeedChanged:
    """-1 slow, 0 as set, 1 fast."""

    step: int


@dataclass(frozen=True, slots=True)
class VolumeChanged:
    """Steps of 3 dB from the setting, -2 to 2."""

    step: int


VoiceEvent = (
    SentenceStarted | Paused | Ended | Stopped | SoundMissing | SpeedChanged | VolumeChanged
)
