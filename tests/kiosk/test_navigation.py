"""Where touches lead and what they set off."""

from kiosk.intentions import (
    AskForHelp,
    Back,
    Bring,
    BringLow,
    CallHelp,
    CancelHelp,
    Change,
    Choose,
    CloseHelp,
    Effect,
    Erase,
    Heard,
    HelpCalled,
    Home,
    Hush,
    Intention,
    Leave,
    Open,
    PauseReading,
    Quieten,
    ReadAloud,
    Repeat,
    Sift,
    Silent,
    Speak,
    Stay,
    Stop,
    TakeBackHelp,
    TextLarger,
    Turn,
    TurnPage,
    Type,
    Voice,
)
from kiosk.navigation import TYPED_LIMIT, Position, Reading, after
from kiosk.places import AtHome, AtIdle, AtLedger, AtList, AtNotice, AtPast, AtPicture, AtSearch


def walk(*intentions: Intention, start: Position | None = None) -> tuple[Position, list[Effect]]:
    position, effects = start or Position(), []
    for intention in intentions:
        position, more = after(position, intention)
        effects += more
    return position, effects


def test_touch_on_the_idle_board_opens_the_notice_with_home_behind_it() -> None:
    position, _ = walk(Open(AtNotice("water")))

    assert position.place == AtNotice("water")
    assert walk(Back(), start=position)[0].place == AtHome()


def test_back_goes_the_way_one_came() -> None:
    position, _ = walk(Home(), Open(AtList("policy")), Open(AtNotice("a")), Back())

    assert position.trail == (AtHome(), AtList("policy"))


def test_back_from_home_stays_at_home() -> None:
    assert walk(Home(), Back(), Back())[0].trail == (AtHome(),)


def test_same_place_twice_is_one_step() -> None:
    assert walk(Home(), Open(AtNotice("a")), Open(AtNotice("a")))[0].trail == (
        AtHome(),
        AtNotice("a"),
    )


def test_text_grows_in_three_steps_and_begins_again() -> None:
    steps = [walk(*[TextLarger()] * n)[0].text_step for n in range(4)]

    assert steps == [0, 1, 2, 0]


def test_reading_follows_the_voice_to_its_end() -> None:
    position, effects = walk(ReadAloud(), Heard(0), Heard(1))
    assert (position.reading, effects) == (Reading(1), [Speak()])

    assert walk(Silent(), start=position)[0].reading is None


def test_any_move_is_silence() -> None:
    reading = walk(Home(), ReadAloud(), Heard(0))[0]

    for move in (Home(), Back(), Open(AtNotice("a")), Leave(), CallHelp(), Turn(1)):
        position, effects = walk(move, start=reading)
        assert position.reading is None
        assert effects[0] == Hush()


def test_button_in_the_pillar_silences_the_reading_and_asks_nobody_twice() -> None:
    position, effects = walk(Home(), ReadAloud(), Heard(0), HelpCalled())

    assert (position.reading, position.help_open) == (None, True)
    assert effects == [Speak(), Hush()]


def test_sentence_that_begins_as_the_pause_is_pressed_does_not_undo_it() -> None:
    position, _ = walk(ReadAloud(), PauseReading(), Heard(1))

    assert position.reading == Reading(1, paused=True)


def test_leafing_through_pictures_is_one_step_back() -> None:
    notice, one, two = AtNotice("a"), AtPicture("a", "1"), AtPicture("a", "2")

    position, _ = walk(Open(notice), Open(one), Open(two), Back())

    assert position.place == notice


def test_closing_the_help_page_ends_its_reading() -> None:
    position, effects = walk(CallHelp(), ReadAloud(), CloseHelp())

    assert (position.reading, position.help_open) == (None, False)
    assert effects == [Hush(), AskForHelp(), Speak(), Hush()]


def test_leaving_closes_a_help_page_that_nobody_waits_at() -> None:
    assert walk(CallHelp(), Leave())[0] == Position()


def test_stop_is_silence_and_nothing_else() -> None:
    assert walk(ReadAloud(), Stop()) == (Position(), [Speak(), Hush()])


def test_pause_and_go_on() -> None:
    position, effects = walk(ReadAloud(), PauseReading(), PauseReading())

    assert position.reading == Reading(paused=False)
    assert effects == [Speak(), Voice("pause"), Voice("resume")]


def test_repeat_ends_a_pause_and_slower_does_not() -> None:
    paused = walk(ReadAloud(), PauseReading())[0]

    assert walk(Repeat(), start=paused)[0].reading == Reading(paused=False)
    slower, effects = walk(Change("slower"), start=paused)
    assert (slower.reading, effects) == (paused.reading, [Voice("slower")])


def test_voice_has_steps_and_at_their_end_nothing_starts_again() -> None:
    position, effects = walk(
        ReadAloud(), *[Change("louder")] * 4, Change("slower"), Change("slower")
    )

    assert (position.volume, position.speed) == (2, -1)
    assert effects == [Speak(), Voice("louder"), Voice("louder"), Voice("slower")]
    assert walk(Leave(), start=position)[0] == Position()


def test_page_can_be_turned_in_a_pause_which_goes_on() -> None:
    position, effects = walk(Home(), ReadAloud(), PauseReading(), Turn(1))

    assert position.reading == Reading(paused=True)
    assert effects == [Speak(), Voice("pause"), TurnPage(1)]


def test_voice_keys_do_nothing_in_silence() -> None:
    assert walk(Stop(), Repeat(), PauseReading(), Change("louder"), Heard(3)) == (Position(), [])


def test_turning_a_page_is_passed_to_the_screen() -> None:
    assert walk(Turn(-1))[1] == [TurnPage(-1)]


def test_leaving_forgets_the_person() -> None:
    position, effects = walk(Home(), TextLarger(), Leave())

    assert position == Position(trail=(AtIdle(),))
    assert effects == [Hush(), Voice("reset")]  # whatever is heard, a question too


def test_touch_ends_a_reading_at_once_and_its_keys_stay_till_the_finger_goes() -> None:
    position, effects = walk(Home(), ReadAloud(), Quieten())
    assert (position.reads, position.reading) == (False, Reading(over=True))
    assert effects == [Speak(), Hush()]

    assert walk(Stop(), start=position)[0].reading is None
    assert walk(ReadAloud(), start=position)[0].reads


def test_button_in_the_pillar_ends_whatever_is_heard() -> None:
    assert walk(HelpCalled())[1] == [Hush()]  # the spoken question, of which no position knows


def test_touch_ends_a_question_too() -> None:
    assert walk(Home(), Quieten()) == (Position(trail=(AtHome(),)), [Hush()])


def test_help_opens_and_is_taken_back_on_a_page_that_stays_to_say_so() -> None:
    position, effects = walk(CallHelp())
    assert (position.help_open, effects) == (True, [Hush(), AskForHelp()])

    position, effects = walk(CancelHelp(), start=position)
    assert (position.help_open, effects) == (True, [TakeBackHelp()])


def test_back_from_the_months_leads_to_the_entries_as_they_were_sifted() -> None:
    months = walk(Home(), Open(AtLedger("a", 0)), Sift("expense"), Sift("months"))[0]
    assert months.place == AtLedger("a", 0, only="months")

    assert walk(Back(), start=months)[0].place == AtLedger("a", 0, only="expense")
    income = walk(Sift("income"), start=months)[0]
    assert income.trail == (AtHome(), AtLedger("a", 0, only="income"))
    assert walk(Sift("months"), start=months)[0] == months


def test_chosen_entry_is_marked_and_read_and_the_whole_page_read_again_after_it() -> None:
    ledger = AtLedger("a", 0)

    position, effects = walk(Open(ledger), Choose(4))
    assert (position.place, position.reading) == (AtLedger("a", 0, row=4), Reading())
    assert effects == [Speak()]

    assert walk(Choose(5), start=position)[1] == [Hush(), Speak()]
    assert walk(Silent(), ReadAloud(), start=position)[0].place == ledger


def test_sifting_a_ledger_is_silence_and_no_step_on_the_way_back() -> None:
    position, effects = walk(Home(), Open(AtLedger("a", 0)), Choose(4), Sift("income"))

    assert position.trail == (AtHome(), AtLedger("a", 0, only="income"))
    assert effects == [Speak(), Hush()]
    assert walk(Back(), start=position)[0].trail == (AtHome(),)


def test_entry_that_is_chosen_when_the_ledger_is_gone_means_nothing() -> None:
    assert walk(Home(), Choose(4), Sift("income"))[0] == Position(trail=(AtHome(),))


def test_everything_stays_low_for_the_person_and_comes_up_for_the_next() -> None:
    low, effects = walk(BringLow(), Open(AtList("finance")), Home())

    assert low.low
    assert effects == []
    assert not walk(BringLow(), BringLow())[0].low
    assert not walk(BringLow(), Leave())[0].low


def test_somebody_who_stays_is_left_where_they_are() -> None:
    before = walk(Open(AtNotice("a")), TextLarger())[0]

    assert after(before, Stay()) == (before, ())


def test_letters_are_typed_erased_and_cleared() -> None:
    position, _ = walk(Home(), Open(AtSearch()), Type("c"), Type("w"), Type("g"), Erase())

    assert position.trail == (AtHome(), AtSearch("cw"))
    assert walk(Erase(all=True), Erase(), start=position)[0].place == AtSearch("")


def test_no_more_letters_are_taken_than_fit() -> None:
    position, _ = walk(Home(), Open(AtSearch()), *[Type("a")] * 40)

    assert position.place == AtSearch("a" * TYPED_LIMIT)


def test_what_was_typed_is_there_on_the_way_back_and_forgotten_with_the_person() -> None:
    position, _ = walk(Home(), Open(AtSearch()), Type("w"), Open(AtNotice("list", (1, 0))))

    assert walk(Back(), start=position)[0].place == AtSearch("w")
    assert walk(Leave(), start=position)[0] == Position()
    assert walk(Home(), Open(AtSearch()), start=position)[0].place == AtSearch("")


def test_typing_silences_the_voice() -> None:
    _, effects = walk(Home(), Open(AtSearch()), ReadAloud(), Type("w"))

    assert effects == [Speak(), Hush()]


def test_what_is_typed_stands_in_no_log() -> None:
    assert "wxj" not in f"{Position((AtHome(), AtSearch('wxj')))!r} {Type('wxj')!r}"


def test_row_that_was_searched_for_gives_way_to_the_voice() -> None:
    position, _ = walk(Home(), Open(AtNotice("list", (1, 0))), ReadAloud())

    assert position.place == AtNotice("list")


def test_notice_of_the_archive_is_asked_of_the_card_when_its_page_is_opened() -> None:
    at_past, effects = after(Position((AtHome(), AtSearch("sz"))), Open(AtPast("water")))

    assert (at_past.place, effects) == (AtPast("water"), (Bring("water"),))
