"""The pages that belong to a notice without being its text: what is known of it, its audit, what was changed."""

from kiosk.present.about import AboutView, AuditView
from kiosk.present.changes import ChangesView
from kiosk.present.term import TermView
from kiosk.ui.sheets.about import about_rows, audit_rows, term_rows
from kiosk.ui.sheets.body import text_sheet
from kiosk.ui.sheets.changes import change_rows
from kiosk.ui.sheets.chrome import margin
from kiosk.ui.sheets.ink import Fill, Sheet, beside, stack
from kiosk.ui.sheets.press import Press, Style
from kiosk.ui.theme import HAIRLINE, INK, SOFT

Annex = AboutView | AuditView | TermView | ChangesView


def annex_page(press: Press, view: Annex, width: float, keys: float) -> tuple[Sheet, list[Sheet]]:
    """Return the head that stays and the rows; `keys` px at the head's right are the page keys'."""
    edge = margin(press)
    head = _head(press, view.heading, view.title, width, keys)
    room = width - 2 * edge
    match view:
        case AboutView():
            rows = about_rows(press, view.about, room, headed=False)
        case AuditView():
            rows = audit_rows(press, view, room)
        case TermView():
            rows = term_rows(press, view, room)
        case ChangesView():
            rows = change_rows(press, view, room)
    rows.append(Sheet(width, press.panel.units(20)))
    return head, [
        beside((edge, 0, row), width=width, height=row.height, with_next=row.with_next)
        for row in rows
    ]


def _head(press: Press, heading: str, title: str, width: float, keys: float) -> Sheet:
    edge = margin(press)
    room = width - 2 * edge - keys
    words = stack(
        (
            press.block(heading, room, Style("title", INK, bold=True, leading=1.35, scaled=False)),
            text_sheet(press, title, room, Style("label", SOFT, leading=1.4, most=2, scaled=False)),
        )
    )
    top = press.panel.units(28)
    height = words.height + top + press.panel.units(20)
    rule = Fill(
        edge, height - press.panel.units(3), width - 2 * edge, press.panel.units(3), HAIRLINE
    )
    placed = beside((edge, top, words), width=width, height=height)
    return Sheet(width, height, (*placed.marks, rule), holds=placed.holds)
