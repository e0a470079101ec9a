"""Whether the panel is on, as far as the kernel says: connectors (DRM) and backlights in /sys/class."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kiosk.evidence.records import Power

SYS: Final = Path("/sys/class")


def panel_power(sys: Path = SYS) -> Power:
    """Return "off" where all connectors or all backlights are, "unknown" where there are none.

    A connector is on with something connected, enabled and awake (`status`, `enabled`, `dpms`); a
    backlight with a `bl_power` of 0 (FB_BLANK_UNBLANK).
    """
    connectors, backlights = list(_connectors(sys)), list(_backlights(sys))
    if not connectors and not backlights:
        return "unknown"
    dark = any(states and not any(states) for states in (connectors, backlights))
    return "off" if dark else "on"


def _connectors(sys: Path) -> Iterator[bool]:
    for folder in sorted(sys.glob("drm/card*-*")):
        status, enabled, dpms = (_said(folder / name) for name in ("status", "enabled", "dpms"))
        if status in {"connected", "disconnected"}:
            yield status == "connected" and enabled != "disabled" and dpms in {"On", ""}


def _backlights(sys: Path) -> Iterator[bool]:
    for file in sorted(sys.glob("backlight/*/bl_power")):
        if (said := _said(file)).lstrip("-").isdigit():
            yield int(said) == 0


def _said(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
