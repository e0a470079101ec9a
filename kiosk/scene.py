"""What the whole screen shows at one moment: pure, from everything that is known to view models.

The shell keeps a `Scene`, replaces its parts when they change, and draws what comes out of here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from kiosk.board import Board, Standing, Terms, local_day
from kiosk.catalogue import Catalogue
from kiosk.evidence.account import Account
from kiosk.holdings import Holdings
from kiosk.navigation import Position
from kiosk.places import (
    AtAbout,
    AtAudit,
    AtChanges,
    AtDuties,
    AtIdle,
    AtLedger,
    AtList,
    AtNotice,
    AtPast,
    AtPicture,
    AtSearch,
    AtStatus,
    AtTerm,
    Place,
)
from kiosk.present.about import AboutView, AuditView, about_page, audit_page
from kiosk.present.caretaking import Condition
from kiosk.present.changes import ChangesView, changes_page
from kiosk.present.chrome import Health
from kiosk.present.duties import duties_page, duty_key
from kiosk.present.heard import heard
from kiosk.present.help import UNDER_WAY, Call
from kiosk.present.home import home
from kiosk.present.idle import empty, idle, opening
from kiosk.present.ledger import LedgerView, ledger_page
from kiosk.present.listing import listing
from kiosk.present.notice import NoticeView, notice_page
from kiosk.present.parts import Spoken
from kiosk.present.picture import PictureView, picture_page
from kiosk.present.search import past_page, search_page
from kiosk.present.status import (
    AttemptLine,
    Facts,
    Setting,
    Sound,
    came_by,
    progress_words,
    status_page,
    stick_words,
)
from kiosk.present.term import TermView, term_page
from kiosk.present.views import View
from kiosk.qr import objection_link
from kiosk.retention import kept_back, without
from kiosk.search import Past, archived
from kiosk.turns import seconds_of
from sync.clock import ClockEvent, Why
from sync.duties import Duty, Record, owed
from sync.errors import BadInput
from sync.feed.layout import Posting
from sync.notices import Sentence, Village
from sync.reach import Turn, out_of_reach
from sync.workdays import Shown

STICK_STAYS: Final = timedelta(minutes=5)  # that a stick may be taken out, and how it ended
GOOD_ENDS: Final = frozenset({"new", "same"})  # an old stick confirms nothing


@dataclass(frozen=True, slots=True)
class Undrawn:
    """A revision of a notice that could not be drawn, and why."""

    notice: str
    revision: int
    reason: str


@dataclass(frozen=True, slots=True)
class Scene:
    """All that is known at `now` (UTC): the board, the person's position, the kiosk's health.

    `stick` is how an import from a stick has just ended, "" when none has; `running` is how long the
    program does; `shown` is what this kiosk knows of its showing each notice, by id and revision;
    `past` is the notice of the archive that was asked for last. `clock` is why the clock is trusted
    or not, `clock_events` what happened to it, newest first. `account` is how the evidence of display
    stands, None where nobody keeps any.
    """

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
    sound: Sound = "untried"
    bad: tuple[Undrawn, ...] = ()
    stick: str = ""
    setting: Setting | None = None
    running: timedelta = timedelta()
    shown: Mapping[tuple[str, int], Shown] = field(default_factory=dict)
    past: Posting | None = None
    account: Account | None = None
    clock: Why = "network"
    clock_events: tuple[ClockEvent, ...] = ()


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


def notice_at(scene: Scene) -> str:
    """Return the notice whose page or turn it is, "" elsewhere."""
    match scene.position.place:
        case AtNotice(notice) | AtLedger(notice) | AtPicture(notice):
            past = scene.past.entry.id if scene.past else ""
            return notice if scene.board.find(notice) or notice == past else ""
        case AtIdle():
            return scene.turn.posting.entry.id if scene.turn else ""
        case _:
            return ""


def is_busy(scene: Scene) -> bool:
    """Tell whether somebody listens, or a call is under way: then nobody is sent away."""
    position, call = scene.position, scene.call
    reading = position.reading
    listens = reading is not None and not (reading.paused or reading.over)
    return listens or (position.help_open and call is not None and call.stage in UNDER_WAY)


def may_read_on(scene: Scene) -> bool:
    """Tell whether somebody can be asked whether they want to read on.

    Over a call the question could not be seen, and who is frightened needs no other one; where no
    notice has come yet there is nothing to read.
    """
    place = scene.position.place
    empty = scene.holdings.village is None and not isinstance(place, AtStatus)
    return not (scene.position.help_open or isinstance(place, AtIdle) or empty)


def heard_on(view: View) -> tuple[Spoken, ...]:
    """Return what a person hears who wants this view read aloud."""
    return heard(view)


def sought(scene: Scene) -> Spoken | None:
    """Return the row that a person has searched for or chosen, to be lit while no other is read."""
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
        update_timed=_is_timed(scene.holdings),
        fetching=_fetching(scene),
        stick=stick_words(scene.say, scene.stick) if scene.stick else "",
        help_alive=scene.help_alive,
        help_works=scene.help_works,
        help_tested=scene.help_tested,
        help_fault=scene.help_fault,
        clock_trusted=scene.board.trusted,
        sound=scene.sound in {"untried", "works"},
    )


def stick_ended(before: Holdings, now: Holdings, at: datetime) -> str:
    """Return how an import from a stick ended that was written down since `before`, or "".

    When the program starts nothing is known of before, but that it is only minutes ago at `at`.
    """
    # A glance at the card knows of no attempts: after it, old ones would look new.
    known = before.loaded and (before.attempts or before.village is None)
    if known:
        new = [one for one in now.attempts if one not in before.attempts]
    else:
        new = [one for one in now.attempts[:1] if abs(at - one.at) < STICK_STAYS]
    return next((one.outcome.value for one in new if came_by(one.source) == "stick"), "")


def stick_at_work(holdings: Holdings) -> bool:
    """Tell whether a stick has to stay in."""
    return holdings.progress is not None and came_by(holdings.progress.source) == "stick"


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
                view = idle(say, village, board, turn, verified, held=scene.position.held)
        case AtList():
            view = listing(say, village, board, place)
        case AtDuties():
            view = duties_page(say, _duties(scene, village), board.today)
        case AtSearch(typed):
            view = search_page(say, village, board, _archive(scene), typed)
        case AtPast(id_):
            past = next((one for one in archived(board, _archive(scene)) if one.id == id_), None)
            readable = _of_archive(scene, village, id_) is not None
            view = past_page(say, village, past, readable=readable) if past else None
        case (
            AtNotice(notice)
            | AtLedger(notice)
            | AtPicture(notice)
            | AtAbout(notice)
            | AtAudit(notice)
            | AtTerm(notice)
            | AtChanges(notice)
        ):
            found = board.find(notice) or _of_archive(scene, village, notice)
            view = _of_notice(scene, place, village, found) if found else None
    if view is None:
        key = duty_key(say, _duties(scene, village), board.today)
        view = home(say, village, board, key)
    return view


def _duties(scene: Scene, village: Village) -> tuple[Duty, ...]:
    record = _record(scene)
    if record is None or not scene.board.trusted or scene.holdings.set_aside:
        return ()  # what was set aside may be the very notice that is missed
    workdays = Terms.of_village(village).workdays
    return owed(village.categories, record, workdays, scene.board.today)


def _record(scene: Scene) -> Record | None:
    """Return what is known of publications: up to when the office was last heard of."""
    record, updated = scene.holdings.record, _updated(scene.holdings)
    return replace(record, until=local_day(updated)) if record and updated else None


def _archive(scene: Scene) -> tuple[Past, ...]:
    """Return the past without what was set aside: that has left the board for another reason."""
    aside = {one.id for one in scene.holdings.set_aside} | {one.notice for one in scene.bad}
    archive = scene.holdings.archive
    return tuple(one for one in archive if one.id not in aside) if aside else archive


def _of_archive(scene: Scene, village: Village, notice: str) -> Standing | None:
    """Return the notice of the archive that the card has brought, as far as it may still be read."""
    posting, today = scene.past, scene.board.today
    if posting is None or posting.entry.id != notice or posting.entry.posted > today:
        return None
    term = Terms.of_village(village).of(posting.entry)
    standing = Standing(posting, term, term.number_on(today), complete=True, archived=True)
    hidden = kept_back(posting.notice, village) if today > term.maximum else ()
    words = scene.say("This list hung for the longest time that is allowed and is no longer shown.")
    return without(standing, hidden, words)


def _of_notice(
    scene: Scene,
    place: AtNotice | AtLedger | AtPicture | AtAbout | AtAudit | AtTerm | AtChanges,
    village: Village,
    found: Standing,
) -> NoticeView | LedgerView | PictureView | AboutView | AuditView | TermView | ChangesView | None:
    say, verified = scene.say, scene.holdings.sealed_by
    if isinstance(place, AtLedger | AtPicture) and found.posting.entry.withdrawn:
        place = AtNotice(place.notice)  # which says that it was taken back, and nothing else
    match place:
        case AtNotice():
            link = _link(scene, village, found)
            known = scene.holdings.corrected_by(found.posting.notice) is not None
            return notice_page(
                say,
                village,
                scene.board,
                found,
                verified,
                link,
                earlier=known,
                first=_first_day(scene, found),
            )
        case AtLedger():
            link, all_held = _link(scene, village, found), scene.holdings.postings
            return ledger_page(
                say, village, found, place, verified, link, held=all_held, today=scene.board.today
            )
        case AtPicture():
            return picture_page(say, found, place)
        case AtAbout():
            return about_page(say, village, scene.board, found, verified, _first_day(scene, found))
        case _:
            return _beside_notice(scene, place, village, found)


def _beside_notice(
    scene: Scene, place: AtAudit | AtTerm | AtChanges, village: Village, found: Standing
) -> AuditView | TermView | ChangesView | None:
    match place:
        case AtAudit():
            return audit_page(scene.say, found)
        case AtTerm():
            terms = Terms.of_village(village, scene.shown)
            return term_page(scene.say, scene.board, found, terms)
        case AtChanges():
            earlier = scene.holdings.corrected_by(found.posting.notice)
            return changes_page(scene.say, village, earlier, found) if earlier else None


def _first_day(scene: Scene, found: Standing) -> date | None:
    """Return when the notice first hung, which isn't known of a corrected one till the past was read."""
    entry, record = found.posting.entry, scene.holdings.record
    first = record.first_day(entry.id) if record else None
    return first or (
        max(entry.posted, entry.sealed) if entry.revision == 1 and not entry.withdrawn else None
    )


def _link(scene: Scene, village: Village, found: Standing) -> str:
    entry = found.posting.entry
    if not village.objection_url:
        return ""
    try:
        return objection_link(village.objection_url, scene.kiosk_id, entry.id, entry.revision)
    except BadInput:
        return ""  # the hotline still stands beside the notice


def _updated(holdings: Holdings) -> datetime | None:
    if holdings.village is None:
        return None
    good = [one.at for one in holdings.attempts if one.outcome.value in GOOD_ENDS]
    return max(good, default=holdings.issued)


def _is_timed(holdings: Holdings) -> bool:
    """Tell whether it is known when the last update came."""
    good = (one.timed for one in holdings.attempts if one.outcome.value in GOOD_ENDS)
    return next(good, True)


def _fetching(scene: Scene) -> str:
    progress = scene.holdings.progress
    if progress is None:
        return ""
    return progress_words(
        scene.say, progress.notices, progress.notices_all, progress.bytes, progress.bytes_all,
        came_by(progress.source), giving=progress.giving,
    )  # fmt: skip


def _condition(scene: Scene) -> Condition:
    holdings = scene.holdings
    damaged = [one for one in holdings.attempts if came_by(one.source) == "card"]
    return Condition(
        health=health(scene),
        holds_board=holdings.village is not None,
        refused=bool(holdings.refused),
        last=holdings.attempts[0].outcome.value if holdings.attempts else "",
        card_damaged=len(damaged) > 1,  # once, the next update mends it
        free=holdings.storage.free if holdings.storage else None,
        set_aside=bool(holdings.set_aside or scene.bad),
        stick_at_work=stick_at_work(holdings),
        stick=scene.stick,
        evidence_hurt=scene.account is not None
        and bool(scene.account.trouble or scene.account.wrong),
        clock=scene.clock,
        network=_network_works(holdings),
    )


def _network_works(holdings: Holdings) -> bool:
    last = next((one for one in holdings.attempts if came_by(one.source) == "network"), None)
    return last is not None and last.outcome.value != "unavailable"


def _out_of_reach(scene: Scene) -> int:
    if scene.setting is None or scene.holdings.village is None:
        return 0
    usual = scene.setting.turn_seconds
    notices = [one.posting.notice for one in scene.board.standing]
    turns = [Turn(seconds_of(one, usual), urgent=one.urgent) for one in notices]
    return out_of_reach(turns, scene.holdings.village.term)


def _facts(scene: Scene) -> Facts:
    say, holdings = scene.say, scene.holdings
    versions = holdings.versions
    set_aside = [(f"{one.id} ({one.revision})", one.reason) for one in holdings.set_aside]
    set_aside += [(f"{one.notice} ({one.revision})", one.reason) for one in scene.bad]
    if holdings.refused:
        set_aside.append((say("The whole board"), holdings.refused))
    return Facts(
        kiosk=f"{scene.kiosk_name} ({scene.kiosk_id})",
        condition=_condition(scene),
        versions=(
            (say("board"), versions.number), (say("keys"), versions.root),
            (say("seal"), versions.notices), (say("issue"), versions.timestamp),
        ) if versions else (),
        issued=holdings.issued,
        attempts=tuple(
            AttemptLine(one.at, one.source, one.outcome.value, one.detail, one.advice, one.timed)
            for one in holdings.attempts
        ),
        set_aside=tuple(set_aside),
        fetching=_fetching(scene),
        sound=scene.sound,
        storage=holdings.storage,
        setting=scene.setting,
        running=scene.running,
        clock_events=scene.clock_events,
        program=scene.program,
        out_of_reach=_out_of_reach(scene),
        evidence=scene.account,
        outgoing=holdings.outgoing,
    )  # fmt: skip
