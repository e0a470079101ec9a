"""Pictures of the window, one for each revision of a notice that stood on the idle board.

Named after what they show; their SHA-256 is in the log. Bounded: the oldest go.
"""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from sync.feed.durable import write_file

SIDE: Final = 540  # px of the shorter side: a page on paper shows no more
QUALITY: Final = 60
ROOM: Final = 100 << 20  # bytes, 1,500 pictures or more: five years of six notices a week


@dataclass(frozen=True, slots=True)
class Photo:
    """A window's pixels, RGBA, the lowest row first, as OpenGL reads them."""

    notice: str
    revision: int
    width: int
    height: int
    pixels: bytes


class Pictures:
    """The folder of pictures."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def taken(self) -> frozenset[tuple[str, int]]:
        """Return the notices and revisions of which there is a picture."""
        names = (path.stem.rpartition(".") for path in self._folder.glob("*.*.jpg"))
        return frozenset((name, int(revision)) for name, _, revision in names if revision.isdigit())

    def path(self, notice: str, revision: int) -> Path:
        """Return where a picture lies, or would."""
        return self._folder / f"{notice}.{revision}.jpg"

    def keep(self, photo: Photo) -> str:
        """Keep a picture and return its SHA-256 (hex). Raises: OfficeError: the card is full."""
        from PIL import Image  # noqa: PLC0415  # 5 MB that most days don't need

        size = (photo.width, photo.height)
        image = Image.frombytes("RGBA", size, photo.pixels).convert("RGB")
        image = image.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        scale = SIDE / min(size)
        if scale < 1:
            image = image.resize(
                (round(photo.width * scale), round(photo.height * scale)), Image.Resampling.BOX
            )
        data = BytesIO()
        image.save(data, "JPEG", quality=QUALITY)
        write_file(self.path(photo.notice, photo.revision), data.getvalue())
        self._make_room()
        return hashlib.sha256(data.getvalue()).hexdigest()

    def _make_room(self) -> None:
        files = sorted(self._folder.glob("*.jpg"), key=lambda path: path.stat().st_mtime)
        sizes = [path.stat().st_size for path in files]
        left = sum(sizes)
        for path, size in zip(files, sizes, strict=True):
            if left <= ROOM:
                return
            path.unlink(missing_ok=True)
            left -= size
