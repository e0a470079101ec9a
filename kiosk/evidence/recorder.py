"""The thread that writes the evidence down, and never lets the screen wait for it.

The drawing thread hands its looks over; once a minute what they come to is one commit. What a notice
has had of each day is counted here and told to the screen, whose board it decides.
"""

import contextlib
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from kiosk.evidence.account import Account
from kiosk.evidence.beginning import Beginning
from kiosk.evidence.counting import Count, decoded, seal_of, vouched
from kiosk.evidence.pictures import Photo, Pictures
from kiosk.evidence.power import panel_power
from kiosk.evidence.reader import LogBroken
from kiosk.evidence.records import Event, Happening, Minute, Power, Record
from kiosk.evidence.share import counted_days
from kiosk.evidence.tracker import Tick, Tracker
from sync.errors import OfficeError
from sync.signed_days import fingerprint
from sync.workdays import TermRule

if TYPE_CHECKING:  # the window opens before the log
    from kiosk.evidence.log import EvidenceLog

_log = logging.getLogger(__name__)

LOOK_EVERY: Final = 1.0  # s
WRITE_EVERY: Final = 60.0  # s: the card wears out by writing
UNWRITTEN: Final = 180  # records that wait for a card that can't be written, about three hours


class Recorder:
    """Takes looks from the drawing thread, writes and counts on its own; `tell` is called there.

    `known` is what is told while no log can be read, `remember` is given what was read of one and what
    a new day has changed; `hand_over` is given the log whenever it was opened or written.
    """

    def __init__(
        self,
        open_log: Callable[[], "EvidenceLog"],
        pictures: Pictures,
        tell: Callable[[Account], None],
        *,
        boot: str,
        known: Account | None = None,
        remember: Callable[[Account], None] = lambda _account: None,
        power: Callable[[], Power] = panel_power,
        hand_over: "Callable[[EvidenceLog], None]" = lambda _log: None,
    ) -> None:
        self._open_log, self._pictures, self._tell_screen = open_log, pictures, tell
        self._boot, self._read_power = boot, power
        self._account, self._remember = known or Account(), remember
        self._hand_over = hand_over
        self._log: EvidenceLog | None = None
        self._tracker = Tracker(boot)
        self._power: Power = "unknown"
        self._ticks: deque[Tick] = deque()
        self._photos: deque[Photo] = deque()
        self._taken: set[tuple[str, int]] | None = None
        self._last: Tick | None = None
        self._pending: list[Record] = []
        self._unwritten: tuple[int, datetime] | None = None
        self._count = Count()
        self._rule: TermRule | None = None
        self._enrolled = ""
        self._trouble = ""
        self._beat: datetime | None = None
        self._tried_at = float("-inf")
        self._written_at: float | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="evidence", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """Write down what is left and end."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(timeout=10)

    def beat(self) -> datetime | None:
        """Return the last proved time (UTC) that was written down before this start; at once."""
        return self._beat

    def look(self, tick: Tick) -> None:
        """Take one look at the screen; from the drawing thread, at once."""
        self._ticks.append(tick)

    def count_by(self, rule: TermRule) -> None:
        """Count by the village's rule from now on; at once."""
        self._rule = rule

    def enrolled(self, key: str) -> None:
        """Take the public key (hex) by which others know this kiosk, "" for none; at once."""
        self._enrolled = key or self._enrolled

    def wants_picture(self, notice: str, revision: int) -> bool:
        """Tell whether there is no picture yet of a notice on the idle board; at once."""
        return self._taken is not None and (notice, revision) not in self._taken

    def take_picture(self, photo: Photo) -> None:
        """Keep a picture; at once."""
        if self._taken is not None:
            self._taken.add((photo.notice, photo.revision))
        self._photos.append(photo)

    def work(self, now: float) -> None:
        """Take what was seen, and write once a minute; `now` is monotonic, in seconds.

        The first minute is no exception: a program that can't stay up must not wear out the card.
        """
        if self._written_at is None:
            self._written_at = now
        self._take()  # first: what can't be opened must not let them grow
        if self._log is None and now - self._tried_at >= WRITE_EVERY:
            self._open(now)
        self._keep_photos()
        if self._log and self._is_another(self._log):
            self._log.note("lost", "this kiosk is known by another key")
            self._note_findings(self._log)
            self._recount(self._log)
        if self._log and self._rule and self._rule != self._count.rule:
            self._recount(self._log)
        ended = any(isinstance(one, Minute) for one in self._pending)
        if ended and now - self._written_at >= WRITE_EVERY:
            self._write(now)

    def finish(self) -> None:
        """Write down that the program ends."""
        self._take()
        if self._last:
            self._pending.extend(self._tracker.stop(self._last))
            self._write(time.monotonic())
        if self._log:
            self._log.close()

    def _run(self) -> None:
        while not self._stop.is_set():
            pause = LOOK_EVERY
            try:
                self.work(time.monotonic())
            except Exception as error:  # noqa: BLE001  # the top of a thread: whatever is wrong here, the screen goes on
                _log.exception("evidence can't be kept now")
                self._leave_log()
                self._say_trouble(error)
                pause = WRITE_EVERY
            self._stop.wait(pause)
        with contextlib.suppress(LogBroken):
            self.finish()

    def _open(self, now: float) -> None:
        self._tried_at = now
        try:
            log = self._open_log()
            self._taken = set(self._pictures.taken()) if self._taken is None else self._taken
        except (LogBroken, OfficeError, OSError) as error:
            self._say_trouble(error)
            return
        self._log = log
        kept = self._kept(log)
        self._note_findings(log)
        if kept and kept.rule == (self._rule or kept.rule):
            self._count = kept.plus(log.records(after=kept.last), log.last_number())
            self._tell()
            self._keep_in_mind()
        else:
            self._recount(log)
        self._beat = self._beat or self._count.proved
        self._hand_over(log)

    def _is_another(self, log: "EvidenceLog") -> bool:
        """Tell whether an empty log can't be the kiosk's first."""
        strange = self._enrolled not in {"", log.public.hex()}
        return strange and not self._count.last and not log.findings

    def _kept(self, log: "EvidenceLog") -> Count | None:
        """Return what was counted before, where the chain vouches for it."""
        state = log.counted() or b""
        kept = decoded(state)
        if kept is None or vouched(state, log.records(after=kept.last)):
            return kept
        log.note("broken", f"what rows 1 to {kept.last} came to is not what was kept")
        return None

    def _note_findings(self, log: "EvidenceLog") -> None:
        for one in log.findings:
            _log.error("the evidence isn't whole: %s", one.detail)

    def _recount(self, log: "EvidenceLog") -> None:
        """Count anew by the rule that holds now."""
        rule, days = self._rule or TermRule(), log.days()
        since = days[-1].day - timedelta(days=rule.maximum_days + 1) if days else None
        lost = any(one.what == "lost" for one in log.findings)
        beginning = log.beginning()
        if not beginning.rows:
            beginning = Beginning(orphan=lost)  # as the first row is going to say
        count = Count(rule, beginning=beginning)
        self._count = count.plus(log.records(since), log.last_number())
        self._tell()
        self._keep_in_mind()

    def _take(self) -> None:
        """Turn looks into records; the panel was on if it is now and was the last time."""
        before, self._power = self._power, self._read_power()
        power: Power = "off" if "off" in (before, self._power) else self._power
        while self._ticks:
            tick = self._ticks.popleft()
            self._last = replace(tick, power=power)
            self._tracker, records = self._tracker.after(self._last)
            self._pending.extend(records)
        if len(self._pending) > UNWRITTEN:
            gone = len(self._pending) - UNWRITTEN
            number, began = self._unwritten or (0, self._pending[0].wall)
            self._unwritten = (number + gone, began)
            del self._pending[:gone]

    def _keep_photos(self) -> None:
        while self._photos and self._last:
            photo = self._photos.popleft()
            try:
                sha256 = self._pictures.keep(photo)
            except OfficeError as error:
                _log.warning("a picture can't be kept: %s", error)
                return
            detail = f"{photo.notice} {photo.revision} {sha256}"
            self._pending.append(self._event(self._last, "picture", detail))

    def _write(self, now: float) -> None:
        self._written_at = now
        if self._log is None or self._last is None:
            return
        records = [*self._to_tell(self._log, self._last), *self._pending]
        count = self._count.plus(records, self._log.last_number() + len(records))
        new_day = count.today != self._count.today
        state = count.encoded() if new_day else b""
        if new_day:
            records.append(self._event(self._last, "counted", seal_of(state)))
            count = count.plus(records[-1:], count.last + 1)
        judges = (count.today, count.since) != (self._count.today, self._count.since)
        try:
            self._log.append(records, self._last.told, state)
        except LogBroken as error:
            self._give_up(self._log, error)
            return
        self._count, self._unwritten = count, None
        self._pending.clear()
        if self._trouble:
            _log.info("evidence can be written again")
        self._trouble = ""
        self._tell()
        if judges:
            self._keep_in_mind()
        self._hand_over(self._log)

    def _to_tell(self, log: "EvidenceLog", tick: Tick) -> list[Event]:
        """Return what of the log itself has to be written down."""
        events = [self._event(tick, one.what, one.detail) for one in log.findings]
        if self._unwritten:
            number, began = self._unwritten
            detail = f"{number} records from {began:%Y-%m-%dT%H:%M:%SZ} on could not be written"
            events.append(self._event(tick, "lost", f"{detail}: {self._trouble}"))
        return events

    def _give_up(self, log: "EvidenceLog", error: LogBroken) -> None:
        """Go on without what could not be written; a spoilt file is kept aside."""
        self._say_trouble(error)
        if not error.damaged:
            self._leave_log()  # opened again in a minute
            return
        try:
            log.set_aside(str(error))
        except LogBroken:
            self._leave_log()
            return
        self._note_findings(log)
        self._recount(log)

    def _leave_log(self) -> None:
        if self._log:
            self._log.close()
        self._log = None

    def _say_trouble(self, error: Exception) -> None:
        if not self._trouble:
            _log.warning("evidence can't be written: %s", error)
        self._trouble = str(error) or type(error).__name__
        since = self._account.since
        if since == date.max:  # an empty log that can't be begun excuses no day
            since = date.min
        self._account = replace(self._account, trouble=self._trouble, since=since)
        self._tell_screen(self._account)

    def _keep_in_mind(self) -> None:
        """Remember what was read for the next start: of an empty log, that is nothing."""
        if self._account.since != date.max:
            self._remember(self._account)

    def _tell(self) -> None:
        """Tell what the log has come to."""
        count, log = self._count, self._log
        self._account = Account(
            judged=count.judged,
            days=counted_days(count.tally, count.rule),
            since=count.since,
            begun=count.beginning.proved,
            written=count.written,
            proved=count.proved,
            wrong=(*count.wrong(), *(one.detail for one in log.findings)) if log else (),
            trouble=self._trouble,
            key=log.public.hex() if log else "",
            fingerprint=fingerprint(log.public) if log else "",
        )
        self._tell_screen(self._account)

    def _event(self, tick: Tick, what: Happening, detail: str) -> Event:
        return Event(self._boot, round(tick.at, 1), tick.told, tick.trusted, what, detail)
