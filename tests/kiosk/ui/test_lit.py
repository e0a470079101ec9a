"""What is being read is lit where it stands: a row, a card, or the screen's own words in any number of lines."""

from dataclasses import replace

from kiosk.catalogue import load
from kiosk.present.parts import Spoken, own_words
from kiosk.ui.sheets.ink import Hold, Sheet, Touch, Words
from kiosk.ui.sheets.lit import lit_on
from kiosk.ui.theme import INK
from sync.notices import Sentence

SAY = load("zh")
ENDED = SAY("The call has ended")  # 求助已结束


def line(text: str, y: float, x: float = 0) -> Words:
    return Words(x, y, text, 40, INK, 60, 40 * len(text))


def sheet(*marks: Words, holds: tuple[Hold, ...] = (), touches: tuple[Touch, ...] = ()) -> Sheet:
    return Sheet(600, 600, marks, touches, holds)


def said(*words: str, mark: str = "") -> Spoken:
    (spoken,) = own_words(words, mark)
    return spoken


def test_own_words_are_lit_from_their_first_line_to_their_last() -> None:
    words = str(ENDED)
    shown = sheet(line("别的", 0), line(words[:3], 60), line(words[3:], 120), line(words[:3], 180))

    assert [rect[1] for rect in lit_on(shown, said(ENDED))] == [60, 120]


def test_own_words_are_lit_among_others_on_their_line() -> None:
    shown = sheet(
        line(f"财务收支 · {ENDED}", 0), line(f"{ENDED} / 支出", 60), line(f"{ENDED}了", 120)
    )

    assert [rect[1] for rect in lit_on(shown, said(ENDED))] == [0, 60]


def test_own_words_of_the_page_light_no_card_that_has_the_same() -> None:
    card = Hold(-1, -1, 0, 0, 0, 100, 600, 200, notice="water")
    shown = sheet(line(ENDED, 0), line(ENDED, 150), holds=(card,))

    assert [rect[1] for rect in lit_on(shown, said(ENDED))] == [0]
    assert lit_on(shown, said(ENDED, mark="water")) == ((0, 100, 600, 200),)


def test_sealed_sentence_lights_its_row_and_the_card_it_is_of() -> None:
    row = Hold(1, 2, 0, 0, 0, 0, 600, 60)
    shown = sheet(holds=(row, replace(row, block=-1, y=100, notice="water")))

    assert lit_on(shown, Spoken(Sentence(1, "王小军", "wang2", row=2), "rest")) == (
        (0, 0, 600, 60),
    )
    assert lit_on(shown, Spoken(Sentence(-1, "停水", "ting2"), "water")) == ((0, 100, 600, 60),)
    assert lit_on(shown, None) == ()
