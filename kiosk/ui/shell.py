"""The window: one screen at a time, framed by the same bars, and the one way in from other threads.

Touches become intentions, `kiosk.navigation` says where they lead, `kiosk.scene` what is shown
there; this draws it and passes on what has to be done.
"""

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from kivy.clock import Clock
from kivy.core.window import Window
from kivy.input import MotionEvent
from kivy.uix.floatlayout import FloatLayout

from kiosk import scene as scenes
from kiosk.board import Turns, board_at, next_change, next_turn
from kiosk.holdings import Holdings
from kiosk.navigation import (
    AskForHelp,
    AtIdle,
    CallHelp,
    Effect,
    Heard,
    Home,
    Hush,
    Intention,
    Leave,
    Silent,
    Speak,
    Stop,
    TakeBackHelp,
    TurnPage,
    Voice,
    after,
)
from kiosk.ports import HelpLine, Speaker, Time
from kiosk.present.chrome import dock, reading_keys, status_line, top_bar
from kiosk.present.help import Call, help_page
from kiosk.scene import Scene, View
from kiosk.ui.frame import Bars, Frame
from kiosk.ui.hand import Hand
from kiosk.ui.screens.help import HelpScreen
from kiosk.ui.screens.screen import Screen
from kiosk.ui.sheets.press import Press
from kiosk.ui.shelf import Shelf
from kiosk.ui.tell import Teller
from kiosk.ui.widgets.studio import Studio
from kiosk.voice.events import Ended, SentenceStarted, SoundMissing, VoiceEvent
from sync.clock import Moment

_log = logging.getLogger(__name__)

LOOK_EVERY = 0.5  # s
SILENT_SECONDS = 6  # that the words about missing sound stay
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
        turn_seconds: int,
        idle_seconds: int,
        teller: Teller | None = None,
    ) -> None:
        super().__init__()
        self._scene = scene
        self._shelf = shelf
        self._time = time
        self._help_line = help_line
        self._turn_seconds, self._idle_seconds = turn_seconds, idle_seconds
        self._teller = teller
        self._speaker: Speaker | None = None
        self._studio: Studio | None = None
        self._press: Press | None = None
        self._turns, self._turn_began = Turns(), 0.0
        self._screen: Screen | None = None
        self._shown: tuple[View, Press, tuple[float, ...]] | None = None
        self._lit: object = None
        self._help_shown: object = None
        self._seen: object = None
        self._changes_at: datetime | None = None
        self._silent_until = 0.0
        self._help = HelpScreen(size_hint=(None, None))
        self._frame = Frame(self)
        self._hand = Hand()
        self._mail: deque[Callable[[], None]] = deque()
        self._deliver = Clock.create_trigger(self._open_mail, -1)
        self._tell = Clock.create_trigger(lambda _: Clock.schedule_once(self._tell_now, 0), 0)

    def open(self, studio: Studio, press: Press) -> None:
        """Begin to draw; `studio.emit` has to be `receive`."""
        self._studio, self._press = studio, press
        Clock.schedule_interval(self._look, LOOK_EVERY)
        Window.bind(on_key_down=self._key)
        self._refresh()

    def cross(self, job: Callable[[], None]) -> None:
        """Do `job` on the drawing thread. The only way in from other threads."""
        self._mail.append(job)
        self._deliver()

    def give_voice(self, speaker: Speaker | None) -> None:
        """Read aloud with `speaker` from now on; None says that there is no voice."""
        self._speaker = speaker
        if speaker is None:
            self._scene = replace(self._scene, sound_trouble="no voice")

    def close(self) -> None:
        """End the voice."""
        if self._speaker:
            self._speaker.close()

    def hold(self, holdings: Holdings) -> None:
        """Show what the card holds now."""
        self._scene = replace(self._scene, holdings=holdings)
        self._reboard()
        self._refresh()

    def hear(self, event: VoiceEvent) -> None:
        """Follow the voice."""
        match event:
            case SentenceStarted(index):
                self._scene = replace(self._scene, sound_trouble="")
                self.receive(Heard(index))
            case Ended():
                self.receive(Silent())
            case SoundMissing(reason):
                self._miss_sound(reason)
            case _:
                pass

    def receive(self, intention: Intention) -> None:
        """Do what a person wants."""
        position, effects = after(self._scene.position, intention)
        self._scene = replace(self._scene, position=position)
        if isinstance(intention, Leave):
            self._turn_over()
        for effect in effects:
            self._do(effect)
        self._refresh()

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """Any touch is silence, but on the keys of the voice."""
        if not self._hand.counts(touch):
            return True
        position = self._scene.position
        if position.reading and not position.help_open and not self._frame.keeps_voice(touch.pos):
            self.receive(Stop())
        if position.help_open:
            return bool(self._help.dispatch("on_touch_down", touch))
        return bool(super().on_touch_down(touch))

    def _do(self, effect: Effect) -> None:
        match effect:
            case Speak():
                self._speak()
            case Hush():
                if self._speaker:
                    self._speaker.stop()
            case Voice(to):
                if self._speaker:
                    getattr(self._speaker, to)()
            case TurnPage(pages):
                if self._screen:
                    self._screen.turn(pages)
            case AskForHelp():
                self._help_line.request()
                self._look_at_help()
            case TakeBackHelp():
                self._help_line.cancel()

    def _speak(self) -> None:
        heard = scenes.heard_on(scenes.page(self._scene))
        if not heard:
            self._scene = replace(self._scene, position=after(self._scene.position, Silent())[0])
        elif self._speaker:
            self._speaker.play([spoken.sentence for spoken in heard])
        else:
            self._miss_sound(self._scene.sound_trouble)

    def _miss_sound(self, reason: str) -> None:
        self._scene = replace(
            self._scene,
            sound_trouble=reason,
            position=after(self._scene.position, Silent())[0],
        )
        self._silent_until = Clock.get_time() + SILENT_SECONDS
        self._refresh()

    def _key(
        self, _window: object, _key: int, _code: int, text: str | None, _modifiers: object
    ) -> bool:
        if text in {"h", "H"}:
            self.receive(CallHelp())
            return True
        return False

    def _look(self, _seconds: float) -> None:
        """Look round: time, idle, help. Draws only where something has changed."""
        now = self._time.now()
        if now.replace(second=0, microsecond=0) != self._scene.now.replace(second=0, microsecond=0):
            self._scene = replace(self._scene, now=now)
            self._look_at_clock()
        self._look_at_help()
        resting = self._hand.rest()
        position = self._scene.position
        if position.reading or position.help_open:
            self._hand.stay()
        elif isinstance(position.place, AtIdle):
            if Clock.get_time() - self._turn_began >= self._turn_seconds:
                self._turn_over()
        elif resting >= self._idle_seconds:
            self.receive(Leave())
        self._refresh()

    def _look_at_help(self) -> None:
        call = self._help_line.call()
        tested = self._help_line.tested()
        alive = self._help_line.alive()
        position = self._scene.position
        fresh = call is not None and call.stage == "countdown" and self._scene.call is None
        if fresh and not position.help_open:
            position = replace(position, help_open=True)  # the button in the pillar was pressed
        if position.help_open and call is None and alive and self._scene.call is not None:
            position = replace(position, help_open=False)
        scene = replace(
            self._scene, call=call, help_alive=alive, position=position,
            help_works=tested[0] if tested else None, help_tested=tested[1] if tested else None,
        )  # fmt: skip
        if scene != self._scene:
            self._scene = scene

    def _moment(self) -> Moment:
        holdings = self._scene.holdings
        known = [one for one in (holdings.issued, holdings.proven_time) if one]
        return self._time.moment(max(known, default=None))

    def _look_at_clock(self) -> None:
        moment = self._moment()
        due = self._changes_at is not None and moment.time >= self._changes_at
        if due or moment.trusted != self._scene.board.trusted:
            self._reboard()

    def _reboard(self) -> None:
        holdings, moment = self._scene.holdings, self._moment()
        self._changes_at = next_change(holdings.postings, moment)
        bad = {name for name, _ in self._scene.bad}
        board = board_at((one for one in holdings.postings if one.entry.id not in bad), moment)
        turn = board.find(self._scene.turn.posting.entry.id) if self._scene.turn else None
        self._scene = replace(self._scene, board=board, turn=turn)
        if turn is None or turn not in board.standing:
            self._turn_over()

    def _turn_over(self) -> None:
        turn, self._turns = next_turn(self._scene.board, self._turns)
        self._turn_began = Clock.get_time()
        self._scene = replace(self._scene, turn=turn)

    def _refresh(self) -> None:
        if self._studio is None or self._press is None:
            return
        scene, studio = self._scene, self._studio
        press = replace(self._press, text_step=scene.position.text_step)
        self._frame.draw(studio, replace(press, text_step=0), self._bars(), Window.size)
        self._show(studio, press)
        self._show_help(studio, press)
        self._tell()

    def _bars(self) -> Bars:
        scene, say = self._scene, self._scene.say
        position = scene.position
        idle = isinstance(position.place, AtIdle)
        left = 0 if idle else max(round(self._idle_seconds - self._hand.rest()), 1)
        leaving = left if left <= WARN_SECONDS and not position.reading else 0
        silent = Clock.get_time() < self._silent_until
        health = scenes.health(scene)
        return Bars(
            top_bar(say, scene.holdings.village, scene.kiosk_name, scene.now),
            status_line(
                say, health, scenes.hotline(scene), scene.now, leaving=leaving, silent=silent
            ),
            () if idle else dock(say, reading=position.reading is not None),
            reading_keys(say, position.reading) if position.reading else (),
        )

    def _show(self, studio: Studio, press: Press) -> None:
        if (self._scene, self._frame.room) == self._seen:
            return
        self._seen = (self._scene, self._frame.room)
        view = scenes.page(self._scene)
        shown = (view, press, self._frame.room)
        if shown != self._shown:
            before, self._shown = self._shown, shown
            screen = self._shelf.screen(view)
            self._place(screen)
            keep = before is not None and _same_page(before[0], view)
            try:
                screen.show(studio, press, view, keep_place=keep)
            except Exception as error:  # noqa: BLE001  # whatever is wrong with one notice, the others go on
                self._set_aside(view, error)
                return
        self._light(view)

    def _place(self, screen: Screen) -> None:
        x, y, width, height = self._frame.room
        screen.size, screen.pos = (width, height), (x, y)
        screen.changed = self._tell
        if screen is not self._screen:
            if self._screen:
                self.remove_widget(self._screen)
            # Below the bars, which cover what is dragged under them.
            self.add_widget(screen, index=len(self.children))
            self._screen, self._lit = screen, None

    def _light(self, view: View) -> None:
        reading = self._scene.position.reading
        at = reading.index if reading else -1
        spoken = next(iter(scenes.heard_on(view)[at : at + 1]), None) if at >= 0 else None
        if self._screen and (spoken, self._shown) != self._lit:
            self._screen.light(spoken)
            self._lit = (spoken, self._shown)

    def _set_aside(self, view: View, error: Exception) -> None:
        notice = getattr(view, "notice", "")
        _log.exception(
            "a notice can't be drawn and is set aside: %s", notice or view, exc_info=error
        )
        self._shown = self._seen = None
        if notice:
            self._scene = replace(
                self._scene, bad=(*self._scene.bad, (notice, str(error) or repr(error)))
            )
            self._reboard()
            self.receive(Home() if not isinstance(self._scene.position.place, AtIdle) else Leave())

    def _show_help(self, studio: Studio, press: Press) -> None:
        scene = self._scene
        if not scene.position.help_open:
            if self._help.parent:
                self.remove_widget(self._help)
            self._help_shown = None
            return
        call = scene.call or Call("starting" if scene.help_alive else "dead")
        view = help_page(scene.say, call, scenes.hotline(scene), scene.now)
        if view != self._help_shown:
            self._help_shown = view
            self._help.size, self._help.pos = Window.size, (0, 0)
            if not self._help.parent:
                self.add_widget(self._help)
            self._help.show(studio, replace(press, text_step=0), view, keep_place=True)

    def _tell_now(self, _seconds: float) -> None:
        if self._teller is None or self._shown is None:
            return
        if self._scene.position.help_open:
            self._teller.tell("help", Window.size, iter([self._help]))
        else:
            self._teller.tell(self._shelf.name(self._shown[0]), Window.size, iter(self.children))

    def _open_mail(self, _seconds: float) -> None:
        while self._mail:
            self._mail.popleft()()


def _same_page(before: View, after: View) -> bool:
    """Tell whether only the size or the words of a page have changed, not which page it is."""
    same_notice = getattr(before, "notice", "") == getattr(after, "notice", "")
    return type(before) is type(after) and same_notice
