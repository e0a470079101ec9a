"""One measured figure and how a list of them is shown: a table for people, JSON for machines."""

import json
from collections.abc import Sequence
from pathlib import Path

import msgspec


class Figure(msgspec.Struct, frozen=True):
    """A value with its unit, beside the baseline measured in the same run and their ratio."""

    name: str
    value: float
    unit: str
    baseline: float | None = None
    ratio: float | None = None


def against(name: str, value: float, unit: str, baseline: float) -> Figure:
    """Return the figure with its ratio to a baseline of the same unit."""
    return Figure(name, round(value, 4), unit, round(baseline, 4), round(value / baseline, 3))


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as aligned text columns."""
    rows = [("name", "value", "unit", "baseline", "ratio")]
    rows += [
        (f.name, f"{f.value:,.6g}", f.unit, _number(f.baseline), _number(f.ratio)) for f in figures
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def write(figures: Sequence[Figure], path: Path) -> None:
    """Write the figures as a JSON list."""
    path.parent.mkdir(parents=True, exist_ok=True)
    builtins = [msgspec.to_builtins(figure) for figure in figures]
    path.write_text(json.dumps(builtins, indent=1) + "\n", encoding="utf-8")


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.6g}"
