"""What the window's frames come to, as the witness is told it; no window is needed for that."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import msgspec
import pytest

from kiosk.evidence.pictures import Photo
from kiosk.evidence.tracker import Drawn, Tick
from kiosk.scene import Scene
from kiosk.ui.lookout import Lookout
from kiosk.ui.timekeeper import Timekeeper
from sync.clock import ChipProof, Moment, Reading
from sync.feed.layout import Withdrawal
from sync.notices import KioskKey
from sync.workdays import TermRule
from tests.support.office import VILLAGE, notice
from tests.support.scene import NOW, TODAY, posting, scene

WATER = posting(notice("停水通知", id="water"))
ROAD = posting(notice("修路通知", id="road"))


@dataclass
class Heard:
    """A witness that remembers what it was told."""

    ticks: list[Tick] = field(default_factory=list)
    rules: list[TermRule] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    def look(self, tick: Tick) -> None:
        self.ticks.append(tick)

    def count_by(self, rule: TermRule) -> None:
        self.rules.append(rule)

    def enrolled(self, key: str) -> None:
        self.keys.append(key)

    def wants_picture(self, notice: str, revision: int) -> bool:
        return False

    def take_picture(self, photo: Photo) -> None:
        raise AssertionError("nobody wanted one")

    @property
    def drawn(self) -> list[Drawn | None]:
        return [one.drawn for one in self.ticks]


@dataclass
class FastChip:
    """Clocks that are three days fast, as the stick has proved the chip to be."""

    fast: timedelta = timedelta(days=3)

    def now(self) -> datetime:
        return NOW + self.fast

    def read(self) -> Reading:
        return Reading(self.now(), 0.0, synchronised=False, chip=self.now())

    def beat(self) -> datetime | None:
        return None


@pytest.fixture
def heard() -> Heard:
    return Heard()


def lookout(heard: Heard | None, moment: Moment | None = Moment(NOW, trusted=True)) -> Lookout:  # noqa: B008  # frozen
    return Lookout(heard, FastChip(), lambda _: moment)


def shown() -> Scene:
    return scene(WATER, ROAD)


def test_page_counts_from_the_frame_that_brought_it_on(heard: Heard) -> None:
    looks = lookout(heard)

    looks.expect(shown(), "water", "idle", 1)
    looks.look()
    looks.flipped()
    looks.expect(shown(), "road", "idle", 2)
    looks.look()
    looks.flipped()

    water, road = Drawn("water", 1, "idle", 1), Drawn("road", 1, "idle", 2)
    assert heard.drawn == [None, water, water, road]


def test_next_turn_of_the_same_page_needs_no_frame(heard: Heard) -> None:
    looks = lookout(heard)
    looks.expect(shown(), "water", "idle", 1)
    looks.flipped()

    looks.expect(shown(), "water", "idle", 2)
    looks.look()
    looks.flipped()  # something else of the page has moved

    assert heard.drawn == [Drawn("water", 1, "idle", 1), Drawn("water", 1, "idle", 2)]


def test_page_without_a_notice_and_a_withdrawn_one_show_none(heard: Heard) -> None:
    gone = posting(WATER.notice, Withdrawal("错了", TODAY))
    looks = lookout(heard)
    looks.expect(shown(), "water", "idle", 1)
    looks.flipped()

    looks.expect(shown(), "", "help", 1)
    looks.flipped()
    looks.expect(scene(gone, ROAD), "water", "notice", 1)
    looks.flipped()
    looks.look()

    assert heard.drawn == [Drawn("water", 1, "idle", 1), None, None]


def test_nobody_is_told_before_the_time_is_known_or_without_a_witness(heard: Heard) -> None:
    unsure = lookout(heard, moment=None)
    unsure.expect(shown(), "water", "idle", 1)
    unsure.flipped()
    unsure.look()
    lookout(None).look()

    assert heard.ticks == []


def test_village_rule_and_this_kiosks_key_are_passed_on(heard: Heard) -> None:
    kiosks = (KioskKey("square-1", "广场", "1a" * 32), KioskKey("square-2", "村口", "2b" * 32))
    village = msgspec.structs.replace(VILLAGE, term=TermRule(share_minutes=7), kiosks=kiosks)

    lookout(heard).belong(village, "square-2")

    assert (heard.rules, heard.keys) == ([TermRule(share_minutes=7)], ["2b" * 32])


def test_chip_that_is_days_fast_writes_down_what_is_sure_of_it(heard: Heard) -> None:
    clock = FastChip()
    chip = ChipProof(NOW + clock.fast, clock.fast.total_seconds())
    held = replace(shown().holdings, loaded=True, issued=NOW - timedelta(days=1), chip_proof=chip)
    keeper = Timekeeper(clock, 10)
    there = keeper.reboard(replace(shown(), holdings=held))
    looks = Lookout(heard, clock, keeper.moment_at)
    looks.expect(there, "water", "idle", 1)
    looks.flipped()

    (tick,) = heard.ticks

    assert tick.trusted
    assert tick.wall == NOW + clock.fast
    assert abs(tick.told - NOW) < timedelta(days=1)
