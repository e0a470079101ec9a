"""The help page, over everything else."""

from dataclasses import replace

from kiosk.present.help import HelpView
from kiosk.present.parts import Spoken
from kiosk.ui.screens.screen import Screen, load
from kiosk.ui.sheets.help import help_sheet
from kiosk.ui.sheets.lit import lit_on
from kiosk.ui.sheets.press import Press
from kiosk.ui.theme import LIGHT
from kiosk.ui.widgets.studio import Studio

load(__file__)


class HelpScreen(Screen):
    """Full red: what is happening, one key, the numbers that always work."""

    def show(self, studio: Studio, press: Press, view: HelpView, *, keep_place: bool) -> None:  # noqa: ARG002
        """Draw the call's state, as red as an alarm in either theme."""
        sheet = help_sheet(press, view, self.width, self.height)
        self.ids.sheet.set(replace(studio, theme=LIGHT), sheet, x=self.x, top=self.top)

    def light(self, spoken: Spoken | None) -> None:
        """Highlight what is read."""
        self.ids.sheet.lit = lit_on(self.ids.sheet.sheet, spoken)
