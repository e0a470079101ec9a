"""The pages beside a notice's text: what is known about it, its audit, what a correction has changed."""

from kiosk.ui.screens.paged import PagedScreen
from kiosk.ui.screens.screen import load
from kiosk.ui.sheets.annex import Annex, annex_page
from kiosk.ui.sheets.press import Press
from kiosk.ui.sheets.strip import BAR_UNITS
from kiosk.ui.widgets.studio import Studio

load(__file__)


class AnnexScreen(PagedScreen):
    """A head that stays, and rows."""

    def show(self, studio: Studio, press: Press, view: Annex, *, keep_place: bool) -> None:
        """Draw the page."""
        width = self.room(press, None)[0]
        keys = press.panel.units(BAR_UNITS) if press.panel.landscape else 0
        head, rows = annex_page(press, view, width, keys)
        self.place(studio, press, head, rows, None, keep_place=keep_place)
