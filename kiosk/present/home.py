"""The home page: the newest notices, and the three classes with their categories."""

from dataclasses import dataclass
from typing import Final

from kiosk.board import Board
from kiosk.catalogue import Catalogue
from kiosk.intentions import Open
from kiosk.places import AtList
from kiosk.present.chrome import KeyView
from kiosk.present.duties import DutyKey
from kiosk.present.parts import TONES, Card, Tone, card, class_name, is_new, of_class, on_show
from kiosk.present.search import search_key
from sync.notices import Category, Village


@dataclass(frozen=True, slots=True)
class CategoryKey:
    """A category, how many of its notices are on show, and the flag 新 if one of them is new."""

    name: str
    count: str
    flag: str
    opens: Open


@dataclass(frozen=True, slots=True)
class ClassKey:
    """One of the three classes and its categories; `short` is its count for narrow keys."""

    name: str
    count: str
    short: str
    tone: Tone
    opens: Open
    categories: tuple[CategoryKey, ...]


ALL_MARK: Final = "all"  # how the key to all notices is known while it is read aloud


@dataclass(frozen=True, slots=True)
class AllKey:
    """Where all notices are listed; the words say how many, and if several are urgent, how many."""

    number: int
    words: str
    opens: Open


@dataclass(frozen=True, slots=True)
class HomeView:
    """The home page; as many of `cards` are shown as there is room for, `all` leads to every one.

    `owed` leads to what must be published and hasn't been; `nothing` stands where there is no card.
    """

    news: str
    cards: tuple[Card, ...]
    nothing: str
    browse: str
    classes: tuple[ClassKey, ...]
    search: KeyView
    all: AllKey
    owed: DutyKey | None = None


def home(
    say: Catalogue, village: Village, board: Board, owed: DutyKey | None = None, *, cards: int = 6
) -> HomeView:
    """Return the home page with at most `cards` notices."""
    return HomeView(
        say("New notices"),
        tuple(card(say, village, one) for one in board.standing[:cards]),
        "" if board.standing else say("No notice is on show today"),
        say("By category"),
        tuple(_class(say, village, board, tone) for tone in TONES),
        search_key(say),
        AllKey(len(board.standing), _all_words(say, board), Open(AtList())),
        owed,
    )


def _all_words(say: Catalogue, board: Board) -> str:
    number = len(board.standing)
    urgent = sum(one.posting.notice.urgent for one in board.standing)
    if urgent > 1:
        return say("All {number}, {urgent} urgent", number=number, urgent=urgent)
    return say("All {number}", number=number)


def _class(say: Catalogue, village: Village, board: Board, tone: Tone) -> ClassKey:
    keys = tuple(
        _category(say, village, board, category)
        for category in village.categories
        if category.group == tone
    )
    number = on_show(of_class(board, village, tone))
    count = say.count("{number} on show", "{number} on show", number)
    short = say.count("{number} notice", "{number} notices", number)
    return ClassKey(class_name(say, tone), count, short, tone, Open(AtList(tone)), keys)


def _category(say: Catalogue, village: Village, board: Board, category: Category) -> CategoryKey:
    found = of_class(board, village, category.group, category.id)
    return CategoryKey(
        say.name(category.name),
        say.count("{number} notice", "{number} notices", on_show(found)),
        say("new") if any(is_new(one) for one in found) else "",
        Open(AtList(category.group, category.id)),
    )
