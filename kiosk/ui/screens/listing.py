"""The list of a class or category."""

from kiosk.present.listing import ListView
from kiosk.ui.screens.paged import PagedScreen
from kiosk.ui.screens.screen import load
from kiosk.ui.sheets.listing import list_page
from kiosk.ui.sheets.press import Press
from kiosk.ui.widgets.studio import Studio

load(__file__)


class ListScreen(PagedScreen):
    """Cards, turned by pages."""

    def show(self, studio: Studio, press: Press, view: ListView, *, keep_place: bool) -> None:
        """Draw the list."""
        head, rows = list_page(press, view, self.room(press, None)[0])
        self.place(studio, press, head, rows, None, keep_place=keep_place)
