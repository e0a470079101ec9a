"""A village square with nothing made of paper: an office that publishes real files, and a kiosk of real programs.

VillageOffice   people at a real `sync.office.Office`: hand in, audit, seal
Square          one kiosk: its card, its settings, its programs as processes, its screen
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from kiosk.demo import programs
from sync.notices import Notice, Party
from sync.office import Holders, Office, Outcome
from sync.office.audit import items_of
from sync.office.composing import Details
from sync.office.village import parse
from tests.support.window import Display, Window, display

ASSETS = Path(__file__).parents[2] / "assets" / "demo"
LEDGER_FILE = "财务公开-2026年11月上半月.xlsx"
LEDGER_PHOTOS = ("苗木款收据.jpg",)
LEDGER_TITLE = "青石村 2026 年 11 月上半月财务收支公开"
ROAD_FILE = "村道硬化工程竣工结算.docx"
ROAD_TITLE = "村道硬化工程竣工结算公示"
WATER_FILE = "停水通知.md"
WATER_CORRECTED_FILE = "停水通知-更正.md"
WATER_TITLE = "二组、三组临时停水通知"
PATIENCE = 60  # seconds for a program that does one thing


def passphrase(party: str) -> str:
    """Return what a party of these offices types."""
    return f"journey-{party}-journey"


class VillageOffice:
    """An office and its people, who are all honest."""

    def __init__(self, folder: Path) -> None:
        self.office = Office(folder, ask=passphrase)

    @classmethod
    def found(cls, folder: Path) -> "VillageOffice":
        """Found one with the demo village's data."""
        Office.init(
            folder,
            parse((ASSETS / "office.toml").read_bytes()),
            Holders(committee="李*梅", supervisor="王*芳"),
            choose=passphrase,
            ask=passphrase,
        )
        return cls(folder)

    def hand_in(self, file: str, notice_id: str, category: str, *photos: str) -> Notice:
        """Make a draft of one of the demo's files and pass its audit."""
        notice = self.office.add(
            ASSETS / file,
            notice_id=notice_id,
            said=_said(category),
            photos={name: ASSETS / name for name in photos},
        )
        self.audit(notice_id)
        return notice

    def hand_in_three(self) -> None:
        """Hand in a spreadsheet, a document and a text."""
        self.hand_in(LEDGER_FILE, "accounts", "accounts", *LEDGER_PHOTOS)
        self.hand_in(ROAD_FILE, "road", "projects")
        self.hand_in(WATER_FILE, "water", "affairs")

    def correct(self, notice_id: str, file: str, reason: str) -> None:
        """Make a draft of a correction and pass its audit."""
        self.office.revise(notice_id, ASSETS / file, reason=reason)
        self.audit(notice_id)

    def audit(self, notice_id: str) -> None:
        """Answer every item of a draft's audit well."""
        for item in items_of(self.office.draft(notice_id)):
            self.office.audit(notice_id, item, by="周*平", verdict="pass")

    def seal(self, *parties: Party) -> Outcome:
        """Seal for these parties, by default for both."""
        outcome = Outcome.DECLINED
        for party in parties or (Party.COMMITTEE, Party.SUPERVISOR):
            outcome = self.office.seal(party, confirm=bool)
        return outcome


def _said(category: str) -> Details:
    return Details(
        category=category,
        title=None,
        publisher=None,
        author="陈*兰",
        posted=None,
        decided_on=None,
        decided_by=None,
        period=None,
        urgent=None,
    )


@dataclass(frozen=True, slots=True)
class Done:
    """How a program ended, and what it said."""

    status: int
    said: str


@dataclass
class Square:
    """One kiosk. `sources` and `contacts` are read when its programs start."""

    folder: Path
    anchor: Path
    sources: Sequence[str] = ()
    contacts: Mapping[str, str] = field(default_factory=dict)
    width: int = 1080
    height: int = 1920
    inches: float = 32.0
    idle_seconds: int = 90
    village: str = "qingshi"

    @property
    def data(self) -> Path:
        """The kiosk's card."""
        return self.folder / "card"

    @property
    def run(self) -> Path:
        """What stays in memory."""
        return self.folder / "run"

    def sync(self) -> Done:
        """Ask every source once."""
        return self._do("kiosk-sync", "once")

    def take(self, stick: Path) -> Done:
        """Put a stick in."""
        return self._do("kiosk-sync", "import", str(stick))

    @contextmanager
    def window(self, environment: Mapping[str, str] | None = None) -> Iterator[Window]:
        """Open the kiosk's window on a screen of its own."""
        with display(self.width, self.height) as screen, self.window_on(screen, environment) as it:
            yield it

    @contextmanager
    def window_at(self, clock: str) -> Iterator[Window]:
        """Open it with a clock that says what `set_clock` sets it to, from `clock` on."""
        self.set_clock(clock)
        told, settings = self.folder / "told", self.settings()
        told.unlink(missing_ok=True)
        program = [sys.executable, "-m", "tests.support.wrong_clock", str(self.folder / "clock")]
        with (
            display(self.width, self.height) as screen,
            (self.folder / "kiosk.log").open("wb") as log,
        ):
            process = subprocess.Popen(
                [*program, "--settings", str(settings), "--tell", str(told)],
                env=os.environ | screen.environment,
                cwd=ASSETS.parents[1],
                stdout=log,
                stderr=subprocess.STDOUT,
            )
            try:
                yield Window(screen, told, process)
            finally:
                process.terminate()
                process.wait(programs.END_SECONDS)

    def set_clock(self, clock: str) -> None:
        """Set the clock of `window_at`: an ISO time, and ` kept` where a time service does it."""
        made = self.folder / "clock.new"
        made.write_text(clock, encoding="ascii")
        made.rename(self.folder / "clock")

    @contextmanager
    def window_on(
        self, screen: Display, environment: Mapping[str, str] | None = None
    ) -> Iterator[Window]:
        """Start the program `kiosk` on a screen and end it."""
        told = self.folder / "told"
        told.unlink(missing_ok=True)
        with programs.running(
            "kiosk",
            "--settings",
            str(self.settings()),
            "--tell",
            str(told),
            logs=self.folder,
            environment={**screen.environment, **(environment or {})},
        ) as process:
            yield Window(screen, told, process)

    @contextmanager
    def help(
        self, environment: Mapping[str, str] | None = None
    ) -> Iterator[subprocess.Popen[bytes]]:
        """Start the program `kiosk-help` and end it."""
        settings = str(self.settings())
        with programs.running(
            "kiosk-help", "--settings", settings, logs=self.folder, environment=environment or {}
        ) as process:
            yield process

    def settings(self) -> Path:
        """Write the settings file and return its path."""
        self.data.mkdir(parents=True, exist_ok=True)
        self.run.mkdir(exist_ok=True)
        path = self.folder / "kiosk.toml"
        path.write_text("\n".join(self._lines()), encoding="utf-8")
        return path

    def _lines(self) -> Iterator[str]:
        yield "[kiosk]"
        yield 'id = "square-1"'
        yield 'name = "青石村广场"'
        yield f"village = {_toml(self.village)}"
        yield f"data = {_toml(self.data)}"
        yield f"run = {_toml(self.run)}"
        yield "[sync]"
        yield f"anchor = {_toml(self.anchor)}"
        yield f"sources = {json.dumps(list(self.sources))}"
        yield "[screen]"
        yield f"width = {self.width}"
        yield f"height = {self.height}"
        yield f"diagonal_inches = {self.inches}"
        yield f"idle_seconds = {self.idle_seconds}"
        yield "fullscreen = false"
        yield "[voice]"
        yield "[help]"
        yield 'pins = "none"'
        yield "countdown_seconds = 5"
        for name, url in self.contacts.items():
            yield "[[help.contacts]]"
            yield f"name = {_toml(name)}"
            yield 'kind = "webhook"'
            yield f"url = {_toml(url)}"

    def _do(self, *command: str) -> Done:
        program, *rest = command
        done = subprocess.run(
            [str(Path(sys.executable).parent / program), "--settings", str(self.settings()), *rest],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            env=os.environ,
            check=False,
        )
        return Done(done.returncode, done.stdout + done.stderr)


def _toml(value: object) -> str:
    return json.dumps(str(value), ensure_ascii=False)


def touch(window: Window, label: str, then: str) -> None:
    """Touch what has this label and wait for the screen that it leads to."""
    window.tap(label)
    window.wait_for_screen(then)


def picture(window: Window) -> Image.Image:
    """Return what the panel shows now."""
    return window.display.picture()


def ink(shown: Image.Image) -> float:
    """Return the share of the picture that is as dark as text."""
    return sum(shown.convert("L").histogram()[:100]) / (shown.width * shown.height)


def open_status(window: Window) -> None:
    """Hold a finger on the status line, as the caretaker does."""
    window.wait_for(lambda: "本机状态" in window.labels(), "the status line")
    line = next(spot for spot in window.sight()["touches"] if spot["label"] == "本机状态")
    x, y = line["x"] + line["width"] // 2, line["y"] + line["height"] // 2
    move = ["mousemove", str(x), str(y), "mousedown", "1"]
    window.display.run("xdotool", *move)
    window.wait_for_screen("status")
    window.display.run("xdotool", "mouseup", "1")
