"""Where a person is on the screen and what their touch does: a pure state machine.

Screens emit intentions, `after` answers with the next position and the effects that the shell has
to carry out. Nothing here draws, speaks or reads a clock.
"""

from dataclasses import dataclass, replace
from typing import Final

from kiosk.intentions import (
    AskForHelp,
    Back,
    Bring,
    BringLow,
    CallHelp,
    CancelHelp,
    Change,
    Choose,
    CloseHelp,
    Effect,
    Erase,
    Heard,
    HelpCalled,
    HoldTurn,
    Home,
    Hush,
    Intention,
    Leave,
    Open,
    PauseReading,
    ReadAloud,
    Repeat,
    Sift,
    Silent,
    Speak,
    Stay,
    Stop,
    TakeBackHelp,
    TextLarger,
    Turn,
    TurnPage,
    Type,
    Voice,
)
from kiosk.places import AtHome, AtIdle, AtLedger, AtNotice, AtPast, AtPicture, AtSearch, Place

TEXT_STEPS: Final = 3
TYPED_LIMIT: Final = 12  # letters: no search needs more, and they fit on one line


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
            if isinstance(place, AtPast):
                effects = (*effects, Bring(place.notice))
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
