"""`make gallery`: every screen as a picture in build/gallery, one contact sheet an orientation.

Ends with 1 if a picture has a fault, and names it.
"""

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from kiosk.demo.display import virtual
from tests.gallery.studio import FONTS, INCHES, THEMES

ORIENTATIONS: Final = {"portrait": (1080, 1920), "landscape": (1920, 1080)}
SMALLEST: Final = ((1366, 768, 18.5), (1080, 1920, 15.0))  # that the settings allow
FOLDER: Final = Path("build/gallery")
_THUMB: Final = 82_944  # px of area, alike for upright and lying pictures
_LABEL: Final = 32
_GAP: Final = 12
_LEFT: Final = 240  # for the screens' names


def studios(folder: Path | None = None) -> Iterator[tuple[str, str, list[str]]]:
    """Draw both orientations at once; yield orientation, name and faults of every picture."""
    with ExitStack() as stack:
        running = {
            name: stack.enter_context(_studio(stack, *size, folder and folder / name))
            for name, size in ORIENTATIONS.items()
        }
        for name, studio in running.items():
            assert studio.stdout
            for line in studio.stdout:
                shot, faults = json.loads(line)
                yield name, shot, faults
            assert studio.stderr
            said = studio.stderr.read()
            if studio.wait():
                raise RuntimeError(f"the {name} gallery could not be drawn\n{said}")


def smallest() -> Iterator[tuple[str, str, list[str]]]:
    """Draw the smallest panels; yield where, name and faults of every picture."""
    for width, height, inches in SMALLEST:
        with ExitStack() as stack:
            studio = _studio(stack, width, height, Path(str(inches)))
            said, complaint = studio.communicate()
            if studio.returncode:
                raise RuntimeError(f"the {inches} inch gallery could not be drawn\n{complaint}")
        for line in said.splitlines():
            shot, faults = json.loads(line)
            yield f"{width}×{height}", shot, faults


def contact_sheet(folder: Path, names: list[str]) -> Image.Image:
    """Return the pictures of `folder` small: a row for every screen, a column for every way to hang."""
    screens = dict.fromkeys(name.rsplit("-", 3)[0] for name in names)
    ways = [
        f"{inches:g}-{theme}-x{step}" for inches in INCHES for theme in THEMES for step in range(3)
    ]
    with Image.open(folder / f"{names[0]}.png") as first:
        scale = (_THUMB / (first.width * first.height)) ** 0.5
        small = round(first.width * scale), round(first.height * scale)
    across, down = small[0] + _GAP, small[1] + _GAP + _LABEL
    sheet = Image.new("RGB", (_LEFT + across * len(ways), down * len(screens)), "#777777")
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(str(FONTS / "NotoSansSC-Regular.otf"), 22)
    for row, screen in enumerate(screens):
        draw.text((_GAP, row * down + _LABEL), screen, "white", font)
        for column, way in enumerate(ways):
            path = folder / f"{screen}-{way}.png"
            if path.exists():
                x, y = _LEFT + column * across, row * down
                draw.text((x, y), way, "white", font)
                with Image.open(path) as picture:
                    sheet.paste(picture.resize(small, Image.Resampling.LANCZOS), (x, y + _LABEL))
    return sheet


def main() -> int:
    print(
        f"gallery: drawing {len(INCHES)} panels × {len(THEMES)} themes, upright and lying",
        flush=True,
    )
    drawn: dict[str, list[str]] = defaultdict(list)
    faulty = 0
    for orientation in ORIENTATIONS:
        folder = FOLDER / orientation
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.png"):
            old.unlink()
    for orientation, name, faults in studios(FOLDER):
        if not name.startswith("walk"):
            drawn[orientation].append(name)
        for fault in faults:
            faulty += 1
            print(f"  {orientation}/{name}: {fault}")
    for orientation, names in drawn.items():
        path = FOLDER / f"{orientation}.png"
        print(f"gallery: gluing {path}", flush=True)
        contact_sheet(FOLDER / orientation, names).save(path)
    print(f"gallery: {sum(map(len, drawn.values()))} pictures, {faulty} faults")
    return 1 if faulty else 0


def _studio(
    stack: ExitStack, width: int, height: int, folder: Path | None
) -> "subprocess.Popen[str]":
    display = stack.enter_context(virtual(width, height))
    environment = os.environ | {"DISPLAY": display, "LIBGL_ALWAYS_SOFTWARE": "1"}
    where = [str(folder)] if folder else []
    return subprocess.Popen(
        [sys.executable, "-m", "tests.gallery.studio", str(width), str(height), *where],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
