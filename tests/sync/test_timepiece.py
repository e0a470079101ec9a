"""What the machine's clocks are read from: a folder laid out as the kernel's /sys/class/rtc."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sync import timepiece

NOON = datetime(2026, 11, 28, 4, tzinfo=UTC)


def lay(chips: Path, name: str, **files: str) -> None:
    for file, text in files.items():
        (chips / name).mkdir(exist_ok=True)
        (chips / name / file).write_text(f"{text}\n", encoding="ascii")


def test_all_clocks_can_be_read():
    first, second = timepiece.read(), timepiece.read()

    assert second.at >= first.at
    assert first.synchronised in {True, False}


def test_chip_that_has_set_the_system_is_read(tmp_path: Path):
    lay(tmp_path, "rtc0", hctosys="0", since_epoch="0")
    lay(tmp_path, "rtc1", hctosys="1", since_epoch=str(int(NOON.timestamp())))

    assert timepiece.chip_time(tmp_path) == NOON


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"hctosys": "0", "since_epoch": "1795838400"},  # its battery was empty at the start
        {"hctosys": "1"},  # it doesn't answer
        {"hctosys": "1", "since_epoch": "soon"},
        {"hctosys": "1", "since_epoch": "9" * 30},
    ],
)
def test_machine_without_a_chip_that_keeps_time_has_none(tmp_path: Path, files: dict[str, str]):
    lay(tmp_path, "rtc0", **files)

    assert timepiece.chip_time(tmp_path) is None


def test_machine_that_knows_of_no_chips_has_none(tmp_path: Path):
    assert timepiece.chip_time(tmp_path / "rtc") is None
