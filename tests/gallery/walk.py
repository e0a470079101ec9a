"""A walk through the village's board by single taps on what is drawn, from the idle board on."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from kiosk.intentions import Back, CallHelp, Home, Open, ReadAloud, TextLarger
from kiosk.navigation import Position, after
from kiosk.places import AtIdle, AtLedger, AtNotice, AtPicture, Place
from kiosk.ui.sheets.ink import Touch
from tests.gallery.scenes import VILLAGE, Shot
from tests.gallery.sight import Sight

MOST: Final = 200  # places; a picture alone has any number of them, by how far it is enlarged
_ALWAYS: Final = (Home, Back, ReadAloud, TextLarger, CallHelp)


def beyond_taps(look: Callable[[Shot], list[Sight]]) -> list[str]:
    """Return what of the board no row of taps leads to; `look` draws a scene and shows its pages."""
    seen: set[Place] = set()
    missing: list[str] = []
    ways = deque([Position()])
    while ways and len(seen) < MOST:
        position = ways.popleft()
        seen.add(position.place)
        scene = replace(VILLAGE, position=position, turn=VILLAGE.board.standing[0])
        touches = [
            spot.touch
            for sight in look(Shot("walk", scene))
            for spot in sight.spots
            if not spot.touch.held
        ]
        if not isinstance(position.place, AtIdle):
            missing += [
                f"no {key.__name__} at {position.place}"
                for key in _ALWAYS
                if not _has(touches, key)
            ]
        for touch in touches:
            there = after(position, touch.intention)[0]
            if isinstance(touch.intention, Open | Home) and there.place not in seen:
                seen.add(there.place)
                ways.append(there)
    return [*missing, *_unseen(seen)]


def _has(touches: list[Touch], key: type) -> bool:
    return any(isinstance(touch.intention, key) for touch in touches)


def _unseen(places: set[Place]) -> list[str]:
    board = VILLAGE.board
    opened = {one.notice for one in places if isinstance(one, AtNotice | AtLedger)}
    kinds = {type(one) for one in places}
    return [
        *(
            f"not to be reached: {one.posting.entry.id}"
            for one in (*board.standing, *board.withdrawn)
            if one.posting.entry.id not in opened
        ),
        *(f"not to be reached: any {kind.__name__}" for kind in (AtPicture,) if kind not in kinds),
    ]
