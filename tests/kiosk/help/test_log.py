"""The log of calls is only ever added to, and comes second to the call itself."""

import queue
import sqlite3
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.help.incident import Call, CountingDown, Ended, Stamp
from kiosk.help.keeper import Keeper, Left
from kiosk.help.log import Change, HelpLog, LineTest, LogBroken, Request

NOW = Stamp(datetime(2026, 11, 23, 1, tzinfo=UTC), 5.0, "boot", trusted=True)
OPEN = Call("1", NOW, "button", CountingDown(13.0), since=5.0, deadline=13.0)
OVER = Call("1", NOW, "button", Ended("here"), since=5.0, deadline=13.0)
TEST = LineTest(NOW, ("乡镇",), ("值班室",))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sunboard.db"


def book(path: Path) -> HelpLog:
    made = HelpLog(path, patience=0.05)
    made.own()
    return made


def test_what_was_written_is_read_again(path):
    log = book(path)
    log.record(Change(OPEN, "asked", NOW, "r1"))
    log.record_test(TEST)

    assert log.changes("1") == (Change(OPEN, "asked", NOW, "r1"),)
    assert log.open_call() == OPEN
    assert log.last_test() == TEST
    log.record(Change(OVER, "arrived", NOW))
    assert log.open_call() is None
    log.close()


def test_a_request_is_unheard_until_a_call_names_it(path):
    log = book(path)
    log.ask(Request("r1", NOW))
    log.ask(Request("r1", NOW))
    log.ask(Request("r2", NOW))

    log.record(Change(OPEN, "asked", NOW, "r1"))

    assert log.unheard() == (Request("r2", NOW),)
    log.close()


def test_nobody_changes_the_log_afterwards(path):
    log = book(path)
    log.record(Change(OPEN, "asked", NOW))
    log.close()

    with sqlite3.connect(path) as db:
        for attempt in ("DELETE FROM calls", "UPDATE calls SET what = 'nothing'"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                db.execute(attempt)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    db.close()


def test_a_line_that_makes_no_sense_is_a_broken_log_not_a_crash(path):
    log = book(path)
    with sqlite3.connect(path) as db:
        db.execute("INSERT INTO calls VALUES (1, 'x', NULL, 'asked', '{}', '{}')")
    db.close()

    with pytest.raises(LogBroken):
        log.open_call()
    log.close()


def test_lines_wait_while_another_program_holds_the_database(path):
    told: queue.SimpleQueue[Left] = queue.SimpleQueue()
    book(path).close()
    lock = sqlite3.connect(path)
    lock.execute("BEGIN IMMEDIATE")
    keeper = Keeper(path, told.put, retry=0.05, patience=0.05)
    keeper.keep(Change(OPEN, "asked", NOW))
    keeper.keep(TEST)

    lock.rollback()
    lock.close()
    assert told.get(timeout=10) == Left(None, (), None)
    keeper.close()

    log = book(path)
    assert log.changes("1") == (Change(OPEN, "asked", NOW),)
    assert log.last_test() == TEST
    log.close()


def test_the_keeper_tells_once_what_an_earlier_run_left(path):
    told: queue.SimpleQueue[Left] = queue.SimpleQueue()
    log = book(path)
    log.record(Change(OPEN, "asked", NOW, "r1"))
    log.ask(Request("r2", NOW))
    log.record_test(TEST)
    log.close()

    keeper = Keeper(path, told.put)
    assert told.get(timeout=10) == Left(OPEN, (Request("r2", NOW),), TEST)
    keeper.keep(Change(OVER, "arrived", NOW))
    keeper.close()

    assert told.empty()


def test_a_keeper_without_a_card_says_so_once_and_ends_all_the_same(tmp_path, caplog):
    told: queue.SimpleQueue[Left] = queue.SimpleQueue()
    before = set(threading.enumerate())
    keeper = Keeper(tmp_path / "absent" / "sunboard.db", told.put, retry=0.01)
    (thread,) = set(threading.enumerate()) - before
    keeper.keep(TEST)

    keeper.close()

    assert not thread.is_alive()
    assert told.empty()
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert not (tmp_path / "absent").exists()
