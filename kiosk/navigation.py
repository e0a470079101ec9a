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
    EndHelp,
    Erase,
    Heard,
    HelpCalled,
    HelpIsHere,
    HoldTurn,
    Home,
    Hush,
    Intention,
    Leave,
    Open,
    PauseReading,
    Quieten,
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
from kiosk.voice.reader import FASTEST, LOUDEST, QUIETEST, SLOWEST

TEXT_STEPS: Final = 3
TYPED_LIMIT: Final = 12  # letters: no search needs more, and they fit on one line


@dataclass(frozen=True, slots=True)
class Reading:
    """What is being read: the sentence's number, -1 before the first has begun.

    `over` says that only its keys are still there.
    """

    index: int = -1
    paused: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """The way from the home page to here, the text's step (0 to 2), the reading, the help page.

    `held` says that the idle board's turn is held, `low` that the person has brought everything
    down, `speed` and `volume` are steps of the voice. `Leave` forgets all of it.
    """

    trail: tuple[Place, ...] = (AtIdle(),)
    text_step: int = 0
    reading: Reading | None = None
    help_open: bool = False
    held: bool = False
    low: bool = False
    speed: int = 0
    volume: int = 0

    @property
    def place(self) -> Place:
        """Where the person is."""
        return self.trail[-1]

    @property
    def reads(self) -> bool:
        """Whether something is read to the person, or rests."""
        return self.reading is not None and not self.reading.over


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
        case Turn() | Quieten():
            return _interrupt(position, intention)
        case Type() | Erase() | HoldTurn() | Sift() | Choose():
            return _on_page(position, intention)
        case CallHelp() | HelpCalled() | CancelHelp() | EndHelp() | CloseHelp():
            return _help(position, intention)


def _interrupt(position: Position, intention: Turn | Quieten) -> _Step:
    reading = position.reading
    match intention:
        case Turn(pages) if reading and reading.paused:
            return position, (TurnPage(pages),)  # who goes on listening comes back to the sentence
        case Turn(pages):
            quiet, effects = _hush(position)
            return quiet, (*effects, TurnPage(pages))
        case Quieten():
            return _with(position, reading and replace(reading, over=True)), (Hush(),)


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
            return Position(), (Hush(), Voice("reset"))


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
        changed = _changed(position, intention)
        return changed, () if changed == position else (Voice(intention.to),)
    return _with(position, replace(reading, paused=False)), (Voice("repeat"),)


def _changed(position: Position, change: Change) -> Position:
    """Return the position with the voice's next step, itself where there is none."""
    match change.to:
        case "slower" | "faster":
            speed = position.speed + (1 if change.to == "faster" else -1)
            return replace(position, speed=min(max(speed, SLOWEST), FASTEST))
        case "quieter" | "louder":
            volume = position.volume + (1 if change.to == "louder" else -1)
            return replace(position, volume=min(max(volume, QUIETEST), LOUDEST))


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
            return _sift(quiet, place, replace(place, only=only, row=None)), effects
        case Choose(row):
            chosen = _at(quiet, replace(place, row=row))
            return replace(chosen, reading=Reading()), (*effects, Speak())


def _sift(position: Position, before: AtLedger, after: AtLedger) -> Position:
    """Return the position at another part of the ledger; the months are a page beyond its entries."""
    if after.only == "months" != before.only:
        return replace(position, trail=(*position.trail, after))
    entries = position.trail[-2] if len(position.trail) > 1 else None
    if before.only == "months" != after.only and isinstance(entries, AtLedger):
        position = replace(position, trail=position.trail[:-1])
    return _at(position, after)


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


def _help(
    position: Position, intention: CallHelp | HelpCalled | CancelHelp | EndHelp | CloseHelp
) -> _Step:
    match intention:
        case CallHelp() | HelpCalled():
            # The post speaks now, into a question too.
            ask = (AskForHelp(),) if isinstance(intention, CallHelp) else ()
            return replace(position, reading=None, help_open=True), (Hush(), *ask)
        case CancelHelp():
            return position, (TakeBackHelp(),)  # the page says that it worked, and closes then
        case EndHelp():
            return position, (HelpIsHere(),)
        case CloseHelp():
            quiet, effects = _hush(position)
            return replace(quiet, help_open=False), effects


def _hush(position: Position) -> _Step:
    if position.reading is None:
        return position, ()
    return _with(position, None), (Hush(),)


def _with(position: Position, reading: Reading | None) -> Position:
    return replace(position, reading=reading)
