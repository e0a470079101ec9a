"""How wide a table's columns are: an amount or a name is never broken as long as there is a way. Pure."""

import re
from collections.abc import Sequence
from typing import Final

from kiosk.ui.sheets.press import Press, Style

SHORT: Final = 3  # characters: a name or a group isn't broken, a longer text gets as much
_FEW: Final = 8  # rows
_HALVINGS: Final = 20  # of the search for a common limit: far below a pixel
_FIGURE: Final = re.compile(r"[\u2212!-~]+|.", re.DOTALL)


def columns(
    press: Press, rows: Sequence[Sequence[str]], styles: Sequence[Style], room: float, inside: float
) -> tuple[float, ...] | None:
    """Share `room` px among the columns of `rows`, the n-th of which is set in the n-th style.

    `inside` px of each column stay blank. Words are kept whole if there is room for it, figures and
    short names in any case; None if there is no room for these.
    """
    cells = [list(zip(column, styles, strict=True)) for column in zip(*rows, strict=True)]
    few = [max(_figure(press, *cell) for cell in column[:_FEW]) + inside for column in cells]
    if sum(few) > room:
        return None  # a table that is far too wide needn't be measured to its end
    wanted = [max(press.width(*cell) for cell in column) + inside for column in cells]
    for whole in (_word, _figure):
        least = [max(whole(press, *cell) for cell in column) + inside for column in cells]
        if sum(least) <= room:
            return shared(least, wanted, room)
    return None


def shared(least: Sequence[float], wanted: Sequence[float], room: float) -> tuple[float, ...]:
    """Give everybody at least `least`, then up to `wanted` with the largest giving way first.

    What is left over is spread evenly. `least` must fit into `room`.
    """
    low, high = 0.0, max(wanted)
    for _ in range(_HALVINGS):
        limit = (low + high) / 2
        if sum(_up_to(limit, least, wanted)) > room:
            high = limit
        else:
            low = limit
    given = _up_to(low, least, wanted)
    spare = (room - sum(given)) / len(given)
    return tuple(one + spare for one in given)


def _up_to(limit: float, least: Sequence[float], wanted: Sequence[float]) -> list[float]:
    return [max(few, min(many, limit)) for few, many in zip(least, wanted, strict=True)]


def _word(press: Press, text: str, style: Style) -> float:
    return max(press.widest_word(text, style), _figure(press, text, style))


def _figure(press: Press, text: str, style: Style) -> float:
    if len(text) <= SHORT:
        return press.width(text, style)
    figures = [press.width(figure, style) for figure in _FIGURE.findall(text)]
    lines = text[: min(SHORT, (len(text) + 1) // 2)]  # two even lines, or more of three characters
    return max(press.width(lines, style), *figures)
