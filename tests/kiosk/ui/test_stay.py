"""The question whether somebody is still there: large on every panel."""

import pytest

from kiosk.intentions import Stay
from kiosk.present.chrome import stay
from kiosk.ui.panel import HELP_TARGET_MM, TARGET_MM, Panel
from kiosk.ui.sheets.chrome import room_height
from kiosk.ui.sheets.ink import Fill
from kiosk.ui.sheets.press import Press
from kiosk.ui.sheets.stay import stay as stay_sheet
from tests.kiosk.ui.test_sheets import PANELS, words
from tests.support.scene import SAY
from tests.support.type import measure


@pytest.mark.parametrize("panel", PANELS, ids=lambda one: f"{one.diagonal_inches}-{one.width}")
def test_question_is_large_and_all_of_it_is_the_key(panel: Panel) -> None:
    sheet = stay_sheet(Press(panel, measure), stay(SAY, 20), panel.width)
    least = HELP_TARGET_MM * panel.pixels_per_mm - 1
    key = [mark for mark in sheet.marks if isinstance(mark, Fill)][-1]

    assert [(one.label, one.intention) for one in sheet.touches] == [("继续看", Stay())]
    assert (sheet.touches[0].width, sheet.touches[0].height) == (panel.width, sheet.height)
    assert sheet.height >= least
    assert min(key.width, key.height) >= TARGET_MM * panel.pixels_per_mm - 1
    assert sheet.height == room_height(Press(panel, measure))
    for word in words(sheet.marks):
        assert 0 <= word.x <= panel.width - word.width, word
        assert 0 <= word.y <= sheet.height - word.height + 1, word
