"""The Simplified Chinese face: taken once out of Debian's fonts-noto-cjk.

Kivy opens face 0 of a collection, which in Noto Sans CJK is the Japanese one with other shapes for
common characters, so face 2 is copied into a file of its own. Installers call
`python -m kiosk.ui.fonts FOLDER`; otherwise the screen does it at its first start.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sync.errors import SunboardError

DEBIAN_FOLDER: Final = Path("/usr/share/fonts/opentype/noto")
SIMPLIFIED_FACE: Final = 2  # Noto Sans CJK SC in every weight's collection
FULL_NAME: Final = 4  # OpenType name id
# Vertical text and OpenType features: Kivy uses neither, and each open size pays for them.
_UNUSED: Final = frozenset({"GSUB", "GPOS", "BASE", "VORG", "vhea", "vmtx"})
_WEIGHTS: Final = ("Regular", "Bold")


class FontMissing(SunboardError):
    """There is no Chinese font to take the face from."""

    advice = "Install it: apt-get install fonts-noto-cjk"


@dataclass(frozen=True, slots=True)
class Faces:
    """The two font files of the screen."""

    regular: Path
    bold: Path


def faces_in(folder: Path, *, source: Path = DEBIAN_FOLDER) -> Faces:
    """Return the two faces in `folder`, extracting what isn't there yet (0.2 s each).

    Raises:
        FontMissing: `source` hasn't got the collections, or face 2 isn't Simplified Chinese.
    """
    regular, bold = (_face(folder, source, weight) for weight in _WEIGHTS)
    return Faces(regular, bold)


def _face(folder: Path, source: Path, weight: str) -> Path:
    target = folder / f"NotoSansSC-{weight}.otf"
    if not target.exists():
        collection = source / f"NotoSansCJK-{weight}.ttc"
        if not collection.exists():
            raise FontMissing(f"找不到中文字体 {collection} (the Chinese font is not installed)")
        folder.mkdir(parents=True, exist_ok=True)
        _extract(collection, target)
    return target


def _extract(collection: Path, target: Path) -> None:
    from fontTools.ttLib import TTFont  # noqa: PLC0415  # needed once in a kiosk's life
    from fontTools.ttLib.sfnt import SFNTWriter  # noqa: PLC0415

    with TTFont(collection, fontNumber=SIMPLIFIED_FACE, lazy=True) as font:
        name = str(font["name"].getDebugName(FULL_NAME))
        if "CJK SC" not in name:
            raise FontMissing(
                f"{collection} 的第 3 个字体是 {name} (face 2 is not Simplified Chinese)"
            )
        tags = sorted(set(font.reader.keys()) - _UNUSED)
        partial = target.with_suffix(f".{os.getpid()}")  # another program may be at it too
        # Tables are copied as they are: decoding and compiling them again takes half a minute.
        with partial.open("wb+") as file:
            writer = SFNTWriter(file, len(tags), font.sfntVersion)
            for tag in tags:
                writer[tag] = font.reader[tag]
            writer.close()
    partial.replace(target)


def main() -> int:
    """Extract both faces into the folder named on the command line."""
    if len(sys.argv) != 2:
        sys.stderr.write("usage: python -m kiosk.ui.fonts FOLDER\n")
        return 2
    try:
        faces = faces_in(Path(sys.argv[1]))
    except FontMissing as error:
        sys.stderr.write(f"{error}\n{error.advice}\n")
        return 1
    sys.stdout.write(f"{faces.regular}\n{faces.bold}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
