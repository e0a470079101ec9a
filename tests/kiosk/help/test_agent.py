"""kiosk-help as a real process: no screen, a button on mock pins, robots on loopback."""

import os
import re
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.help.incident import (
    Call,
    Cancelled,
    Coming,
    CountingDown,
    Delivered,
    Ended,
    Queued,
    Sending,
)
from kiosk.help.line import DOOR, CallView
from kiosk.settings import Contact
from tests.support.post import NAME, Post
from tests.support.robots import dead_port, robot
from tests.support.sound import measure


@pytest.fixture
def post_of(tmp_path: Path) -> Iterator[Callable[..., Post]]:
    made: list[Post] = []

    def make(*contacts: Contact, **changes: object) -> Post:
        made.append(Post(tmp_path, *contacts, **changes))
        return made[-1]

    yield make
    for post in made:
        post.stop()


def duty(
    url: str, name: str = "值班室", kind: str = "webhook", *, selftest: bool = False
) -> Contact:
    return Contact(name, kind, url, selftest)


def test_a_press_with_the_screen_dead_is_counted_down_sent_and_logged(post_of):
    with robot("wecom") as wecom:
        post = post_of(duty(wecom.url, kind="wecom"), acknowledge_seconds=60).start()

        post.press()
        counting = post.wait_for(CountingDown)
        text = wecom.wait_for("【求助】")
        post.wait_for(Delivered)

    lines = text.splitlines()
    assert lines[0] == f"【求助】{NAME}"
    assert lines[1] == "有人按下求助按钮。请马上去看，去不了请马上找人去。"
    assert lines[2].startswith("时间：")
    assert lines[3] == f"编号：{counting.call.incident}"
    post.stop()
    assert [(change.what, type(change.call.state)) for change in post.log()] == [
        ("asked", CountingDown),
        ("passed", Sending),
        ("sent", Delivered),
    ]
    assert measure(post.card.captured.read_bytes()).loudness > 0.05


def test_a_second_press_cancels_and_nobody_is_called(post_of):
    with robot() as webhook:
        post = post_of(duty(webhook.url), countdown_seconds=8).start()

        post.press()
        began = post.wait_for(CountingDown).call.since
        post.wait(lambda _: time.monotonic() > began + 1.1)
        post.press()

        post.wait_for(Cancelled)
    assert webhook.calls() == []


def test_a_request_from_the_screen_begins_the_countdown_within_300_ms(post_of):
    with robot() as webhook:
        post = post_of(duty(webhook.url), countdown_seconds=8).start()
        assert not post.line.changed() or post.line.state().call is None

        began = time.monotonic()
        post.line.request()
        view = post.wait_for(CountingDown)

        assert view.call.by == "screen"
        assert view.call.since - began < 0.3
        assert 7.5 < view.call.state.until - time.monotonic() <= 8
        post.line.cancel()
        assert post.wait_for(Cancelled).call.state == Cancelled("screen")
    assert webhook.calls() == []


def test_a_robot_that_refuses_is_passed_over_for_the_next(post_of):
    with robot("wecom", "refuses") as wecom, robot() as webhook:
        post = post_of(duty(wecom.url, kind="wecom"), duty(webhook.url, "村卫生室")).start()

        post.press()

        webhook.wait_for("【求助】")
        assert post.wait_for(Delivered).call.told == ("村卫生室",)
    assert wecom.messages == []


def test_nobody_answers_so_all_are_called_and_the_silence_is_said(post_of):
    with robot("wecom") as wecom, robot() as webhook:
        post = post_of(duty(wecom.url, kind="wecom"), duty(webhook.url, "村卫生室")).start()

        post.press()

        view = post.wait(lambda view: view.call is not None and view.call.nobody)
        assert view.call.told == ("值班室", "村卫生室")
        assert "已通知 1 处，还没有人回应" in webhook.wait_for("【求助】")


def test_somebody_comes_and_everybody_else_hears_it(post_of):
    with robot("wecom") as wecom, robot() as webhook:
        post = post_of(
            duty(wecom.url, kind="wecom"), duty(webhook.url, "村卫生室"), acknowledge_seconds=1.5
        ).start()

        post.press()
        webhook.wait_for("【求助】")
        webhook.acknowledgement = {"state": "coming", "by": "王医生"}

        assert post.wait_for(Coming).call.state == Coming("王医生")
        assert "王医生 正在赶去。" in wecom.wait_for("【求助进展】")
        webhook.acknowledgement = {"state": "ended", "by": "王医生"}
        assert post.wait_for(Ended).call.state == Ended("王医生")


def test_a_person_at_the_kiosk_ends_it_by_holding_the_button(post_of):
    with robot() as webhook:
        post = post_of(duty(webhook.url), acknowledge_seconds=60).start()
        post.press()
        post.wait_for(Delivered)

        post.press(hold=True)

        assert post.wait_for(Ended).call.state == Ended("here")
        assert "现场已有人照看" in webhook.wait_for("【求助进展】")


def test_offline_it_is_queued_survives_a_power_cut_and_goes_out_with_its_age(post_of):
    with dead_port() as nowhere:
        post = post_of(duty(nowhere)).start()
        post.press()
        queued = post.wait_for(Queued)
        assert queued.call.state.offline
        post.wait(lambda _: len(post.log()) >= 3)
        post.kill()

    with robot() as webhook:
        age_the_log(post.database, seconds=200)
        post.story["contacts"][0][2] = webhook.url
        post.start()

        text = webhook.wait_for("【求助】")

    assert "3 分钟前" in text
    assert f"编号：{queued.call.incident}" in text
    assert webhook.messages[0]["age_seconds"] >= 200


def age_the_log(database: Path, *, seconds: float) -> None:
    """Make everything in the log that much older, as if the time had passed."""
    with sqlite3.connect(database) as db:
        db.execute("DROP TRIGGER calls_stay_as_written")
        for number, call in db.execute("SELECT number, call FROM calls").fetchall():
            old = msgspec.json.decode(call, type=Call)
            stamp = msgspec.structs.replace(old.asked, monotonic=old.asked.monotonic - seconds)
            new = msgspec.json.encode(msgspec.structs.replace(old, asked=stamp)).decode()
            db.execute("UPDATE calls SET call = ? WHERE number = ?", (new, number))
    db.close()


def test_a_call_too_old_goes_out_as_information_only(post_of):
    with dead_port() as nowhere:
        post = post_of(duty(nowhere)).start()
        post.press()
        post.wait_for(Queued)
        post.wait(lambda _: len(post.log()) >= 3)
        post.kill()

    with robot() as webhook:
        age_the_log(post.database, seconds=13 * 3600)
        post.story["contacts"][0][2] = webhook.url
        post.start()

        text = webhook.wait_for("【补报】")
        assert post.wait_for(Ended).call.state == Ended("late")

    assert "这不是新的求助" in text
    assert "13 小时" in text


def test_a_request_while_kiosk_help_was_dead_is_heard_when_it_starts(post_of):
    with robot() as webhook:
        post = post_of(duty(webhook.url), acknowledge_seconds=60).start()
        post.kill()

        post.line.request()
        post.start()
        webhook.wait_for("有人在屏幕上求助")
        post.wait_for(Delivered)
        post.stop()
        post.start()

        assert post.wait(lambda view: view.call is not None).call.presses == 1
    assert len(webhook.calls()) == 1


def test_the_line_is_tested_and_a_broken_contact_is_named(post_of):
    with robot() as webhook, robot("wecom", "refuses") as wecom:
        post = post_of(
            duty(webhook.url, selftest=True), duty(wecom.url, "乡镇", "wecom", selftest=True)
        ).start()

        view = post.wait(lambda view: view.line.tested is not None)

    assert view.line.failed == ("乡镇",)
    assert not view.line.well
    assert webhook.texts()[0].startswith(f"【测试】{NAME}：求助线路自动测试，不用处理。")


@pytest.mark.parametrize("trouble", ["corrupt", "a folder", "locked", "missing folder"])
def test_a_broken_database_holds_up_no_call(post_of, trouble):
    with robot() as webhook:
        post = post_of(duty(webhook.url))
        lock = None
        if trouble == "corrupt":
            post.database.write_bytes(b"not a database " * 1000)
        elif trouble == "a folder":
            post.database.mkdir()
        elif trouble == "missing folder":
            post.data.rmdir()
        else:
            lock = sqlite3.connect(post.database)
            lock.execute("BEGIN EXCLUSIVE")
        post.start()

        post.line.request()
        webhook.wait_for("有人在屏幕上求助")
        post.wait_for(Delivered)
        if lock is not None:
            lock.close()


def test_without_sound_and_without_pins_it_is_on_duty_and_says_so(post_of, tmp_path):
    with robot() as webhook:
        post = post_of(duty(webhook.url), button=99)  # no such pin
        post.card.environment = {"PATH": str(tmp_path)}
        post.start()

        post.line.request()

        webhook.wait_for("【求助】")
        view = post.wait(lambda view: len(view.line.faults) == 2)
        assert view.line.faults == ("按钮没有接通", "没有声音")


def test_noise_at_the_door_is_let_pass(post_of):
    with robot() as webhook:
        post = post_of(duty(webhook.url)).start()
        bell = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        for noise in (b"", b"x", b"\xff" * 1025, b"[" * 1000, b'{"what":"explode"}'):
            bell.sendto(noise, str(post.run_folder / DOOR))
        bell.close()

        post.line.request()

        webhook.wait_for("【求助】")


def test_the_end_of_the_program_is_seen_at_once_and_the_line_is_dead(post_of):
    post = post_of().start()
    assert post.line.alive()

    began = time.monotonic()
    post.stop()

    assert time.monotonic() - began < 2
    assert not post.line.alive()
    assert post.line.state().call is None


def test_the_line_of_a_kiosk_on_which_help_never_ran_is_dead(tmp_path):
    line = Post(tmp_path).line

    line.request()
    line.cancel()

    assert not line.alive()
    assert not line.changed()
    assert line.state() == CallView()


def test_systemd_hears_when_it_is_on_duty_that_it_lives_and_when_it_stops(tmp_path, monkeypatch):
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(20)
        post = Post(tmp_path).start()

        heard = [systemd.recv(100) for _ in range(3)]
        post.stop()
        while heard[-1] != b"STOPPING=1":
            heard.append(systemd.recv(100))

    assert heard[0] == b"READY=1"
    assert set(heard[1:-1]) == {b"WATCHDOG=1"}


def test_wrong_settings_are_told_and_nothing_starts(tmp_path):
    settings = tmp_path / "kiosk.toml"
    settings.write_text("[hlep]\n")

    ended = subprocess.run(
        [sys.executable, "-m", "kiosk.help.agent", "--settings", str(settings)],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[3],
    )  # fmt: skip

    assert ended.returncode == 2
    assert "did you mean help?" in ended.stderr
    assert "Correct the named lines" in ended.stderr


def test_the_installed_program_stays_small_and_still(tmp_path):
    post = Post(tmp_path)
    settings = tmp_path / "kiosk.toml"
    with robot() as webhook:
        settings.write_text(
            f"""
            [kiosk]
            id = "qingshi-square"
            name = "{NAME}"
            village = "qingshi"
            data = "{post.data}"
            run = "{post.run_folder}"
            [help]
            pins = "none"
            [[help.contacts]]
            name = "值班室"
            kind = "webhook"
            url = "{webhook.url}"
            """,
            encoding="utf-8",
        )
        command = [sys.executable, "-m", "kiosk.help.agent", "--settings", str(settings)]
        post.process = subprocess.Popen(
            command, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]
        )
        assert post.wait(lambda view: view.line.tested is not None).line.well
        proc = Path(f"/proc/{post.process.pid}")
        before = cpu_seconds(proc)

        threading.Event().wait(2)

        assert cpu_seconds(proc) - before <= 0.04
        status = (proc / "status").read_text()
    post.stop()
    assert int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) < 40_000


def cpu_seconds(proc: Path) -> float:
    """Return the processor time that a process has used."""
    fields = (proc / "stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
