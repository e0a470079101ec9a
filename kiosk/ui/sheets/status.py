"""The status page's rows."""

from collections.abc import Iterator
from dataclasses import replace

from kiosk.present.status import Section, StatusView
from kiosk.ui.sheets.body import NO_BLOCK, text_rows
from kiosk.ui.sheets.chrome import margin
from kiosk.ui.sheets.ink import Fill, Sheet, beside, stack
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.theme import GREEN, HAIRLINE, HIGHLIGHT, INK, SOFT, WHITE


def status_page(press: Press, view: StatusView, width: float) -> tuple[Sheet, tuple[Sheet, ...]]:
    """Return the frozen head of the status page and its rows."""
    edge = margin(press)
    room = width - 2 * edge
    title = press.block(view.title, room, Style("headline", INK, bold=True, leading=1.5))
    head = beside(
        (edge, press.panel.units(20), title),
        width=width,
        height=title.height + press.panel.units(28),
    )
    rows = [_todo(press, view, room)]
    for section in view.sections:
        heading = stack(
            (
                Sheet(room, press.panel.units(20)),
                press.block(section.heading, room, Style("table", INK, bold=True, leading=1.6)),
                Sheet(
                    room, press.panel.units(8), (Fill(0, 0, room, press.panel.units(3), HAIRLINE),)
                ),
            )
        )
        rows.append(replace(heading, with_next=True))
        rows.extend(_lines(press, section, room))
    return head, tuple(
        beside((edge, 0, row), width=width, height=row.height, with_next=row.with_next)
        for row in rows
    )


def _lines(press: Press, section: Section, width: float) -> Iterator[Sheet]:
    """Yield the lines of a section, with what belongs to another line set in below it."""
    for number, line in enumerate(section.lines):
        leads = number in section.leads
        inset = press.panel.units(36) if section.leads and not leads else 0
        style = Style("label", INK if leads else SOFT, leading=1.55)
        if leads and number:
            yield Sheet(width, press.panel.units(12))
        for row in text_rows(press, line, width - inset, style, NO_BLOCK):
            yield beside((inset, 0, row), width=width, height=row.height)


def _todo(press: Press, view: StatusView, width: float) -> Sheet:
    """Return the one sentence that matters, on a ground of its own."""
    inside = press.panel.units(28)
    ground, ink = (GREEN, WHITE) if view.well else (HIGHLIGHT, INK)
    style = Style("body", ink, bold=True, leading=1.5)
    words = press.block(view.todo, width - 2 * inside, style)
    height = words.height + 2 * press.panel.units(20)
    marks = (Fill(0, 0, width, height, ground, press.panel.units(12)),)
    return beside(
        (0, 0, Sheet(width, height, marks)), (inside, press.panel.units(20), words),
        width=width, height=height,
    )  # fmt: skip
