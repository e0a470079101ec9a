"""What the screen shows on one day in the demo village, at the place that a test asks for."""

from datetime import UTC, date, datetime

import msgspec

from kiosk import catalogue
from kiosk.board import board_at
from kiosk.holdings import Holdings
from kiosk.navigation import Position
from kiosk.places import AtHome
from kiosk.scene import Scene
from sync.clock import Moment
from sync.feed.layout import Entry, Posting, Withdrawal, encode, ref_of
from sync.notices import Notice, Party
from tests.support.board import CATEGORIES, village_notices
from tests.support.office import VILLAGE

NOW = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
TODAY = date(2026, 11, 23)
BOTH = frozenset({Party.COMMITTEE, Party.SUPERVISOR})
SAY = catalogue.load("zh")


def posting(notice: Notice, withdrawn: Withdrawal | None = None) -> Posting:
    """Return `notice` as it hangs on the board, or as it was taken back today."""
    entry = Entry(
        notice.id,
        notice.revision,
        notice.category,
        notice.posted,
        TODAY if withdrawn else notice.posted,
        ref_of(encode(notice)),
        withdrawn,
    )
    return Posting(entry, notice)


def scene(
    *postings: Posting, place: object = None, sealed_by: frozenset[Party] = BOTH, **changes: object
) -> Scene:
    """Return the screen at `place`, or at home, with `postings`, or all of the demo village's."""
    village = msgspec.structs.replace(VILLAGE, categories=CATEGORIES)
    shown = postings or tuple(posting(one) for one in village_notices(TODAY)[0])
    board = board_at(shown, Moment(NOW, trusted=True))
    holdings = Holdings(
        village=village, postings=shown, sealed_by=sealed_by, issued=NOW, loaded=True
    )
    trail = (place,) if place else (AtHome(),)
    fields: dict[str, object] = {
        "say": SAY, "kiosk_id": "qingshi-1", "kiosk_name": "青石村广场", "program": "0.1", "now": NOW,
        "holdings": holdings, "board": board, "position": Position(trail=trail),
    }  # fmt: skip
    return Scene(**(fields | changes))  # type: ignore[arg-type]
