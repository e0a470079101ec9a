"""What was shown decides what stays on the board."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from kiosk.board import local_day
from kiosk.evidence.account import Account
from kiosk.evidence.memory import FILE, remember, remembered
from kiosk.rota import Rota, reboard
from sync.clock import Moment
from tests.support.office import notice
from tests.support.scene import posting, scene

POSTED = date(2026, 11, 2)
OVER = datetime(2026, 11, 18, 1, tzinfo=UTC)  # the day after its 10th working and 15th calendar day
WORKED = frozenset(POSTED + timedelta(days=n) for n in range(1, 16))


def titles(account: Account | None, at: datetime, *, trusted: bool = True) -> list[str]:
    """Return what stands on the board of a kiosk with this evidence."""
    shown = scene(posting(notice("停水通知", id="water", posted=POSTED)), account=account)
    boarded, _ = reboard(shown, Rota(), Moment(at, trusted))
    return [one.posting.notice.title for one in boarded.board.standing]


def account(*missed: date) -> Account:
    return Account(days={("water", 1): WORKED - set(missed)}, judged=local_day(OVER))


def test_notice_that_was_shown_on_every_day_of_its_term_comes_down() -> None:
    assert titles(account(), OVER) == []
    assert titles(account(), OVER - timedelta(days=1)) == ["停水通知"]


def test_notice_that_missed_a_working_day_stays_a_working_day_longer() -> None:
    missed = account(date(2026, 11, 5), date(2026, 11, 16), date(2026, 11, 17))

    assert titles(missed, OVER) == ["停水通知"]


def test_weekend_without_power_makes_nothing_up() -> None:
    assert titles(account(date(2026, 11, 7), date(2026, 11, 8)), OVER) == []


def test_nothing_comes_down_before_the_evidence_has_been_read() -> None:
    assert titles(Account(), OVER) == ["停水通知"]
    assert titles(Account(), datetime(2027, 2, 2, tzinfo=UTC)) == []  # its maximum is over


def test_start_goes_by_what_was_known_before_until_the_log_has_been_read(tmp_path: Path) -> None:
    later = OVER + timedelta(days=1)
    remember(tmp_path, account())
    over = titles(remembered(tmp_path), OVER)
    remember(tmp_path, account(date(2026, 11, 5), date(2026, 11, 6)))

    assert over == []  # nothing comes back
    assert titles(remembered(tmp_path), OVER) == ["停水通知"]
    assert titles(remembered(tmp_path), later) == ["停水通知"]  # nothing comes down early


def test_memory_that_rots_takes_nothing_down(tmp_path: Path) -> None:
    remember(tmp_path, account())
    path = tmp_path / FILE
    path.write_bytes(path.read_bytes().replace(b"2026-11-17", b"2026-11-16"))

    assert remembered(tmp_path) == Account()
    assert remembered(tmp_path / "none") == Account()


def test_kiosk_without_a_day_of_evidence_goes_by_the_calendar() -> None:
    assert titles(Account(since=date.max), OVER) == []
    assert titles(None, OVER) == []
