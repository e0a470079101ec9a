"""Two fingers on a picture: `python -m tests.kiosk.ui.pinch`, on a display of 1080 × 1920, does it.

Writes as JSON whether the kiosk counts both touches, then a line for every step: how large the
picture is seen, how far its middle is from the room's, and the sizes asked for so far.
"""

import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from kiosk.intentions import Intention, Open
from kiosk.places import AtPicture
from tests.gallery.scenes import SCENES
from tests.gallery.studio import Gallery

MIDDLE = (540.0, 900.0)


def main() -> None:
    asked: list[Intention] = []
    with tempfile.TemporaryDirectory() as home:
        gallery = Gallery(1080, 1920, Path(home))
        # Kivy opens its window when it is imported, so only now.
        from kivy.tests.common import UnitTestTouch  # noqa: PLC0415

        from kiosk.ui.hand import Hand  # noqa: PLC0415

        gallery.hang(32.0, "light")
        gallery._studio = replace(gallery._studio, emit=asked.append)
        gallery.draw(next(shot for shot in SCENES if shot.name == "picture"), 0)
        screen = gallery._stage._screen
        hand, counted = Hand(), []

        def tell(step: str) -> None:
            gallery._settle()
            lens = screen._drawn.view.lens
            places = [one.place for one in asked if isinstance(one, Open)]
            zooms = [one.lens.zoom for one in places if isinstance(one, AtPicture)]
            sys.stdout.write(
                json.dumps([step, round(lens.zoom, 2), round(lens.x, 2), zooms]) + "\n"
            )

        x, y = MIDDLE
        left, right = UnitTestTouch(x - 60, y), UnitTestTouch(x + 60, y)
        for finger in (left, right):
            finger.touch_down()
            counted.append(hand.counts(finger))
        sys.stdout.write(json.dumps(counted) + "\n")
        left.touch_move(x - 120, y)
        right.touch_move(x + 120, y)
        tell("apart")
        left.touch_move(x - 90, y)
        right.touch_move(x + 90, y)
        tell("nearer")
        left.touch_up()
        tell("one is lifted")
        right.touch_move(x + 200, y)
        right.touch_up()
        tell("both are lifted")
        gallery.close()


if __name__ == "__main__":
    main()
