"""The log on the card: added to, closed day by day, and honest about what was done to it."""

import contextlib
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.evidence import log as logs
from kiosk.evidence import reader as readers
from kiosk.evidence.chain import chain
from kiosk.evidence.key import own_key
from kiosk.evidence.pages import pack, unpack
from kiosk.evidence.reader import LogBroken
from kiosk.evidence.records import Event, Record
from sync.signed_days import SignedDay, fingerprint, is_signed
from tests.support.evidence import SIX, Cabinet, day, minute

FRIDAY, SATURDAY, SUNDAY = (date(2026, 11, one) for one in (20, 21, 22))


@pytest.fixture
def cabinet(tmp_path: Path) -> Iterator[Cabinet]:
    opened = Cabinet(tmp_path / "data")
    yield opened
    opened.close()


def tamper(cabinet: Cabinet, *statements: str) -> None:
    """Change the file behind the program's back, triggers and all."""
    with contextlib.closing(sqlite3.connect(cabinet.path)) as database, database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            database.execute(f"DROP TRIGGER {name}")
        for one in statements:
            database.execute(one)


def events(cabinet: Cabinet) -> list[tuple[str, str]]:
    return [(one.what, one.detail) for one in cabinet.read().records() if isinstance(one, Event)]


def test_what_was_written_is_read_again_in_order(cabinet: Cabinet) -> None:
    cabinet.write(*day(0))
    cabinet.write(minute(10))

    reader = cabinet.read()

    assert list(reader.records()) == day(0, minutes=11)
    assert reader.find_break() is None
    assert reader.days() == ()


def test_ended_day_becomes_a_signed_page_from_which_every_row_comes_back(cabinet: Cabinet) -> None:
    cabinet.write(*day(0))
    before = cabinet.read().open_rows()
    cabinet.write(*day(1, minutes=3))

    reader = cabinet.read()
    (signed,), (closed,) = reader.signed_days(), reader.days()

    assert is_signed(signed.day, signed.signature, cabinet.key.public)
    assert (closed.kiosk, closed.village, closed.day) == ("square-1", "qingshi", FRIDAY)
    assert (closed.first, closed.last, closed.head) == (1, 10, before[-1].hash.hex())
    assert reader.rows_of(closed) == before
    assert [row.number for row in reader.open_rows()] == [11, 12, 13]
    assert list(reader.records()) == [*day(0), *day(1, minutes=3)]
    assert reader.find_break() is None


def test_day_that_ended_without_power_is_closed_at_the_next_start(cabinet: Cabinet) -> None:
    cabinet.write(*day(0))
    cabinet.write(*day(3))

    assert [one.day for one in cabinet.read().days()] == [FRIDAY]


def test_period_is_read_by_its_days(cabinet: Cabinet) -> None:
    for number in range(4):
        cabinet.write(*day(number, minutes=2))
    reader = cabinet.read()

    assert list(reader.records(SATURDAY, SATURDAY)) == [*day(1, minutes=2), *day(3, minutes=2)]
    assert list(reader.records(SUNDAY)) == [*day(2, minutes=2), *day(3, minutes=2)]
    assert list(reader.records(after=5)) == [*day(2, minutes=2)[1:], *day(3, minutes=2)]
    assert [one.signature for one in reader.signed_days(after=1)] == [
        one.signature for one in reader.signed_days()[1:]
    ]


def test_clock_that_is_not_proved_ends_no_day(cabinet: Cabinet) -> None:
    wrong = datetime(2040, 1, 1, tzinfo=UTC)
    cabinet.write(*day(0))
    cabinet.write(minute(11, wall=wrong, trusted=False), minute(12, wall=SIX, trusted=False))

    assert cabinet.read().days() == ()


def test_day_is_the_one_of_its_first_trusted_row(cabinet: Cabinet) -> None:
    woke = datetime(1970, 1, 1, tzinfo=UTC)
    cabinet.write(minute(0, wall=woke, trusted=False), minute(1), *day(1, minutes=1))

    assert [one.day for one in cabinet.read().days()] == [FRIDAY]


def test_clock_that_is_never_proved_still_fills_no_card(
    cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "ROWS_A_DAY", 50)
    cabinet.write(*(minute(n, trusted=False) for n in range(120)))

    assert [(one.first, one.last) for one in cabinet.read().days()] == [(1, 50), (51, 100)]


def test_oldest_pages_go_and_their_signed_heads_stay(
    cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "DAYS_KEPT", 3)
    monkeypatch.setattr(readers, "DAYS_KEPT", 3)
    for number in range(7):
        cabinet.write(*day(number, minutes=2))
    reader = cabinet.read()

    assert len(reader.days()) == 6
    assert [reader.rows_of(one) is None for one in reader.days()] == [True] * 3 + [False] * 3
    assert reader.find_break() is None


def test_changed_row_is_said_once_and_the_chain_goes_on(cabinet: Cabinet) -> None:
    cabinet.write(*day(0))
    tamper(cabinet, "UPDATE rows SET data = replace(data, '60.0', '61.0') WHERE number = 4")

    cabinet.write(minute(10))
    cabinet.write(minute(11))

    assert events(cabinet) == [("broken", "row 4: row 4 is not what was written")]
    assert [one.number for one in cabinet.read().breaks()] == [4]
    assert len(list(cabinet.read().records())) == 13


def test_break_is_still_there_when_its_day_is_closed(cabinet: Cabinet) -> None:
    cabinet.write(*day(0))
    tamper(cabinet, "DELETE FROM rows WHERE number = 4")

    cabinet.write(*day(1))

    assert [one.number for one in cabinet.read().breaks()] == [4]


@pytest.mark.parametrize("left", [0, 6])
def test_lost_tail_is_said_once_and_the_chain_goes_on(cabinet: Cabinet, left: int) -> None:
    cabinet.write(*day(0))
    tamper(cabinet, f"DELETE FROM rows WHERE number > {left}")
    lost = cabinet.read().find_break()

    cabinet.write(minute(20))
    cabinet.write(minute(21))

    assert lost is not None
    assert lost.number == left + 1
    assert events(cabinet) == [("lost", f"rows {left + 1} to 10 are gone")]
    assert cabinet.read().find_break() is None


def test_older_copy_of_the_file_is_said_to_be_older(cabinet: Cabinet, tmp_path: Path) -> None:
    cabinet.write(*day(0))
    shutil.copy(cabinet.path, tmp_path / "copy")
    cabinet.write(*day(1))
    cabinet.write(*day(2))
    shutil.copy(tmp_path / "copy", cabinet.path)

    cabinet.write(minute(3 * 1440))
    cabinet.write(minute(3 * 1440 + 1))

    assert events(cabinet) == [("lost", f"rows up to 20 were signed on {SATURDAY}")]


def test_missing_file_is_said_to_be_missing(cabinet: Cabinet) -> None:
    cabinet.write(*day(0))
    cabinet.path.unlink()

    cabinet.write(minute(20))

    assert events(cabinet) == [("lost", "there was no log, though the kiosk had its key")]


@pytest.mark.parametrize("torn", ["no database", "half", "a page"])
def test_torn_file_is_kept_aside_and_a_new_one_says_so(cabinet: Cabinet, torn: str) -> None:
    for number in range(4):
        cabinet.write(*(minute(number * 1440 + n) for n in range(400)))
    with contextlib.closing(sqlite3.connect(cabinet.path)) as database:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'pages'"
        (page,) = database.execute(query).fetchone()
    whole = cabinet.path.read_bytes()
    spoilt = {
        "no database": b"no database at all" * 900,
        "half": whole[: len(whole) // 8192 * 4096],
        "a page": whole[: (page - 1) * 4096] + bytes(4096) + whole[page * 4096 :],
    }[torn]
    cabinet.path.write_bytes(spoilt)

    log = cabinet.open()
    if torn == "a page":  # only seen by who looks through the whole file, once before it is written
        with pytest.raises(LogBroken) as caught:
            log.append([minute(9_999)], SIX)
        assert caught.value.damaged
        log.set_aside(str(caught.value))
    found = log.findings
    log.append([minute(9_999)], SIX)

    assert (cabinet.data / "evidence.db.damaged-1").read_bytes() == spoilt
    assert "kept as evidence.db.damaged-1" in found[0].detail
    assert list(cabinet.read().records()) == [minute(9_999)]


def test_log_under_another_key_is_kept_aside(cabinet: Cabinet) -> None:
    cabinet.write(*day(0))
    (cabinet.data / "evidence" / "kiosk-key.pem").write_bytes(b"not a key")

    cabinet.write(minute(20))

    assert len(list(cabinet.data.glob("evidence.db.damaged-1"))) == 1
    assert len(list((cabinet.data / "evidence").glob("kiosk-key.pem.damaged-1"))) == 1
    assert "another key" in events(cabinet)[0][1]
    assert cabinet.read().find_break() is None


def test_full_card_adds_nothing_and_goes_on_when_there_is_room(cabinet: Cabinet) -> None:
    cabinet.write(*day(0))
    log = cabinet.open()
    log._db.execute("PRAGMA max_page_count = 1")

    with pytest.raises(LogBroken, match="full"):
        log.append([minute(n) for n in range(10, 400)], SIX)
    log._db.execute("PRAGMA max_page_count = 100000")
    log.append([minute(400)], SIX)

    assert list(cabinet.read().records()) == [*day(0), minute(400)]
    assert cabinet.read().find_break() is None


def test_card_that_takes_no_more_bytes_breaks_nothing(cabinet: Cabinet) -> None:
    cabinet.write(*day(0))
    log = cabinet.open()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, hard))
    try:
        with pytest.raises(LogBroken):
            log.append([minute(n) for n in range(10, 1400)], SIX)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    log.close()

    cabinet.write(minute(10))

    assert list(cabinet.read().records()) == day(0, minutes=11)
    assert cabinet.read().find_break() is None


def test_program_killed_in_the_middle_of_writing_loses_no_commit(cabinet: Cabinet) -> None:
    cabinet.write(minute(0))
    program = (
        "import sys; from pathlib import Path; from tests.support.evidence import *\n"
        "log = Cabinet(Path(sys.argv[1])).open()\n"
        "for n in range(1, 10**9):\n"
        "    log.append([minute(n * 31)], SIX); print(n, flush=True)\n"
    )
    for _ in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", program, str(cabinet.data)], stdout=subprocess.PIPE, text=True
        ) as writing:
            assert writing.stdout
            said = [writing.stdout.readline() for _ in range(120)]
            os.kill(writing.pid, signal.SIGKILL)
            said += writing.stdout.readlines()
        committed = sum(line.endswith("\n") for line in said)

        reader = cabinet.read()
        records = list(reader.records())
        written = len(records) - records.index(minute(31)) if minute(31) in records else 0
        latest = records[::-1].index(minute(31)) + 1

        assert committed <= latest <= committed + 1
        assert written >= latest
        assert reader.find_break() is None
        assert cabinet.open().findings == ()


def test_everything_is_written_with_full_durability(cabinet: Cabinet) -> None:
    log = cabinet.open()

    assert log._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert log._db.execute("PRAGMA synchronous").fetchone() == (2,)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rows SET data = x'00'",
        "DELETE FROM rows",
        "UPDATE pages SET page = x'00'",
        "UPDATE days SET signed = x'00'",
        "DELETE FROM days",
    ],
)
def test_database_itself_refuses_to_be_rewritten(cabinet: Cabinet, statement: str) -> None:
    cabinet.write(*day(0), *day(1))

    with (
        contextlib.closing(sqlite3.connect(cabinet.path)) as database,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        database.execute(statement)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Cabinet:
    cabinet = Cabinet(tmp_path_factory.mktemp("written") / "data")
    for number in range(4):
        cabinet.write(*day(number, minutes=12))
    cabinet.close()
    return cabinet


@pytest.mark.parametrize("name", ["head", "before"])
def test_head_that_rots_is_told_and_the_log_goes_on(cabinet: Cabinet, name: str) -> None:
    cabinet.write(*day(0), *day(1))
    (signed,) = cabinet.read().signed_days()
    hash_ = getattr(cabinet.read().days()[0], name).encode()
    rotten = signed.day.replace(hash_, b"g" + hash_[1:])
    data = msgspec.json.encode(SignedDay(rotten, signed.signature))
    tamper(cabinet, f"UPDATE days SET signed = x'{data.hex()}'")

    log = cabinet.open()

    assert [one.what for one in log.findings][:1] == ["broken"]
    assert "can't be read" in log.findings[0].detail
    assert log.find_break()


def test_page_whose_end_is_taken_for_more_is_damaged() -> None:
    page = bytearray(pack(b"", 1, chain(b"", 1, day(0))))
    index = len(page) - 12 - 4 * (int.from_bytes(page[-8:-4], "little") + 1)  # xz: the footer tells
    page[index] ^= 6

    with pytest.raises(ValueError, match="no end"):
        unpack(b"", 1, bytes(page))


VALUES = [("rows", "data"), ("rows", "hash"), ("pages", "page"), ("days", "signed")]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_byte_changed_in_any_row_is_found(written: Cabinet, data: st.DataObject) -> None:
    table, column = data.draw(st.sampled_from(VALUES))
    with contextlib.closing(sqlite3.connect(written.path)) as database:
        values = database.execute(f"SELECT rowid, {column} FROM {table}").fetchall()
    rowid, value = data.draw(st.sampled_from(values))
    place = data.draw(st.integers(0, len(value) - 1))
    other = value[place] ^ data.draw(st.integers(1, 255))
    changed = value[:place] + bytes([other]) + value[place + 1 :]

    with spoilt(written, f"UPDATE {table} SET {column} = x'{changed.hex()}' WHERE rowid = {rowid}"):
        found = written.read().find_break()

    assert found is not None


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_row_page_or_day_taken_out_is_found(written: Cabinet, data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(["rows", "pages", "days"]))
    with contextlib.closing(sqlite3.connect(written.path)) as database:
        ids = [one[0] for one in database.execute(f"SELECT rowid FROM {table}")]
    gone = data.draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))

    listed = ", ".join(map(str, gone))
    with spoilt(written, f"DELETE FROM {table} WHERE rowid IN ({listed})"):
        found = written.read().find_break()

    assert found is not None


@contextlib.contextmanager
def spoilt(cabinet: Cabinet, statement: str) -> Iterator[None]:
    """Change the file, and put it back afterwards."""
    whole = cabinet.path.read_bytes()
    tamper(cabinet, statement)
    try:
        yield
    finally:
        cabinet.close()
        cabinet.path.write_bytes(whole)


def test_key_is_made_once_for_the_owner_alone(tmp_path: Path) -> None:
    first, second = own_key(tmp_path / "evidence"), own_key(tmp_path / "evidence")

    file = tmp_path / "evidence" / "kiosk-key.pem"

    assert (first.made, second.made) == (True, False)
    assert first.public == second.public
    assert file.stat().st_mode & 0o777 == 0o600
    assert is_signed(b"a day", second.sign(b"a day"), first.public)
    assert not is_signed(b"another day", second.sign(b"a day"), first.public)
    assert not is_signed(b"a day", "zz", first.public)


def test_fingerprint_is_twenty_digits_to_read_out() -> None:
    assert fingerprint(b"k" * 32) == "5639 4650 3378 9904 4895"
    assert fingerprint(b"l" * 32) != fingerprint(b"k" * 32)


def test_records_of_a_spoilt_page_are_left_out_and_told_of(cabinet: Cabinet) -> None:
    cabinet.write(*day(0))
    cabinet.write(*day(1))
    tamper(cabinet, "UPDATE pages SET page = x'00'")

    reader = cabinet.read()
    left: list[Record] = list(reader.records())

    assert left == day(1)
    assert [one.number for one in reader.breaks()] == [1]


def test_signed_day_that_is_spoilt_is_said_and_the_rest_goes_on(cabinet: Cabinet) -> None:
    cabinet.write(*day(0))
    cabinet.write(*day(1))
    tamper(cabinet, "UPDATE days SET signed = 'x'", "UPDATE rows SET hash = 7 WHERE number = 11")

    cabinet.write(minute(3 * 1440 - 1))
    written = events(cabinet)
    cabinet.write(minute(3 * 1440 + 60))

    assert ("broken", "row 10: the signed day that ends with it can't be read") in written
    assert len([one for one in events(cabinet) if one[0] == "broken"]) >= len(written)
