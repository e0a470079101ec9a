"""The baseline of the screen's start: the smallest Kivy program, a window with one label.

Makes a file when its first frame is drawn: bare_label.py FILE WIDTH HEIGHT. Runs until it is ended.
"""

import os
import sys
from pathlib import Path

os.environ["KIVY_NO_ARGS"] = "1"
os.environ["KIVY_LOG_MODE"] = "PYTHON"

from kivy.app import App
from kivy.config import Config

Config.set("graphics", "width", sys.argv[2])
Config.set("graphics", "height", sys.argv[3])

from kivy.core.window import Window  # noqa: E402  after its settings
from kivy.uix.label import Label  # noqa: E402

STAY = "-"  # no file


class Bare(App):
    def build(self) -> Label:
        Window.bind(on_flip=self.drawn)
        return Label(text="one label")

    def drawn(self, *_: object) -> None:
        if sys.argv[1] != STAY:
            Path(sys.argv[1]).write_text("drawn", encoding="utf-8")


Bare().run()
