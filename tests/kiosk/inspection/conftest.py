import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.inspecting import Packed, packed
from tests.support.life import Life

MEMORY = Path("/dev/shm")  # where every commit isn't a wait for the disk


@pytest.fixture(scope="session")
def lives() -> Iterator[Path]:
    """A folder for kiosks that live a long time."""
    there = tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None)
    yield Path(there)
    shutil.rmtree(there)


@pytest.fixture(scope="session")
def fortnight(lives: Path) -> Packed:
    """The pack of a kiosk that is twenty days old."""
    folder = lives / "fortnight"
    folder.mkdir()
    return packed(Life(folder, seed=3, days=20), lives / "fonts")
