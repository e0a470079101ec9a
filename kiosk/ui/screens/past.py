"""The page of a notice that hangs no longer."""

from kiosk.present.search import PastView
from kiosk.ui.screens.paged import PagedScreen
from kiosk.ui.screens.screen import load
from kiosk.ui.sheets.ink import Sheet
from kiosk.ui.sheets.press import Press
from kiosk.ui.sheets.search import past_rows
from kiosk.ui.widgets.studio import Studio

load(__file__)


class PastScreen(PagedScreen):
    """What it was, when it hung, and whom to ask."""

    def show(self, studio: Studio, press: Press, view: PastView, *, keep_place: bool) -> None:
        """Draw the page."""
        width = self.room(press, None)[0]
        rows = past_rows(press, view, width)
        self.place(studio, press, Sheet(width, 0), rows, None, keep_place=keep_place)
