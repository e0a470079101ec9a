"""What stands in the window now: bars, one screen, and over everything the help page.

Draws a `Scene`, and only those parts of it that have changed. When to draw is `kiosk.ui.shell`.
"""

from dataclasses import dataclass, replace

from kivy.clock import Clock
from kivy.core.window import Window
from kivy.uix.floatlayout import FloatLayout

from kiosk import scene as scenes
from kiosk.places import AtIdle, AtStatus, Place
from kiosk.present.calm import below, calm
from kiosk.present.chrome import dock, reading_keys, status_line, stay, top_bar
from kiosk.present.help import Call, HelpView, help_heard, help_page, open_call
from kiosk.present.parts import Spoken
from kiosk.present.views import View
from kiosk.scene import Scene
from kiosk.ui.frame import Bars, Frame
from kiosk.ui.mishaps import Care
from kiosk.ui.panel import Panel
from kiosk.ui.screens.help import HelpScreen
from kiosk.ui.screens.screen import Screen
from kiosk.ui.sheets.chrome import top_in_reach
from kiosk.ui.sheets.press import Press
from kiosk.ui.shelf import Shelf
from kiosk.ui.tell import Teller
from kiosk.ui.widgets.sheet import NotDrawn
from kiosk.ui.widgets.studio import Studio
from sync.clock import DISPROVED

Room = tuple[float, float, float, float]
Trail = tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """A screen that could not be drawn, and the notice that stood there, "" where none did."""

    notice: str
    error: Exception


class Stage:
    """The pieces on the shell."""

    def __init__(
        self,
        shell: FloatLayout,
        shelf: Shelf,
        teller: Teller | None,
    ) -> None:
        self._shell = shell
        self._shelf = shelf
        self._teller = teller
        self._care = Care()
        self._frame = Frame(shell, self._care)
        self._help = HelpScreen(size_hint=(None, None))
        self._screen: Screen | None = None
        self._scene: Scene | None = None
        self._drawn: tuple[View, Press, Room] | None = None
        self._view_of: tuple[tuple[object, ...], View] | None = None
        self._asked: tuple[Scene, int, str, Spoken | None] | None = None
        self._offsets: dict[Trail, float] = {}  # how far down each page on the way here was read
        self._trail: Trail = ()
        self._lit: object = None
        self._help_drawn: HelpView | None = None
        self._asking = False
        self._tell = Clock.create_trigger(lambda _: Clock.schedule_once(self._tell_now, 0), 0)

    @property
    def help(self) -> HelpScreen:
        """The help page, which takes all touches while it is open."""
        return self._help

    def draw(
        self,
        studio: Studio,
        press: Press,
        scene: Scene,
        *,
        leaving: int,
        warning: str,
        spoken: Spoken | None,
    ) -> Failed | None:
        """Draw `scene`, lighting `spoken`.

        `leaving` is in how many seconds the idle board comes back, or 0; `warning` as in
        `kiosk.present.chrome.status_line`. Returns what went wrong with the screen; the bars, and
        a call for help, stand all the same.
        """
        asked = (scene, leaving, warning, spoken)
        if self._teller:
            self._tell()  # also of pictures that have come, or haven't
        if self._asked is not None and all(
            one is other for one, other in zip(asked, self._asked, strict=True)
        ):
            return None
        self._asked, self._asking = asked, leaving > 0
        bars = self._bars(scene, press.panel, spoken, leaving=leaving, warning=warning)
        self._frame.draw(studio, replace(press, text_step=0), bars, Window.size)
        text = replace(press, text_step=scene.position.text_step)
        failed = None
        if scene is not self._scene or self._drawn is None or self._drawn[2] != self._frame.room:
            self._scene = scene
            failed = self._try_screen(studio, text, scene)
        self._care.make("highlight", lambda: self._light(spoken or scenes.sought(scene)), None)
        self._draw_help(studio, replace(press, text_step=0), scene)
        if self._help.parent:
            self._care.make("highlight", lambda: self._help.light(spoken), None)
        self._tell()
        return failed

    def in_sight(self) -> tuple[str, str]:
        """Return which notice stands in the window and on which screen; "" for none.

        A notice under the help page, or under the question whether somebody is still there, isn't in
        sight.
        """
        if self._drawn is None or self._help.parent or self._asking:
            return "", ""
        view = self._drawn[0]
        return str(getattr(view, "notice", "")), self._shelf.name(view)

    def blamed(self, error: Exception) -> str:
        """Return the notice on whose page something could not be drawn, "" if it wasn't that."""
        if self._screen is None or self._drawn is None or not isinstance(error, NotDrawn):
            return ""
        on_screen = any(one is error.view for one in self._screen.walk())
        return str(getattr(self._drawn[0], "notice", "")) if on_screen else ""

    def forget(self) -> None:
        """Draw the screen anew the next time, whatever stands there."""
        self._drawn = self._asked = None

    def turn(self, pages: int) -> None:
        """Turn a page of the screen."""
        if self._screen:
            self._screen.turn(pages)

    def begin_anew(self) -> None:
        """Forget how far down each page was read, this one too."""
        self._offsets.clear()
        if self._screen:
            self._screen.offset = 0.0

    def heard(self, scene: Scene) -> tuple[Spoken, ...]:
        """Return what is read of what stands uppermost now: of a screen what it has room for."""
        if self._help.parent and self._help_drawn:
            return help_heard(self._help_drawn)
        return self._screen.heard(scenes.heard_on(scenes.page(scene))) if self._screen else ()

    def keeps_voice(self, pos: tuple[float, float]) -> bool:
        """Tell whether a touch at `pos` is on something that steers the voice."""
        return self._frame.keeps_voice(pos)

    def _try_screen(self, studio: Studio, press: Press, scene: Scene) -> Failed | None:
        try:
            self._draw_screen(studio, press, scene)
        except Exception as error:  # noqa: BLE001  # whatever is wrong with one notice, the others go on
            notice = scenes.notice_at(scene)
            self._care.tell(f"notice {notice}" if notice else str(scene.position.place), error)
            self._drawn = None
            return Failed(notice, error)
        return None

    def _draw_screen(self, studio: Studio, press: Press, scene: Scene) -> None:
        view = self._view(scene)
        calm_ = self._frame.calm and not press.panel.landscape
        drawn = (view, press, self._frame.room)
        if drawn != self._drawn:
            keep = self._drawn is not None and _same_page(self._drawn[0], view)
            back = self._way(scene.position.trail, press)
            self._drawn = drawn
            screen = self._put_on(view)
            screen.show(studio, press, below(view) if calm_ else view, keep_place=keep)
            if back:
                screen.offset = back

    def _view(self, scene: Scene) -> View:
        """Return the page's view, the last one where nothing that it is made of has changed."""
        position = scene.position
        made_of = (
            scene.holdings, scene.board, scene.turn, position.place, position.held, scene.past,
        )  # fmt: skip
        if self._view_of and not isinstance(scene.position.place, AtStatus):
            before, view = self._view_of
            if all(one is other for one, other in zip(made_of, before, strict=True)):
                return view
        view = scenes.page(scene)
        self._view_of = (made_of, view)
        return view

    def _way(self, trail: Trail, press: Press) -> float:
        """Remember how far down the last page was read; return the same of one that is come back to."""
        before, self._trail = self._trail, trail
        if self._drawn and press != self._drawn[1]:
            self._offsets.clear()  # px of another size of text lead elsewhere
        if before == trail:
            return 0.0
        if self._screen:
            self._offsets[before] = self._screen.offset
        self._offsets = {
            way: offset for way, offset in self._offsets.items() if way == trail[: len(way)]
        }
        return self._offsets.pop(trail, 0.0)

    def _put_on(self, view: View) -> Screen:
        screen = self._shelf.screen(view)
        x, y, width, height = self._frame.room
        screen.size, screen.pos = (width, height), (x, y)
        screen.changed = self._tell
        if screen is not self._screen:
            if self._screen:
                self._shell.remove_widget(self._screen)
            # Below the bars, which cover what is dragged under them.
            self._shell.add_widget(screen, index=len(self._shell.children))
            self._screen, self._lit = screen, None
        return screen

    def _light(self, spoken: Spoken | None) -> None:
        if self._screen and self._drawn and (spoken, self._drawn) != self._lit:
            self._lit = (spoken, self._drawn)
            self._screen.light(spoken)

    def _draw_help(self, studio: Studio, press: Press, scene: Scene) -> None:
        if not scene.position.help_open:
            if self._help.parent:
                self._shell.remove_widget(self._help)
            self._help_drawn = None
            return
        call = scene.call or Call("starting" if scene.help_alive else "dead")
        plain = Call(call.stage, call.seconds)  # without the names that others have given
        done = self._care.make(
            "help page", lambda: self._show_help(studio, press, scene, call), otherwise=False
        ) or self._care.make(
            "plain help page", lambda: self._show_help(studio, press, scene, plain), otherwise=False
        )
        if not done and self._help.parent:
            self._shell.remove_widget(self._help)

    def _show_help(self, studio: Studio, press: Press, scene: Scene, call: Call) -> bool:
        view = help_page(scene.say, call, scenes.hotline(scene), scene.now)
        if view != self._help_drawn:
            self._help.size, self._help.pos = Window.size, (0, 0)
            self._help.show(studio, press, view, keep_place=True)
            self._help_drawn = view
        if not self._help.parent:
            self._shell.add_widget(self._help)
        return True

    def _bars(
        self, scene: Scene, panel: Panel, spoken: Spoken | None, *, leaving: int, warning: str
    ) -> Bars:
        say, position, make = scene.say, scene.position, self._care.make
        held = scene.holdings
        # Where nothing stands on the board, its keys do: a call for help must be possible.
        idle = isinstance(position.place, AtIdle) and scene.turn is not None
        low = None if top_in_reach(panel) else position.low
        return Bars(
            make(
                "top bar",
                lambda: top_bar(
                    say, held.village, scene.kiosk_name, scene.now,
                    wrong=scene.clock in DISPROVED, trusted=scene.board.trusted,
                ),
                None,
            ),
            make(
                "status line",
                lambda: status_line(
                    say, scenes.health(scene), scenes.hotline(scene), scene.now, warning=warning,
                    call=open_call(say, scene.call),
                ),
                None,
            ),
            ()
            if idle
            else dock(
                say, reading=position.reading is not None, text_step=position.text_step, low=low
            ),
            reading_keys(say, position),
            make("calm words", lambda: calm(self._view(scene), spoken), None)
            if low and not idle
            else None,
            stay(say, leaving) if leaving else None,
        )  # fmt: skip

    def _tell_now(self, _seconds: float) -> None:
        if self._teller is None or self._drawn is None:
            return
        if self._help.parent:
            self._teller.tell("help", Window.size, iter([self._help]))
        else:
            name = self._shelf.name(self._drawn[0])
            self._teller.tell(name, Window.size, iter(self._shell.children))


def _same_page(before: View, after: View) -> bool:
    """Tell whether only the size or the words of a page have changed, not which page it is."""
    same_notice = getattr(before, "notice", "") == getattr(after, "notice", "")
    return type(before) is type(after) and same_notice
