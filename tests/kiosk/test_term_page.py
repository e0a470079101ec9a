"""How long a notice hangs, worked out day by day where anybody can count after."""

from dataclasses import replace
from datetime import date, datetime

import msgspec

from kiosk.board import Terms, board_at
from kiosk.places import AtAbout, AtNotice, AtTerm
from kiosk.present.about import AboutView
from kiosk.present.notice import NoticeView
from kiosk.present.term import TermView
from kiosk.scene import Scene, heard_on, page
from sync.calendars import calendar
from sync.clock import CHINA, Moment
from sync.feed.layout import Posting, Withdrawal
from sync.notices import Paragraph
from sync.workdays import Shown, YearCalendar
from tests.support.board import written
from tests.support.scene import posting, scene

THURSDAY = date(2026, 10, 15)


def at(hung: Posting, today: date, shown: Shown | None = None, terms: Terms | None = None) -> Scene:
    moment = Moment(datetime(today.year, today.month, today.day, 12, tzinfo=CHINA), trusted=True)
    known = {(hung.entry.id, hung.entry.revision): shown} if shown else {}
    terms = replace(terms or Terms(), shown=known)
    place = AtTerm(hung.entry.id)
    return scene(hung, place=place, board=board_at([hung], moment, terms), shown=known)


def water(**changes: object) -> Posting:
    return posting(written("停水通知", Paragraph("停水。"), id="water", posted=THURSDAY, **changes))


def shown_page(*arguments: object) -> TermView:
    view = page(at(*arguments))  # type: ignore[arg-type]
    assert isinstance(view, TermView)
    return view


def test_every_working_day_is_counted_where_it_can_be_counted_after() -> None:
    view = shown_page(water(), date(2026, 10, 19))
    lines = [(line.words, line.day, line.verdict) for line in view.lines]

    assert view.summary == ("公示第 2 个工作日，共 10 个", "至少到 10月30日")
    assert lines[:4] == [
        ("贴出", "10月15日 星期四", "当天不算"),
        ("第 1 个工作日", "10月16日 星期五", "已算"),
        ("第 2 个工作日", "10月19日 星期一", "今天"),
        ("第 3 个工作日", "10月20日 星期二", "还没到"),
    ]
    assert lines[-4:] == [
        ("第 10 个工作日", "10月29日 星期四", "还没到"),
        ("贴出后第 15 天", "10月30日 星期五", ""),
        ("至少公示到", "10月30日 星期五", "两个日子取晚的"),
        ("最晚公示到", "1月13日 星期三", ""),
    ]


def test_day_on_which_it_was_shown_too_little_is_said_and_made_up() -> None:
    days = frozenset({date(2026, 10, 16), date(2026, 10, 20)})
    view = shown_page(water(), date(2026, 10, 21), Shown(date(2026, 10, 20), days))
    lines = [(line.words, line.day, line.verdict) for line in view.lines]

    assert view.summary == ("公示第 3 个工作日，共 10 个", "至少到 10月30日")
    assert ("工作日，没展示够", "10月19日 星期一", "往后补一天") in lines
    assert ("第 10 个工作日", "10月30日 星期五", "还没到") in lines


def test_what_the_count_rests_on_is_named() -> None:
    year = YearCalendar(2026, "国办发明电〔2025〕7号", (date(2026, 10, 1),), ())
    hung = water()
    base = at(hung, date(2026, 10, 19), terms=Terms(workdays=calendar((year,))))
    village = base.holdings.village
    assert village
    sealed = msgspec.structs.replace(village, calendars=(year,))
    view = page(replace(base, holdings=replace(base.holdings, village=sealed)))

    assert isinstance(view, TermView)
    assert "放假依据：国办发明电〔2025〕7号" in view.notes
    assert "当天在屏幕上展示满 5 分钟、轮到 10 次，才算一天。" in view.notes


def test_holidays_that_are_not_known_yet_are_said() -> None:
    late = posting(written("停水通知", Paragraph("停水。"), id="water", posted=date(2026, 12, 18)))
    view = shown_page(late, date(2026, 12, 21))

    assert "公布之前，这条公示不撤下" in view.notes[-1]


def test_everything_on_the_page_can_be_heard() -> None:
    view = shown_page(water(), date(2026, 10, 19))
    heard = "".join(one.sentence.words for one in heard_on(view))

    for line in view.lines:
        assert line.words in heard
        assert line.day in heard
    assert all(note in heard for note in view.notes)


def test_what_was_taken_back_leaves_nothing_but_the_reason_for_its_own_ten_working_days() -> None:
    back = Withdrawal("误公开了个人信息", date(2026, 10, 28))
    gone = posting(written("名单", Paragraph("张三 620522"), id="list", posted=THURSDAY), back)
    entry = msgspec.structs.replace(gone.entry, sealed=date(2026, 10, 28))
    gone = Posting(entry, gone.notice)
    there = scene(
        gone,
        place=AtNotice("list"),
        board=board_at([gone], Moment(datetime(2026, 11, 11, tzinfo=CHINA), trusted=True)),
    )
    view = page(there)
    later = board_at([gone], Moment(datetime(2026, 11, 13, tzinfo=CHINA), trusted=True))

    assert isinstance(view, NoticeView)
    assert view.parts == ()
    assert "误公开了个人信息" in view.banners[0].words
    assert "620522" not in "".join(one.sentence.words for one in view.reading)
    assert later.withdrawn == ()


def test_facts_of_a_notice_lead_to_how_its_term_is_counted() -> None:
    there = at(water(), date(2026, 10, 19))
    view = page(replace(there, position=replace(there.position, trail=(AtAbout("water"),))))

    assert isinstance(view, AboutView)
    assert ("公示期怎么算", AtTerm("water")) in [
        (words, opens.place) for words, opens in view.about.keys
    ]
