"""A virtual panel, the Chinese faces and a village's office, for tests with a real window."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.board import card_with, village_office
from tests.support.office import OfficeInMemory
from tests.support.window import Display, Window, display, kiosk, settings_file


@pytest.fixture(scope="module")
def screen() -> Iterator[Display]:
    with display(1080, 1920) as shown:
        yield shown


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from kiosk.ui.fonts import faces_in  # noqa: PLC0415  # not before a test's window is set up

    folder = tmp_path_factory.mktemp("fonts")
    faces_in(folder)
    return folder


@pytest.fixture
def office() -> OfficeInMemory:
    return village_office(datetime.now(UTC).date())


@pytest.fixture
def window(
    screen: Display, fonts: Path, office: OfficeInMemory, tmp_path: Path
) -> Iterator[Window]:
    data = card_with(tmp_path / "data", office)
    (data / "fonts").symlink_to(fonts)
    settings = settings_file(tmp_path, data, office.anchor, width=1080, height=1920)
    with kiosk(screen, settings, tmp_path / "log") as opened:
        opened.wait_for_screen("idle")
        yield opened
