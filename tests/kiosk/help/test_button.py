"""A button in the open: it bounces, sparks, sticks, and old hands press it slowly."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from kiosk.help.button import (
    HOLD,
    SETTLE,
    STUCK,
    UNREST,
    Event,
    Faulty,
    Held,
    Mended,
    Pressed,
    Released,
    edge,
    next_look,
    settle,
    start,
)


def story(*edges: tuple[float, bool], until: float, down: bool = False) -> list[Event]:
    """Play edges, looking in between exactly when `next_look` says so."""
    reading, told = start(down, 0.0), []
    for at, level in [*edges, (until, None)]:
        while (look := next_look(reading)) is not None and look <= at:
            reading, events = settle(reading, look)
            told += events
        if level is not None:
            reading, events = edge(reading, level, at)
            told += events
    return told


def test_a_bouncing_press_is_one_press():
    bounces = [(1.0, True), (1.003, False), (1.004, True), (1.010, False), (1.012, True)]

    assert story(*bounces, (1.5, False), until=3) == [Pressed(1.012), Released()]


def test_a_spark_is_no_press():
    assert story((1.0, True), (1.02, False), until=9) == []


def test_a_very_slow_press_is_a_press_and_a_hold():
    assert story((1.0, True), (4.0, False), until=9) == [Pressed(1.0), Held(), Released()]


def test_a_hold_is_not_broken_by_a_spark_in_the_middle():
    assert story((1.0, True), (2.0, False), (2.01, True), until=4) == [Pressed(1.0), Held()]


def test_a_stuck_button_is_one_press_and_a_fault_until_it_comes_up():
    assert story((1.0, True), (100.0, False), until=200) == [
        Pressed(1.0),
        Held(),
        Faulty("stuck"),
        Released(),
        Mended(),
    ]


def test_a_button_down_at_the_start_never_calls_but_is_reported():
    assert story(until=100, down=True) == [Faulty("stuck")]


def test_a_button_down_at_the_start_calls_when_pressed_anew():
    assert story((1.0, False), (2.0, True), until=2.5, down=True) == [Released(), Pressed(2.0)]


def test_a_loose_cable_is_a_fault_and_no_call():
    shaking = [(1 + n * 0.01, n % 2 == 0) for n in range(602)]

    assert story(*shaking, until=20) == [Faulty("unsteady"), Mended()]


def test_edges_that_were_looked_at_late_still_count():
    reading = start(level=False, now=0.0)
    reading, _ = edge(reading, True, 1.0)

    reading, events = edge(reading, False, 1.5)

    assert events == (Pressed(1.0),)
    assert settle(reading, 2.0)[1] == (Released(),)


EDGES = st.lists(
    st.tuples(st.floats(0.0001, 3), st.booleans()), max_size=60
)  # pause before it in s, level


@given(EDGES, st.booleans())
def test_whatever_a_cable_does_presses_and_releases_take_turns(steps, down):
    at, edges = 0.0, []
    for pause, level in steps:
        at += pause
        edges.append((at, level))

    told = story(*edges, until=at + STUCK + 1, down=down)

    turns = [type(event) for event in told if isinstance(event, Pressed | Released)]
    assert all(one != other for one, other in itertools.pairwise(turns))
    assert turns[:1] in ([], [Released if down else Pressed])
    assert told.count(Held()) <= turns.count(Pressed)
    faults = [type(event) for event in told if isinstance(event, Faulty | Mended)]
    assert all(one != other for one, other in itertools.pairwise(faults))
    assert faults[:1] in ([], [Faulty])


@given(st.lists(st.floats(0.0001, SETTLE * 0.9), max_size=300))
def test_a_level_that_never_rests_never_presses(pauses):
    at, edges = 1.0, []
    for number, pause in enumerate(pauses):
        edges.append((at, number % 2 == 0))
        at += pause
    edges.append((at, False))

    told = story(*edges, until=at + HOLD)

    assert not [event for event in told if isinstance(event, Pressed | Held)]
    assert (Faulty("unsteady") in told) == (at - 1.0 >= UNREST)


@given(st.floats(SETTLE * 1.01, 1.9), st.lists(st.floats(0.0001, 0.01), max_size=10))
def test_a_press_however_short_after_bouncing_counts_once(length, pauses):
    at, edges = 1.0, [(1.0, True)]
    for number, pause in enumerate(pauses[: len(pauses) // 2 * 2]):
        at += pause
        edges.append((at, number % 2 == 1))

    told = story(*edges, (at + length, False), until=at + length + 1)

    assert told == [Pressed(edges[-1][0]), Released()]
