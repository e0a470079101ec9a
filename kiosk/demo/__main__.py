"""`make demo`: the whole village on one machine, for somebody to touch or for a scripted villager.

With a display the kiosk's window stays open till it is closed. Without one, a villager visits it on a virtual
screen, upright and lying, and leaves pictures and the spoken sound in build/demo, or the folder that is named.
"""

import argparse
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NoReturn

from kiosk.catalogue import load as load_catalogue
from kiosk.demo import display, tape
from kiosk.demo.programs import NotStarted, finish, running
from kiosk.demo.village import office_of, village_today
from kiosk.demo.villager import NotSeen, Villager
from kiosk.demo.visit import visit
from kiosk.demo.web import World, served
from sync.errors import SunboardError
from sync.office.desk import Office

PROJECT: Final = Path(__file__).parents[2]
BUILD: Final = PROJECT / "build" / "demo"
ASSETS: Final = PROJECT / "assets" / "demo"
_BEGAN: Final = time.monotonic()


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel as it hangs, in px."""

    manner: str
    width: int
    height: int


PANELS: Final = (Panel("portrait", 1080, 1920), Panel("landscape", 1920, 1080))
WINDOW: Final = Panel("window", 540, 960)  # a kiosk of half the size, for somebody's own screen


@dataclass(frozen=True, slots=True)
class Stand:
    """What a demo is made of: the sealed office, the world that the kiosk can reach, and its folder."""

    office: Office
    world: World
    build: Path


def main() -> int:
    """Run the demo; return 0 when everything in it worked."""
    parser = argparse.ArgumentParser(prog="make demo", description="The whole village at once.")
    parser.add_argument("build", type=Path, nargs="?", default=BUILD, help="where it is put")
    build = parser.parse_args().build.resolve()
    logging.basicConfig(level=logging.INFO, format="demo: %(message)s")
    logging.getLogger("tuf").setLevel(logging.ERROR)  # it tells every seal that is still missing
    # A demo that is told to end still ends everything that it started.
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        office = office_of(ASSETS, build / "office", village_today(datetime.now(UTC)), tell)
        with served(office.feed) as world:
            tell(f"the feed is served at {world.feed}")
            if display.is_there(os.environ):
                _for_people(Stand(office, world, build))
            else:
                _for_the_record(Stand(office, world, build))
    except KeyboardInterrupt:
        tell("ended")
    except (SunboardError, NotStarted, NotSeen) as error:
        tell(f"it does not work: {error}")
        return 1
    return 0


def tell(words: str) -> None:
    """Say what is being done, and how many seconds into the demo."""
    print(f"demo: {time.monotonic() - _BEGAN:5.1f} s  {words}", flush=True)


def _for_people(stand: Stand) -> None:
    with ExitStack() as machine:
        screen = machine.enter_context(_kiosk(stand, WINDOW, {}, {}))
        tell("the window is open: touch it with the mouse, press H for the help button")
        tell("close the window, or press Ctrl+C here, to end the demo")
        if screen.wait():
            raise NotStarted(f"the screen ended with {screen.returncode}; see {stand.build}/kiosk")
    tell("the window was closed")


def _for_the_record(stand: Stand) -> None:
    tell("there is no display: a scripted villager visits a virtual screen")
    made: list[Path] = []
    for old in (*stand.build.glob("*.png"), *stand.build.glob("*.wav")):
        old.unlink()
    with tempfile.TemporaryDirectory(prefix="sunboard-demo-") as scratch:
        tapes = {name: Path(scratch) / name for name in ("kiosk", "kiosk-help")}
        unheard = {name: Path(scratch) / f"{name}-again" for name in tapes}
        for number, panel in enumerate(PANELS):  # both say the same: one is enough to listen to
            made += _film(stand, panel, unheard if number else tapes)
        for name, target in (("kiosk", "spoken.wav"), ("kiosk-help", "help.wav")):
            seconds = tape.to_wav(tapes[name], stand.build / target)
            tell(f"{name} was heard for {seconds:.1f} s")
            made.append(stand.build / target)
    tell("done; what was seen and heard:")
    for path in made:
        print(f"  {os.path.relpath(path)}")
    print(f"demo: {len(made)} files in {os.path.relpath(stand.build)}")


def _film(stand: Stand, panel: Panel, tapes: Mapping[str, Path]) -> list[Path]:
    tell(f"a panel of {panel.width} by {panel.height} ({panel.manner})")
    with ExitStack() as machine:
        shown = machine.enter_context(display.virtual(panel.width, panel.height))
        told = machine.enter_context(tempfile.TemporaryDirectory(prefix="sunboard-demo-"))
        glass = Path(told) / "told"
        environment = {"DISPLAY": shown}
        machine.enter_context(_kiosk(stand, panel, environment, tapes, "--tell", str(glass)))
        villager = Villager(shown, glass, stand.build, panel.manner)
        visit(
            villager,
            load_catalogue("zh"),
            tapes["kiosk"],
            tapes["kiosk-help"],
            lambda words: tell(f"  the villager {words}"),
        )
    return villager.taken


@contextmanager
def _kiosk(
    stand: Stand,
    panel: Panel,
    environment: Mapping[str, str],
    tapes: Mapping[str, Path],
    *arguments: str,
) -> Iterator[subprocess.Popen[bytes]]:
    """Start the three programs on a kiosk of their own and yield the screen's."""
    home = stand.build / "kiosk" / panel.manner
    shutil.rmtree(home, ignore_errors=True)
    for folder in ("data", "run", "logs"):
        (home / folder).mkdir(parents=True)
    settings = home / "kiosk.toml"
    settings.write_text(_settings(stand, panel, home), encoding="utf-8")
    common = ("--settings", str(settings))
    tell("kiosk-sync fetches, proves and keeps the notices")
    finish("kiosk-sync", *common, "once", logs=home / "logs", environment=environment)
    with ExitStack() as programs:
        for name, more in (("kiosk-sync", ("run",)), ("kiosk-help", ()), ("kiosk", arguments)):
            tell(f"starting {name}")
            sound = _sound(home, name, tapes)
            process = programs.enter_context(
                running(
                    name, *common, *more, logs=home / "logs", environment={**environment, **sound}
                )
            )
        yield process


def _sound(home: Path, name: str, tapes: Mapping[str, Path]) -> dict[str, str]:
    """Return what makes ALSA record a program, where it shall be recorded."""
    if name not in tapes:
        return {}
    configuration = home / f"{name}.asound"
    configuration.write_text(tape.configuration(tapes[name]), encoding="utf-8")
    return {"ALSA_CONFIG_PATH": str(configuration)}


def _settings(stand: Stand, panel: Panel, home: Path) -> str:
    return f"""\
[kiosk]
id = "demo-square"
name = "青石村（示例）文化广场"
village = "{stand.office.village.id}"
data = "{home / "data"}"
run = "{home / "run"}"

[sync]
sources = ["{stand.world.feed}"]
anchor = "{stand.office.anchor}"
interval_minutes = 1

[screen]
width = {panel.width}
height = {panel.height}
fullscreen = false

[help]
pins = "none"

[[help.contacts]]
name = "村委会值班室"
kind = "webhook"
url = "{stand.world.calls}"
"""


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
