"""The button, lamp and buzzer on the board's pins; the only place of gpiozero.

Callbacks only hand on what the pin says, with the time: what it means is `button`. `NoPins` is for
a machine without them.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeAlias

from kiosk.settings import HelpTable
from sync.errors import SunboardError

Tell: TypeAlias = Callable[[bool, float], None]


class PinsBroken(SunboardError):
    """The pins can't be used."""

    advice = "Check [help] pins, button, lamp and buzzer in the settings, and the wiring."


@dataclass(frozen=True, slots=True)
class Beat:
    """Seconds on and off; never off if `off` is 0, dark or silent if `on` is 0."""

    on: float = 0.0
    off: float = 0.0


SILENT: Final = Beat()


class Board(Protocol):
    """What stands at the post: a button to look at, a lamp and a buzzer to drive."""

    def is_down(self) -> bool:
        """Say whether the button is down now."""

    def show(self, lamp: Beat, buzzer: Beat) -> None:
        """Blink and beep like that until told otherwise."""

    def close(self) -> None:
        """Go dark and silent, and give the pins back."""


class NoPins:
    """A post without a button: help is asked for on the screen."""

    def is_down(self) -> bool:
        """Return False."""
        return False

    def show(self, lamp: Beat, buzzer: Beat) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


class Pins:
    """The post at the board's pins. `factory` is gpiozero's pin factory, None for the board's own.

    Raises:
        PinsBroken: there are no such pins, or another program has them.
    """

    def __init__(self, table: HelpTable, tell: Tell, factory: Any = None) -> None:
        import gpiozero  # noqa: PLC0415  # 4 MB, and absent on machines without pins

        self._devices: list[Any] = []
        try:
            self._factory = factory if factory is not None else self._add(_board_factory())
            self._button = self._add(gpiozero.Button(table.button, pin_factory=self._factory))
            self._lamp, self._buzzer = (
                self._add(gpiozero.DigitalOutputDevice(pin, pin_factory=self._factory))
                for pin in (table.lamp, table.buzzer)
            )
        except (gpiozero.GPIOZeroError, OSError, RuntimeError, ImportError) as error:
            self.close()
            raise PinsBroken(f"接不上按钮引脚 (no pins): {error}") from error
        self._button.when_pressed = lambda: tell(True, time.monotonic())  # noqa: FBT003
        self._button.when_released = lambda: tell(False, time.monotonic())  # noqa: FBT003

    def is_down(self) -> bool:
        """Say whether the button is down now."""
        return bool(self._button.is_pressed)

    def show(self, lamp: Beat, buzzer: Beat) -> None:
        """Blink and beep like that until told otherwise."""
        for device, beat in ((self._lamp, lamp), (self._buzzer, buzzer)):
            if not beat.on:
                device.off()
            elif not beat.off:
                device.on()
            else:
                device.blink(on_time=beat.on, off_time=beat.off)

    def close(self) -> None:
        """Go dark and silent, and give the pins back."""
        for device in reversed(self._devices):
            device.close()

    def _add(self, device: Any) -> Any:
        self._devices.append(device)
        return device


def _board_factory() -> Any:
    """Return gpiozero's own factory, named: its search for one ends in a driver that guesses."""
    import lgpio  # noqa: PLC0415  # absent on machines without pins
    from gpiozero.pins.lgpio import LGPIOFactory  # noqa: PLC0415

    try:
        return LGPIOFactory()
    except lgpio.error as error:
        raise OSError(str(error)) from error
