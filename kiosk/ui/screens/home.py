"""The home page."""

from kiosk.present.chrome import page_keys
from kiosk.present.home import HomeView
from kiosk.present.parts import Spoken
from kiosk.ui.screens.screen import Screen, load
from kiosk.ui.sheets.home import home_pages, turning_height
from kiosk.ui.sheets.ink import Sheet, beside
from kiosk.ui.sheets.lit import lit_on
from kiosk.ui.sheets.press import Press
from kiosk.ui.sheets.strip import page_bar
from kiosk.ui.widgets.studio import Studio

load(__file__)


class HomeScreen(Screen):
    """New notices and categories on one sheet; on several, which keys turn, if one is too small."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._pages: tuple[Sheet, ...] = ()
        self._page = 0
        self._drawn: tuple[Studio, Press] | None = None

    def show(self, studio: Studio, press: Press, view: HomeView, *, keep_place: bool) -> None:
        """Draw the home page."""
        self._pages = home_pages(press, view, self.width, self.height)
        self._drawn = (studio, press)
        self._go(self._page if keep_place else 0)

    def turn(self, pages: int) -> None:
        """Turn to the next or previous of the home pages."""
        self._go(self._page + pages)

    @property
    def offset(self) -> float:
        """How far down the pages are turned, in px."""
        return self._page * float(self.height)

    @offset.setter
    def offset(self, offset: float) -> None:
        """Turn to the page that holds this place."""
        self._go(round(offset / self.height))

    def heard(self, spoken: tuple[Spoken, ...]) -> tuple[Spoken, ...]:
        """Return the labels, and of the notices' titles those that there is room for."""
        shown = {hold.notice for page in self._pages for hold in page.holds}
        return tuple(one for one in spoken if not one.notice or one.notice in shown)

    def light(self, spoken: Spoken | None) -> None:
        """Highlight what is read, on its page."""
        holding = [number for number, page in enumerate(self._pages) if lit_on(page, spoken)]
        if holding and self._page not in holding:
            self._go(holding[0])
        self.ids.sheet.lit = lit_on(self.ids.sheet.sheet, spoken)

    def _go(self, page: int) -> None:
        if self._drawn is None:
            return
        studio, press = self._drawn
        self._page = min(max(page, 0), len(self._pages) - 1)
        sheet = self._pages[self._page]
        if len(self._pages) > 1:
            keys = page_bar(press, page_keys(self.say, self._page, len(self._pages)), self.width)
            foot = self.height - turning_height(press)
            sheet = beside((0, 0, sheet), (0, foot, keys), width=self.width, height=self.height)
        self.ids.sheet.set(studio, sheet, x=self.x, top=self.top)
        if self.changed:
            self.changed()
