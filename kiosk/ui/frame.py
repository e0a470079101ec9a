"""The bars round every screen: what they show, and how much room they leave."""

from dataclasses import dataclass

from kivy.uix.floatlayout import FloatLayout

from kiosk.present.calm import CalmView
from kiosk.present.chrome import KeyView, StatusLine, StayView, TopBar
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

    top: TopBar
    status: StatusLine
    dock: tuple[KeyView, ...]
    reading: tuple[KeyView, ...]
    calm: CalmView | None = None
    stay: StayView | None = None


class Frame:
    """Six sheets on the shell: top bar, reading keys, status line, dock, calm words, question."""

    def __init__(self, shell: FloatLayout) -> None:
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
        upper = chrome.top_bar(press, bars.top, width)
        reading_keys = (
            chrome.reading_keys(press, bars.reading, width) if bars.reading else Sheet(width, 0)
        )
        line = chrome.status_line(press, bars.status, width)
        if bars.reading and (press.panel.landscape or bars.calm):
            line = Sheet(width, 0)  # a low screen has no room for both
        below = [
            (dock, chrome.dock(press, bars.dock, width) if bars.dock else Sheet(width, 0)),
            (status, line),
            (reading, reading_keys),
        ]
        _put(top, studio, upper, height)
        y = 0.0
        for view, sheet in below:
            y += sheet.height
            _put(view, studio, sheet, y)
        rest = height - upper.height - y
        words = Sheet(width, 0)
        if bars.calm:
            words = calm(press, bars.calm, width, height - upper.height - press.panel.reach)
        _put(above, studio, words, height - upper.height)
        question = stay(press, bars.stay, width) if bars.stay else Sheet(width, 0)
        _put(over, studio, question, y + question.height)
        self.room = (0.0, y, float(width), rest - words.height)

    def keeps_voice(self, pos: tuple[float, float]) -> bool:
        """Tell whether a touch at `pos` is on something that steers the voice."""
        _, reading, _, dock, _, _ = self._views
        if reading.collide_point(*pos):
            return True
        return dock.collide_point(*pos) and dock.stops_at(pos)


def _put(view: SheetView, studio: Studio, sheet: Sheet, top: float) -> None:
    if view.sheet != sheet or view.top != top:
        view.set(studio, sheet, x=0, top=top)
