"""What the whole screen shows at one moment: pure, from everything that is known to view models.

The shell keeps a `Scene`, replaces its parts when they change, and draws what comes out of here.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from kiosk.board import Board, Standing
from kiosk.catalogue import Catalogue
from kiosk.holdings import Holdings
from kiosk.navigation import (
    AtIdle,
    AtLedger,
    AtList,
    AtNotice,
    AtPast,
    AtPicture,
    AtSearch,
    AtStatus,
    Place,
    Position,
)
from kiosk.present.chrome import Health, help_line
from kiosk.present.help import UNDER_WAY, Call
from kiosk.present.home import HomeView, home
from kiosk.present.idle import EmptyView, IdleView, empty, idle, opening
from kiosk.present.ledger import LedgerView, ledger_page
from kiosk.present.listing import ListView, listing
from kiosk.present.notice import NoticeView, notice_page
from kiosk.present.parts import Card, Spoken
from kiosk.present.picture import PictureView, picture_page
from kiosk.present.search import PastView, SearchView, past_page, search_page
from kiosk.present.status import (
    AttemptLine,
    Facts,
    StatusView,
    progress_words,
    status_page,
)
from kiosk.qr import objection_link
from kiosk.search import Past, archived
from sync.errors import BadInput
from sync.notices import Sentence, Village

View = (
    IdleView | EmptyView | HomeView | ListView | NoticeView | LedgerView | PictureView | StatusView
    | SearchView | PastView
)  # fmt: skip
GOOD_ENDS: Final = frozenset({"new", "same"})  # an old stick confirms nothing


@dataclass(frozen=True, slots=True)
class Undrawn:
    """A revision of a notice that could not be drawn, and why."""

    notice: str
    revision: int
    reason: str


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
    position: Position = field(default_factory=Position)
    turn: Standing | None = None
    call: Call | None = None
    help_alive: bool = False
    help_works: bool | None = None
    help_tested: datetime | None = None
    help_fault: str = ""
    sound_trouble: str = ""
    bad: tuple[Undrawn, ...] = ()


def page(scene: Scene) -> View:
    """Return the view of the place where the person is; a place that is gone shows the home page."""
    place = scene.position.place
    if isinstance(place, AtStatus):
        board = scene.board if scene.holdings.village else None
        return status_page(scene.say, _facts(scene), board, scene.now)
    if not scene.holdings.loaded:
        return opening(scene.say)
    village = scene.holdings.village
    if village is None:
        return empty(scene.say, None, refused=bool(scene.holdings.refused))
    return _of_village(scene, place, village)


def is_busy(scene: Scene) -> bool:
    """Tell whether somebody listens, or a call is under way: then nobody is sent away."""
    position, call = scene.position, scene.call
    listens = position.reading is not None and not position.reading.paused
    return listens or (position.help_open and call is not None and call.stage in UNDER_WAY)


def heard_on(view: View) -> tuple[Spoken, ...]:
    """Return what a person hears who wants this view read aloud."""
    match view:
        case NoticeView() | LedgerView():
            return view.reading
        case HomeView() | ListView() | SearchView():
            return tuple(_titles(view.cards))
        case PictureView() | PastView():
            return view.reading
        case _:
            return ()


def sought(scene: Scene) -> Spoken | None:
    """Return the row that a person has searched for, to be lit until the voice reads."""
    match scene.position.place:
        case AtNotice(notice, (block, row)):
            return Spoken(Sentence(block, "", "", row), notice)
        case AtLedger(notice, block, int(row)):
            return Spoken(Sentence(block, "", "", row), notice)
        case _:
            return None


def health(scene: Scene) -> Health:
    """Return what the status line says."""
    return Health(
        updated=_updated(scene.holdings),
        fetching=_fetching(scene),
        help_alive=scene.help_alive,
        help_works=scene.help_works,
        help_tested=scene.help_tested,
        help_fault=scene.help_fault,
        clock_trusted=scene.board.trusted,
        sound=not scene.sound_trouble,
    )


def hotline(scene: Scene) -> str:
    """Return the village's hotline, empty until a village is known."""
    return scene.holdings.village.hotline if scene.holdings.village else ""


def _of_village(scene: Scene, place: Place, village: Village) -> View:
    say, board = scene.say, scene.board
    view: View | None = None
    match place:
        case AtIdle():
            turn, verified = scene.turn, scene.holdings.sealed_by
            if turn is None:
                view = empty(say, village, undrawn=bool(scene.bad))
            else:
                view = idle(say, village, board, turn, verified)
        case AtList():
            view = listing(say, village, board, place)
        case AtSearch(typed):
            view = search_page(say, village, board, _archive(scene), typed)
        case AtPast(id_):
            past = next((one for one in archived(board, _archive(scene)) if one.id == id_), None)
            view = past_page(say, village, past) if past else None
        case AtNotice(notice) | AtLedger(notice) | AtPicture(notice):
            found = board.find(notice)
            view = _of_notice(scene, place, village, found) if found else None
    return view or home(say, village, board)


def _archive(scene: Scene) -> tuple[Past, ...]:
    """Return the past without what was set aside: that has left the board for another reason."""
    aside = {one.id for one in scene.holdings.set_aside} | {one.notice for one in scene.bad}
    archive = scene.holdings.archive
    return tuple(one for one in archive if one.id not in aside) if aside else archive


def _of_notice(
    scene: Scene, place: AtNotice | AtLedger | AtPicture, village: Village, found: Standing
) -> NoticeView | LedgerView | PictureView | None:
    say, verified = scene.say, scene.holdings.sealed_by
    if isinstance(place, AtLedger) and found.posting.entry.withdrawn:
        place = AtNotice(place.notice)  # whose first line says that it was taken back
    match place:
        case AtNotice():
            link = _link(scene, village, found)
            return notice_page(say, village, scene.board, found, verified, link)
        case AtLedger(_, block):
            link = _link(scene, village, found)
            return ledger_page(say, village, found, block, verified, link)
        case AtPicture(_, sha256):
            return picture_page(say, found, sha256)


def _link(scene: Scene, village: Village, found: Standing) -> str:
    entry = found.posting.entry
    if not village.objection_url:
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
    set_aside += [(f"{one.notice} ({one.revision})", one.reason) for one in scene.bad]
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
        set_aside=tuple(set_aside),
        fetching=_fetching(scene),
        clock_trusted=scene.board.trusted,
        sound=say("Sound: {trouble}", trouble=scene.sound_trouble) if scene.sound_trouble else say("Sound: works"),
        help_line=help_line(say, health(scene), scene.now),
        program=scene.program,
    )  # fmt: skip
