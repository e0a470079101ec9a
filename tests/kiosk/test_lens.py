"""What zooming and moving a picture show of it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.lens import WHOLE, ZOOMS, Lens, Part, Stand

SCAN = Stand(1_400, 2_000, 1_000, 1_000)  # an upright page in a square room


def test_whole_picture_is_seen_at_first() -> None:
    assert SCAN.part(WHOLE) == Part()
    assert SCAN.size(WHOLE) == (700, 1_000)
    assert SCAN.smaller(WHOLE) is None
    assert SCAN.moved(WHOLE, 1, 0) is None


def test_larger_steps_end_at_the_largest_and_lead_back_to_the_whole() -> None:
    lens, seen = WHOLE, []
    while larger := SCAN.larger(lens):
        lens = larger
        seen.append(lens.zoom)
    back = SCAN.smaller(lens)
    while back:
        lens, back = back, SCAN.smaller(back)

    assert seen == list(ZOOMS[1:])
    assert lens == WHOLE


def test_single_taps_reach_every_corner() -> None:
    lens = SCAN.larger(SCAN.larger(WHOLE) or WHOLE) or WHOLE
    for right, down in ((-1, 0), (0, -1)):
        while moved := SCAN.moved(lens, right, down):
            lens = moved
    assert (SCAN.part(lens).left, SCAN.part(lens).top) == (pytest.approx(0), pytest.approx(0))

    covered = [SCAN.part(lens)]
    while moved := SCAN.moved(lens, 0, 1):
        lens = moved
        covered.append(SCAN.part(lens))
    assert covered[-1].top + covered[-1].height == pytest.approx(1)
    assert all(below.top < above.top + above.height for above, below in pairwise(covered))


def test_what_is_tapped_stays_under_the_finger() -> None:
    larger = SCAN.larger(Lens(2.5, 0.5, 0.5), at=(200, -100))

    assert larger is not None
    before = 0.5 + 200 / (700 * 2.5)
    assert larger.x + 200 / (700 * 4) == pytest.approx(before)


def test_two_fingers_that_part_enlarge_what_is_between_them() -> None:
    pinched = SCAN.held(WHOLE, 2.0, (0, 0), (0, 0))

    assert pinched == Lens(2.0, 0.5, 0.5)


spots = st.tuples(st.floats(-2_000, 2_000), st.floats(-2_000, 2_000))


@given(st.floats(0.1, 9), st.floats(-1, 2), st.floats(-1, 2), st.floats(0.1, 9), spots, spots)
def test_nothing_ever_shows_more_than_the_picture(
    zoom: float,
    x: float,
    y: float,
    to: float,
    before: tuple[float, float],
    after: tuple[float, float],
) -> None:
    part = SCAN.part(SCAN.held(SCAN.kept(Lens(zoom, x, y)), to, before, after))

    assert part.left >= -1e-9
    assert part.top >= -1e-9
    assert part.left + part.width <= 1 + 1e-9
    assert part.top + part.height <= 1 + 1e-9
