"""Pulling a board when the clock is wrong, or the board's validity has ended."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sync.feed.folder import FolderSource
from sync.records import Outcome
from tests.support.kiosk import NOON, KioskInTest
from tests.support.office import OfficeInMemory, notice


@pytest.mark.parametrize("year", [1970, 2040])
def test_clock_that_nobody_keeps_judges_no_expiry(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path, year: int
) -> None:
    kiosk.now, kiosk.synchronised = datetime(year, 1, 1, tzinfo=UTC), False
    office.publish(notice("周五停水"))
    office.write_to(folder)

    attempt = kiosk.sync_from(FolderSource(folder))

    assert (attempt.outcome, attempt.timed) == (Outcome.NEW, False)
    assert kiosk.check() is None
    assert kiosk.prove() == ["周五停水"]


def test_clock_at_1970_is_not_believed_even_if_called_synchronised(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path
) -> None:
    kiosk.now = datetime(1970, 1, 1, tzinfo=UTC)
    office.publish(notice("周五停水"))
    office.write_to(folder)

    attempt = kiosk.sync_from(FolderSource(folder))

    assert attempt.outcome is Outcome.NEW
    assert attempt.at >= office.now - timedelta(minutes=2)


def test_copy_whose_validity_has_ended_is_refused_and_the_board_stays(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path
) -> None:
    office.publish(notice("周五停水"))
    office.write_to(folder)
    kiosk.sync_from(FolderSource(folder))
    office.publish(notice("周六停水"))
    office.write_to(folder)
    kiosk.now = NOON + timedelta(days=61)

    attempt = kiosk.sync_from(FolderSource(folder))

    assert attempt.outcome is Outcome.NOT_TRUSTED
    assert "validity" in attempt.detail
    assert "ask the office for a fresh one" in attempt.advice
    assert kiosk.check() is None
    assert kiosk.prove() == ["周五停水"]


def test_board_that_the_office_no_longer_renews_stays_the_same(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path
) -> None:
    office.publish(notice("周五停水"))
    office.write_to(folder)
    kiosk.sync_from(FolderSource(folder))
    kiosk.now = NOON + timedelta(days=100)

    attempt = kiosk.sync_from(FolderSource(folder))

    assert attempt.outcome is Outcome.SAME, attempt.detail
    assert kiosk.prove() == ["周五停水"]


def test_proven_time_outlives_a_clock_that_falls_back(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path
) -> None:
    office.publish(notice())
    office.write_to(folder)
    kiosk.sync_from(FolderSource(folder))
    kiosk.now = datetime(1970, 1, 1, tzinfo=UTC)
    kiosk.restart()

    moment = kiosk.attempts.moment()

    assert moment.time >= NOON
    assert not moment.trusted


def test_chip_that_a_stick_has_proved_counts_the_days_after_the_next_start(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path
) -> None:
    kiosk.synchronised, kiosk.chip = False, kiosk.now
    office.publish(notice())
    office.write_to(folder)
    before = kiosk.attempts.moment()

    kiosk.sync_from(FolderSource(folder))
    kiosk.restart()
    kiosk.now = kiosk.chip = NOON + timedelta(days=10)
    moment = kiosk.attempts.moment()

    assert not before.trusted
    assert moment.trusted
    assert timedelta(0) < kiosk.now - moment.time < timedelta(hours=6)


def test_chip_that_is_set_while_the_kiosk_runs_is_not_believed_after_the_next_start(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path
) -> None:
    kiosk.chip = kiosk.now
    office.publish(notice())
    office.write_to(folder)
    kiosk.sync_from(FolderSource(folder))
    kiosk.synchronised = False
    watching = kiosk.attempts
    watching.keep_watch()

    kiosk.now = kiosk.chip = NOON + timedelta(days=20)
    kiosk.awake = 30.0
    watching.keep_watch()
    kiosk.restart()

    assert not kiosk.attempts.moment().trusted


def test_watch_writes_the_time_down_every_six_hours_and_not_more_often(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path
) -> None:
    office.publish(notice())
    office.write_to(folder)
    kiosk.sync_from(FolderSource(folder))
    kiosk.chip = kiosk.now
    watching = kiosk.attempts
    written = set()

    for minutes in range(0, 24 * 60, 10):
        kiosk.now = kiosk.chip = NOON + timedelta(minutes=minutes)
        kiosk.awake = minutes * 60.0
        watching.keep_watch()
        written.add((kiosk.store.proven_time(), kiosk.store.chip_proof()))

    assert len(written) == 4
