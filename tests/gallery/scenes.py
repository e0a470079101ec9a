"""Every screen the kiosk has, each as a scene that the real widgets draw."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import msgspec

from kiosk import catalogue
from kiosk.board import Terms, board_at
from kiosk.evidence.account import Account
from kiosk.holdings import Holdings
from kiosk.lens import Lens
from kiosk.navigation import Position, Reading
from kiosk.places import (
    AtAbout,
    AtAudit,
    AtChanges,
    AtDuties,
    AtHome,
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
from sync.duties import Publication, Record
from sync.feed.gate import SetAside
from sync.feed.layout import Withdrawal, ref_of
from sync.feed.proof import Versions
from sync.notices import AuditItem, BlobRef, Decision, Notice, Paragraph, Picture, Table
from sync.outbox import Outgoing
from sync.reading.aloud import read_aloud, read_banner
from sync.records import Attempt, Outcome, Progress
from sync.workdays import Shown
from tests.support.board import largest_ledger, ledger, photo, village_notices, written
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


def _audited(notice: Notice) -> Notice:
    """Return a notice with all that a supervision committee looks at."""
    items = (
        "内容属实",
        "金额与凭证一致",
        "经村民代表会议表决",
        "没有泄露个人信息",
        "公示时间够",
        "照片与现场一致",
    )
    day = TODAY - timedelta(days=3)
    remark = "三组路段返工后复验，见监理单位第二次报告。"
    audit = tuple(
        AuditItem(item, "pass", "王示例", day, remark if number == 1 else "")
        for number, item in enumerate(items)
    )
    return msgspec.structs.replace(notice, audit=audit)


def _pictured(*, lost: bool) -> Scene:
    """Return the turn of a notice with a photo, which may have been lost on its way."""
    blob = BlobRef("0" * 64, 300_000) if lost else ref_of(PHOTO)
    notice = written(
        "村口停车场完工",
        Picture(blob, 1_600, 1_200, "停车场"),
        Paragraph("停车场今天起可以使用，请不要停在校门口。"),
        id="parking", category="zdxm", posted=TODAY,
    )  # fmt: skip
    shown = scene(posting(notice))
    return replace(at(shown, AtIdle()), turn=shown.board.standing[0])


def read(notice: Notice) -> Notice:
    """Return a notice with the reading that the office would seal."""
    reading = read_aloud(notice.title, notice.blocks, notice.corrects)
    return msgspec.structs.replace(notice, reading=reading)


def _village() -> Scene:
    why = "金额有误，改正后重新公示"
    taken = written(
        "惠民资金发放名单",
        Paragraph("本月发放 12 户。"),
        id="grants",
        category="hmzj",
        posted=TODAY,
    )
    notices = [
        _audited(one) if one.id == "road" else one
        for one in (*village_notices(TODAY)[0], wide_table())
    ]
    corrected = next(one for one in notices if one.id == "medical")
    earlier = msgspec.structs.replace(
        corrected,
        revision=1,
        corrects=None,
        period=(TODAY.replace(day=1), TODAY),
        blocks=(
            Paragraph(
                "本村参保 3,970 人，个人缴费标准 400 元/人，应缴 1,588,000.00 元，已缴 1,586,000.00 元，未缴 5 人。"
            ),
            Paragraph("名单贴在各组公示栏。"),
        ),
    )
    base = scene(
        *(posting(read(one)) for one in notices),
        posting(read(taken), Withdrawal(why, TODAY, read_banner(f"本公示已撤回。原因：{why}"))),
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
        spoken=read_aloud("2024年10月村集体财务收支明细及说明", ())[0],
    )
    aside = (SetAside("medical", 1, "0" * 64, "内容与清单对不上"),)
    holdings = replace(
        base.holdings,
        versions=Versions(1, 41, 12, 3, 12, 12),
        attempts=attempts,
        set_aside=aside,
        archive=(gone,),
        earlier=(read(earlier),),
    )
    return replace(base, holdings=holdings, help_alive=True, help_works=True, help_tested=NOW)


VILLAGE: Final = _village()


def _with_duties(*published: Publication) -> Scene:
    """Return the village ten days after the 15th, with what it has published since July."""
    every = {"cwsz": "month", "hmzj": "month", "jtjj": "quarter", "zdxm": "event"}
    holdings = VILLAGE.holdings
    assert holdings.village is not None
    categories = tuple(
        msgspec.structs.replace(one, every=every.get(one.id)) for one in holdings.village.categories
    )
    village = msgspec.structs.replace(holdings.village, categories=categories)
    known = Record(date(2026, 10, 1), TODAY, published)
    return replace(VILLAGE, holdings=replace(holdings, village=village, record=known, set_aside=()))


_OCTOBER: Final = (
    Publication("a", "cwsz", date(2026, 10, 14)), Publication("b", "hmzj", date(2026, 10, 15)),
    Publication("c", "cwsz", date(2026, 11, 13)), Publication("d", "jtjj", date(2026, 10, 23)),
)  # fmt: skip
OVERDUE: Final = _with_duties(*_OCTOBER)
SEVERAL_OVERDUE: Final = _with_duties(*_OCTOBER[:2])
LATE: Final = written(
    "关于修缮村道桥梁的决定", Paragraph("全长 1.2 公里。"), id="late", category="zdxm", posted=TODAY,
    urgent=True, decided=Decision(date(2026, 11, 12), "村民代表会议"),
)  # fmt: skip


def _on(scene_: Scene, today: date) -> Scene:
    return replace(scene_, board=replace(scene_.board, today=today))


def _largest() -> Scene:
    notice = written(
        "村集体资产处置收支", largest_ledger(), id="largest", category="cwsz", posted=TODAY
    )
    shown = scene(posting(notice))
    return replace(shown, help_alive=True, help_works=True, help_tested=NOW)


LARGEST: Final = _largest()


def _idle(notice: str) -> Scene:
    return replace(at(VILLAGE, AtIdle()), turn=VILLAGE.board.find(notice))


def _two_months() -> Scene:
    """Return the village with the ledger of another month beside that of this one."""
    finance = read(village_notices(TODAY)[0][2])
    before = TODAY.replace(day=1) - timedelta(days=1)
    other = written(
        f"{before.year}年{before.month}月村集体财务收支",
        ledger(before.year, before.month, entries=6),
        id="before", category=finance.category, posted=before, publisher=finance.publisher,
    )  # fmt: skip
    return scene(posting(finance), posting(read(other)))


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
    gone = posting(msgspec.structs.replace(read(old), posted=TODAY - timedelta(days=30 + days)))
    past = Past(
        old.id, 1, old.category, old.title, old.initials, gone.entry.posted, withdrawn=False,
        spoken=gone.notice.reading[0],
    )  # fmt: skip
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
        Shot("idle-photo", _pictured(lost=False), steps=(0,)),
        Shot("idle-lost", _pictured(lost=True), steps=(0,)),
        Shot("home", at(VILLAGE, home)),
        Shot("home-low", at(VILLAGE, home, low=True)),
        Shot("home-overdue", at(OVERDUE, home)),
        Shot("home-coming", at(_on(OVERDUE, date(2026, 11, 12)), home)),
        Shot("duties", at(SEVERAL_OVERDUE, AtDuties())),
        Shot("duties-coming", at(_on(OVERDUE, date(2026, 11, 12)), AtDuties())),
        Shot("about-late", scene(posting(LATE), place=AtAbout("late"))),
        Shot("list", at(VILLAGE, AtList("affairs"))),
        Shot("list-all", at(VILLAGE, AtList())),
        Shot("list-withdrawn", at(VILLAGE, AtList("finance", "hmzj"))),
        Shot("list-nothing", at(VILLAGE, AtList("policy", "wfgz"))),
        Shot("notice", at(VILLAGE, AtNotice("road"))),
        Shot("notice-accounts", at(VILLAGE, AtNotice("finance"))),
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
        Shot("leaving-paused", at(VILLAGE, AtNotice("water"), reading=Reading(0, paused=True)), leaving=20, steps=(0,)),
        Shot("ledger", at(VILLAGE, AtLedger("finance", 0))),
        Shot("ledger-second", at(VILLAGE, AtLedger("finance", 0)), page=1),
        Shot("ledger-income", at(VILLAGE, AtLedger("finance", 0, only="income"))),
        Shot("notice-largest", at(LARGEST, AtNotice("largest"))),
        Shot("ledger-largest", at(LARGEST, AtLedger("largest", 0))),
        Shot("idle-largest", replace(at(LARGEST, AtIdle()), turn=LARGEST.board.find("largest")), steps=(0,)),
        Shot("ledger-months", at(_two_months(), AtLedger("finance", 0, only="months"))),
        Shot("notice-low", at(VILLAGE, AtNotice("benefits"), low=True)),
        Shot("about", at(VILLAGE, AtAbout("road"))),
        Shot("audit", at(VILLAGE, AtAudit("road"))),
        Shot("changes", at(VILLAGE, AtChanges("medical"))),
        Shot("term", _missed()),
        Shot("notice-archived", _archived(0)),
        Shot("notice-kept-back", _archived(200)),
        Shot("picture", at(VILLAGE, AtPicture("finance", voucher))),
        Shot("picture-enlarged", at(VILLAGE, AtPicture("finance", voucher, Lens(2.5)))),
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
        Shot("home-english", _english(at(VILLAGE, home))),
        Shot("notice-english", _english(at(VILLAGE, AtNotice("benefits"))), steps=(0,)),
        Shot("call-open", replace(at(VILLAGE, AtHome()), call=Call("coming", who="李示例"))),
        Shot("help-english", _english(_help("countdown")), steps=(0,)),
        Shot("idle-english", _english(_idle("finance")), steps=(0,)),
        Shot("list-english", _english(at(VILLAGE, AtList("finance", "hmzj"))), steps=(0,)),
        Shot("ledger-english", _english(at(VILLAGE, AtLedger("finance", 0))), steps=(0,)),
        Shot("reading-english", _english(at(VILLAGE, AtNotice("water"), reading=Reading(0))), steps=(0,)),
        Shot("low-english", _english(at(VILLAGE, home, low=True)), steps=(0,)),
        Shot("duties-english", _english(at(SEVERAL_OVERDUE, AtDuties())), steps=(0,)),
        Shot("about-english", _english(at(VILLAGE, AtAbout("medical"))), steps=(0,)),
        Shot("changes-english", _english(at(VILLAGE, AtChanges("medical"))), steps=(0,)),
        Shot("search-english", _english(at(VILLAGE, AtSearch()))),
        Shot("search-found-english", _english(at(VILLAGE, AtSearch("wxj"))), steps=(0,)),
        Shot("search-nothing-english", _english(at(VILLAGE, AtSearch("zzz"))), steps=(0, 2)),
        Shot("picture-english", _english(at(VILLAGE, AtPicture("finance", voucher))), steps=(0,)),
        Shot("past-english", _english(at(VILLAGE, AtPast("old"))), steps=(0,)),
        Shot("status-english", _english(at(VILLAGE, AtStatus())), steps=(0,)),
    )  # fmt: skip


SCENES: Final = _shots()
