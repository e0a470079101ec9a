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

    Where there is `calm`, everything else has been brought down below it. `reading` and `stay` lie
    over the top bar or the status line, so that nothing moves under a finger.
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
        self.calm = False  # whether words stand above what was brought down
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
        docked = self._sheet("dock", lambda one: chrome.dock(press, one, width), bars.dock, blank)
        keys = self._sheet(
            "reading keys", lambda one: chrome.reading_keys(press, one, width), bars.reading, blank
        )
        question = self._sheet("question", lambda one: stay(press, one, width), bars.stay, blank)
        # Keys and question lie over a bar: what is read stays where it is.
        at_top = chrome.keys_above(press.panel)
        asked_at_top = bool(question.height) and at_top != bool(keys.height)  # keys aren't covered
        over_top = asked_at_top or (bool(keys.height) and at_top)
        over_line = (question.height and not asked_at_top) or (keys.height and not at_top)
        line = self._sheet(
            "status line",
            lambda one: chrome.status_line(press, one, width, words=not over_line),
            bars.status,
            blank,
        )
        foot = docked.height + line.height
        _put(top, studio, Sheet(width, upper.height) if over_top else upper, height)
        _put(dock, studio, docked, docked.height)
        _put(status, studio, line, foot)
        _put(reading, studio, keys, height if at_top else docked.height + keys.height)
        above_reach = height - upper.height - press.panel.reach
        words = self._sheet(
            "calm words", lambda one: calm(press, one, width, above_reach), bars.calm, blank
        )
        _put(above, studio, words, height - upper.height)
        _put(over, studio, question, height if asked_at_top else docked.height + question.height)
        self.calm = words.height > 0
        self.room = (0.0, foot, float(width), height - upper.height - foot - words.height)

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
