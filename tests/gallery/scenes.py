"""Every screen the kiosk has, each as a scene that the real widgets draw."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

import msgspec

from kiosk import catalogue
from kiosk.board import Terms, board_at
from kiosk.evidence.account import Account
from kiosk.holdings import Holdings
from kiosk.navigation import Position, Reading
from kiosk.places import (
    AtAbout,
    AtAudit,
    AtDuties,
    AtIdle,
    AtLedger,
    AtList,
    AtNotice,
    AtPast,
    AtPicture,
    AtSearch,
    AtStatus,
    AtTerm,
    Place,
)
from kiosk.present.help import Call, Stage
from kiosk.present.parts import Spoken
from kiosk.scene import Scene, heard_on, page
from kiosk.search import Past
from sync.clock import ClockEvent, Moment
from sync.feed.gate import SetAside
from sync.feed.layout import Withdrawal, ref_of
from sync.feed.proof import Versions
from sync.notices import Notice, Paragraph, Table
from sync.outbox import Outgoing
from sync.records import Attempt, Outcome, Progress
from sync.workdays import Shown
from tests.support.board import photo, village_notices, written
from tests.support.scene import NOW, TODAY, posting, scene

PHOTO: Final = photo()


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture of the gallery: a scene, and which of its pages; `steps` are the text's sizes."""

    name: str
    scene: Scene
    page: int = 0
    steps: tuple[int, ...] = (0, 1, 2)
    leaving: int = 0
    spoken: Spoken | None = None


def at(scene_: Scene, place: Place, **position: object) -> Scene:
    """Return the scene with the person at `place`."""
    return replace(scene_, position=Position(trail=(place,), **position))  # type: ignore[arg-type]


def wide_table() -> Notice:
    """Return a notice with twelve columns and a name without end."""
    header = (
        "户主", "小组", "地块", "面积（亩）", "品种", "良种补贴", "地力补贴", "农机补贴", "合计（元）", "复核", "日期", "备注",
    )  # fmt: skip
    rows = tuple(
        (
            name, f"{number % 7 + 1}组", "大坪地", f"{number + 1}.35", "冬小麦", "120.00", "86.50",
            "0.00" if number % 3 else "1,234.50", "1,441.00", "王建国", "11-03", "" if number % 2 else "已核对",
        )
        for number, name in enumerate(("王小军", "李秀兰", "张桂英", "阿不都热合曼·买买提", "刘德福", "陈玉梅", "赵老六"))
    )  # fmt: skip
    return written(
        "关于进一步规范2026年度耕地地力保护补贴与农机购置补贴资金分户发放明细及复核结果的公示",
        Paragraph("以下为各户补贴，单位为元。"),
        Table(header, rows, caption="分户明细", money=(5, 6, 7, 8)),
        id="wide", category="hmzj", posted=TODAY,
    )  # fmt: skip


def _village() -> Scene:
    taken = written(
        "惠民资金发放名单",
        Paragraph("本月发放 12 户。"),
        id="grants",
        category="hmzj",
        posted=TODAY,
    )
    base = scene(
        *(posting(one) for one in (*village_notices(TODAY)[0], wide_table())),
        posting(taken, Withdrawal("金额有误，改正后重新公示", TODAY)),
    )
    attempts = (
        Attempt(NOW, "https://gongshi.example/qingshi/", Outcome.NEW, "", "", 9, 41_000),
        Attempt(NOW, "/media/stick", Outcome.OLDER, "", "", 0, 0),
    )
    gone = Past(
        "old",
        1,
        "cwsz",
        "2024年10月村集体财务收支明细及说明",
        "2024n10ycwsz",
        TODAY,
        withdrawn=True,
    )
    aside = (SetAside("medical", 1, "0" * 64, "内容与清单对不上"),)
    holdings = replace(
        base.holdings,
        versions=Versions(1, 41, 12, 3, 12, 12),
        attempts=attempts,
        set_aside=aside,
        archive=(gone,),
    )
    return replace(base, holdings=holdings, help_alive=True, help_works=True, help_tested=NOW)


VILLAGE: Final = _village()


def _idle(notice: str) -> Scene:
    return replace(at(VILLAGE, AtIdle()), turn=VILLAGE.board.find(notice))


def _help(stage: Stage, who: str = "") -> Scene:
    call = Call(stage, seconds=8, who=who, since=NOW)
    return replace(at(VILLAGE, AtNotice("water"), help_open=True), call=call)


def _read_aloud(name: str, place: Place, sentence: int) -> Shot:
    read = at(VILLAGE, place, reading=Reading(sentence))
    return Shot(name, read, spoken=heard_on(page(read))[sentence])


def _missed() -> Scene:
    """A notice in its third counted day, one having been missed."""
    water = next(one for one in village_notices(TODAY)[0] if one.id == "water")
    hung = posting(msgspec.structs.replace(water, posted=TODAY - timedelta(days=7)))
    days = frozenset(TODAY - timedelta(days=back) for back in (6, 4, 3))
    shown = {("water", hung.entry.revision): Shown(TODAY - timedelta(days=1), days)}
    terms = Terms(shown=shown)
    board = board_at([hung], Moment(NOW, trusted=True), terms)
    return at(replace(scene(hung), board=board, shown=shown), AtTerm("water"))


def _archived(days: int) -> Scene:
    """The list of benefits read again `days` after the day on which it came down."""
    old = next(one for one in village_notices(TODAY)[0] if one.id == "benefits")
    gone = posting(msgspec.structs.replace(old, posted=TODAY - timedelta(days=30 + days)))
    past = Past(
        old.id, 1, old.category, old.title, old.initials, gone.entry.posted, withdrawn=False
    )
    left = tuple(posting(one) for one in village_notices(TODAY)[0] if one.id != "benefits")
    base = scene(*left, past=gone)
    base = replace(base, holdings=replace(base.holdings, archive=(past,)))
    return at(base, AtNotice("benefits"))


def _evidence_leaving() -> Scene:
    """A kiosk that writes its evidence on a stick, while the office's server can't be reached."""
    account = Account(
        begun=NOW - timedelta(days=40),
        written=NOW,
        key="3fa9" * 16,
        fingerprint="5639 4650 3378 9904 4895",
    )
    outgoing = Outgoing(
        waiting=3,
        trouble="the office's server could not be reached: ConnectTimeout",
        sent=NOW - timedelta(days=3),
        carried=NOW - timedelta(days=12),
        stick_trouble="U 盘空间不够：需要 2100 kB，只有 12 kB (no room on the stick)",
    )
    giving = Progress("/run/sunboard-sticks/sda1", 0, 0, 0, 0, giving=True)
    holdings = replace(VILLAGE.holdings, set_aside=(), progress=giving, outgoing=outgoing)
    return replace(VILLAGE, holdings=holdings, account=account)


def _unproved_clock() -> Scene:
    """A kiosk that woke up in 1970, and whose clock somebody then set by hand."""
    woken = ClockEvent("untrusted", NOW.replace(year=1970, month=1, day=1))
    jump = ClockEvent("jump", NOW, (NOW - woken.wall).total_seconds())
    holdings = replace(VILLAGE.holdings, set_aside=())
    board = replace(VILLAGE.board, trusted=False)
    return replace(
        VILLAGE, holdings=holdings, board=board, clock="ahead", clock_events=(jump, woken)
    )


def _english(scene_: Scene) -> Scene:
    return replace(scene_, say=catalogue.load("en"))


def _shots() -> tuple[Shot, ...]:
    home = scene(place=None).position.place
    nothing = replace(VILLAGE, holdings=Holdings(loaded=True))
    voucher = ref_of(PHOTO).sha256
    return (
        Shot("idle-text", _idle("water"), steps=(0,)),
        Shot("idle-rules", _idle("rules"), steps=(0,)),
        Shot("idle-table", _idle("benefits"), steps=(0,)),
        Shot("idle-wide", _idle("wide"), steps=(0,)),
        Shot("idle-ledger", _idle("finance"), steps=(0,)),
        Shot("idle-picture", _idle("road"), steps=(0,)),
        Shot("home", at(VILLAGE, home)),
        Shot("home-low", at(VILLAGE, home, low=True)),
        Shot("duties", at(VILLAGE, AtDuties())),
        Shot("list", at(VILLAGE, AtList("affairs"))),
        Shot("list-withdrawn", at(VILLAGE, AtList("finance", "hmzj"))),
        Shot("list-nothing", at(VILLAGE, AtList("policy", "wfgz"))),
        Shot("notice", at(VILLAGE, AtNotice("road"))),
        Shot("notice-second", at(VILLAGE, AtNotice("rules")), page=1),
        Shot("notice-table", at(VILLAGE, AtNotice("benefits"))),
        Shot("notice-wide", at(VILLAGE, AtNotice("wide"))),
        Shot("notice-corrected", at(VILLAGE, AtNotice("medical"))),
        Shot("notice-withdrawn", at(VILLAGE, AtNotice("grants"))),
        _read_aloud("reading", AtNotice("benefits"), 2),
        _read_aloud("reading-table", AtNotice("benefits"), 5),
        _read_aloud("reading-list", AtList("affairs"), 1),
        _read_aloud("reading-ledger", AtLedger("finance", 0), 3),
        Shot("leaving", at(VILLAGE, AtNotice("water")), leaving=20, steps=(0,)),
        Shot("ledger", at(VILLAGE, AtLedger("finance", 0))),
        Shot("ledger-second", at(VILLAGE, AtLedger("finance", 0)), page=1),
        Shot("ledger-income", at(VILLAGE, AtLedger("finance", 0, only="income"))),
        Shot("notice-low", at(VILLAGE, AtNotice("benefits"), low=True)),
        Shot("about", at(VILLAGE, AtAbout("road"))),
        Shot("audit", at(VILLAGE, AtAudit("road"))),
        Shot("term", _missed()),
        Shot("notice-archived", _archived(0)),
        Shot("notice-kept-back", _archived(200)),
        Shot("picture", at(VILLAGE, AtPicture("finance", voucher))),
        Shot("search", at(VILLAGE, AtSearch())),
        Shot("search-found", at(VILLAGE, AtSearch("wxj"))),
        Shot("search-many", at(VILLAGE, AtSearch("g"))),
        Shot("search-nothing", at(VILLAGE, AtSearch("zzz"))),
        Shot("past", at(VILLAGE, AtPast("old"))),
        Shot("past-readable", at(_archived(0), AtPast("benefits"))),
        Shot("status", at(VILLAGE, AtStatus())),
        Shot("status-evidence", at(_evidence_leaving(), AtStatus())),
        Shot("status-clock", at(_unproved_clock(), AtStatus())),
        Shot("help-countdown", _help("countdown"), steps=(0,)),
        Shot("help-delivered", _help("delivered", "值班员、李示例"), steps=(0,)),
        Shot("help-coming", _help("coming", "李示例"), steps=(0,)),
        Shot("help-silent", _help("silent", "值班室"), steps=(0,)),
        Shot("help-queued", _help("queued"), steps=(0,)),
        Shot("help-dead", _help("dead"), steps=(0,)),
        Shot("empty", at(nothing, AtIdle()), steps=(0,)),
        Shot("home-english", _english(at(VILLAGE, home)), steps=(0,)),
        Shot("notice-english", _english(at(VILLAGE, AtNotice("benefits"))), steps=(0,)),
        Shot("help-english", _english(_help("countdown")), steps=(0,)),
    )  # fmt: skip


SCENES: Final = _shots()
