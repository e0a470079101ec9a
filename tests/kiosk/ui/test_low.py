"""Everything brought down within reach of a wheelchair: what stands above, and what fits below."""

import pytest

from kiosk.intentions import BringLow
from kiosk.places import AtLedger, AtList, AtNotice, AtSearch
from kiosk.present.calm import CalmView, calm
from kiosk.present.chrome import dock, page_keys
from kiosk.present.home import HomeView
from kiosk.present.ledger import LedgerView
from kiosk.present.listing import ListView
from kiosk.present.notice import NoticeView
from kiosk.present.parts import Spoken
from kiosk.present.search import SearchView
from kiosk.ui.panel import GAP_MM, TARGET_MM, Panel
from kiosk.ui.sheets import chrome
from kiosk.ui.sheets.calm import calm as calm_sheet
from kiosk.ui.sheets.entries import entries
from kiosk.ui.sheets.home import home_pages
from kiosk.ui.sheets.ledger import ledger_page
from kiosk.ui.sheets.listing import list_page
from kiosk.ui.sheets.pages import paginate
from kiosk.ui.sheets.press import Press
from kiosk.ui.sheets.search import search_parts
from kiosk.ui.sheets.strip import code_side, strip
from sync.notices import Sentence
from tests.kiosk.ui.test_sheets import bars, distance, view_at, words
from tests.support.scene import SAY
from tests.support.type import measure

HIGH = [Panel(1080, 1920, 32.0), Panel(1080, 1920, 43.0), Panel(1080, 1920, 43.0, 500.0)]


@pytest.fixture(params=HIGH, ids=["32", "43", "43-low"])
def panel(request: pytest.FixtureRequest) -> Panel:
    found: Panel = request.param
    return found


@pytest.fixture(params=[0, 1, 2], ids=["x1", "x1.25", "x1.5"])
def press(request: pytest.FixtureRequest, panel: Panel) -> Press:
    return Press(panel, measure, request.param)


def room(press: Press) -> float:
    """Return the height that a screen has within reach."""
    used = bars(Press(press.panel, measure))
    return press.panel.reach - used["status"].height - used["dock"].height


def test_reach_ends_where_the_standard_says() -> None:
    assert [round(one.reach / one.pixels_per_mm) for one in HIGH] == [520, 520, 720]
    assert Panel(1080, 1920, 21.5).reach == 1920  # all of a small panel is within reach


def test_home_shows_every_key_within_reach(press: Press) -> None:
    view = view_at()
    assert isinstance(view, HomeView)

    pages = home_pages(press, view, press.panel.width, room(press))

    found = [touch.intention for page in pages for touch in page.touches]
    for one in view.classes:
        for key in (one, *one.categories):
            assert found.count(key.opens) == 1, key.name
    for page in pages:
        for word in words(page.marks):
            assert 0 <= word.y <= room(press) - word.height + 1, word


def test_head_and_strip_leave_room_for_a_line_or_a_card(press: Press) -> None:
    width = press.panel.width
    listed, notice = view_at(AtList("affairs")), view_at(AtNotice("road"))
    assert isinstance(listed, ListView)
    assert isinstance(notice, NoticeView)

    head, rows = list_page(press, listed, width)[:2]
    below = strip(
        press, notice.strip, page_keys(SAY, 1, 3), width, code_side(press, notice.strip, 600)
    )

    keys = press.panel.target(116) + press.panel.units(32)
    assert head.height + rows[0].height + keys <= room(press)
    assert room(press) - below.height >= 3 * press.panel.text("body", press.text_step) * 1.5


def test_head_of_a_ledger_that_is_too_tall_is_parted_between_its_lines(press: Press) -> None:
    ledger = view_at(AtLedger("finance", 0))
    assert isinstance(ledger, LedgerView)
    width = press.panel.width
    rows = ledger_page(press, ledger, entries(press, ledger, width), width)[1]

    pages = paginate(rows, 400)

    top = 0.0
    for row in rows:
        for word in words(row.marks):
            low, high = top + word.y, top + word.y + word.height
            assert not any(low < end < high for end in pages.ends), word
        top += row.height


def test_results_of_a_search_stand_clear_of_the_field(press: Press) -> None:
    view = view_at(AtSearch("c"))
    assert isinstance(view, SearchView)

    parts = search_parts(press, view, press.panel.width, room(press))

    assert all(one.y + one.sheet.height <= parts.field.y for one in parts.pages)
    assert parts.keypad.y + parts.keypad.sheet.height <= room(press)


def test_large_words_fit_above(press: Press) -> None:
    high = press.panel.height - bars(press)["top"].height - press.panel.reach
    for text in ("财务收支", "关于村集体经济发展项目的情况说明" * 12):
        sheet = calm_sheet(press, CalmView(text), press.panel.width, high)

        shown = list(words(sheet.marks))
        assert shown
        assert all(0 <= word.y <= high - word.height + 1 for word in shown)
        assert not sheet.touches


def test_six_keys_are_still_large_enough(panel: Panel) -> None:
    press = Press(panel, measure)
    sheet = chrome.dock(press, dock(SAY, reading=False, low=False), panel.width)

    assert [touch.label for touch in sheet.touches][-2:] == ["放低", "求助"]
    assert sheet.touches[-2].intention == BringLow()
    for number, one in enumerate(sheet.touches):
        assert min(one.width, one.height) >= TARGET_MM * panel.pixels_per_mm - 1
        for other in sheet.touches[number + 1 :]:
            assert distance(one, other) >= GAP_MM * panel.pixels_per_mm - 1


def test_what_is_heard_stands_above_in_large_words() -> None:
    view = view_at(AtNotice("road"))
    spoken = Spoken(Sentence(0, "全长一点二公里。", "quan2 chang2"), "")

    assert isinstance(view, NoticeView)
    assert calm(view, None) == CalmView("村道硬化工程竣工结算", strip=view.strip)
    assert calm(view, spoken) == CalmView("全长一点二公里。", read=True, strip=view.strip)
    assert calm(view_at(), None) == CalmView("停水通知")
