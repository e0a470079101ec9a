"""Where a person is on the screen and what their touch does: a pure state machine.

Screens emit intentions, `after` answers with the next position and the effects that the shell has
to carry out. Nothing here draws, speaks or reads a clock.
"""

from dataclasses import dataclass, field, replace
from typing import Final, Literal

from kiosk.lens import WHOLE, Lens

TEXT_STEPS: Final = 3
Sifted = Literal["all", "income", "expense", "months"]
"""What of a ledger is shown: its entries, those of one kind, or its totals beside other months'."""
TYPED_LIMIT: Final = 12  # letters: no search needs more, and they fit on one line


@dataclass(frozen=True, slots=True)
class AtIdle:
    """The board that gives each notice its turn."""


@dataclass(frozen=True, slots=True)
class AtHome:
    """The new notices and the categories."""


@dataclass(frozen=True, slots=True)
class AtList:
    """The notices of a class (`group`) or, where `category` is given, of one category."""

    group: str
    category: str = ""


@dataclass(frozen=True, slots=True)
class AtNotice:
    """One notice; `row` is (block, row) of the row that was searched for."""

    notice: str
    row: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class AtLedger:
    """The ledger that is block `block` of a notice; `row` was searched for or chosen."""

    notice: str
    block: int
    row: int | None = None
    only: Sifted = "all"


@dataclass(frozen=True, slots=True)
class AtPicture:
    """One picture of a notice as large as the screen allows, or the part of it under the lens."""

    notice: str
    sha256: str
    lens: Lens = WHOLE


@dataclass(frozen=True, slots=True)
class AtAbout:
    """What is known about a notice: who published, decided, audited and sealed it."""

    notice: str


@dataclass(frozen=True, slots=True)
class AtAudit:
    """The audit of a notice, item by item."""

    notice: str


@dataclass(frozen=True, slots=True)
class AtChanges:
    """What a corrected notice says now, beside what it said before."""

    notice: str


@dataclass(frozen=True, slots=True)
class AtDuties:
    """What must be published in this period, and whether it was."""


@dataclass(frozen=True, slots=True)
class AtSearch:
    """The keypad, with what was typed: a person's own, which no log ever shows."""

    typed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class AtPast:
    """What is kept of a notice that hangs no longer."""

    notice: str


@dataclass(frozen=True, slots=True)
class AtStatus:
    """What the caretaker needs to know."""


Place = (
    AtIdle | AtHome | AtList | AtNotice | AtLedger | AtPicture | AtAbout | AtAudit | AtChanges
    | AtDuties | AtSearch | AtPast | AtStatus
)  # fmt: skip


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
    """The button in the pillar has called a person."""


@dataclass(frozen=True, slots=True)
class CancelHelp:
    """Take the call back."""


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
    Open | Home | Back | ReadAloud | Stop | PauseReading | Repeat | Change | TextLarger | BringLow | Turn
    | Type | Erase | HoldTurn | Sift | Choose
    | CallHelp | HelpCalled | CancelHelp | CloseHelp | Stay | Leave | Heard | Silent
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What is being read: the sentence's number, -1 before the first has begun."""

    index: int = -1
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """The way from the home page to here, the text's step (0 to 2), the reading, the help page.

    `held` says that the idle board's turn is held, `low` that the person has brought everything
    down. `Leave` forgets all of it.
    """

    trail: tuple[Place, ...] = (AtIdle(),)
    text_step: int = 0
    reading: Reading | None = None
    help_open: bool = False
    held: bool = False
    low: bool = False

    @property
    def place(self) -> Place:
        """Where the person is."""
        return self.trail[-1]


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


Effect = Speak | Hush | Voice | TurnPage | AskForHelp | TakeBackHelp
_Step = tuple[Position, tuple[Effect, ...]]


def after(position: Position, intention: Intention) -> _Step:
    """Return where `intention` leads from `position`, and what has to be done for it."""
    match intention:
        case Open() | Home() | Back() | Leave():
            return _move(position, intention)
        case ReadAloud() | Stop() | PauseReading() | Repeat() | Change() | Heard() | Silent():
            return _read(position, intention)
        case TextLarger() | BringLow() | Stay():
            return _suit(position, intention), ()
        case Turn(pages):
            quiet, effects = _hush(position)
            return quiet, (*effects, TurnPage(pages))
        case Type() | Erase() | HoldTurn() | Sift() | Choose():
            return _on_page(position, intention)
        case CallHelp() | HelpCalled() | CancelHelp() | CloseHelp():
            return _help(position, intention)


def _suit(position: Position, intention: TextLarger | BringLow | Stay) -> Position:
    match intention:
        case TextLarger():
            return replace(position, text_step=(position.text_step + 1) % TEXT_STEPS)
        case BringLow():
            return replace(position, low=not position.low)
        case Stay():
            return position  # the touch itself has begun the time anew


def _move(position: Position, intention: Open | Home | Back | Leave) -> _Step:
    quiet, effects = _hush(position)
    match intention:
        case Open(place):
            from_idle = isinstance(quiet.place, AtIdle)
            trail: tuple[Place, ...] = (AtHome(),) if from_idle else quiet.trail
            if isinstance(place, AtPicture) and isinstance(trail[-1], AtPicture):
                trail = trail[:-1]  # leafing through pictures is one step back
            return replace(quiet, trail=trail if place == trail[-1] else (*trail, place)), effects
        case Home():
            return replace(quiet, trail=(AtHome(),)), effects
        case Back():
            trail = quiet.trail[:-1] if len(quiet.trail) > 1 else (AtHome(),)
            return replace(quiet, trail=trail), effects
        case Leave():
            return Position(), (*effects, Voice("reset"))


def _read(
    position: Position,
    intention: ReadAloud | Stop | PauseReading | Repeat | Change | Heard | Silent,
) -> _Step:
    reading = position.reading
    if isinstance(intention, ReadAloud):
        # From here on the voice lights up rows, not the search.
        return replace(_unmarked(position), reading=Reading()), (Speak(),)
    if reading is None:
        return position, ()
    match intention:
        case Stop():
            return _hush(position)
        case PauseReading():
            paused = not reading.paused
            done = Voice("pause" if paused else "resume")
            return _with(position, replace(reading, paused=paused)), (done,)
        case Repeat() | Change():
            return _steer(position, reading, intention)
        case Heard() | Silent():
            # A sentence may begin just as the pause is pressed: the pause holds.
            heard = (
                replace(reading, index=intention.index) if isinstance(intention, Heard) else None
            )
            return _with(position, heard), ()


def _steer(position: Position, reading: Reading, intention: Repeat | Change) -> _Step:
    if isinstance(intention, Change):
        return position, (Voice(intention.to),)
    return _with(position, replace(reading, paused=False)), (Voice("repeat"),)


def _on_page(position: Position, intention: Type | Erase | HoldTurn | Sift | Choose) -> _Step:
    match intention:
        case Type() | Erase():
            return _search(position, intention)
        case HoldTurn():
            return replace(position, held=not position.held), ()
        case Sift() | Choose():
            return _in_ledger(position, intention)


def _in_ledger(position: Position, intention: Sift | Choose) -> _Step:
    quiet, effects = _hush(position)
    place = quiet.place
    if not isinstance(place, AtLedger):
        return quiet, effects
    match intention:
        case Sift(only):
            return _at(quiet, replace(place, only=only, row=None)), effects
        case Choose(row):
            chosen = _at(quiet, replace(place, row=row))
            return replace(chosen, reading=Reading()), (*effects, Speak())


def _search(position: Position, intention: Type | Erase) -> _Step:
    quiet, effects = _hush(position)
    place = quiet.place
    if not isinstance(place, AtSearch):
        return quiet, effects
    match intention:
        case Type(letter):
            typed = (place.typed + letter)[:TYPED_LIMIT]
        case Erase(everything):
            typed = "" if everything else place.typed[:-1]
    return _at(quiet, AtSearch(typed)), effects


def _unmarked(position: Position) -> Position:
    place = position.place
    if isinstance(place, AtNotice | AtLedger) and place.row is not None:
        return _at(position, replace(place, row=None))
    return position


def _at(position: Position, place: Place) -> Position:
    return replace(position, trail=(*position.trail[:-1], place))


def _help(position: Position, intention: CallHelp | HelpCalled | CancelHelp | CloseHelp) -> _Step:
    match intention:
        case CallHelp() | HelpCalled():
            quiet, effects = _hush(position)  # the post speaks now
            ask = (AskForHelp(),) if isinstance(intention, CallHelp) else ()
            return replace(quiet, help_open=True), (*effects, *ask)
        case CancelHelp():
            return position, (TakeBackHelp(),)  # the page says that it worked, and closes then
        case CloseHelp():
            quiet, effects = _hush(position)
            return replace(quiet, help_open=False), effects


def _hush(position: Position) -> _Step:
    if position.reading is None:
        return position, ()
    return _with(position, None), (Hush(),)


def _with(position: Position, reading: Reading | None) -> Position:
    return replace(position, reading=reading)
