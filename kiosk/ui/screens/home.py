"""The home page."""

from kiosk.present.home import HomeView
from kiosk.present.parts import Spoken
from kiosk.ui.screens.screen import Screen, lit_on, load
from kiosk.ui.sheets.home import home
from kiosk.ui.sheets.press import Press
from kiosk.ui.widgets.studio import Studio

load(__file__)


class HomeScreen(Screen):
    """New notices and categories on one sheet, without scrolling."""

    def show(self, studio: Studio, press: Press, view: HomeView, *, keep_place: bool) -> None:  # noqa: ARG002
        """Draw the home page."""
        sheet = home(press, view, self.width, self.height)
        self.ids.sheet.set(studio, sheet, x=self.x, top=self.top)

    def heard(self, spoken: tuple[Spoken, ...]) -> tuple[Spoken, ...]:
        """Return the titles of the notices that there is room for."""
        shown = {hold.notice for hold in self.ids.sheet.sheet.holds}
        return tuple(one for one in spoken if one.notice in shown)

    def light(self, spoken: Spoken | None) -> None:
        """Highlight the notice whose title is read."""
        self.ids.sheet.lit = lit_on(self.ids.sheet.sheet, spoken, cards=True)
