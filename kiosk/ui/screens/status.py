"""The status page."""

from kiosk.present.status import StatusView
from kiosk.ui.screens.paged import PagedScreen
from kiosk.ui.screens.screen import load
from kiosk.ui.sheets.press import Press
from kiosk.ui.sheets.status import status_page
from kiosk.ui.widgets.studio import Studio

load(__file__)


class StatusScreen(PagedScreen):
    """How the kiosk is, turned by pages."""

    def show(self, studio: Studio, press: Press, view: StatusView, *, keep_place: bool) -> None:
        """Draw the status page."""
        head, rows = status_page(press, view, self.room(press, None)[0])
        self.place(studio, press, head, rows, None, keep_place=keep_place)
