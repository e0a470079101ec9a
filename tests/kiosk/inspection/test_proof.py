"""What a check on another computer finds: any byte, any row, any member, whoever signed it."""

import json
import struct
import zipfile
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.evidence.chain import Row, decode, encode, link
from kiosk.evidence.key import OwnKey
from kiosk.evidence.pages import pack as pack_rows
from kiosk.evidence.pages import unpack
from kiosk.evidence.records import Minute
from kiosk.inspection.contents import DAYS, MANIFEST, OPEN, PAPER, SIGNATURE, VALUES, page_name
from kiosk.inspection.parcel import NoPack, unwrap, wrap
from kiosk.inspection.proof import Check, Verdict, examine
from sync.signed_days import Day, SignedDay
from sync.workdays import YearCalendar
from tests.support.inspecting import Packed, judged, packed, signed
from tests.support.life import Life
from tests.support.office import OfficeInMemory, new_signers

FEW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def test_a_pack_as_it_was_made_is_fully_proved(fortnight: Packed) -> None:
    verdict, wrong = judged(fortnight.pack, fortnight.life.anchor)

    assert (verdict, wrong) == (Verdict(whole=True, enrolled=True), [])


@FEW
@given(st.data())
def test_any_byte_that_is_changed_is_found(fortnight: Packed, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(fortnight.pack) - 1))
    by = data.draw(st.integers(1, 255))
    changed = bytearray(fortnight.pack)
    changed[at] ^= by

    assert not judged(bytes(changed), fortnight.life.anchor)[0].whole


def test_a_byte_of_each_file_that_is_changed_is_found(fortnight: Packed) -> None:
    for name, data in fortnight.members.items():
        spoilt = bytearray(data)
        spoilt[len(data) // 2] ^= 1

        verdict, wrong = judged(
            wrap({**fortnight.members, name: bytes(spoilt)}), fortnight.life.anchor
        )

        assert not verdict.whole, name
        assert wrong


@FEW
@given(st.data())
def test_a_row_changed_by_one_who_has_the_kiosks_key_is_found(
    fortnight: Packed, data: st.DataObject
) -> None:
    days = _days(fortnight)
    day = data.draw(st.sampled_from(days))
    rows = _rows(fortnight, day)
    row = data.draw(st.sampled_from(rows))
    forged = _with(rows, row, encode(_longer(row)))

    pack = fortnight.again(
        **{page_name(day): pack_rows(bytes.fromhex(day.before), day.first, forged)}
    )
    verdict, wrong = judged(pack, fortnight.life.anchor)

    assert not verdict.whole
    assert wrong


def test_every_row_left_out_is_found(fortnight: Packed) -> None:
    day = _days(fortnight)[2]
    rows = _rows(fortnight, day)
    for number in range(len(rows)):
        left = rows[:number] + rows[number + 1 :]
        page = pack_rows(bytes.fromhex(day.before), day.first, left)

        verdict, wrong = judged(fortnight.again(**{page_name(day): page}), fortnight.life.anchor)

        assert not verdict.whole
        assert "断裂" in wrong[0]


def test_a_days_rows_left_out_are_found(fortnight: Packed) -> None:
    day = _days(fortnight)[3]

    verdict, wrong = judged(fortnight.again(**{page_name(day): None}), fortnight.life.anchor)

    assert not verdict.whole
    assert f"the rows of {day.day} are gone" in wrong[0]


def test_a_report_made_prettier_under_the_kiosks_own_key_is_found(fortnight: Packed) -> None:
    values = fortnight.members[VALUES].replace(b'"counted":false', b'"counted":true', 1)
    table = fortnight.members["notice-days.csv"].replace("否".encode(), "是".encode(), 1)

    for changed in ({VALUES: values}, {"notice-days.csv": table}, {"gaps.csv": b""}):
        verdict, wrong = judged(fortnight.again(**changed), fortnight.life.anchor)

        assert not verdict.whole
        assert "重算" in wrong[0]


def test_a_report_on_paper_that_was_exchanged_is_found(fortnight: Packed) -> None:
    members = {**fortnight.members, PAPER: b"%PDF-1.4 all is well"}

    verdict, wrong = judged(wrap(members), fortnight.life.anchor)

    assert not verdict.whole
    assert PAPER in wrong[0]


def test_days_in_another_order_or_signed_by_another_key_are_found(fortnight: Packed) -> None:
    days = list(msgspec.json.decode(fortnight.members[DAYS], type=tuple[SignedDay, ...]))
    other = OwnKey(Ed25519PrivateKey.generate())
    swapped = [days[1], days[0], *days[2:]]
    stranger = [SignedDay(days[0].day, other.sign(days[0].day)), *days[1:]]

    for changed in (swapped, stranger, days[:-1], days[1:]):
        pack = fortnight.again(**{DAYS: msgspec.json.encode(changed)})

        assert not judged(pack, fortnight.life.anchor)[0].whole


def test_another_villages_root_proves_nothing(fortnight: Packed) -> None:
    elsewhere = OfficeInMemory(signers=new_signers())

    verdict, wrong = judged(fortnight.pack, elsewhere.anchor)

    assert not verdict.whole
    assert "another village" in wrong[0]


def test_a_kiosk_that_nobody_enrolled_is_never_called_fully_proved(fortnight: Packed) -> None:
    """A stranger lays the same rows down under a key of their own; the signature is theirs."""
    stranger = OwnKey(Ed25519PrivateKey.generate())
    order = msgspec.structs.replace(fortnight.report.order, key=stranger.public.hex())
    members = fortnight.members
    del members[MANIFEST], members[SIGNATURE]

    unknown, wrong = judged(signed(order, members, stranger), fortnight.life.anchor)

    assert (unknown.whole, unknown.enrolled) == (False, False)
    assert any("没有登记" in words for words in wrong)


def test_a_key_that_the_inspector_knows_is_compared(fortnight: Packed) -> None:
    key, anchor = fortnight.report.order.key, fortnight.life.anchor

    assert judged(fortnight.pack, anchor, key)[0].whole
    assert not judged(fortnight.pack, anchor, "00" * 32)[0].whole


def test_a_file_that_no_pack_has_is_found(fortnight: Packed) -> None:
    verdict, wrong = judged(fortnight.again(**{"setup.exe": b"MZ"}), fortnight.life.anchor)

    assert not verdict.whole
    assert "setup.exe" in wrong[-1]


def test_a_sealed_calendar_that_is_not_this_computers_is_said(lives: Path) -> None:
    """The committees seal that every Saturday of 2026 is worked: a term would be over days early."""
    life = Life(lives / "saturdays", seed=4, days=3)
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    lie = YearCalendar(
        2026, "国办发明电〔2025〕7号", off=(), work=tuple(day for day in days if day.weekday() == 5)
    )
    life.office.village = msgspec.structs.replace(life.office.village, calendars=(lie,))
    life.office.publish()
    life.sync(life.last)
    pack = packed(life, lives / "fonts").pack

    said = list(examine(pack, life.anchor))

    (words,) = [
        one.words for one in said
        if isinstance(one, Check) and one.ok is None and "日历" in one.words
    ]  # fmt: skip
    assert words.startswith(
        "村里盖章的节假日与这台电脑的日历不同：2026-01-01、2026-01-02、2026-01-03、"
    )
    assert "国办发明电〔2025〕7号" in words


def test_impossible_orders_are_refused(fortnight: Packed) -> None:
    order = fortnight.report.order
    replace = msgspec.structs.replace
    wrong = (
        replace(order, format=2),
        replace(order, first=order.last + timedelta(days=1)),
        replace(order, last=order.last + timedelta(days=5_000)),
        replace(order, village="../etc"),
        replace(order, key="zz"),
        replace(order, made=order.made.replace(tzinfo=None)),
    )
    for one in wrong:
        members = fortnight.members
        del members[MANIFEST], members[SIGNATURE]

        assert not judged(signed(one, members, fortnight.life.key), fortnight.life.anchor)[0].whole


@pytest.mark.parametrize(
    "member",
    [
        b"", b"null", b"[]", b"{}", b"[" * 100_000, b'{"order": 1}', b"\xff\xfe", b'[{"day": 1}]', bytes(9),
    ],
    ids=lambda member: f"{len(member)}-{member[:8].hex()}",
)  # fmt: skip
@pytest.mark.parametrize(
    "name", [MANIFEST, DAYS, OPEN, "calendar.json", "feed/metadata/timestamp.json"]
)
def test_members_of_wrong_types_are_refused_in_plain_words(
    fortnight: Packed, name: str, member: bytes
) -> None:
    if name == MANIFEST:
        pack = wrap({**fortnight.members, name: member})
    else:
        pack = fortnight.again(**{name: member})

    verdict, wrong = judged(pack, fortnight.life.anchor)

    assert not verdict.whole
    assert wrong


_LATE = 1.0, "9999-12-31T23:59:59Z", True, 60.0
_EARLY = 1.0, "0001-01-01T00:00:00+09:00", False, 60.0
_NAIVE = 1.0, "2026-11-02T09:00:00", True, 60.0
_LONG = 1e300, "2026-11-21T09:00:00Z", True, 1e300
_ENDLESS = 1.0, "2026-11-21T09:00:00Z", True, 251_607_040_000.0  # the last hours of the year 9999


@pytest.mark.parametrize("values", [_LATE, _EARLY, _NAIVE, _LONG, _ENDLESS])
@pytest.mark.parametrize("kind", ["minute", "event"])
def test_rows_with_impossible_values_are_refused(
    fortnight: Packed, kind: str, values: tuple[float, str, bool, float]
) -> None:
    at, wall, trusted, end = values
    hung = fortnight.report.notices[0]
    what = (
        {"power": "on", "seen": [[hung.id, hung.revision, "idle", 0.0, end, True]]}
        if kind == "minute" else {"what": "untrusted", "detail": ""}
    )  # fmt: skip
    record = {"type": kind, "boot": "z", "at": at, "wall": wall, "trusted": trusted, **what}
    day = _days(fortnight)[-1]
    before, first = bytes.fromhex(day.head), day.last + 1
    rows = unpack(before, first, fortnight.members[OPEN])
    last = rows[-1] if rows else Row(first - 1, b"", before)
    data = json.dumps(record).encode()
    added = Row(last.number + 1, data, link(last.hash, data))
    open_page = pack_rows(before, first, [*rows, added])

    verdict, wrong = judged(fortnight.again(**{OPEN: open_page}), fortnight.life.anchor)

    assert not verdict.whole
    assert wrong


def _zip(*files: tuple[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", method) as file:
        for name, content in files:
            file.writestr(name, content)
    return data.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "pack",
    [
        b"",
        b"PK\5\6" + bytes(18),
        b"no zip at all",
        _zip(("manifest.json", bytes(10 << 20)), method=zipfile.ZIP_DEFLATED),
        _zip(("../../etc/passwd", b"x")),
        _zip(("/etc/passwd", b"x")),
        _zip(("a\\b", b"x")),
        wrap({"a": b"x"})[:40],
        wrap({"a": b"x"}) + b"trailing",
        b"before" + wrap({"a": b"x"}),
        struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 0, 0, 0, 0, 0xFFFFFFFF, 0xFFFFFFFF, 1, 0) + b"a",
    ],
)  # fmt: skip
def test_a_file_that_is_no_pack_of_ours_is_refused(pack: bytes) -> None:
    with pytest.raises(NoPack):
        unwrap(pack)


def test_a_name_that_comes_twice_is_refused() -> None:
    once = wrap({"a": b"x"})
    local = once[: once.index(b"PK\1\2")]

    with pytest.raises(NoPack, match="twice"):
        unwrap(local + once)


def test_every_computer_opens_a_pack(fortnight: Packed) -> None:
    with zipfile.ZipFile(BytesIO(fortnight.pack)) as file:
        assert file.testzip() is None
        assert {name: file.read(name) for name in file.namelist()} == fortnight.members


@FEW
@given(st.binary(max_size=400))
def test_no_bytes_make_a_check_fail_otherwise_than_by_saying_so(
    fortnight: Packed, junk: bytes
) -> None:
    for pack in (junk, b"PK\3\4" + junk, fortnight.pack[:500] + junk):
        assert not judged(pack, fortnight.life.anchor)[0].whole


def _days(fortnight: Packed) -> list[Day]:
    signed_days = msgspec.json.decode(fortnight.members[DAYS], type=tuple[SignedDay, ...])
    return [msgspec.json.decode(one.day, type=Day) for one in signed_days]


def _rows(fortnight: Packed, day: Day) -> list[Row]:
    page = fortnight.members[page_name(day)]
    return list(unpack(bytes.fromhex(day.before), day.first, page))


def _longer(row: Row) -> Minute | object:
    """Return the row's record with something added: a minute with more seen, an event with more words."""
    record = decode(row.data)
    if isinstance(record, Minute):
        return msgspec.structs.replace(record, at=record.at + 0.1)
    return msgspec.structs.replace(record, detail=f"{record.detail}.")


def _with(rows: list[Row], row: Row, data: bytes) -> list[Row]:
    """Return the rows with one replaced and every later hash made to fit."""
    forged, before = [], None
    for one in rows:
        content = data if one is row else one.data
        if before is None and one is not row:
            forged.append(one)
            continue
        start = forged[-1].hash if forged else bytes(32)
        before = link(start, content)
        forged.append(Row(one.number, content, before))
    return forged
