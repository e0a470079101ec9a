"""The page of a notice that hangs no longer."""

from dataclasses import replace

from kiosk.present.search import PastView
from kiosk.ui.screens.paged import PagedScreen
from kiosk.ui.screens.screen import load
from kiosk.ui.sheets.ink import stack
from kiosk.ui.sheets.press import Press
from kiosk.ui.sheets.search import past_rows
from kiosk.ui.widgets.studio import Studio

load(__file__)


class PastScreen(PagedScreen):
    """What it was, when it hung, and whom to ask."""

    def show(self, studio: Studio, press: Press, view: PastView, *, keep_place: bool) -> None:
        """Draw the page."""
        width = self.room(press, None)[0]
        blank, flag, *rows = past_rows(press, view, width)
        head = stack((blank, flag), width=width)
        if press.panel.landscape:  # beside the page keys, which nothing may be turned under
            head = replace(head, height=max(head.height, self.bar(press).height))
        self.place(studio, press, head, rows, None, keep_place=keep_place)
