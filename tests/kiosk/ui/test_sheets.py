"""What stands where: on every panel, in both positions and at every text size."""

from collections.abc import Iterator
from dataclasses import replace

import msgspec
import pytest

from kiosk.navigation import Position, Reading
from kiosk.places import (
    AtAbout,
    AtAudit,
    AtIdle,
    AtLedger,
    AtList,
    AtNotice,
    AtPast,
    AtSearch,
    AtStatus,
    Place,
)
from kiosk.present.about import AboutView, AuditView
from kiosk.present.chrome import dock, page_keys, reading_keys, status_line, top_bar
from kiosk.present.help import Call, help_page
from kiosk.present.home import HomeView
from kiosk.present.idle import IdleView
from kiosk.present.ledger import LedgerView
from kiosk.present.listing import ListView
from kiosk.present.notice import NoticeView
from kiosk.present.parts import Spoken
from kiosk.present.search import PastView, SearchView
from kiosk.present.status import StatusView
from kiosk.present.views import View
from kiosk.scene import health, heard_on, page
from kiosk.search import Past
from kiosk.ui.panel import GAP_MM, HELP_TARGET_MM, TARGET_MM, TEXT_MM, Panel
from kiosk.ui.sheets import chrome
from kiosk.ui.sheets.annex import annex_page
from kiosk.ui.sheets.body import notice_rows, text_rows
from kiosk.ui.sheets.entries import entries
from kiosk.ui.sheets.help import help_sheet
from kiosk.ui.sheets.home import home
from kiosk.ui.sheets.idle import idle
from kiosk.ui.sheets.ink import Mark, Sheet, Touch, Turned, Words, beside
from kiosk.ui.sheets.ledger import ledger_page, sift_bar
from kiosk.ui.sheets.listing import list_page
from kiosk.ui.sheets.pages import Sticky, paginate
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.sheets.search import keypad, pager, past_rows, search_parts
from kiosk.ui.sheets.status import status_page
from kiosk.ui.sheets.strip import SIDE_UNITS, code_side, side_strip, strip
from tests.support.scene import NOW, SAY, scene
from tests.support.type import measure

STAMP_MM = 7.5  # a seal is recognised, not read
PANELS = [
    Panel(width, height, inches)
    for inches in (21.5, 32.0, 43.0)
    for width, height in ((1080, 1920), (1920, 1080))
]


@pytest.fixture(params=PANELS, ids=lambda panel: f"{panel.diagonal_inches}-{panel.width}")
def panel(request: pytest.FixtureRequest) -> Panel:
    found: Panel = request.param
    return found


@pytest.fixture(params=[0, 1, 2], ids=["x1", "x1.25", "x1.5"])
def press(request: pytest.FixtureRequest, panel: Panel) -> Press:
    return Press(panel, measure, request.param)


@pytest.mark.parametrize("room", [-700, 0, 1])
def test_screen_without_room_for_a_line_still_comes_to_an_end(room: float) -> None:
    lines = text_rows(Press(PANELS[0], measure, 0), "通知。" * 200, 900, Style("body"), 0)

    assert len(paginate(lines, room).starts) >= 1


@pytest.mark.parametrize("distance", [600, 1500, 3000])
@pytest.mark.parametrize("small", [Panel(1080, 1920, 15.6), Panel(768, 1366, 15.6), *PANELS])
def test_code_leaves_room_for_words_beside_it(small: Panel, distance: float) -> None:
    press = Press(small, measure, 0)
    view = page(scene(place=AtNotice("road")))
    assert isinstance(view, NoticeView)

    side = code_side(press, view.strip, distance)
    sheet = strip(press, view.strip, page_keys(SAY, 0, 3), small.width, side)

    assert side <= 0.4 * min(small.width, small.height)
    assert sheet.height < small.height * 0.4


def bars(press: Press, *, reading: bool = False) -> dict[str, Sheet]:
    """Return the sheets round every screen."""
    shown, width = scene(), press.panel.width
    line = status_line(SAY, health(shown), "0933-0000000", NOW)
    return {
        "top": chrome.top_bar(press, top_bar(SAY, shown.holdings.village, "", NOW), width),
        "status": chrome.status_line(press, line, width),
        "dock": chrome.dock(press, dock(SAY, reading=reading), width),
        "reading": chrome.reading_keys(
            press, reading_keys(SAY, Position(reading=Reading())), width
        ),
    }


def room(press: Press) -> float:
    """Return the height that bars leave to a screen."""
    used = bars(press)
    return press.panel.height - sum(used[name].height for name in ("top", "status", "dock"))


def view_at(place: Place | None = None, *, archive: tuple[Past, ...] = ()) -> View:
    shown = scene(place=place)
    turn = shown.board.standing[0] if isinstance(place, AtIdle) else None
    return page(replace(shown, turn=turn, holdings=replace(shown.holdings, archive=archive)))


def sheets(press: Press) -> Iterator[tuple[str, Sheet]]:
    """Return every sheet of every screen."""
    width, height = press.panel.width, room(press)
    yield from bars(press).items()
    first, listed, notice = view_at(), view_at(AtList("affairs")), view_at(AtNotice("road"))
    ledger, status = view_at(AtLedger("finance", 0)), view_at(AtStatus())
    assert isinstance(first, HomeView)
    assert isinstance(listed, ListView)
    assert isinstance(notice, NoticeView)
    assert isinstance(ledger, LedgerView)
    assert isinstance(status, StatusView)
    yield "home", home(press, first, width, height)
    for number, row in enumerate(list_page(press, listed, width)[1]):
        yield f"card {number}", row
    for name in ("road", "benefits", "rules", "medical"):
        view = view_at(AtNotice(name))
        assert isinstance(view, NoticeView)
        for number, row in enumerate(notice_rows(press, view, width, height)):
            yield f"{name} {number}", row
    narrow = width - (press.panel.units(SIDE_UNITS) if press.panel.landscape else 0)
    for number, row in enumerate(
        ledger_page(press, ledger, entries(press, ledger, narrow), narrow)[1]
    ):
        yield f"entry {number}", row
    yield "sift", sift_bar(press, ledger.keys, narrow)
    for number, row in enumerate(status_page(press, status, width)[1]):
        yield f"status {number}", row
    for place in (AtAbout("finance"), AtAudit("road")):
        annex = view_at(place)
        assert isinstance(annex, AboutView | AuditView)
        head, items = annex_page(press, annex, width, width / 2 if press.panel.landscape else 0)
        for number, row in enumerate((head, *items)):
            yield f"{annex.heading} {number}", row
    for stage in ("countdown", "silent", "queued", "dead"):
        call = Call(stage, seconds=8, who="值班员、李示例", since=NOW)
        yield (
            stage,
            help_sheet(press, help_page(SAY, call, "0933-0000000", NOW), width, press.panel.height),
        )
    # The idle board comes back with the text at its first size.
    for name in ("water", "benefits", "finance", "road", "rules", "medical")[
        : 0 if press.text_step else 6
    ]:
        shown = scene(place=AtIdle())
        view_ = page(scene(place=AtIdle(), turn=shown.board.find(name)))
        assert isinstance(view_, IdleView)
        tall = press.panel.height - bars(press)["top"].height - bars(press)["status"].height
        yield f"idle {name}", idle(press, view_, width, tall)
    yield "strip", strip_of(press, notice)
    yield from searches(press, width, height)


def searches(press: Press, width: float, height: float) -> Iterator[tuple[str, Sheet]]:
    """Return every page of the search, also while the voice has keys, and what is kept of a notice."""
    voice = bars(press)["reading"].height
    voice -= bars(press)["status"].height if press.panel.landscape else 0
    for typed, room_ in (("", height), ("zz", height), ("l", height), ("l", height - voice)):
        view = searched(typed)
        parts = search_parts(press, view, width, room_)
        for number, found in enumerate(parts.pages):
            keys = page_keys(SAY, number, len(parts.pages))
            placed = [(one.x, one.y, one.sheet) for one in (found, parts.field, parts.keypad)]
            placed.append((parts.pager.x, parts.pager.y, pager(press, keys, parts.pager.sheet)))
            yield f"search {typed} {number}", beside(*placed, width=width, height=room_)
    gone = view_at(AtPast("old"), archive=(PAST,))
    assert isinstance(gone, PastView)
    for number, row in enumerate(past_rows(press, gone, width)):
        yield f"past {number}", row


PAST = Past("old", 1, "cwsz", "六十个字的标题" * 8, "lsgz", NOW.date(), withdrawn=True)


def searched(typed: str) -> SearchView:
    view = view_at(AtSearch(typed), archive=(PAST,))
    assert isinstance(view, SearchView)
    return view


def strip_of(press: Press, notice: NoticeView) -> Sheet:
    side = code_side(press, notice.strip, 600)
    keys = page_keys(SAY, 1, 3)
    if press.panel.landscape:
        return side_strip(
            press, notice.strip, keys, (press.panel.units(SIDE_UNITS), room(press)), side
        )
    return strip(press, notice.strip, keys, press.panel.width, side)


def words(marks: tuple[Mark, ...]) -> Iterator[Words]:
    for mark in marks:
        if isinstance(mark, Words):
            yield mark
        elif isinstance(mark, Turned):
            yield from words(mark.marks)


def test_nothing_is_cut_off_on_any_panel_at_any_text_size(press: Press) -> None:
    for name, sheet in sheets(press):
        for word in words(sheet.marks):
            assert word.x >= -1, (name, word)
            assert word.x + word.width <= sheet.width + 1, (name, word)
            assert word.y >= -1, (name, word)
            assert word.y + word.height <= sheet.height + 1, (name, word)


def test_words_on_a_key_or_card_stand_within_it(press: Press) -> None:
    for name, sheet in sheets(press):
        for word in words(sheet.marks):
            middle = word.x + word.width / 2, word.y + word.height / 2
            for touch in sheet.touches:
                if holds(touch, *middle):
                    assert word.x >= touch.x - 1, (name, word, touch.label)
                    assert word.x + word.width <= touch.x + touch.width + 1, (name, word)


def holds(touch: Touch, x: float, y: float) -> bool:
    return touch.x <= x < touch.x + touch.width and touch.y <= y < touch.y + touch.height


def test_everything_to_touch_is_large_enough_for_old_hands(press: Press) -> None:
    least = TARGET_MM * press.panel.pixels_per_mm - 1
    for name, sheet in sheets(press):
        for touch in sheet.touches:
            if not touch.held:
                assert min(touch.width, touch.height) >= least, (name, touch)


def test_help_and_cancel_are_larger_still(press: Press) -> None:
    least = HELP_TARGET_MM * press.panel.pixels_per_mm - 1
    call = bars(press)["dock"].touches[-1]
    counting = help_page(SAY, Call("countdown", seconds=8), "", NOW)
    cancel = help_sheet(press, counting, press.panel.width, press.panel.height).touches[0]

    assert min(call.width, call.height) >= least
    assert min(cancel.width, cancel.height) >= least


def test_keys_at_the_foot_are_met_at_the_very_edge_of_the_glass(press: Press) -> None:
    dock_ = bars(press)["dock"]
    first, last = dock_.touches[0], dock_.touches[-1]

    assert first.x == 0
    assert last.x + last.width == pytest.approx(dock_.width)
    assert all((one.y, one.height) == (0, dock_.height) for one in dock_.touches)


def test_fingers_have_room_between_two_things_to_touch(press: Press) -> None:
    least = GAP_MM * press.panel.pixels_per_mm - 1
    for name, sheet in sheets(press):
        short = [touch for touch in sheet.touches if not touch.held]
        for number, one in enumerate(short):
            for other in short[number + 1 :]:
                assert distance(one, other) >= least, (name, one.label, other.label)


def test_all_text_can_be_read_by_old_eyes(press: Press) -> None:
    floor = TEXT_MM * press.panel.pixels_per_mm - 1
    stamp = STAMP_MM * press.panel.pixels_per_mm - 1
    for name, sheet in sheets(press):
        for word in words(sheet.marks):
            turned = any(
                isinstance(mark, Turned) and word in words((mark,)) for mark in sheet.marks
            )
            assert word.size >= (stamp if turned else floor), (name, word)


def test_no_line_of_words_needs_a_texture_that_old_drivers_draw_black(press: Press) -> None:
    for name, sheet in sheets(press):
        for word in words(sheet.marks):
            assert max(word.width, word.size * 1.5) < 2_000, (name, word)


def test_a_page_never_ends_in_the_middle_of_a_line(press: Press) -> None:
    view = view_at(AtNotice("rules"))
    assert isinstance(view, NoticeView)
    rows = notice_rows(press, view, press.panel.width, room(press))

    pages = paginate(rows, room(press))

    edges = {0.0}
    top = 0.0
    for row in rows:
        edges |= {top, top + row.height, *(top + hold.y for hold in row.holds if hold.edges)}
        edges |= {top + hold.y + hold.height for hold in row.holds if hold.edges}
        top += row.height
    assert set(pages.starts) <= edges
    assert set(pages.ends) <= edges
    assert all(
        end - start <= room(press) for start, end in zip(pages.starts, pages.ends, strict=True)
    )


def test_entry_that_is_taller_than_a_page_is_parted_between_its_lines(press: Press) -> None:
    ledger = view_at(AtLedger("finance", 0))
    assert isinstance(ledger, LedgerView)
    names, row = (drawn := entries(press, ledger, press.panel.width)).names, drawn.rows[2]
    low = names.height + press.size(Style("table")) * 1.9  # room for the column names and one line

    pages = paginate((names, row), low, sticky=Sticky(0, names.height))

    assert len(pages.starts) > 1
    for word in words(row.marks):
        high = names.height + word.y
        assert not any(high < end < high + word.height for end in pages.ends), word


def test_larger_text_is_larger(panel: Panel) -> None:
    sizes = [panel.text("body", step) for step in range(3)]

    assert sizes == sorted(set(sizes))


def test_home_shows_at_least_two_new_notices(press: Press) -> None:
    view = view_at()
    assert isinstance(view, HomeView)
    shown = {touch.label for touch in home(press, view, press.panel.width, room(press)).touches}

    assert len([card for card in view.cards if card.title in shown]) >= (
        2 if press.text_step == 0 else 1
    )


def distance(one: Touch, other: Touch) -> float:
    across = max(other.x - one.x - one.width, one.x - other.x - other.width)
    down = max(other.y - one.y - one.height, one.y - other.y - other.height)
    return max(across, down)


def test_keypad_stands_in_the_lower_half_of_an_upright_screen(press: Press) -> None:
    height = room(press)
    parts = search_parts(press, searched("l"), press.panel.width, height)

    assert len(parts.keypad.sheet.touches) == 38
    assert parts.keypad.y + parts.keypad.sheet.height <= height
    if not press.panel.landscape:
        assert parts.keypad.y >= height / 2


def test_keypad_of_a_small_panel_has_its_figures_in_two_rows() -> None:
    small = Press(Panel(1080, 1920, 15.6), measure)
    keys = keypad(small, searched(""), 1016, 900)

    assert all(touch.x + touch.width <= 1016 + 1 for touch in keys.touches)
    assert min(touch.width for touch in keys.touches) >= small.panel.target(0) - 1


def test_every_result_stands_on_one_page_of_the_search(press: Press) -> None:
    view = searched("l")
    parts = search_parts(press, view, press.panel.width, room(press))

    shown = [touch.intention for one in parts.pages for touch in one.sheet.touches]

    assert shown == [card.opens for card in view.cards]


def test_words_of_the_screen_itself_light_no_row_of_a_page() -> None:
    """A light that falls on every row turns the page back to the first."""
    view = view_at(AtStatus())
    assert isinstance(view, StatusView)

    _, rows = status_page(Press(PANELS[0], measure, 0), view, PANELS[0].width)

    assert heard_on(view)
    assert [row for row in rows for spoken in heard_on(view) if lit(row, spoken)] == []


def lit(row: Sheet, spoken: Spoken) -> bool:
    return any(hold.block == spoken.sentence.block for hold in row.holds)


def test_bracket_at_the_beginning_of_a_line_stands_flush_and_is_lit_from_its_edge() -> None:
    press = Press(PANELS[0], measure)
    style = Style("body")
    size = press.size(style)

    (row,) = text_rows(press, "青石村\n（星期三）停水", 900, style, 0)

    first, second = words(row.marks)
    assert (first.x, second.x) == (0, pytest.approx(-0.4 * size))
    assert [hold.x for hold in row.holds] == [first.x, second.x]
    centred = press.block("（一）", 900, replace(style, align="centre"))
    assert next(words(centred.marks)).x == pytest.approx((900 - 3 * size) / 2)


@pytest.mark.parametrize("name", ["青石村", "青石村（示例）", "高店子镇大石板村民委员会广场"])
def test_top_bar_says_weekday_and_farmers_day_beside_any_village(panel: Panel, name: str) -> None:
    press = Press(panel, measure)
    village = msgspec.structs.replace(scene().holdings.village, name=name)

    sheet = chrome.top_bar(press, top_bar(SAY, village, "", NOW), panel.width)

    said = list(words(sheet.marks))
    right = [word for word in said if word.x > panel.width / 2]
    left = [word for word in said if word not in right]
    shown = "".join(word.text for word in right)
    assert all(part in shown for part in ("11月23日", "星期一", "9:05", "农历十月十五"))
    assert max(word.x + word.width for word in left) < min(word.x for word in right)
    assert "".join(word.text for word in left).startswith(name)
    assert all(word.y >= 0 and word.y + word.size <= sheet.height for word in said)
