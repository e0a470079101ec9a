"""When the clock is believed. The stories' clocks are numbers: days of wall time, seconds since the start."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.board import Board, board_at
from kiosk.evidence.tracker import Tick
from sync.clock import (
    BUILT,
    LEAP,
    ChipProof,
    ClockEvent,
    Moment,
    Proved,
    Reading,
    Watch,
    chip_proof,
    look,
)
from tests.kiosk.test_board import posting

ISSUED = datetime(2026, 11, 23, 8, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LONG_AGO, FAR = datetime(1970, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
HELD = Proved(issued=ISSUED)


def reading(
    wall: datetime, at: float = 0.0, *, kept: bool = False, chip: datetime | None = None
) -> Reading:
    return Reading(wall, at, kept, chip)


def watched(*readings: Reading, proved: Proved = HELD) -> Watch:
    """Return the watch after all these looks in one boot."""
    watch: Watch | None = None
    for one in readings:
        watch = look(watch, one, proved)
    assert watch
    return watch


def test_a_synchronised_clock_is_believed():
    now = ISSUED + HOUR

    watch = watched(reading(now, kept=True))

    assert (watch.moment, watch.why) == (Moment(now, trusted=True), "network")


def test_a_clock_below_what_was_proved_is_not_believed_even_if_synchronised():
    watch = watched(reading(LONG_AGO, kept=True))

    assert (watch.moment, watch.why) == (Moment(ISSUED, trusted=False), "behind")


def test_a_clock_in_2040_that_nobody_keeps_is_not_believed():
    assert watched(reading(FAR)).moment == Moment(ISSUED, trusted=False)


def test_the_floor_is_the_latest_of_all_proofs():
    assert Proved().floor == BUILT
    assert Proved(issued=LONG_AGO).floor == BUILT
    assert Proved(ISSUED, ISSUED + DAY, ISSUED + HOUR).floor == ISSUED + DAY
    assert Proved(ISSUED, ISSUED + DAY, ISSUED + 2 * DAY).floor == ISSUED + 2 * DAY


def test_a_kiosk_that_was_off_wakes_no_earlier_than_its_last_beat():
    beat = ISSUED + 5 * DAY

    woken = watched(reading(ISSUED + DAY), proved=Proved(ISSUED, beat=beat))

    assert woken.moment == Moment(beat, trusted=False)


def test_an_office_whose_computer_is_fast_does_not_cost_a_right_clock_its_trust():
    watch = watched(reading(ISSUED - timedelta(minutes=10), kept=True))

    assert watch.moment == Moment(ISSUED, trusted=True)


def test_a_clock_that_was_kept_is_believed_without_a_network_till_somebody_sets_it():
    start = ISSUED + HOUR
    days = watched(reading(start, kept=True), reading(start + 10 * DAY, 864_000.0))
    moved = look(days, reading(start + 15 * DAY, 864_060.0), HELD)
    back = look(moved, reading(start + 10 * DAY + HOUR, 864_000.0 + 3_600), HELD)

    assert days.why == "held"
    assert timedelta(0) <= start + 10 * DAY - days.moment.time < timedelta(minutes=3)  # drift
    assert (moved.moment, moved.why) == (Moment(days.moment.time, trusted=False), "moved")
    assert [one.what for one in moved.events] == ["jump", "untrusted"]
    assert back.moment.trusted
    assert [one.what for one in back.events] == ["jump", "trusted"]


def test_a_jump_and_the_return_of_trust_are_told_with_their_size():
    asleep = watched(reading(LONG_AGO), reading(LONG_AGO + HOUR, 3_600.0))
    now = ISSUED + DAY

    woken = look(asleep, reading(now, 3_660.0, kept=True), HELD)

    step = (now - LONG_AGO).total_seconds() - 3_660
    assert woken.events == (ClockEvent("jump", now, step), ClockEvent("trusted", now, 3_660.0))
    assert look(woken, reading(now + HOUR, 7_260.0, kept=True), HELD).events == ()


def test_a_clock_that_is_slewed_or_stepped_by_less_than_ten_seconds_has_not_jumped():
    watch = watched(reading(ISSUED, kept=True), reading(ISSUED + timedelta(seconds=69), 60.0))

    assert watch.moment.trusted
    assert watch.events == ()


def test_many_small_steps_that_nobody_keeps_come_to_a_clock_that_was_moved():
    steps = [reading(ISSUED + timedelta(seconds=9 * n), float(n)) for n in range(1, 5)]

    assert watched(reading(ISSUED, kept=True), *steps).why == "moved"


def test_a_time_service_that_corrects_within_a_day_is_followed():
    later = ISSUED + HOUR
    watch = watched(reading(later, kept=True), reading(later + 5 * HOUR, 60.0, kept=True))

    assert watch.moment == Moment(later + 5 * HOUR, trusted=True)
    assert watch.events[0] == ClockEvent("jump", later + 5 * HOUR, 5 * 3_600 - 60.0)


def test_a_time_service_that_leaps_months_ahead_takes_nothing_down_till_it_takes_it_back():
    now = ISSUED + HOUR
    leapt = watched(reading(now, kept=True), reading(now + 30 * DAY, 60.0, kept=True))
    again = look(leapt, reading(now + timedelta(minutes=2), 120.0, kept=True), HELD)

    assert (leapt.moment, leapt.why) == (Moment(now, trusted=False), "ahead")
    assert again.moment == Moment(now + timedelta(minutes=2), trusted=True)


def test_a_leap_is_believed_when_the_office_has_signed_a_later_time():
    now = ISSUED + HOUR
    leapt = watched(reading(now, kept=True), reading(now + 30 * DAY, 60.0, kept=True))

    later = reading(now + 30 * DAY, 120.0, kept=True)
    confirmed = look(leapt, later, Proved(issued=now + 29 * DAY))

    assert confirmed.moment == Moment(later.wall, trusted=True)


def test_a_synchronised_clock_far_ahead_of_all_that_is_proved_waits_for_the_office():
    now = ISSUED + LEAP + DAY

    stored = watched(reading(now, kept=True))
    served = look(stored, reading(now, 60.0, kept=True), Proved(issued=now - DAY))

    assert (stored.moment, stored.why) == (Moment(ISSUED, trusted=False), "ahead")
    assert served.moment == Moment(now, trusted=True)


def test_a_time_service_that_lies_further_at_each_start_gets_no_further_than_one_leap():
    first = ISSUED + 61 * DAY
    lied = watched(reading(first, kept=True))
    proved = Proved(ISSUED, shown=lied.moment.time, beat=lied.moment.time)

    again = watched(reading(first + 61 * DAY, kept=True), proved=proved)

    assert lied.moment.trusted
    assert (again.moment, again.why) == (Moment(first, trusted=False), "ahead")


def test_a_time_service_that_creeps_ahead_by_less_than_a_day_gets_no_further_either():
    looks = [reading(ISSUED + n * 20 * HOUR, float(n), kept=True) for n in range(200)]

    crept = watched(*looks)

    assert crept.why == "ahead"
    assert crept.moment.time <= ISSUED + LEAP + HOUR


def test_a_kiosk_that_runs_for_months_counts_them_by_its_own_seconds():
    months = 200 * DAY
    start, later = (
        reading(ISSUED, kept=True),
        reading(ISSUED + months, months.total_seconds(), kept=True),
    )

    assert watched(start, later).moment == Moment(ISSUED + months, trusted=True)


def test_a_clock_chip_alone_is_no_proof():
    now = ISSUED + HOUR

    assert watched(reading(now, chip=now)).why == "chip-unproved"
    assert watched(reading(now)).why == "unset"


def test_a_chip_that_a_time_service_has_proved_counts_the_days_without_a_network():
    now = ISSUED + HOUR
    online = watched(reading(now, kept=True, chip=now))
    proved = Proved(ISSUED, chip=chip_proof(online, HELD))

    later = now + 20 * DAY
    offline = watched(reading(later, chip=later), proved=proved)

    assert offline.why == "chip"
    assert timedelta(0) <= later - offline.moment.time < timedelta(minutes=6)  # drift


def test_a_chip_that_a_stick_has_proved_counts_from_the_time_the_office_signed():
    brought = ISSUED + 5 * HOUR
    before = watched(reading(brought, chip=brought))

    proof = chip_proof(before, HELD)
    minute = brought + timedelta(minutes=1)
    after = look(before, reading(minute, 60.0, chip=minute), Proved(ISSUED, chip=proof))

    assert before.why == "chip-unproved"
    assert proof == ChipProof(brought, 5 * 3_600.0)
    assert after.moment.trusted
    # It can't be earlier than that, and may not be later.
    assert abs(after.moment.time - (ISSUED + timedelta(minutes=1))) < timedelta(seconds=1)


def test_the_stick_that_was_brought_soonest_proves_best():
    slow, quick = ISSUED + 2 * DAY, ISSUED + 9 * DAY + HOUR
    first = chip_proof(watched(reading(slow, chip=slow)), HELD)
    second = Proved(ISSUED + 9 * DAY, chip=first)
    third = Proved(ISSUED + 20 * DAY, chip=ChipProof(quick, 3_600.0))
    late = ISSUED + 22 * DAY

    sharper = chip_proof(watched(reading(quick, chip=quick), proved=second), second)
    kept = chip_proof(watched(reading(late, chip=late), proved=third), third)

    assert sharper == ChipProof(quick, 3_600.0)
    assert kept == third.chip


def test_a_stick_that_lay_about_for_a_week_proves_no_chip():
    now = ISSUED + 7 * DAY

    assert chip_proof(watched(reading(now, chip=now)), HELD) is None


def test_a_chip_that_somebody_sets_has_to_be_proved_anew():
    now, proof = ISSUED + HOUR, ChipProof(ISSUED + HOUR, 0.0)
    known = Proved(ISSUED, chip=proof)
    set_ = reading(now + 20 * DAY, 60.0, chip=now + 20 * DAY)
    moved = watched(reading(now, chip=now), set_, proved=known)

    assert (moved.moment.trusted, moved.why) == (False, "moved")
    assert chip_proof(moved, known) is None


def test_a_system_clock_that_somebody_sets_apart_from_the_chip_is_not_believed():
    now, known = ISSUED + HOUR, Proved(ISSUED, chip=ChipProof(ISSUED, 0.0))

    assert watched(reading(now + DAY, chip=now), proved=known).why == "chip-unproved"
    assert watched(reading(now, chip=now), proved=known).why == "chip"


def test_a_stick_proves_a_chip_from_which_the_system_has_drifted_away_for_weeks():
    weeks = 30 * 86_400.0
    chip = ISSUED + HOUR
    slow = reading(chip - timedelta(minutes=2), weeks, chip=chip)

    proof = chip_proof(watched(slow), HELD)
    known = Proved(ISSUED, chip=proof)

    assert proof == ChipProof(chip, 3_600.0)
    assert watched(slow, proved=known).moment == Moment(ISSUED, trusted=True)


def test_a_chip_with_an_empty_battery_is_behind():
    known = Proved(ISSUED, chip=ChipProof(ISSUED, 0.0))

    assert watched(reading(LONG_AGO, chip=LONG_AGO), proved=known).why == "behind"


@dataclass
class Kiosk:
    """A kiosk in simulated time: `truth` is the right time, its quartz gains `rate`, its chip loses it.

    Its chip is set by nobody while the kiosk is off: that can't be seen.
    """

    rate: float
    truth: datetime = ISSUED + HOUR
    wall: timedelta = timedelta(0)  # wrong by
    chip: timedelta = timedelta(0)
    since: float = 0.0
    kept: bool = True
    proved: Proved = field(default_factory=lambda: HELD)
    watch: Watch | None = None

    def look(self) -> Watch:
        """Look at the clock, and write down what a kiosk writes down."""
        now = Reading(self.truth + self.wall, self.since, self.kept, self.truth + self.chip)
        self.watch = look(self.watch, now, self.proved)
        moment = self.watch.moment
        tick = Tick(now.at, now.wall, moment.trusted, earliest=moment.time)  # as the screen's
        beat = tick.told if tick.trusted else self.proved.beat
        self.proved = replace(self.proved, beat=beat, chip=chip_proof(self.watch, self.proved))
        return self.watch

    def pass_by(self, hours: float) -> None:
        gained = timedelta(hours=hours * self.rate)
        self.truth += timedelta(hours=hours)
        self.since += hours * 3_600 + gained.total_seconds()
        self.chip -= gained
        self.wall += timedelta(0) if self.kept else gained

    def set_clock(self, hours: float) -> None:
        self.kept, self.wall = False, timedelta(hours=hours)

    def set_both(self, hours: float) -> None:
        self.set_clock(hours)
        self.chip = self.wall

    def find_network(self, _: float) -> None:
        self.kept, self.wall, self.chip = True, timedelta(0), timedelta(0)

    def lose_network(self, _: float) -> None:
        self.kept = False

    def restart(self, hours: float) -> None:
        self.truth += timedelta(hours=hours)
        self.chip -= timedelta(hours=hours * self.rate)
        self.watch, self.since, self.kept, self.wall = None, 0.0, False, self.chip

    def take_stick(self, hours: float) -> None:
        signed = self.truth - timedelta(hours=min(hours, 48.0))
        if self.proved.issued and signed > self.proved.issued:
            self.proved = replace(self.proved, issued=signed)


MISHAPS: list[Callable[[Kiosk, float], None]] = [
    Kiosk.pass_by, Kiosk.find_network, Kiosk.lose_network, Kiosk.restart, Kiosk.take_stick,
    lambda kiosk, hours: kiosk.set_clock(hours - 500), lambda kiosk, hours: kiosk.set_both(hours - 500),
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.timedeltas(min_value=timedelta(days=-40), max_value=timedelta(days=40)),
    st.floats(-1e-4, 1e-4),
    st.lists(st.tuples(st.sampled_from(MISHAPS), st.floats(0.0, 1_000.0)), max_size=30),
)
def test_whatever_happens_to_the_clock_no_notice_comes_down_too_early(
    chip: timedelta, rate: float, life: list[tuple[Callable[[Kiosk, float], None], float]]
) -> None:
    kiosk = Kiosk(rate, chip=chip, wall=chip, kept=False)  # as it comes from the shop
    notices = [posting(f"公示{day}", (ISSUED - day * DAY).date()) for day in range(0, 40, 3)]

    for mishap, hours in life:
        kiosk.look()
        mishap(kiosk, hours)
        floor = kiosk.proved.floor
        watch = kiosk.look()

        right = board_at(notices, Moment(kiosk.truth, trusted=True))
        shown = board_at(notices, watch.moment)
        assert watch.moment.time >= floor
        assert watch.moment.time <= kiosk.truth
        assert set(titles_of(right)) <= set(titles_of(shown))


def titles_of(board: Board) -> list[str]:
    return [one.posting.notice.title for one in board.standing]
