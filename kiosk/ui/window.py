"""The window with its shell, from the first frame to the last."""

import time
from collections.abc import Callable
from typing import Final

from kivy.base import ExceptionManager, runTouchApp, stopTouchApp
from kivy.clock import Clock
from kivy.core.window import Window

from kiosk.ports import Pulse
from kiosk.ui.mishaps import Mishaps
from kiosk.ui.panel import Panel
from kiosk.ui.sheets.press import Press
from kiosk.ui.shelf import Shelf
from kiosk.ui.shell import Shell
from kiosk.ui.start import Parts
from kiosk.ui.tell import Teller
from kiosk.ui.theme import PAPER, THEMES
from kiosk.ui.widgets.pictures import Pictures
from kiosk.ui.widgets.studio import Studio
from kiosk.ui.widgets.type import Type

CARD_PATIENCE: Final = 20.0  # s without an answer from the card


def open_window(parts: Parts) -> None:
    """Draw until the window is closed."""
    theme = THEMES[parts.screen.theme]
    Window.clearcolor = theme.ground(PAPER)
    shell = Shell(
        parts.scene,
        Shelf(parts.scene.say, parts.screen.scan_distance_mm),
        time=parts.time,
        help_line=parts.help_line,
        bring=parts.bring,
        turn_seconds=parts.screen.turn_seconds,
        idle_seconds=parts.screen.idle_seconds,
        teller=Teller(parts.tell) if parts.tell else None,
        witness=parts.witness,
    )
    pictures = Pictures(parts.blobs, shell.cross, parts.screen.scan_distance_mm)
    width, height = Window.size
    screen = parts.screen
    panel = Panel(width, height, screen.diagonal_inches, screen.lower_edge_mm)
    type_ = Type(parts.faces())
    ExceptionManager.add_handler(Mishaps(shell.mend))
    parts.doorway.open(shell)
    studio = Studio(panel, type_, pictures, shell.touched, theme)
    shell.open(studio, Press(panel, type_.measure))
    _after_first_picture(lambda: _complete(parts, shell))
    _keep_pulse(parts.pulse, parts.answered)
    try:
        runTouchApp(shell)
    finally:
        pictures.close()
        shell.close()


def _complete(parts: Parts, shell: Shell) -> None:
    parts.pulse.ready()
    if parts.witness:
        parts.witness.start()
    shell.complete(lambda: (parts.open_speaker(), parts.program()))


def _after_first_picture(do: Callable[[], None]) -> None:
    def drawn(*_: object) -> None:
        Window.unbind(on_flip=drawn)
        do()

    Window.bind(on_flip=drawn)


def close_window() -> None:
    """End the drawing loop; from any thread or a signal."""
    Clock.schedule_once(lambda _: stopTouchApp(), 0)


def _keep_pulse(pulse: Pulse, answered: Callable[[], float]) -> None:
    """Beat while both drawing and card answer."""

    def drawn(*_: object) -> None:
        Window.unbind(on_flip=drawn)
        if time.monotonic() - answered() < CARD_PATIENCE:
            pulse.beat()

    def look(_seconds: float) -> None:
        # An unchanged scene isn't drawn again by itself: ask for one frame, beat when it has come.
        Window.bind(on_flip=drawn)
        Window.canvas.ask_update()

    if pulse.interval:
        Clock.schedule_interval(look, pulse.interval)
