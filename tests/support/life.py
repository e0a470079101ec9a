"""Three months of a village in the rain: power cuts, clocks that step, sticks, notices that come and go.

A real office seals, a real kiosk syncs, the real recorder sees what the real board gives turns to. Only
the clocks and the hours are made: the square is lit for an hour and a half a day, looks come every two
seconds. Beside it stands a truth that the kiosk doesn't know: what was drawn when by a clock that is right.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

import msgspec

from kiosk.board import Board, Terms, Turns, board_at, next_turn
from kiosk.evidence.account import Account
from kiosk.evidence.key import OwnKey, own_key
from kiosk.evidence.log import EvidenceLog
from kiosk.evidence.pictures import Photo, Pictures
from kiosk.evidence.recorder import Recorder
from kiosk.evidence.records import Power
from kiosk.evidence.tracker import Drawn, Tick
from sync.clock import Moment, Proved, Reading, look
from sync.feed.folder import FolderSource
from sync.feed.layout import Entry, Posting, decode_index
from sync.notices import AuditItem, Category, Correction, Decision, KioskKey, Notice, Village
from sync.workdays import TermRule, YearCalendar
from tests.support.kiosk import KioskInTest
from tests.support.office import VILLAGE, OfficeInMemory, notice

CHINA = timezone(timedelta(hours=8))
DAY = timedelta(days=1)
LOOK = timedelta(seconds=2)
TURN = timedelta(seconds=12)
WRITTEN = 120.0  # s: half as often as a kiosk, for the sake of the disk
OPENS, CLOSES = time(9), time(17)  # the shortest hours that a village may seal
RULE = TermRule(opens=OPENS, closes=CLOSES)
BIRTH = date(2026, 11, 2)
DAYS = 92
# An invented list for 2027, as the State Council's comes in November; the real one of 2026 is built in.
NEXT_YEAR = YearCalendar(
    2027, "国办发明电〔2026〕示例号",
    off=(date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3), *(date(2027, 2, 5) + n * DAY for n in range(8))),
    work=(date(2027, 1, 30), date(2027, 2, 14)),
)  # fmt: skip
CATEGORIES = (
    Category("cwsz", "财务收支", "finance", every="month"),
    Category("dbtk", "低保特困评定", "policy"),
    Category("jtjj", "村集体经济发展", "affairs", every="quarter"),
    Category("zdxm", "重大项目决策", "affairs", every="event"),
)
TITLES = (
    "村道硬化工程竣工决算", "低保特困评定结果公示", "停水通知", "路灯安装项目决议", "养老保险代缴名单",
    "林地承包招标公告", "垃圾清运合同续签", "水渠清淤以工代赈", "危房改造对象公示", "选聘护林员公告",
)  # fmt: skip

Key = tuple[str, int]


@dataclass
class Truth:
    """What really was, by a clock that is right."""

    seconds: dict[tuple[Key, date], float] = field(default_factory=dict)
    turns: dict[tuple[Key, date], int] = field(default_factory=dict)
    hung: dict[Key, date] = field(default_factory=dict)
    ended: dict[Key, date] = field(default_factory=dict)
    up: set[Key] = field(default_factory=set)  # what has ever been on the board
    gone: set[tuple[Key, date]] = field(default_factory=set)  # of it, off the board on that day

    def counts(self, key: Key, day: date) -> bool:
        """Tell whether a day had the share, by these numbers alone."""
        return self.seconds.get((key, day), 0) >= 300 and self.turns.get((key, day), 0) >= 10


@dataclass
class Weather:
    """What a boot meets: a clock that is wrong till it is synchronised, steps, a dark panel, a sync.

    After an hour's quarter the time service is gone again: what it said then has to be held.
    """

    chance: random.Random
    wrong: timedelta
    synced_at: datetime
    step_at: datetime | None
    dark_from: datetime | None
    sync_at: datetime | None
    power: Power = "on"
    stepped: bool = False

    def at(self, now: datetime, awake: float) -> Reading:
        """Return what the clocks say."""
        synchronised = self.synced_at <= now < self.synced_at + timedelta(minutes=15)
        if synchronised:
            self.wrong = timedelta()
        self.stepped = bool(self.step_at and now >= self.step_at and not synchronised)
        if self.stepped:
            self.wrong += timedelta(seconds=self.chance.choice((-7_200, 3_600, 86_400, -864_000)))
            self.step_at = None
        dark = self.dark_from and self.dark_from <= now < self.dark_from + timedelta(minutes=25)
        self.power = "off" if dark else "on"
        return Reading(now + self.wrong, awake, synchronised)


class Life:
    """Lives `days` from the kiosk's birth on, by chance of `seed`."""

    def __init__(self, folder: Path, seed: int, days: int = DAYS) -> None:
        self.chance = random.Random(seed)
        self.days = days
        self.data = folder / "kiosk"
        self.data.mkdir(parents=True)
        self.key: OwnKey = own_key(self.data / "evidence")
        village = msgspec.structs.replace(
            VILLAGE, term=RULE, categories=CATEGORIES,
            kiosks=self.enrolled(),
        )  # fmt: skip
        self.office = OfficeInMemory(village=village, now=self._at(BIRTH, time(7)))
        self.feed = folder / "feed"
        self.truth = Truth()
        self.account = Account()
        self.last: datetime = self._at(BIRTH, time(7))
        self.cuts = self.steps = self.syncs = 0
        self._titles = iter(TITLES * 20)
        self._standing: dict[str, Notice] = {}
        self._month = "2026-11"
        self._turn = 0
        for number in range(days):
            self._day(BIRTH + number * DAY)

    def enrolled(self) -> tuple[KioskKey, ...]:
        """Return the kiosks that the village has sealed."""
        return (KioskKey("square-1", "文化广场屏", self.key.public.hex()),)

    @property
    def anchor(self) -> bytes:
        """The village's first root."""
        return self.office.anchor

    def photograph(self, drawn: Drawn) -> Photo:
        """Return what the window looks like: one colour will do."""
        shade = bytes((self._turn * 7 % 256, 120, 90, 255))
        return Photo(drawn.notice, drawn.revision, 54, 96, shade * (54 * 96))

    def _day(self, day: date) -> None:
        chance = self.chance
        if day.day == 20 and day.month == 12:
            self.office.village = msgspec.structs.replace(
                self.office.village, calendars=(NEXT_YEAR,)
            )
        if self._publish(day) and chance.random() < 0.9:
            self.sync(self._at(day, time(8, 30)))
        if chance.random() < 0.06:
            return  # no power all day
        start = self._at(day, time(8, 50))
        end = self._at(day, time(10, 10))
        for run, (begin, stop) in enumerate(self._runs(start, end)):
            self._boot(f"{day}-{run}", begin, stop)

    def _publish(self, day: date) -> bool:
        """Let the office do what it does on a day; tell whether it sealed anything."""
        chance, office = self.chance, self.office
        office.now = max(office.now, self._at(day, time(7, 30)))
        month = f"{day:%Y-%m}"
        if month != self._month:
            office.close_month(self._month)
            self._month = month
        did = day in {BIRTH, date(2026, 12, 20)}
        if did:
            office.publish()
        if day.day == 15 and chance.random() < 0.8:
            did = self._hang(notice(f"财务公开{month}", category="cwsz", posted=day, decided=None))
        if chance.random() < 0.16:
            late = chance.choice((1, 2, 6))
            did = self._hang(
                notice(next(self._titles), id=f"n-{day:%m%d}", posted=day + chance.choice((0, 0, 0, 1)) * DAY,
                       decided=Decision(day - late * DAY, "村两委会议"))
            )  # fmt: skip
        if self._standing and chance.random() < 0.05:
            old = self._standing[chance.choice(sorted(self._standing))]
            did = self._hang(
                msgspec.structs.replace(
                    old, revision=old.revision + 1, posted=day,
                    corrects=Correction(old.revision, "金额抄错一位"),
                )
            )  # fmt: skip
        if self._standing and chance.random() < 0.03:
            old = self._standing.pop(chance.choice(sorted(self._standing)))
            office.publish(withdraw=[old], reason="内容有误，另行公示")
            self.truth.ended[old.id, old.revision] = day
            did = True
        return did

    def _hang(self, one: Notice) -> bool:
        before = self._standing.get(one.id)
        if before and before.revision == one.revision:
            return False
        audit = (AuditItem("逐项核对", "pass", "王示例", one.posted - DAY),)
        one = msgspec.structs.replace(one, audit=audit)
        self.office.publish(one)
        key, today = (one.id, one.revision), self.office.now.astimezone(CHINA).date()
        self.truth.hung[key] = max(one.posted, today)
        if before:
            self.truth.ended[before.id, before.revision] = self.truth.hung[key]
        self._standing[one.id] = one
        return True

    def sync(self, now: datetime) -> None:
        """Let the kiosk take what the office has published."""
        self.office.write_to(self.feed)
        kiosk = KioskInTest(self.data, self.office, now=now, months=24)
        kiosk.sync_from(FolderSource(self.feed))
        kiosk.close()
        self.syncs += 1

    def _runs(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield from when to when there is power."""
        if self.chance.random() < 0.25:
            self.cuts += 1
            cut = start + timedelta(minutes=self.chance.randint(5, 70))
            yield start, cut
            again = cut + timedelta(minutes=self.chance.randint(1, 40))
            if again < end:
                yield again, end
        else:
            yield start, end

    def _boot(self, boot: str, start: datetime, end: datetime) -> None:
        """Run the screen from `start` to `end`; unless it is told to stop, the power is cut."""
        weather = self._weather(start)
        recorder = Recorder(
            self._open, Pictures(self.data / "evidence" / "pictures"), self._hear,
            boot=boot, power=lambda: weather.power,
        )  # fmt: skip
        recorder.count_by(RULE)
        recorder.work(0.0)
        postings, board = self._postings(), None
        turns, standing, turn_ends, worked, watch = Turns(), None, start, 0.0, None
        for number in range(int((end - start) / LOOK)):
            now = start + number * LOOK
            at = number * LOOK.total_seconds()
            reading = weather.at(now, at + 20)
            watch = look(watch, reading, Proved(self._issued, beat=self.account.proved))
            self.steps += weather.stepped
            if weather.sync_at and now >= weather.sync_at:
                self.sync(now)
                postings, weather.sync_at, board = self._postings(), None, None
            if now >= turn_ends or board is None:
                board = self._board(postings, watch.moment, now)
                standing, turns = next_turn(board, turns)
                turn_ends, self._turn = now + TURN, self._turn + 1
            drawn = self._drawn(standing.posting.entry if standing else None)
            recorder.look(
                Tick(
                    reading.at, reading.wall, watch.moment.trusted, drawn, weather.power, board=1,
                    earliest=watch.moment.time,
                )
            )  # fmt: skip
            if drawn and weather.power == "on":
                self._saw(drawn, now)
            if drawn and recorder.wants_picture(drawn.notice, drawn.revision):
                recorder.take_picture(self.photograph(drawn))
            if at - worked >= WRITTEN:
                worked = at
                recorder.work(at)
        self.last = end
        if self.chance.random() < 0.5:
            recorder.finish()
        elif recorder._log:
            recorder._log.close()  # cut off: what was not written is lost

    def _weather(self, start: datetime) -> "Weather":
        chance = self.chance
        return Weather(
            chance,
            wrong=timedelta(seconds=chance.choice((0, 0, 0, -86_400 * 30, 86_400 * 400, 5_000))),
            synced_at=start + timedelta(minutes=chance.choice((0, 0, 2, 25, 600))),
            step_at=start + timedelta(minutes=chance.randint(1, 60)) if chance.random() < 0.2 else None,
            dark_from=start + timedelta(minutes=20) if chance.random() < 0.08 else None,
            sync_at=start + timedelta(minutes=30) if chance.random() < 0.3 else None,
        )  # fmt: skip

    def _open(self) -> EvidenceLog:
        return EvidenceLog(
            self.data, self.data / "evidence", self.key, "square-1", self.office.village.id
        )

    def _hear(self, account: Account) -> None:
        self.account = account

    def _postings(self) -> tuple[Posting, ...]:
        kiosk = KioskInTest(self.data, self.office)
        found = kiosk.store.postings(since=date.min)
        held = kiosk.store.held()
        self._village: Village | None = held.village if held else None
        self._issued = held.issued if held else None
        self._sealed = decode_index(held.files.index).issued if held else None
        kiosk.close()
        return found

    def _board(self, postings: tuple[Posting, ...], moment: Moment, now: datetime) -> Board:
        proved = moment.time if moment.trusted else self._sealed
        shown = self.account.shown(proved.astimezone(CHINA).date() if proved else None)
        terms = Terms.of_village(self._village, shown, self._sealed)
        board = board_at(postings, moment, terms)
        up = {
            (one.posting.entry.id, one.posting.entry.revision)
            for one in (*board.standing, *board.withdrawn)
        }
        day = now.astimezone(CHINA).date()
        self.truth.gone |= {(key, day) for key in self.truth.up - up}
        self.truth.up |= up
        return board

    def _drawn(self, entry: Entry | None) -> Drawn | None:
        return Drawn(entry.id, entry.revision, "idle", self._turn) if entry else None

    def _saw(self, drawn: Drawn, now: datetime) -> None:
        """Write down what a person with a right watch would have."""
        local = now.astimezone(CHINA)
        if not OPENS <= local.time() < CLOSES:
            return
        key = (drawn.notice, drawn.revision), local.date()
        self.truth.seconds[key] = self.truth.seconds.get(key, 0) + LOOK.total_seconds()
        if getattr(self, "_counted", 0) != drawn.turn:
            self._counted = drawn.turn
            self.truth.turns[key] = self.truth.turns.get(key, 0) + 1

    @staticmethod
    def _at(day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, CHINA).astimezone(UTC)
