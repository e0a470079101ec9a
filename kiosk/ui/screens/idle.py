"""The idle board, and the page that stands when there is nothing to show."""

from kiosk.present.idle import EmptyView, IdleView
from kiosk.present.parts import Spoken
from kiosk.ui.screens.screen import Screen, load
from kiosk.ui.sheets.idle import empty, idle
from kiosk.ui.sheets.lit import lit_on
from kiosk.ui.sheets.press import Press
from kiosk.ui.widgets.studio import Studio

load(__file__)


class IdleScreen(Screen):
    """Gives one notice its turn; the shell says when the next one's has come."""

    def show(
        self,
        studio: Studio,
        press: Press,
        view: IdleView | EmptyView,
        *,
        keep_place: bool,  # noqa: ARG002
    ) -> None:
        """Draw one notice's turn."""
        if isinstance(view, IdleView):
            sheet = idle(press, view, self.width, self.height)
        else:
            sheet = empty(press, view, self.width, self.height)
        self.ids.sheet.set(studio, sheet, x=self.x, top=self.top)

    def light(self, spoken: Spoken | None) -> None:
        """Highlight what is read of why nothing is shown."""
        self.ids.sheet.lit = lit_on(self.ids.sheet.sheet, spoken)
