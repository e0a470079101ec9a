"""A picture's sheet."""

from kiosk.present.chrome import PageKeys
from kiosk.present.picture import PictureView
from kiosk.ui.sheets.chrome import margin
from kiosk.ui.sheets.ink import Photo, Sheet, beside
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.sheets.strip import page_bar
from kiosk.ui.theme import INK


def picture_page(press: Press, view: PictureView, width: float, height: float) -> Sheet:
    """Return the picture with its caption, filling `width` × `height` px."""
    edge = press.panel.units(28)
    words = press.block(
        view.title, width - 2 * margin(press), Style("table", INK, bold=True, leading=1.4, most=3)
    )
    keys = _keys(press, view, width)
    height -= keys.height
    room = height - words.height - 3 * edge
    scale = min((width - 2 * edge) / view.picture.width, room / view.picture.height)
    wide, tall = view.picture.width * scale, view.picture.height * scale
    photo = Photo(0, 0, wide, tall, view.picture.blob)
    return beside(
        (margin(press), edge, words),
        (
            (width - wide) / 2,
            2 * edge + words.height + (room - tall) / 2,
            Sheet(wide, tall, (photo,)),
        ),
        (0, height, keys),
        width=width,
        height=height + keys.height,
    )


def _keys(press: Press, view: PictureView, width: float) -> Sheet:
    if not view.place:
        return Sheet(width, 0)
    return page_bar(press, PageKeys(view.previous, view.following, view.place, view.place), width)
