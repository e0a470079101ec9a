"""The bars round every screen: what they show, and how much room they leave."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kivy.uix.floatlayout import FloatLayout

from kiosk.present.calm import CalmView
from kiosk.present.chrome import KeyView, StatusLine, StayView, TopBar
from kiosk.ui.mishaps import Care
from kiosk.ui.sheets import chrome
from kiosk.ui.sheets.calm import calm
from kiosk.ui.sheets.ink import Sheet
from kiosk.ui.sheets.press import Press
from kiosk.ui.sheets.stay import stay
from kiosk.ui.widgets.sheet import SheetView
from kiosk.ui.widgets.studio import Studio


@dataclass(frozen=True, slots=True)
class Bars:
    """What the bars say; `dock` and `reading` are empty where they aren't shown.

    Where there is `calm`, everything else has been brought down below it. `stay` lies over the foot
    of the screen, so that nothing moves under a finger.
    """

    top: TopBar | None
    status: StatusLine | None
    dock: tuple[KeyView, ...]
    reading: tuple[KeyView, ...]
    calm: CalmView | None = None
    stay: StayView | None = None


class Frame:
    """Six sheets on the shell: top bar, reading keys, status line, dock, calm words, question."""

    def __init__(self, shell: FloatLayout, care: Care) -> None:
        self._care = care
        self._views = [SheetView(size_hint=(None, None)) for _ in range(6)]
        for view in self._views:
            shell.add_widget(view)
        self._drawn: tuple[Bars, Press] | None = None
        self.room = (0.0, 0.0, 0.0, 0.0)  # x, y, width, height in px that the screen has

    def draw(self, studio: Studio, press: Press, bars: Bars, size: tuple[int, int]) -> None:
        """Draw the bars, if anything about them has changed."""
        if self._drawn == (bars, press):
            return
        self._drawn = (bars, press)
        width, height = size
        top, reading, status, dock, above, over = self._views
        blank = Sheet(width, 0)
        upper = self._sheet(
            "top bar", lambda one: chrome.top_bar(press, one, width), bars.top, blank
        )
        keys = self._sheet(
            "reading keys", lambda one: chrome.reading_keys(press, one, width), bars.reading, blank
        )
        line = self._sheet(
            "status line", lambda one: chrome.status_line(press, one, width), bars.status, blank
        )
        call = bars.status is not None and bars.status.call
        if bars.reading and not call and (press.panel.landscape or bars.calm):
            line = blank  # a low screen has no room for both
        docked = self._sheet("dock", lambda one: chrome.dock(press, one, width), bars.dock, blank)
        below = [(dock, docked), (status, line), (reading, keys)]
        _put(top, studio, upper, height)
        y = 0.0
        for view, sheet in below:
            y += sheet.height
            _put(view, studio, sheet, y)
        rest = height - upper.height - y
        above_reach = height - upper.height - press.panel.reach
        words = self._sheet(
            "calm words", lambda one: calm(press, one, width, above_reach), bars.calm, blank
        )
        _put(above, studio, words, height - upper.height)
        question = self._sheet("question", lambda one: stay(press, one, width), bars.stay, blank)
        _put(over, studio, question, y + question.height)
        self.room = (0.0, y, float(width), rest - words.height)

    def _sheet(self, part: str, draw: Callable[[Any], Sheet], what: object, blank: Sheet) -> Sheet:
        return self._care.make(part, lambda: draw(what), blank) if what else blank

    def keeps_voice(self, pos: tuple[float, float]) -> bool:
        """Tell whether a touch at `pos` is on something that steers the voice."""
        _, reading, _, dock, _, _ = self._views
        if reading.collide_point(*pos):
            return True
        return dock.collide_point(*pos) and dock.stops_at(pos)


def _put(view: SheetView, studio: Studio, sheet: Sheet, top: float) -> None:
    if view.sheet != sheet or view.top != top:
        view.set(studio, sheet, x=0, top=top)
