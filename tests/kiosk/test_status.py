"""The caretaker's page: what to do now, what stands below, and that the guide says it in the same words."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from kiosk.evidence.account import Account
from kiosk.holdings import Holdings
from kiosk.places import AtStatus
from kiosk.present.caretaking import LEAST_FREE, Condition, Duty, duty, sentences
from kiosk.present.chrome import Health, status_line
from kiosk.present.status import Setting, StatusView, Storage, outcome_words
from kiosk.scene import Scene, Undrawn, health, page, stick_ended
from sync.clock import ClockEvent, Why
from sync.errors import NotTrusted
from sync.outbox import Outgoing
from sync.records import CARD, Attempt, Outcome, Progress
from tests.support.office import VILLAGE, notice
from tests.support.scene import NOW, SAY, posting, scene

GUIDE = Path(__file__).parents[2] / "docs" / "caretaker-guide.md"
STICK = "/run/sunboard-sticks/sda1"
WELL = Condition(
    health=Health(updated=NOW, help_alive=True, help_works=True, help_tested=NOW),
    holds_board=True, refused=False, last="same", card_damaged=False, free=1 << 33,
    set_aside=False, stick_at_work=False, stick="",
)  # fmt: skip


def attempt(source: str, outcome: Outcome, *, minutes_ago: int = 0) -> Attempt:
    return Attempt(NOW - timedelta(minutes=minutes_ago), source, outcome, "", "", 0, 0)


def status_of(shown: Scene) -> StatusView:
    view = page(replace(shown, position=replace(shown.position, trail=(AtStatus(),))))
    assert isinstance(view, StatusView)
    return view


def lines_of(shown: Scene) -> list[str]:
    return [line for section in status_of(shown).sections for line in section.lines]


def of_health(**changes: object) -> Condition:
    return replace(WELL, health=replace(WELL.health, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("condition", "first"),
    [
        (WELL, "well"),
        (replace(WELL, stick_at_work=True, refused=True), "leave-stick"),
        (replace(WELL, stick="new"), "take-stick"),
        (replace(of_health(help_alive=False), stick="not-trusted"), "distrust"),
        (replace(of_health(help_alive=False), stick="not-understood"), "program"),
        (replace(of_health(help_alive=False), stick="card-full"), "card"),
        (replace(WELL, refused=True, set_aside=True), "refused"),
        (of_health(help_alive=False, sound=False), "help-dead"),
        (of_health(help_fault="按钮卡住了", help_works=False), "help-fault"),
        (of_health(help_works=False), "help-failed"),
        (replace(WELL, last="not-trusted"), "distrust"),
        (replace(WELL, last="not-understood"), "program"),
        (replace(WELL, last="card-full"), "card"),
        (replace(WELL, free=LEAST_FREE - 1), "card"),
        (replace(WELL, card_damaged=True), "card"),
        (replace(WELL, evidence_hurt=True), "evidence"),
        (replace(of_health(updated=None), holds_board=False), "empty"),
        (of_health(updated=NOW - timedelta(days=4)), "stale"),
        (of_health(updated=NOW - timedelta(days=2)), "well"),
        (of_health(clock_trusted=False), "clock"),
        (replace(of_health(clock_trusted=False), clock="moved"), "clock"),
        (replace(of_health(clock_trusted=False), clock="unset", network=True), "clock-office"),
        (replace(of_health(clock_trusted=False), clock="unset"), "clock"),
        (replace(of_health(clock_trusted=False), clock="ahead", network=True), "clock-stick"),
        (replace(of_health(clock_trusted=False), clock="ahead"), "clock-stick"),
        (replace(of_health(clock_trusted=False), clock="chip-unproved"), "clock-stick"),
        (replace(of_health(clock_trusted=False), clock="behind"), "clock-battery"),
        (of_health(sound=False), "sound"),
        (replace(WELL, set_aside=True), "set-aside"),
        (replace(WELL, free=None, last="unavailable"), "well"),
    ],
)
def test_most_pressing_duty_stands_first(condition: Condition, first: Duty) -> None:
    assert duty(NOW, condition) == first


def test_page_of_a_kiosk_in_order_says_so_at_the_top() -> None:
    shown = scene(help_alive=True, help_works=True, help_tested=NOW)

    view = status_of(shown)

    assert (view.todo, view.well) == ("一切正常，不用做什么。", True)


def test_running_import_from_a_stick_asks_to_leave_it_in() -> None:
    held = replace(scene().holdings, progress=Progress(STICK, 3, 12, 40_000, 160_000))
    shown = scene(holdings=held, help_alive=True)

    words = "正在从 U 盘更新，请先别拔：3/12 条，40/160 kB"
    assert status_line(SAY, health(shown), "", NOW).parts[0] == words
    assert status_of(shown).todo == "正在从 U 盘更新，请先别拔。"
    assert words in lines_of(shown)
    network = replace(held, progress=Progress("http://office.example", 3, 12, 0, 0))
    assert (
        status_line(SAY, health(scene(holdings=network)), "", NOW).parts[0] == "正在更新：3/12 条"
    )


def test_import_from_a_stick_that_has_ended_says_that_it_may_be_taken_out() -> None:
    shown = scene(stick="new", help_alive=True, help_works=True, help_tested=NOW)

    line = status_line(SAY, health(shown), "", NOW)

    assert line.parts[0] == "可以拔下 U 盘了：收到新公示"
    assert status_of(shown).todo == "可以拔下 U 盘了。"


@pytest.mark.parametrize("stick", ["not-trusted", "card-full"])
def test_stick_that_is_refused_leaves_the_caretaker_something_more_pressing(stick: str) -> None:
    held = replace(scene().holdings, attempts=(attempt(STICK, Outcome(stick)),))
    shown = scene(stick=stick, holdings=held, help_alive=True, help_works=True, help_tested=NOW)

    assert status_line(SAY, health(shown), "", NOW).parts[0].startswith("可以拔下 U 盘了：")
    assert "村务办公室" in status_of(shown).todo


def test_only_an_attempt_written_down_since_then_ends_an_import() -> None:
    old, new = attempt(STICK, Outcome.SAME, minutes_ago=60), attempt(STICK, Outcome.NEW)
    network = attempt("http://office.example", Outcome.SAME)
    before = Holdings(loaded=True, village=VILLAGE, attempts=(old,))
    glance = Holdings(loaded=True, village=VILLAGE)
    empty = Holdings(loaded=True)

    assert stick_ended(before, replace(before, attempts=(new, old)), NOW) == "new"
    assert stick_ended(before, replace(before, attempts=(network, new, old)), NOW) == "new"
    assert stick_ended(empty, replace(before, attempts=(new,)), NOW) == "new"
    assert stick_ended(before, before, NOW) == ""
    assert stick_ended(before, replace(before, attempts=(network, old)), NOW) == ""
    assert stick_ended(glance, before, NOW) == ""
    assert stick_ended(Holdings(), before, NOW) == ""


def test_stick_that_was_read_just_before_a_restart_may_still_be_taken_out() -> None:
    stick = attempt("/run/sunboard/stick", Outcome.NOT_TRUSTED, minutes_ago=4)
    held = Holdings(village=VILLAGE, loaded=True, attempts=(stick,))

    assert stick_ended(Holdings(), held, NOW) == "not-trusted"
    assert stick_ended(Holdings(), held, NOW + timedelta(minutes=2)) == ""


def test_attempts_that_end_alike_are_told_once_with_their_number() -> None:
    source = "http://office.example"
    dead = [attempt(source, Outcome.UNAVAILABLE, minutes_ago=n) for n in (0, 15, 30)]
    held = Holdings(loaded=True, attempts=(*dead, attempt(source, Outcome.NEW, minutes_ago=45)))

    lines = lines_of(scene(holdings=held))

    assert lines[:3] == [
        f"今天 9:05 · {source}：连不上",
        "从今天 8:35 起，3 次都是这样",
        f"今天 8:20 · {source}：收到新公示",
    ]


def test_machine_tells_room_settings_and_how_long_it_runs() -> None:
    held = replace(scene().holdings, storage=Storage(12_000_000_000, 31_000_000_000, 45_600_000))
    setting = Setting(32.0, 1080, 1920, "zh", 12, 90, 3)
    running = timedelta(days=2, hours=3, minutes=4, seconds=59)

    lines = lines_of(
        scene(
            holdings=held, setting=setting, running=running, help_alive=True, help_works=True,
            help_tested=NOW,
        )
    )  # fmt: skip

    assert "存储卡：共 31,000 MB，还空 12,000 MB；公示占 45.6 MB" in lines
    assert "已运行 2 天 3 小时 4 分钟" in lines
    assert "屏幕 32 英寸，1080 × 1920；语言 zh" in lines
    assert "下次测试不晚于 11月26日" in lines


@pytest.mark.parametrize(("notices", "told"), [(180, False), (181, True)])
def test_board_with_too_many_notices_for_a_day_is_told(notices: int, told: bool) -> None:
    setting = Setting(32.0, 1080, 1920, "zh", 12, 90, 3)
    hung = [posting(notice(f"公告{number}", posted=NOW.date())) for number in range(notices)]

    lines = lines_of(scene(*hung, setting=setting))

    assert ("公示太多：有 181 条一天里轮不够，这一天不算公示" in lines) is told


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("network", "时钟：已由网络校准"),
        ("held", "时钟：以前由网络校准过，之后没有改动"),
        ("chip", "时钟：靠时钟电池走，已核对"),
    ],
)
def test_machine_tells_what_the_clock_is_trusted_by(why: Why, words: str) -> None:
    assert words in lines_of(scene(clock=why))


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("behind", "原因：时钟停在已经过去的时间"),
        ("ahead", "原因：时钟比最近一次盖章的日子晚太多"),
        ("moved", "原因：运行中时钟被改过，新时间还没有核对"),
        ("chip-unproved", "原因：时钟靠电池走着，还没有核对过准不准"),
        ("unset", "原因：来电以后还没有校准过"),
    ],
)
def test_machine_tells_why_the_clock_is_not_trusted(why: Why, words: str) -> None:
    shown = scene(clock=why)

    lines = lines_of(replace(shown, board=replace(shown.board, trusted=False)))

    assert lines[lines.index(words) - 1] == "时钟：未校准，校准之前不撤下任何公示"


def test_machine_tells_what_happened_to_the_clock() -> None:
    back = ClockEvent("trusted", NOW, 7_500.0)
    jump = ClockEvent("jump", NOW - timedelta(hours=2), -365 * 86_400.0)
    lost = ClockEvent("untrusted", NOW - timedelta(hours=2))

    lines = lines_of(scene(clock_events=(back, lost, jump)))

    first = lines.index("11月23日 9:05 起时钟可信，此前 2 小时 5 分钟没有核对")
    assert lines[first + 1 : first + 3] == [
        "11月23日 7:05 起时钟没有核对",
        "时钟从 2027年11月23日 7:05 改到 11月23日 7:05",
    ]


def test_damage_to_the_card_needs_the_office_only_when_it_comes_again() -> None:
    once = Holdings(village=VILLAGE, loaded=True, attempts=(attempt(CARD, Outcome.UNAVAILABLE),))
    again = replace(once, attempts=once.attempts * 2)
    well = {"help_alive": True, "help_works": True, "help_tested": NOW}

    assert "存储卡" not in status_of(scene(holdings=once, **well)).todo  # type: ignore[arg-type]
    assert "存储卡" in status_of(scene(holdings=again, **well)).todo  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "trouble", [{"help_alive": False}, {"help_works": False}, {"help_fault": "按钮卡住了"}]
)
def test_help_that_reaches_nobody_is_the_last_trouble_to_fall_away(
    trouble: dict[str, object],
) -> None:
    ill = of_health(clock_trusted=False, sound=False, **trouble).health

    assert status_line(SAY, ill, "", NOW).parts[1].startswith("求助线路")


def test_guide_uses_the_words_of_the_screen() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    headings = {section.heading for section in status_of(scene()).sections}
    outcomes = {outcome_words(SAY, outcome.value, "stick") for outcome in Outcome}

    line = (
        "Nothing received yet", "The clock is not set", "No sound", "Help line: out of order",
        "Help line: not tested yet",
    )  # fmt: skip
    stick = (
        SAY("Updating from the stick, leave it in: {how_far}", how_far=""),
        SAY("You may take the stick out: {outcome}", outcome=""),
    )

    spoken = {
        *map(SAY, line),
        *stick,
        *sentences(SAY).values(),
        *outcomes,
        *headings,
        SAY("Set aside, not shown"),
    }

    assert {words for words in spoken if words not in guide} == set()


def test_old_stick_confirms_nothing() -> None:
    long_ago = NOW - timedelta(days=3)
    attempts = (
        Attempt(NOW, "/run/stick", Outcome.OLDER, "", "", 0, 0),
        Attempt(long_ago, "http://office.example", Outcome.SAME, "", "", 0, 0),
    )

    assert health(scene(holdings=Holdings(village=VILLAGE, attempts=attempts))).updated == long_ago


def test_status_page_gives_each_attempt_an_end_and_advice() -> None:
    attempts = (
        Attempt(
            NOW, "http://office.example/", Outcome.NOT_TRUSTED, "one seal", NotTrusted.advice, 0, 0
        ),
    )
    holdings = Holdings(loaded=True, attempts=attempts)
    view = page(
        scene(holdings=holdings, place=AtStatus(), bad=(Undrawn("road", 1, "cannot be drawn"),))
    )

    assert isinstance(view, StatusView)
    lines = [line for section in view.sections for line in section.lines]
    assert "今天 9:05 · http://office.example/：拒绝：印章或签名核对不上" in lines
    assert "怎么办：不要再用这个 U 盘或网址，请联系村务办公室。" in lines
    assert "road (1): cannot be drawn" in lines


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("http://office.example", "http://office.example：连不上"),
        ("/run/sunboard-sticks/sda1", "U 盘：U 盘上取不到公示"),
        (CARD, "本机存储卡：存储卡上发现损坏"),
    ],
)
def test_what_brought_nothing_is_called_by_its_name(source: str, words: str) -> None:
    attempts = (Attempt(NOW, source, Outcome.UNAVAILABLE, "", "", 0, 0),)
    view = page(scene(holdings=Holdings(loaded=True, attempts=attempts), place=AtStatus()))

    assert isinstance(view, StatusView)
    assert any(line.endswith(words) for section in view.sections for line in section.lines)


def test_stick_of_another_village_is_told_apart_from_a_dead_network() -> None:
    advice = "This stick is for another village. Ask the office for this village's stick."
    attempts = (Attempt(NOW, "/run/stick", Outcome.UNAVAILABLE, "", advice, 0, 0),)
    view = page(scene(holdings=Holdings(loaded=True, attempts=attempts), place=AtStatus()))

    assert isinstance(view, StatusView)
    lines = [line for section in view.sections for line in section.lines]
    assert "怎么办：这是别的村的 U 盘，请向办公室要本村的。" in lines


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_words_of_its_own(outcome: Outcome) -> None:
    assert outcome_words(SAY, outcome.value) != outcome.value


def test_no_false_hour_is_told_of_what_came_while_the_clock_was_not_set() -> None:
    untimed = msgspec.structs.replace(attempt("http://office.example", Outcome.SAME), timed=False)
    before = attempt("http://office.example", Outcome.NEW, minutes_ago=60)
    held = replace(scene().holdings, attempts=(untimed, before))
    shown = scene(holdings=held, help_alive=True)

    assert lines_of(shown)[0].startswith("时间不准 · ")
    assert status_line(SAY, health(shown), "", NOW).parts[0] == "已更新，时间不准"
    again = replace(held, attempts=(before,))
    assert status_line(SAY, health(scene(holdings=again)), "", NOW).parts[0] == "今天 8:05 已更新"


def test_page_says_since_when_the_evidence_is_kept_and_under_which_key() -> None:
    account = Account(
        begun=NOW - timedelta(days=3),
        written=NOW,
        key="0a" * 32,
        fingerprint="1234 5678 9012 3456 7890",
    )

    lines = lines_of(scene(account=account))

    assert "2026年11月20日起有记录，最近一次：今天 9:05" in lines
    assert "上次封存以来的记录没有缺失，也没有改动" in lines
    assert "本机印鉴号：1234 5678 9012 3456 7890" in lines
    assert any(line.replace(" ", "").endswith("0a" * 32) for line in lines)


def test_page_says_how_the_evidence_gets_to_the_office() -> None:
    outgoing = Outgoing(
        waiting=3,
        trouble="503",
        refused=("422 没有登记",),
        sent=NOW,
        carried=NOW,
        stick_trouble="满了",
    )
    account = Account(written=NOW, key="0a" * 32)

    lines = lines_of(scene(holdings=Holdings(loaded=True, outgoing=outgoing), account=account))

    at = lines.index("上次送到办公室：今天 9:05")
    assert lines[at + 1 : at + 6] == [
        "还有 3 天的记录没送出去",
        "没送成：503",
        "办公室的服务器不收：422 没有登记",
        "上次写到 U 盘：今天 9:05",
        "没能写到 U 盘上：满了",
    ]


def test_page_asks_for_a_stick_while_no_evidence_has_left_the_kiosk() -> None:
    lines = lines_of(scene(account=Account(written=NOW, key="0a" * 32)))

    assert "记录还没有送出过本机：请插办公室的 U 盘" in lines


def test_stick_has_to_stay_in_while_the_kiosk_writes_on_it() -> None:
    giving = Progress(STICK, 0, 0, 0, 0, giving=True)
    done = (attempt(STICK, Outcome.NEW),)
    shown = replace(
        scene(holdings=Holdings(loaded=True, attempts=done, progress=giving)), stick="new"
    )

    assert status_line(SAY, health(shown), "", NOW).parts[0] == "正在往 U 盘上写展示记录，请先别拔"
    assert status_of(shown).todo == "正在从 U 盘更新，请先别拔。"
    over = replace(shown, holdings=Holdings(loaded=True, attempts=done))
    assert status_line(SAY, health(over), "", NOW).parts[0] == "可以拔下 U 盘了：收到新公示"


def test_page_says_what_of_the_evidence_is_broken_or_cannot_be_written() -> None:
    account = Account(written=NOW, key="0a" * 32, wrong=("row 4 is missing",), trouble="disk full")

    lines = lines_of(scene(account=account, help_alive=True, help_works=True, help_tested=NOW))

    assert "记录不完整：row 4 is missing" in lines
    assert "现在写不下记录：disk full" in lines
    assert "上次封存以来的记录没有缺失，也没有改动" not in lines
    assert "最近一次记录：今天 9:05；时钟还没有核对过" in lines
    shown = scene(account=account, help_alive=True, help_works=True, help_tested=NOW)
    assert status_of(shown).todo == "请联系村务办公室：本机的展示记录不完整。"
