"""The page of a ledger."""

from dataclasses import replace

from kiosk.present.ledger import EntryView, LedgerView
from kiosk.present.parts import Strip
from kiosk.ui.screens.paged import PagedScreen
from kiosk.ui.screens.screen import load
from kiosk.ui.sheets.entries import Entries, entries
from kiosk.ui.sheets.ink import Sheet
from kiosk.ui.sheets.ledger import ledger_page, sift_bar
from kiosk.ui.sheets.press import Press
from kiosk.ui.widgets.studio import Studio

load(__file__)


class LedgerScreen(PagedScreen):
    """Column names and the keys that sift stay, the entries are turned by pages."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._view: LedgerView | None = None
        self._bar = Sheet(0, 0)
        self._set: tuple[tuple[EntryView, ...], Press, float, Entries] | None = None

    def show(self, studio: Studio, press: Press, view: LedgerView, *, keep_place: bool) -> None:
        """Draw the ledger; another part of it begins at its top."""
        before, self._view = self._view, view
        keep_place = keep_place and before is not None and before.only == view.only
        self._bar = Sheet(0, 0)
        width = self.room(press, view.strip)[0]
        drawn, bar = self._entries(press, view, width), sift_bar(press, view.keys, width)
        tallest = max((row.height for row in drawn.rows), default=0)
        room = self.room(press, view.strip)[1]
        while drawn.names.height + tallest > room and press.text_step:  # an entry is never cut
            press = replace(press, text_step=press.text_step - 1)
            drawn = self._entries(press, view, width)
            tallest = max((row.height for row in drawn.rows), default=0)
        # Where a low screen has no room for both, the entries come first.
        if room >= bar.height + drawn.names.height + tallest:
            self._bar = bar
        names, rows, top = ledger_page(press, view, drawn, width)
        self.place(studio, press, names, rows, view.strip, keep_place=keep_place, sticky=top)
        low = self.top - self.room(press, view.strip)[1]
        self.ids.sifting.set(studio, self._bar, x=self.x, top=low)

    def room(self, press: Press, beside: Strip | None) -> tuple[float, float]:
        """Return width and height in px that head and rows have, above the keys that sift."""
        width, height = super().room(press, beside)
        return width, height - self._bar.height

    def _entries(self, press: Press, view: LedgerView, width: float) -> Entries:
        """Return all rows, set once for whatever part of them is shown."""
        kept = self._set
        if kept is None or kept[:3] != (view.entries, press, width):
            self._set = kept = (view.entries, press, width, entries(press, view, width))
        return kept[3]
