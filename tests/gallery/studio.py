"""Draws the gallery's scenes with the real widgets, one window for everything of one orientation.

`python -m tests.gallery.studio WIDTH HEIGHT [FOLDER]`, on a display of that size, writes one JSON line
for every picture: its name, its faults. With a folder it also saves the pictures there; with a number
in its place it draws a panel of that many inches alone.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final, Literal

from PIL import Image

from kiosk.catalogue import Catalogue
from kiosk.intentions import Turn
from kiosk.places import AtIdle
from kiosk.present.idle import IdleView
from kiosk.scene import page
from kiosk.settings import ScreenTable
from kiosk.ui.fonts import faces_in
from kiosk.ui.panel import Panel
from kiosk.ui.start import prepare
from sync.blobs import Blobs
from sync.feed.layout import ref_of
from tests.gallery.faults import faults, out_of_reach, pale
from tests.gallery.scenes import PHOTO, SCENES, Shot
from tests.gallery.sight import Sight, of_widgets, sheets_of
from tests.gallery.unheard import silent_on, titles_on, unheard
from tests.gallery.walk import beyond_taps

if TYPE_CHECKING:
    from kiosk.ui.stage import Stage
    from kiosk.ui.widgets.studio import Studio

FONTS: Final = Path(__file__).parents[2] / "assets" / "fonts"
INCHES: Final = (21.5, 32.0, 43.0)
THEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
FRAMES: Final = 3  # until a list that was given new rows has put them in their places


class Gallery:
    """A window in which one scene after another is drawn, on panels of any diagonal."""

    def __init__(self, width: int, height: int, home: Path) -> None:
        prepare(ScreenTable(width=width, height=height, fullscreen=False), home)
        # Kivy opens its window when it is imported, so only now.
        from kivy.base import EventLoop  # noqa: PLC0415
        from kivy.clock import Clock  # noqa: PLC0415
        from kivy.core.window import Window  # noqa: PLC0415

        from kiosk.ui.widgets.pictures import Pictures  # noqa: PLC0415
        from kiosk.ui.widgets.type import Type  # noqa: PLC0415

        EventLoop.ensure_window()
        Clock._max_fps = 0  # nobody watches: as fast as it goes
        self._window: Any = Window
        self._type = Type(faces_in(FONTS))
        self._mail: SimpleQueue[Callable[[], None]] = SimpleQueue()
        blobs = Blobs(home, reserve=0)
        blobs.keep(ref_of(PHOTO), iter([PHOTO]))
        self._pictures = Pictures(blobs, self._mail.put, 600)
        self._root: Any = None
        self._say: Catalogue | None = None
        self._asks = False
        self._shot = SCENES[0]
        self._rooms: dict[tuple[object, ...], tuple[float, ...]] = {}
        self._steady = True
        self._studio: Studio
        self._stage: Stage
        self.size = (width, height)

    def hang(self, inches: float, theme: Literal["light", "dark"]) -> Panel:
        """Begin with another panel or theme."""
        from kiosk.ui.theme import PAPER, THEMES  # noqa: PLC0415
        from kiosk.ui.widgets.studio import Studio  # noqa: PLC0415

        self._window.clearcolor = THEMES[theme].ground(PAPER)
        panel = Panel(*self.size, inches)
        self._studio = Studio(panel, self._type, self._pictures, print, THEMES[theme])
        self._say = None
        self._rooms.clear()
        return panel

    def _build(self, say: Catalogue) -> None:
        """Build the screens anew, for another panel, theme or language."""
        from kivy.uix.floatlayout import FloatLayout  # noqa: PLC0415

        from kiosk.ui.shelf import Shelf  # noqa: PLC0415
        from kiosk.ui.stage import Stage  # noqa: PLC0415

        if self._root:
            self._window.remove_widget(self._root)
        self._root = FloatLayout(size=self.size, size_hint=(None, None))
        self._window.add_widget(self._root)
        self._stage = Stage(self._root, Shelf(say, 600), None)
        self._say = say

    def draw(self, shot: Shot, step: int) -> None:
        """Draw a scene with the text at `step`."""
        from kiosk.ui.sheets.press import Press  # noqa: PLC0415

        if shot.scene.say is not self._say:
            self._build(shot.scene.say)
        self._stage.begin_anew()  # else a page of the same notice goes on where the last shot ended
        position = replace(shot.scene.position, text_step=step)
        failed = self._stage.draw(
            self._studio, Press(self._studio.panel, self._type.measure),
            replace(shot.scene, position=position),
            leaving=shot.leaving, warning="", spoken=shot.spoken,
        )  # fmt: skip
        if failed:
            raise failed.error
        self._asks = bool(shot.leaving)
        scene = shot.scene  # the top bar's words, and so its height, go by these
        kind = (
            position.low,
            isinstance(position.place, AtIdle),
            scene.say,
            scene.clock,
            scene.holdings.village,
        )
        room = self._stage._frame.room
        self._steady = self._rooms.setdefault(kind, room) == room
        self._shot = shot
        self._settle()
        if shot.page:
            self._stage.turn(shot.page)
            self._settle()

    def shaken(self) -> list[str]:
        """Return the fault that the keys of the voice, or a question, have moved what is read."""
        return [] if self._steady else ["what is read has moved"]

    def further(self) -> Iterator[Sight]:
        """Turn to each page that follows, by the key for it, and yield what is in sight there."""
        before = self.sight()
        while any(spot.touch.intention == Turn(1) for spot in before.spots):
            self._stage.turn(1)
            self._settle()
            after = self.sight()
            if after == before:
                raise AssertionError("the key for the next page turns nothing")
            yield after
            before = after

    def sight(self) -> Sight:
        """Return what is in sight."""
        help_page = self._stage.help
        if self._asks:  # the question lies over the page, and is all that counts then
            return of_widgets(self._stage._frame._views[-1], self.size[1])
        return of_widgets(help_page if help_page.parent else self._root, self.size[1])

    def unheard(self) -> list[str]:
        """Return what is in sight and can't be heard on the shot that was drawn last."""
        scene, help_page = self._shot.scene, self._stage.help
        view = page(scene)
        if isinstance(view, IdleView) or self._asks or scene.say.language != "zh":
            return []  # the question is asked aloud; the voice has Chinese alone
        if help_page.parent and self._stage.heard(scene) == ():
            return []
        shown = help_page if help_page.parent else self._stage._screen
        return unheard(
            sheets_of(shown, self.size[1]),
            self._stage.heard(scene),
            titles_on(view, scene),
            silent_on(view, scene),
        )

    def pages(self, shot: Shot, step: int) -> list[Sight]:
        """Draw a scene, and return what is in sight on each of its pages."""
        self.draw(shot, step)
        return [self.sight(), *self.further()]

    def picture(self) -> Image.Image:
        """Return the pixels of the window."""
        from kivy.graphics.opengl import (  # noqa: PLC0415
            GL_RGB,
            GL_UNSIGNED_BYTE,
            glReadPixels,
        )

        self._window.dispatch("on_draw")
        pixels = glReadPixels(0, 0, *self.size, GL_RGB, GL_UNSIGNED_BYTE)
        return Image.frombytes("RGB", self.size, pixels, "raw", "RGB", 0, -1)

    def close(self) -> None:
        """End the pictures' thread."""
        self._pictures.close()

    def _settle(self) -> None:
        from kivy.clock import Clock  # noqa: PLC0415
        from kivy.lang import Builder  # noqa: PLC0415

        for _ in range(FRAMES):
            while self._pictures._asked:
                self._mail.get()()
            Clock.tick()
            Builder.sync()
            Clock.tick_draw()
            Builder.sync()


def shots(gallery: Gallery, *, every: bool, only: float = 0.0) -> Iterator[tuple[str, Panel]]:
    """Draw everything, and yield each picture's name while it stands in the window.

    If not `every` one, none whose places and whose colours are both in others. `only` is the one
    panel's diagonal.
    """
    for inches in (only,) if only else INCHES:
        for theme in THEMES[:1] if only else THEMES:
            panel = gallery.hang(inches, theme)
            for shot in SCENES:
                for step in shot.steps if every or theme == THEMES[0] else shot.steps[:1]:
                    gallery.draw(shot, step)
                    yield f"{shot.name}-{inches:g}-{theme}-x{step}", panel


def main() -> None:
    width, height = (int(text) for text in sys.argv[1:3])
    given = sys.argv[3] if len(sys.argv) > 3 else ""
    only = float(given) if given.replace(".", "", 1).isdecimal() else 0.0
    folder = Path(given) if given and not only else None
    with tempfile.TemporaryDirectory() as home:
        gallery = Gallery(width, height, Path(home))
        for name, panel in shots(gallery, every=bool(folder), only=only):
            sight = gallery.sight()
            found = [*faults(sight, panel), *out_of_reach(sight, panel), *gallery.shaken()]
            if folder or not name.endswith("x1"):  # between two sizes no other colours are found
                picture = gallery.picture()
                found += pale(sight, picture)
            if THEMES[0] in name:  # the other has its words in the same places
                found += gallery.unheard()
                for further in gallery.further():
                    found += [*faults(further, panel), *gallery.unheard()]
            print(json.dumps([name, found], ensure_ascii=False), flush=True)
            if folder:
                picture.save(folder / f"{name}.png", compress_level=1)
        for inches, step in () if only else ((21.5, 2), (43.0, 0)):  # the most pages, the fewest
            gallery.hang(inches, "light")
            found = beyond_taps(partial(gallery.pages, step=step))
            print(json.dumps([f"walk-{inches:g}-x{step}", found], ensure_ascii=False), flush=True)
        gallery.close()


if __name__ == "__main__":
    main()
