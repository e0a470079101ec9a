"""A real kiosk-help process with its button, lamp and buzzer on mock pins, and the screen's line to it.

Run as a program it is kiosk-help itself, with pins that a test moves by lines on its standard input:
`down` and `up`. Settings come as they are, so that a story needn't last minutes.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gpiozero.pins.mock import MockFactory

from kiosk.help.agent import run
from kiosk.help.incident import State
from kiosk.help.line import CallView, HelpLine
from kiosk.help.log import Change, HelpLog
from kiosk.settings import Contact, HelpTable, ScreenTable, Settings, VoiceTable
from sync.settings import KioskTable, SyncTable
from tests.support.sound import FileCard

NAME = "青石村（示例）村委会广场"
QUICK = {"countdown_seconds": 0.4, "acknowledge_seconds": 0.5, "selftest_days": 3}


class Post:
    """Starts and ends kiosk-help over one kiosk's folders."""

    def __init__(self, folder: Path, *contacts: Contact, **changes: Any) -> None:
        self.data, self.run_folder = folder / "data", folder / "run"
        self.data.mkdir()
        self.run_folder.mkdir()
        self.database = self.data / "sunboard.db"
        self.line = HelpLine(self.database, self.run_folder)
        self.card = FileCard(folder)
        self.process: subprocess.Popen[str] | None = None
        chain = [
            [contact.name, contact.kind, contact.url, contact.selftest] for contact in contacts
        ]
        self.story = {"folder": str(folder), "contacts": chain, "help": {**QUICK, **changes}}

    def start(self) -> "Post":
        """Start the program and wait until it is on duty."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.post", json.dumps(self.story)],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            env={**os.environ, **self.card.environment}, cwd=Path(__file__).parents[2],
        )  # fmt: skip
        self.wait(lambda _: self.line.alive())
        return self

    def press(self, *, hold: bool = False) -> None:
        """Press the button, and keep it down if `hold`."""
        self._move("down")
        if not hold:
            threading.Event().wait(0.08)  # a quick hand
            self._move("up")

    def wait(self, found: Callable[[CallView], bool], seconds: float = 20) -> CallView:
        """Wait until the screen would see that."""
        tick = threading.Event()
        assert self.process is None or self.process.poll() is None, "kiosk-help has ended"
        for _ in range(int(seconds / 0.02)):
            view = self.line.state()
            if found(view):
                return view
            tick.wait(0.02)
        raise AssertionError(f"still {self.line.state()}")

    def wait_for(self, state: type[State]) -> CallView:
        """Wait until the call is in that state."""
        return self.wait(lambda view: view.call is not None and isinstance(view.call.state, state))

    def log(self) -> tuple[Change, ...]:
        """Return the log of the call on show."""
        call = self.line.state().call
        book = HelpLog(self.database)
        try:
            return book.changes(call.incident if call is not None else "")
        finally:
            book.close()

    def kill(self) -> None:
        """End the program as a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> str:
        """End the program as systemd does; return what it logged."""
        return self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> str:
        if self.process is None:
            return ""
        process, self.process = self.process, None
        process.send_signal(how)
        _, said = process.communicate(timeout=10)
        assert process.returncode == (0 if how == signal.SIGTERM else -how), said
        return said

    def _move(self, where: str) -> None:
        assert self.process is not None
        assert self.process.stdin is not None
        self.process.stdin.write(f"{where}\n")
        self.process.stdin.flush()


def main() -> None:
    """Be kiosk-help with mock pins."""
    story = json.loads(sys.argv[1])
    folder = Path(story["folder"])
    factory = MockFactory()
    contacts = tuple(Contact(*contact) for contact in story["contacts"])
    table = HelpTable(contacts=contacts, **story["help"])
    settings = Settings(
        KioskTable("qingshi-square", NAME, "qingshi", folder / "data", folder / "run"),
        SyncTable(), ScreenTable(), VoiceTable(), table,
    )  # fmt: skip

    def move() -> None:
        for line in sys.stdin:
            pin = factory.pin(table.button)
            {"down": pin.drive_low, "up": pin.drive_high}[line.strip()]()

    hand = threading.Thread(target=move, name="hand", daemon=True)
    run(settings, pin_factory=factory, ask_every=0.05, ready=lambda _: hand.start())


if __name__ == "__main__":
    main()
