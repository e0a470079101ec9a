"""What every drawing widget needs at hand: the panel, words, pictures, and whom to tell."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.intentions import Intention
from kiosk.ui.panel import Panel
from kiosk.ui.theme import LIGHT, Theme
from kiosk.ui.widgets.pictures import Pictures
from kiosk.ui.widgets.type import Type


@dataclass(frozen=True, slots=True)
class Studio:
    """Shared by all widgets of one window; `emit` takes what a touch means."""

    panel: Panel
    type: Type
    pictures: Pictures
    emit: Callable[[Intention], None]
    theme: Theme = LIGHT
