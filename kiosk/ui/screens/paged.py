"""Screens of rows that are turned by pages: what the list, status, notice and ledger share."""

from collections.abc import Sequence

from kivy.clock import Clock

from kiosk.present.chrome import page_keys
from kiosk.present.parts import Spoken, Strip
from kiosk.ui.screens.screen import Screen
from kiosk.ui.sheets.ink import Sheet
from kiosk.ui.sheets.lit import lit_on
from kiosk.ui.sheets.pages import NOT_STICKY, Sticky
from kiosk.ui.sheets.press import Press
from kiosk.ui.sheets.strip import (
    BAR_UNITS,
    SIDE_UNITS,
    code_side,
    page_bar,
    side_strip,
    strip,
)
from kiosk.ui.widgets.studio import Studio


class PagedScreen(Screen):
    """A frozen head, rows, and below or beside them the page keys, with a strip or without."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._strip: Strip | None = None
        self._spoken: Spoken | None = None
        self._drawn: tuple[Studio, Press] | None = None
        self._keyed: tuple[object, ...] = ()
        self._head = Sheet(0, 0)
        self._sheets: tuple[Sheet, ...] = ()
        self._sticky = NOT_STICKY
        self._renumber = Clock.create_trigger(self._draw_keys, -1)

    def room(self, press: Press, beside: Strip | None) -> tuple[float, float]:
        """Return width and height in px that head and rows have."""
        if press.panel.landscape:
            side = press.panel.units(SIDE_UNITS) if beside else 0
            return self.width - side, self.height
        return self.width, self.height - self._keys(press, beside, 0, 2).height

    def bar(self, press: Press) -> Sheet:
        """Return the bar of page keys as it is where there is no strip."""
        return self._keys(press, None, 0, 2)

    def place(
        self,
        studio: Studio,
        press: Press,
        head: Sheet,
        rows: Sequence[Sheet],
        beside: Strip | None,
        *,
        keep_place: bool,
        sticky: Sticky = NOT_STICKY,
    ) -> None:
        """Put head, rows and keys where they belong; a `sticky` head lies over the rows."""
        width, height = self.room(press, beside)
        self._strip, self._drawn, self._sticky = beside, (studio, press), sticky
        self._head, self._sheets = head, tuple(rows)
        self.ids.head.set(studio, head, x=self.x, top=self.top)
        shown = self.ids.rows
        shown.size = (width, height - (0 if sticky.height else head.height))
        shown.pos = (self.x, self.top - height)
        shown.settled = self._renumber
        shown.show(studio, rows, keep_place=keep_place, sticky=sticky)
        self._draw_keys()

    @property
    def offset(self) -> float:
        """How far down, in px, the page has been scrolled."""
        return float(self.ids.rows.offset)

    @offset.setter
    def offset(self, offset: float) -> None:
        """Turn to the page that holds this place."""
        self.ids.rows.go(offset)

    def turn(self, pages: int) -> None:
        """Turn a page."""
        self.ids.rows.turn(pages)

    def light(self, spoken: Spoken | None) -> None:
        """Highlight the sentence that is read, on its page."""
        self._spoken = spoken
        self.ids.turning.lit = lit_on(self.ids.turning.sheet, spoken)
        self.ids.head.lit = lit_on(self._head, spoken)
        rects = {number: lit_on(row, spoken) for number, row in enumerate(self._sheets)}
        self.ids.rows.light({number: found for number, found in rects.items() if found})

    def _draw_keys(self, *_: object) -> None:
        if self._drawn is None:
            return
        studio, press = self._drawn
        past = self.ids.rows.offset > self._sticky.top
        self.ids.head.opacity = 1 if past or not self._sticky.height else 0
        page, pages = self.ids.rows.page, self.ids.rows.pages
        keyed = (press, self._strip, page, pages, tuple(self.pos), tuple(self.size))
        if keyed != self._keyed:  # not in every frame of a dragging finger
            self._keyed = keyed
            sheet = self._keys(press, self._strip, page, pages)
            landscape = press.panel.landscape
            top = self.top if landscape else self.y + sheet.height
            x = self.right - sheet.width if landscape else self.x
            self.ids.turning.set(studio, sheet, x=x, top=top)
            self.ids.turning.lit = lit_on(sheet, self._spoken)
        if self.changed:
            self.changed()

    def _keys(self, press: Press, beside: Strip | None, page: int, pages: int) -> Sheet:
        keys = page_keys(self.say, page, pages)
        if beside is None:
            landscape = press.panel.landscape
            width = min(self.width, press.panel.units(BAR_UNITS)) if landscape else self.width
            return page_bar(press, keys, width)
        side = code_side(press, beside, self.scan_distance_mm)
        if press.panel.landscape:
            return side_strip(
                press, beside, keys, (press.panel.units(SIDE_UNITS), self.height), side
            )
        return strip(press, beside, keys, self.width, side)
