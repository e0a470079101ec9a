"""What stands, only to be read, above everything that was brought down within reach."""

from dataclasses import dataclass, replace

from kiosk.present.home import HomeView
from kiosk.present.ledger import LedgerView
from kiosk.present.listing import ListView
from kiosk.present.notice import NoticeView
from kiosk.present.parts import Spoken, Strip
from kiosk.present.search import SearchView
from kiosk.present.views import View


@dataclass(frozen=True, slots=True)
class CalmView:
    """What this page is, or the sentence that is being read aloud, as large as there is room for.

    Below it a notice's `strip`: its code is scanned from afar, and is in nobody's way here.
    """

    words: str
    read: bool = False
    strip: Strip | None = None


def calm(view: View, spoken: Spoken | None) -> CalmView:
    """Return what stands above `view` while `spoken` is heard."""
    strip = view.strip if isinstance(view, NoticeView | LedgerView) else None
    if spoken:
        return CalmView(spoken.sentence.words, read=True, strip=strip)
    match view:
        case HomeView():
            return CalmView(view.cards[0].title if view.cards else view.nothing)
        case ListView():
            return CalmView(view.name)
        case SearchView():
            return CalmView(view.words if view.typed else view.prompt)
        case _:
            return CalmView(view.title, strip=strip)


def below(view: View) -> View:
    """Return a notice's page without the title and the strip that stand above it already."""
    match view:
        case NoticeView():
            return replace(view, title="", strip=None)
        case LedgerView():
            return replace(view, strip=None)
        case _:
            return view
