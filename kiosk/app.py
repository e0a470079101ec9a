"""The program `kiosk`: the screen in the square. Composition only.

Never imports Kivy itself: `kiosk.ui.start` does, when its environment is set.
"""

import argparse
import logging
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sdnotify

from kiosk.board import Board, local_day
from kiosk.calling import HelpDesk
from kiosk.catalogue import load as load_catalogue
from kiosk.doorway import Doorway
from kiosk.evidence.account import Account
from kiosk.evidence.memory import remember, remembered
from kiosk.evidence.pictures import Pictures
from kiosk.evidence.recorder import Recorder
from kiosk.holdings import Holdings
from kiosk.ports import Speaker, Time
from kiosk.present.status import Setting
from kiosk.scene import Scene
from kiosk.settings import Settings
from kiosk.settings import load as load_settings
from kiosk.ui import start
from kiosk.ui.fonts import faces_in
from kiosk.watch import Watch
from sync import timepiece
from sync.blobs import Blobs
from sync.clock import Reading
from sync.errors import SunboardError

if TYPE_CHECKING:
    from kiosk.card import Card
    from kiosk.evidence.handover import Handover
    from kiosk.evidence.log import EvidenceLog

_log = logging.getLogger(__name__)

BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")
EVIDENCE: Final = "evidence"  # the folder in the kiosk's data
INSTALLED_FONTS: Final = Path(__file__).parent.parent / "assets" / "fonts"


@dataclass(frozen=True, slots=True)
class SystemTime:
    """The machine's clocks.

    `beat` returns the latest time (UTC) that the evidence of display was written at by a trusted clock.
    """

    beat: Callable[[], datetime | None] = lambda: None

    def now(self) -> datetime:
        """Return the time in UTC."""
        return datetime.now(UTC)

    def read(self) -> Reading:
        """Return all that `sync.clock` judges by."""
        return timepiece.read()


class SystemdPulse:
    """Tells systemd that the program is ready and alive; silent where there is no systemd."""

    def __init__(self) -> None:
        self._notifier = sdnotify.SystemdNotifier()

    @property
    def interval(self) -> float:
        """A third of what the unit's WatchdogSec allows (sd_watchdog_enabled(3))."""
        return int(os.environ.get("WATCHDOG_USEC", "0")) / 3e6

    def ready(self) -> None:
        """The first screen is drawn."""
        self._notifier.notify("READY=1")

    def beat(self) -> None:
        """Drawing and card have answered."""
        self._notifier.notify("WATCHDOG=1")


def main(time: Time | None = None) -> int:
    """Run the screen by `time`, the machine's clock unless given."""
    arguments = _arguments()
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(threadName)s %(message)s")
    try:
        settings = load_settings(arguments.settings)
        anchor = settings.sync.anchor.read_bytes()
    except (SunboardError, OSError) as error:
        sys.stderr.write(f"{error}\n{getattr(error, 'advice', '')}\n")
        return 2
    try:
        _run(settings, anchor, arguments, time)
    except SunboardError as error:  # no font to draw with
        sys.stderr.write(f"{error}\n{error.advice}\n")
        return 1
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="kiosk",
        description="The screen in the village square.",
        epilog="Also: kiosk report (make an inspection pack), kiosk verify (check one).",
    )
    parser.add_argument("--settings", type=Path, default=Path("/etc/sunboard/kiosk.toml"))
    parser.add_argument("--tell", type=Path, help="write what can be seen and touched to this file")
    return parser.parse_args()


def _run(
    settings: Settings, anchor: bytes, arguments: argparse.Namespace, time: Time | None
) -> None:
    data = settings.kiosk.data
    doorway = Doorway()
    watch = Watch(
        lambda: _open_card(data, anchor),
        lambda holdings: doorway.post(lambda shell: shell.hold(holdings)),
        lambda notice, posting: doorway.post(lambda shell: shell.brought(notice, posting)),
    )
    watch.start()  # proves what is on the card while the window opens
    known = remembered(data / EVIDENCE)
    handover = cache(lambda: _handover(settings))
    recorder = Recorder(
        lambda: _open_evidence(settings, recorder),
        Pictures(data / EVIDENCE / "pictures"),
        lambda account: doorway.post(lambda shell: shell.prove(account)),
        known=known,
        remember=partial(remember, data / EVIDENCE),
        boot=BOOT_ID.read_text(encoding="ascii").strip(),
        hand_over=lambda log: handover().give(log),
    )
    time = time or SystemTime(recorder.beat)
    parts = start.Parts(
        screen=settings.screen,
        scene=_first_scene(settings, time, known),
        faces=lambda: faces_in(_font_folder(data)),
        blobs=Blobs(data),
        time=time,
        help_line=HelpDesk(settings.kiosk.database, settings.kiosk.run),
        bring=watch.ask,
        program=_program,
        open_speaker=lambda: _open_speaker(settings, doorway),
        doorway=doorway,
        witness=recorder,
        pulse=SystemdPulse(),
        answered=lambda: watch.answered,
        tell=arguments.tell,
        home=data / "kivy",
    )
    signal.signal(signal.SIGTERM, lambda *_: start.close())
    try:
        start.run(parts)
    finally:
        recorder.close()
        watch.close()


def _first_scene(settings: Settings, time: Time, known: Account) -> Scene:
    now, screen = time.now(), settings.screen
    return Scene(
        say=load_catalogue(settings.kiosk.language),
        kiosk_id=settings.kiosk.id,
        kiosk_name=settings.kiosk.name,
        program="",
        now=now,
        holdings=Holdings(),
        account=known,
        board=Board(local_day(now), trusted=True, standing=(), withdrawn=()),
        setting=Setting(
            screen.diagonal_inches, screen.width, screen.height, settings.kiosk.language,
            screen.turn_seconds, screen.idle_seconds, settings.help.selftest_days,
        ),
    )  # fmt: skip


def _open_card(data: Path, anchor: bytes) -> "Card":
    from kiosk.card import Card  # noqa: PLC0415  # in the watch's thread: the proof's imports are slow

    return Card(data, anchor)


def _open_evidence(settings: Settings, recorder: Recorder) -> "EvidenceLog":
    from kiosk.evidence.key import own_key  # noqa: PLC0415  # in the recorder's thread
    from kiosk.evidence.log import EvidenceLog  # noqa: PLC0415
    from sync.outbox import FOLDER, Outbox  # noqa: PLC0415

    kiosk = settings.kiosk
    sender = Outbox(kiosk.data / FOLDER).sender()
    recorder.enrolled(sender.key if sender else "")
    aside = kiosk.data / EVIDENCE
    return EvidenceLog(kiosk.data, aside, own_key(aside), kiosk.id, kiosk.village)


def _handover(settings: Settings) -> "Handover":
    from kiosk.evidence.handover import Handover  # noqa: PLC0415  # after the first picture
    from sync.outbox import FOLDER, Outbox  # noqa: PLC0415

    kiosk = settings.kiosk
    return Handover(
        Outbox(kiosk.data / FOLDER), village=kiosk.village, kiosk=kiosk.id, name=kiosk.name
    )


def _open_speaker(settings: Settings, doorway: Doorway) -> Speaker | None:
    from kiosk.voice.speaker import Speaker as Voice  # noqa: PLC0415  # after the first picture

    try:
        return Voice(
            settings.voice,
            settings.kiosk.data / "voice",
            lambda event: doorway.post(lambda shell: shell.hear(event)),
        )
    except OSError as error:
        _log.warning("there will be no voice: %s", error)
        return None


def _program() -> str:
    from importlib.metadata import version  # noqa: PLC0415  # only the status page asks

    return version("sunboard")


def _font_folder(data: Path) -> Path:
    """Return the installed faces' folder, else one in which they can be made."""
    return INSTALLED_FONTS if (INSTALLED_FONTS / "NotoSansSC-Bold.otf").exists() else data / "fonts"


if __name__ == "__main__":
    raise SystemExit(main())
