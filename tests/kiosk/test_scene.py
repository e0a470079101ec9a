"""What is shown when something is gone, could not be drawn, or somebody is busy with it."""

from datetime import timedelta

import pytest

from kiosk.holdings import Holdings
from kiosk.navigation import Position, Reading
from kiosk.places import AtHome, AtIdle, AtLedger, AtNotice, AtPicture, AtStatus, Place
from kiosk.present.help import Call
from kiosk.present.home import HomeView
from kiosk.rota import Rota, forgiven, reboard
from kiosk.scene import Undrawn, is_busy, may_read_on, page
from sync.clock import Moment
from sync.notices import Paragraph
from tests.support.board import written
from tests.support.office import VILLAGE
from tests.support.scene import NOW, posting, scene


def test_corrected_revision_of_a_notice_that_could_not_be_drawn_hangs_again() -> None:
    second = written("停水", Paragraph("周六。"), id="w", revision=2)
    hung = (posting(second),)
    bad = (Undrawn("w", 1, "cannot be drawn"),)
    holdings = Holdings(village=VILLAGE, postings=hung, loaded=True)

    shown, _ = reboard(scene(*hung, holdings=holdings, bad=bad), Rota(), Moment(NOW, trusted=True))

    assert [one.posting.entry.revision for one in shown.board.standing] == [2]


def test_what_is_corrected_hangs_no_more_where_the_correction_could_not_be_drawn() -> None:
    first = posting(written("停水", Paragraph("周五。"), id="w"))
    second = posting(written("停水", Paragraph("周六。"), id="w", revision=2))
    bad = (Undrawn("w", 2, "cannot be drawn"),)
    holdings = Holdings(village=VILLAGE, postings=(second, first), loaded=True)

    shown, _ = reboard(scene(second, holdings=holdings, bad=bad), Rota(), Moment(NOW, trusted=True))

    assert shown.board.standing == ()


@pytest.mark.parametrize(
    ("position", "call", "busy"),
    [
        (Position(reading=Reading(2)), None, True),
        (Position(reading=Reading(2, paused=True)), None, False),
        (Position(reading=Reading(2, over=True)), None, False),  # its touch may never be let go
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


def test_place_that_is_gone_shows_the_home_page() -> None:
    for place in (AtNotice("gone"), AtLedger("water", 0), AtPicture("water", "0" * 64)):
        assert isinstance(page(scene(place=place)), HomeView)


def test_notice_that_could_not_be_drawn_gets_another_chance_each_hour() -> None:
    undrawn = Undrawn("road", 1, "no such letter")
    shown = scene(bad=(undrawn,))

    assert forgiven(shown, NOW + timedelta(minutes=54)).bad == (undrawn,)
    assert forgiven(shown, NOW + timedelta(minutes=55)).bad == ()


@pytest.mark.parametrize(
    ("place", "holdings", "may"),
    [
        (AtHome(), None, True),
        (AtIdle(), None, False),
        (AtHome(), Holdings(loaded=True), False),
        (AtStatus(), Holdings(loaded=True), True),
    ],
)
def test_nobody_is_asked_to_read_on_where_there_is_nothing_to_read(
    place: Place, holdings: Holdings | None, may: bool
) -> None:
    more = {"holdings": holdings} if holdings else {}

    assert may_read_on(scene(place=place, **more)) is may
