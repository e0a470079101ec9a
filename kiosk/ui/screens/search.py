"""The search page."""

from kiosk.present.chrome import page_keys
from kiosk.present.parts import Spoken
from kiosk.present.search import SearchView
from kiosk.ui.screens.screen import Screen, load
from kiosk.ui.sheets.lit import lit_on
from kiosk.ui.sheets.press import Press
from kiosk.ui.sheets.search import Part, SearchParts, pager, search_parts
from kiosk.ui.widgets.sheet import SheetView
from kiosk.ui.widgets.studio import Studio

load(__file__)


class SearchScreen(Screen):
    """Results in pages, what was typed, the keypad. The page counts from 0."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._page = 0
        self._typed = ""
        self._drawn: tuple[Studio, Press, SearchParts] | None = None

    def show(self, studio: Studio, press: Press, view: SearchView, *, keep_place: bool) -> None:
        """Draw the page; other letters begin again at the first page of results."""
        if not keep_place or view.typed != self._typed:
            self._page = 0
        self._typed = view.typed
        parts = search_parts(press, view, self.width, self.height)
        self._drawn = (studio, press, parts)
        self._put(studio, self.ids.field, parts.field)
        self._put(studio, self.ids.keypad, parts.keypad)
        self.turn(0)

    @property
    def offset(self) -> float:
        """The number of the page of results."""
        return float(self._page)

    @offset.setter
    def offset(self, offset: float) -> None:
        """Turn to this page of results."""
        self.turn(int(offset) - self._page)

    def turn(self, pages: int) -> None:
        """Turn the results."""
        if self._drawn is None:
            return
        studio, press, parts = self._drawn
        last = len(parts.pages) - 1
        self._page = min(max(self._page + pages, 0), last)
        self._put(studio, self.ids.results, parts.pages[self._page])
        keys = pager(press, page_keys(self.say, self._page, last + 1), parts.pager.sheet)
        self._put(studio, self.ids.turning, Part(parts.pager.x, parts.pager.y, keys))
        if self.changed:
            self.changed()

    def heard(self, spoken: tuple[Spoken, ...]) -> tuple[Spoken, ...]:
        """Return the page's own words, and the results that are in sight."""
        shown = {"", *(hold.notice for hold in self.ids.results.sheet.holds)}
        return tuple(one for one in spoken if one.notice in shown)

    def light(self, spoken: Spoken | None) -> None:
        """Highlight the result that is read, or the words."""
        for one in (self.ids.results, self.ids.field):
            one.lit = lit_on(one.sheet, spoken)

    def _put(self, studio: Studio, view: SheetView, part: Part) -> None:
        view.set(studio, part.sheet, x=self.x + part.x, top=self.top - part.y)
