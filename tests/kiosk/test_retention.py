"""The archive: to be read when a term is over, without lists of persons once the maximum is over."""

from dataclasses import replace
from datetime import date, timedelta

import msgspec

from kiosk.places import AtNotice, AtPast, AtPicture
from kiosk.present.home import HomeView
from kiosk.present.notice import NoticeView, PicturePart, TablePart, TextPart
from kiosk.present.search import PastView
from kiosk.scene import Scene, page
from kiosk.search import Past
from sync.feed.layout import ref_of
from sync.notices import Name, Notice, Paragraph, Picture, Table
from tests.support.board import photo, written
from tests.support.scene import TODAY, posting, scene

HIDDEN = "这份名单已过最长公示期，不再显示。"
PICTURE = Picture(ref_of(photo()), 900, 600, "名单扫描件")
LIST = written(
    "低保名单",
    Paragraph("经评议，下列 2 户纳入低保。"),
    Table(("户主", "金额"), (("王小军", "545.00"), ("李秀兰", "1,090.00"))),
    PICTURE,
    id="list",
    category="dbtk",
)
LIST = msgspec.structs.replace(LIST, names=(Name("王小军", "wxj"), Name("李秀兰", "lxl")))
RULES = written(
    "村规民约", Paragraph("第一条。"), Table(("条", "内容"), (("一", "爱护环境"),)), PICTURE,
    id="list", category="cgmy",
)  # fmt: skip


def archived(notice: Notice, days_ago: int, place: object = None) -> Scene:
    gone = posting(msgspec.structs.replace(notice, posted=TODAY - timedelta(days=days_ago)))
    past = Past(
        "list", 1, notice.category, notice.title, "dbmd", gone.entry.posted, withdrawn=False
    )
    base = scene(posting(written("别的", Paragraph("在。"), id="other", posted=TODAY)), past=gone)
    base = replace(base, holdings=replace(base.holdings, archive=(past,)))
    return replace(base, position=replace(base.position, trail=(place or AtNotice("list"),)))


def parts(scene_: Scene) -> tuple[object, ...]:
    view = page(scene_)
    assert isinstance(view, NoticeView)
    assert view.banners[0].words == "存档：这条公示已过公示期。"
    return view.parts


def test_notice_of_the_archive_is_read_again_as_it_hung_and_marked() -> None:
    text, table, picture = parts(archived(LIST, 40))

    assert isinstance(text, TextPart)
    assert isinstance(table, TablePart)
    assert isinstance(picture, PicturePart)


def test_list_of_persons_is_kept_back_once_its_longest_time_is_over() -> None:
    last, after = parts(archived(LIST, 90)), parts(archived(LIST, 91))

    assert isinstance(last[1], TablePart)
    assert [getattr(part, "text", "") for part in after] == [
        "经评议，下列 2 户纳入低保。", HIDDEN, HIDDEN,
    ]  # fmt: skip
    view = page(archived(LIST, 91))
    assert isinstance(view, NoticeView)
    assert {one.sentence.block for one in view.reading} <= {-1, 0}


def test_picture_that_is_kept_back_opens_nowhere() -> None:
    opened = page(archived(LIST, 91, AtPicture("list", PICTURE.blob.sha256)))

    assert isinstance(opened, HomeView)


def test_rules_that_list_nobody_stay_whole() -> None:
    assert [type(part) for part in parts(archived(RULES, 300))] == [
        TextPart,
        TablePart,
        PicturePart,
    ]


def test_key_to_the_archive_appears_with_what_the_card_has_brought() -> None:
    here = archived(LIST, 40, AtPast("list"))
    brought, waiting = page(here), page(replace(here, past=None))

    assert isinstance(brought, PastView)
    assert isinstance(waiting, PastView)
    assert (brought.key, waiting.key) == ("看存档内容", "")
    assert any("0933-0000000" in line for line in waiting.lines)


def test_notice_of_the_archive_that_the_card_has_not_brought_leads_home() -> None:
    assert isinstance(page(replace(archived(LIST, 40), past=None)), HomeView)


def test_day_of_posting_that_has_not_come_is_not_read_before() -> None:
    early = archived(LIST, 40)
    assert early.past
    entry = msgspec.structs.replace(early.past.entry, posted=date(2030, 1, 1))

    assert isinstance(
        page(replace(early, past=msgspec.structs.replace(early.past, entry=entry))), HomeView
    )
