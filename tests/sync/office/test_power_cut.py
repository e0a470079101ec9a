"""kill -9 at every step that reaches the disk: the office is whole, and a kiosk always finds a board."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync.feed import keys
from sync.notices import Party
from sync.office import Duty, Office, Outcome
from tests.sync.office.conftest import HOLDERS, START, VILLAGE, Desk


def killed_at(step: int, act: Callable[[], object]) -> bool:
    """Run `act` in a process of its own that dies at its `step`-th fsync; tell whether it did."""
    child = os.fork()
    if child == 0:
        left = iter(range(step))
        honest = os.fsync

        def fsync(descriptor: int) -> None:
            if next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            honest(descriptor)

        os.fsync = fsync
        try:
            act()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def every_cut(
    desk: Desk, tmp_path: Path, act: Callable[[Desk], object], *, stride: int = 1
) -> Iterator[Desk]:
    """Yield the office as each power cut during `act` leaves it, and at last as `act` does."""
    step, died = 0, True
    while died:
        folder = tmp_path / f"cut-{step}"
        shutil.copytree(desk.folder, folder)
        left = Desk(folder, desk.files)
        left.clock.time = desk.clock.time
        died = killed_at(step, lambda left=left: act(left))
        yield left
        shutil.rmtree(folder)
        step += stride
    assert step > stride


def test_publishing_cut_anywhere_leaves_the_old_board_or_the_new(desk, tmp_path):
    desk.publish("water")
    desk.clock.time = desk.clock.time.replace(month=12)
    desk.ready("road")
    desk.seal(Party.COMMITTEE)

    for left in every_cut(desk, tmp_path, lambda d: d.seal(Party.SUPERVISOR)):
        assert left.hanging() in ([("water", 1)], [("water", 1), ("road", 1)])

        if left.office.status().drafts:
            assert left.seal(Party.SUPERVISOR) is Outcome.PUBLISHED
        assert left.hanging() == [("water", 1), ("road", 1)]
        status = left.office.status()
        assert (status.drafts, status.first_seal, status.number) == ((), None, 2)


def test_first_seal_cut_anywhere_can_be_given_again(desk, tmp_path):
    desk.ready()

    for left in every_cut(desk, tmp_path, lambda d: d.seal(Party.COMMITTEE)):
        if left.office.status().first_seal is None:
            assert left.seal(Party.COMMITTEE) is Outcome.WAITING
        assert left.seal(Party.SUPERVISOR) is Outcome.PUBLISHED


def test_draft_cut_anywhere_is_there_whole_or_not_at_all(desk, tmp_path):
    for left in every_cut(desk, tmp_path, lambda d: d.add()):
        assert [draft.id for draft in left.office.status().drafts] in ([], ["water"])

        left.publish()
        assert left.hanging() == [("water", 1)]


@pytest.mark.parametrize("duty", [Duty.COMMITTEE_SEAL, Duty.ONLINE, Duty.SUPERVISOR_ROOT_B])
def test_change_of_a_key_cut_anywhere_leaves_an_office_that_goes_on(desk, tmp_path, duty):
    desk.publish("water")

    def rotate(d: Desk) -> object:
        return d.office.rotate(duty, confirm=lambda _: True)

    for left in every_cut(desk, tmp_path, rotate, stride=3):
        left.publish("road")
        assert left.hanging() == [("water", 1), ("road", 1)]


def test_withdrawal_cut_anywhere_can_be_finished(desk, tmp_path):
    desk.publish()
    desk.office.withdraw("water", reason="重复公示")
    desk.seal(Party.COMMITTEE)

    for left in every_cut(desk, tmp_path, lambda d: d.seal(Party.SUPERVISOR), stride=2):
        if left.office.status().drafts:
            left.seal(Party.SUPERVISOR)
        assert left.hanging() == []


def test_founding_cut_anywhere_leaves_a_whole_office_or_none(tmp_path, monkeypatch):
    monkeypatch.setattr(keys, "_BCRYPT_ROUNDS", 1)
    place = tmp_path / "place"

    def found() -> None:
        Office.init(place / "office", VILLAGE, HOLDERS, choose="{}-pass".format, now=lambda: START)

    step, died = 0, True
    while died:
        died = killed_at(step, found)
        if (place / "office").exists():
            assert Office(place / "office", now=lambda: START).status().number == 0
        else:
            assert died
        shutil.rmtree(place, ignore_errors=True)
        step += 7
