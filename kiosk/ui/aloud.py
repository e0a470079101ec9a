"""What is heard from the window: what stands there, or a question."""

from collections.abc import Sequence

from kiosk.intentions import Voice
from kiosk.navigation import Reading
from kiosk.ports import Speaker
from kiosk.present.parts import Spoken


class Aloud:
    """Remembers what is read and whether a question was asked; without `speaker` nothing is heard."""

    def __init__(self) -> None:
        self.speaker: Speaker | None = None
        self._spoken: tuple[Spoken, ...] = ()
        self._number = 0  # of the present reading: what an earlier one tells comes too late
        self._asked = False

    def read(self, spoken: Sequence[Spoken]) -> bool:
        """Read `spoken` from its beginning; tell whether there is a voice that does."""
        self._spoken = tuple(spoken)
        self._number += 1
        if self.speaker:
            self.speaker.play([one.sentence for one in self._spoken], number=self._number)
        return self.speaker is not None

    def reads(self, spoken: Sequence[Spoken]) -> bool:
        """Tell whether it was `spoken` that was read last."""
        return tuple(spoken) == self._spoken

    def lit(self, reading: Reading | None) -> Spoken | None:
        """Return what is heard now."""
        if reading is None or not 0 <= reading.index < len(self._spoken):
            return None
        return self._spoken[reading.index]

    def steer(self, wish: Voice) -> None:
        """Tell the voice what the person wants."""
        if self.speaker:
            getattr(self.speaker, wish.to)()

    def is_present(self, reading: int) -> bool:
        """Tell whether what the voice says of reading `reading` is still of interest."""
        return reading in {0, self._number}

    def hush(self) -> None:
        """Be silent at once."""
        self._number += 1
        if self.speaker:
            self.speaker.stop()

    def ask(self, sounds: str) -> None:
        """Ask `sounds` once, however often this is called before there is nothing to ask, ""."""
        before, self._asked = self._asked, bool(sounds)
        if self._asked and not before and self.speaker:
            self.speaker.say(sounds)

    def close(self) -> None:
        """End the voice."""
        if self.speaker:
            self.speaker.close()
