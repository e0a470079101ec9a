"""From looks to rows on the card, and to what the board is told; by a clock that the test moves."""

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from kiosk.evidence.account import Account
from kiosk.evidence.counting import decoded
from kiosk.evidence.log import EvidenceLog
from kiosk.evidence.memory import remember, remembered
from kiosk.evidence.pictures import Photo, Pictures
from kiosk.evidence.reader import LogBroken
from kiosk.evidence.recorder import Recorder
from kiosk.evidence.records import Event, Minute, Power, Record
from kiosk.evidence.share import Share, Tally
from kiosk.evidence.tracker import Drawn, Tick
from sync.workdays import Shown, TermRule
from tests.support.evidence import SIX, Cabinet

FRIDAY = date(2026, 11, 20)
RULE = TermRule(share_minutes=5, share_turns=10)
QUICK = TermRule(share_minutes=1, share_turns=1)


@dataclass
class Running:
    """A recorder of one boot, its screen looked at twice a second from second 0 on."""

    cabinet: Cabinet
    boot: str = "b"
    start: datetime = SIX
    open_log: Callable[[], EvidenceLog] | None = None
    at: float = 0.0
    trusted: bool = True
    earliest: datetime | None = None
    power: Power = "on"
    drawn: Drawn | None = None
    told: list[Account] = field(default_factory=list)
    commits: int = 0

    def __post_init__(self) -> None:
        aside = self.cabinet.data / "evidence"
        self.recorder = Recorder(
            self.open_log or self._open, Pictures(self.cabinet.data / "evidence/pictures"),
            self.told.append, boot=self.boot, power=lambda: self.power,
            known=remembered(aside), remember=partial(remember, aside),
        )  # fmt: skip
        self.recorder.work(0)

    def _open(self) -> EvidenceLog:
        log = self.cabinet.open()
        log._db.set_trace_callback(self._heard)
        return log

    def _heard(self, statement: str) -> None:
        self.commits += statement == "COMMIT"

    def run(self, seconds: float, drawn: Drawn | None = None, *, every: float = 12.0) -> None:
        """Let time go by with `drawn` on the screen, a new turn beginning `every` so many seconds."""
        begun = self.at
        while self.at < begun + seconds:
            turn = int((self.at - begun) // every) + round(begun)
            now = drawn and Drawn(drawn.notice, drawn.revision, drawn.screen, turn)
            wall = self.start + timedelta(seconds=self.at)
            self.recorder.look(
                Tick(self.at, wall, self.trusted, now, board=3, earliest=self.earliest)
            )
            self.at += 0.5
            if self.at % 1 == 0:
                self.recorder.work(self.at)

    def end(self) -> None:
        self.recorder.finish()


WATER = Drawn("water", 1, "idle")


@pytest.fixture
def cabinet(tmp_path: Path) -> Iterator[Cabinet]:
    opened = Cabinet(tmp_path / "data")
    yield opened
    opened.close()


def records(cabinet: Cabinet) -> list[Record]:
    return list(cabinet.read().records())


def kinds(cabinet: Cabinet) -> list[str]:
    return [one.what if isinstance(one, Event) else "minute" for one in records(cabinet)]


def test_hour_of_turns_is_in_the_log_at_one_commit_a_minute(cabinet: Cabinet) -> None:
    running = Running(cabinet)
    running.commits = 0

    running.run(3600, WATER)

    minutes = [one for one in records(cabinet) if isinstance(one, Minute)]
    assert running.commits <= 60
    assert len(minutes) == 59  # the last is not over yet
    assert {sum(seen.end - seen.start for seen in one.seen) for one in minutes} == {60.0}
    assert sum(seen.turn for one in minutes for seen in one.seen) == 59 * 5


def test_power_cut_costs_the_last_minute_at_most(cabinet: Cabinet) -> None:
    running = Running(cabinet)
    running.run(1000, WATER)  # and nobody ends it

    last = [one for one in records(cabinet) if isinstance(one, Minute)][-1]

    assert running.at - (last.at + 60.0) <= 61.0


def test_program_that_ends_well_says_so_and_loses_nothing(cabinet: Cabinet) -> None:
    running = Running(cabinet)
    running.run(90, WATER)

    running.end()

    assert kinds(cabinet) == ["start", "minute", "counted", "minute", "stop"]
    assert cabinet.read().find_break() is None


def test_notice_that_had_its_share_counts_for_the_board(cabinet: Cabinet) -> None:
    running = Running(cabinet)
    running.recorder.count_by(RULE)
    running.run(420, WATER)

    account = running.told[-1]
    assert account.days == {("water", 1): frozenset({FRIDAY})}
    assert account.judged == date(2026, 11, 19)
    assert account.shown(date(2026, 11, 21))["water", 1] == Shown(
        FRIDAY, frozenset({FRIDAY}), since=FRIDAY
    )
    assert account.shown(None)["water", 1].judged == date(2026, 11, 19)
    assert account.shown(date(2026, 11, 21))["road", 1].counted == frozenset()


def test_new_log_says_at_once_that_nothing_is_proved(cabinet: Cabinet) -> None:
    running = Running(cabinet)

    (account,) = running.told

    assert (account.judged, account.begun, dict(account.days)) == (None, None, {})
    assert account.since == date.max  # nobody can be asked to prove the days before
    assert account.key == cabinet.key.public.hex()
    assert (account.wrong, account.trouble) == ((), "")


def test_next_start_knows_at_once_what_was_counted(cabinet: Cabinet) -> None:
    before = Running(cabinet)
    before.recorder.count_by(QUICK)
    before.run(120, WATER)
    before.end()
    over_night = Running(cabinet, "c", start=SIX + timedelta(days=1))
    over_night.recorder.count_by(QUICK)
    over_night.run(120, WATER)
    over_night.end()

    again = Running(cabinet, "d")

    assert again.told[0].days == {("water", 1): frozenset({FRIDAY, FRIDAY + timedelta(days=1)})}
    assert again.told[0].judged == FRIDAY
    assert again.told[0].begun == SIX
    assert again.recorder.beat() == SIX + timedelta(days=1, seconds=119.5)
    assert before.recorder.beat() is None


def test_count_that_somebody_changed_is_told_and_made_anew(cabinet: Cabinet) -> None:
    for number, boot in enumerate("bc"):
        running = Running(cabinet, boot, start=SIX + timedelta(days=number))
        running.recorder.count_by(QUICK)
        running.run(120, WATER)
        running.end()
    kept = decoded(cabinet.open().counted() or b"")
    assert kept
    forged = replace(kept, tally=Tally({(("road", 1), FRIDAY): Share(900.0, 90)}))
    with cabinet.open()._db as database:
        database.execute("UPDATE counted SET state = ?", (forged.encoded(),))

    again = Running(cabinet, "d")
    again.recorder.count_by(QUICK)
    again.run(61)

    detail = f"what rows 1 to {kept.last} came to is not what was kept"
    assert again.told[0].wrong == (detail,)
    assert set(again.told[-1].days) == {("water", 1)}
    assert kinds(cabinet).count("broken") == 1
    assert Running(cabinet, "e").told[0].wrong == (detail,)  # told once, and for a week


def test_other_rule_counts_everything_anew(cabinet: Cabinet) -> None:
    running = Running(cabinet)
    running.run(180, WATER)
    strict = running.told[-1].days

    running.recorder.count_by(QUICK)
    running.recorder.work(running.at)

    assert strict == {}
    assert running.told[-1].days == {("water", 1): frozenset({FRIDAY})}


def test_trust_that_returns_tells_what_was_shown_before(cabinet: Cabinet) -> None:
    running = Running(cabinet, trusted=False)
    running.recorder.count_by(QUICK)
    running.run(300, WATER)
    doubtful = running.told[-1]
    running.trusted = True

    running.run(120, None)

    assert (doubtful.judged, doubtful.days) == (None, {})
    assert running.told[-1].days == {("water", 1): frozenset({FRIDAY})}


def test_kiosk_whose_clock_nothing_proves_has_to_show_its_days(cabinet: Cabinet) -> None:
    sealed = datetime(2026, 11, 10, tzinfo=UTC)
    unsure = Running(cabinet, trusted=False, earliest=sealed)
    unsure.run(180, WATER)
    unsure.end()

    by_next_seal = unsure.told[-1].shown(FRIDAY)["road", 1]

    assert by_next_seal.missed(date(2026, 11, 10))
    assert not by_next_seal.missed(date(2026, 11, 9))  # it wasn't there yet


def test_proof_of_a_later_boot_excuses_no_day_before_it(cabinet: Cabinet) -> None:
    unsure = Running(cabinet, trusted=False, earliest=datetime(2026, 11, 10, tzinfo=UTC))
    unsure.run(180, WATER)
    unsure.end()
    proved = Running(cabinet, "c")
    proved.run(120, WATER)
    proved.recorder.count_by(QUICK)
    proved.recorder.work(proved.at)

    assert {one.since for one in proved.told} == {date(2026, 11, 10)}
    assert proved.told[-1].begun == SIX


def test_proof_of_the_same_boot_tells_when_a_kiosk_really_began(cabinet: Cabinet) -> None:
    running = Running(cabinet, trusted=False, earliest=datetime(2026, 11, 10, tzinfo=UTC))
    running.run(120, WATER)
    running.trusted, running.earliest = True, None

    running.run(120, WATER)

    assert running.told[-1].since == FRIDAY


def test_dark_panel_is_no_evidence(cabinet: Cabinet) -> None:
    running = Running(cabinet)
    running.run(60, WATER)
    running.power = "off"
    running.run(120, WATER)
    running.end()

    seen = [one for m in records(cabinet) if isinstance(m, Minute) for one in m.seen]

    assert sum(one.end - one.start for one in seen) <= 60.0
    assert ("power", "off") in [
        (one.what, one.detail) for one in records(cabinet) if isinstance(one, Event)
    ]


def test_full_card_is_said_and_what_did_not_fit_is_written_down(cabinet: Cabinet) -> None:
    running = Running(cabinet)
    running.run(120, WATER)
    log = running.recorder._log
    assert log
    log._db.execute("PRAGMA max_page_count = 1")
    full = cabinet.open

    def no_room() -> EvidenceLog:
        raise LogBroken("database or disk is full")

    running.recorder._open_log = no_room
    running.run(4 * 3600, WATER)
    trouble = running.told[-1].trouble
    running.recorder._open_log = full
    running.run(180, WATER)

    lost = [one for one in records(cabinet) if isinstance(one, Event) and one.what == "lost"]
    assert "full" in trouble
    assert running.told[-1].trouble == ""
    assert len(lost) == 1
    assert "records from 2026-11-19T22:" in lost[0].detail
    assert "could not be written: database or disk is full" in lost[0].detail
    assert cabinet.read().find_break() is None


def test_log_that_cannot_be_opened_makes_no_day_one_that_was_shown(cabinet: Cabinet) -> None:
    def rotten() -> EvidenceLog:
        raise LogBroken("disk I/O error")

    (account,) = Running(cabinet, open_log=rotten).told

    assert account.shown(FRIDAY)["water", 1].missed(date(2026, 11, 19))
    assert account.trouble == "disk I/O error"


def test_new_log_that_cannot_be_written_makes_no_day_one_that_was_shown(cabinet: Cabinet) -> None:
    running = Running(cabinet)
    log = running.recorder._log
    assert log
    log.append = _full  # type: ignore[method-assign]  # what sqlite says of a full card
    running.run(61, WATER)

    assert running.told[-1].shown(FRIDAY)["road", 1].missed(date(2026, 11, 19))
    assert remembered(cabinet.data / "evidence") == Account()


def test_what_was_read_once_holds_while_the_log_cannot_be_read(cabinet: Cabinet) -> None:
    before = Running(cabinet)
    before.recorder.count_by(QUICK)
    before.run(120, WATER)
    next_day = Running(cabinet, "c", start=SIX + timedelta(days=1))
    next_day.recorder.count_by(QUICK)
    next_day.run(120, WATER)
    next_day.end()

    def rotten() -> EvidenceLog:
        raise LogBroken("disk I/O error")

    (account,) = Running(cabinet, "d", open_log=rotten).told

    assert account.days[("water", 1)] >= {FRIDAY}
    assert (account.judged, account.since) == (FRIDAY, FRIDAY)
    assert account.trouble == "disk I/O error"


def test_trouble_that_nobody_foresaw_is_told_and_lets_nothing_grow(cabinet: Cabinet) -> None:
    told, heard = list[Account](), threading.Event()

    def hear(account: Account) -> None:
        told.append(account)
        heard.set()

    def strange() -> EvidenceLog:
        raise ValueError("non-hexadecimal number found")

    recorder = Recorder(
        strange, Pictures(cabinet.data / "pictures"), hear, boot="b", power=lambda: "on"
    )
    for n in range(20):
        recorder.look(Tick(n / 2, SIX + timedelta(seconds=n / 2), trusted=True))
    with pytest.raises(ValueError, match="hexadecimal"):
        recorder.work(0)
    waiting = len(recorder._ticks)
    recorder._tried_at = float("-inf")
    recorder.start()

    assert heard.wait(10)
    recorder.close()
    assert waiting == 0
    assert told[0].trouble == "non-hexadecimal number found"


def test_short_trouble_loses_nothing(cabinet: Cabinet) -> None:
    opened, tries = cabinet.open, []

    def open_second() -> EvidenceLog:
        tries.append(1)
        if len(tries) < 4:
            raise LogBroken("disk I/O error")
        return opened()

    running = Running(cabinet, open_log=open_second)
    running.run(600, WATER)
    running.end()

    minutes = [one for one in records(cabinet) if isinstance(one, Minute)]
    assert [one.at for one in minutes] == [60.0 * n for n in range(10)]


def test_broken_chain_is_told_and_written_down(cabinet: Cabinet) -> None:
    before = Running(cabinet)
    before.run(120, WATER)
    before.end()
    with cabinet.open()._db as database:
        database.execute("DROP TRIGGER rows_stay_as_written")
        database.execute("UPDATE rows SET data = x'00' WHERE number = 2")

    running = Running(cabinet, "c")
    running.run(61)

    detail = "row 2: row 2 is not what was written"
    assert running.told[0].wrong == (detail,)
    assert kinds(cabinet).count("broken") == 1
    assert running.told[-1].wrong == Running(cabinet, "d").told[0].wrong == (detail,)


def test_damaged_file_is_kept_aside_and_recording_goes_on(cabinet: Cabinet) -> None:
    running = Running(cabinet)
    running.run(120, WATER)
    log = running.recorder._log
    assert log
    log.append = _spoilt  # type: ignore[method-assign]  # what sqlite says of a card that rots
    running.run(60, WATER)
    del log.append
    running.run(120, WATER)

    assert (cabinet.data / "evidence.db.damaged-1").exists()
    assert kinds(cabinet)[0] == "lost"
    assert running.told[-1].since == date.min  # there was evidence of earlier days, once
    assert "malformed" in running.told[-1].wrong[0]


def forget(cabinet: Cabinet) -> None:
    """Take log and key away."""
    for path in (cabinet.path, cabinet.data / "evidence" / "kiosk-key.pem"):
        path.unlink()


def test_log_and_key_that_are_gone_together_are_missed(cabinet: Cabinet) -> None:
    before = Running(cabinet)
    before.run(120, WATER)
    before.end()
    forget(cabinet)

    running = Running(cabinet, "c")
    running.run(61)

    assert {one.since for one in running.told} == {date.min}
    assert kinds(cabinet)[0] == "lost"
    assert "remembers" in running.told[0].wrong[0]


def test_key_that_the_village_sealed_for_this_kiosk_tells_of_an_older_log(cabinet: Cabinet) -> None:
    running = Running(cabinet)
    running.recorder.enrolled("0a" * 32)
    running.run(61)
    own = Running(Cabinet(cabinet.data / "other"))
    own.recorder.enrolled(own.cabinet.key.public.hex())
    own.run(61)

    assert running.told[-1].since == date.min
    assert kinds(cabinet)[0] == "lost"
    assert own.told[-1].since == FRIDAY


def test_picture_of_a_notice_is_kept_once_with_its_hash_in_the_log(cabinet: Cabinet) -> None:
    running = Running(cabinet)
    wanted = running.recorder.wants_picture("water", 1)
    running.run(1, WATER)
    running.recorder.take_picture(Photo("water", 1, 1080, 1920, os.urandom(4) * 1080 * 1920))
    running.run(120, WATER)

    (event,) = [one for one in records(cabinet) if isinstance(one, Event) and one.what == "picture"]
    pictures = Pictures(cabinet.data / "evidence/pictures")
    assert wanted
    assert not running.recorder.wants_picture("water", 1)
    assert event.detail.startswith("water 1 ")
    assert len(event.detail.split()[2]) == 64
    assert pictures.taken() == {("water", 1)}
    assert not Running(cabinet, "c").recorder.wants_picture("water", 1)


def test_thread_writes_down_what_it_was_given_when_it_ends(cabinet: Cabinet) -> None:
    recorder = Recorder(
        Cabinet(cabinet.data).open, Pictures(cabinet.data / "pictures"), lambda _: None,
        boot="b", power=lambda: "on",
    )  # fmt: skip
    recorder.start()
    for n in range(20):
        recorder.look(Tick(n / 2, SIX + timedelta(seconds=n / 2), trusted=True, drawn=WATER))

    recorder.close()

    assert kinds(cabinet) == ["start", "minute", "stop", "counted"]


def _spoilt(*_: object) -> None:
    raise LogBroken("database disk image is malformed", damaged=True)


def _full(*_: object) -> None:
    raise LogBroken("database or disk is full")
