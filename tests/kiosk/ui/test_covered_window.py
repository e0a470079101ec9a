"""What lies over the rows of a ledger takes no touch through to the rows that it hides."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.board import card_with
from tests.support.office import OfficeInMemory
from tests.support.window import Display, Window, display, kiosk, settings_file


@pytest.fixture(scope="module")
def wide() -> Iterator[Display]:
    with display(1920, 1080) as shown:
        yield shown


@pytest.fixture
def ledger(wide: Display, fonts: Path, office: OfficeInMemory, tmp_path: Path) -> Iterator[Window]:
    data = card_with(tmp_path / "data", office)
    (data / "fonts").symlink_to(fonts)
    settings = settings_file(tmp_path, data, office.anchor, width=1920, height=1080)
    with kiosk(wide, settings, tmp_path / "log") as window:
        window.wait_for_screen("idle")
        window.tap_at(960, 540)
        window.tap("首页")
        window.tap("财务收支")
        window.wait_for_screen("list")
        window.tap(next(label for label in window.labels() if label.endswith("村集体财务收支")))
        window.wait_for_screen("ledger")
        yield window


def test_column_names_that_stay_in_sight_let_no_touch_through(ledger: Window) -> None:
    ledger.tap("下一页")
    ledger.wait_for_text("2 / ")
    names = 150  # px down, where the names of the columns stand
    hidden = next(
        touch for touch in ledger.sight()["touches"]
        if touch["y"] < names < touch["y"] + touch["height"]
    )  # fmt: skip

    ledger.tap_at(hidden["x"] + 250, names)
    ledger.tap("下一页")
    ledger.wait_for_text("3 / ")

    assert "现在没有声音" not in ledger.text()  # as a chosen entry would have it read aloud
