"""Touches as they come from the glass: which count, and how awake the screen has to be."""

import time
from typing import Final

from kivy.clock import Clock
from kivy.core.window import Window
from kivy.input import MotionEvent

from kiosk.intentions import Intention
from kiosk.places import Place
from kiosk.tremor import SAME_SPOT_MM, Deed, Tremor

AT_REST_FPS: Final = 20  # idle CPU 0.75 % instead of 2.6 % at 60
AWAKE_FPS: Final = 60
AWAKE_SECONDS: Final = 2.0
DOUBLE_SECONDS: Final = 0.06  # X reports one finger as touch and as mouse (kivy #7640, #8494)
DOUBLE_REACH: Final = 0.02  # of the panel


class Hand:
    """Remembers when the glass was last touched; times are monotonic seconds."""

    def __init__(self) -> None:
        self.last = time.monotonic()
        self._device = ""
        self._spot = (-1.0, -1.0)
        self._tremor = Tremor()
        Clock._max_fps = AWAKE_FPS  # noqa: SLF001  # Kivy has no other way after the start

    def measure(self, pixels_per_mm: float) -> None:
        """Learn how large the panel's pixels are."""
        self._tremor.reach = SAME_SPOT_MM * pixels_per_mm

    @property
    def trembles(self) -> bool:
        """Whether the present press may only be the last one's trembling."""
        return self._tremor.again

    def means(self, intention: Intention, place: Place) -> bool:
        """Tell whether the present press, made at `place`, does what it means."""
        counts = self._tremor.counts(Deed(intention, place), time.monotonic())
        if counts:
            Window.bind(on_flip=self.shown)
        return counts

    def shown(self, *_: object) -> None:
        """Take in that a frame was drawn after the last touch."""
        Window.unbind(on_flip=self.shown)
        self._tremor.shown(time.monotonic())

    def counts(self, touch: MotionEvent) -> bool:
        """Tell whether a press is a real one, and wake the screen if it is."""
        x, y = touch.spos
        if not (0 <= x <= 1 and 0 <= y <= 1):
            return False  # after a restart the first report may be -1
        now = time.monotonic()
        near = abs(x - self._spot[0]) < DOUBLE_REACH and abs(y - self._spot[1]) < DOUBLE_REACH
        double = near and touch.device != self._device and now - self.last < DOUBLE_SECONDS
        if double:
            return False
        self.last, self._device, self._spot = now, touch.device, (x, y)
        self._tremor.press(touch.pos, now)
        Clock._max_fps = AWAKE_FPS  # noqa: SLF001
        return True

    def rest(self) -> float:
        """Return the seconds since the last touch; slow the screen down after a while."""
        idle = time.monotonic() - self.last
        if idle > AWAKE_SECONDS:
            Clock._max_fps = AT_REST_FPS  # noqa: SLF001
        return idle

    def stay(self) -> None:
        """Count from now on, as if touched: somebody listens or calls for help."""
        self.last = time.monotonic()
