"""What all screens have in common, and the one place where their .kv files are loaded."""

from pathlib import Path
from typing import Any

from kivy.lang import Builder
from kivy.properties import ObjectProperty
from kivy.uix.floatlayout import FloatLayout

from kiosk.catalogue import Catalogue
from kiosk.present.parts import Spoken
from kiosk.ui.sheets.press import Press
from kiosk.ui.widgets.studio import Studio


class Screen(FloatLayout):
    """One screen. `changed` is called when what can be touched on it has changed by scrolling."""

    changed = ObjectProperty(None, allownone=True)
    say: Catalogue
    scan_distance_mm: float = 600.0

    def show(self, studio: Studio, press: Press, view: Any, *, keep_place: bool) -> None:
        """Draw `view` at the screen's present size."""
        raise NotImplementedError

    def turn(self, pages: int) -> None:
        """Turn to the next (1) or previous (-1) page, where there are any."""

    @property
    def offset(self) -> float:
        """How far down, in px, the page has been scrolled."""
        return 0.0

    @offset.setter
    def offset(self, offset: float) -> None:
        """Turn to the page that holds this place."""

    def heard(self, spoken: tuple[Spoken, ...]) -> tuple[Spoken, ...]:
        """Return what of `spoken` there is room for: all of it where pages can be turned."""
        return spoken

    def light(self, spoken: Spoken | None) -> None:
        """Highlight the sentence that is being read, or none."""


def load(module: str) -> None:
    """Load the .kv file beside a screen's module, once in a process."""
    Builder.load_file(str(Path(module).with_suffix(".kv")))
