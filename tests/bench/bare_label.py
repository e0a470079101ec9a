"""The baseline of the screen's start: the smallest Kivy program, a window with one label.

Writes the seconds since the interpreter was started until its first frame was drawn.
"""

import os
import sys
from pathlib import Path

os.environ["KIVY_NO_ARGS"] = "1"
os.environ["KIVY_LOG_MODE"] = "PYTHON"

from kivy.app import App
from kivy.clock import Clock
from kivy.config import Config

Config.set("graphics", "width", sys.argv[2])
Config.set("graphics", "height", sys.argv[3])

from kivy.core.window import Window  # noqa: E402  after its settings
from kivy.uix.label import Label  # noqa: E402


class Bare(App):
    def build(self) -> Label:
        Window.bind(on_flip=self.drawn)
        return Label(text="one label")

    def drawn(self, *_: object) -> None:
        Path(sys.argv[1]).write_text("drawn", encoding="utf-8")
        Clock.schedule_once(lambda _: self.stop())


Bare().run()
