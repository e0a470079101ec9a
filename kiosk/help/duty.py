"""The post on duty: takes in what happens, one thing at a time, and acts by the rules.

All that comes from other threads (button, door, senders, loudspeaker, log) waits in one queue. The
rules are `button`, `call`, `prompts` and `selftest`; starting and stopping everything is `agent`.
"""

import logging
import math
import os
from collections.abc import Callable
from typing import Final

from kiosk.help import button, prompts
from kiosk.help.announce import Announcer
from kiosk.help.call import ended_by_another, resumed, step
from kiosk.help.dispatch import Dispatch, Heard, Outcome
from kiosk.help.inbox import Edge, Inbox, News, Sound, Stop
from kiosk.help.incident import (
    Arrived,
    Asked,
    Call,
    CountingDown,
    Event,
    Passed,
    Refused,
    Rules,
    Send,
    Sent,
    Stamp,
    Touched,
    is_open,
)
from kiosk.help.keeper import Keeper, Left
from kiosk.help.line import BEAT_SECONDS, NO_SOUND, CallView, LineView, Ring
from kiosk.help.log import Change, LineTest, Request
from kiosk.help.messages import Place, message, selftest_message
from kiosk.help.pins import Beat, Board
from kiosk.help.selftest import Trial, is_due
from kiosk.help.signs import Signs
from kiosk.settings import HelpTable
from sync.clock import CHINA

_FAULTS: Final = {"stuck": "按钮卡住了", "unsteady": "按钮线路不稳"}
_log = logging.getLogger(__name__)


class Duty:
    """One kiosk's post. Everything it drives is built and ended by its caller."""

    def __init__(
        self,
        table: HelpTable,
        place: Place,
        *,
        inbox: Inbox,
        board: Board,
        announcer: Announcer,
        dispatch: Dispatch,
        keeper: Keeper,
        signs: Signs,
        clock: Callable[[], Stamp],
        alive: Callable[[], None],
        faults: tuple[str, ...] = (),
    ) -> None:
        self._table, self._place = table, place
        self._inbox, self._board, self._announcer = inbox, board, announcer
        self._dispatch, self._keeper, self._signs = dispatch, keeper, signs
        self._clock, self._alive = clock, alive
        names = tuple(contact.name for contact in table.contacts)
        self._rules = Rules(
            table.countdown_seconds, table.acknowledge_seconds, table.stale_hours * 3600.0, names
        )
        self._tested = tuple(contact.name for contact in table.contacts if contact.selftest)
        now = clock()
        self._started = now.monotonic
        self._reading = button.start(board.is_down(), now.monotonic)
        self._call: Call | None = None
        self._asked: set[str] = set()
        self._beats: tuple[Beat, Beat] | None = None
        self._counted = 0
        self._beat_at = now.monotonic
        self._last_test: LineTest | None = None
        self._trial: Trial | None = None
        self._faults = dict.fromkeys(faults, "")
        self._line = LineView(contacts=len(names), faults=faults)

    def run(self) -> None:
        """Be on duty until told to stop."""
        while True:
            now = self._clock()
            self._look(now)
            news = self._inbox.get(self._next_look(now) - now.monotonic)
            if isinstance(news, Stop):
                return
            if news is not None:
                self._take(news, self._clock())

    def _take(self, news: News, now: Stamp) -> None:
        match news:
            case Edge(down, at):
                self._reading, events = button.edge(self._reading, down, at)
                self._pressed(events, now)
            case Ring():
                self._rung(news, now)
            case Outcome():
                self._delivered(news, now)
            case Heard(incident, answer):
                if self._call is not None and self._call.incident == incident:
                    self._do(answer, now)
            case Sound(works):
                self._fault(NO_SOUND, broken=not works)
            case Left():
                self._take_over(news, now)
            case Stop():
                pass

    def _look(self, now: Stamp) -> None:
        """Do what time alone makes due."""
        self._reading, events = button.settle(self._reading, now.monotonic)
        self._pressed(events, now)
        self._do(Passed(), now)
        self._count_aloud(now)
        self._test(now)
        if now.monotonic >= self._beat_at:
            self._beat_at = now.monotonic + BEAT_SECONDS
            self._reading, events = button.edge(self._reading, self._board.is_down(), now.monotonic)
            self._pressed(events, now)
            self._signs.beat()
            self._alive()
        self._signs.show(CallView(self._call, self._line))

    def _next_look(self, now: Stamp) -> float:
        times = [self._beat_at]
        if (look := button.next_look(self._reading)) is not None:
            times.append(look)
        if self._call is not None:
            times.append(self._call.deadline)
            if isinstance(self._call.state, CountingDown):
                times.append(now.monotonic + 0.1)  # to count on the second
        return min(times)

    def _pressed(self, events: tuple[button.Event, ...], now: Stamp) -> None:
        for event in events:
            match event:
                case button.Pressed():
                    _log.info("The button was pressed")
                    self._ask(now, "button", now)
                case button.Held():
                    self._do(Arrived(), now)
                case button.Faulty(fault):
                    _log.warning("The button is %s", fault)
                    self._fault(_FAULTS[fault], broken=True)
                case button.Mended():
                    for words in _FAULTS.values():
                        self._fault(words, broken=False)
                case button.Released():
                    pass

    def _rung(self, ring: Ring, now: Stamp) -> None:
        if ring.what == "cancel":
            self._do(Touched(), now)
        elif ring.what == "end":
            self._do(Arrived(), now)
        elif ring.request.id not in self._asked:
            self._ask(ring.request.stamp, ring.by, now, ring.request)

    def _ask(self, asked: Stamp, by: str, now: Stamp, request: Request | None = None) -> None:
        number = f"{now.wall.astimezone(CHINA):%m%d-%H%M}-{os.urandom(2).hex()}"
        if request is not None:
            self._asked.add(request.id)
        event = Asked(number, asked, "button" if by == "button" else "screen")
        self._do(event, now, request=request.id if request is not None else None)

    def _do(self, event: Event, now: Stamp, *, request: str | None = None) -> None:
        before = self._call
        self._call, sends = step(before, event, now, self._rules)
        if self._call is not None and (self._call != before or request is not None):
            what = type(event).__name__.lower()
            if earlier := _replaced(before, self._call):
                self._keeper.keep(Change(ended_by_another(earlier, now), what, now))
                self._dispatch.rest()
            self._keeper.keep(Change(self._call, what, now, request))
            _log.info("Call %s after %s: %s", self._call.incident, what, self._call.state)
        for send in sends:
            self._send(send, now)
        if is_open(before) and not is_open(self._call):
            self._dispatch.rest()
        if name := prompts.prompt(before, self._call):
            self._counted = prompts.COUNTED + 1
            self._announcer.say(name)
        beats = prompts.beats(self._call)
        if beats != self._beats:
            self._beats = beats
            self._board.show(*beats)

    def _send(self, send: Send, now: Stamp) -> None:
        about = send.about or self._call
        if about is not None:
            self._dispatch.send(send.contact, message(send.kind, about, self._place, now))

    def _delivered(self, outcome: Outcome, now: Stamp) -> None:
        event, contact = outcome.message.event, outcome.contact
        if event == "test":
            if self._trial is not None and self._trial.number == outcome.message.incident:
                self._trial.heard(contact, reached=not outcome.refusal)
        elif event != "news" and self._call is not None:
            if self._call.incident != outcome.message.incident:
                return
            if outcome.refusal:
                self._do(Refused(contact, outcome.refusal, outcome.offline), now)
            else:
                self._do(Sent(contact, late=event == "late"), now)

    def _take_over(self, left: Left, now: Stamp) -> None:
        if self._last_test is None and left.test is not None:
            self._last_test = left.test
            self._line = self._with_test(left.test)
        if left.call is not None and not is_open(self._call):
            self._call = resumed(left.call, now)
            _log.warning("Call %s goes on after a restart", self._call.incident)
        for request in left.requests:
            if request.id not in self._asked:
                self._ask(request.stamp, "screen", now, request)

    def _count_aloud(self, now: Stamp) -> None:
        if self._call is None or not isinstance(self._call.state, CountingDown):
            return
        left = math.ceil(self._call.state.until - now.monotonic)
        if 1 <= left < self._counted and not self._announcer.busy:
            self._counted = left
            self._announcer.say(f"help_count_{left}")

    def _test(self, now: Stamp) -> None:
        if self._trial is not None:
            if result := self._trial.result(now):
                self._trial = None
                self._last_test = result
                self._line = self._with_test(result)
                self._keeper.keep(result)
        elif self._tested and self._call is None and self._is_test_due(now):
            self._trial = Trial(self._tested, now, f"T-{os.urandom(3).hex()}")
            for contact in self._tested:
                self._dispatch.send(contact, selftest_message(self._place, self._trial.number))

    def _is_test_due(self, now: Stamp) -> bool:
        return is_due(self._last_test, now, days=self._table.selftest_days, started=self._started)

    def _with_test(self, test: LineTest) -> LineView:
        return LineView(self._line.contacts, test.stamp, test.failed, self._line.faults)

    def _fault(self, words: str, *, broken: bool) -> None:
        if broken:
            self._faults[words] = ""
        else:
            self._faults.pop(words, None)
        line = self._line
        self._line = LineView(line.contacts, line.tested, line.failed, tuple(self._faults))


def _replaced(before: Call | None, after: Call) -> Call | None:
    """Return the earlier call that ends because `after` has just gone out."""
    gone = before is not None and before.incident == after.incident and after.earlier is None
    return before.earlier if before is not None and gone else None
