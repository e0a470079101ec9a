"""The home page: the newest notices, and the three classes with their categories."""

from dataclasses import dataclass

from kiosk.board import Board
from kiosk.catalogue import Catalogue
from kiosk.navigation import AtList, Open
from kiosk.present.chrome import KeyView
from kiosk.present.parts import TONES, Card, Tone, card, class_name, of_class, on_show
from kiosk.present.search import search_key
from sync.notices import Village


@dataclass(frozen=True, slots=True)
class CategoryKey:
    """A category with how many of its notices are on show."""

    name: str
    count: str
    opens: Open


@dataclass(frozen=True, slots=True)
class ClassKey:
    """One of the three classes and its categories."""

    name: str
    count: str
    tone: Tone
    opens: Open
    categories: tuple[CategoryKey, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """The home page; as many of `cards` are shown as there is room for."""

    news: str
    cards: tuple[Card, ...]
    browse: str
    classes: tuple[ClassKey, ...]
    search: KeyView


def home(say: Catalogue, village: Village, board: Board, *, cards: int = 6) -> HomeView:
    """Return the home page with at most `cards` notices."""
    return HomeView(
        say("New notices"),
        tuple(card(say, village, one) for one in board.standing[:cards]),
        say("By category"),
        tuple(_class(say, village, board, tone) for tone in TONES),
        search_key(say),
    )


def _class(say: Catalogue, village: Village, board: Board, tone: Tone) -> ClassKey:
    keys = tuple(
        CategoryKey(
            category.name,
            say.count(
                "{number} notice",
                "{number} notices",
                on_show(of_class(board, village, tone, category.id)),
            ),
            Open(AtList(tone, category.id)),
        )
        for category in village.categories
        if category.group == tone
    )
    number = on_show(of_class(board, village, tone))
    count = say.count("{number} on show", "{number} on show", number)
    return ClassKey(class_name(say, tone), count, tone, Open(AtList(tone)), keys)
