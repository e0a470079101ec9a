"""The page of one picture, as large as the screen allows: a scan, a photo, a voucher."""

from dataclasses import dataclass

from kiosk.board import Standing
from sync.notices import Notice, Picture


@dataclass(frozen=True, slots=True)
class PictureView:
    """One picture of a notice."""

    title: str
    picture: Picture


def picture_page(standing: Standing, sha256: str) -> PictureView | None:
    """Return the page of the picture with this hash, None if the notice hasn't got it."""
    notice = standing.posting.notice
    found = next((one for one in _pictures(notice) if one.blob.sha256 == sha256), None)
    return PictureView(found.caption or notice.title, found) if found else None


def _pictures(notice: Notice) -> tuple[Picture, ...]:
    shown = tuple(block for block in notice.blocks if isinstance(block, Picture))
    return (*shown, *notice.pictures)
