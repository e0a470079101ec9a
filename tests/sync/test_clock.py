from datetime import UTC, datetime, timedelta

from sync.clock import BUILT, Moment, reference, system_clock_synchronised

ISSUED = datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_a_synchronised_clock_is_believed():
    now = ISSUED + timedelta(hours=1)

    assert reference(now, synchronised=True, floor=ISSUED) == Moment(now, trusted=True)


def test_a_clock_below_what_was_proved_is_not_believed_even_if_synchronised():
    past = datetime(1970, 1, 1, tzinfo=UTC)

    assert reference(past, synchronised=True, floor=ISSUED) == Moment(ISSUED, trusted=False)


def test_a_clock_in_2040_that_nobody_keeps_is_not_believed():
    future = datetime(2040, 1, 1, tzinfo=UTC)

    assert reference(future, synchronised=False, floor=ISSUED) == Moment(ISSUED, trusted=False)


def test_the_build_time_is_the_first_proof():
    past = datetime(1970, 1, 1, tzinfo=UTC)

    assert reference(past, synchronised=False, floor=past) == Moment(BUILT, trusted=False)


def test_the_kernel_can_be_asked():
    assert system_clock_synchronised() in {True, False}
