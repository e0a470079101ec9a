"""Every screen, panel, theme and text size, as the real widgets draw it; and that faults are found."""

from dataclasses import replace

import pytest
from PIL import Image, ImageDraw

from kiosk.intentions import Back, CallHelp, Intention, Open
from kiosk.places import AtHome
from kiosk.present.chrome import dock
from kiosk.present.help import Call, help_page
from kiosk.present.parts import Spoken, own_words
from kiosk.scene import page
from kiosk.settings import ScreenTable
from kiosk.ui.panel import Panel
from kiosk.ui.sheets import chrome
from kiosk.ui.sheets.help import help_sheet
from kiosk.ui.sheets.ink import Hold, Sheet, Touch, Turned, Words
from kiosk.ui.sheets.press import Press
from kiosk.ui.shelf import _SCREENS
from kiosk.ui.theme import INK
from sync.notices import Sentence
from tests.gallery.__main__ import ORIENTATIONS, SMALLEST, smallest, studios
from tests.gallery.faults import faults, out_of_reach, pale
from tests.gallery.scenes import SCENES
from tests.gallery.sight import Box, Sight, of_sheet
from tests.gallery.studio import INCHES
from tests.gallery.unheard import unheard
from tests.support.scene import NOW, SAY

PANEL = Panel(1080, 1920, 32)  # 2.71 px a millimetre


@pytest.mark.slow
def test_no_screen_has_a_fault_and_taps_lead_everywhere() -> None:
    drawn = list(studios())

    pictures = [name for _, name, _ in drawn if not name.startswith("walk")]
    light, dark = sum(len(shot.steps) for shot in SCENES), len(SCENES)
    assert len(pictures) == len(ORIENTATIONS) * len(INCHES) * (light + dark)
    found = [f"{where} {name}: {fault}" for where, name, faults in drawn for fault in faults]
    assert "\n".join(found) == ""


@pytest.mark.slow
def test_no_screen_has_a_fault_on_the_smallest_panels() -> None:
    found = [f"{where} {name}: {fault}" for where, name, faults in smallest() for fault in faults]

    assert "\n".join(found) == ""


def test_every_kind_of_screen_is_drawn() -> None:
    assert {type(page(shot.scene)) for shot in SCENES} == set(_SCREENS)
    names = [shot.name for shot in SCENES]
    assert sorted(set(names)) == sorted(names)


def test_smallest_panels_are_allowed_and_nothing_smaller() -> None:
    for width, height, inches in SMALLEST:
        ScreenTable(width=width, height=height, diagonal_inches=inches)
    with pytest.raises(ValueError, match="hang a small one upright"):
        ScreenTable(width=1920, height=1080, diagonal_inches=15.6)


def test_shaking_finger_that_asks_for_help_doesnt_take_it_back() -> None:
    for width, height in ORIENTATIONS.values():
        for inches in INCHES:
            press = Press(Panel(width, height, inches), lambda size, *_: size)
            keys = chrome.dock(press, dock(SAY, reading=False), width)
            counting = help_page(SAY, Call("countdown", seconds=8), "0933-0000000", NOW)

            help_, cancel = keys.touches[-1], help_sheet(press, counting, width, height).touches[0]

            assert cancel.y + cancel.height <= height - keys.height + help_.y


def words(text: str = "公示", *, x: float = 10, y: float = 10, size: int = 40) -> Words:
    return Words(x, y, text, size, INK, size * 1.5, size * len(text))


def spot(x: float, *, y: float = 1800, side: float = 80, means: Intention | None = None) -> Touch:
    return Touch(x, y, side, side, f"key {x:g}", means or Back())


def on_glass(*things: Words | Touch | Turned) -> Sight:
    marks = tuple(one for one in things if not isinstance(one, Touch))
    touches = tuple(one for one in things if isinstance(one, Touch))
    return of_sheet(Sheet(1080, 1920, marks, touches))


def test_good_sheet_has_no_fault() -> None:
    assert faults(on_glass(words(), words(y=80), spot(0), spot(100)), PANEL) == []


def test_words_below_ten_millimetres_are_a_fault_but_on_a_seal() -> None:
    small = words(size=21)

    assert faults(on_glass(small), PANEL) == ["small words, 7.7 mm: 公示"]
    assert faults(on_glass(Turned(0, 0, 1, (small,))), PANEL) == []


def test_words_that_leave_their_sheet_are_a_fault() -> None:
    assert faults(on_glass(words(x=1010)), PANEL) == ["cut words: 公示"]


def test_words_under_a_bar_are_a_fault() -> None:
    sight = on_glass(words(y=100))
    covered = replace(sight.words[0], room=Box(0, 0, 1080, 120))

    assert faults(Sight((covered,), ()), PANEL) == ["cut words: 公示"]


def test_words_over_words_are_a_fault() -> None:
    assert faults(on_glass(words("甲"), words("乙", x=30)), PANEL) == ["words over words: 甲 / 乙"]


def test_figure_that_goes_on_in_the_next_line_is_a_fault() -> None:
    broken = (words("1,23", y=10), words("4.50", y=70))
    whole = (words("1,234.50", x=300, y=10), words("50.00", x=300, y=70))

    assert faults(on_glass(*broken, *whole), PANEL) == ["broken figure: 1,23 / 4.50"]

    marked = (words("1,23", y=10), words("元", x=170, y=10), words("17", y=70))
    assert faults(on_glass(*marked), PANEL) == []


def test_target_below_twenty_millimetres_and_help_below_twenty_five_are_faults() -> None:
    assert faults(on_glass(spot(0, side=50)), PANEL) == ["small target, 18.4 mm: key 0"]
    assert faults(on_glass(spot(0, side=60, means=CallHelp())), PANEL) == [
        "small target, 22.1 mm: key 0"
    ]


def test_targets_with_less_than_five_millimetres_between_them_are_a_fault() -> None:
    assert faults(on_glass(spot(0), spot(90)), PANEL) == ["3.7 mm apart: key 0 / key 90"]


def test_key_above_the_reach_of_somebody_sitting_is_a_fault_but_content_is_none() -> None:
    content = spot(0, y=100, means=Open(AtHome()))

    assert out_of_reach(on_glass(spot(0, y=450)), PANEL) == ["out of reach: key 0"]
    assert out_of_reach(on_glass(spot(0, y=480), content), PANEL) == []
    assert out_of_reach(on_glass(spot(0, y=0)), Panel(1920, 1080, 32)) == []


def test_words_that_nobody_says_are_a_fault_but_not_on_a_key_and_no_page_number() -> None:
    key = spot(400, y=500, side=200)
    sheet = Sheet(
        1080, 1920, (words("公示"), words("返回", x=450, y=550), words("2 / 3", y=200)), (key,)
    )

    assert unheard((sheet,), (), {}, frozenset()) == ["not read aloud: 公示"]
    assert unheard((sheet,), (), {}, frozenset({"公示"})) == []


def test_words_on_a_card_are_heard_only_if_its_sentence_says_them() -> None:
    card = Hold(-1, -1, 0, 0, 0, 0, 600, 200, notice="water")
    sheet = Sheet(
        600, 200, (words("停水通知", x=0), words("新 · 已归档", x=0, y=100)), holds=(card,)
    )
    title = Spoken(Sentence(-1, "停水通知。", "ting2"), "water")
    flag = own_words((SAY("archive"),), "water")

    assert unheard((sheet,), (title, *flag), {"water": "停水通知"}, frozenset()) == [
        "not read aloud: 新"
    ]


def test_words_that_are_said_but_not_lit_are_a_fault() -> None:
    said = own_words((SAY("archive"),))
    broken = Sheet(600, 200, (words("已归档了", x=0),))

    assert unheard((broken,), said, {}, frozenset()) == ["not read aloud: 已归档了"]
    assert unheard((Sheet(600, 200, (words("已归档"),)),), said, {}, frozenset()) == []


@pytest.mark.parametrize(
    ("ink", "faulty"), [("#1d1a16", False), ("#6f665b", True), ("#faf6ee", True)]
)
def test_pale_and_hidden_words_are_a_fault(ink: str, faulty: bool) -> None:
    picture = Image.new("RGB", (1080, 1920), "#faf6ee")
    ImageDraw.Draw(picture).rectangle((20, 20, 60, 40), ink)

    assert bool(pale(on_glass(words()), picture)) == faulty
