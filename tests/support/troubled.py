"""The screen program with one thing wrong with it: troubled.py TROUBLE, then the program's own arguments.

Each trouble breaks one real part just before the window opens; SIGUSR1 sets off what comes later.
"""

# ruff: noqa: PLC0415  # a trouble imports what it breaks, once the window's settings are made
import signal
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from kiosk import app
from kiosk.ui import start

LIST = "benefits"
NOWHERE = Path("/nowhere")


class Wrong(Exception):
    """What the broken part raises."""


def fail(*_: object, **__: object) -> NoReturn:
    raise Wrong("no such letter")


def hang(*_: object, **__: object) -> NoReturn:
    threading.Event().wait()
    raise AssertionError


def on_signal(do: Callable[..., object]) -> None:
    signal.signal(signal.SIGUSR1, do)


def notice_page() -> None:
    """The page of a notice can't be laid out."""
    from kiosk.ui.screens import notice

    whole = notice.notice_rows

    def notice_rows(press: Any, view: Any, *size: float) -> Any:
        return fail() if view.notice == LIST else whole(press, view, *size)

    notice.notice_rows = notice_rows


def home_page() -> None:
    """Nor the home page."""
    from kiosk.ui.screens import home

    home.home_pages = fail


def list_screen() -> None:
    """A screen that can't even be built."""
    from kiosk.ui.screens import listing

    listing.ListScreen.__init__ = fail


def present() -> None:
    """A notice for which no words are found."""
    from kiosk import scene

    whole = scene.notice_page

    def notice_page(say: Any, village: Any, board: Any, found: Any, *rest: Any, **more: Any) -> Any:
        bad = found.posting.entry.id == LIST
        return fail() if bad else whole(say, village, board, found, *rest, **more)

    scene.notice_page = notice_page


def idle_board() -> None:
    """Only the words that ask the caretaker in are left to show."""
    from kiosk.ui.screens import idle

    idle.idle = fail


def bars() -> None:
    """Neither top bar nor status line can be drawn."""
    from kiosk.ui.sheets import chrome

    chrome.top_bar = chrome.status_line = fail


def help_names() -> None:
    """The help page fails on a hotline."""
    from kiosk.ui.screens import help as help_screen

    whole = help_screen.help_sheet

    def without_numbers(press: Any, view: Any, *size: float) -> Any:
        help_screen.help_sheet = whole
        raise Wrong("no such number")

    help_screen.help_sheet = without_numbers


def letters() -> None:
    """A line of a notice can't be turned into a picture: that comes out a frame later."""
    from kiosk.ui.widgets.type import Type

    whole = Type.texture

    def texture(self: Any, text: str, size: int, bold: bool) -> Any:
        return fail() if "经村民小组评议" in text else whole(self, text, size, bold)

    Type.texture = texture  # type: ignore[method-assign]


def touch() -> None:
    """A touch on 字大 raises, each time."""
    from kiosk.intentions import TextLarger
    from kiosk.ui import shell

    whole = shell.after

    def after(position: Any, intention: Any) -> Any:
        return fail() if isinstance(intention, TextLarger) else whole(position, intention)

    shell.after = after


def look() -> None:
    """Looking round raises, once."""
    from kiosk.ui.shell import Shell

    whole = Shell._look_at_help

    def fail_once(self: Any) -> None:
        Shell._look_at_help = whole  # type: ignore[method-assign]
        fail()

    on_signal(lambda *_: setattr(Shell, "_look_at_help", fail_once))


def no_fonts() -> None:
    """Debian's Chinese fonts aren't installed."""
    app.INSTALLED_FONTS = NOWHERE  # type: ignore[misc]
    app.faces_in = partial(app.faces_in, source=NOWHERE)  # type: ignore[assignment]


def stalled_drawing() -> None:
    """The drawing thread stands still; all others go on. Signals are taken on that thread."""
    on_signal(hang)


def stalled_card() -> None:
    """The thread that reads the card stands still."""
    from kiosk.ui import window
    from sync.store import Store

    window.CARD_PATIENCE = 2.0  # type: ignore[misc]
    on_signal(lambda *_: setattr(Store, "changed", hang))


def main() -> int:
    trouble = globals()[sys.argv.pop(1)]
    run = start.run

    def run_troubled(parts: start.Parts) -> None:
        start.prepare(parts.screen, parts.home)  # before anything imports Kivy
        trouble()
        run(parts)

    start.run = run_troubled
    return app.main()


if __name__ == "__main__":
    raise SystemExit(main())
