"""The page of one picture, as large as the screen allows: a scan, a photo, a voucher."""

from dataclasses import dataclass

from kiosk.board import Standing
from kiosk.catalogue import Catalogue
from kiosk.navigation import AtPicture, Open
from kiosk.present.chrome import KeyView
from kiosk.present.parts import Spoken, read_first
from sync.ledger import Ledger
from sync.notices import Notice, Picture, Sentence


@dataclass(frozen=True, slots=True)
class PictureView:
    """One picture of a notice; the keys lead to those beside it, `place` is 2 / 3 or empty."""

    notice: str
    title: str
    picture: Picture
    previous: KeyView | None
    following: KeyView | None
    place: str
    reading: tuple[Spoken, ...]


def picture_page(say: Catalogue, standing: Standing, sha256: str) -> PictureView | None:
    """Return the page of the picture with this hash, None if the notice hasn't got it."""
    notice = standing.posting.notice
    found = next((one for one in _pictures(notice) if one.blob.sha256 == sha256), None)
    if found is None:
        return None
    beside = _beside(notice, sha256)
    at = beside.index(sha256)
    return PictureView(
        notice.id,
        found.caption or notice.title,
        found,
        KeyView(say("Previous picture"), "up", _open(notice, beside[at - 1])) if at else None,
        KeyView(say("Next picture"), "down", _open(notice, beside[at + 1]))
        if at + 1 < len(beside)
        else None,
        f"{at + 1} / {len(beside)}" if len(beside) > 1 else "",
        read_first(standing, _captions(notice, found)),
    )


def _beside(notice: Notice, sha256: str) -> tuple[str, ...]:
    """Return the pictures among which one leafs: an entry's vouchers, or those in the text."""
    ledgers = (block for block in notice.blocks if isinstance(block, Ledger))
    for row in (row for ledger in ledgers for row in ledger.rows):
        if sha256 in row.photos:
            return row.photos
    pictures = (block for block in notice.blocks if isinstance(block, Picture))
    shown = tuple(dict.fromkeys(picture.blob.sha256 for picture in pictures))
    return shown if sha256 in shown else (sha256,)


def _open(notice: Notice, sha256: str) -> Open:
    return Open(AtPicture(notice.id, sha256))


def _captions(notice: Notice, picture: Picture) -> tuple[Sentence, ...]:
    read = (one for one in notice.reading if one.block >= 0)
    return tuple(one for one in read if notice.blocks[one.block] == picture)


def _pictures(notice: Notice) -> tuple[Picture, ...]:
    shown = tuple(block for block in notice.blocks if isinstance(block, Picture))
    return (*shown, *notice.pictures)
