"""A widget that draws one sheet and turns touches on it into intentions."""

from dataclasses import replace
from typing import Final

from kivy.clock import Clock
from kivy.graphics import (
    Color,
    PopMatrix,
    PushMatrix,
    Rectangle,
    Rotate,
    SmoothLine,
    SmoothRoundedRectangle,
    Translate,
)
from kivy.graphics.texture import Texture
from kivy.input import MotionEvent
from kivy.properties import ObjectProperty
from kivy.uix.widget import Widget

from kiosk.intentions import Stop
from kiosk.lens import ALL, Part
from kiosk.ui.sheets.ink import (
    LINE_UNITS,
    Code,
    Fill,
    Frame,
    Mark,
    Photo,
    Sheet,
    Stroke,
    Touch,
    Turned,
    Words,
)
from kiosk.ui.sheets.lit import Rect, words_rect
from kiosk.ui.theme import HIGHLIGHT, INK, LIGHT, PRESSED, SAND, WHITE, Theme
from kiosk.ui.widgets.studio import Studio

SMOOTH: Final = 1.35  # SmoothLine fades its edge inside the width


class NotDrawn(Exception):
    """What is on `view` cannot be drawn, and the text says why."""

    def __init__(self, view: "SheetView", why: Exception) -> None:
        super().__init__(str(why) or repr(why))
        self.view = view


class SheetView(Widget):
    """Draws `sheet`; `lit` are rectangles (x, y, width, height) behind the words being read."""

    sheet = ObjectProperty(None, allownone=True)
    lit = ObjectProperty(())
    studio = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._pressed: Touch | None = None
        self._held = None
        self._theme: Theme = LIGHT
        with self.canvas.before:
            PushMatrix()
            self._place = Translate(self.x, self.y)
        with self.canvas.after:
            PopMatrix()
        self._redraw = Clock.create_trigger(self._draw, -1)
        self.bind(
            pos=self._move,
            height=self._redraw,
            sheet=self._redraw,
            lit=self._redraw,
            studio=self._redraw,
        )

    def set(self, studio: Studio, sheet: Sheet, *, x: float, top: float) -> None:
        """Show `sheet` with its upper left corner at (x, top), in the window's y-up px."""
        self.studio = studio
        self.size = (sheet.width, sheet.height)
        self.pos = (x, top - sheet.height)
        self.sheet = sheet

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """Take a touch that lies on something."""
        target = self._target(touch.pos)
        if target is None or self.studio is None or self.disabled:
            return False
        touch.grab(self)
        if target.at_once:
            self.studio.emit(target.intention)
            return True
        self._press(target)
        if target.held:
            self._held = Clock.schedule_once(lambda _: self._emit_held(), target.held)
        return True

    def on_touch_up(self, touch: MotionEvent) -> bool:
        """Emit what the touch means if it ends where it began."""
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        pressed, self._pressed = self._pressed, None
        if self._held:
            self._held.cancel()
            self._held = None
        if pressed is None:
            return True
        self._redraw()
        # What was pressed counts, also when the board's turn has passed under a slow finger.
        if not pressed.held and self._lies_on(pressed, touch.pos):
            self.studio.emit(pressed.intention)
        return True

    def stops_at(self, pos: tuple[float, float]) -> bool:
        """Tell whether the key at `pos` stops the voice by itself."""
        target = self._target(pos)
        return target is not None and target.at_once

    def _emit_held(self) -> None:
        pressed, self._pressed = self._pressed, None
        self._redraw()
        if pressed:
            self.studio.emit(pressed.intention)

    def _press(self, target: Touch) -> None:
        self._pressed = target
        self._redraw()

    def _target(self, pos: tuple[float, float]) -> Touch | None:
        if self.sheet is None or not self.collide_point(*pos):
            return None
        for one in reversed(self.sheet.touches):
            if self._lies_on(one, pos):
                return one  # type: ignore[no-any-return]
        return None

    def _lies_on(self, one: Touch, pos: tuple[float, float]) -> bool:
        x, y = pos[0] - self.x, self.top - pos[1]
        return bool(one.x <= x < one.x + one.width and one.y <= y < one.y + one.height)

    def _move(self, *_: object) -> None:
        self._place.x, self._place.y = self.x, self.y

    def _draw(self, *_: object) -> None:
        try:
            self._draw_sheet()
        except Exception as error:
            raise NotDrawn(self, error) from error

    def _draw_sheet(self) -> None:
        self.canvas.clear()
        if self.sheet is None or self.studio is None:
            return
        self._theme = self.studio.theme
        with self.canvas:
            for x, y, width, height in self.lit:
                self._fill(Fill(x, y, width, height, HIGHLIGHT))
            for mark in self.sheet.marks:
                self._mark(self._lit(mark))
            for whole in self._lit_pieces():
                self._mark(Frame(*whole, INK, self.studio.panel.units(4)))
            if self._pressed and not isinstance(self._pressed.intention, Stop):
                touch = self._pressed
                radius = self.studio.panel.units(18)
                self._fill(Fill(touch.x, touch.y, touch.width, touch.height, PRESSED, radius))

    def _lit(self, mark: Mark) -> Mark:
        """Return a plate that would hide what lies lit behind it as lit itself, lit words in ink."""
        if isinstance(mark, Words) and words_rect(mark) in self.lit:
            self._fill(Fill(*words_rect(mark), HIGHLIGHT))  # again: on what ground they ever stand
            return replace(mark, colour=INK)
        if not isinstance(mark, Fill):
            return mark
        lit = (mark.x, mark.y, mark.width, mark.height) in self.lit
        return replace(mark, colour=HIGHLIGHT) if lit else mark

    def _lit_pieces(self) -> list[Rect]:
        """Return the rows and cards that are lit whole: in the sun a pale ground alone is not seen."""
        pieces = {
            (one.x, one.y, one.width, one.height) for one in self.sheet.holds if not one.edges
        }
        return [rect for rect in self.lit if rect in pieces]

    def _mark(self, mark: Mark) -> None:
        match mark:
            case Fill():
                self._fill(mark)
            case Words():
                self._words(mark)
            case Frame():
                self._frame(mark)
            case Stroke():
                self._stroke(mark)
            case Photo():
                self._photo(mark)
            case Turned():
                self._turned(mark)

    def _fill(self, mark: Fill) -> None:
        line = min(mark.width, mark.height) <= self.studio.panel.units(LINE_UNITS)
        theme = self._theme
        Color(*(theme.line(mark.colour) if line else theme.ground(mark.colour)))
        place = {
            "pos": (mark.x, self.height - mark.y - mark.height),
            "size": (mark.width, mark.height),
        }
        if mark.radius:
            SmoothRoundedRectangle(radius=[min(mark.radius, mark.height / 2)], segments=12, **place)
        else:
            Rectangle(**place)

    def _words(self, mark: Words) -> None:
        if not mark.text:
            return
        Color(*self._theme.ink(mark.colour))
        x = mark.x
        for text, width in self.studio.type.pieces(mark.text, mark.size, mark.bold):
            texture = self.studio.type.texture(text, mark.size, mark.bold)
            y = self.height - mark.y - mark.height / 2 - texture.height / 2
            Rectangle(texture=texture, pos=(round(x), round(y)), size=texture.size)
            x += width

    def _frame(self, mark: Frame) -> None:
        inset = mark.thickness / 2
        Color(*self._theme.ink(mark.colour))
        SmoothLine(
            rounded_rectangle=(
                mark.x + inset, self.height - mark.y - mark.height + inset,
                mark.width - mark.thickness, mark.height - mark.thickness, max(mark.radius - inset, 1),
            ),
            width=inset * SMOOTH,
        )  # fmt: skip

    def _stroke(self, mark: Stroke) -> None:
        points = [
            value if at % 2 == 0 else self.height - value for at, value in enumerate(mark.points)
        ]
        Color(*self._theme.ink(mark.colour))
        SmoothLine(
            points=points,
            width=mark.thickness / 2 * SMOOTH,
            cap="round",
            joint="round",
            close=mark.closed,
        )

    def _photo(self, mark: Photo) -> None:
        pos = (round(mark.x), round(self.height - mark.y - mark.height))
        size = (int(mark.width), int(mark.height))
        if isinstance(mark.what, Code):
            texture = self.studio.pictures.code(mark.what, self.studio.panel)
            if texture is None:
                return
            left, low = ((room - used) // 2 for room, used in zip(size, texture.size, strict=True))
            Color(*LIGHT.ground(WHITE))  # phones read dark on light only
            Rectangle(pos=pos, size=size)
            Rectangle(texture=texture, pos=(pos[0] + left, pos[1] + low), size=texture.size)
            return
        pictures = self.studio.pictures
        if mark.part == ALL:
            texture = pictures.find(mark.what, *size, self._redraw)
        else:
            texture = pictures.enlarged(mark.what, self._redraw)
        if texture is not None:
            Color(1, 1, 1, 1)
            Rectangle(texture=texture, pos=pos, size=size, tex_coords=_seen(texture, mark.part))
            return
        Color(*self._theme.ground(SAND))
        Rectangle(pos=pos, size=size)
        for one in mark.instead if pictures.is_missing(mark.what) else ():
            self._mark(one)

    def _turned(self, mark: Turned) -> None:
        PushMatrix()
        Rotate(angle=mark.degrees, origin=(mark.x, self.height - mark.y))
        before, self._theme = (
            self._theme,
            LIGHT,
        )  # a seal is a red stamp on paper by day and by night
        for one in mark.marks:
            self._mark(one)
        self._theme = before
        PopMatrix()


def _seen(texture: Texture, part: Part) -> tuple[float, ...]:
    """Return the texture's coordinates of a part, counter-clockwise from the lower left corner."""
    left, low, *_ = texture.tex_coords
    right, high = texture.tex_coords[4:6]
    x, wide = left + (right - left) * part.left, (right - left) * part.width
    y, tall = low + (high - low) * (1 - part.top - part.height), (high - low) * part.height
    return x, y, x + wide, y, x + wide, y + tall, x, y + tall
