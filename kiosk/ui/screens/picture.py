"""The page of one picture."""

from kiosk.present.picture import PictureView
from kiosk.ui.screens.screen import Screen, load
from kiosk.ui.sheets.picture import picture_page
from kiosk.ui.sheets.press import Press
from kiosk.ui.widgets.studio import Studio

load(__file__)


class PictureScreen(Screen):
    """One picture, as large as there is room for."""

    def show(self, studio: Studio, press: Press, view: PictureView, *, keep_place: bool) -> None:  # noqa: ARG002
        """Draw the picture."""
        sheet = picture_page(press, view, self.width, self.height)
        self.ids.sheet.set(studio, sheet, x=self.x, top=self.top)
