"""What a person, the voice or the clock wants of the screen, and what the shell has to do for it."""

from dataclasses import dataclass, field
from typing import Literal

from kiosk.places import Place, Sifted


@dataclass(frozen=True, slots=True)
class Open:
    """A person chose what is at `place`."""

    place: Place


@dataclass(frozen=True, slots=True)
class Home:
    """To the home page."""


@dataclass(frozen=True, slots=True)
class Back:
    """To where one came from."""


@dataclass(frozen=True, slots=True)
class ReadAloud:
    """Read what is on the screen aloud."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Stop reading at once."""


@dataclass(frozen=True, slots=True)
class Quieten:
    """Be silent at once, but leave the keys of the voice where they are till `Stop`."""


@dataclass(frozen=True, slots=True)
class PauseReading:
    """Pause the reading, or go on."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """Read the sentence again."""


@dataclass(frozen=True, slots=True)
class Change:
    """Make the voice slower, faster, louder or quieter by one step."""

    to: Literal["slower", "faster", "louder", "quieter"]


@dataclass(frozen=True, slots=True)
class TextLarger:
    """The next of the three steps of text, after the largest the first again."""


@dataclass(frozen=True, slots=True)
class BringLow:
    """Bring everything down to where it can be reached from a seat, or back up."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One page on (1) or back (-1)."""

    pages: Literal[1, -1]


@dataclass(frozen=True, slots=True)
class HoldTurn:
    """Keep this notice on the idle board for a while, or let the turns go on."""


@dataclass(frozen=True, slots=True)
class Sift:
    """Show only this of the ledger."""

    only: Sifted


@dataclass(frozen=True, slots=True)
class Choose:
    """A person chose an entry of the ledger: it is marked and read aloud."""

    row: int


@dataclass(frozen=True, slots=True)
class Type:
    """One more letter (a to z) or digit to search for."""

    letter: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Erase:
    """Take back the last letter that was typed, or `all` of them."""

    all: bool = False


@dataclass(frozen=True, slots=True)
class CallHelp:
    """Call a person."""


@dataclass(frozen=True, slots=True)
class HelpCalled:
    """The button in the pillar has called a person, or somebody wants to see the call there is."""


@dataclass(frozen=True, slots=True)
class CancelHelp:
    """Take the call back."""


@dataclass(frozen=True, slots=True)
class EndHelp:
    """A person has come: the call is over."""


@dataclass(frozen=True, slots=True)
class CloseHelp:
    """Leave the help page; a call that was sent goes on."""


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody is still there."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Nobody has touched the screen for long: back to the idle board."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The voice has begun the sentence with this number."""

    index: int


@dataclass(frozen=True, slots=True)
class Silent:
    """The voice has ended, was stopped or can't be heard."""


Intention = (
    Open | Home | Back | ReadAloud | Stop | Quieten | PauseReading | Repeat | Change | TextLarger | BringLow | Turn
    | Type | Erase | HoldTurn | Sift | Choose
    | CallHelp | HelpCalled | CancelHelp | EndHelp | CloseHelp | Stay | Leave | Heard | Silent
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Speak:
    """Read the screen from its beginning."""


@dataclass(frozen=True, slots=True)
class Hush:
    """Be silent at once."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Tell the voice what the person wants."""

    to: Literal["pause", "resume", "repeat", "slower", "faster", "louder", "quieter", "reset"]


@dataclass(frozen=True, slots=True)
class TurnPage:
    """Turn the page on the screen that is shown."""

    pages: Literal[1, -1]


@dataclass(frozen=True, slots=True)
class AskForHelp:
    """Pass the call to kiosk-help."""


@dataclass(frozen=True, slots=True)
class TakeBackHelp:
    """Tell kiosk-help that the call is cancelled."""


@dataclass(frozen=True, slots=True)
class HelpIsHere:
    """Tell kiosk-help that a person has come."""


@dataclass(frozen=True, slots=True)
class Bring:
    """Have a notice of the archive read from the card."""

    notice: str


Effect = Speak | Hush | Voice | TurnPage | AskForHelp | TakeBackHelp | HelpIsHere | Bring
