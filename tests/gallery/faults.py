"""What must not be on a screen for old eyes and old hands; empty lists are good news. Pure.

Sizes in millimetres come from `kiosk.ui.panel`, contrast is WCAG 2.2's (1.4.6).
"""

import re
from collections.abc import Iterator
from typing import Final

from PIL import Image

from kiosk.intentions import CallHelp, CancelHelp, Choose, CloseHelp, Open
from kiosk.ui.panel import GAP_MM, HELP_TARGET_MM, TARGET_MM, TEXT_MM, Panel
from tests.gallery.sight import SLACK, Seen, Sight, Spot

STAMP_MM: Final = 7.5  # a seal is recognised, not read
CONTRAST: Final = 7.0
_OF_FIGURES: Final = frozenset("0123456789.,")
_FIGURE: Final = re.compile(r"[\u2212+]?[0-9]{1,3}(,[0-9]{3})*(\.[0-9]*)?|[0-9]{2}-[0-9]{2}")
_LARGER: Final = (CallHelp, CancelHelp, CloseHelp)
_Colour = tuple[int, int, int]


def faults(sight: Sight, panel: Panel) -> list[str]:
    """Return what is wrong with sizes and places, one sentence each."""
    return [
        *_small_words(sight, panel), *_cut_words(sight), *_crossing_words(sight), *_broken_figures(sight),
        *_small_spots(sight, panel), *_cut_spots(sight), *_crowded_spots(sight, panel),
    ]  # fmt: skip


def out_of_reach(sight: Sight, panel: Panel) -> list[str]:
    """Return the keys on an upright panel whose middle a hand at 1,220 mm can't reach.

    A key is whatever doesn't open what is shown. Cards, categories, entries and pictures are content:
    they stand where they are read and aren't measured here.
    """
    if panel.landscape:
        return []
    highest = panel.height - panel.reach
    return [
        f"out of reach: {spot.touch.label}"
        for spot in _short(sight)
        if not isinstance(spot.touch.intention, Open | Choose)
        and spot.box.y + spot.box.height / 2 < highest
    ]


def pale(sight: Sight, picture: Image.Image) -> list[str]:
    """Return the words that the pixels show with less than 7:1, or don't show at all."""
    found = []
    for word in sight.words:
        measured = contrast(word, picture)
        if measured < CONTRAST:
            found.append(f"contrast {measured:.1f}: {word.text}")
    return found


def contrast(word: Seen, picture: Image.Image) -> float:
    """Return the contrast of the words' commonest pixel against the one farthest from it."""
    box = word.box
    edge = word.size * 0.05
    wide = min(box.width, word.size * 4)  # four characters tell as much as forty
    crop = picture.crop(
        (round(box.x), round(box.y + edge), round(box.x + wide), round(box.y + box.height - edge))
    )
    colours = crop.getcolors(crop.width * crop.height) or []
    least = crop.width * crop.height / 500  # a lone pixel is no stroke
    ground = max(colours)[1]
    return max((_ratio(ground, colour) for count, colour in colours if count >= least), default=1.0)


def _small_words(sight: Sight, panel: Panel) -> Iterator[str]:
    for word in sight.words:
        least = (STAMP_MM if word.stamped else TEXT_MM) * panel.pixels_per_mm - 1
        if word.size < least:
            yield f"small words, {word.size / panel.pixels_per_mm:.1f} mm: {word.text}"


def _cut_words(sight: Sight) -> Iterator[str]:
    for word in sight.words:
        if not word.box.within(word.room):
            yield f"cut words: {word.text}"


def _crossing_words(sight: Sight) -> Iterator[str]:
    # Sorted by their upper edge, so that only neighbours are compared.
    words = sorted(sight.words, key=lambda word: word.box.y)
    for number, one in enumerate(words):
        for other in words[number + 1 :]:
            if other.box.y >= one.box.y + one.box.height:
                break
            if one.box.between(other.box) < -SLACK:
                yield f"words over words: {one.text} / {other.text}"


def _short(sight: Sight) -> list[Spot]:
    """Return what a tap is meant for: the status line's long press is the caretaker's."""
    return [spot for spot in sight.spots if not spot.touch.held]


def _broken_figures(sight: Sight) -> Iterator[str]:
    """Yield figures that go on in the line below: 1,23 and 4.50 are read as two."""
    starts = {(round(word.box.x), round(word.box.y)) for word in sight.words}
    ended = [
        word
        for word in sight.words
        if word.text[-1] in _OF_FIGURES
        and (round(_right(word)), round(word.box.y)) not in starts  # the line goes on there
    ]
    for word in sight.words:
        if word.text[0] not in _OF_FIGURES:
            continue
        for above in ended:
            apart = word.box.y - above.box.y - above.box.height
            beside = max(word.box.x, above.box.x) >= min(_right(word), _right(above))
            figure = above.text.split(" ")[-1] + word.text.split(" ")[0]
            if not beside and 0 <= apart < word.size * 0.7 and _FIGURE.fullmatch(figure):
                yield f"broken figure: {above.text} / {word.text}"


def _right(word: Seen) -> float:
    return word.box.x + word.box.width


def _small_spots(sight: Sight, panel: Panel) -> Iterator[str]:
    for spot in _short(sight):
        least = HELP_TARGET_MM if isinstance(spot.touch.intention, _LARGER) else TARGET_MM
        side = min(spot.box.width, spot.box.height)
        if side < least * panel.pixels_per_mm - 1:
            yield f"small target, {side / panel.pixels_per_mm:.1f} mm: {spot.touch.label}"


def _cut_spots(sight: Sight) -> Iterator[str]:
    for spot in _short(sight):
        taller = spot.box.height > spot.room.height  # then part of it is enough to touch
        if not spot.box.within(spot.room) and not taller:
            yield f"cut target: {spot.touch.label}"


def _crowded_spots(sight: Sight, panel: Panel) -> Iterator[str]:
    spots = _short(sight)
    for number, one in enumerate(spots):
        for other in spots[number + 1 :]:
            apart = one.box.between(other.box)
            if apart < GAP_MM * panel.pixels_per_mm - 1:
                apart_mm = apart / panel.pixels_per_mm
                yield f"{apart_mm:.1f} mm apart: {one.touch.label} / {other.touch.label}"


def _ratio(one: _Colour, other: _Colour) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: _Colour) -> float:
    red, green, blue = (
        part / 3294.6 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
