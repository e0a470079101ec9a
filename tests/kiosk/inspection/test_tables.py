"""The tables for a spreadsheet."""

import csv
from io import StringIO

import msgspec

from kiosk.inspection.tables import tables
from tests.support.inspecting import Packed


def _rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"))))


def test_excel_finds_the_byte_order_mark_and_every_row_has_all_columns(fortnight: Packed) -> None:
    for name, data in tables(fortnight.report).items():
        rows = _rows(data)

        assert data.startswith(b"\xef\xbb\xbf"), name
        assert {len(row) for row in rows} == {len(rows[0])}, name


def test_a_title_that_would_be_a_formula_stays_a_text(fortnight: Packed) -> None:
    evil = ('=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "＝1")
    line = fortnight.report.notices[0]
    lines = tuple(msgspec.structs.replace(line, title=title) for title in evil)

    made = tables(msgspec.structs.replace(fortnight.report, notices=lines))

    titles = [row[3] for row in _rows(made["notices.csv"])[1:]]
    assert titles == [f"'{title}" for title in evil]


def test_each_notice_and_day_has_its_row(fortnight: Packed) -> None:
    made, report = tables(fortnight.report), fortnight.report

    assert len(_rows(made["notices.csv"])) == 1 + len(report.notices)
    assert len(_rows(made["notice-days.csv"])) == 1 + sum(len(one.days) for one in report.notices)
    assert len(_rows(made["kiosk-days.csv"])) == 1 + len(report.kiosk_days)
