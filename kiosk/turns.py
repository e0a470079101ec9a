"""How long a notice has the idle board to itself: a rule, because time on screen is what counts as shown.

Whose turn comes next, and how often, is `kiosk.board`; an urgent notice comes round more often, it
doesn't stay longer. A person may hold a turn (WCAG 2.2.2: what moves by itself can be paused).
"""

from typing import Final

from sync.ledger import Ledger
from sync.notices import Heading, Notice, Paragraph, Table

LOOK_SECONDS: Final = 4.0  # until a passer-by has found the first line
CHARACTERS_A_SECOND: Final = 5.0  # read in passing; in an armchair it would be 6 to 9
CHARACTERS: Final = 240  # of the text, at most: as much of it as a board shows
TABLE_ROWS: Final = 12
LEDGER_SECONDS: Final = 12.0  # for the picture of totals
LONGEST: Final = 2.0  # times the usual turn: the others wait
HOLD_SECONDS: Final = 180.0


def seconds_of(notice: Notice, usual: float) -> float:
    """Return the seconds that one turn of `notice` lasts: `usual`, and more if there is more to read."""
    text = len(notice.title)
    extra = 0.0
    for block in notice.blocks:
        match block:
            case Heading() | Paragraph():
                text += len(block.text)
            case Table():
                text += sum(len(cell) for row in block.rows[:TABLE_ROWS] for cell in row)
            case Ledger():
                extra = LEDGER_SECONDS
            case _:
                pass
    needed = LOOK_SECONDS + extra + min(text, CHARACTERS) / CHARACTERS_A_SECOND
    return min(max(usual, needed), usual * LONGEST)
