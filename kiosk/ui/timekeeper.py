"""The board's time: whether the clock is to be trusted, which board stands, how long a turn lasts."""

from dataclasses import replace
from datetime import timedelta
from time import monotonic

from kivy.clock import Clock

from kiosk.ports import Time
from kiosk.rota import Rota, forgiven, reboard, turn_over, turn_seconds
from kiosk.scene import Scene
from sync.clock import ClockEvent, Moment, Proved, Watch, look

EVENTS_KEPT = 4  # of the clock, for the status page


class Timekeeper:
    """Keeps the rota; a turn lasts `seconds` unless its notice takes longer."""

    def __init__(self, time: Time, seconds: float) -> None:
        self._time, self._seconds = time, seconds
        self._rota = Rota()
        self.turn = 0  # how many turns have begun
        self._watch: Watch | None = None
        self._events: tuple[ClockEvent, ...] = ()
        self._started, self._turn_began = monotonic(), 0.0

    def brought_on(self, scene: Scene) -> Scene:
        """Return the scene at the present minute: itself while that lasts."""
        now = self._time.now()
        if now.replace(second=0, microsecond=0) == scene.now.replace(second=0, microsecond=0):
            return scene
        running = timedelta(seconds=monotonic() - self._started)
        return self._looked(replace(forgiven(scene, now), running=running))

    def is_due(self, scene: Scene) -> bool:
        """Tell whether another board stands now than in `scene`."""
        return self._rota.is_due(scene, self._moment(scene))

    def reboard(self, scene: Scene) -> Scene:
        """Return the scene with the board that stands now; the present turn goes on if it can."""
        scene = self._looked(scene)
        boarded, self._rota = reboard(scene, self._rota, self._moment(scene))
        if boarded.turn != scene.turn:
            self.turn += 1
            self.begin_turn()
        return boarded

    def turn_over(self, scene: Scene) -> Scene:
        """Give the next notice its turn."""
        turned, self._rota = turn_over(scene, self._rota)
        self.turn += 1
        self.begin_turn()
        return turned

    def moment_at(self, at: float) -> Moment | None:
        """Return the time to judge by at `at` s of CLOCK_BOOTTIME, None before the first look at it."""
        if self._watch is None:
            return None
        moment = self._watch.moment
        passed = timedelta(seconds=max(0.0, at - self._watch.reading.at))
        return replace(moment, time=moment.time + passed)

    def begin_turn(self) -> None:
        """Count the present turn from now on."""
        self._turn_began = Clock.get_time()

    def turn_ended(self, scene: Scene) -> bool:
        """Tell whether the present turn has lasted its time."""
        lasted = Clock.get_time() - self._turn_began
        return bool(lasted >= turn_seconds(scene, self._seconds))

    def _looked(self, scene: Scene) -> Scene:
        """Look at the clock; what the card has proved must be known."""
        held = scene.holdings
        if not held.loaded:
            return scene
        proved = Proved(held.issued, held.proven_time, self._time.beat(), held.chip_proof)
        self._watch = look(self._watch, self._time.read(), proved)
        self._events = (*self._watch.events[::-1], *self._events)[:EVENTS_KEPT]
        return replace(scene, clock=self._watch.why, clock_events=self._events)

    def _moment(self, scene: Scene) -> Moment:
        if self._watch is None:
            return Moment(scene.now, trusted=scene.board.trusted)
        return self._watch.moment
