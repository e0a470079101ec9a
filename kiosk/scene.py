"""What the whole screen shows at one moment: pure, from everything that is known to view models.

The shell keeps a `Scene`, replaces its parts when they change, and draws what comes out of here.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kiosk.board import Board, Standing
from kiosk.catalogue import Catalogue
from kiosk.holdings import Holdings
from kiosk.navigation import (
    AtHome,
    AtIdle,
    AtLedger,
    AtList,
    AtNotice,
    AtPicture,
    AtStatus,
    Position,
)
from kiosk.present.chrome import Health, help_line
from kiosk.present.help import Call
from kiosk.present.home import HomeView, home
from kiosk.present.idle import EmptyView, IdleView, empty, idle, opening
from kiosk.present.ledger import LedgerView, ledger_page
from kiosk.present.listing import ListView, listing
from kiosk.present.notice import NoticeView, notice_page
from kiosk.present.parts import Card, Spoken
from kiosk.present.picture import PictureView, picture_page
from kiosk.present.status import (
    AttemptLine,
    Facts,
    StatusView,
    progress_words,
    status_page,
)
from kiosk.qr import objection_link
from sync.errors import BadInput

View = (
    IdleView | EmptyView | HomeView | ListView | NoticeView | LedgerView | PictureView | StatusView
)
GOOD_ENDS: Final = frozenset({"new", "same", "older"})


@dataclass(frozen=True, slots=True)
class Scene:
    """All that is known at `now` (UTC): the board, the person's position, the kiosk's health."""

    say: Catalogue
    kiosk_id: str
    kiosk_name: str
    program: str
    now: datetime
    holdings: Holdings
    board: Board
    position: Position = Position()
    turn: Standing | None = None
    call: Call | None = None
    help_alive: bool = False
    help_works: bool | None = None
    help_tested: datetime | None = None
    sound_trouble: str = ""
    bad: tuple[tuple[str, str], ...] = ()


def page(scene: Scene) -> View:
    """Return the view of the place where the person is; a place that is gone shows the home page."""
    place = scene.position.place
    say, village = scene.say, scene.holdings.village
    match place:
        case AtStatus():
            return status_page(say, _facts(scene), scene.board if village else None, scene.now)
        case _ if not scene.holdings.loaded:
            return opening(say)
        case _ if village is None:
            return empty(say, None, refused=bool(scene.holdings.refused))
        case AtIdle() if scene.turn is None:
            return empty(say, village)
        case AtIdle():
            return idle(say, village, scene.board, scene.turn, scene.holdings.sealed_by)
        case AtList():
            return listing(say, village, scene.board, place)
        case AtNotice(notice) | AtLedger(notice) | AtPicture(notice):
            found = scene.board.find(notice)
            view = _of_notice(scene, place, found) if found else None
            return view or home(say, village, scene.board)
        case AtHome():
            return home(say, village, scene.board)


def heard_on(view: View) -> tuple[Spoken, ...]:
    """Return what a person hears who wants this view read aloud."""
    match view:
        case NoticeView() | LedgerView():
            return view.reading
        case HomeView() | ListView():
            return tuple(_titles(view.cards))
        case _:
            return ()


def health(scene: Scene) -> Health:
    """Return what the status line says."""
    return Health(
        updated=_updated(scene.holdings),
        fetching=_fetching(scene),
        help_alive=scene.help_alive,
        help_works=scene.help_works,
        help_tested=scene.help_tested,
        clock_trusted=scene.board.trusted,
        sound=not scene.sound_trouble,
    )


def hotline(scene: Scene) -> str:
    """Return the village's hotline, empty until a village is known."""
    return scene.holdings.village.hotline if scene.holdings.village else ""


def _of_notice(
    scene: Scene, place: AtNotice | AtLedger | AtPicture, found: Standing
) -> NoticeView | LedgerView | PictureView | None:
    village, verified = scene.holdings.village, scene.holdings.sealed_by
    if village is None:
        return None
    match place:
        case AtNotice():
            return notice_page(
                scene.say, village, scene.board, found, verified, _link(scene, found)
            )
        case AtLedger(_, block):
            return ledger_page(scene.say, village, found, block, verified, _link(scene, found))
        case AtPicture(_, sha256):
            return picture_page(found, sha256)


def _link(scene: Scene, found: Standing) -> str:
    village, entry = scene.holdings.village, found.posting.entry
    if village is None or not village.objection_url:
        return ""
    try:
        return objection_link(village.objection_url, scene.kiosk_id, entry.id, entry.revision)
    except BadInput:
        return ""  # the hotline still stands beside the notice


def _titles(cards: tuple[Card, ...]) -> list[Spoken]:
    return [Spoken(card.spoken, card.notice) for card in cards if card.spoken]


def _updated(holdings: Holdings) -> datetime | None:
    if holdings.village is None:
        return None
    good = [one.at for one in holdings.attempts if one.outcome.value in GOOD_ENDS]
    return max(good, default=holdings.issued)


def _fetching(scene: Scene) -> str:
    progress = scene.holdings.progress
    if progress is None:
        return ""
    return progress_words(
        scene.say, progress.notices, progress.notices_all, progress.bytes, progress.bytes_all
    )


def _facts(scene: Scene) -> Facts:
    say, holdings = scene.say, scene.holdings
    versions = holdings.versions
    set_aside = [(f"{one.id} ({one.revision})", one.reason) for one in holdings.set_aside]
    if holdings.refused:
        set_aside.append((say("The whole board"), holdings.refused))
    return Facts(
        kiosk=f"{scene.kiosk_name} ({scene.kiosk_id})",
        versions=(
            (say("board"), versions.number), (say("keys"), versions.root),
            (say("seal"), versions.notices), (say("issue"), versions.timestamp),
        ) if versions else (),
        issued=holdings.issued,
        attempts=tuple(
            AttemptLine(one.at, one.source, one.outcome.value, one.detail, one.advice)
            for one in holdings.attempts
        ),
        set_aside=(*set_aside, *scene.bad),
        fetching=_fetching(scene),
        clock_trusted=scene.board.trusted,
        sound=say("Sound: {trouble}", trouble=scene.sound_trouble) if scene.sound_trouble else say("Sound: works"),
        help_line=help_line(say, health(scene), scene.now),
        program=scene.program,
    )  # fmt: skip
