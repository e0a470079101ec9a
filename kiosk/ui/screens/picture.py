"""The page of one picture."""

from dataclasses import dataclass, replace
from math import dist

from kivy.input import MotionEvent

from kiosk.lens import Lens, Spot
from kiosk.present.parts import Spoken
from kiosk.present.picture import PictureView
from kiosk.ui.screens.screen import Screen, load
from kiosk.ui.sheets.lit import lit_on
from kiosk.ui.sheets.picture import PicturePage, picture_page
from kiosk.ui.sheets.press import Press
from kiosk.ui.widgets.studio import Studio

load(__file__)

STILL_MM = 4.0  # a finger that moves less has tapped


@dataclass(frozen=True, slots=True)
class _Drawn:
    studio: Studio
    press: Press
    view: PictureView
    page: PicturePage


@dataclass(frozen=True, slots=True)
class _Grip:
    """How the picture was taken hold of: through which lens, where the fingers were, how far apart."""

    lens: Lens
    spot: Spot
    apart: float


class PictureScreen(Screen):
    """One picture, as large as there is room for, or enlarged: by keys, a tap, a drag or a pinch."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._drawn: _Drawn | None = None
        self._fingers: dict[object, Spot] = {}
        self._grip: _Grip | None = None
        self._still = True

    def show(self, studio: Studio, press: Press, view: PictureView, *, keep_place: bool) -> None:  # noqa: ARG002
        """Draw the picture."""
        if self._drawn and self._drawn.view.picture != view.picture:
            self._fingers.clear()
        page = picture_page(press, view, self.width, self.height)
        self._drawn = _Drawn(studio, press, view, page)
        self.ids.sheet.set(studio, page.sheet, x=self.x, top=self.top)

    def light(self, spoken: Spoken | None) -> None:
        """Highlight what is read of the caption."""
        if self._drawn:
            self.ids.sheet.lit = lit_on(self._drawn.page.sheet, spoken)

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """Take hold of the picture, if no key was touched."""
        if super().on_touch_down(touch):
            return True
        spot = self._spot(touch)
        if spot is None:
            return False
        touch.grab(self)
        self._still = not self._fingers
        self._fingers[touch.uid] = spot
        self._take_hold()
        return True

    def on_touch_move(self, touch: MotionEvent) -> bool:
        """Move and enlarge the picture with the fingers."""
        if touch.grab_current is not self or self._drawn is None:
            return bool(super().on_touch_move(touch))
        self._follow(self._drawn, touch)
        return True

    def on_touch_up(self, touch: MotionEvent) -> bool:
        """Leave the picture where the fingers left it; a tap enlarges what it is on."""
        if touch.grab_current is not self:
            return bool(super().on_touch_up(touch))
        touch.ungrab(self)
        if self._drawn:
            self._follow(self._drawn, touch)  # a quick finger is let go before it was seen to move
        spot = self._fingers.pop(touch.uid, None)
        if self._fingers:
            self._take_hold()
        elif self._drawn and spot is not None:
            drawn, lens = self._drawn, self._drawn.view.lens
            if self._still:
                lens = drawn.page.stand.larger(lens, spot) or lens
            drawn.studio.emit(drawn.page.opens(drawn.view, lens))
        return True

    def _take_hold(self) -> None:
        if self._drawn:
            spots = tuple(self._fingers.values())
            self._grip = _Grip(self._drawn.view.lens, _middle(spots), _apart(spots))

    def _follow(self, drawn: _Drawn, touch: MotionEvent) -> None:
        spot = self._spot(touch, anywhere=True)
        if spot is None or touch.uid not in self._fingers or self._grip is None:
            return
        self._fingers[touch.uid] = spot
        still = STILL_MM * drawn.press.panel.pixels_per_mm
        self._still = self._still and dist(spot, self._grip.spot) < still
        if not self._still:
            self._see(self._moved(drawn, self._grip))

    def _moved(self, drawn: _Drawn, grip: _Grip) -> Lens:
        spots = tuple(self._fingers.values())
        zoom = grip.lens.zoom * (_apart(spots) / grip.apart if grip.apart else 1)
        return drawn.page.stand.held(grip.lens, zoom, grip.spot, _middle(spots))

    def _see(self, lens: Lens) -> None:
        if self._drawn:
            view = replace(self._drawn.view, lens=lens)
            self.show(self._drawn.studio, self._drawn.press, view, keep_place=True)

    def _spot(self, touch: MotionEvent, *, anywhere: bool = False) -> Spot | None:
        """Return where the picture's room is touched, None outside of it."""
        if self._drawn is None:
            return None
        page = self._drawn.page
        x = touch.x - self.x - page.x - page.stand.across / 2
        y = self.top - touch.y - page.y - page.stand.down / 2
        inside = abs(x) <= page.stand.across / 2 and abs(y) <= page.stand.down / 2
        return (x, y) if inside or anywhere else None


def _middle(spots: tuple[Spot, ...]) -> Spot:
    return sum(x for x, _ in spots) / len(spots), sum(y for _, y in spots) / len(spots)


def _apart(spots: tuple[Spot, ...]) -> float:
    """Return the px between two fingers, 0 for one."""
    return dist(spots[0], spots[1]) if len(spots) > 1 else 0.0
