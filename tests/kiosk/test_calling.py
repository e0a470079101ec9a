"""What the screen makes of kiosk-help's files, whether kiosk-help lives or not."""

import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from kiosk import calling
from kiosk.calling import HelpDesk
from kiosk.help.incident import Call, Cancelled, Ended, Sending, Stamp, State
from kiosk.help.line import BEAT, VIEW, CallView, LineView
from kiosk.present.help import Call as ShownCall

STAMP = Stamp(datetime(2026, 11, 23, 1, 5, tzinfo=UTC), 1.0, "boot", trusted=True)


def call(state: State) -> Call:
    return Call("1123-0905-7f2a", STAMP, "screen", state, since=1.0, deadline=2.0)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    (tmp_path / "run").mkdir()
    return tmp_path / "run"


@pytest.fixture
def desk(tmp_path: Path, run: Path) -> HelpDesk:
    return HelpDesk(tmp_path / "sunboard.db", run)


def tell(run: Path, view: CallView, *, alive: bool = True) -> None:
    """Write what kiosk-help writes."""
    (run / VIEW).write_bytes(msgspec.json.encode(view))
    (run / BEAT).write_text(str(time.monotonic() if alive else 0.0))


def test_call_that_is_over_is_no_answer_to_the_next_request(
    desk: HelpDesk, run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(run, CallView(call(Ended("here"))))
    assert desk.call()

    desk.request()
    waiting = desk.call()
    monkeypatch.setattr(calling, "PATIENCE", -1.0)
    in_vain = desk.call()

    assert (waiting, in_vain) == (ShownCall("starting"), ShownCall("dead"))


def test_nobody_is_told_that_people_are_called_while_nobody_is_there_to_call_them(
    desk: HelpDesk, run: Path
) -> None:
    tell(run, CallView(), alive=False)

    desk.request()

    assert desk.call() == ShownCall("dead")


def test_request_that_was_taken_back_at_once_is_not_called_unsent(
    desk: HelpDesk, run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.request()
    tell(run, CallView(call(Cancelled("screen"))))
    monkeypatch.setattr(calling, "PATIENCE", -1.0)

    taken_back = desk.call()
    tell(run, CallView())
    quiet = desk.call()

    assert taken_back
    assert (taken_back.stage, quiet) == ("cancelled", None)


def test_request_that_is_taken_up_is_followed(desk: HelpDesk, run: Path) -> None:
    desk.request()
    tell(run, CallView(call(Sending("值班员"))))

    followed = desk.call()

    assert followed
    assert (followed.stage, followed.who) == ("sending", "值班员")


def test_fault_of_the_button_is_told_in_its_own_words(desk: HelpDesk, run: Path) -> None:
    tell(run, CallView(line=LineView(1, STAMP, faults=("没有声音", "按钮卡住了"))))
    desk.call()

    assert desk.fault() == "按钮卡住了"
    assert desk.tested() == (False, STAMP.wall)
