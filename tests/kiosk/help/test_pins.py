"""The pins hand on what happens, and blink and beep as told."""

import threading
from collections.abc import Iterator

import pytest
from gpiozero.pins.mock import MockFactory

from kiosk.help.pins import SILENT, Beat, NoPins, Pins, PinsBroken
from kiosk.settings import HelpTable

TABLE = HelpTable()


@pytest.fixture
def factory() -> Iterator[MockFactory]:
    made = MockFactory()
    yield made
    made.close()


def test_edges_are_handed_on_in_order_with_their_time(factory):
    told: list[tuple[bool, float]] = []
    board = Pins(TABLE, lambda down, at: told.append((down, at)), factory)
    pin = factory.pin(TABLE.button)

    pin.drive_low()
    assert board.is_down()
    pin.drive_high()
    board.close()

    assert [down for down, _ in told] == [True, False]
    assert told[0][1] <= told[1][1]


def test_the_lamp_blinks_until_told_otherwise_and_goes_dark_at_the_end(factory):
    board = Pins(TABLE, lambda *_: None, factory)
    lamp, buzzer = factory.pin(TABLE.lamp), factory.pin(TABLE.buzzer)
    blinked = threading.Event()

    board.show(Beat(0.01, 0.01), Beat(1.0))
    watch(lamp, blinked)
    assert blinked.wait(5)
    assert buzzer.state

    board.show(SILENT, SILENT)
    assert not lamp.state
    assert not buzzer.state
    board.close()


def watch(pin, blinked: threading.Event) -> None:
    """Set `blinked` once the pin was on and off and on again."""
    seen, tick = [pin.state], threading.Event()
    for _ in range(1000):
        if pin.state != seen[-1]:
            seen.append(pin.state)
        if len(seen) > 3:
            blinked.set()
            return
        tick.wait(0.002)


def test_pins_that_are_taken_or_missing_are_a_plain_error(factory):
    taken = Pins(TABLE, lambda *_: None, factory)

    with pytest.raises(PinsBroken, match="no pins"):
        Pins(TABLE, lambda *_: None, factory)
    taken.close()
    Pins(TABLE, lambda *_: None, factory).close()


def test_a_machine_without_any_chip_is_a_plain_error(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # lgpio leaves a pipe in the working directory

    with pytest.raises(PinsBroken):
        Pins(TABLE, lambda *_: None)


def test_without_pins_nothing_happens():
    board = NoPins()
    board.show(Beat(1), Beat(1))
    board.close()

    assert not board.is_down()
