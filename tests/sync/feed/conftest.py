"""An office, its feed in a folder or on a server, and a kiosk that pulls it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.feed.http import HttpSource, Patience
from tests.support.kiosk import KioskInTest
from tests.support.office import OfficeInMemory
from tests.support.server import Server, serving

QUICK = Patience(connect=2.0, read=0.4, whole=0.8, slowest=1 << 30)


@pytest.fixture
def office() -> OfficeInMemory:
    return OfficeInMemory()


@pytest.fixture
def kiosk(tmp_path: Path, office: OfficeInMemory) -> Iterator[KioskInTest]:
    made = KioskInTest(tmp_path / "data", office)
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "feed"


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    folder.mkdir()
    with serving(folder) as running:
        yield running


@pytest.fixture
def web(server: Server) -> Iterator[HttpSource]:
    source = HttpSource(server.url, QUICK)
    yield source
    source.close()
