"""What each page says when it is read aloud."""

from kiosk.holdings import Holdings
from kiosk.phrases import sounds_of
from kiosk.places import AtAbout, AtList, AtNotice, AtStatus
from kiosk.present.notice import NoticeView
from kiosk.scene import heard_on, page
from sync.feed.layout import Withdrawal
from sync.notices import BANNER_BLOCK, Paragraph, Sentence
from tests.support.board import village_notices, written
from tests.support.scene import SAY, TODAY, posting, scene


def test_taken_back_is_heard_and_nothing_that_no_longer_holds() -> None:
    said = Sentence(BANNER_BLOCK, "这条公示已撤回。", "zhe4 tiao2")
    taken = written("补贴名单", Paragraph("略。"), id="x", category="hmzj", posted=TODAY)
    opened = page(scene(posting(taken, Withdrawal("有误", TODAY, (said,))), place=AtNotice("x")))

    assert isinstance(opened, NoticeView)
    assert [one.sentence.words for one in opened.reading] == [
        "补贴名单",
        "这条公示已撤回。",
    ]


def test_everything_that_is_read_can_be_heard() -> None:
    heard = words_heard(AtNotice("road"))

    sealed = [one.words for one in village_notices(TODAY)[0][4].reading]
    assert [words for words in heard if words in sealed] == sealed
    assert [words for words in heard if words not in sealed] == [
        "重大项目决策", "所属期间 2026年11月1日—11月15日", "看 5 笔明细", "公示信息", "公示单位，青石村村民委员会", "集体决定，2026年11月18日",
        "审核，1 项审核全部通过，11月20日", "盖章，青石村村民委员会，已盖章 11月21日",
        "盖章，青石村村务监督委员会，已审核盖章 11月20日", "开始公示，2026年11月21日",
        "公示进度，公示第 1 个工作日，共 10 个", "公示到，至少到 12月6日，还有 13 天",
        "公示期怎么算", "看 1 项审核明细", "扫码提异议，或打 0933-0000000",
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

    assert heard[:3] == ["新公示", "全部 6 条", "停水通知"]
    assert heard[3] == "急，重大项目决策，刚公示，下一个工作日起算"
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
