"""Two fingers at once, as Kivy hands them on: no tool of X can do that to the window from outside."""

import json
import os
import subprocess
import sys

import pytest

from tests.support.window import display


@pytest.mark.slow
def test_picture_grows_and_shrinks_between_two_fingers_and_follows_the_one_that_stays() -> None:
    with display(1080, 1920) as screen:
        done = subprocess.run(
            [sys.executable, "-m", "tests.kiosk.ui.pinch"], env=os.environ | screen.environment,
            capture_output=True, text=True, check=True, timeout=60,
        )  # fmt: skip

    counted, *steps = map(json.loads, done.stdout.splitlines())
    assert counted == [True, True]
    zooms = {step: (zoom, asked) for step, zoom, _, asked in steps}
    assert zooms == {
        "apart": (2.0, []),
        "nearer": (1.5, []),
        "one is lifted": (1.5, []),
        "both are lifted": (1.5, [pytest.approx(1.5)]),
    }
    before, after = (x for step, _, x, _ in steps if step.endswith("lifted"))
    assert after < before
