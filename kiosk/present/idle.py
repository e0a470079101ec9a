"""The idle board: one notice at a time, large enough for people who pass by."""

from dataclasses import dataclass
from typing import Final

from kiosk.board import Board, Standing
from kiosk.catalogue import Catalogue
from kiosk.intentions import HoldTurn, Home, Open
from kiosk.present.chrome import KeyView
from kiosk.present.kinds import KindsView, pictures
from kiosk.present.parts import Amount, Badge, Stamp, badge, flag, opens, stamps
from kiosk.present.picture import missing_picture
from kiosk.present.wording import expense, money, place_in_term, until
from kiosk.turns import HOLD_SECONDS
from sync.ledger import Ledger
from sync.notices import Heading, Notice, Paragraph, Party, Picture, Table, Village

EXCERPT_LIMIT: Final = 400  # characters: more than the largest panel has room for


@dataclass(frozen=True, slots=True)
class IdleView:
    """One notice's turn; `number` of `all` is its place in the round.

    `kinds` are pictures of a ledger's totals, the finest first; `headings` are among the `excerpt`;
    `missing` is said where the picture can't be shown; `hold` is the key that holds the turn.
    """

    notice: str
    badge: Badge
    flag: str
    title: str
    lines: tuple[str, ...]
    amounts: tuple[Amount, ...]
    kinds: tuple[KindsView, ...]
    excerpt: tuple[str, ...]
    headings: frozenset[str]
    table: Table | None
    picture: Picture | None
    missing: str
    stamps: tuple[Stamp, ...]
    hint: str
    hold: KeyView
    number: int
    all: int
    opens: Open | Home


@dataclass(frozen=True, slots=True)
class EmptyView:
    """Nothing to show: why, and what the caretaker must do."""

    title: str
    lines: tuple[str, ...]


def idle(
    say: Catalogue,
    village: Village,
    board: Board,
    standing: Standing,
    verified: frozenset[Party],
    *,
    held: bool = False,
) -> IdleView:
    """Return `standing`'s turn on the board; `held` says that a person keeps it there."""
    notice = standing.posting.notice
    ledger = next((block for block in notice.blocks if isinstance(block, Ledger)), None)
    return IdleView(
        notice.id,
        badge(say, village, standing.posting.entry.category),
        flag(say, standing),
        notice.title,
        (place_in_term(say, standing), until(say, standing, board)),
        _amounts(say, ledger) if ledger else (),
        pictures(say, ledger) if ledger else (),
        _excerpt(notice),
        frozenset(block.text for block in notice.blocks if isinstance(block, Heading)),
        next((block for block in notice.blocks if isinstance(block, Table)), None),
        next((block for block in notice.blocks if isinstance(block, Picture)), None),
        missing_picture(say),
        stamps(say, village, standing.posting, verified),
        _held_words(say) if held else say("Touch to read or hear it"),
        _hold_key(say, held=held),
        board.standing.index(standing) + 1,
        len(board.standing),
        opens(notice),
    )


def opening(say: Catalogue) -> EmptyView:
    """Return what stands on the screen while the card is being read for the first time."""
    return EmptyView(say("Opening"), (say("The two seals are being checked."),))


def empty(
    say: Catalogue, village: Village | None, *, refused: bool = False, undrawn: bool = False
) -> EmptyView:
    """Return what stands on the screen when no notice can be shown, for four different reasons."""
    if refused:
        return EmptyView(
            say("The notices on this kiosk could not be verified"),
            (
                say("Nothing is shown whose two seals are not proved."),
                say("Caretaker: call the office."),
            ),
        )
    if undrawn:
        return EmptyView(
            say("The notices on this kiosk cannot be drawn"),
            (say("Caretaker: call the office."),),
        )
    if village:
        return EmptyView(
            say("No notice is on show today"), (say("Hotline {number}", number=village.hotline),)
        )
    return EmptyView(
        say("No notices have arrived yet"),
        (
            say("Caretaker: put in the stick from the office, or connect the network."),
            say("The screen changes by itself when notices arrive."),
        ),
    )


def _held_words(say: Catalogue) -> str:
    return say("Held for {minutes} minutes", minutes=round(HOLD_SECONDS / 60))


def _hold_key(say: Catalogue, *, held: bool) -> KeyView:
    if held:
        return KeyView(say("Go on showing"), "play", HoldTurn(), "blue")
    return KeyView(say("Hold it"), "pause", HoldTurn())


def _amounts(say: Catalogue, ledger: Ledger) -> tuple[Amount, ...]:
    yuan = say("yuan")
    return (
        Amount(say("Income"), money(ledger.income), yuan, "income"),
        Amount(say("Expense"), expense(ledger.expense), yuan, "expense"),
        Amount(say("Closing balance"), money(ledger.closing), yuan, "balance"),
    )


def _excerpt(notice: Notice) -> tuple[str, ...]:
    found: list[str] = []
    for block in notice.blocks:
        if isinstance(block, Heading | Paragraph) and sum(map(len, found)) < EXCERPT_LIMIT:
            found.append(block.text[:EXCERPT_LIMIT].replace("\n", " "))
    return tuple(found)
