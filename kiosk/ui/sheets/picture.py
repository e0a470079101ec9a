"""A picture's sheet: the picture, and the keys that enlarge it, move it and leaf to the next."""

from dataclasses import dataclass, replace
from typing import Final

from kiosk.intentions import Open
from kiosk.lens import Lens, Stand
from kiosk.places import AtPicture
from kiosk.present.chrome import Icon, KeyView, PageKeys
from kiosk.present.picture import PictureView
from kiosk.ui.sheets.chrome import margin
from kiosk.ui.sheets.ink import Photo, Sheet, beside, stack
from kiosk.ui.sheets.pieces import instead, key
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.sheets.strip import page_bar
from kiosk.ui.theme import INK, SOFT

_SIDE: Final = 500  # units of the column of keys on a landscape screen


@dataclass(frozen=True, slots=True)
class PicturePage:
    """The sheet, and where on it the picture has its room: `x`, `y`, and its size in `stand`."""

    sheet: Sheet
    x: float
    y: float
    stand: Stand

    def opens(self, view: PictureView, lens: Lens) -> Open:
        """Return where the picture is seen through `lens`."""
        return Open(AtPicture(view.notice, view.picture.blob.sha256, lens))


def picture_page(press: Press, view: PictureView, width: float, height: float) -> PicturePage:
    """Return the picture with its caption and keys, filling `width` × `height` px."""
    return (_lying if press.panel.landscape else _upright)(press, view, width, height)


def _upright(press: Press, view: PictureView, width: float, height: float) -> PicturePage:
    """Caption above, keys below: whatever is to be touched is low."""
    edge, side = press.panel.units(24), margin(press)
    words = _caption(press, view, width - 2 * side, 3)
    leaf = page_bar(press, _leafing(view), width) if view.place else Sheet(width, 0)
    tall = press.panel.target(112)
    top = 2 * edge + words.height
    stand = _stand(view, width - 2 * edge, height - top - 2 * edge - tall - leaf.height)
    keys = _row(press, _lens_keys(view, stand), width - 2 * side, tall)
    sheet = beside(
        (side, edge, words),
        (edge, top, _photo(press, view, stand)),
        (side, height - leaf.height - tall - edge / 2, keys),
        (0, height - leaf.height, leaf),
        width=width,
        height=height,
    )
    return PicturePage(sheet, edge, top, stand)


def _lying(press: Press, view: PictureView, width: float, height: float) -> PicturePage:
    """Picture at the left, caption and keys at the right: a low screen has no height to spare."""
    edge = press.panel.units(24)
    side = press.panel.units(_SIDE)
    room, tall, gap = side - 2 * edge, press.panel.target(100), press.panel.gap(14)
    stand = _stand(view, width - side - edge, height - 2 * edge)
    size, moves = _lens_keys(view, stand)[:2], _lens_keys(view, stand)[2:]
    rows = [_row(press, size, room, tall), _row(press, moves, room, tall)]
    if view.place:
        style = Style("label", SOFT, bold=True, leading=1.4, align="centre", scaled=False)
        leafing = _row(press, (view.previous, view.following), room, tall)
        rows = [press.block(view.place, room, style), leafing, *rows]
    keys = stack(rows, gap=gap, width=room)
    left = height - keys.height - 3 * edge
    words = _caption(press, view, room, max(int(left // _line(press)), 1))
    sheet = beside(
        (edge, edge, _photo(press, view, stand)),
        (width - side + edge, edge, words),
        (width - side + edge, height - keys.height - edge, keys),
        width=width,
        height=height,
    )
    return PicturePage(sheet, edge, edge, stand)


_CAPTION: Final = Style("table", INK, bold=True, leading=1.4)


def _caption(press: Press, view: PictureView, width: float, most: int) -> Sheet:
    style = replace(_CAPTION, most=most)
    lines = press.lines(view.title, width, style)
    sheet = press.set_lines(lines, width, style)
    return replace(sheet, holds=press.holds(lines, view.block, style))


def _line(press: Press) -> int:
    return round(press.size(_CAPTION) * _CAPTION.leading)


def _stand(view: PictureView, width: float, height: float) -> Stand:
    return Stand(view.picture.width, view.picture.height, max(width, 1), max(height, 1))


def _photo(press: Press, view: PictureView, stand: Stand) -> Sheet:
    lens = stand.kept(view.lens)
    wide, tall = stand.size(lens)
    marks = instead(press, view.missing, wide, tall)
    photo = Photo(0, 0, wide, tall, view.picture.blob, stand.part(lens), marks)
    left, top = (stand.across - wide) / 2, (stand.down - tall) / 2
    drawn = Sheet(wide, tall, (photo,))
    return beside((left, top, drawn), width=stand.across, height=stand.down)


def _lens_keys(view: PictureView, stand: Stand) -> tuple[KeyView | None, ...]:
    """Return smaller, larger, left, up, down, right; None where there is nothing more that way."""
    lens, say = stand.kept(view.lens), view.words
    wanted: tuple[tuple[str, Icon, Lens | None], ...] = (
        (say.smaller, "smaller", stand.smaller(lens)),
        (say.larger, "larger", stand.larger(lens)),
        (say.left, "left", stand.moved(lens, -1, 0)),
        (say.up, "up", stand.moved(lens, 0, -1)),
        (say.down, "down", stand.moved(lens, 0, 1)),
        (say.right, "right", stand.moved(lens, 1, 0)),
    )
    blob = view.picture.blob.sha256
    return tuple(
        KeyView(label, icon, Open(AtPicture(view.notice, blob, to))) if to else None
        for label, icon, to in wanted
    )


def _row(press: Press, keys: tuple[KeyView | None, ...], width: float, height: float) -> Sheet:
    """Return keys side by side, each always in its own place."""
    gap = press.panel.gap(14)
    each = (width - gap * (len(keys) - 1)) / len(keys)
    placed = [
        (place * (each + gap), 0.0, key(press, one, each, height))
        for place, one in enumerate(keys)
        if one
    ]
    return beside(*placed, width=width, height=height)


def _leafing(view: PictureView) -> PageKeys:
    return PageKeys(view.previous, view.following, view.place, view.place)
