"""What each page says when it is read aloud."""

from kiosk.holdings import Holdings
from kiosk.places import AtList, AtNotice, AtStatus
from kiosk.present.notice import NoticeView
from kiosk.scene import heard_on, page
from sync.feed.layout import Withdrawal
from sync.notices import BANNER_BLOCK, Paragraph, Sentence
from tests.support.board import village_notices, written
from tests.support.scene import TODAY, posting, scene


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


def test_everything_that_is_read_can_be_heard() -> None:
    heard = words_heard(AtNotice("road"))

    assert heard[:-3] == [one.words for one in village_notices(TODAY)[0][4].reading]
    assert heard[-3:] == [
        "公示第 1 个工作日，共 10 个", "至少到 12月6日", "扫码提异议，或打 0933-0000000",
    ]  # fmt: skip


def words_heard(place: object = None, **changes: object) -> list[str]:
    shown = page(scene(place=place, **changes))
    return [one.sentence.words for one in heard_on(shown)]


def test_home_is_read_from_the_news_to_the_classes() -> None:
    heard = words_heard()

    assert heard[:2] == ["新公示", "停水通知"]
    assert heard[-4:] == [
        "分类查看", "财务收支，1 条在公示", "惠农政策，2 条在公示", "村级事务，3 条在公示",
    ]  # fmt: skip


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
