"""A notice's page: its stamps, what became of it, and where to object."""

import msgspec

from kiosk.holdings import Holdings
from kiosk.places import AtList, AtNotice
from kiosk.present.listing import ListView
from kiosk.present.notice import NoticeView
from kiosk.scene import page
from sync.feed.layout import Withdrawal
from sync.notices import Paragraph, Party
from tests.support.board import written
from tests.support.office import VILLAGE
from tests.support.scene import BOTH, NOW, TODAY, posting, scene


def test_stamps_are_drawn_only_for_verified_seals() -> None:
    def stamps(parties: frozenset[Party]) -> list[str]:
        view = page(scene(place=AtNotice("water"), sealed_by=parties))
        assert isinstance(view, NoticeView)
        return [stamp.name for stamp in view.strip.stamps]

    assert stamps(BOTH) == ["青石村村民委员会", "青石村村务监督委员会"]
    assert stamps(frozenset({Party.COMMITTEE})) == ["青石村村民委员会"]
    assert stamps(frozenset()) == []


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
