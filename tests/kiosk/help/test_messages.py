"""What people read, hear and see of a call."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from kiosk.help import prompts
from kiosk.help.announce import SOUNDS
from kiosk.help.incident import (
    Call,
    Cancelled,
    Coming,
    CountingDown,
    Delivered,
    Ended,
    Queued,
    Seen,
    Sending,
    Stamp,
)
from kiosk.help.log import LineTest
from kiosk.help.messages import Message, Place, message, selftest_message
from kiosk.help.pins import SILENT, Beat
from kiosk.help.prompts import NAMES, beats, prompt
from kiosk.help.selftest import AGAIN, FIRST, LIMIT, Trial, is_due
from tests.support.sound import measure_file

PLACE = Place("qingshi-square", "青石村（示例）村委会广场", "qingshi")
MORNING = datetime(2026, 11, 23, 1, 41, tzinfo=UTC)  # 9:41 in China


def stamp(seconds: float = 0, boot: str = "a", *, trusted: bool = True) -> Stamp:
    return Stamp(MORNING + timedelta(seconds=seconds), 1000 + seconds, boot, trusted)


CALL = Call("1123-0941-7f2a", stamp(), "button", Sending("值班室"), since=1000, deadline=1025)


def test_a_call_says_where_when_and_its_number():
    assert message("call", CALL, PLACE, stamp(8)) == Message(
        event="call",
        kiosk="qingshi-square",
        village="qingshi",
        place="青石村（示例）村委会广场",
        incident="1123-0941-7f2a",
        age_seconds=8,
        text="【求助】青石村（示例）村委会广场\n"
        "有人按下求助按钮。请马上去看，去不了请马上找人去。\n"
        "时间：11月23日 09:41\n"
        "编号：1123-0941-7f2a",
    )


@pytest.mark.parametrize(
    ("now", "says"),
    [
        (stamp(59), "时间：11月23日 09:41"),
        (stamp(60), "时间：11月23日 09:41（1 分钟前）"),
        (stamp(3 * 3600 + 300), "时间：11月23日 09:41（3 小时 5 分钟前）"),
        (stamp(3 * 86400, "b"), "时间：11月23日 09:41（3 天前）"),
        (stamp(50, "b", trusted=False), "时间：11月23日 09:41"),
    ],
)
def test_an_old_call_says_how_old_it_is(now, says):
    assert says in message("call", CALL, PLACE, now).text.splitlines()


def test_a_call_by_an_untrusted_clock_gives_its_age_only():
    call = replace(CALL, asked=stamp(trusted=False))

    assert "时间：刚刚（本机时钟不准）" in message("call", call, PLACE, stamp(5)).text
    assert "时间：2 分钟前（本机时钟不准）" in message("call", call, PLACE, stamp(120)).text
    unknown = message("call", call, PLACE, stamp(9, "b"))
    assert unknown.age_seconds is None
    assert "时间：不详，可能已过去很久" in unknown.text


def test_the_next_one_called_learns_that_others_were_silent():
    call = replace(CALL, told=("值班室",), round=2)

    assert "已通知 1 处，还没有人回应（第 2 轮）。" in message("call", call, PLACE, stamp(90)).text


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (Seen("李四"), "李四 已经看到。"),
        (Coming("王医生"), "王医生 正在赶去。"),
        (Ended("here"), "现场已有人照看，这次求助结束。"),
        (Ended("forgotten"), "很久没有消息，这次求助自动结束，请核实。"),
        (Ended("王医生"), "王医生 报告：这次求助结束。"),
        (Cancelled("screen"), "现场有人取消了这次求助。"),
    ],
)
def test_news_says_what_changed(state, says):
    assert says in message("news", replace(CALL, state=state), PLACE, stamp(9)).text


def test_no_message_outgrows_wecom_even_with_the_longest_name():
    place = Place("k" * 64, "长" * 40, "v" * 64)
    call = replace(CALL, told=("值班室",) * 8, state=Coming("长" * 20), incident="1123-0941-7f2a")

    for kind in ("call", "late", "news"):
        assert len(message(kind, call, place, stamp(9e6)).text.encode()) < 600
    assert len(selftest_message(place, "T-123456").text.encode()) < 600


def test_a_name_with_braces_is_taken_as_it_is():
    place = Place("k", "{0} {place}", "v")

    assert message("call", CALL, place, stamp()).text.startswith("【求助】{0} {place}\n")


STATES = [
    CountingDown(1008.0), Sending("a"), Delivered(), Seen("b"), Coming("b"), Queued("x", offline=True),
    Ended("here"), Cancelled("button"),
]  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_said_once_when_it_begins(state):
    call = replace(CALL, state=state)

    assert prompt(None, call) in NAMES
    assert prompt(call, replace(call, presses=2)) is None
    assert prompt(call, None) is None


def test_the_silence_of_all_is_said_aloud():
    before = replace(CALL, state=Delivered(), told=("值班室",))

    assert prompt(before, replace(before, nobody=True)) == "help_nobody"


def test_the_lamp_tells_waiting_from_coming_and_the_siren_rests_after_a_while():
    queued = replace(CALL, state=Queued("x", offline=True), tries=1)

    assert beats(None) == (SILENT, SILENT)
    assert beats(queued) == (Beat(0.2, 0.2), Beat(0.5, 0.5))
    assert beats(replace(queued, tries=5)) == (Beat(0.2, 0.2), SILENT)
    assert beats(replace(CALL, state=Coming("b"))) == (Beat(1.0), SILENT)
    assert beats(replace(CALL, state=Ended("here"))) == (SILENT, SILENT)


@pytest.mark.parametrize("name", NAMES)
def test_every_prompt_is_there_and_can_be_heard(name):
    heard = measure_file(SOUNDS / f"{name}.wav")

    assert heard.loudness > 0.05
    assert heard.seconds < 10


def test_the_first_words_leave_room_for_counting():
    assert measure_file(SOUNDS / "help_countdown.wav").seconds < 4
    for number in range(1, prompts.COUNTED + 1):
        assert measure_file(SOUNDS / f"help_count_{number}.wav").seconds < 0.8


def good(at: Stamp) -> LineTest:
    return LineTest(at, (), ("值班室",))


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, stamp(FIRST - 1), False),
        (None, stamp(FIRST), True),
        (good(stamp()), stamp(86400), False),
        (good(stamp()), stamp(3 * 86400), True),
        (good(stamp()), stamp(2.6 * 86400), False),  # at night: wait for the day
        (good(stamp(13 * 3600)), stamp(13 * 3600 + 2.6 * 86400), True),  # by day: a little early
        (LineTest(stamp(), ("乡镇",), ()), stamp(AGAIN - 1), False),
        (LineTest(stamp(), ("乡镇",), ()), stamp(AGAIN), True),
        (good(stamp(trusted=False)), stamp(60, "b"), False),
        (good(stamp(trusted=False)), stamp(AGAIN, "b"), True),
        (good(stamp(9e8)), stamp(AGAIN, "b"), True),  # a clock that was ahead must not stop tests
    ],
)
def test_the_line_is_tested_every_three_days_and_by_day_if_it_can_wait(last, now, due):
    assert is_due(last, now, days=3, started=1000) is due


def test_a_trial_ends_when_all_have_answered_or_time_is_up():
    trial = Trial(("a", "b"), stamp(), "T-1")
    trial.heard("a", reached=True)
    assert trial.result(stamp(5)) is None
    assert trial.result(stamp(LIMIT)) == LineTest(stamp(LIMIT), ("b",), ("a",))

    trial.heard("b", reached=False)

    assert trial.result(stamp(6)) == LineTest(stamp(6), ("b",), ("a",))
