"""The demo village's own files: real input, and its amounts agree wherever they are named twice."""

from decimal import Decimal
from pathlib import Path

import pytest

from sync.ledger import Ledger
from sync.notices import Picture, Table
from sync.prepare import Material, read_file

_DEMO = Path(__file__).parents[3] / "assets" / "demo"
_PAPERS = sorted(
    path for path in _DEMO.iterdir() if path.suffix in {".xlsx", ".docx", ".md", ".txt", ".png"}
)


def _ledger(material: Material) -> Ledger:
    return next(block for block in material.blocks if isinstance(block, Ledger))


def _read(start: str) -> Material:
    (path,) = [path for path in _PAPERS if path.name.startswith(start)]
    return read_file(path)


@pytest.fixture(scope="module")
def november() -> Material:
    return _read("财务公开-2026年11月上半月")


@pytest.mark.parametrize("path", _PAPERS, ids=lambda path: path.suffix)
def test_every_file_is_acceptable(path):
    assert read_file(path).blocks


def test_files_stay_small_enough_to_carry():
    assert sum(path.stat().st_size for path in _DEMO.iterdir()) < 3 << 20


def test_october_closes_where_november_opens(november):
    october = _ledger(_read("财务公开-2026年10月"))

    assert october.closing == _ledger(november).opening


def test_every_voucher_photo_hangs_on_its_entry(november):
    shown = {photo for row in _ledger(november).rows for photo in row.photos}

    assert len(shown) == 4
    assert shown == {picture.blob.sha256 for picture in november.pictures}


@pytest.mark.parametrize(
    ("start", "amount"),
    [
        ("惠民资金", "12,900.63"),
        ("低保特困", "12,840.00"),
        ("股份分红", "81,111.00"),
        ("村道硬化", "268,450.00"),
        ("路灯安装", "96,600.00"),
        ("2026年危房", "94,000.00"),
        ("人居环境", "8,385.00"),
    ],
)
def test_tables_add_up(start, amount):
    table = [block for block in _read(start).blocks if isinstance(block, Table)][-1]
    column = table.money[-1]
    *entries, total = (Decimal(row[column].replace(",", "")) for row in table.rows)

    assert sum(entries) == total
    assert f"{total:,.2f}" == amount


def test_dividends_and_road_are_paid_as_their_own_notices_say(november):
    rows = _ledger(november).rows
    dividends = sum(row.expense for row in rows if row.category == "分红")
    road = next(row.expense for row in rows if "竣工结算款" in row.item)

    assert dividends == Decimal("81111.00")
    assert road == Decimal("268450.00") - Decimal("150000.00") - Decimal("8053.50")


def test_photo_taken_sideways_hangs_upright():
    (photo,) = [block for block in _read("人居环境").blocks if isinstance(block, Picture)]

    assert photo.width > photo.height
