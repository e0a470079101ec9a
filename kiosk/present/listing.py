"""The list of a class or category."""

from dataclasses import dataclass

from kiosk.board import Board
from kiosk.catalogue import Catalogue
from kiosk.places import AtList
from kiosk.present.parts import TONES, Card, Tone, card, categories, class_name, of_class, on_show
from sync.notices import Village


@dataclass(frozen=True, slots=True)
class ListView:
    """Every notice on show, or those of a class or category."""

    name: str
    tone: Tone
    count: str
    cards: tuple[Card, ...]
    nothing: str


def listing(say: Catalogue, village: Village, board: Board, place: AtList) -> ListView:
    """Return the list that `place` names."""
    tone: Tone = next((one for one in TONES if one == place.group), "affairs")
    category = categories(village).get(place.category)
    if place == AtList():
        name, found = say("All notices"), (*board.standing, *board.withdrawn)
    else:
        name = say.name(category.name) if category else class_name(say, tone)
        found = of_class(board, village, tone, place.category)
    return ListView(
        name,
        tone,
        say.count("{number} on show", "{number} on show", on_show(found)),
        tuple(card(say, village, one) for one in found),
        "" if found else say("Nothing of this kind is on show now"),
    )
