"""A virtual panel, the Chinese faces and a village's office, for tests with a real window."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.board import village_office
from tests.support.office import OfficeInMemory
from tests.support.window import Display, display


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
