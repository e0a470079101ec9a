"""What every journey begins with: an office that was founded once, and a kiosk with an empty card."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync.office import Outcome
from tests.support.server import Server, serving
from tests.support.square import Square, VillageOffice


@pytest.fixture(scope="session")
def common(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def founded(common: Path) -> Path:
    """Return the folder of an office without notices; its keys take seconds to make."""
    return _once(common / "founded", VillageOffice.found)


@pytest.fixture(scope="session")
def published(common: Path, founded: Path) -> Path:
    """Return the folder of an office whose ledger, report and water notice hang."""

    def publish(folder: Path) -> None:
        shutil.copytree(founded, folder)
        office = VillageOffice(folder)
        office.hand_in_three()
        assert office.seal() is Outcome.PUBLISHED

    return _once(common / "published", publish)


@pytest.fixture
def new_office(founded: Path, tmp_path: Path) -> VillageOffice:
    """Return an office of its own, without notices."""
    return VillageOffice(shutil.copytree(founded, tmp_path / "office"))


@pytest.fixture
def office(published: Path, tmp_path: Path) -> VillageOffice:
    """Return an office of its own, whose ledger, report and water notice hang."""
    return VillageOffice(shutil.copytree(published, tmp_path / "office"))


@pytest.fixture
def web(office: VillageOffice) -> Iterator[Server]:
    """Serve what the office publishes."""
    with serving(office.office.feed) as server:
        yield server


@pytest.fixture
def square(office: VillageOffice, web: Server, tmp_path: Path) -> Square:
    """Return a kiosk of the office's village that has never heard of any notice."""
    return Square(tmp_path / "kiosk", office.office.anchor, [web.url])


def _once(folder: Path, make: Callable[[Path], object]) -> Path:
    """Make a folder if no other worker has."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            half = folder.with_suffix(".half")
            make(half)
            half.rename(folder)
    return folder
