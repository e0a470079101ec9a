"""The home page: what is new, and how much hangs in each class."""

from kiosk.intentions import Open
from kiosk.places import AtLedger, AtNotice
from kiosk.present.home import HomeView
from kiosk.scene import page
from sync.feed.layout import Withdrawal
from sync.notices import Paragraph
from tests.support.board import written
from tests.support.scene import TODAY, posting, scene


def test_notice_that_is_nothing_but_a_ledger_opens_at_its_entries() -> None:
    view = page(scene())

    assert isinstance(view, HomeView)
    opens = {card.notice: card.opens for card in view.cards}
    assert opens["finance"] == Open(AtLedger("finance", 0))
    assert opens["road"] == Open(AtNotice("road"))


def test_home_counts_every_category() -> None:
    view = page(scene())

    assert isinstance(view, HomeView)
    assert [(one.name, one.count) for one in view.classes] == [
        ("财务收支", "1 条在公示"), ("惠农政策", "2 条在公示"), ("村级事务", "3 条在公示"),
    ]  # fmt: skip
    assert [key.count for key in view.classes[1].categories] == ["1 条", "1 条", "0 条"]


def test_home_counts_what_is_on_show_and_not_what_was_taken_back() -> None:
    hangs = posting(written("停水", Paragraph("略。"), id="w", category="zdxm"))
    gone = written("修路", Paragraph("略。"), id="r", category="zdxm")
    board = page(scene(hangs, posting(gone, Withdrawal(reason="重复", on=TODAY))))

    assert isinstance(board, HomeView)
    affairs = next(one for one in board.classes if one.tone == "affairs")
    assert affairs.count == "1 条在公示"
    assert "1 条" in [key.count for key in affairs.categories]
