"""The facts below a notice's text, and the page of its audit, item by item."""

from dataclasses import replace
from typing import Final

from kiosk.present.about import About, AuditLine, AuditView, Fact, audit_mark, fact_mark
from kiosk.ui.sheets.ink import Fill, Hold, Sheet, beside, moved, stack
from kiosk.ui.sheets.pieces import text_key
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.theme import GREEN, HAIRLINE, INK, ON_SAND, RED, SAND, SOFT
from sync.notices import BANNER_BLOCK

_LABEL_SHARE: Final = 0.3  # of the width, at most; longer labels stand above their words


def about_rows(press: Press, view: About, width: float, *, headed: bool = True) -> list[Sheet]:
    """Return the facts on sand, a row each, and the key to the audit; `headed` names them above."""
    inside = press.panel.units(28)
    room = width - 2 * inside
    across = _label_width(press, view, room)
    gap = press.panel.units(24)
    rows = [Sheet(width, gap), Sheet(width, gap, (Fill(0, 0, width, gap, SAND),), with_next=True)]
    if headed:
        heading = press.block(view.heading, room, Style("body", INK, bold=True, leading=1.5))
        rows.append(replace(_on_sand(press, heading, width), with_next=True))
    for number, one in enumerate(view.facts):
        row = _on_sand(press, _fact(press, one, across, room), width)
        hold = Hold(BANNER_BLOCK, -1, 0, 0, 0, 0, row.width, row.height)
        hold = hold if one.banner else replace(hold, notice=fact_mark(number))
        rows.append(replace(row, holds=(hold,)))
    if view.key:
        style = Style("table", INK, bold=True, leading=1.3, align="centre")
        key = text_key(press, view.key, view.opens, room, press.panel.target(110), style)
        rows.append(_on_sand(press, key, width, above=gap))
    rows.append(Sheet(width, gap, (Fill(0, 0, width, gap, SAND),)))
    return rows


def audit_rows(press: Press, view: AuditView, width: float) -> list[Sheet]:
    """Return the summary and one row for every item."""
    style = Style("table", INK, bold=True, leading=1.5)
    gap = Sheet(width, press.panel.units(16))
    rows = [gap, press.facts(view.summary, width, style), gap]
    rows.extend(_item(press, line, width, number) for number, line in enumerate(view.lines))
    return rows


def _label_width(press: Press, view: About, room: float) -> float:
    """Return the px of the labels' column, 0 where they stand above their words."""
    widest = max(press.width(one.label, _LABEL) for one in view.facts)
    return widest + press.panel.units(28) if widest <= room * _LABEL_SHARE else 0


_LABEL: Final = Style("label", ON_SAND, bold=True, leading=1.5)
_WORDS: Final = Style("label", INK, leading=1.5)


def _fact(press: Press, fact: Fact, across: float, room: float) -> Sheet:
    label = press.block(fact.label, room, _LABEL)
    words = press.facts(fact.words, room - across, _WORDS)
    if not across:
        return stack((label, words), width=room)
    return beside((0, 0, label), (across, 0, words), width=room, height=words.height)


def _on_sand(press: Press, sheet: Sheet, width: float, *, above: float = 0) -> Sheet:
    inside = press.panel.units(28)
    height = sheet.height + above + press.panel.units(12)
    placed = beside((inside, above, sheet), width=width, height=height)
    return replace(placed, marks=(Fill(0, 0, width, height, SAND), *placed.marks))


def _item(press: Press, line: AuditLine, width: float, number: int) -> Sheet:
    """Return an item with its verdict at the right, and below who gave it, when, and any remark."""
    bold = Style("table", GREEN if line.passed else RED, bold=True, leading=1.4)
    verdict = press.width(line.verdict, bold)
    gap, inside = press.panel.units(24), press.panel.units(14)
    item = press.block(line.item, width - verdict - gap, Style("table", INK, leading=1.4))
    soft = Style("label", SOFT, leading=1.4)
    below = [press.facts(line.details, width, soft)]
    if line.remark:
        below.append(press.block(line.remark, width, Style("label", INK, leading=1.4)))
    words = stack((item, *below), width=width)
    height = words.height + 2 * inside
    rule = press.panel.units(2)
    marks = (
        *(moved(mark, 0, inside) for mark in words.marks),
        *(
            moved(mark, width - verdict, inside)
            for mark in press.block(line.verdict, verdict + 1, bold).marks
        ),
        Fill(0, height - rule, width, rule, HAIRLINE),
    )
    hold = Hold(-1, -1, 0, 0, 0, 0, width, height, notice=audit_mark(number))
    return Sheet(width, height, marks, holds=(hold,))
