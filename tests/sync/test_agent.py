"""The program kiosk-sync: its commands, its round of polls, what it tells and when it stops."""

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.catalogue import load
from kiosk.present.status import came_by, outcome_words
from sync import polling
from sync.agent import main
from sync.carrying import read_in
from sync.delivery import Dispatch, Hub
from sync.delivery import Patience as HubPatience
from sync.feed.folder import FolderSource
from sync.feed.http import HttpSource, Patience
from sync.feed.source import Source
from sync.outbox import Outbox, Outgoing, Sender
from sync.polling import Agent
from sync.records import CARD, Attempt, Outcome, Progress
from sync.store import Store
from tests.support.hub import hub
from tests.support.kiosk import EVER, NOON, KioskInTest
from tests.support.medium import NEEDS_MOUNT, protect, small_medium
from tests.support.office import OfficeInMemory, notice
from tests.support.server import Manners, Server, serving

QUICK = Patience(connect=2.0, read=0.4, whole=0.8, slowest=1 << 30)


@pytest.fixture
def office() -> OfficeInMemory:
    made = OfficeInMemory()
    made.publish(notice("周五停水"))
    return made


@pytest.fixture
def folder(tmp_path: Path, office: OfficeInMemory) -> Path:
    office.write_to(tmp_path / "stick/sunboard/qingshi")
    return tmp_path / "stick/sunboard/qingshi"


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    with serving(folder) as running:
        yield running


@pytest.fixture
def kiosk(tmp_path: Path, office: OfficeInMemory) -> Iterator[KioskInTest]:
    made = KioskInTest(tmp_path / "data", office)
    yield made
    made.close()


@pytest.fixture
def settings(tmp_path: Path, office: OfficeInMemory) -> Path:
    return write_settings(tmp_path, office, [])


def write_settings(
    tmp_path: Path, office: OfficeInMemory, sources: list[str], outbox: str = ""
) -> Path:
    (tmp_path / "root.json").write_bytes(office.anchor)
    path = tmp_path / "kiosk.toml"
    path.write_text(
        f"""
[kiosk]
id = "k1"
name = "村口"
village = "qingshi"
data = "{tmp_path}/data"
[sync]
sources = {sources}
anchor = "{tmp_path}/root.json"
outbox = "{outbox}"
[screen]
diagonal_inches = 32.0
"""
    )
    return path


def shown(tmp_path: Path) -> list[str]:
    store = Store(tmp_path / "data/sunboard.db", readonly=True)
    found = [posting.notice.title for posting in store.postings(since=EVER)]
    store.close()
    return found


@dataclass
class Round:
    """An agent whose waits are over at once, stopped after so many attempts."""

    kiosk: KioskInTest
    attempts: int
    waits: list[float] = field(default_factory=list)
    clock: float = 1_000.0
    dice: float = 0.5

    def run(
        self, monkeypatch: pytest.MonkeyPatch, *sources: Source, hub: Hub | None = None
    ) -> None:
        stop = _Stop(self)
        outbox = Outbox(self.kiosk.data / "outbox")
        dispatch = Dispatch(outbox, self.kiosk.store, hub, lambda: NOON) if hub else None
        monkeypatch.setattr(polling.time, "monotonic", lambda: self.clock)
        made = Agent(
            self.kiosk.store, self.kiosk.attempts, stop, interval=900.0, dice=lambda: self.dice
        )
        made.run(sources, dispatch)
        monkeypatch.undo()


class _Stop(threading.Event):
    def __init__(self, round_: Round) -> None:
        super().__init__()
        self._round = round_

    def wait(self, timeout: float | None = None) -> bool:
        self._round.waits.append(timeout or 0.0)
        self._round.clock += timeout or 0.0
        if len(self._round.kiosk.store.attempts(999)) >= self._round.attempts:
            self.set()
        return self.is_set()


def test_stick_is_imported(settings: Path, tmp_path: Path, folder: Path) -> None:
    assert main(["--settings", str(settings), "import", str(tmp_path / "stick")]) == 0
    assert shown(tmp_path) == ["周五停水"]


def test_stick_of_another_village_is_refused_and_written_down(
    settings: Path, tmp_path: Path, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder.rename(folder.with_name("hongyan"))

    status = main(["--settings", str(settings), "import", str(tmp_path / "stick")])

    store = Store(tmp_path / "data/sunboard.db", readonly=True)
    (attempt,) = store.attempts(5)
    store.close()
    assert status == 1
    assert attempt.outcome is Outcome.UNAVAILABLE
    assert "only of: hongyan" in attempt.detail
    assert "only of: hongyan" in caplog.text


def test_every_source_is_asked_once(tmp_path: Path, office: OfficeInMemory, server: Server) -> None:
    settings = write_settings(tmp_path, office, [server.url])

    assert main(["--settings", str(settings), "once"]) == 0
    assert shown(tmp_path) == ["周五停水"]


def test_check_tells_damage_and_the_status_says_so(
    settings: Path, tmp_path: Path, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    main(["--settings", str(settings), "import", str(tmp_path / "stick")])
    assert main(["--settings", str(settings), "check"]) == 0
    for path in (tmp_path / "data").glob("blobs/*/*"):
        path.write_bytes(b"")

    assert main(["--settings", str(settings), "check"]) == 1
    assert "2 damaged or missing files" in caplog.text
    assert shown(tmp_path) == ["周五停水"]


def test_missing_anchor_is_explained(
    settings: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "root.json").unlink()

    assert main(["--settings", str(settings), "check"]) == 1
    assert "trusted root" in caplog.text
    assert "Copy the root.json" in caplog.text


def test_wrong_settings_are_told_and_nothing_starts(
    settings: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.write_text(settings.read_text().replace("anchor", "ancor"))

    assert main(["--settings", str(settings), "check"]) == 1
    assert "ancor" in caplog.text
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("source", ["http://office.example/", "/media/stick", CARD])
def test_who_runs_a_command_reads_the_words_of_the_status_page(
    outcome: Outcome, source: str
) -> None:
    attempt = Attempt(datetime(2026, 11, 20, tzinfo=UTC), source, outcome, "", "", 0, 0)

    assert polling.in_chinese(attempt) == outcome_words(load("zh"), outcome, came_by(source))


def test_command_tells_how_it_ended_in_chinese_and_english(
    settings: Path, tmp_path: Path, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    main(["--settings", str(settings), "import", str(tmp_path / "stick")])
    main(["--settings", str(settings), "check"])

    assert "收到新公示，1 条 (new, 1 notices)" in caplog.text
    assert "两个印章都对 (all that is on the card is proven)" in caplog.text


def test_polls_come_every_interval_with_jitter(
    kiosk: KioskInTest, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    polling = Round(kiosk, attempts=3, dice=1.0)

    polling.run(monkeypatch, FolderSource(folder))

    # ten seconds after the start, then twice fifteen minutes and a fifth
    assert polling.clock == pytest.approx(1_000 + 10 + 2 * 900 * 1.2, abs=31)
    assert max(polling.waits) <= 30


def test_failing_source_is_asked_less_often_also_after_a_restart(
    kiosk: KioskInTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    nowhere = FolderSource(tmp_path / "nowhere")
    first = Round(kiosk, attempts=2)
    first.run(monkeypatch, nowhere)
    kiosk.restart()
    second = Round(kiosk, attempts=4)
    second.run(monkeypatch, nowhere)

    assert first.clock == pytest.approx(1_000 + 5 + 2 * 900, abs=31)
    assert second.clock == pytest.approx(1_000 + 5 + 8 * 900, abs=31)
    assert kiosk.store.failures(nowhere.name) == 4


def test_unreachable_source_is_logged_once_and_its_recovery_once(
    kiosk: KioskInTest,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    source = FolderSource(folder)
    folder.rename(folder.with_name("away"))
    Round(kiosk, attempts=3).run(monkeypatch, source)
    folder.with_name("away").rename(folder)
    Round(kiosk, attempts=5).run(monkeypatch, source)

    lines = [record.getMessage() for record in caplog.records if record.name == "sunboard.sync"]
    assert len(lines) == 3
    assert "unavailable" in lines[0]
    assert lines[1].endswith("recovered")
    assert lines[2].endswith("new, 1 notices")
    assert kiosk.store.failures(source.name) == 0


def test_one_dead_source_does_not_keep_the_next_from_being_asked(
    kiosk: KioskInTest, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sources = FolderSource(tmp_path / "nowhere"), FolderSource(folder)

    Round(kiosk, attempts=2).run(monkeypatch, *sources)

    assert kiosk.prove() == ["周五停水"]


def test_import_waits_while_another_sync_is_working(
    kiosk: KioskInTest, settings: Path, tmp_path: Path, folder: Path
) -> None:
    with kiosk.attempts.lock(patience=0.0) as mine:
        assert mine
        program = subprocess.Popen(
            [sys.executable, "-m", "sync.agent", "--settings", settings, "import",
             tmp_path / "stick"],
        )  # fmt: skip
        with pytest.raises(subprocess.TimeoutExpired):
            program.wait(1.5)

    assert program.wait(10) == 0
    assert shown(tmp_path) == ["周五停水"]


@pytest.mark.parametrize("asleep", [True, False])
def test_run_stops_promptly_on_sigterm_waiting_or_reading(
    tmp_path: Path, office: OfficeInMemory, server: Server, asleep: bool
) -> None:
    settings = write_settings(tmp_path, office, [server.url])
    asked = threading.Event()
    server.on_request = lambda request: asked.set() if "timestamp" in request.path else None
    if not asleep:
        server.manners = Manners(stall_after=10, only="timestamp")
    program = subprocess.Popen(
        [sys.executable, "-c", START_AT_ONCE, "--settings", settings, "run"],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert asked.wait(20)
    if asleep:
        waited = threading.Event()
        while not shown_or_none(tmp_path):
            waited.wait(0.02)

    program.send_signal(signal.SIGTERM)

    _, errors = program.communicate(timeout=5)
    assert program.returncode == 0, errors
    assert "Traceback" not in errors


START_AT_ONCE = (
    "import sync.schedule as s; s.FIRST = 0.0; import sync.agent as a; a.sys.exit(a.main())"
)


def shown_or_none(tmp_path: Path) -> list[str]:
    return shown(tmp_path) if (tmp_path / "data/sunboard.db").exists() else []


def test_systemd_hears_ready_and_watchdog(
    tmp_path: Path, office: OfficeInMemory, server: Server
) -> None:
    settings = write_settings(tmp_path, office, [server.url])
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(20)
        program = subprocess.Popen(
            [sys.executable, "-c", START_AT_ONCE, "--settings", settings, "run"],
            env={**os.environ, "NOTIFY_SOCKET": str(tmp_path / "notify")},
        )
        heard = [listening.recv(100) for _ in range(3)]
        program.send_signal(signal.SIGTERM)
        program.wait(5)

    assert heard[0] == b"READY=1"
    assert b"WATCHDOG=1" in heard[1:]


SENDER = Sender("qingshi", "k1", "村口", "ab" * 32)


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    made = Outbox(tmp_path / "data/outbox")
    made.introduce(SENDER)
    made.put("evidence-day", b"friday")
    return made


def state(tmp_path: Path) -> tuple[Outgoing, Progress | None]:
    store = Store(tmp_path / "data/sunboard.db", readonly=True)
    found = store.outgoing(), store.progress()
    store.close()
    return found


def test_stick_brings_notices_and_takes_the_evidence_along(
    settings: Path, tmp_path: Path, folder: Path, outbox: Outbox
) -> None:
    stick, program = tmp_path / "stick", ["--settings", str(settings)]

    assert main([*program, "import", "--leave-in", str(stick)]) == 0
    _, at_work = state(tmp_path)
    assert main([*program, "export", str(stick)]) == 0
    still_at_work = state(tmp_path)[1]
    assert main([*program, "release"]) == 0
    outgoing, over = state(tmp_path)

    assert shown(tmp_path) == ["周五停水"]
    assert [entry.data for entry in read_in(stick, "k1").entries] == [b"friday"]
    assert at_work == still_at_work
    assert at_work is not None
    assert at_work.giving
    assert at_work.source.startswith(str(stick))
    assert over is None
    assert outgoing.carried is not None


def test_stick_without_notices_takes_the_evidence_along_too(
    settings: Path, tmp_path: Path, outbox: Outbox
) -> None:
    (tmp_path / "stick/sunboard-kiosk").mkdir(parents=True)
    program = ["--settings", str(settings)]

    assert main([*program, "import", "--leave-in", str(tmp_path / "stick")]) == 1
    assert main([*program, "export", str(tmp_path / "stick")]) == 0

    assert len(read_in(tmp_path / "stick", "k1").entries) == 1


def test_strangers_stick_is_not_written_on(
    settings: Path, tmp_path: Path, outbox: Outbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    (tmp_path / "stick").mkdir()

    assert main(["--settings", str(settings), "export", str(tmp_path / "stick")]) == 0

    assert "nothing is written" in caplog.text
    assert list((tmp_path / "stick").iterdir()) == []


@NEEDS_MOUNT
def test_write_protected_stick_is_said_on_the_status_page_and_is_no_error(
    settings: Path, tmp_path: Path, outbox: Outbox
) -> None:
    program = ["--settings", str(settings), "export", str(tmp_path / "mnt")]
    with small_medium(tmp_path / "mnt", 2048) as stick:
        (stick / "sunboard").mkdir()
        protect(stick)
        assert main(program) == 0

    assert "只能读" in state(tmp_path)[0].stick_trouble
    (tmp_path / "mnt/sunboard").mkdir()
    assert main(program) == 0
    assert state(tmp_path)[0].stick_trouble == ""


def test_evidence_is_sent_once_by_hand(
    tmp_path: Path, office: OfficeInMemory, server: Server, outbox: Outbox
) -> None:
    with hub() as site:
        settings = write_settings(tmp_path, office, [server.url], site.url)
        assert main(["--settings", str(settings), "once"]) == 0
        site.status = 503
        outbox.put("evidence-day", b"saturday")
        assert main(["--settings", str(settings), "once"]) == 1

    assert list(site.received.values()) == [b"friday"]
    assert state(tmp_path)[0].waiting == 1


def test_evidence_is_sent_in_the_round_and_less_often_the_longer_it_fails(
    kiosk: KioskInTest,
    folder: Path,
    outbox: Outbox,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    with hub() as site:
        to = Hub(site.url, HubPatience(2.0, 2.0, 4.0))
        site.status = 503
        Round(kiosk, attempts=3).run(monkeypatch, FolderSource(folder), hub=to)
        kiosk.restart()
        assert kiosk.store.failures(f"outbox {site.url}") == 2
        Round(kiosk, attempts=5).run(monkeypatch, FolderSource(folder), hub=to)
        assert len(site.asked) == 3  # after 0, 30 and, begun anew, 0 minutes; then an hour's wait
        site.status = 0
        Round(kiosk, attempts=7).run(monkeypatch, FolderSource(folder), hub=to)

    assert list(site.received.values()) == [b"friday"]
    assert kiosk.store.failures(f"outbox {site.url}") == 0
    said = [one.getMessage() for one in caplog.records if site.url in one.getMessage()]
    assert len(said) == 2
    assert said[1].endswith("recovered")


def test_sending_stops_promptly_on_sigterm(
    tmp_path: Path, office: OfficeInMemory, outbox: Outbox
) -> None:
    with hub() as site:
        site.stall = True
        settings = write_settings(tmp_path, office, [], site.url)
        program = subprocess.Popen(
            [sys.executable, "-c", START_AT_ONCE, "--settings", settings, "run"],
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert site.heard.wait(20)

        program.send_signal(signal.SIGTERM)

        _, errors = program.communicate(timeout=5)
    assert program.returncode == 0, errors
    assert "Traceback" not in errors


def test_full_card_ends_an_attempt_not_the_program(
    kiosk: KioskInTest, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk.reserve = 1 << 60

    Round(kiosk, attempts=2).run(monkeypatch, FolderSource(folder))

    assert {attempt.outcome for attempt in kiosk.store.attempts(9)} == {Outcome.CARD_FULL}


def test_web_and_stick_are_the_same_feed(kiosk: KioskInTest, folder: Path, server: Server) -> None:
    web = HttpSource(server.url, QUICK)

    assert kiosk.sync_from(web).outcome is Outcome.NEW
    assert kiosk.sync_from(FolderSource(folder)).outcome is Outcome.SAME

    web.close()
