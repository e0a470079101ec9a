"""Long content: one RecycleView whose rows are drawn sheets, turned by pages or dragged."""

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Final

from kivy.clock import Clock
from kivy.input import MotionEvent
from kivy.lang import Builder
from kivy.properties import ColorProperty, NumericProperty, ObjectProperty
from kivy.uix.recycleview import RecycleView
from kivy.uix.recycleview.views import RecycleDataViewBehavior

from kiosk.ui.sheets.ink import Hold, Sheet
from kiosk.ui.sheets.lit import Rect
from kiosk.ui.sheets.pages import NOT_STICKY, Pages, Sticky, paginate, passage_at, top_of
from kiosk.ui.theme import PAPER, rgba
from kiosk.ui.widgets.sheet import SheetView
from kiosk.ui.widgets.studio import Studio

# Loading kv twice in a process breaks ScrollView, so it happens here, where modules load once.
Builder.load_file(str(Path(__file__).with_suffix(".kv")))

SNAP_AFTER: Final = 0.15  # s of stillness after a finger has dragged


_COVERED: Final = "on what covers rows"  # a touch's mark


class RowView(RecycleDataViewBehavior, SheetView):
    """One row: no child widgets, no bindings of its own in kv."""

    number = -1

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """Take a touch, but not one on what lies over the row."""
        return not touch.ud.get(_COVERED) and bool(super().on_touch_down(touch))

    def refresh_view_attrs(self, _view: object, index: int, data: dict[str, object]) -> None:
        """Show another row."""
        self.number = index
        self.studio = data["studio"]
        self.sheet = data["sheet"]
        self.lit = data["lit"]


class PageRows(RecycleView):
    """Rows of a page; `page` of `pages` counts from 0 and follows a dragging finger."""

    page = NumericProperty(0)
    pages = NumericProperty(1)
    cover = NumericProperty(0)
    paper = ColorProperty(rgba(PAPER))
    settled = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._sheets: tuple[Sheet, ...] = ()
        self._pages = Pages((0.0,), (0.0,))
        self._total = 0.0
        self._studio: Studio | None = None
        self._offset = 0.0
        self._sticky = NOT_STICKY
        self._lit: set[int] = set()
        self._reading: Hold | None = None  # what the person has turned to
        self._snap = Clock.create_trigger(self._snap_now, SNAP_AFTER)
        self.bind(scroll_y=self._scrolled)

    def show(
        self,
        studio: Studio,
        sheets: Sequence[Sheet],
        *,
        keep_place: bool,
        sticky: Sticky = NOT_STICKY,
    ) -> None:
        """Show `sheets`; `keep_place` stays with what is being read, however large it is set now."""
        before = self._offset if keep_place else 0.0
        passage = self._reading or passage_at(self._sheets, before, sticky=self._sticky)
        self._sheets, self._studio, self._sticky = tuple(sheets), studio, sticky
        self.paper = studio.theme.ground(PAPER)
        self._pages = paginate(self._sheets, self.height, sticky=sticky)
        content = sum(sheet.height for sheet in self._sheets)
        # Blank room at the end lets the last page begin at its own first line.
        blank = max(self._pages.starts[-1] + self.height - content, 0)
        rows = (*self._sheets, Sheet(self.width, blank)) if blank else self._sheets
        self._total = content + blank
        self.data = [
            {"sheet": sheet, "studio": studio, "lit": (), "row_size": (self.width, sheet.height)}
            for sheet in rows
        ]
        self._lit = set()
        self.pages = len(self._pages.starts)
        top = top_of(self._sheets, passage) if passage and before > 0 else None
        if top is None:
            self.go(before)
        else:
            self._go(self._pages.starts[self._pages.holding(top)])
        # Not the page's own first line: larger and smaller again would creep upwards.
        self._reading = passage if top is not None else None

    def go(self, offset: float) -> None:
        """Turn to the page that holds what is `offset` px down."""
        self._reading = None
        self._go(self._pages.starts[self._pages.at(offset)])

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """Let everything be dragged, but only rows in sight be pressed."""
        head = self._sticky.height if self._offset > self._sticky.top else 0.0
        in_sight = self.y + self.cover <= touch.y <= self.top - head
        touch.ud[_COVERED] = not in_sight
        return bool(super().on_touch_down(touch))

    @property
    def offset(self) -> float:
        """How far down is scrolled, in px."""
        return self._offset

    def turn(self, pages: int) -> None:
        """Turn one page on or back."""
        self._reading = None
        wanted = min(max(self._pages.at(self._offset) + pages, 0), self.pages - 1)
        self._go(self._pages.starts[wanted])

    def light(self, rects: dict[int, tuple[Rect, ...]]) -> None:
        """Light up rectangles behind rows by their number, and turn to the first of them.

        What stands in several places is looked for from the page in sight on, before it is above it.
        """
        # Row by row: telling the list of new data would lay out thousands of rows for one sentence.
        for number in self._lit | rects.keys():
            if number < len(self.data):
                self._light_row(number, rects.get(number, ()))
        self._lit = set(rects)
        if rects:
            tops = [0.0, *accumulate(sheet.height for sheet in self._sheets)]
            places = [tops[number] + rects[number][0][1] for number in sorted(rects)]
            top = next((one for one in places if one >= self._offset), places[0])
            if self._pages.holding(top) != self._pages.at(self._offset):
                self._reading = None
                self._go(self._pages.starts[self._pages.holding(top)])

    def _light_row(self, number: int, rects: tuple[Rect, ...]) -> None:
        self.data[number]["lit"] = rects
        views = self.view_adapter
        # One out of sight keeps its view for when it comes back as it was.
        view = views.get_visible_view(number) or views.dirty_views[RowView].get(number)
        if view:
            view.lit = rects

    def visible(self) -> list[RowView]:
        """Return the rows of which something is in sight now."""
        low, high = self.y + self.cover, self.top
        found = []
        for row in self.layout_manager.children if self.layout_manager else ():
            bottom = self.to_parent(*self.layout_manager.to_parent(*row.pos))[1]
            if bottom < high - 1 and bottom + row.height > low + 1:
                found.append(row)
        return found

    def _go(self, offset: float) -> None:
        self._offset = offset
        self.effect_y.velocity = 0
        spare = self._total - self.height
        self.scroll_y = 1 - offset / spare if spare > 1 else 1
        self._settle()

    def _scrolled(self, *_: object) -> None:
        spare = self._total - self.height
        before, self._offset = self._offset, (1 - self.scroll_y) * spare if spare > 1 else 0.0
        if abs(self._offset - before) > 2:
            self._reading = None  # a finger drags
            self._snap.cancel()
            self._snap()
        self._settle()

    def _snap_now(self, _seconds: float) -> None:
        """Come to rest on the nearest page, which the number beside the keys then names."""
        if self.effect_y.is_manual:  # a finger still holds it
            self._snap()
            return
        nearest = min(self._pages.starts, key=lambda start: abs(start - self._offset))
        if abs(nearest - self._offset) > 1:
            self._go(nearest)

    def _settle(self) -> None:
        self.page = self._pages.at(self._offset)
        at_rest = abs(self._offset - self._pages.starts[self.page]) < 2
        end = self._offset + self.height
        # What of the next page peeps out below is covered while nobody drags: no halved lines.
        hidden = end - self._pages.ends[self.page]
        # One more px: the soft edge of a key below stands out of its row.
        self.cover = hidden + 1 if at_rest and hidden > 0 else 0
        if self.settled:
            self.settled()
