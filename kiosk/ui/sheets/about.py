"""The facts below a notice's text, and the page of its audit, item by item."""

from dataclasses import replace
from typing import Final

from kiosk.present.about import About, AuditLine, AuditView, Fact, fact_mark, item_mark
from kiosk.present.term import State, TermLine, TermView
from kiosk.ui.sheets.ink import Fill, Hold, Sheet, beside, moved, stack
from kiosk.ui.sheets.pieces import marked, text_key
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.theme import GREEN, HAIRLINE, INK, ON_SAND, RED, SAND, SOFT, Colour
from sync.notices import BANNER_BLOCK

_STATES: Final[dict[State, Colour]] = {
    "counted": GREEN, "today": INK, "coming": SOFT, "missed": RED, "end": INK,
}  # fmt: skip
_LABEL_SHARE: Final = 0.3  # of the width, at most; longer labels stand above their words


def about_rows(press: Press, view: About, width: float, *, headed: bool = True) -> list[Sheet]:
    """Return the facts on sand, a row each, and the keys that open more; `headed` names them above."""
    inside = press.panel.units(28)
    room = width - 2 * inside
    across = _label_width(press, view, room)
    gap = press.panel.gap(24)
    rows = [Sheet(width, gap), Sheet(width, gap, (Fill(0, 0, width, gap, SAND),), with_next=True)]
    if headed:
        heading = press.block(view.heading, room, Style("body", INK, bold=True, leading=1.5))
        rows.append(replace(_on_sand(press, heading, width), with_next=True))
    for number, one in enumerate(view.facts):
        row = _on_sand(press, _fact(press, one, across, room), width)
        hold = Hold(BANNER_BLOCK, -1, 0, 0, 0, 0, row.width, row.height)
        hold = hold if one.banner else replace(hold, notice=fact_mark(number))
        rows.append(replace(row, holds=(hold,)))
    rows.extend(_on_sand(press, one, width, above=gap) for one in _keys(press, view, room))
    rows.append(Sheet(width, gap, (Fill(0, 0, width, gap, SAND),)))
    return rows


def audit_rows(press: Press, view: AuditView, width: float) -> list[Sheet]:
    """Return the summary and one row for every item."""
    style = Style("table", INK, bold=True, leading=1.5)
    gap = Sheet(width, press.panel.units(16))
    rows = [gap, press.facts(view.summary, width, style), gap]
    rows.extend(
        marked(_item(press, line, width), item_mark(number))
        for number, line in enumerate(view.lines)
    )
    return rows


def term_rows(press: Press, view: TermView, width: float) -> list[Sheet]:
    """Return the term in short, a row for every day that counts or doesn't, and what that rests on."""
    gap = Sheet(width, press.panel.units(16))
    rows = [gap, press.facts(view.summary, width, Style("table", INK, bold=True, leading=1.5)), gap]
    across = _columns(press, view, width)
    for number, line in enumerate(view.lines):
        verdict = (line.verdict, _STATES[line.state])
        row = (
            _step(press, line, across, width)
            if across
            else _judged(press, line.words, verdict, (line.day,), "", width)
        )
        rows.append(marked(row, item_mark(number)))
    rows.append(gap)
    rows.extend(press.block(note, width, Style("label", SOFT, leading=1.5)) for note in view.notes)
    return rows


def _keys(press: Press, view: About, room: float) -> list[Sheet]:
    """Return the keys beside each other, or below where their words don't fit."""
    style = Style("table", INK, bold=True, leading=1.3, align="centre")
    gap, height = press.panel.gap(20), press.panel.target(110)
    half = (room - gap) / 2
    inside = press.panel.units(40)
    if len(view.keys) == 2 and all(
        press.width(words, style) + inside <= half for words, _ in view.keys
    ):
        drawn = [text_key(press, words, opens, half, height, style) for words, opens in view.keys]
        return [beside((0, 0, drawn[0]), (half + gap, 0, drawn[1]), width=room, height=height)]
    return [text_key(press, words, opens, room, height, style) for words, opens in view.keys]


def _columns(press: Press, view: TermView, width: float) -> float:
    """Return how many px across the days stand, 0 where a line has no room for words, day and verdict."""
    gap = press.panel.units(32)
    words, days, verdicts = (
        max(press.width(text, style) for text in texts)
        for texts, style in (
            ([line.words for line in view.lines], _STEP),
            ([line.day for line in view.lines], _STEP),
            ([line.verdict for line in view.lines], replace(_STEP, bold=True)),
        )
    )
    return words + gap if words + days + verdicts + 2 * gap <= width else 0


def _step(press: Press, line: TermLine, across: float, width: float) -> Sheet:
    """Return one step of the count in a line: what it is, its day, how it stands."""
    inside, rule = press.panel.units(16), press.panel.units(2)
    verdict = replace(_STEP, bold=True, colour=_STATES[line.state], align="right")
    words = press.block(line.words, across, _STEP)
    height = words.height + 2 * inside
    placed = beside(
        (0, inside, words),
        (across, inside, press.block(line.day, width - across, _STEP)),
        (across, inside, press.block(line.verdict, width - across, verdict)),
        width=width, height=height,
    )  # fmt: skip
    return replace(placed, marks=(*placed.marks, Fill(0, height - rule, width, rule, HAIRLINE)))


def _label_width(press: Press, view: About, room: float) -> float:
    """Return the px of the labels' column, 0 where they stand above their words."""
    widest = max(press.width(one.label, _LABEL) for one in view.facts)
    return widest + press.panel.units(28) if widest <= room * _LABEL_SHARE else 0


_STEP: Final = Style("table", INK, leading=1.4)
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


def _item(press: Press, line: AuditLine, width: float) -> Sheet:
    """Return an item of the audit: below it who gave the verdict, when, and any remark."""
    verdict = (line.verdict, GREEN if line.passed else RED)
    return _judged(press, line.item, verdict, line.details, line.remark, width)


def _judged(
    press: Press, item_words: str, judged: tuple[str, Colour], details: tuple[str, ...], remark: str, width: float,
) -> Sheet:  # fmt: skip
    """Return an item with its verdict at the right and its details below."""
    words, colour = judged
    bold = Style("table", colour, bold=True, leading=1.4)
    verdict = press.width(words, bold)
    gap, inside = press.panel.units(24), press.panel.units(14)
    item = press.block(item_words, width - verdict - gap, Style("table", INK, leading=1.4))
    soft = Style("label", SOFT, leading=1.4)
    below = [press.facts(details, width, soft)]
    if remark:
        below.append(press.block(remark, width, Style("label", INK, leading=1.4)))
    text = stack((item, *below), width=width)
    height = text.height + 2 * inside
    rule = press.panel.units(2)
    marks = (
        *(moved(mark, 0, inside) for mark in text.marks),
        *(
            moved(mark, width - verdict, inside)
            for mark in press.block(words, verdict + 1, bold).marks
        ),
        Fill(0, height - rule, width, rule, HAIRLINE),
    )
    return Sheet(width, height, marks)
