"""Opening the window: Kivy's settings before it is imported, then everything that draws.

Kivy reads its environment when it is imported, so the modules that import it are imported here.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.doorway import Doorway
from kiosk.ports import HelpLine, Pulse, Speaker, Time, Witness
from kiosk.scene import Scene
from kiosk.settings import ScreenTable
from kiosk.ui.fonts import Faces
from sync.blobs import Blobs


@dataclass(frozen=True, slots=True)
class Parts:
    """What the composition root has made for the screen."""

    screen: ScreenTable
    scene: Scene
    faces: Callable[[], Faces]
    blobs: Blobs
    time: Time
    help_line: HelpLine
    bring: Callable[[str], None]
    program: Callable[[], str]
    open_speaker: Callable[[], Speaker | None]
    doorway: Doorway
    witness: Witness
    pulse: Pulse
    answered: Callable[[], float]
    tell: Path | None
    home: Path


def prepare(screen: ScreenTable, home: Path) -> None:
    """Set Kivy up for this panel; `home` is a folder that it may write to."""
    os.environ["KIVY_NO_ARGS"] = "1"
    os.environ["KIVY_HOME"] = str(home)
    os.environ["KIVY_LOG_MODE"] = "PYTHON"
    # Else SDL swallows the touch that comes in the moment when the window is given the focus.
    os.environ["SDL_MOUSE_FOCUS_CLICKTHROUGH"] = "1"
    home.mkdir(parents=True, exist_ok=True)
    from kivy.config import Config  # noqa: PLC0415

    settings: dict[str, dict[str, object]] = {
        "graphics": {
            "width": screen.width, "height": screen.height, "resizable": 0, "maxfps": 60,
            "multisamples": 0,  # smooth shapes are drawn smooth; 70 MB less

            "fullscreen": "auto" if screen.fullscreen else 0, "borderless": 1,
            "position": "custom", "left": 0, "top": 0, "show_cursor": 0 if screen.fullscreen else 1,
        },
        "kivy": {"exit_on_escape": 0, "log_enable": 0, "keyboard_mode": "", "window_shape": ""},
        "input": {"mouse": "mouse,disable_multitouch"},
    }  # fmt: skip
    # Under X SDL turns touches into a mouse; reading the devices too would double every touch.
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        settings["input"]["%(name)s"] = "probesysfs"
    else:
        Config.remove_option("input", "%(name)s")
    for section, options in settings.items():
        for name, value in options.items():
            Config.set(section, name, value)


def run(parts: Parts) -> None:
    """Open the window and draw until it is closed."""
    prepare(parts.screen, parts.home)
    from kiosk.ui.window import open_window  # noqa: PLC0415

    open_window(parts)


def close() -> None:
    """Close the window; from a signal."""
    if "kivy.base" in sys.modules:
        from kiosk.ui.window import close_window  # noqa: PLC0415

        close_window()
    else:
        raise SystemExit(0)
