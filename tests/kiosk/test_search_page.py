"""The search's page: what was typed, what was found, and what is kept of the past."""

from dataclasses import replace
from datetime import date

from kiosk.board import board_at
from kiosk.intentions import Open
from kiosk.navigation import Position
from kiosk.phrases import sounds_of
from kiosk.places import AtLedger, AtNotice, AtPast, AtSearch
from kiosk.present.search import MOST, PastView, SearchView
from kiosk.rota import Rota, reboard
from kiosk.scene import Undrawn, heard_on, page, sought
from kiosk.search import Past
from sync.clock import Moment
from sync.notices import Sentence, Table
from tests.support.board import written
from tests.support.scene import NOW, SAY, posting, scene


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
