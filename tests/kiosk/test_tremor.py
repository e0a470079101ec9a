"""A hand that trembles touches twice and means it once; who types or leafs quickly means every touch."""

import pytest

from kiosk.intentions import (
    Back,
    CallHelp,
    Change,
    Erase,
    Home,
    Intention,
    Open,
    ReadAloud,
    Sift,
    Stop,
    TextLarger,
    Turn,
    Type,
)
from kiosk.lens import Lens
from kiosk.places import AtHome, AtLedger, AtList, AtNotice, AtPicture, AtSearch, Place
from kiosk.tremor import Deed, Tremor

REACH = 50.0
HERE, BESIDE, ELSEWHERE = (500.0, 900.0), (530.0, 920.0), (500.0, 1000.0)
GAPS = (0.06, 0.15, 0.25, 0.4, 0.55)  # s between release and next press
HOME, LIST, NOTICE = AtHome(), AtList("policy"), AtNotice("water")
LEDGER, SEARCH, PICTURE = AtLedger("water", 0), AtSearch("w"), AtPicture("water", "ab")


class Finger:
    """Touches for a tenth of a second, so long after the touch before."""

    def __init__(self) -> None:
        self.tremor, self.now = Tremor(REACH), 100.0

    def touch(
        self, means: Intention, at: Place, *, gap: float = 5.0, spot: tuple[float, float] = HERE,
        held: float = 0.1,
    ) -> bool:  # fmt: skip
        self.now += gap
        self.tremor.press(spot, self.now)
        self.now += held
        return self.tremor.counts(Deed(means, at), self.now)


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize(
    ("first", "at", "second", "then"),
    [
        (Open(LIST), HOME, Open(NOTICE), LIST),
        (TextLarger(), NOTICE, TextLarger(), NOTICE),
        (ReadAloud(), NOTICE, Stop(), NOTICE),
        (Back(), NOTICE, Back(), LIST),
        (Open(SEARCH), HOME, Type("w"), SEARCH),
        (Open(LIST), HOME, Turn(1), LIST),
        (Turn(1), LIST, Turn(-1), LIST),
        (Sift("income"), LEDGER, Sift("all"), LEDGER),
        (Open(PICTURE), NOTICE, Open(AtPicture("water", "ab", Lens(zoom=2))), PICTURE),
    ],
)
def test_second_touch_of_a_trembling_hand_does_nothing(
    gap: float, first: Intention, at: Place, second: Intention, then: Place
) -> None:
    finger = Finger()
    assert finger.touch(first, at)

    assert not finger.touch(second, then, gap=gap, spot=BESIDE)


@pytest.mark.parametrize(
    ("means", "at"),
    [
        (Type("w"), SEARCH),
        (Erase(), SEARCH),
        (Turn(1), LIST),
        (Change("louder"), NOTICE),
        (Open(AtPicture("water", "ab", Lens(zoom=2))), PICTURE),
    ],
)
def test_who_types_leafs_or_wants_it_louder_means_every_touch(means: Intention, at: Place) -> None:
    finger = Finger()

    assert [finger.touch(means, at, gap=0.1) for _ in range(4)] == [True] * 4


def test_letters_beside_each_other_are_typed_as_quickly() -> None:
    finger = Finger()

    typed = [finger.touch(Type(letter), SEARCH, gap=0.1, spot=spot)
             for letter, spot in (("w", HERE), ("x", BESIDE), ("j", HERE))]  # fmt: skip

    assert typed == [True] * 3


def test_hand_that_goes_on_trembling_is_still_the_same_one() -> None:
    finger = Finger()
    finger.touch(Open(LIST), HOME)

    assert [finger.touch(Open(NOTICE), LIST, gap=0.3) for _ in range(5)] == [False] * 5
    assert finger.touch(Open(NOTICE), LIST, gap=0.7)


def test_slow_machine_gives_a_trembling_hand_no_second_touch() -> None:
    finger = Finger()
    finger.touch(Open(LIST), HOME)
    finger.tremor.shown(finger.now + 0.9)

    assert not finger.touch(Open(NOTICE), LIST, gap=1.3)
    assert finger.touch(Open(NOTICE), LIST, gap=0.7)


def test_touch_somewhere_else_or_one_that_stays_is_meant() -> None:
    finger = Finger()
    finger.touch(Open(LIST), HOME)

    assert finger.touch(Home(), LIST, gap=0.1, spot=ELSEWHERE)
    assert finger.touch(Open(LIST), HOME, gap=0.1, spot=ELSEWHERE, held=1.2)


def test_call_for_help_always_counts() -> None:
    finger = Finger()
    finger.touch(TextLarger(), HOME)

    assert finger.touch(CallHelp(), HOME, gap=0.1)
