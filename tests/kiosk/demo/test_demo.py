"""The demo village: its papers, its office, its tape, its programs, and the whole visit."""

import os
import subprocess
import sys
import tomllib
import wave
from datetime import date
from pathlib import Path

import msgspec
import pytest
from openpyxl import load_workbook

from kiosk.demo import tape
from kiosk.demo.programs import NotStarted, running
from kiosk.demo.village import MANIFEST, Manifest, office_of, with_days
from kiosk.demo.villager import Sight, Spot
from sync.office.village import parse

PROJECT = Path(__file__).parents[3]
ASSETS = PROJECT / "assets" / "demo"
TODAY = date(2026, 11, 23)


def manifest() -> Manifest:
    return msgspec.convert(tomllib.loads((ASSETS / MANIFEST).read_text(encoding="utf-8")), Manifest)


def silence(path: Path, seconds: float) -> Path:
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(tape.BYTES)
        sound.setframerate(tape.RATE)
        sound.writeframes(b"\1\0" * round(seconds * tape.RATE))
    return path


@pytest.fixture
def listening(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """Return a tape and the environment in which aplay records on it."""
    recording, configuration = tmp_path / "voice", tmp_path / "asound.conf"
    configuration.write_text(tape.configuration(recording), encoding="utf-8")
    return recording, {**os.environ, "ALSA_CONFIG_PATH": str(configuration)}


def test_demo_has_twelve_notices_over_all_three_classes() -> None:
    groups = {
        each.id: each.group for each in parse((ASSETS / "office.toml").read_bytes()).categories
    }

    notices = [paper for paper in manifest().papers if not paper.corrects]

    assert len(notices) >= 12
    assert {groups[paper.category] for paper in notices} == {"finance", "policy", "affairs"}
    assert [paper.file for paper in notices if not (ASSETS / paper.file).is_file()] == []


@pytest.mark.slow
def test_demo_office_is_made_once_a_day(tmp_path: Path) -> None:
    first: list[str] = []
    again: list[str] = []

    office = office_of(ASSETS, tmp_path / "office", TODAY, first.append)
    status = office.status()
    office_of(ASSETS, tmp_path / "office", TODAY, again.append)

    assert status.hanging == len({paper.id for paper in manifest().papers}) - 1
    assert status.withdrawn == 1
    assert len(first) > len(manifest().papers)
    assert len(again) == 1


def test_tape_holds_what_was_played_at_the_speed_of_sound(
    tmp_path: Path, listening: tuple[Path, dict[str, str]]
) -> None:
    recording, environment = listening
    sound = silence(tmp_path / "sound.wav", 0.5)

    for _ in range(2):
        subprocess.run(["aplay", "-q", str(sound)], check=True, env=environment, timeout=30)
    seconds = tape.to_wav(recording, tmp_path / "spoken.wav")

    # aplay fills its last period with silence, an eighth of a second at most.
    assert 1.0 <= seconds < 1.3
    with wave.open(str(tmp_path / "spoken.wav")) as spoken:
        assert spoken.getframerate() == tape.RATE


def test_tape_ends_in_a_pause_and_not_in_mid_word(tmp_path: Path) -> None:
    recording = tmp_path / "tape"
    word, pause = b"\0\x20" * tape.RATE, b"\0\0" * round(tape.RATE * 0.3)
    recording.write_bytes(word + pause + word[: tape.RATE])

    seconds = tape.to_wav(recording, tmp_path / "spoken.wav")

    assert 1.1 < seconds <= 1.3


def test_player_that_is_killed_is_silent_at_once(
    tmp_path: Path, listening: tuple[Path, dict[str, str]]
) -> None:
    recording, environment = listening
    sound = silence(tmp_path / "sound.wav", 20)

    with pytest.raises(subprocess.TimeoutExpired):
        subprocess.run(["aplay", "-q", str(sound)], check=True, env=environment, timeout=1)

    assert tape.seconds(recording) < 2


def test_program_that_cannot_start_is_named_with_its_last_words(tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.toml")

    with (
        pytest.raises(NotStarted, match=r"kiosk-sync did not get ready(.|\n)*missing\.toml"),
        running("kiosk-sync", "--settings", missing, "run", logs=tmp_path, environment={}),
    ):
        pass


def test_villager_does_not_touch_what_is_covered() -> None:
    row = Spot("下一条", 0, 80, 100, 20)
    bar = Spot("首页", 0, 85, 100, 30)

    seen = Sight("list", 100, 120, (row, bar), ())

    assert seen.spot("下一条") is None
    assert seen.spot("首页") == bar


def test_villager_touches_the_key_of_the_row_that_is_meant() -> None:
    rows = [Spot(name, 0, y, 500, 60) for name, y in (("灯头", 100), ("纸", 200))]
    beside, below = Spot("照片", 400, 115, 80, 30), Spot("照片", 400, 265, 80, 30)

    seen = Sight("ledger", 500, 400, (*rows, below, beside), ())

    assert seen.spot("照片", "纸") == below
    assert Sight("ledger", 500, 400, (rows[0], beside), ()).spot("照片", "纸") is None


def test_day_in_a_paper_is_counted_from_today() -> None:
    assert with_days("{in 3 days}上午停水", date(2026, 11, 28)) == "12 月 1 日（星期二）上午停水"


def test_voucher_says_the_same_as_its_entry() -> None:
    """All receipts of the demo were handled by the same person, as stands on them."""
    accounts = load_workbook(ASSETS / "财务公开-2026年11月上半月.xlsx").active
    assert accounts
    handlers = {row[9].value: row[4].value for row in accounts.iter_rows(min_row=4) if row[9].value}

    assert len(handlers) == 4
    assert set(handlers.values()) == {"王*军"}


@pytest.mark.journey
@pytest.mark.slow
def test_demo_without_a_display_leaves_pictures_and_the_voice(tmp_path: Path) -> None:
    alone = {
        key: value
        for key, value in os.environ.items()
        if key not in {"DISPLAY", "WAYLAND_DISPLAY"} and not key.startswith("KIVY_")
    }

    demo = subprocess.run(
        [sys.executable, "-m", "kiosk.demo", str(tmp_path)],
        cwd=PROJECT, env=alone, capture_output=True, text=True, check=False, timeout=280,
    )  # fmt: skip

    assert demo.returncode == 0, demo.stdout + demo.stderr
    made = [PROJECT / line.strip() for line in demo.stdout.splitlines() if line.startswith("  ")]
    assert all(path.stat().st_size > 10_000 for path in made)
    assert {"spoken.wav", "idle-portrait.png", "idle-landscape.png", "ledger-portrait.png"} <= {
        path.name for path in made
    }
