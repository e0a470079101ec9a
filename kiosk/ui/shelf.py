"""The screens, each built when it is first needed and kept."""

from importlib import import_module
from types import ModuleType
from typing import Final

from kiosk.catalogue import Catalogue
from kiosk.present.about import AboutView, AuditView
from kiosk.present.changes import ChangesView
from kiosk.present.home import HomeView
from kiosk.present.idle import EmptyView, IdleView
from kiosk.present.ledger import LedgerView
from kiosk.present.listing import ListView
from kiosk.present.notice import NoticeView
from kiosk.present.picture import PictureView
from kiosk.present.search import PastView, SearchView
from kiosk.present.status import StatusView
from kiosk.present.term import TermView
from kiosk.present.views import View
from kiosk.ui.screens.screen import Screen

_SCREENS: Final[dict[type[View], tuple[str, str, str]]] = {  # name, module, class
    IdleView: ("idle", "idle", "IdleScreen"),
    EmptyView: ("empty", "idle", "IdleScreen"),
    HomeView: ("home", "home", "HomeScreen"),
    ListView: ("list", "listing", "ListScreen"),
    NoticeView: ("notice", "notice", "NoticeScreen"),
    LedgerView: ("ledger", "ledger", "LedgerScreen"),
    PictureView: ("picture", "picture", "PictureScreen"),
    AboutView: ("about", "annex", "AnnexScreen"),
    AuditView: ("audit", "annex", "AnnexScreen"),
    TermView: ("term", "annex", "AnnexScreen"),
    ChangesView: ("changes", "annex", "AnnexScreen"),
    StatusView: ("status", "status", "StatusScreen"),
    SearchView: ("search", "search", "SearchScreen"),
    PastView: ("past", "past", "PastScreen"),
}


class Shelf:
    """Finds the screen that draws a view.

    A screen's module is imported when it is first needed: the first picture needs but one of them.
    """

    def __init__(self, say: Catalogue, scan_distance_mm: float) -> None:
        self._say = say
        self._scan_distance_mm = scan_distance_mm
        self._built: dict[tuple[str, str], Screen] = {}

    def screen(self, view: View) -> Screen:
        """Return the screen for `view`."""
        _, module, name = _SCREENS[type(view)]
        if (module, name) not in self._built:
            kind: type[Screen] = getattr(_module(module), name)
            screen = kind(size_hint=(None, None))
            screen.say, screen.scan_distance_mm = self._say, self._scan_distance_mm
            self._built[module, name] = screen
        return self._built[module, name]

    @staticmethod
    def warm() -> None:
        """Import what the first picture didn't need, so that the first touch doesn't wait for it."""
        for _, module, _ in _SCREENS.values():
            _module(module)

    @staticmethod
    def name(view: View) -> str:
        """Return the screen's name, as tests and logs know it."""
        return _SCREENS[type(view)][0]


def _module(name: str) -> ModuleType:
    return import_module(f"kiosk.ui.screens.{name}")
