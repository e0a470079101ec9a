"""The board's time: minutes that pass, boards that fall due, turns that end."""

from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.navigation import Position
from kiosk.scene import Undrawn
from kiosk.ui.timekeeper import Timekeeper
from sync.clock import Moment
from tests.support.scene import NOW, scene


class Clock:
    """A clock that stands at `time`."""

    def __init__(self) -> None:
        self.time, self.trusted = NOW, True

    def now(self) -> datetime:
        return self.time

    def moment(self, floor: datetime | None) -> Moment:
        return Moment(max(self.time, floor or self.time), self.trusted)


def test_scene_stays_itself_until_the_minute_is_over() -> None:
    clock, shown = Clock(), scene()
    keeper = Timekeeper(clock, 10)

    clock.time = NOW + timedelta(seconds=59)
    assert keeper.brought_on(shown) is shown
    clock.time = NOW + timedelta(seconds=60)
    assert keeper.brought_on(shown).now == clock.time


def test_next_hour_forgives_what_could_not_be_drawn() -> None:
    clock = Clock()
    clock.time = NOW + timedelta(hours=1)

    shown = Timekeeper(clock, 10).brought_on(scene(bad=(Undrawn("road", 1, "broken"),)))

    assert shown.bad == ()


def test_another_board_is_due_once_the_clock_is_no_longer_trusted() -> None:
    clock = Clock()
    keeper = Timekeeper(clock, 10)
    shown = keeper.reboard(scene())

    assert not keeper.is_due(shown)
    clock.trusted = False
    assert keeper.is_due(shown)
    assert not keeper.is_due(keeper.reboard(shown))


def test_turn_is_over_after_its_time_unless_it_is_held() -> None:
    shown = scene(turn=None)
    long, short = Timekeeper(Clock(), 3600), Timekeeper(Clock(), 0)
    long.begin_turn()

    assert not long.turn_ended(shown)
    short.begin_turn()
    assert short.turn_ended(shown)
    assert not short.turn_ended(replace(shown, position=Position(held=True)))


def test_next_notice_has_its_turn() -> None:
    keeper = Timekeeper(Clock(), 10)
    first = keeper.turn_over(scene())
    second = keeper.turn_over(first)

    assert first.turn is not None
    assert second.turn not in {None, first.turn}
