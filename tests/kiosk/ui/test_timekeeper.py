"""The board's time: minutes that pass, boards that fall due, turns that end."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kiosk.board import local_day
from kiosk.holdings import Holdings
from kiosk.navigation import Position
from kiosk.scene import Undrawn
from kiosk.ui.timekeeper import Timekeeper
from sync.clock import Reading
from tests.support.scene import NOW, scene


class Clock:
    """A clock that stands at `time`; `beat` is the last that was written down by a trusted one."""

    def __init__(self) -> None:
        self.time, self.kept = NOW, True
        self.last_beat: datetime | None = None

    def now(self) -> datetime:
        return self.time

    def read(self) -> Reading:
        return Reading(self.time, 0.0, self.kept)

    def beat(self) -> datetime | None:
        return self.last_beat


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
    clock.time, clock.kept = NOW + timedelta(days=40), False
    moved = keeper.brought_on(shown)
    assert keeper.is_due(moved)
    distrusted = keeper.reboard(moved)
    assert not keeper.is_due(distrusted)
    assert distrusted.board == replace(shown.board, trusted=False)


def test_jumps_are_kept_for_the_status_page_newest_first() -> None:
    clock = Clock()
    keeper = Timekeeper(clock, 10)
    shown = keeper.reboard(scene())

    clock.time, clock.kept = NOW + timedelta(hours=3), False
    shown = keeper.brought_on(shown)
    assert (shown.clock, [one.what for one in shown.clock_events]) == (
        "moved",
        ["untrusted", "jump"],
    )
    clock.time, clock.kept = NOW + timedelta(hours=2), True
    shown = keeper.brought_on(shown)

    assert shown.clock == "network"
    assert [one.what for one in shown.clock_events] == ["trusted", "jump", "untrusted", "jump"]


def test_kiosk_that_was_off_wakes_on_the_day_of_its_last_beat() -> None:
    clock = Clock()
    clock.time, clock.kept, clock.last_beat = datetime(1970, 1, 1, tzinfo=UTC), False, NOW

    board = Timekeeper(clock, 10).reboard(scene()).board

    assert (board.today, board.trusted) == (local_day(NOW), False)


def test_clock_is_not_judged_before_the_card_has_been_read() -> None:
    clock = Clock()
    clock.time = datetime(2040, 1, 1, tzinfo=UTC)

    shown = Timekeeper(clock, 10).brought_on(scene(holdings=Holdings()))

    assert (shown.clock, shown.clock_events) == ("network", ())


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
