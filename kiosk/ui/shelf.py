"""The screens, each built when it is first needed and kept."""

from typing import Final

from kiosk.catalogue import Catalogue
from kiosk.present.home import HomeView
from kiosk.present.idle import EmptyView, IdleView
from kiosk.present.ledger import LedgerView
from kiosk.present.listing import ListView
from kiosk.present.notice import NoticeView
from kiosk.present.picture import PictureView
from kiosk.present.search import PastView, SearchView
from kiosk.present.status import StatusView
from kiosk.scene import View
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.screens.idle import IdleScreen
from kiosk.ui.screens.ledger import LedgerScreen
from kiosk.ui.screens.listing import ListScreen
from kiosk.ui.screens.notice import NoticeScreen
from kiosk.ui.screens.paged import PagedScreen
from kiosk.ui.screens.past import PastScreen
from kiosk.ui.screens.picture import PictureScreen
from kiosk.ui.screens.screen import Screen
from kiosk.ui.screens.search import SearchScreen
from kiosk.ui.screens.status import StatusScreen

_SCREENS: Final[dict[type[View], tuple[str, type[Screen]]]] = {
    IdleView: ("idle", IdleScreen),
    EmptyView: ("empty", IdleScreen),
    HomeView: ("home", HomeScreen),
    ListView: ("list", ListScreen),
    NoticeView: ("notice", NoticeScreen),
    LedgerView: ("ledger", LedgerScreen),
    PictureView: ("picture", PictureScreen),
    StatusView: ("status", StatusScreen),
    SearchView: ("search", SearchScreen),
    PastView: ("past", PastScreen),
}


class Shelf:
    """Finds the screen that draws a view."""

    def __init__(self, say: Catalogue, scan_distance_mm: float) -> None:
        self._say = say
        self._scan_distance_mm = scan_distance_mm
        self._built: dict[type[Screen], Screen] = {}

    def screen(self, view: View) -> Screen:
        """Return the screen for `view`."""
        kind = _SCREENS[type(view)][1]
        if kind not in self._built:
            screen = kind(size_hint=(None, None))
            if isinstance(screen, PagedScreen):
                screen.say, screen.scan_distance_mm = self._say, self._scan_distance_mm
            if isinstance(screen, SearchScreen):
                screen.say = self._say
            self._built[kind] = screen
        return self._built[kind]

    @staticmethod
    def name(view: View) -> str:
        """Return the screen's name, as tests and logs know it."""
        return _SCREENS[type(view)][0]
