"""A ledger as a picture: what came in and what went out by kind, as bars that add up to the totals.

A kind is what the office wrote beside the entries (类别). Where that is missing beside even one of
them, kinds would be guessed: then each item stands for itself.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from kiosk.catalogue import Catalogue
from kiosk.present.months import Bar
from kiosk.present.parts import Amount
from kiosk.present.wording import expense, money
from sync.ledger import Ledger, Row

MOST: Final = 6  # bars a side in the finest picture
LEAST: Final = 2  # the largest kind and the rest


@dataclass(frozen=True, slots=True)
class Side:
    """All income, or all expense, and the bars that add up to it."""

    total: Amount
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class KindsView:
    """Income and expense on one scale, without a side on which there is nothing."""

    sides: tuple[Side, ...]
    closing: Amount


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    entries: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class _Flow:
    tone: Literal["income", "expense"]
    label: str
    words: Callable[[Decimal], str]
    total: Decimal
    kinds: tuple[_Kind, ...]


def pictures(say: Catalogue, ledger: Ledger) -> tuple[KindsView, ...]:
    """Return the ledger's picture, the finest first, for a screen to take the first that fits."""
    flows = (
        _Flow("income", say("Income"), money, ledger.income, _kinds((row, row.income) for row in ledger.rows)),
        _Flow("expense", say("Expense"), expense, ledger.expense, _kinds((row, row.expense) for row in ledger.rows)),
    )  # fmt: skip
    closing = Amount(say("Closing balance"), money(ledger.closing), say("yuan"), "balance")
    found = [
        KindsView(_sides(say, [flow for flow in flows if flow.kinds], most), closing)
        for most in range(MOST, LEAST - 1, -1)
    ]
    return tuple(dict.fromkeys(found))


def _sides(say: Catalogue, flows: list[_Flow], most: int) -> tuple[Side, ...]:
    shown = [_largest(say, flow.kinds, most) for flow in flows]
    whole = max(kind.amount for kinds in shown for kind in kinds) if shown else Decimal(1)
    yuan = say("yuan")
    return tuple(
        Side(
            Amount(flow.label, flow.words(flow.total), yuan, flow.tone),
            tuple(
                Bar(
                    Amount(one.name, flow.words(one.amount), yuan, flow.tone),
                    float(one.amount / whole),
                )
                for one in kinds
            ),
        )
        for flow, kinds in zip(flows, shown, strict=True)
    )


def _kinds(amounts: Iterable[tuple[Row, Decimal]]) -> tuple[_Kind, ...]:
    """Return the kinds, the largest first; equal ones in the ledger's order."""
    rows = [(row, amount) for row, amount in amounts if amount]
    named = all(row.category for row, _ in rows)
    found: dict[str, _Kind] = {}
    for row, amount in rows:
        name = row.category if named else row.item
        kind = found.get(name, _Kind(name, 0, Decimal("0.00")))
        found[name] = _Kind(name, kind.entries + 1, kind.amount + amount)
    return tuple(sorted(found.values(), key=lambda one: one.amount, reverse=True))


def _largest(say: Catalogue, kinds: tuple[_Kind, ...], most: int) -> tuple[_Kind, ...]:
    """Return `most` kinds at most, what is left over as one of them."""
    if len(kinds) <= most:
        return kinds
    kept, rest = kinds[: most - 1], kinds[most - 1 :]
    entries = sum(one.entries for one in rest)
    amount = sum((one.amount for one in rest), Decimal("0.00"))
    name = say.count("{number} other entry", "{number} other entries", entries)
    return (*kept, _Kind(name, entries, amount))
