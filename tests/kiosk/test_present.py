"""What the screens say."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import msgspec
import pytest

from kiosk import catalogue
from kiosk.board import Board, board_at
from kiosk.holdings import Holdings
from kiosk.navigation import (
    AtAbout,
    AtHome,
    AtIdle,
    AtLedger,
    AtList,
    AtNotice,
    AtPast,
    AtPicture,
    AtSearch,
    AtStatus,
    Open,
    Position,
    Reading,
    Stay,
)
from kiosk.phrases import sounds_of
from kiosk.present.chrome import Health, status_line, stay, stay_sounds, top_bar
from kiosk.present.help import Call, help_page
from kiosk.present.home import HomeView
from kiosk.present.idle import EmptyView, IdleView
from kiosk.present.ledger import LedgerView
from kiosk.present.listing import ListView
from kiosk.present.notice import NoticeView
from kiosk.present.picture import PictureView
from kiosk.present.search import MOST, PastView, SearchView
from kiosk.present.status import StatusView, outcome_words
from kiosk.present.wording import expense, money
from kiosk.rota import Rota, forgiven, reboard
from kiosk.scene import Scene, Undrawn, health, heard_on, is_busy, page, sought
from kiosk.search import Past
from sync.clock import Moment
from sync.errors import NotTrusted
from sync.feed.layout import Entry, Posting, Withdrawal, encode, ref_of
from sync.notices import (
    BANNER_BLOCK,
    Correction,
    Heading,
    Notice,
    Paragraph,
    Party,
    Picture,
    Sentence,
    Table,
)
from sync.records import CARD, Attempt, Outcome
from tests.support.board import CATEGORIES, ledger, village_notices, written
from tests.support.office import VILLAGE

NOW = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
TODAY = date(2026, 11, 23)
BOTH = frozenset({Party.COMMITTEE, Party.SUPERVISOR})
SAY = catalogue.load("zh")
AT_WORK = Health(updated=NOW, help_alive=True, help_works=True, help_tested=NOW)


def posting(notice: Notice, withdrawn: Withdrawal | None = None) -> Posting:
    entry = Entry(
        notice.id,
        notice.revision,
        notice.category,
        notice.posted,
        TODAY if withdrawn else notice.posted,
        ref_of(encode(notice)),
        withdrawn,
    )
    return Posting(entry, notice)


def scene(
    *postings: Posting, place: object = None, sealed_by: frozenset[Party] = BOTH, **changes: object
) -> Scene:
    village = msgspec.structs.replace(VILLAGE, categories=CATEGORIES)
    shown = postings or tuple(posting(one) for one in village_notices(TODAY)[0])
    board = board_at(shown, Moment(NOW, trusted=True))
    holdings = Holdings(
        village=village, postings=shown, sealed_by=sealed_by, issued=NOW, loaded=True
    )
    trail = (place,) if place else (AtHome(),)
    fields: dict[str, object] = {
        "say": SAY, "kiosk_id": "qingshi-1", "kiosk_name": "青石村广场", "program": "0.1", "now": NOW,
        "holdings": holdings, "board": board, "position": Position(trail=trail),
    }  # fmt: skip
    return Scene(**(fields | changes))  # type: ignore[arg-type]


def test_money_has_separators_two_places_and_a_real_minus() -> None:
    assert money(Decimal("1234.5")) == "1,234.50"
    assert money(Decimal("-0.05")) == "\u22120.05"
    assert expense(Decimal("41305.5")) == "\u221241,305.50"


def test_idle_board_says_how_far_the_term_is() -> None:
    shown = scene()
    turn = shown.board.find("benefits")
    view = page(scene(place=Position().place, turn=turn))

    assert isinstance(view, IdleView)
    assert view.lines == ("公示第 6 个工作日，共 10 个", "至少到 11月30日")


def test_term_beyond_the_known_calendar_says_that_it_waits_for_it() -> None:
    late = written("年终决算", Paragraph("见附表。"), posted=date(2026, 12, 18))
    board = board_at([posting(late)], Moment(datetime(2026, 12, 19, tzinfo=UTC), trusted=True))
    view = page(scene(posting(late), board=board, turn=board.standing[0], place=Position().place))

    assert isinstance(view, IdleView)
    assert view.lines[1] == "至少到 2027年1月2日（待国务院假期通知）"


def test_stamps_are_drawn_only_for_verified_seals() -> None:
    def stamps(parties: frozenset[Party]) -> list[str]:
        view = page(scene(place=AtNotice("water"), sealed_by=parties))
        assert isinstance(view, NoticeView)
        return [stamp.name for stamp in view.strip.stamps]

    assert stamps(BOTH) == ["青石村村民委员会", "青石村村务监督委员会"]
    assert stamps(frozenset({Party.COMMITTEE})) == ["青石村村民委员会"]
    assert stamps(frozenset()) == []


def test_notice_that_is_nothing_but_a_ledger_opens_at_its_entries() -> None:
    view = page(scene())

    assert isinstance(view, HomeView)
    opens = {card.notice: card.opens for card in view.cards}
    assert opens["finance"] == Open(AtLedger("finance", 0))
    assert opens["road"] == Open(AtNotice("road"))


def test_ledger_shows_each_entry_with_voucher_handler_and_balance() -> None:
    view = page(scene(place=AtLedger("finance", 0)))

    assert isinstance(view, LedgerView)
    second = view.entries[1]
    assert (second.income, second.expense) == ("", "\u22121,234.50")
    assert second.details == ("凭证 记-002", "经手人 李示例", "余额 118,381.25")
    assert isinstance(second.photo, Open)
    assert [total.amount for total in view.totals] == [
        "83,615.75",
        "101,630.40",
        "\u221246,165.50",
        "139,080.65",
    ]


def test_correction_names_what_it_corrects() -> None:
    view = page(scene(place=AtNotice("medical")))

    assert isinstance(view, NoticeView)
    assert view.banners[0].words.startswith("更正公示：更正第 1 版。原因：第一版漏列了六组 12 人")


def test_withdrawn_notice_is_listed_with_its_reason_and_opens_to_it() -> None:
    taken = posting(
        written("补贴名单", Paragraph("略。"), id="x", category="hmzj", posted=TODAY),
        Withdrawal("金额有误", TODAY),
    )
    listed = page(scene(taken, place=AtList("finance", "hmzj")))
    opened = page(scene(taken, place=AtNotice("x")))

    assert isinstance(listed, ListView)
    assert (listed.cards[0].flag, listed.cards[0].facts) == ("撤回", ("11月23日撤回：金额有误",))
    assert isinstance(opened, NoticeView)
    assert opened.banners[0].words == "已于 11月23日撤回。原因：金额有误"


def test_taken_back_is_heard_before_what_no_longer_holds() -> None:
    said = Sentence(BANNER_BLOCK, "这条公示已撤回。", "zhe4 tiao2")
    taken = written("补贴名单", Paragraph("略。"), id="x", category="hmzj", posted=TODAY)
    opened = page(scene(posting(taken, Withdrawal("有误", TODAY, (said,))), place=AtNotice("x")))

    assert isinstance(opened, NoticeView)
    assert [one.sentence.words for one in opened.reading] == [
        "补贴名单",
        "这条公示已撤回。",
        "略。",
    ]


def test_corrected_revision_of_a_notice_that_could_not_be_drawn_hangs_again() -> None:
    second = written("停水", Paragraph("周六。"), id="w", revision=2)
    hung = (posting(second),)
    bad = (Undrawn("w", 1, "cannot be drawn"),)
    holdings = Holdings(village=VILLAGE, postings=hung, loaded=True)

    shown, _ = reboard(scene(*hung, holdings=holdings, bad=bad), Rota(), Moment(NOW, trusted=True))

    assert [one.posting.entry.revision for one in shown.board.standing] == [2]


def test_old_stick_confirms_nothing() -> None:
    long_ago = NOW - timedelta(days=3)
    attempts = (
        Attempt(NOW, "/run/stick", Outcome.OLDER, "", "", 0, 0),
        Attempt(long_ago, "http://office.example", Outcome.SAME, "", "", 0, 0),
    )

    assert health(scene(holdings=Holdings(village=VILLAGE, attempts=attempts))).updated == long_ago


@pytest.mark.parametrize(
    ("position", "call", "busy"),
    [
        (Position(reading=Reading(2)), None, True),
        (Position(reading=Reading(2, paused=True)), None, False),
        (Position(help_open=True), Call("queued"), True),
        (Position(help_open=True), Call("dead"), False),
        (Position(help_open=True), Call("cancelled"), False),
        (Position(), Call("delivered"), False),
    ],
)
def test_only_who_listens_or_waits_for_help_keeps_the_board_away(
    position: Position, call: Call | None, busy: bool
) -> None:
    assert is_busy(scene(position=position, call=call)) is busy


def test_every_voucher_of_an_entry_can_be_leafed_to() -> None:
    first, second = (
        Picture(ref_of(data), 40, 30, name) for data, name in ((b"1", "收据"), (b"2", "清单"))
    )
    book = ledger(2026, 11, entries=1, photo=first.blob.sha256)
    row = msgspec.structs.replace(book.rows[0], photos=(first.blob.sha256, second.blob.sha256))
    book = msgspec.structs.replace(book, rows=(row,))
    one = posting(written("账", book, id="a", category="cwsz", pictures=(first, second)))

    view = page(scene(one, place=AtPicture("a", first.blob.sha256)))

    assert isinstance(view, PictureView)
    assert (view.title, view.place, view.previous) == ("收据", "1 / 2", None)
    assert view.following
    assert view.following.intention == Open(AtPicture("a", second.blob.sha256))
    assert [spoken.sentence.words for spoken in heard_on(view)] == ["账"]


def test_home_counts_every_category() -> None:
    view = page(scene())

    assert isinstance(view, HomeView)
    assert [(one.name, one.count) for one in view.classes] == [
        ("财务收支", "1 条在公示"), ("惠农政策", "2 条在公示"), ("村级事务", "3 条在公示"),
    ]  # fmt: skip
    assert [key.count for key in view.classes[1].categories] == ["1 条", "1 条", "0 条"]


def test_place_that_is_gone_shows_the_home_page() -> None:
    for place in (AtNotice("gone"), AtLedger("water", 0), AtPicture("water", "0" * 64)):
        assert isinstance(page(scene(place=place)), HomeView)


def test_empty_kiosk_says_what_the_caretaker_must_do() -> None:
    nothing = Board(TODAY, trusted=True, standing=(), withdrawn=())
    view = page(scene(holdings=Holdings(loaded=True), board=nothing, place=Position().place))

    assert isinstance(view, EmptyView)
    assert "管理员：请插入办公室给的 U 盘，或者接通网络。" in view.lines


def test_board_that_is_not_proved_is_not_shown() -> None:
    view = page(scene(holdings=Holdings(loaded=True, refused="two seals"), place=Position().place))

    assert isinstance(view, EmptyView)
    assert view.title == "本机上的公示核对不上印章"


def test_board_that_cannot_be_drawn_does_not_say_that_there_is_none() -> None:
    nothing = Board(TODAY, trusted=True, standing=(), withdrawn=())
    bad = (Undrawn("road", 1, "cannot be drawn"),)

    view = page(scene(board=nothing, turn=None, bad=bad, place=Position().place))

    assert isinstance(view, EmptyView)
    assert view.title == "本机的公示画不出来"


def test_clock_that_is_wrong_for_certain_shows_no_date() -> None:
    woken = datetime(1970, 1, 1, tzinfo=UTC)

    assert top_bar(SAY, None, "广场", woken, NOW).day == "时钟未校准"
    assert top_bar(SAY, None, "广场", NOW, NOW).day == "11月23日 星期一 9:05"


def test_objection_link_names_kiosk_notice_and_revision() -> None:
    view = page(scene(place=AtNotice("medical")))

    assert isinstance(view, NoticeView)
    assert view.strip.link == "https://objections.example/qingshi-1/medical/2"


def test_village_without_objection_page_shows_its_hotline_alone() -> None:
    plain = msgspec.structs.replace(VILLAGE, objection_url="")
    one = written("停水", Paragraph("略。"), id="w", posted=TODAY)
    holdings = Holdings(village=plain, postings=(posting(one),), issued=NOW, loaded=True)
    view = page(scene(posting(one), holdings=holdings, place=AtNotice("w")))

    assert isinstance(view, NoticeView)
    assert (view.strip.link, view.strip.heading, view.strip.lines) == (
        "",
        "提异议",
        ("请打 0933-0000000",),
    )


def test_home_counts_what_is_on_show_and_not_what_was_taken_back() -> None:
    hangs = posting(written("停水", Paragraph("略。"), id="w", category="zdxm"))
    gone = written("修路", Paragraph("略。"), id="r", category="zdxm")
    board = page(scene(hangs, posting(gone, Withdrawal(reason="重复", on=TODAY))))

    assert isinstance(board, HomeView)
    affairs = next(one for one in board.classes if one.tone == "affairs")
    assert affairs.count == "1 条在公示"
    assert "1 条" in [key.count for key in affairs.categories]


def test_passers_by_see_that_a_notice_was_corrected_and_its_headings() -> None:
    corrects = Correction(revision=1, reason="时间写错")
    one = written(
        "停水", Heading("时间", 2), Paragraph("周五。"), id="w", corrects=corrects, revision=2
    )
    hung = posting(one)
    view = page(
        scene(hung, place=AtIdle(), turn=board_at([hung], Moment(NOW, trusted=True)).standing[0])
    )

    assert isinstance(view, IdleView)
    assert (view.flag, view.excerpt) == ("更正", ("时间", "周五。"))


def test_everything_that_is_read_can_be_heard() -> None:
    heard = words_heard(AtNotice("road"))

    sealed = [one.words for one in village_notices(TODAY)[0][4].reading]
    assert [words for words in heard if words in sealed] == sealed
    assert [words for words in heard if words not in sealed] == [
        "重大项目决策", "所属期间 2026年11月1日—11月15日", "看 5 笔明细", "公示信息", "公示单位，青石村村民委员会", "集体决定，2026年11月18日",
        "审核，1 项审核全部通过，11月20日", "盖章，青石村村民委员会，已盖章 11月21日",
        "盖章，青石村村务监督委员会，已审核盖章 11月20日", "开始公示，2026年11月21日",
        "公示进度，公示第 1 个工作日，共 10 个", "公示到，至少到 12月6日，还有 13 天",
        "看 1 项审核明细", "扫码提异议，或打 0933-0000000",
    ]  # fmt: skip


def test_body_that_the_voice_has_no_name_for_is_said_as_what_it_is() -> None:
    shown = heard_on(page(scene(place=AtAbout("road"))))

    said = next(one for one in shown if one.sentence.words.startswith("公示单位"))

    assert said.sentence.sounds.endswith(sounds_of(SAY("the villagers' committee")))


def words_heard(place: object = None, **changes: object) -> list[str]:
    shown = page(scene(place=place, **changes))
    return [one.sentence.words for one in heard_on(shown)]


def test_home_is_read_from_the_news_to_the_classes() -> None:
    heard = words_heard()

    assert heard[:2] == ["新公示", "停水通知"]
    assert heard[2] == "急，重大项目决策，刚公示，下一个工作日起算"
    assert heard[-5:-2] == ["危房改造，0 条", "村级事务，3 条在公示", "村集体经济发展，0 条"]
    assert "分类查看" in heard


def test_list_is_read_with_what_is_known_of_each_notice() -> None:
    assert words_heard(AtList("policy", "dbtk")) == [
        "低保特困评定", "1 条在公示", "2026年第四季度低保评定名单公示",
        "低保特困评定，公示第 6 个工作日，共 10 个",
    ]  # fmt: skip
    assert words_heard(AtList("policy", "wfgz")) == [
        "危房改造", "0 条在公示", "这一类现在没有公示",
    ]  # fmt: skip


def test_empty_board_and_status_page_are_read_too() -> None:
    assert words_heard(holdings=Holdings(loaded=True)) == [
        "还没有收到公示", "管理员：请插入办公室给的 U 盘，或者接通网络。", "收到公示后，屏幕会自动显示。",
    ]  # fmt: skip
    status = words_heard(AtStatus())
    assert status[0] == "本机状态"
    assert "6 条在公示" in status
    assert "时钟：已由网络校准" in status


@pytest.mark.parametrize(
    ("health", "light", "words"),
    [
        (AT_WORK, "good", "今天 9:05 已更新"),
        (Health(updated=NOW, help_alive=False), "bad", "求助线路：不通"),
        (Health(help_alive=True), "bad", "还没有收到公示"),
        (Health(updated=NOW - timedelta(days=1), help_alive=True), "care", "昨天 9:05 已更新"),
        (Health(updated=NOW, help_alive=True, help_works=True, help_tested=NOW, sound=False), "care", "没有声音"),
        (Health(updated=NOW, help_alive=True, help_works=True, help_tested=NOW, clock_trusted=False), "care", "时钟未校准"),
        (Health(updated=NOW, help_alive=True, help_works=False, help_tested=NOW), "bad", "求助线路：今天测试不通"),
        (Health(updated=NOW, help_alive=True, help_works=False, help_fault="按钮卡住了"), "bad", "求助线路：按钮卡住了"),
    ],
)  # fmt: skip
def test_status_line_says_every_trouble(health: Health, light: str, words: str) -> None:
    line = status_line(SAY, health, "0933-0000000", NOW)

    assert line.light == light
    assert words in line.parts


def test_somebody_is_asked_before_the_idle_board_comes_back() -> None:
    asked = stay(SAY, 20)

    assert (asked.question, asked.words, asked.label) == (
        "还要看吗？",
        "20 秒后回到公示轮播",
        "继续看",
    )
    assert asked.intention == Stay()
    assert stay_sounds(asked).startswith("hai2 yao4 kan4 ma5？ er4 shi2 miao3 hou4")


def test_notice_that_could_not_be_drawn_gets_another_chance_each_hour() -> None:
    undrawn = Undrawn("road", 1, "no such letter")
    shown = scene(bad=(undrawn,))

    assert forgiven(shown, NOW + timedelta(minutes=54)).bad == (undrawn,)
    assert forgiven(shown, NOW + timedelta(minutes=55)).bad == ()


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
    assert "今天 9:05 · http://office.example/：拒绝：两个印章核对不上" in lines
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


@pytest.mark.parametrize(
    ("call", "title", "key"),
    [
        (Call("countdown", seconds=7), "马上呼叫村里的人", "取消"),
        (Call("sending", who="值班员"), "正在发出求助", "回到公示"),
        (Call("delivered", who="值班员", since=NOW), "已送达，还没有人看到", "回到公示"),
        (Call("silent", who="值班员", since=NOW), "还没有人回应", "回到公示"),
        (Call("seen", who="李示例", since=NOW), "李示例已经看到", "回到公示"),
        (Call("coming", who="李示例", since=NOW), "李示例正在赶来", "回到公示"),
        (Call("queued", since=NOW), "暂时联系不上人", "取消"),
        (Call("queued", who="值班员", since=NOW), "暂时联系不上人", "回到公示"),
        (Call("cancelled"), "求助已取消", "回到公示"),
        (Call("dead"), "求助发不出去", "回到公示"),
    ],
)
def test_help_page_is_honest_at_every_stage(call: Call, title: str, key: str) -> None:
    view = help_page(SAY, call, "0933-0000000", NOW)

    assert (view.title, view.key) == (title, key)
    assert view.numbers == (("急病打", "120"), ("报警打", "110"), ("监督电话", "0933-0000000"))


def test_countdown_says_what_to_do_which_is_nothing() -> None:
    view = help_page(SAY, Call("countdown", seconds=7), "", NOW)

    assert (view.figure, view.lines) == ("7", ("7 秒后发出求助", "不用做任何事"))


def past(**changes: object) -> Past:
    fields: dict[str, object] = {
        "id": "old", "revision": 2, "category": "cwsz", "title": "2026年3月财务公开",
        "initials": "2026n3ycwgk", "posted": date(2026, 3, 16), "withdrawn": False,
    }  # fmt: skip
    return Past(**(fields | changes))  # type: ignore[arg-type]


def searched(typed: str, *archive: Past, **changes: object) -> SearchView:
    shown = scene(place=AtSearch(typed), **changes)
    holdings = replace(shown.holdings, archive=archive)
    view = page(replace(shown, holdings=holdings))
    assert isinstance(view, SearchView)
    return view


def test_search_page_says_how_to_type_before_anything_is_typed() -> None:
    view = searched("")

    assert view.hint == ("按每个字拼音的第一个字母：", "姓名只能在正在公示的名单里查到。")
    assert view.examples == (("财务公开", "CWGK"), ("王小军", "WXJ"))
    assert view.cards == ()


def test_search_page_says_that_nothing_was_found() -> None:
    view = searched("xzq")

    assert view.words == "没有找到"
    assert view.hint[0].startswith("没有拼音首字母是 XZQ 的标题或姓名。")
    assert view.cards == ()


def test_person_is_found_with_group_row_and_list_and_opens_the_row() -> None:
    (card,) = searched("wxj").cards

    assert card.title == "王小军 · 一组"
    assert card.facts == ("第 1 行", "2026年第四季度低保评定名单公示")
    assert card.opens == Open(AtNotice("benefits", (1, 0)))


def test_entry_of_a_ledger_opens_its_line() -> None:
    card = next(one for one in searched("ldwx").cards if "2026年11月" in one.facts[1])

    assert card.title == "路灯维修材料费 · 李示例"
    assert card.opens == Open(AtLedger("finance", 0, 1))


def test_results_on_show_can_be_heard() -> None:
    shown = scene(place=AtSearch("wxj"))
    found, row, title, facts = heard_on(page(shown))

    assert found.sentence.words == "找到 1 条"
    assert (row.sentence.block, row.sentence.row) == (1, 0)
    assert title.sentence.words == "2026年第四季度低保评定名单公示"
    assert facts.sentence.words == "第 1 行"


def test_letters_that_find_nothing_are_not_said_to_the_square() -> None:
    said = [one.sentence for one in heard_on(page(scene(place=AtSearch("zzz"))))]

    assert [one.words for one in said][1].startswith("没有拼音首字母是 ZZZ")
    assert said[1].sounds == sounds_of(
        SAY("Nothing begins with these letters. Erase a letter, or clear.")
    )


def test_archive_is_marked_and_opens_what_is_kept_of_a_notice() -> None:
    (card,) = searched("cwgk", past()).cards[1:]

    assert card.flag == "已归档"
    assert card.facts == ("财务收支", "2026年3月16日公示")
    assert card.opens == Open(AtPast("old"))


def test_more_results_than_anybody_turns_ask_for_more_letters() -> None:
    table = Table(("姓名",), tuple((f"王{n}",) for n in range(MOST + 5)))
    view = searched(
        "w", board=board_at([posting(written("名单", table))], Moment(NOW, trusted=True))
    )

    assert view.words == f"找到 {MOST + 5} 条，请再按几个字母"
    assert len(view.cards) == MOST


def test_past_notice_says_what_it_was_and_whom_to_ask() -> None:
    shown = scene(place=AtPast("old"))

    view = page(replace(shown, holdings=replace(shown.holdings, archive=(past(),))))

    assert view == PastView(
        "2026年3月财务公开",
        "已归档",
        ("财务收支", "2026年3月16日公示", "第 2 版"),
        ("这份公示已经到期，不再公示。", "想看全文，请到村委会查阅，或打电话 0933-0000000。"),
    )


def test_title_of_the_past_can_be_heard_in_the_results_and_on_its_page() -> None:
    title = Sentence(-1, "2026年3月财务公开", "cai2wu4 gong1kai1")
    shown = scene(place=AtSearch("cwgk"))
    shown = replace(shown, holdings=replace(shown.holdings, archive=(past(spoken=title),)))

    there = replace(shown, position=Position(trail=(AtPast("old"),)))

    assert heard_on(page(shown))[-2].sentence == title
    assert [one.sentence.words for one in heard_on(page(there))] == [
        "已归档", title.words, "财务收支", "2026年3月16日公示", "第 2 版",
        "这份公示已经到期，不再公示。", "想看全文，请到村委会查阅，或打电话 0933-0000000。",
    ]  # fmt: skip


def test_past_notice_says_that_it_was_taken_back() -> None:
    shown = scene(place=AtPast("old"))

    view = page(replace(shown, holdings=replace(shown.holdings, archive=(past(withdrawn=True),))))

    assert isinstance(view, PastView)
    assert view.lines[0] == "这份公示已由村委会和监委会撤回。"


def test_notice_that_could_not_be_drawn_is_not_called_past() -> None:
    found = scene().board.find("benefits")
    assert found is not None
    gone = past(id="benefits", initials="dbpd", posted=found.posting.entry.posted)
    shown = scene(place=AtSearch("dbpd"), bad=(Undrawn("benefits", 1, "broken"),))
    shown, _ = reboard(shown, Rota(), Moment(NOW, trusted=True))

    view = page(replace(shown, holdings=replace(shown.holdings, archive=(gone,))))

    assert isinstance(view, SearchView)
    assert view.cards == ()


def test_only_the_row_that_was_searched_for_is_lit() -> None:
    lit = sought(scene(place=AtLedger("finance", 0, 1)))

    assert lit is not None
    assert (lit.sentence.block, lit.sentence.row, lit.notice) == (0, 1, "finance")
    assert sought(scene(place=AtNotice("benefits"))) is None


def test_search_never_shows_itself_to_a_log() -> None:
    view = searched("wxj")

    assert "王小军" not in repr(view)
