"""Files of the village office → material for a notice: what they say, in blocks and pictures.

    read_file → intake (what is it?) ─┬─ sheets ── ledger_layout, tables
                                      ├─ documents ── numbering, tables
                                      ├─ texts ── tables
                                      ├─ pages ── page_renderer (its own process)
                                      └─ pictures

Nothing here audits, seals or stores; whatever isn't acceptable is a `BadInput` in the office's
words, and nothing is left half-done.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from sync.prepare.documents import read_document
from sync.prepare.intake import Kind, kind_of, read_bytes
from sync.prepare.material import Album, Material, read_picture
from sync.prepare.pages import read_pages
from sync.prepare.sheets import read_sheet
from sync.prepare.template import write_template
from sync.prepare.texts import read_text

__all__ = ["Material", "read_file", "write_template"]

_NO_PHOTOS: Final[Mapping[str, Path]] = MappingProxyType({})
_READERS: Final[Mapping[Kind, Callable[[bytes, str, Album], Material]]] = {
    Kind.SHEET: read_sheet,
    Kind.TEXT: read_text,
    Kind.DOCUMENT: read_document,
    Kind.PDF: read_pages,
    Kind.PICTURE: read_picture,
}


def read_file(path: Path, *, photos: Mapping[str, Path] = _NO_PHOTOS) -> Material:
    """Return what a file of the office says; its kind is told by its content, not by its name.

    `photos` are pictures by the name under which the file mentions them; others are looked for in
    the file's own folder. Photos that it never mentions follow at the end.

    Raises:
        BadInput: names the place in the file and what to do about it.
    """
    data = read_bytes(path)
    album = Album(path.parent, photos)
    material = _READERS[kind_of(data, path.name)](data, path.name, album)
    more = album.unnamed()
    return replace(material, blocks=(*material.blocks, *more), blobs=album.blobs)
