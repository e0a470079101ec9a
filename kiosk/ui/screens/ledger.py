"""The page of a ledger."""

from kiosk.present.ledger import LedgerView
from kiosk.ui.screens.paged import PagedScreen
from kiosk.ui.screens.screen import load
from kiosk.ui.sheets.ledger import ledger_page
from kiosk.ui.sheets.pages import Sticky
from kiosk.ui.sheets.press import Press
from kiosk.ui.widgets.studio import Studio

load(__file__)


class LedgerScreen(PagedScreen):
    """Totals and column names stay, the entries are turned by pages."""

    def show(self, studio: Studio, press: Press, view: LedgerView, *, keep_place: bool) -> None:
        """Draw the ledger."""
        head, rows = ledger_page(press, view, self.room(press, view.strip)[0])
        sticky = Sticky(rows[0].height, head.height)
        self.place(studio, press, head, rows, view.strip, keep_place=keep_place, sticky=sticky)
