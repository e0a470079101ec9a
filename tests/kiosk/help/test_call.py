"""Stories of calls for help, by the rules alone: no clock but the one in the story."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.help.call import (
    AFTERGLOW,
    FORGOTTEN,
    REGRET,
    RENEWED,
    RETRIES,
    ROUNDS,
    SEND_LIMIT,
    resumed,
    step,
)
from kiosk.help.incident import (
    Answered,
    Arrived,
    Asked,
    Call,
    Cancelled,
    Coming,
    CountingDown,
    Delivered,
    Ended,
    Event,
    Passed,
    Queued,
    Refused,
    Rules,
    Seen,
    Send,
    Sending,
    Sent,
    Stamp,
    Touched,
    age_seconds,
    is_open,
)

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
RULES = Rules(8, 90, 12 * 3600, ("值班室", "村卫生室", "乡镇"))


class Square:
    """One kiosk's call, with a clock that goes when told to."""

    def __init__(self, rules: Rules = RULES) -> None:
        self.rules = rules
        self.at = 1000.0
        self.call: Call | None = None
        self.sent: list[Send] = []

    def now(self) -> Stamp:
        return Stamp(MORNING + timedelta(seconds=self.at - 1000), self.at, "boot", trusted=True)

    def tell(self, event: Event, after: float = 0) -> "Square":
        self.at += after
        self.call, sends = step(self.call, event, self.now(), self.rules)
        self.sent += sends
        return self

    def press(self, after: float = 0, by: str = "button") -> "Square":
        return self.tell(Asked("1", self.now(), by), after)

    def wait(self, seconds: float) -> "Square":
        """Let time pass, looking exactly when the call asks to."""
        end = self.at + seconds
        while self.call is not None and self.call.deadline <= end:
            self.tell(Passed(), max(0.0, self.call.deadline - self.at))
        self.at = end
        return self

    @property
    def state(self) -> object:
        return None if self.call is None else self.call.state


def delivered() -> Square:
    return Square().press().wait(8).tell(Sent("值班室"), 1)


def test_a_press_counts_down_and_nothing_goes_out_yet():
    square = Square().press().wait(7.9)

    assert square.state == CountingDown(until=1008.0)
    assert square.sent == []


def test_without_a_reaction_it_is_sent_to_the_first_contact():
    square = Square().press().wait(8)

    assert square.state == Sending("值班室")
    assert square.sent == [Send("值班室", "call")]


def test_a_second_press_cancels():
    square = Square().press().press(after=3)

    assert square.state == Cancelled("button")
    assert square.wait(AFTERGLOW).state is None
    assert square.sent == []


def test_a_touch_cancels():
    assert Square().press().tell(Touched(), 5).state == Cancelled("screen")


def test_a_trembling_hand_does_not_cancel():
    square = Square().press().press(after=0.3).press(after=0.3)

    assert isinstance(square.state, CountingDown)
    assert square.call.presses == 3


def test_somebody_who_presses_again_and_again_is_sent_for():
    square = Square()
    for _ in range(20):
        square.press(after=1.1)
        square.wait(0)

    assert Send("值班室", "call") in square.sent


def test_after_a_cancel_and_a_new_press_only_a_touch_cancels():
    square = Square().press().press(after=3).press(after=REGRET / 2)
    assert square.state == CountingDown(square.at + 8, firm=True)

    assert isinstance(square.press(after=3).state, CountingDown)
    assert square.tell(Touched()).state == Cancelled("screen")


def test_the_key_on_the_screen_pressed_twice_is_one_call():
    square = Square().press(by="screen").press(after=4, by="screen")

    assert isinstance(square.state, CountingDown)


def test_sent_is_not_seen():
    square = delivered()

    assert square.state == Delivered()
    assert square.call.told == ("值班室",)


def test_nobody_answers_so_the_next_is_called():
    square = delivered().wait(89)
    assert square.state == Delivered()

    square.wait(1)

    assert square.state == Sending("村卫生室")
    assert square.sent == [Send("值班室", "call"), Send("村卫生室", "call")]


def test_a_refusal_calls_the_next_at_once():
    square = Square().press().wait(8).tell(Refused("值班室", "93000", offline=False), 1)

    assert square.state == Sending("村卫生室")


def test_a_sender_that_says_nothing_is_given_up():
    square = Square().press().wait(8).wait(SEND_LIMIT)

    assert square.state == Sending("村卫生室")


def test_a_success_that_comes_late_still_counts_as_told():
    square = Square().press().wait(8 + SEND_LIMIT).tell(Sent("值班室"), 1)

    assert square.state == Sending("村卫生室")
    assert square.call.told == ("值班室",)


def test_all_who_were_told_hear_that_somebody_comes_but_not_that_one():
    square = delivered().wait(90).tell(Sent("村卫生室"), 1)

    square.tell(Answered("村卫生室", "coming", "王医生"), 5)

    assert square.state == Coming("王医生")
    assert square.sent[-1:] == [Send("值班室", "news")]
    assert len(square.wait(FORGOTTEN - 1).sent) == 3


def test_seen_then_coming_then_ended_and_never_back():
    square = delivered().tell(Answered("值班室", "seen", "李四"), 1)
    assert square.state == Seen("李四")
    assert square.tell(Answered("值班室", "coming", "李四"), 1).state == Coming("李四")
    assert square.tell(Answered("值班室", "seen", "李四"), 1).state == Coming("李四")
    assert square.tell(Answered("值班室", "ended", "李四"), 1).state == Ended("李四")
    assert square.tell(Answered("值班室", "coming", "李四"), 1).state == Ended("李四")


def answer_sends(square: Square, seconds: float) -> Square:
    """Let time pass while every message arrives one second after it was sent."""
    end = square.at + seconds
    while square.at < end:
        if isinstance(square.state, Sending):
            square.tell(Sent(square.state.contact), 1)
        else:
            square.wait(1)
    return square


def test_when_all_are_silent_it_says_so_and_goes_round_again_then_rests():
    square = answer_sends(Square().press(), 8 + 3 * 91 + 1)
    assert square.call.nobody
    assert square.call.told == RULES.contacts

    answer_sends(square, 3600)

    assert [send.contact for send in square.sent] == list(RULES.contacts) * ROUNDS
    assert square.state == Delivered()


def test_a_press_after_everything_went_quiet_goes_round_again():
    square = answer_sends(Square().press(), 3600)
    square.at = square.call.since + RENEWED - 1

    square.press()

    assert square.state == Sending("值班室")
    assert len(square.sent) == 3 * ROUNDS + 1


def test_presses_while_help_is_being_called_join_the_incident():
    square = delivered().press(after=5).press(after=5)

    assert square.call.presses == 3
    assert square.state == Delivered()
    assert len(square.sent) == 1


def test_a_person_at_the_kiosk_ends_it_and_everybody_hears():
    square = delivered().tell(Arrived(), 30)

    assert square.state == Ended("here")
    assert square.sent[-1] == Send("值班室", "news")


def test_the_hold_of_the_first_press_does_not_end_the_countdown():
    assert isinstance(Square().press().tell(Arrived(), 2).state, CountingDown)


def test_a_touch_cannot_take_back_what_was_sent():
    assert delivered().tell(Touched(), 5).state == Delivered()


def refuse_all(square: Square, *, offline: bool = True) -> Square:
    for contact in square.rules.contacts:
        square.tell(Refused(contact, "no connection", offline=offline), 0.1)
    return square


def test_without_network_it_waits_and_tries_again_more_and_more_slowly():
    square = refuse_all(Square().press().wait(8))

    tries = []
    for _ in range(6):
        assert square.state == Queued("no connection", offline=True)
        before = square.at
        square.wait(square.call.deadline - square.at)
        tries.append(round(square.at - before))
        refuse_all(square)
    assert tries == [*RETRIES, RETRIES[-1], RETRIES[-1]]


def test_when_the_network_comes_back_the_call_goes_out():
    square = refuse_all(Square().press().wait(8)).wait(RETRIES[0])

    square.tell(Sent("值班室"), 1)

    assert square.state == Delivered()


def test_a_call_that_could_not_be_sent_for_half_a_day_goes_out_as_information():
    square = refuse_all(Square().press().wait(8))
    square.at += 12 * 3600
    square.wait(0)
    assert square.sent[-1] == Send("值班室", "late")

    assert square.tell(Sent("值班室", late=True), 1).state == Ended("late")


def test_a_press_while_queued_tries_at_once():
    assert refuse_all(Square().press().wait(8)).press(after=3).state == Sending("值班室")


def test_a_queued_call_can_be_taken_back():
    assert refuse_all(Square().press().wait(8)).tell(Touched()).state == Cancelled("screen")


def test_a_message_that_arrives_after_the_end_is_followed_by_the_news():
    square = refuse_all(Square().press().wait(8)).tell(Touched()).tell(Sent("乡镇"), 1)

    assert square.sent[-1] == Send("乡镇", "news")


def test_nobody_to_call_is_said_and_not_tried():
    square = Square(Rules(8, 90, 1, ())).press().wait(600)

    assert square.state == Queued("no contacts", offline=False)
    assert square.sent == []


def test_a_forgotten_call_ends_so_that_the_next_press_is_a_new_one():
    square = delivered().tell(Answered("值班室", "coming", "李四"))

    assert square.wait(FORGOTTEN).state == Ended("forgotten")


@pytest.mark.parametrize("state", [CountingDown(5.0), Sending("值班室"), Queued("x", offline=True)])
def test_a_call_cut_short_by_a_restart_is_sent_at_once(state):
    square = delivered()
    square.call = resumed(
        Call("1", square.now(), "button", state, since=0, deadline=9e9), square.now()
    )

    assert square.wait(0).state == Sending("值班室")


def test_a_delivered_call_goes_on_with_the_next_after_a_restart():
    square = delivered()
    square.call = resumed(square.call, square.now())

    assert square.wait(0).state == Sending("村卫生室")


def stamp(monotonic: float, boot: str = "a", hours: float = 0, *, trusted: bool = True) -> Stamp:
    return Stamp(MORNING + timedelta(hours=hours), monotonic, boot, trusted)


def test_age_is_told_by_the_clock_that_can_be_believed():
    assert age_seconds(stamp(10), stamp(70, hours=-500)) == 60
    assert age_seconds(stamp(10, "a"), stamp(5, "b", hours=2)) == 7200
    assert age_seconds(stamp(10, "a", trusted=False), stamp(5, "b", hours=2)) is None
    assert age_seconds(stamp(10, "a"), stamp(5, "b", hours=-2)) is None


EVENTS = st.one_of(
    st.builds(Passed),
    st.builds(Touched),
    st.builds(Arrived),
    st.builds(Sent, st.sampled_from(RULES.contacts)),
    st.builds(Refused, st.sampled_from(RULES.contacts), st.just("x"), st.booleans()),
    st.builds(
        Answered,
        st.sampled_from(RULES.contacts),
        st.sampled_from(["seen", "coming", "ended"]),
        st.just("李四"),
    ),
    st.just("press"),
    st.just("ask"),
)


@given(st.lists(st.tuples(EVENTS, st.floats(0, 200)), max_size=60))
def test_whatever_happens_an_open_call_always_has_a_next_moment(events):
    square = Square()
    for event, pause in events:
        square.wait(pause)
        before = square.call
        if isinstance(event, str):
            square.press(by="button" if event == "press" else "screen")
        else:
            square.tell(event)
        if square.call is not None:
            assert square.call.deadline >= square.at
        if before is None or square.call is None or not is_open(before):
            continue
        if square.call.earlier == before:  # asked anew: what was under way is kept beside it
            assert square.at - before.since >= RENEWED
        elif before.earlier and square.call.incident == before.earlier.incident:
            assert isinstance(before.state, CountingDown)  # taken back: the earlier one goes on
        else:
            assert square.call.incident == before.incident
            assert set(before.told) <= set(square.call.told)
            if isinstance(before.state, Delivered | Seen | Coming):
                assert not isinstance(square.state, CountingDown | Cancelled)


@given(st.lists(st.floats(0, 6), max_size=40))
def test_no_rhythm_of_presses_keeps_a_call_from_going_out(pauses):
    square = Square()
    for pause in [0, *pauses]:
        square.wait(pause)
        square.press()
    cancelled = isinstance(square.state, Cancelled)

    square.wait(8)

    assert cancelled or Send("值班室", "call") in square.sent
    assert len(pauses) < 10 or sum(pauses) < 60 or Send("值班室", "call") in square.sent


def long_underway() -> Square:
    """A call that the first contact said they would come for, and nobody has ended since."""
    coming = delivered().tell(Answered("值班室", "coming", "王医生"), 30)
    return coming.wait(RENEWED + 60)


def test_who_asks_long_after_an_old_call_is_counted_down_and_called_for_anew():
    square = long_underway()
    square.sent.clear()

    square.tell(Asked("2", square.now(), "screen"))
    assert square.state == CountingDown(square.at + 8)
    assert square.sent == []

    square.wait(8)
    assert (square.call.incident, square.state) == ("2", Sending("值班室"))
    assert square.call.earlier is None
    over, fresh = square.sent
    assert (over.contact, over.kind, over.about.incident) == ("值班室", "news", "1")
    assert over.about.state == Ended("again")
    assert fresh == Send("值班室", "call")


@pytest.mark.parametrize("how", [Touched(), "button"])
def test_who_takes_the_new_call_back_leaves_the_old_one_as_it_was(how):
    square = long_underway()
    before = square.call
    square.tell(Asked("2", square.now(), "button"))

    square.press(after=3) if how == "button" else square.tell(how, 3)

    assert square.call == before
    assert square.wait(60).state == Coming("王医生")


def test_who_asks_soon_after_joins_the_call_there_is():
    square = delivered().tell(Answered("值班室", "coming", "王医生"), 30)

    square.press(after=RENEWED - 1)

    assert square.state == Coming("王医生")
    assert square.call.presses == 2


def test_call_that_the_chain_is_still_being_told_of_is_not_an_old_one():
    square = delivered().wait(85)

    square.press(by="screen")

    assert square.state == Delivered()
