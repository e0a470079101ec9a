"""How long frames take while long pages are dragged, and a touch to the next screen, in one process.

frames.py FOLDER WIDTH HEIGHT: writes a JSON object of lists of milliseconds, "empty" (a ScrollView with
nothing on it, drawn anew each time) among them.
"""

# ruff: noqa: PLC0415  # Kivy comes after its settings
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosk.intentions import Home, Open, ReadAloud
from kiosk.places import AtLedger, AtNotice
from kiosk.voice.events import SentenceStarted
from tests.bench.in_process import InProcess

FRAMES = 300
SETTLE = 20  # frames
TAPS = 40
OPENINGS = 5
SENTENCES = 40
CARD = "停水通知"
LEAP = 40.0  # px a frame, as a finger in a hurry


def main() -> None:
    folder, width, height = sys.argv[1:]
    opened = InProcess(Path(folder), width=int(width), height=int(height))
    measured: tuple[tuple[str, Callable[[], list[float]]], ...] = (
        ("ledger", lambda: scrolled(opened, AtLedger("many", 0))),
        ("notice", lambda: scrolled(opened, AtNotice("long"))),
        ("tap", lambda: taps(opened)),
        ("open", lambda: openings(opened)),
        ("sentence", lambda: sentences(opened)),
    )
    found: dict[str, list[float]] = {"empty": []}
    for name, measure in measured:
        found["empty"] += empty(opened)  # each time: what else the machine does changes meanwhile
        found[name] = measure()
    print(json.dumps(found), flush=True)
    os._exit(0)


def scrolled(opened: InProcess, place: AtLedger | AtNotice) -> list[float]:
    opened.shell.receive(Open(place))
    settle(opened)
    rows = rows_of(opened)
    step = LEAP / (rows.children[0].height - rows.height)

    def drag() -> None:
        rows.scroll_y -= step

    return [frame(opened, drag) for _ in range(FRAMES)]


def empty(opened: InProcess) -> list[float]:
    """The baseline: Kivy's own ScrollView, empty, in the same window in place of the kiosk's screens."""
    from kivy.uix.scrollview import ScrollView
    from kivy.uix.widget import Widget

    opened.window.remove_widget(opened.shell)
    view = ScrollView(size=opened.window.size)
    view.add_widget(Widget(size_hint=(1, None), height=view.height * 100))
    opened.window.add_widget(view)
    settle(opened)

    def drag() -> None:
        view.scroll_y -= LEAP / (view.height * 99)
        opened.window.canvas.ask_update()

    taken = [frame(opened, drag) for _ in range(FRAMES // 3)]
    opened.window.remove_widget(view)
    opened.window.add_widget(opened.shell)
    return taken


def taps(opened: InProcess) -> list[float]:
    """From the finger's leaving a card of the home page to the frame that shows its notice."""
    found = []
    for _ in range(TAPS):
        opened.shell.receive(Home())
        settle(opened)
        x, y = spot_of(opened, CARD)
        opened.window.dispatch("on_mouse_down", x, y, "left", ())
        opened.frame()
        found.append(frame(opened, lambda: opened.window.dispatch("on_mouse_up", x, y, "left", ())))  # noqa: B023  # at once
        assert opened.shell._scene.position.place == AtNotice("water")
    return found


def openings(opened: InProcess) -> list[float]:
    """From the wish to see the ledger of five thousand entries to its first frame."""
    found = []
    for _ in range(OPENINGS):
        opened.shell.receive(Home())
        settle(opened)
        found.append(frame(opened, lambda: opened.shell.receive(Open(AtLedger("many", 0)))))
    return found


def sentences(opened: InProcess) -> list[float]:
    """From one sentence's beginning to its highlight, on that ledger."""
    opened.shell.receive(ReadAloud())
    settle(opened)
    return [
        frame(opened, lambda number=number: opened.shell.hear(SentenceStarted(number)))  # type: ignore[misc]
        for number in range(SENTENCES)
    ]


def spot_of(opened: InProcess, label: str) -> tuple[float, float]:
    """Return the middle of what is to be touched, in px from the window's upper left corner."""
    from kiosk.ui.widgets.sheet import SheetView

    views = (one for one in opened.shell.walk() if isinstance(one, SheetView) and one.sheet)
    view, touch = next(
        (view, touch) for view in views for touch in view.sheet.touches if touch.label == label
    )
    below = opened.window.height - view.top + touch.y + touch.height / 2
    return view.x + touch.x + touch.width / 2, below


def frame(opened: InProcess, change: Callable[[], None]) -> float:
    """Return the milliseconds from a change until its frame is drawn."""
    from kivy.graphics.opengl import glFinish

    before = time.perf_counter()
    change()
    opened.frame()
    glFinish()
    return (time.perf_counter() - before) * 1_000


def settle(opened: InProcess) -> None:
    for _ in range(SETTLE):
        opened.frame()


def rows_of(opened: InProcess) -> Any:
    from kiosk.ui.widgets.rows import PageRows

    return next(one for one in opened.shell.walk() if isinstance(one, PageRows))


if __name__ == "__main__":
    main()
