"""Whether the panel is on, read from a made-up /sys/class."""

from pathlib import Path

import pytest

from kiosk.evidence.power import panel_power


def made(sys: Path, files: dict[str, str]) -> Path:
    """Write files as the kernel shows them."""
    for name, text in files.items():
        path = sys / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{text}\n")
    return sys


def connector(name: str, status: str, dpms: str = "On", enabled: str = "enabled") -> dict[str, str]:
    return {f"drm/{name}/{key}": value for key, value in
            (("status", status), ("dpms", dpms), ("enabled", enabled))}  # fmt: skip


HDMI = connector("card1-HDMI-A-1", "connected")
NO_HDMI = connector("card1-HDMI-A-2", "disconnected", "Off", "disabled")


@pytest.mark.parametrize(
    ("files", "power"),
    [
        ({}, "unknown"),
        ({"drm/version": "drm 1.1.0 20060810"}, "unknown"),
        (HDMI | NO_HDMI, "on"),
        (NO_HDMI, "off"),
        (connector("card1-HDMI-A-1", "connected", dpms="Off") | NO_HDMI, "off"),
        (connector("card1-HDMI-A-1", "connected", enabled="disabled"), "off"),
        (connector("card1-Writeback-1", "unknown", dpms="Off"), "unknown"),
        ({"backlight/10-0045/bl_power": "0"}, "on"),
        ({"backlight/10-0045/bl_power": "4"}, "off"),
        (HDMI | {"backlight/10-0045/bl_power": "4"}, "off"),
        ({"backlight/10-0045/bl_power": "?"}, "unknown"),
    ],
)
def test_panel_is_on_only_where_nothing_says_that_it_is_dark(
    tmp_path: Path, files: dict[str, str], power: str
) -> None:
    assert panel_power(made(tmp_path, files)) == power
