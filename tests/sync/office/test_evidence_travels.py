"""The whole way of a signed day: from the kiosk's log over its outbox and a real FAT stick to the office."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kiosk.evidence.handover import Handover
from kiosk.evidence.reader import DATABASE
from sync.agent import main
from sync.office.enrolment import Arrival
from sync.office.evidence import Known
from sync.outbox import FOLDER, Outbox
from tests.support.evidence import Cabinet, day
from tests.support.stick import MISSING_TOOLS, FatStick
from tests.sync.office.conftest import Desk

pytestmark = pytest.mark.skipif(
    MISSING_TOOLS, reason="mtools are not installed: no FAT image can be made"
)


class Square:
    """A kiosk with a log, and a caretaker who carries sticks."""

    def __init__(self, folder: Path, desk: Desk) -> None:
        self.cabinet = Cabinet(folder / "data")
        self.cabinet.data.mkdir()
        self._folder, self._desk = folder, desk
        self._settings = folder / "kiosk.toml"
        self._settings.write_text(
            '[kiosk]\nid = "square-1"\nname = "村口"\nvillage = "qingshi"\n'
            f'data = "{self.cabinet.data}"\n[sync]\nanchor = "{desk.office.anchor}"\n'
        )
        self._carried = 0

    def show(self, *days: int) -> None:
        """Keep evidence on these days, each in a run of its own."""
        for number in days:
            self.cabinet.write(*day(number))

    def carry(self) -> Known:
        """Bring a fresh stick to the kiosk and back; return what the office knows then."""
        outbox = Outbox(self.cabinet.data / FOLDER)
        log = self.cabinet.open()
        Handover(outbox, village="qingshi", kiosk="square-1", name="村口").give(log)
        log.close()
        self._carried += 1
        mounted = self._folder / f"mounted{self._carried}"
        (mounted / "sunboard").mkdir(parents=True)
        assert main(["--settings", str(self._settings), "export", str(mounted)]) == 0
        fat = FatStick(self._folder / f"stick{self._carried}.img")
        fat.put(mounted / "sunboard-kiosk", "sunboard-kiosk")
        (arrival,) = self._desk.office.arrivals(
            fat.read_out(self._folder / f"carried{self._carried}")
        )
        assert isinstance(arrival, Arrival)
        if arrival.kiosk not in self._desk.office.village.kiosks:
            self._desk.office.enrol(arrival.kiosk)
        return self._desk.office.take_days(arrival)[1]


@pytest.fixture
def square(tmp_path: Path, desk: Desk) -> Iterator[Square]:
    made = Square(tmp_path, desk)
    yield made
    made.cabinet.close()


def test_every_closed_day_reaches_the_office_and_the_key_goes_under_both_seals(
    desk: Desk, square: Square
) -> None:
    square.show(0, 1, 2)
    assert square.carry().continuity.until == date(2026, 11, 21)
    square.show(3, 4)
    known = square.carry()

    assert (known.continuity.days, known.continuity.until) == (4, date(2026, 11, 23))
    assert (known.continuity.gaps, known.continuity.contradicted) == ((), ())
    desk.publish()
    feed = desk.feed()
    assert feed is not None
    assert [kiosk.key for kiosk in feed.village.kiosks] == [square.cabinet.key.public.hex()]


def test_log_that_the_card_thief_writes_anew_contradicts_what_the_office_has(
    square: Square,
) -> None:
    square.show(0, 1, 2, 3)
    square.carry()
    # The thief has the card, the key and this program: he shows the notice on better days.
    for path in square.cabinet.data.glob(f"{DATABASE}*"):
        path.unlink()
    (square.cabinet.data / "evidence/latest-day.json").unlink()
    square.show(0, 1, 2, 3)
    database = sqlite3.connect(square.cabinet.path)
    assert database.execute("SELECT count(*) FROM days").fetchone() == (3,)
    database.close()

    known = square.carry()

    assert known.continuity.contradicted == tuple(date(2026, 11, n) for n in (20, 21, 22))


def test_log_lost_to_a_worn_card_is_a_new_beginning_and_no_accusation(square: Square) -> None:
    square.show(0, 1, 2)
    square.carry()
    square.cabinet.open().set_aside("the file of the log is damaged")
    square.show(3, 4, 5)

    known = square.carry()

    assert known.continuity.begun_anew == (date(2026, 11, 23),)
    assert known.continuity.contradicted == ()
