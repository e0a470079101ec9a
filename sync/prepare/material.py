"""What a file handed in says, before anybody audits it, and the pictures it names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from sync.errors import BadInput
from sync.notices import Block, Picture, clean_text
from sync.prepare import pictures
from sync.prepare.intake import Kind, kind_of, plain_name, read_bytes

PICTURES_LIMIT: Final = 200  # in one notice
_SUFFIXES: Final = ("", ".jpg", ".jpeg", ".png", ".JPG", ".JPEG", ".PNG")


@dataclass(frozen=True, slots=True)
class Material:
    """Blocks in order of the file; `head` is a text file's TOML head, checked and typed.

    `pictures` are the voucher photos that ledger rows name; `blobs` has the bytes of every picture,
    in blocks too, by SHA-256. `heading` is the first line that became the title: where the notice is
    given another title, it is its first heading.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    heading: str = ""
    head: Mapping[str, object] = field(default_factory=dict)
    period: tuple[date, date] | None = None
    pictures: tuple[Picture, ...] = ()
    blobs: Mapping[str, bytes] = field(default_factory=dict)


class Album:
    """The pictures of one notice, each prepared once and kept by content."""

    def __init__(self, folder: Path, photos: Mapping[str, Path]) -> None:
        self._folder = folder
        self._photos = dict(photos)
        self._named: dict[str, Picture] = {}
        self.blobs: dict[str, bytes] = {}

    def add(self, data: bytes, where: str, *, caption: str = "") -> Picture:
        """Prepare a picture that came inside a file.

        Raises:
            BadInput: not an acceptable picture, or too many of them.
        """
        picture, encoded = pictures.prepare(data, where, caption=caption)
        self.blobs[picture.blob.sha256] = encoded
        if len(self.blobs) > PICTURES_LIMIT:
            raise BadInput(f"{where}：图片超过 {PICTURES_LIMIT} 张 (too many pictures)")
        return picture

    def named(self, name: str, where: str, *, caption: str | None = None) -> Picture:
        """Prepare the picture that a file names: one handed in, else one in the same folder.

        Raises:
            BadInput: no such picture, the name leads elsewhere, or it isn't acceptable.
        """
        if name not in self._named:
            path = self._find(name, where)
            data = read_bytes(path)
            if kind_of(data, path.name) is not Kind.PICTURE:
                raise BadInput(f"{where}：{name} 不是图片 (not a picture)")
            self._named[name] = self.add(data, name, caption=Path(name).stem)
        picture = self._named[name]
        if caption is None:
            return picture
        return Picture(picture.blob, picture.width, picture.height, caption)

    def unnamed(self) -> tuple[Picture, ...]:
        """Prepare the photos handed in that the file never named, in the order given.

        Raises:
            BadInput: one isn't acceptable.
        """
        left = [name for name in self._photos if name not in self._named]
        return tuple(self.named(clean_text(name, "照片名 (photo name)"), name) for name in left)

    def _find(self, name: str, where: str) -> Path:
        if name in self._photos:
            return self._photos[name]
        plain_name(name, where)
        for suffix in _SUFFIXES:
            path = self._folder / f"{name}{suffix}"
            if path.exists() or path.is_symlink():
                return path
        raise BadInput(f"{where}：文件夹里没有图片 {name} (no such picture in the folder)")


def read_picture(data: bytes, name: str, album: Album) -> Material:
    """Return a notice that is one photo or scan.

    Raises:
        BadInput: it isn't an acceptable picture.
    """
    return Material((album.add(data, name),))
