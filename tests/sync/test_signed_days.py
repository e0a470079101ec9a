"""Whether a kiosk's signed days fit together: in order, with gaps, begun anew, written anew."""

import random
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from sync.signed_days import (
    Continuity,
    Day,
    Gap,
    SignedDay,
    continuity_of,
    is_signed,
    read_day,
    root_of,
    verified,
)

KEY = Ed25519PrivateKey.generate()
PUBLIC = KEY.public_key().public_bytes_raw()
FIRST = date(2026, 11, 20)


def log(*, days: int, rows: int = 1440, salt: str = "", begun: date = FIRST) -> list[Day]:
    """Return what one log signs on so many days, one after the other."""
    found, before, first = [], root_of(PUBLIC).hex(), 1
    for number in range(days):
        on = begun + timedelta(days=number)
        head = root_of(f"{salt}{on}".encode()).hex()
        at = datetime(on.year, on.month, on.day, 16, tzinfo=UTC)
        found.append(Day("k1", "qingshi", on, first, first + rows - 1, before, head, at))
        before, first = head, first + rows
    return found


def signed(day: Day) -> bytes:
    data = msgspec.json.encode(day)
    return msgspec.json.encode(SignedDay(data, KEY.sign(data).hex()))


@given(st.randoms(), st.integers(1, 30))
def test_whole_log_fits_together_in_whatever_order_it_arrives(
    chance: random.Random, days: int
) -> None:
    arrived = log(days=days) * 2
    chance.shuffle(arrived)

    assert continuity_of(arrived, PUBLIC) == Continuity(
        days, FIRST, FIRST + timedelta(days=days - 1)
    )


def test_nothing_is_told_of_nothing() -> None:
    assert continuity_of([], PUBLIC) == Continuity()


def test_missing_days_are_a_gap_of_so_many_rows() -> None:
    days = log(days=10)

    found = continuity_of([*days[:3], *days[5:]], PUBLIC)

    assert found.gaps == (Gap(date(2026, 11, 22), date(2026, 11, 25), 2 * 1440),)
    assert found.contradicted == ()


def test_missing_beginning_is_a_gap_after_nothing() -> None:
    assert continuity_of(log(days=4)[2:], PUBLIC).gaps == (Gap(None, date(2026, 11, 22), 2880),)


def test_log_that_was_lost_and_begun_anew_is_told_and_no_contradiction() -> None:
    old, new = log(days=5), log(days=3, salt="new", begun=date(2026, 11, 26))

    found = continuity_of([*old, *new], PUBLIC)

    assert found == Continuity(8, FIRST, date(2026, 11, 28), (), (date(2026, 11, 26),))


def test_two_days_on_one_date_that_follow_each_other_are_no_contradiction() -> None:
    # A clock that nothing proves closes a day after 3,000 rows, whatever it says the day is.
    days = [msgspec.structs.replace(day, day=FIRST) for day in log(days=3, rows=3000)]

    assert continuity_of(days, PUBLIC).contradicted == ()


@pytest.mark.parametrize("since", [0, 1, 4])
def test_log_that_was_written_anew_contradicts_what_left_the_kiosk(since: int) -> None:
    told = log(days=5)
    head = told[since - 1].head if since else root_of(PUBLIC).hex()
    again = log(days=5, rows=1400, salt="forged")[since:]
    again[0] = msgspec.structs.replace(again[0], before=head, first=since * 1440 + 1)

    found = continuity_of([*told, *again], PUBLIC)

    assert found.contradicted[0] == FIRST + timedelta(days=since)


def test_forged_day_behind_a_gap_contradicts_the_true_one() -> None:
    true, forged = log(days=6)[4], log(days=6, salt="forged")[4]

    assert continuity_of([true, forged], PUBLIC).contradicted == (true.day,)


def test_day_counts_only_under_the_kiosks_own_key() -> None:
    day = log(days=1)[0]
    data = signed(day)

    assert verified(data, PUBLIC) == day
    assert verified(data, Ed25519PrivateKey.generate().public_key().public_bytes_raw()) is None
    assert verified(data.replace(b'"signature":"', b'"signature":"0'), PUBLIC) is None
    assert verified(b" " + data, PUBLIC) is None
    assert read_day(b"{}") is None


@pytest.mark.parametrize("added", [" ", "\n", "\t  "])
@pytest.mark.parametrize("at", [0, 64, 128])
def test_a_signature_is_written_in_one_way_only(at: int, added: str) -> None:
    one, _ = _read(signed(log(days=1)[0]))
    spaced = one.signature[:at] + added + one.signature[at:]

    assert is_signed(one.day, one.signature, PUBLIC)
    assert not is_signed(one.day, spaced, PUBLIC)


@pytest.mark.parametrize("wrong", ["", "zz" * 32, "ab" * 31, "AB" * 32, " " + "ab" * 32])
@pytest.mark.parametrize("name", ["head", "before"])
def test_a_day_whose_hash_is_none_is_no_day(name: str, wrong: str) -> None:
    """A bit of the card has flipped."""
    day = msgspec.structs.replace(log(days=1)[0], **{name: wrong})

    assert read_day(signed(day)) is None


def _read(data: bytes) -> tuple[SignedDay, Day]:
    read = read_day(data)
    assert read is not None
    return read
