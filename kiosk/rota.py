"""Which board stands now and whose turn on it is, carried from one moment to the next. Pure."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.board import Board, Standing, Terms, Turns, board_at, local_day, next_change, next_turn
from kiosk.scene import Scene
from kiosk.turns import HOLD_SECONDS, seconds_of
from sync.clock import Moment


@dataclass(frozen=True, slots=True)
class Rota:
    """How often each notice has had its turn, and when (UTC) the board has to be looked at again."""

    turns: Turns = field(default_factory=Turns)
    changes_at: datetime | None = None

    def is_due(self, scene: Scene, moment: Moment) -> bool:
        """Tell whether time, or trust in the clock, has changed what is on show."""
        due = self.changes_at is not None and moment.time >= self.changes_at
        return due or moment.trusted != scene.board.trusted


def reboard(scene: Scene, rota: Rota, moment: Moment) -> tuple[Scene, Rota]:
    """Return the scene with the board of `moment`; the present turn goes on if it can.

    Notices that could not be drawn (`Scene.bad`) are left out.
    """
    postings, sealed = scene.holdings.postings, scene.holdings.sealed
    if scene.account:
        proved = moment.time if moment.trusted else sealed
        shown = scene.account.shown(local_day(proved) if proved else None)
        scene = replace(scene, shown=shown)
    terms = Terms.of_village(scene.holdings.village, scene.shown, sealed)
    board = _drawable(board_at(postings, moment, terms), scene)
    turn = board.find(scene.turn.posting.entry.id) if scene.turn else None
    scene = replace(scene, board=board, turn=turn)
    rota = replace(rota, changes_at=next_change(postings, moment, terms))
    return (scene, rota) if turn in board.standing else turn_over(scene, rota)


def _drawable(board: Board, scene: Scene) -> Board:
    """Leave out what could not be drawn, only now: or what it corrects would hang in its place."""
    bad = {(one.notice, one.revision) for one in scene.bad}

    def fit(standing: tuple[Standing, ...]) -> tuple[Standing, ...]:
        entries = ((one, one.posting.entry) for one in standing)
        return tuple(one for one, entry in entries if (entry.id, entry.revision) not in bad)

    return replace(board, standing=fit(board.standing), withdrawn=fit(board.withdrawn))


def forgiven(scene: Scene, now: datetime) -> Scene:
    """Return the scene at `now`; each hour what could not be drawn is given another chance."""
    same_hour = now.replace(minute=0, second=0, microsecond=0) == scene.now.replace(
        minute=0, second=0, microsecond=0
    )
    return replace(scene, now=now, bad=scene.bad if same_hour else ())


def turn_over(scene: Scene, rota: Rota) -> tuple[Scene, Rota]:
    """Give the next notice its turn, which nobody holds yet."""
    turn, turns = next_turn(scene.board, rota.turns)
    position = replace(scene.position, held=False)
    return replace(scene, turn=turn, position=position), replace(rota, turns=turns)


def turn_seconds(scene: Scene, usual: float) -> float:
    """Return how long the present turn lasts, or is held."""
    if scene.position.held:
        return HOLD_SECONDS
    if scene.turn is None:
        return usual
    return seconds_of(scene.turn.posting.notice, usual)
