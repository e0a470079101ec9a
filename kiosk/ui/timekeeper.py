"""The board's time: which board stands at this moment, and how long the present turn has lasted."""

from dataclasses import replace
from datetime import timedelta
from time import monotonic

from kivy.clock import Clock

from kiosk.ports import Time
from kiosk.rota import Rota, forgiven, reboard, turn_over, turn_seconds
from kiosk.scene import Scene
from sync.clock import Moment


class Timekeeper:
    """Keeps the rota; a turn lasts `seconds` unless its notice takes longer."""

    def __init__(self, time: Time, seconds: float) -> None:
        self._time, self._seconds = time, seconds
        self._rota = Rota()
        self._started, self._turn_began = monotonic(), 0.0

    def brought_on(self, scene: Scene) -> Scene:
        """Return the scene at the present minute: itself while that lasts."""
        now = self._time.now()
        if now.replace(second=0, microsecond=0) == scene.now.replace(second=0, microsecond=0):
            return scene
        running = timedelta(seconds=monotonic() - self._started)
        return replace(forgiven(scene, now), running=running)

    def is_due(self, scene: Scene) -> bool:
        """Tell whether another board stands now than in `scene`."""
        return self._rota.is_due(scene, self._moment(scene))

    def reboard(self, scene: Scene) -> Scene:
        """Return the scene with the board that stands now; the present turn goes on if it can."""
        boarded, self._rota = reboard(scene, self._rota, self._moment(scene))
        if boarded.turn != scene.turn:
            self.begin_turn()
        return boarded

    def turn_over(self, scene: Scene) -> Scene:
        """Give the next notice its turn."""
        turned, self._rota = turn_over(scene, self._rota)
        self.begin_turn()
        return turned

    def begin_turn(self) -> None:
        """Count the present turn from now on."""
        self._turn_began = Clock.get_time()

    def turn_ended(self, scene: Scene) -> bool:
        """Tell whether the present turn has lasted its time."""
        lasted = Clock.get_time() - self._turn_began
        return bool(lasted >= turn_seconds(scene, self._seconds))

    def _moment(self, scene: Scene) -> Moment:
        holdings = scene.holdings
        known = [one for one in (holdings.issued, holdings.proven_time) if one]
        return self._time.moment(max(known, default=None))
