"""The home page on every panel: with larger text or many categories nothing is lost."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

import pytest

from kiosk import catalogue
from kiosk.intentions import Open
from kiosk.places import AtDuties, AtList, AtSearch
from kiosk.present.duties import DutyKey
from kiosk.present.home import CategoryKey, ClassKey, HomeView
from kiosk.scene import page
from kiosk.ui.panel import GAP_MM, TARGET_MM, Panel
from kiosk.ui.sheets.home import home_pages, turning_height
from kiosk.ui.sheets.ink import Sheet, Words
from kiosk.ui.sheets.press import Press
from tests.kiosk.ui.test_sheets import PANELS, distance, room, view_at, words
from tests.support.scene import scene
from tests.support.type import measure

Thing = TypeVar("Thing")
LONG = "关于村集体经济发展项目和村道硬化工程第二期的情况说明以及后续管护安排的公示（更正之后重新公示六十个字）"


@pytest.fixture(params=PANELS, ids=lambda panel: f"{panel.diagonal_inches}-{panel.width}")
def panel(request: pytest.FixtureRequest) -> Panel:
    found: Panel = request.param
    return found


@pytest.fixture(params=[0, 1, 2], ids=["x1", "x1.25", "x1.5"])
def press(request: pytest.FixtureRequest, panel: Panel) -> Press:
    return Press(panel, measure, request.param)


def view() -> HomeView:
    shown = view_at()
    assert isinstance(shown, HomeView)
    return replace(shown, owed=DutyKey("有 2 项到期还没有公开", late=True, opens=Open(AtDuties())))


def english() -> HomeView:
    shown = page(scene(say=catalogue.load("en")))
    assert isinstance(shown, HomeView)
    return replace(shown, owed=DutyKey("2 items are overdue", late=True, opens=Open(AtDuties())))


def crowded() -> HomeView:
    """Return the page of a village with 36 categories and nothing but long names."""
    plain = view()
    classes = tuple(
        replace(
            one,
            categories=tuple(
                CategoryKey(f"{n}号{LONG[:14]}", "12 条", "新", Open(AtList(one.tone, str(n))))
                for n in range(12)
            ),
        )
        for one in plain.classes
    )
    cards = tuple(replace(card, title=LONG, flag="更正") for card in plain.cards)
    return replace(plain, cards=cards, classes=classes)


def pages(press: Press, shown: HomeView) -> tuple[Sheet, ...]:
    return home_pages(press, shown, press.panel.width, room(press))


# Of a wide screen's first page it stands where the others have the key back.
SEARCH = ("查找公示和姓名", "Find notices or names")
VIEWS = [view(), crowded(), english()]


@pytest.mark.parametrize("shown", VIEWS, ids=["village", "crowded", "English"])
def test_every_category_has_a_key_on_one_of_the_pages(press: Press, shown: HomeView) -> None:
    wanted = [key.opens for one in shown.classes for key in (one, *one.categories)]

    found = [touch.intention for page in pages(press, shown) for touch in page.touches]

    assert [found.count(one) for one in wanted] == [1] * len(wanted)


@pytest.mark.parametrize("shown", VIEWS, ids=["village", "crowded", "English"])
def test_nothing_on_the_home_pages_is_cut_off_or_lies_over_another(
    press: Press, shown: HomeView
) -> None:
    drawn = pages(press, shown)
    foot = room(press) - (turning_height(press) if len(drawn) > 1 else 0)
    least, gap = (mm * press.panel.pixels_per_mm - 1 for mm in (TARGET_MM, GAP_MM))

    for sheet in drawn:
        for word in words(sheet.marks):
            assert word.x >= 0, word
            assert word.x + word.width <= press.panel.width, word
            low = room(press) if word.text in SEARCH else foot
            assert 0 <= word.y <= low - word.height + 1, word
        for one, other in pairs(list(words(sheet.marks))):
            assert apart(one, other), (one.text, other.text)
        for touch in sheet.touches:
            assert min(touch.width, touch.height) >= least, touch
            low = room(press) if touch.label in SEARCH else foot
            assert touch.y + touch.height <= low + 1, touch
        for first, second in pairs(list(sheet.touches)):
            assert distance(first, second) >= gap, (first.label, second.label)


@pytest.mark.parametrize("shown", VIEWS, ids=["village", "crowded", "English"])
def test_search_and_all_notices_are_on_the_first_page(press: Press, shown: HomeView) -> None:
    first = [touch.intention for touch in pages(press, shown)[0].touches]

    assert first.count(Open(AtSearch())) == 1
    assert first.count(Open(AtList())) == 1


@pytest.mark.parametrize("shown", [view(), english()], ids=["village", "English"])
def test_no_name_of_a_class_is_broken_within_a_word(press: Press, shown: HomeView) -> None:
    drawn = [word.text for page in pages(press, shown) for word in words(page.marks)]
    names = [word for one in shown.classes for word in one.name.split(" ")]

    assert all(any(name in text for text in drawn) for name in names if name.isascii())


def test_home_of_a_village_is_one_page_till_the_text_grows(panel: Panel) -> None:
    assert len(pages(Press(panel, measure, 0), view())) == 1


def test_headings_titles_and_keys_all_grow_with_the_text(panel: Panel) -> None:
    def sizes(text_step: int) -> dict[str, int]:
        drawn = pages(Press(panel, measure, text_step), view())
        return {word.text: word.size for page in drawn for word in words(page.marks)}

    small, large = sizes(0), sizes(2)

    for name in ("新公示", "分类查看", "停水通知", "分红明细", "新", "有 2 项到期还没有公开"):
        assert large[name] > small[name], name


def test_first_page_has_the_news_and_all_three_classes(press: Press) -> None:
    first = {touch.label for touch in pages(press, view())[0].touches}

    assert {"停水通知", "财务收支", "惠农政策", "村级事务", "有 2 项到期还没有公开"} <= first


def test_home_without_any_notice_says_so(press: Press) -> None:
    bare = replace(view(), cards=(), nothing="今天没有公示")

    assert "今天没有公示" in [word.text for word in words(pages(press, bare)[0].marks)]


def test_class_without_categories_still_has_its_key(press: Press) -> None:
    one = ClassKey("财务收支", "0 条在公示", "0 条", "finance", Open(AtList("finance")), ())
    bare = replace(view(), classes=(one,))

    assert [touch.label for touch in pages(press, bare)[0].touches][-1] == "财务收支"


def pairs(things: list[Thing]) -> Iterator[tuple[Thing, Thing]]:
    for number, one in enumerate(things):
        for other in things[number + 1 :]:
            yield one, other


def apart(one: Words, other: Words) -> bool:
    """Tell whether two lines of words don't overlap; a line box may touch the next by a px."""
    across = max(other.x - one.x - one.width, one.x - other.x - other.width)
    down = max(other.y - one.y - one.height, one.y - other.y - other.height)
    return max(across, down) >= -1
