"""What stands on the board right now, and when that will change.

Knows nothing of screens, threads or clocks: the moment always comes in from outside. How long a
notice must stay up is `sync.workdays`; the neighbour that turns a board into words is `kiosk.present`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from sync.calendars import Calendar, calendar
from sync.clock import CHINA, Moment
from sync.errors import BadInput
from sync.feed.layout import Entry, Posting
from sync.notices import Village
from sync.reach import URGENT_TURNS
from sync.workdays import Shown, Term, TermRule, YearCalendar, term_of

_term_of = lru_cache(maxsize=1_024)(term_of)


@dataclass(frozen=True, slots=True)
class Terms:
    """What terms are counted by: the village's rule, its calendar, and what this kiosk has shown.

    `shown` is by a notice's id and revision. `sealed` is the day on which both parties last sealed the
    board: what was over by then is over, however wrong this kiosk's clock may be.
    """

    rule: TermRule = field(default_factory=TermRule)
    workdays: Calendar = field(default_factory=calendar)
    shown: Mapping[tuple[str, int], Shown] = field(default_factory=dict)
    sealed: date | None = None

    @classmethod
    def of_village(
        cls,
        village: Village | None,
        shown: Mapping[tuple[str, int], Shown] | None = None,
        sealed: datetime | None = None,
    ) -> "Terms":
        """Return what the village has sealed about terms, with what this kiosk has shown."""
        if village is None:
            return cls()
        last = local_day(sealed) if sealed else None
        return cls(village.term, _calendar(village.calendars, village.country), shown or {}, last)

    def of(self, entry: Entry) -> Term:
        """Return the term, which begins when the notice was both due and sealed.

        One dated the 1st and sealed the 10th hung on no board before the 10th. A correction is a
        posting of its own, and so is taking a notice back: what is said of it then hangs as long as any
        notice, though it has no turns that could be counted.
        """
        shown = self.shown.get((entry.id, entry.revision))
        posted = max(entry.posted, entry.sealed)
        if entry.withdrawn:
            posted, shown = max(posted, entry.withdrawn.on), None
        return _term_of(posted, self.workdays, self.rule, shown)


@lru_cache(maxsize=8)
def _calendar(years: tuple[YearCalendar, ...], country: str) -> Calendar:
    try:
        return calendar(years, country)
    except BadInput:  # sealed by a newer program: then only the sealed years are known
        return Calendar(lambda _: None, years)


@dataclass(frozen=True, slots=True)
class Standing:
    """A notice on the board, with its minimum term and the working day of the term it is at.

    `complete` says that all its working days are over; by the calendar it may still have to hang.
    `archived` is one that hangs no longer and is read again.
    """

    posting: Posting
    term: Term
    working_day: int
    complete: bool = False
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on show: `standing` and, with their reasons, `withdrawn`; newest first.

    `trusted` says whether `today` could be proved; if not, nothing has been taken down by it.
    """

    today: date
    trusted: bool
    standing: tuple[Standing, ...]
    withdrawn: tuple[Standing, ...]

    def find(self, notice_id: str) -> Standing | None:
        """Return what is on show under this id, withdrawn or not."""
        for one in (*self.standing, *self.withdrawn):
            if one.posting.entry.id == notice_id:
                return one
        return None


@dataclass(frozen=True, slots=True)
class Turns:
    """How far each notice has come on the idle board: an urgent one's turn takes it less far."""

    reached: Mapping[str, int] = field(default_factory=dict)


def local_day(time: datetime) -> date:
    """Return the day that people in the village have at `time`."""
    return time.astimezone(CHINA).date()


def board_at(postings: Iterable[Posting], moment: Moment, terms: Terms | None = None) -> Board:
    """Return what is on show at `moment`: urgent first, then newest first.

    A notice comes down only after the last day of its term, by a trusted clock and a known holiday
    calendar; a withdrawn one gives its turn up at once but stays listed with its reason till then.
    What a correction that is dated later corrects hangs until that day.
    """
    today, terms = local_day(moment.time), terms or Terms()
    shown = [
        Standing(posting, term, term.number_on(today), complete=today > term.tenth)
        for posting in _in_force(postings, today)
        if _is_up(term := terms.of(posting.entry), _judged(moment, terms))
    ]
    shown.sort(key=lambda one: one.posting.entry.id)
    shown.sort(key=lambda one: (one.posting.notice.urgent, one.posting.entry.posted), reverse=True)
    return Board(
        today,
        moment.trusted,
        standing=tuple(one for one in shown if one.posting.entry.withdrawn is None),
        withdrawn=tuple(one for one in shown if one.posting.entry.withdrawn is not None),
    )


def next_change(
    postings: Iterable[Posting], moment: Moment, terms: Terms | None = None
) -> datetime | None:
    """Return when, in UTC, the board must be worked out again though nothing new arrived.

    That is the next midnight while anything stands or waits (the working day counts on), None for
    an empty board or a clock that can't be trusted.
    """
    today, terms = local_day(moment.time), terms or Terms()
    if not moment.trusted:
        return None
    for posting in postings:
        waits = posting.entry.posted > today
        if waits or _is_up(terms.of(posting.entry), today):
            midnight = datetime.combine(today + timedelta(days=1), datetime.min.time(), CHINA)
            return midnight.astimezone(UTC)
    return None


def next_turn(board: Board, turns: Turns) -> tuple[Standing | None, Turns]:
    """Return whose turn on the idle board it is, and the turns after it.

    Fair whatever comes between: the notice that has come least far is next. One that is new joins
    where the last of the others is, so that it neither waits nor holds the screen; one that turns
    urgent goes on from where it is.
    """
    if not board.standing:
        return None, Turns()
    ids = [one.posting.entry.id for one in board.standing]
    start = min((turns.reached[one] for one in ids if one in turns.reached), default=0)
    reached = {one: turns.reached.get(one, start) for one in ids}
    chosen = min(board.standing, key=lambda one: reached[one.posting.entry.id])
    reached[chosen.posting.entry.id] += _step(chosen)
    return chosen, Turns(reached)


def _judged(moment: Moment, terms: Terms) -> date | None:
    """Return the day by which terms may be called over, None where nothing may."""
    return local_day(moment.time) if moment.trusted else terms.sealed


def _in_force(postings: Iterable[Posting], today: date) -> Iterable[Posting]:
    """Return each notice in the latest revision that isn't dated after `today`."""
    latest: dict[str, Posting] = {}
    for one in postings:
        known = latest.get(one.entry.id)
        if one.entry.posted <= today and (
            known is None or known.entry.revision < one.entry.revision
        ):
            latest[one.entry.id] = one
    return latest.values()


def _is_up(term: Term, judged: date | None) -> bool:
    return judged is None or not term.is_over(judged)


def _step(one: Standing) -> int:
    return 1 if one.posting.notice.urgent else URGENT_TURNS
