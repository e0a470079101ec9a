"""What stands, only to be read, above everything that was brought down within reach."""

from dataclasses import dataclass

from kiosk.present.home import HomeView
from kiosk.present.listing import ListView
from kiosk.present.parts import Spoken
from kiosk.present.search import SearchView
from kiosk.present.views import View


@dataclass(frozen=True, slots=True)
class CalmView:
    """What this page is, or the sentence that is being read aloud, as large as there is room for."""

    words: str
    read: bool = False


def calm(view: View, spoken: Spoken | None) -> CalmView:
    """Return what stands above `view` while `spoken` is heard."""
    if spoken:
        return CalmView(spoken.sentence.words, read=True)
    match view:
        case HomeView():
            return CalmView(view.cards[0].title if view.cards else view.nothing)
        case ListView():
            return CalmView(view.name)
        case SearchView():
            return CalmView(view.prompt)
        case _:
            return CalmView(view.title)
