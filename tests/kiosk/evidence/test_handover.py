"""Signed days leave the log for the outbox: every one, once, whatever happens in between."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from kiosk.evidence.handover import Handover
from sync import outbox as outboxes
from sync.outbox import Outbox, Sender
from sync.signed_days import continuity_of, verified
from tests.support.evidence import Cabinet, day


@pytest.fixture
def cabinet(tmp_path: Path) -> Iterator[Cabinet]:
    made = Cabinet(tmp_path)
    yield made
    made.close()


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path / "outbox")


def handover(outbox: Outbox) -> Handover:
    return Handover(outbox, village="qingshi", kiosk="square-1", name="村口")


def days_in(outbox: Outbox, public: bytes) -> list[date]:
    entries = [outbox.read(one) for one in outbox.waiting()]
    return sorted(found.day for one in entries if one and (found := verified(one.data, public)))


def test_each_closed_day_is_put_into_the_outbox_as_it_was_signed(
    cabinet: Cabinet, outbox: Outbox
) -> None:
    log, give = cabinet.open(), handover(outbox).give

    give(log)
    for number in range(4):
        log.append(day(number), day(number)[0].wall)
        give(log)
        give(log)

    key = cabinet.key.public
    assert days_in(outbox, key) == [date(2026, 11, n) for n in (20, 21, 22)]
    assert outbox.sender() == Sender("qingshi", "square-1", "村口", key.hex())
    signed = {msgspec.json.encode(one) for one in log.signed_days()}
    assert {one.data for each in outbox.waiting() if (one := outbox.read(each))} == signed
    assert continuity_of(log.days(), key).gaps == ()


def test_power_cut_between_log_and_outbox_loses_no_day(cabinet: Cabinet, outbox: Outbox) -> None:
    for number in range(3):
        cabinet.write(*day(number))  # and the power went before anything was handed over

    handover(outbox).give(cabinet.open())

    assert len(days_in(outbox, cabinet.key.public)) == 2


def test_lost_or_damaged_outbox_is_filled_again_from_the_log(
    cabinet: Cabinet, outbox: Outbox, tmp_path: Path
) -> None:
    for number in range(4):
        cabinet.write(*day(number))
    log = cabinet.open()
    handover(outbox).give(log)
    victim, *_ = (tmp_path / "outbox").glob("evidence-day.*")
    victim.write_bytes(b"worn")

    handover(outbox).give(log)
    assert len(days_in(outbox, cabinet.key.public)) == 3

    shutil.rmtree(tmp_path / "outbox")
    handover(outbox).give(log)
    assert len(days_in(outbox, cabinet.key.public)) == 3


def test_log_begun_anew_hands_over_from_its_beginning(cabinet: Cabinet, outbox: Outbox) -> None:
    log, one = cabinet.open(), handover(outbox)
    for number in range(3):
        log.append(day(number), day(number)[0].wall)
    one.give(log)

    log.set_aside("spoilt")
    log.append(day(7), day(7)[0].wall)
    one.give(log)
    log.append(day(8), day(8)[0].wall)
    one.give(log)

    key = cabinet.key.public
    assert days_in(outbox, key) == [date(2026, 11, n) for n in (20, 21, 27)]
    entries = [outbox.read(each) for each in outbox.waiting()]
    found = continuity_of([verified(each.data, key) for each in entries if each], key)  # type: ignore[misc]
    assert (found.begun_anew, found.contradicted) == ((date(2026, 11, 27),), ())


def test_full_outbox_is_said_once_and_the_evidence_goes_on(
    cabinet: Cabinet,
    outbox: Outbox,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for number in range(4):
        cabinet.write(*day(number))
    log, one = cabinet.open(), handover(outbox)
    monkeypatch.setattr(outboxes, "MOST", 2)  # kiosk.json and one day

    one.give(log)
    one.give(log)
    assert len(caplog.records) == 1

    monkeypatch.undo()
    one.give(log)
    assert len(days_in(outbox, cabinet.key.public)) == 3
