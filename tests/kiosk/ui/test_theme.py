"""Contrast and fonts."""

import subprocess
import sys
from pathlib import Path
from typing import Literal

import pytest

from kiosk.ui import theme
from kiosk.ui.fonts import DEBIAN_FOLDER, FontMissing, faces_in

PAIRS = [
    (theme.INK, theme.PAPER), (theme.SOFT, theme.PAPER), (theme.ON_SAND, theme.SAND), (theme.WHITE, theme.RED),
    (theme.RED, theme.PAPER), (theme.RED, theme.WHITE), (theme.GREEN, theme.PAPER), (theme.WHITE, theme.GREEN),
    (theme.WHITE, theme.BLUE), (theme.BLUE, theme.PAPER), (theme.INK, theme.HIGHLIGHT), (theme.PAPER, theme.INK),
    (theme.SOFT, theme.WHITE), (theme.SOFT, theme.HIGHLIGHT), (theme.RED, theme.HIGHLIGHT),
    (theme.GREEN, theme.HIGHLIGHT), (theme.BLUE, theme.HIGHLIGHT),
]  # fmt: skip


def luminance(colour: tuple[float, ...]) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_words_stand_out_from_their_ground_seven_to_one(
    name: Literal["light", "dark"], ink: str, ground: str
) -> None:
    drawn = theme.THEMES[name]

    assert contrast(drawn.ink(ink), drawn.ground(ground)) >= 7


@pytest.mark.parametrize("name", theme.THEMES)
def test_outlines_of_keys_stand_out_three_to_one(name: Literal["light", "dark"]) -> None:
    drawn = theme.THEMES[name]  # WCAG 2.2, 1.4.11

    for ground in (theme.PAPER, theme.WHITE, theme.SAND):
        assert contrast(drawn.ink(theme.HAIRLINE), drawn.ground(ground)) >= 3


@pytest.mark.parametrize("name", theme.THEMES)
def test_bars_stand_out_from_their_track_three_to_one(name: Literal["light", "dark"]) -> None:
    drawn = theme.THEMES[name]

    for bar in (theme.RED, theme.GREEN, theme.INK):
        assert contrast(drawn.line(bar), drawn.line(theme.SAND)) >= 3
    assert drawn.line(theme.SAND) == drawn.ground(theme.SAND)


def test_dark_theme_knows_every_colour_that_has_to_turn() -> None:
    for ground in (theme.PAPER, theme.SAND, theme.WHITE, theme.HIGHLIGHT):
        assert luminance(theme.DARK.ground(ground)) < 0.05, ground
    for ink in (
        theme.INK,
        theme.SOFT,
        theme.ON_SAND,
        *theme.TONES.values(),
        *theme.LIGHTS.values(),
    ):
        assert luminance(theme.DARK.ink(ink)) > 0.4, ink


@pytest.mark.skipif(not DEBIAN_FOLDER.exists(), reason="needs Debian's fonts-noto-cjk")
def test_face_is_the_simplified_chinese_one_and_made_once(tmp_path: Path) -> None:
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    faces = faces_in(tmp_path)
    made = faces.regular.stat().st_mtime_ns

    with TTFont(faces.bold, lazy=True) as font:
        assert font["name"].getDebugName(4) == "Noto Sans CJK SC Bold"
    assert faces_in(tmp_path).regular.stat().st_mtime_ns == made


@pytest.mark.skipif(not DEBIAN_FOLDER.exists(), reason="needs Debian's fonts-noto-cjk")
def test_two_programs_may_take_the_face_out_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kiosk.ui.fonts", str(tmp_path)]

    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]

    assert [one.wait() for one in both] == [0, 0]
    assert {path.suffix for path in tmp_path.iterdir()} == {".otf"}


def test_missing_font_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(FontMissing) as missing:
        faces_in(tmp_path, source=tmp_path / "nowhere")

    assert "fonts-noto-cjk" in missing.value.advice
