"""The page of one notice."""

from kiosk.present.notice import NoticeView
from kiosk.ui.screens.paged import PagedScreen
from kiosk.ui.screens.screen import load
from kiosk.ui.sheets.body import notice_rows
from kiosk.ui.sheets.ink import Sheet
from kiosk.ui.sheets.press import Press
from kiosk.ui.widgets.studio import Studio

load(__file__)


class NoticeScreen(PagedScreen):
    """Title, text, tables and pictures in rows; the strip stays."""

    def show(self, studio: Studio, press: Press, view: NoticeView, *, keep_place: bool) -> None:
        """Draw the notice."""
        width, height = self.room(press, view.strip)
        rows = notice_rows(press, view, width, height)
        self.place(studio, press, Sheet(width, 0), rows, view.strip, keep_place=keep_place)
