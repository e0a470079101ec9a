"""What is really drawn, told to whoever keeps the evidence: after the frame, and twice a second.

A page counts from the frame that brought it on. Where there is no picture yet of a notice on the idle
board, one is taken.
"""

import time
from collections.abc import Callable
from typing import Final

from kivy.clock import Clock

from kiosk.evidence.pictures import Photo
from kiosk.evidence.tracker import Drawn, Tick
from kiosk.ports import Time, Witness
from kiosk.scene import Scene
from sync.clock import Moment
from sync.notices import Village

PHOTO_AFTER: Final = 3.0  # s, when the notice's own pictures have come


class Lookout:
    """Follows the window for a `witness`, None where there is none.

    `moment_at` gives the time to judge by at so many seconds of CLOCK_BOOTTIME, None while unknown.
    """

    def __init__(
        self, witness: Witness | None, clock: Time, moment_at: Callable[[float], Moment | None]
    ) -> None:
        self._witness, self._clock, self._moment_at = witness, clock, moment_at
        self._scene: Scene | None = None
        self._expected: Drawn | None = None
        self._drawn: Drawn | None = None
        self._drawn_at = 0.0

    def open(self) -> None:
        """Begin to follow the window's frames."""
        from kivy.core.window import Window  # noqa: PLC0415  # importing it opens the window

        if self._witness:
            Window.bind(on_flip=self.flipped)

    def belong(self, village: Village, kiosk: str) -> None:
        """Pass on what the village has sealed about counting, and about this kiosk."""
        if self._witness:
            self._witness.count_by(village.term)
            self._witness.enrolled(next((one.key for one in village.kiosks if one.id == kiosk), ""))

    def expect(self, scene: Scene, notice: str, screen: str, turn: int) -> None:
        """Take note of what the next frame will show: a notice ("" for none), on which screen."""
        found = scene.board.find(notice) if notice else None
        hangs = found is not None and found.posting.entry.withdrawn is None
        self._scene = scene
        self._expected = (
            Drawn(notice, found.posting.entry.revision, screen, turn) if found and hangs else None
        )
        if _page(self._expected) == _page(self._drawn):
            self._drawn = self._expected  # nothing to draw, though it may be another turn

    def look(self) -> None:
        """Tell what stands in the window now."""
        self._tick()
        drawn = self._drawn
        stands = Clock.get_time() - self._drawn_at >= PHOTO_AFTER
        if self._witness is None or drawn is None or drawn.screen != "idle" or not stands:
            return
        if self._witness.wants_picture(drawn.notice, drawn.revision):
            self._witness.take_picture(_photo(drawn))

    def flipped(self, *_: object) -> None:
        """Take it that what was expected stands in the window from now on."""
        if _page(self._expected) != _page(self._drawn):
            self._drawn, self._drawn_at = self._expected, Clock.get_time()
            self._tick()

    def _tick(self) -> None:
        if self._witness is None or self._scene is None:
            return
        at = time.clock_gettime(time.CLOCK_BOOTTIME)
        moment, versions = self._moment_at(at), self._scene.holdings.versions
        if moment is None:
            return
        self._witness.look(
            Tick(
                at,
                self._clock.now(),
                moment.trusted,
                self._drawn,
                board=versions.number if versions else 0,
                earliest=moment.time,
            )
        )


def _page(drawn: Drawn | None) -> tuple[str, int, str] | None:
    return (drawn.notice, drawn.revision, drawn.screen) if drawn else None


def _photo(drawn: Drawn) -> Photo:
    from kivy.core.window import Window  # noqa: PLC0415
    from kivy.graphics.opengl import GL_RGBA, GL_UNSIGNED_BYTE, glReadPixels  # noqa: PLC0415

    width, height = Window.size
    Window.dispatch("on_draw")  # what was flipped is gone from the buffer that can be read
    pixels = glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE)
    return Photo(drawn.notice, drawn.revision, width, height, pixels)
