"""The real window in this process, driven frame by frame: for figures that can't be taken from outside.

Its notices are the test village's, one of 20,000 characters and one with a ledger of 5,000 entries.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kiosk import catalogue
from kiosk.app import SystemTime
from kiosk.board import Board, local_day
from kiosk.card import Card
from kiosk.holdings import Holdings
from kiosk.present.help import Call
from kiosk.scene import Scene
from kiosk.settings import ScreenTable
from kiosk.ui import start
from kiosk.ui.fonts import faces_in
from sync.blobs import Blobs
from sync.notices import Paragraph, Sentence
from tests.support.board import card_with, ledger, village_office, written

ENTRIES = 5_000
CHARACTERS = 20_000
_LAW = "村民应当爱护公共设施，保持门前整洁；办理红白喜事从简，宴席不超过 15 桌，人情往来不超过 200 元。"


class SilentSpeaker:
    """Takes every command and makes no sound."""

    def play(self, sentences: Sequence[Sentence], start: int = 0, *, number: int = 0) -> None:
        pass

    def __getattr__(self, _command: str) -> Any:
        return lambda: None


@dataclass
class HelpAsTold:
    """The help line in the state that the bench wants."""

    state: Call | None = None
    since: datetime = field(default_factory=lambda: datetime.now(UTC))

    def request(self) -> None:
        self.state = Call("countdown", 8, "值班员", self.since)

    def end(self) -> None:
        """Nobody has come."""

    def cancel(self) -> None:
        self.state = None

    def alive(self) -> bool:
        return True

    def call(self) -> Call | None:
        return self.state

    def fault(self) -> str:
        return ""

    def tested(self) -> tuple[bool, datetime] | None:
        return True, self.since


def card_in(folder: Path) -> tuple[Path, bytes]:
    """Put the notices on a card; return its data folder and the anchor."""
    today = local_day(datetime.now(UTC))
    office = village_office(today)
    day = timedelta(days=1)
    many = ledger(today.year, today.month, entries=ENTRIES)
    long = [Paragraph(_LAW * (1_000 // len(_LAW))) for _ in range(CHARACTERS // 1_000)]
    office.publish(
        written("五千笔明细", many, id="many", category="cwsz", posted=today - day),
        written("两万字规约", *long, id="long", category="cgmy", posted=today - day),
    )
    return card_with(folder / "data", office), office.anchor


class InProcess:
    """The shell and its window; `frame` draws one frame."""

    def __init__(self, folder: Path, *, width: int, height: int) -> None:
        folder.mkdir(exist_ok=True)
        data, anchor = card_in(folder)
        screen = ScreenTable(
            width=width, height=height, fullscreen=False, turn_seconds=120, idle_seconds=600
        )
        start.prepare(screen, folder / "kivy")
        from kivy.base import EventLoop, runTouchApp  # noqa: PLC0415  # after its settings
        from kivy.core.window import Window  # noqa: PLC0415

        from kiosk.ui import hand  # noqa: PLC0415
        from kiosk.ui.panel import Panel  # noqa: PLC0415
        from kiosk.ui.sheets.press import Press  # noqa: PLC0415
        from kiosk.ui.shelf import Shelf  # noqa: PLC0415
        from kiosk.ui.shell import Shell  # noqa: PLC0415
        from kiosk.ui.widgets.pictures import Pictures  # noqa: PLC0415
        from kiosk.ui.widgets.studio import Studio  # noqa: PLC0415
        from kiosk.ui.widgets.type import Type  # noqa: PLC0415

        hand.AWAKE_FPS = hand.AT_REST_FPS = 0  # type: ignore[misc]  # as fast as it can
        now = datetime.now(UTC)
        say = catalogue.load("zh")
        board = Board(local_day(now), trusted=True, standing=(), withdrawn=())
        scene = Scene(say, "square", "青石村广场", "0.1", now, Holdings(), board)
        self.help_line = HelpAsTold()
        self.shell = Shell(
            scene, Shelf(say, 600), time=SystemTime(), help_line=self.help_line, bring=lambda _: None,
            turn_seconds=120, idle_seconds=600,
        )  # fmt: skip
        self.pictures = Pictures(Blobs(data), self.shell.cross, 600)
        card = Card(data, anchor)
        self.holdings = card.read()
        card.close()
        self.shell.hold(self.holdings)
        self.panel = Panel(width, height, 32.0)
        type_ = Type(faces_in(folder / "fonts"))
        self.press = Press(self.panel, type_.measure)
        self.studio = Studio(self.panel, type_, self.pictures, self.shell.receive)
        self.shell.open(self.studio, self.press)
        self.shell.complete(lambda: (SilentSpeaker(), "0.1"))
        runTouchApp(self.shell, embedded=True)
        self.window, self._loop = Window, EventLoop

    def frame(self) -> None:
        """Do what Kivy's loop does once: callbacks, touches, drawing, if there is anything to draw."""
        self._loop.idle()
        self.window.mainloop()

    def close(self) -> None:
        self.pictures.close()
        self.window.close()
