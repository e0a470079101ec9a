"""The page of a picture: what is on it and what can be touched, on every panel."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk.intentions import Open
from kiosk.lens import ALL, WHOLE, Lens
from kiosk.places import AtPicture
from kiosk.present.picture import PictureView
from kiosk.scene import page
from kiosk.ui.panel import GAP_MM, TARGET_MM
from kiosk.ui.sheets.ink import Photo, Touch
from kiosk.ui.sheets.picture import PicturePage, picture_page
from kiosk.ui.sheets.press import Press
from sync.feed.layout import ref_of
from sync.notices import Picture
from tests.kiosk.ui.test_sheets import PANELS, distance, words
from tests.support.board import written
from tests.support.scene import posting, scene
from tests.support.type import measure

CAPTION = "护林员选聘公示扫描件，共三页，原件存村务公开栏旁边的档案柜，可以到村委会查阅"
SCAN = Picture(ref_of(b"scan"), 1_414, 2_000, CAPTION)
ROAD = Picture(ref_of(b"road"), 1_600, 900, "村道")


@pytest.fixture(params=PANELS, ids=lambda panel: f"{panel.diagonal_inches}-{panel.width}")
def press(request: pytest.FixtureRequest) -> Press:
    return Press(request.param, measure, 0)


def view(lens: Lens = WHOLE, *pictures: Picture) -> PictureView:
    shown = pictures or (SCAN, ROAD)
    one = written("选聘公示", *shown, id="a", category="cgmy")
    found = page(scene(posting(one), place=AtPicture("a", shown[0].blob.sha256, lens)))
    assert isinstance(found, PictureView)
    return found


def drawn(press: Press, shown: PictureView, step: int = 0) -> PicturePage:
    panel = press.panel
    room = panel.height - panel.units(372, least_mm=0)
    return picture_page(replace(press, text_step=step), shown, panel.width, room)


def photo(found: PicturePage) -> Photo:
    return next(mark for mark in found.sheet.marks if isinstance(mark, Photo))


def touch(found: PicturePage, label: str) -> Touch | None:
    return next((one for one in found.sheet.touches if one.label == label), None)


def open_by(press: Press, label: str, shown: PictureView) -> PictureView:
    """Touch a key and return what is seen then."""
    key = touch(drawn(press, shown), label)
    assert key is not None
    assert isinstance(key.intention, Open)
    place = key.intention.place
    assert isinstance(place, AtPicture)
    return replace(shown, lens=place.lens)


def test_picture_is_whole_and_has_most_of_the_page(press: Press) -> None:
    found = photo(drawn(press, view()))

    assert found.part == ALL
    assert found.width / found.height == pytest.approx(1_414 / 2_000)
    assert found.height > 0.45 * press.panel.height


def test_keys_enlarge_the_picture_and_lead_all_over_it(press: Press) -> None:
    shown = view()
    assert touch(drawn(press, shown), "缩小") is None
    for _ in range(3):
        shown = open_by(press, "放大", shown)
    assert touch(drawn(press, shown), "放大") is None

    while touch(drawn(press, shown), "上"):
        shown = open_by(press, "上", shown)
    assert photo(drawn(press, shown)).part.top == pytest.approx(0)
    while touch(drawn(press, shown), "下"):
        shown = open_by(press, "下", shown)
    part = photo(drawn(press, shown)).part
    assert part.top + part.height == pytest.approx(1)

    for _ in range(3):
        shown = open_by(press, "缩小", shown)
    assert photo(drawn(press, shown)).part == ALL


@pytest.mark.parametrize("step", [0, 1, 2])
@pytest.mark.parametrize("lens", [WHOLE, Lens(2.5, 0.5, 0.5)])
def test_everything_is_large_enough_apart_and_inside(press: Press, lens: Lens, step: int) -> None:
    found = drawn(press, view(lens), step).sheet
    mm = press.panel.pixels_per_mm

    for one in found.touches:
        assert min(one.width, one.height) >= TARGET_MM * mm - 1
        assert one.y + one.height <= found.height + 1
    for one, other in pairs(found.touches):
        assert distance(one, other) >= GAP_MM * mm - 1, (one.label, other.label)
    top = min(one.y for one in found.touches)
    for word in words(found.marks):
        assert word.x >= 0
        assert word.x + word.width <= found.width + 1
        assert word.y + word.height <= found.height + 1
    assert top >= 0


def pairs(touches: tuple[Touch, ...]) -> Iterator[tuple[Touch, Touch]]:
    for number, one in enumerate(touches):
        yield from ((one, other) for other in touches[number + 1 :])


def test_place_of_a_picture_that_never_came_holds_words(press: Press) -> None:
    found = photo(drawn(press, view()))

    said = "".join(word.text for word in words(found.instead))
    assert said == "这张照片没有收到，下次更新会补上。"
    assert all(found.x <= word.x <= found.x + found.width for word in words(found.instead))


def test_caption_is_lit_while_it_is_read(press: Press) -> None:
    holds = drawn(press, view()).sheet.holds

    assert {hold.block for hold in holds} == {0}
    assert (holds[0].start, holds[-1].end > len(CAPTION) // 2) == (0, True)
