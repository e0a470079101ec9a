"""The page of one picture, as large as the screen allows: a scan, a photo, a voucher."""

from dataclasses import dataclass
from typing import Final

from kiosk.board import Standing
from kiosk.catalogue import Catalogue
from kiosk.intentions import Open
from kiosk.lens import Lens
from kiosk.places import AtPicture
from kiosk.present.chrome import KeyView
from kiosk.present.parts import Spoken, read_first
from sync.ledger import Ledger
from sync.notices import TITLE_BLOCK, Notice, Picture, Sentence

NOWHERE: Final = -9  # the block of a caption that is not in the text: a voucher's


@dataclass(frozen=True, slots=True)
class LensWords:
    """What stands on the keys that enlarge a picture and move it."""

    larger: str
    smaller: str
    left: str
    right: str
    up: str
    down: str


@dataclass(frozen=True, slots=True)
class PictureView:
    """One picture of a notice; the keys lead to those beside it, `place` is 2 / 3 or empty.

    `missing` is said in its place if it can't be shown; `block` is what of the notice `title` is.
    """

    notice: str
    title: str
    picture: Picture
    previous: KeyView | None
    following: KeyView | None
    place: str
    lens: Lens
    words: LensWords
    missing: str
    block: int
    reading: tuple[Spoken, ...]


def missing_picture(say: Catalogue) -> str:
    """Return what is said in the place of a picture that is not on the card."""
    return say("This picture has not arrived. The next update will bring it.")


def picture_page(say: Catalogue, standing: Standing, place: AtPicture) -> PictureView | None:
    """Return the page of the picture at `place`, None if the notice hasn't got it."""
    notice, sha256 = standing.posting.notice, place.sha256
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
        place.lens,
        LensWords(say("larger"), say("smaller"), say("left"), say("right"), say("up"), say("down")),
        missing_picture(say),
        _block(notice, found),
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


def _block(notice: Notice, picture: Picture) -> int:
    """Return the place of a picture in the text; of one without a caption, the title stands there."""
    if not picture.caption:
        return TITLE_BLOCK
    return notice.blocks.index(picture) if picture in notice.blocks else NOWHERE


def _pictures(notice: Notice) -> tuple[Picture, ...]:
    shown = tuple(block for block in notice.blocks if isinstance(block, Picture))
    return (*shown, *notice.pictures)
