"""The places that a person can be at on the screen."""

from dataclasses import dataclass, field
from typing import Literal

from kiosk.lens import WHOLE, Lens

Sifted = Literal["all", "income", "expense", "months"]
"""What of a ledger is shown: its entries, those of one kind, or its totals beside other months'."""


@dataclass(frozen=True, slots=True)
class AtIdle:
    """The board that gives each notice its turn."""


@dataclass(frozen=True, slots=True)
class AtHome:
    """The new notices and the categories."""


@dataclass(frozen=True, slots=True)
class AtList:
    """The notices of a class (`group`) or, where `category` is given, of one category.

    Without either all of them.
    """

    group: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class AtNotice:
    """One notice; `row` is (block, row) of the row that was searched for."""

    notice: str
    row: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class AtLedger:
    """The ledger that is block `block` of a notice; `row` was searched for or chosen."""

    notice: str
    block: int
    row: int | None = None
    only: Sifted = "all"


@dataclass(frozen=True, slots=True)
class AtPicture:
    """One picture of a notice as large as the screen allows, or the part of it under the lens."""

    notice: str
    sha256: str
    lens: Lens = WHOLE


@dataclass(frozen=True, slots=True)
class AtAbout:
    """What is known about a notice: who published, decided, audited and sealed it."""

    notice: str


@dataclass(frozen=True, slots=True)
class AtAudit:
    """The audit of a notice, item by item."""

    notice: str


@dataclass(frozen=True, slots=True)
class AtTerm:
    """How long a notice hangs, and how that was worked out."""

    notice: str


@dataclass(frozen=True, slots=True)
class AtChanges:
    """What a corrected notice says now, beside what it said before."""

    notice: str


@dataclass(frozen=True, slots=True)
class AtDuties:
    """What must be published in this period, and whether it was."""


@dataclass(frozen=True, slots=True)
class AtSearch:
    """The keypad, with what was typed: a person's own, which no log ever shows."""

    typed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class AtPast:
    """What is kept of a notice that hangs no longer."""

    notice: str


@dataclass(frozen=True, slots=True)
class AtStatus:
    """What the caretaker needs to know."""


Place = (
    AtIdle | AtHome | AtList | AtNotice | AtLedger | AtPicture | AtAbout | AtAudit | AtTerm
    | AtChanges | AtDuties | AtSearch | AtPast | AtStatus
)  # fmt: skip
