"""What can be set on one kiosk: the tables of the device, beside the two that syncing needs.

Values only, with their limits; every key is explained in docs/settings.md, and a complete file is
systemd/kiosk.toml. Reading and checking is `sync.settings`.
"""

from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from sync.settings import KioskTable, Name, SyncTable, Url, load_tables

Pin = Annotated[
    int, Meta(ge=2, le=27)
]  # BCM numbers on the 40-pin header; 0 and 1 are its EEPROM's


# mm across and down. Lying, the keypad of the search needs ten keys of 20 mm with 5 mm between them
# beside its results, and five rows of them between the bars; upright it stands below the results.
LEAST_LYING = (400, 225)
LEAST_UPRIGHT = (185, 320)


class ScreenTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[screen]`: the panel and how near people stand, for sizes in millimetres."""

    diagonal_inches: Annotated[float, Meta(ge=15, le=110)] = 32.0
    width: Annotated[int, Meta(ge=480, le=7680)] = 1080
    height: Annotated[int, Meta(ge=480, le=7680)] = 1920
    lower_edge_mm: Annotated[int, Meta(ge=300, le=700)] = 700
    scan_distance_mm: Annotated[int, Meta(ge=200, le=3000)] = 600
    theme: Literal["light", "dark"] = "light"
    fullscreen: bool = True
    turn_seconds: Annotated[int, Meta(ge=5, le=120)] = 12
    idle_seconds: Annotated[int, Meta(ge=30, le=600)] = 90

    def __post_init__(self) -> None:
        """Refuse a panel on which keys of 20 mm have no room beside each other."""
        across, down = self.width / self.pixels_per_mm, self.height / self.pixels_per_mm
        least = LEAST_LYING if self.width > self.height else LEAST_UPRIGHT
        if across < least[0] or down < least[1]:
            raise ValueError(
                f"这块屏 {across:.0f}×{down:.0f} 毫米，至少要 {least[0]}×{least[1]} 毫米，"
                "20 毫米的按键才放得下；小屏请竖着装 "
                f"(the panel is too small for keys of 20 mm: at least {least[0]} × {least[1]} mm; "
                "hang a small one upright)"
            )

    @property
    def pixels_per_mm(self) -> float:
        """How many pixels a millimetre of the panel has."""
        return float((self.width**2 + self.height**2) ** 0.5 / (self.diagonal_inches * 25.4))


class VoiceTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[voice]`: how notices are read aloud."""

    rate: Annotated[int, Meta(ge=120, le=300)] = 185
    volume: Annotated[float, Meta(ge=0, le=1)] = 0.8
    device: Annotated[
        str,
        Meta(
            pattern=r"^[A-Za-z0-9][A-Za-z0-9_:=,.-]{0,63}$",
            extra={"words": "声卡名，如 default 或 plughw:1 (an ALSA device such as plughw:1)"},
        ),
    ] = "default"


class Contact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[[help.contacts]]`: one link of the chain that is called, in the order of the file."""

    name: Name
    kind: Literal["webhook", "wecom"]
    url: Url
    selftest: bool = True


class HelpTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[help]`: the button that calls a person, and who is called."""

    pins: Literal["gpio", "none"] = "gpio"
    button: Pin = 17
    lamp: Pin = 27
    buzzer: Pin = 22
    countdown_seconds: Annotated[int, Meta(ge=5, le=10)] = 8
    acknowledge_seconds: Annotated[int, Meta(ge=60, le=120)] = 90
    stale_hours: Annotated[int, Meta(ge=1, le=72)] = 12
    selftest_days: Annotated[int, Meta(ge=1, le=3)] = 3
    contacts: Annotated[tuple[Contact, ...], Meta(max_length=8)] = ()

    def __post_init__(self) -> None:
        """Refuse two things on one pin and two contacts of one name."""
        if len({self.button, self.lamp, self.buzzer}) < 3:
            raise ValueError("button、lamp、buzzer 不能用同一个引脚 (each needs a pin of its own)")
        if len({contact.name for contact in self.contacts}) < len(self.contacts):
            raise ValueError("contacts 里有重名的联系人 (two contacts have the same name)")


class Settings(msgspec.Struct, frozen=True):
    """All settings of one kiosk."""

    kiosk: KioskTable
    sync: SyncTable
    screen: ScreenTable
    voice: VoiceTable
    help: HelpTable


def load(path: Path) -> Settings:
    """Return the settings in the file at `path`.

    Raises:
        BadSettings: every problem that the file has, one a line.
    """
    fields = msgspec.structs.fields(Settings)
    return Settings(**load_tables(path, {field.name: field.type for field in fields}))
