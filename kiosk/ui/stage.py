"""What stands in the window now: bars, one screen, and over everything the help page.

Draws a `Scene`, and only those parts of it that have changed. When to draw is `kiosk.ui.shell`.
"""

import logging
from collections.abc import Callable
from dataclasses import replace

from kivy.clock import Clock
from kivy.core.window import Window
from kivy.uix.floatlayout import FloatLayout

from kiosk import scene as scenes
from kiosk.navigation import AtIdle, Place
from kiosk.present.chrome import dock, reading_keys, status_line, top_bar
from kiosk.present.help import Call, help_page
from kiosk.present.parts import Spoken
from kiosk.scene import Scene, View
from kiosk.ui.frame import Bars, Frame
from kiosk.ui.screens.help import HelpScreen
from kiosk.ui.screens.screen import Screen
from kiosk.ui.sheets.press import Press
from kiosk.ui.shelf import Shelf
from kiosk.ui.tell import Teller
from kiosk.ui.widgets.studio import Studio

_log = logging.getLogger(__name__)

Room = tuple[float, float, float, float]
Trail = tuple[Place, ...]


class Stage:
    """The pieces on the shell. `bad` is called with a notice that can't be drawn, and why."""

    def __init__(
        self,
        shell: FloatLayout,
        shelf: Shelf,
        teller: Teller | None,
        bad: Callable[[str, str], None],
    ) -> None:
        self._shell = shell
        self._shelf = shelf
        self._teller = teller
        self._bad = bad
        self._frame = Frame(shell)
        self._help = HelpScreen(size_hint=(None, None))
        self._screen: Screen | None = None
        self._scene: Scene | None = None
        self._drawn: tuple[View, Press, Room] | None = None
        self._asked: tuple[Scene, int, str, Spoken | None] | None = None
        self._offsets: dict[Trail, float] = {}  # how far down each page on the way here was read
        self._trail: Trail = ()
        self._lit: object = None
        self._help_drawn: object = None
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
    ) -> None:
        """Draw `scene`; `leaving`, `warning` as in `kiosk.present.chrome.status_line`; light `spoken`."""
        asked = (scene, leaving, warning, spoken)
        if self._asked is not None and all(
            one is other for one, other in zip(asked, self._asked, strict=True)
        ):
            return
        self._asked = asked
        bars = _bars(scene, leaving=leaving, warning=warning)
        self._frame.draw(studio, replace(press, text_step=0), bars, Window.size)
        text = replace(press, text_step=scene.position.text_step)
        if scene is not self._scene or self._drawn is None or self._drawn[2] != self._frame.room:
            self._scene = scene
            self._draw_screen(studio, text, scene)
        self._light(spoken or scenes.sought(scene))
        self._draw_help(studio, replace(press, text_step=0), scene)
        self._tell()

    def turn(self, pages: int) -> None:
        """Turn a page of the screen."""
        if self._screen:
            self._screen.turn(pages)

    def heard(self, spoken: tuple[Spoken, ...]) -> tuple[Spoken, ...]:
        """Return what of `spoken` the screen has room for."""
        return self._screen.heard(spoken) if self._screen else ()

    def keeps_voice(self, pos: tuple[float, float]) -> bool:
        """Tell whether a touch at `pos` is on something that steers the voice."""
        return self._frame.keeps_voice(pos)

    def _draw_screen(self, studio: Studio, press: Press, scene: Scene) -> None:
        view = scenes.page(scene)
        drawn = (view, press, self._frame.room)
        if drawn != self._drawn:
            keep = self._drawn is not None and _same_page(self._drawn[0], view)
            back = self._way(scene.position.trail, press)
            self._drawn = drawn
            screen = self._put_on(view)
            try:
                screen.show(studio, press, view, keep_place=keep)
            except Exception as error:  # noqa: BLE001
                # Whatever is wrong with one notice, the others go on.
                self._set_aside(view, error)
                return
            if back:
                screen.offset = back

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

    def _set_aside(self, view: View, error: Exception) -> None:
        notice = getattr(view, "notice", "")
        _log.error("cannot be drawn, set aside: %s", notice or view, exc_info=error)
        self._drawn = self._asked = None
        if notice:
            self._bad(notice, str(error) or repr(error))

    def _draw_help(self, studio: Studio, press: Press, scene: Scene) -> None:
        if not scene.position.help_open:
            if self._help.parent:
                self._shell.remove_widget(self._help)
            self._help_drawn = None
            return
        call = scene.call or Call("starting" if scene.help_alive else "dead")
        view = help_page(scene.say, call, scenes.hotline(scene), scene.now)
        if view == self._help_drawn:
            return
        self._help_drawn = view
        self._help.size, self._help.pos = Window.size, (0, 0)
        if not self._help.parent:
            self._shell.add_widget(self._help)
        self._help.show(studio, press, view, keep_place=True)

    def _tell_now(self, _seconds: float) -> None:
        if self._teller is None or self._drawn is None:
            return
        if self._help.parent:
            self._teller.tell("help", Window.size, iter([self._help]))
        else:
            name = self._shelf.name(self._drawn[0])
            self._teller.tell(name, Window.size, iter(self._shell.children))


def _bars(scene: Scene, *, leaving: int, warning: str) -> Bars:
    say, position = scene.say, scene.position
    health = scenes.health(scene)
    hotline = scenes.hotline(scene)
    # Where nothing stands on the board, its keys do: a call for help must be possible.
    idle = isinstance(position.place, AtIdle) and scene.turn is not None
    return Bars(
        top_bar(say, scene.holdings.village, scene.kiosk_name, scene.now, scene.holdings.issued),
        status_line(say, health, hotline, scene.now, leaving=leaving, warning=warning),
        ()
        if idle
        else dock(say, reading=position.reading is not None, text_step=position.text_step),
        reading_keys(say, position.reading) if position.reading else (),
    )


def _same_page(before: View, after: View) -> bool:
    """Tell whether only the size or the words of a page have changed, not which page it is."""
    same_notice = getattr(before, "notice", "") == getattr(after, "notice", "")
    return type(before) is type(after) and same_notice
