"""The window: one screen at a time, framed by the same bars, and the one way in from other threads.

Touches become `kiosk.intentions`, `kiosk.navigation` says where they lead, `kiosk.scene` what is
shown there; this draws it and passes on what has to be done.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kivy.clock import Clock
from kivy.core.window import Window
from kivy.input import MotionEvent
from kivy.uix.floatlayout import FloatLayout

from kiosk import scene as scenes
from kiosk.evidence.account import Account
from kiosk.holdings import Holdings
from kiosk.intentions import (
    AskForHelp,
    Bring,
    CallHelp,
    Effect,
    Heard,
    HelpCalled,
    HelpIsHere,
    HoldTurn,
    Home,
    Hush,
    Intention,
    Leave,
    Quieten,
    Silent,
    Speak,
    Stop,
    TakeBackHelp,
    TurnPage,
    Voice,
)
from kiosk.navigation import after
from kiosk.places import AtIdle, AtPast
from kiosk.ports import HelpLine, Speaker, Time, Witness
from kiosk.present.chrome import stay, stay_sounds, unheard, unshown
from kiosk.present.help import is_fresh
from kiosk.scene import Scene, Undrawn
from kiosk.ui.aloud import Aloud
from kiosk.ui.hand import Hand
from kiosk.ui.lookout import Lookout
from kiosk.ui.sheets.press import Press
from kiosk.ui.shelf import Shelf
from kiosk.ui.stage import Failed, Stage
from kiosk.ui.tell import Teller
from kiosk.ui.timekeeper import Timekeeper
from kiosk.ui.widgets.studio import Studio
from kiosk.voice.events import Ended, Lack, SentenceStarted, SoundMissing, VoiceEvent
from sync.feed.layout import Posting

LOOK_EVERY = 0.5  # s
REST_AFTER = 0.3  # s after the first frame, when the first notice is drawn too
WARNING_SECONDS = 6  # that the words about missing sound stay
WARN_SECONDS = 20  # before the idle board comes back


class Shell(FloatLayout):
    """The root of the window. Everything but `cross` belongs to Kivy's thread."""

    def __init__(
        self,
        scene: Scene,
        shelf: Shelf,
        *,
        time: Time,
        help_line: HelpLine,
        bring: Callable[[str], None],
        turn_seconds: int,
        idle_seconds: int,
        teller: Teller | None = None,
        witness: Witness | None = None,
    ) -> None:
        super().__init__()
        self._scene = scene
        self._timekeeper = Timekeeper(time, turn_seconds)
        self._lookout = Lookout(witness, time, self._timekeeper.moment_at)
        self._help_line = help_line
        self._bring = bring
        self._idle_seconds = idle_seconds
        self._aloud = Aloud()
        self._rest: Callable[[], tuple[Speaker | None, str]] | None = None
        self._studio: Studio | None = None
        self._press: Press | None = None
        self._warning, self._warned_until = "", 0.0
        self._stick_said_until = 0.0
        self._stop_on_release = False
        self._stop = Clock.create_trigger(lambda _: self.receive(Stop()), -1)
        self._shelf = shelf
        self._stage = Stage(self, shelf, teller)
        self._looking: Any = None
        self._hand = Hand()
        self._mail: deque[Callable[[], None]] = deque()
        self._deliver = Clock.create_trigger(self._open_mail, -1)

    def open(self, studio: Studio, press: Press) -> None:
        """Begin to draw; `studio.emit` has to be `touched`."""
        self._studio, self._press = studio, press
        self._hand.measure(press.panel.pixels_per_mm)
        self._open_mail(0)  # what came while the window opened belongs in the first picture
        self._look_again()
        Window.bind(on_key_down=self._key)
        self._lookout.open()
        self._refresh()

    def cross(self, job: Callable[[], None]) -> None:
        """Do `job` on the drawing thread. The only way in from other threads."""
        self._mail.append(job)
        self._deliver()

    def complete(self, rest: Callable[[], tuple[Speaker | None, str]]) -> None:
        """Take soon what the first picture needn't wait for: the voice, if any, and the version."""
        self._rest = rest
        Clock.schedule_once(lambda _: self._take_rest(), REST_AFTER)

    def _take_rest(self) -> None:
        if self._rest is None:
            return
        (self._aloud.speaker, program), self._rest = self._rest(), None
        self._shelf.warm()
        self._scene = replace(self._scene, program=program)
        if self._aloud.speaker is None:
            self._scene = replace(self._scene, sound="voice")

    def mend(self, error: Exception) -> None:
        """Go on after `error`, which something on the drawing thread has raised: back to the board."""
        self._look_again()  # Kivy drops a callback that has raised
        self._deliver()  # what that left behind
        notice = self._stage.blamed(error)
        if notice:
            self._set_aside(notice, error)
        else:
            self._go_to_board()
        self._stage.forget()
        self._refresh()

    def _look_again(self) -> None:
        if self._looking:
            self._looking.cancel()
        self._looking = Clock.schedule_interval(self._look, LOOK_EVERY)

    def close(self) -> None:
        """End the voice."""
        self._aloud.close()

    def hold(self, holdings: Holdings) -> None:
        """Show what the card holds now."""
        ended = scenes.stick_ended(self._scene.holdings, holdings, self._scene.now)
        if ended or scenes.stick_at_work(holdings):
            self._stick_said_until = Clock.get_time() + scenes.STICK_STAYS.total_seconds()
        self._scene = replace(self._scene, holdings=holdings, stick=ended or self._scene.stick)
        if self._studio:
            self._studio.pictures.retry()
        if holdings.village:
            self._lookout.belong(holdings.village, self._scene.kiosk_id)
        self._reboard()
        self._refresh()

    def brought(self, notice: str, posting: Posting | None) -> None:
        """Take what the card has of a notice of the archive, if it is still wanted."""
        if self._scene.position.place == AtPast(notice):
            self._scene = replace(self._scene, past=posting)
            self._refresh()

    def prove(self, account: Account) -> None:
        """Go by what this kiosk has shown, as far as there is evidence."""
        before, self._scene = self._scene.account, replace(self._scene, account=account)
        told, now = (
            (one.judged, one.since, one.days) if one else None for one in (before, account)
        )
        if told != now and self._scene.holdings.loaded:
            self._reboard()
        self._refresh()

    def hear(self, event: VoiceEvent) -> None:
        """Follow the voice, as far as it tells of what is read now."""
        if not self._aloud.is_present(getattr(event, "reading", 0)):
            return
        match event:
            case SentenceStarted(index):
                self._scene = replace(self._scene, sound="works")
                self.receive(Heard(index))
            case Ended():
                self.receive(Silent())
            case SoundMissing(lacks):
                self._miss_sound(lacks)
            case _:
                pass

    def touched(self, intention: Intention) -> None:
        """Do what a touch means, unless the hand only trembled."""
        if self._hand.means(intention, self._scene.position.place):
            self.receive(intention)

    def receive(self, intention: Intention) -> None:
        """Do what a person wants."""
        self._follow(intention)
        self._refresh()

    def _follow(self, intention: Intention) -> None:
        position, effects = after(self._scene.position, intention)
        if position != self._scene.position:  # else the page would be worked out again for nothing
            self._scene = replace(self._scene, position=position)
        if isinstance(intention, Leave):
            self._scene = replace(self._scene, past=None)
            self._scene = self._timekeeper.turn_over(self._scene)
        elif isinstance(intention, HoldTurn):
            self._timekeeper.begin_turn()
        elif isinstance(intention, Home):
            self._stage.begin_anew()
        for effect in effects:
            self._do(effect)

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """Any touch is silence, but on the keys of the voice."""
        if not self._hand.counts(touch):
            return True
        position = self._scene.position
        keeps = position.reads and not position.help_open and self._stage.keeps_voice(touch.pos)
        if not (self._hand.trembles or keeps):
            # The keys of the voice go when the finger does, and a question: under it nothing may move.
            self._stop_on_release = position.reading is not None
            self._follow(Quieten())
        if position.help_open:
            return bool(self._stage.help.dispatch("on_touch_down", touch))
        return bool(super().on_touch_down(touch))

    def on_touch_up(self, touch: MotionEvent) -> bool:
        """Do what was pressed, then clear away the keys of a voice that the touch has ended."""
        if self._stop_on_release:
            self._stop_on_release = False
            # Not yet: who was pressed hears of the release after the whole window.
            self._stop()
        return bool(super().on_touch_up(touch))

    def _do(self, effect: Effect) -> None:
        match effect:
            case Speak():
                self._speak()
            case Hush():
                self._aloud.hush()
            case Voice():
                self._aloud.steer(effect)
            case TurnPage(pages):
                self._stage.turn(pages)
            case Bring(notice):
                self._bring(notice)
            case AskForHelp():
                self._help_line.request()
                self._look_at_help()
            case TakeBackHelp():
                self._help_line.cancel()
            case HelpIsHere():
                self._help_line.end()

    def _speak(self) -> None:
        self._stop.cancel()  # what was pressed is itself to be heard
        self._take_rest()  # somebody quick doesn't wait for it
        self._refresh()  # what stands there now is read
        spoken = self._stage.heard(self._scene)
        if not spoken:
            self._say_silent(unheard(self._scene.say, sound=True))
        elif not self._aloud.read(spoken):
            self._miss_sound("voice")

    def _miss_sound(self, lacks: Lack) -> None:
        if not self._scene.position.help_open:  # where the post itself may hold the loudspeaker
            self._scene = replace(self._scene, sound=lacks)
        self._say_silent(unheard(self._scene.say, sound=False))

    def _say_silent(self, words: str) -> None:
        """End the reading, and say for a while why nothing is heard."""
        position = after(self._scene.position, Silent())[0]
        self._scene = replace(self._scene, position=position)
        self._warn(words)
        self._refresh()

    def _warn(self, words: str) -> None:
        self._warning, self._warned_until = words, Clock.get_time() + WARNING_SECONDS

    def _key(
        self, _window: object, _key: int, _code: int, text: str | None, _modifiers: object
    ) -> bool:
        if text in {"h", "H"}:
            self.receive(CallHelp())
            return True
        return False

    def _look(self, _seconds: float) -> None:
        """Look round: time, idle, help. Draws only where something has changed."""
        self._look_at_clock()
        if self._scene.stick and Clock.get_time() >= self._stick_said_until:
            self._scene = replace(self._scene, stick="")
        self._look_at_help()
        resting = self._hand.rest()
        position = self._scene.position
        if scenes.is_busy(self._scene):
            self._hand.stay()
        elif isinstance(position.place, AtIdle) and not position.help_open:
            if self._timekeeper.turn_ended(self._scene):
                self._scene = self._timekeeper.turn_over(self._scene)
        elif resting >= self._idle_seconds:
            self.receive(Leave())
        self._ask()
        self._refresh()
        self._lookout.look()

    def _ask(self) -> None:
        """Ask aloud, once, whether somebody is still there: never into a reading that only rests."""
        leaving = self._leaving()
        asks = leaving and not self._scene.position.reads
        self._aloud.ask(stay_sounds(stay(self._scene.say, leaving)) if asks else "")

    def _look_at_help(self) -> None:
        call = self._help_line.call()
        tested = self._help_line.tested()
        alive = self._help_line.alive()
        before = self._scene.call.stage if self._scene.call else ""
        # A call that is under way already when the screen starts is shown as well.
        fresh = is_fresh(call, before)
        if fresh and not self._scene.position.help_open:
            self.receive(HelpCalled())
        position = self._scene.position
        if position.help_open and call != self._scene.call:
            self._follow(Stop())  # the post speaks now
            position = self._scene.position
        if position.help_open and call is None and alive and self._scene.call is not None:
            position = replace(position, help_open=False)
        scene = replace(
            self._scene, call=call, help_alive=alive, position=position,
            help_works=tested[0] if tested else None, help_tested=tested[1] if tested else None,
            help_fault=self._help_line.fault(),
        )  # fmt: skip
        if scene != self._scene:
            self._scene = scene

    def _look_at_clock(self) -> None:
        before, self._scene = self._scene, self._timekeeper.brought_on(self._scene)
        if self._scene is before:
            return
        if self._scene.bad != before.bad or self._timekeeper.is_due(self._scene):
            self._reboard()

    def _reboard(self) -> None:
        self._scene = self._timekeeper.reboard(self._scene)
        # Nothing may be heard that no longer stands there.
        if self._scene.position.reading and not self._aloud.reads(self._stage.heard(self._scene)):
            self.receive(Stop())

    def _refresh(self) -> None:
        while (failed := self._draw()) and self._give_way(failed):
            pass
        notice, screen = self._stage.in_sight()
        self._lookout.expect(self._scene, notice, screen, self._timekeeper.turn)

    def _draw(self) -> Failed | None:
        if self._studio is None or self._press is None:
            return None
        return self._stage.draw(
            self._studio, self._press, self._scene,
            leaving=self._leaving(), spoken=self._aloud.lit(self._scene.position.reading),
            warning=self._warning if Clock.get_time() < self._warned_until else "",
        )  # fmt: skip

    def _give_way(self, failed: Failed) -> bool:
        """Leave a screen that can't be drawn; tell whether there is one to go to."""
        if failed.notice:
            self._set_aside(failed.notice, failed.error)
        elif isinstance(self._scene.position.place, AtIdle):
            return False
        else:
            self._go_to_board()
        return True

    def _go_to_board(self) -> None:
        """Show the board, whatever went wrong; a call for help stays in sight."""
        if not isinstance(self._scene.position.place, AtIdle):
            self._warn(unshown(self._scene.say))
        helping = self._scene.position.help_open
        self._follow(Leave())
        position = replace(self._scene.position, help_open=helping)
        self._scene = replace(self._scene, position=position)

    def _leaving(self) -> int:
        """Return in how many seconds the idle board comes back, 0 while that is far off."""
        if not scenes.may_read_on(self._scene) or scenes.is_busy(self._scene):
            return 0
        left = max(round(self._idle_seconds - self._hand.rest()), 1)
        return left if left <= WARN_SECONDS else 0

    def _set_aside(self, notice: str, error: Exception) -> None:
        found = self._scene.board.find(notice)
        revision = found.posting.entry.revision if found else 0
        undrawn = Undrawn(notice, revision, type(error).__name__)
        self._scene = replace(self._scene, bad=(*self._scene.bad, undrawn))
        self._reboard()
        if not isinstance(self._scene.position.place, AtIdle):
            self._follow(Home())

    def _open_mail(self, _seconds: float) -> None:
        while self._mail:
            self._mail.popleft()()
