"""Tells a file what a person sees: for tests and the demo's scripted villager, who taps by sight.

One JSON line a change: `screen`, `width` and `height` in px, `touches` (label, x, y, width, height
from the upper left corner) and `words`, the lines of text in sight. Off unless asked for.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

from kivy.uix.widget import Widget

from kiosk.ui.sheets.ink import Mark, Photo, Turned, Words
from kiosk.ui.typeset import NO_BREAK
from kiosk.ui.widgets.rows import PageRows
from kiosk.ui.widgets.sheet import SheetView
from sync.notices import BlobRef


class Spot(TypedDict):
    """A place to touch."""

    label: str
    x: int
    y: int
    width: int
    height: int


class Teller:
    """Appends to the file whenever what is in sight has changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last = ""
        path.write_text("")

    def tell(self, screen: str, size: tuple[int, int], widgets: Iterator[Widget]) -> None:
        """Write what `widgets` show, if it differs from the last time."""
        touches: list[Spot] = []
        words: list[str] = []
        for view in _views(widgets):
            if view.sheet is not None and view.width > 0:
                touches.extend(_spots(view, size[1]))
                words.extend(_words(view.sheet.marks))
                words.extend(_instead(view))
        line = json.dumps(
            {
                "screen": screen,
                "width": size[0],
                "height": size[1],
                "touches": touches,
                "words": words,
            },
            ensure_ascii=False,
        )
        if line != self._last:
            self._last = line
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")


def _views(widgets: Iterator[Widget]) -> Iterator[SheetView]:
    for widget in widgets:
        if isinstance(widget, PageRows):
            yield from widget.visible()
        elif isinstance(widget, SheetView):
            yield widget
        else:
            yield from _views(iter(widget.children))


def _spots(view: SheetView, height: int) -> Iterator[Spot]:
    left, top = view.to_window(view.x, view.top)
    for touch in view.sheet.touches:
        x, y = left + touch.x, height - top + touch.y
        yield Spot(
            label=touch.label,
            x=round(x),
            y=round(y),
            width=round(touch.width),
            height=round(touch.height),
        )


def _instead(view: SheetView) -> Iterator[str]:
    for mark in view.sheet.marks:
        if isinstance(mark, Photo) and isinstance(mark.what, BlobRef):
            missing = view.studio is not None and view.studio.pictures.is_missing(mark.what)
            yield from _words(mark.instead if missing else ())


def _words(marks: tuple[Mark, ...]) -> Iterator[str]:
    for mark in marks:
        if isinstance(mark, Words):
            yield mark.text.replace(NO_BREAK, " ")
        elif isinstance(mark, Turned):
            yield from _words(mark.marks)
