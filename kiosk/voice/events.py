"""What the voice tells the screen, as small values matched by type."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SentenceStarted:
    """The sentence with this index is being heard from now on: highlight it, scroll to it."""

    index: int


@dataclass(frozen=True, slots=True)
class Paused:
    """Silent; `resume` starts the sentence with this index from its beginning."""

    index: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The last sentence was heard to its end."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """Silent because somebody asked for it."""


@dataclass(frozen=True, slots=True)
class SoundMissing:
    """Nothing can be heard now; `reason` is for the status page, the next touch tries again."""

    reason: str


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
