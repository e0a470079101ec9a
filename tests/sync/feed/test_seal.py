"""How the office seals: no step can be left out, and what leaves it passes the gate."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from tuf.api.metadata import Metadata, Targets, Timestamp

from sync.errors import BadInput, NotAllowed, NotTrusted
from sync.feed import seal
from sync.feed.gate import SealHolder, verify
from sync.feed.keys import new_key
from sync.feed.layout import FeedFiles, decode_index, encode
from sync.notices import Party
from tests.support.office import START, OfficeInMemory, new_signers, notice


def proposal(office: OfficeInMemory) -> tuple[bytes, bytes]:
    index = office.index()
    return seal.propose(office.files(), index, office.now), encode(index)


def finished(office: OfficeInMemory, notices: bytes, index: bytes) -> FeedFiles:
    return seal.finish(office.files(), notices, index, office.signers.online, office.now)


def test_founded_feed_has_keys_and_no_board(office):
    files = office.files()

    assert len(files.roots) == 1
    assert files.targets
    assert (files.timestamp, files.snapshot, files.notices, files.index) == (b"", b"", b"", b"")


@pytest.mark.parametrize(
    "guardians", [slice(0, 2), slice(2, 4), slice(0, 0)], ids=["committee", "supervisor", "nobody"]
)
def test_one_party_alone_cannot_found_a_feed(guardians):
    signers = new_signers()

    with pytest.raises(NotAllowed, match="of 3 valid signatures"):
        seal.new_root(signers.ring, signers.guardians[guardians], START)


def test_three_of_the_four_guardians_suffice_to_found_a_feed():
    signers = new_signers()

    assert seal.new_root(signers.ring, signers.guardians[1:], START).roots


def test_feed_cannot_be_founded_with_one_partys_keys_on_both_sides():
    signers = new_signers()
    ring = replace(signers.ring, guardians=signers.ring.guardians[:2] * 2)

    with pytest.raises(NotAllowed, match="密钥不合规则"):
        seal.new_root(ring, signers.guardians, START)


def test_feed_cannot_be_founded_with_the_same_seal_twice():
    signers = new_signers()
    ring = replace(signers.ring, seals=signers.ring.seals[:1] * 2)

    with pytest.raises(NotAllowed, match="密钥不合规则"):
        seal.new_root(ring, signers.guardians, START)


def test_both_seals_put_the_first_board_up(office):
    notices, index = proposal(office)
    assert seal.sealed_by(office.files(), notices) == ()

    notices = seal.sign(notices, office.signers.supervisor_seal)
    assert seal.sealed_by(office.files(), notices) == (SealHolder(Party.SUPERVISOR, "王示例"),)

    notices = seal.sign(notices, office.signers.committee_seal)
    assert seal.sealed_by(office.files(), notices) == (
        SealHolder(Party.COMMITTEE, "李示例"),
        SealHolder(Party.SUPERVISOR, "王示例"),
    )
    assert verify(finished(office, notices, index), office.anchor).index.number == 1


@pytest.mark.parametrize("name", ["committee_seal", "supervisor_seal"])
def test_one_seal_only_publishes_nothing(office, name):
    notices, index = proposal(office)
    signed = seal.sign(notices, getattr(office.signers, name))

    with pytest.raises(NotAllowed, match="both seals are needed") as refused:
        finished(office, signed, index)

    assert refused.value.advice.endswith("Ask the other committee.")


def test_same_party_sealing_twice_publishes_nothing(office):
    notices, index = proposal(office)
    once = seal.sign(notices, office.signers.committee_seal)
    twice = seal.sign(once, office.signers.committee_seal)

    with pytest.raises(NotAllowed, match="valid so far: committee"):
        finished(office, twice, index)


@pytest.mark.parametrize("stranger", ["guardian", "online", "outsider"])
def test_other_key_than_a_seal_publishes_nothing(office, stranger):
    key = {
        "guardian": office.signers.guardians[2],
        "online": office.signers.online,
        "outsider": new_key("supervisor", "外人"),
    }[stranger]
    notices, index = proposal(office)
    signed = seal.sign(seal.sign(notices, office.signers.committee_seal), key)

    with pytest.raises(NotAllowed, match="both seals are needed"):
        finished(office, signed, index)


def test_wrong_online_key_publishes_nothing(office):
    notices, index = proposal(office)
    for signer in (office.signers.committee_seal, office.signers.supervisor_seal):
        notices = seal.sign(notices, signer)

    with pytest.raises(NotAllowed, match="kiosks would refuse"):
        seal.finish(office.files(), notices, index, new_key("office", "别的机器"), office.now)


def test_other_board_than_the_sealed_one_is_not_published(office):
    notices, _ = proposal(office)
    for signer in (office.signers.committee_seal, office.signers.supervisor_seal):
        notices = seal.sign(notices, signer)
    office.keep(b"x")
    other = encode(office.index(issued=office.now + timedelta(seconds=1)))

    with pytest.raises(NotAllowed, match="names another board"):
        finished(office, notices, other)


def test_proposal_is_void_once_another_board_went_up(office):
    notices, index = proposal(office)
    office.publish(notice())

    with pytest.raises(NotAllowed, match="draft it again"):
        seal.check_proposal(office.files(), notices, index)


@pytest.mark.parametrize("number", [0, 1, 3])
def test_board_whose_number_does_not_follow_is_not_proposed(office, number):
    office.publish(notice())

    with pytest.raises(NotAllowed, match="number does not follow"):
        seal.propose(office.files(), office.index(number=number), office.now)


def test_proposal_that_would_hold_for_years_is_not_to_be_sealed(office):
    index = office.index()
    notices = seal.propose(office.files(), index, office.now + timedelta(days=3))

    with pytest.raises(NotAllowed, match="too long"):
        seal.check_proposal(office.files(), notices, encode(index))


def test_proposal_that_carries_more_than_the_index_is_not_to_be_sealed(office):
    notices, index = proposal(office)
    metadata: Metadata[Targets] = Metadata.from_bytes(notices)
    metadata.signed.unrecognized_fields["x-more"] = "yes"

    with pytest.raises(NotAllowed, match="does not follow"):
        seal.check_proposal(office.files(), metadata.to_bytes(), index)


@pytest.mark.parametrize("rubbish", [b"", b"{}", b"\xff" * 100, b"0" * 100_000])
def test_rubbish_is_not_sealed(office, rubbish):
    notices, index = proposal(office)

    with pytest.raises(NotAllowed):
        seal.sign(rubbish, office.signers.committee_seal)
    with pytest.raises(NotAllowed):
        seal.check_proposal(office.files(), rubbish, index)
    with pytest.raises(NotAllowed):
        seal.check_proposal(office.files(), notices, rubbish)


def test_index_too_large_to_be_read_is_not_proposed(office):
    office.publish(notice())
    entries = office.index().entries * 12_000

    with pytest.raises(BadInput, match="close a month first"):
        seal.propose(office.files(), office.index(entries=entries), office.now)


def test_refreshed_feed_is_the_same_board_with_a_later_expiry(office):
    before = office.publish(notice())
    office.now += timedelta(days=50)

    after = office.refresh()

    assert after.notices == before.notices
    assert after.index == before.index
    expires = Metadata[Timestamp].from_bytes(after.timestamp).signed.expires
    assert expires == START + timedelta(days=110, minutes=1)
    assert verify(after, office.anchor, verify(before, office.anchor).versions)


def test_board_whose_seals_have_expired_must_be_sealed_again(office):
    office.publish(notice())
    office.now += timedelta(days=401)

    with pytest.raises(NotAllowed, match="seal the board again"):
        office.refresh()

    assert office.publish()


def test_feed_that_was_never_sealed_cannot_be_refreshed(office):
    with pytest.raises(NotAllowed, match="nothing has been sealed"):
        office.refresh()


def test_office_clock_gone_back_does_not_date_a_board_before_its_sealing(office):
    office.publish(notice())
    office.now = datetime(2026, 1, 1, tzinfo=UTC)

    board = verify(office.refresh(), office.anchor)

    assert board.issued == START


def test_rotated_seal_needs_the_board_sealed_again(office):
    office.publish(notice())
    ring = replace(
        office.signers.ring,
        seals=(new_key("committee", "新人").public_key, office.signers.ring.seals[1]),
    )

    rotated = seal.rotate_root(office.files(), ring, office.signers.guardians, office.now)

    with pytest.raises(NotAllowed, match="kiosks would refuse"):
        seal.refresh(rotated, office.signers.online, office.now)


def test_rotated_online_key_needs_no_new_seals(office):
    before = office.publish(notice())
    online = new_key("office", "新机器")
    ring = replace(office.signers.ring, online=online.public_key)

    rotated = seal.rotate_root(before, ring, office.signers.guardians[:3], office.now)
    files = seal.refresh(rotated, online, office.now)

    assert verify(files, office.anchor).versions.root == 2
    assert files.notices == before.notices
    with pytest.raises(NotAllowed, match="kiosks would refuse"):
        seal.refresh(rotated, office.signers.online, office.now)


def test_lost_guardian_key_is_replaced_by_the_three_that_remain(office):
    office.publish(notice())
    replacement = new_key("supervisor", "周示例")
    remaining = office.signers.guardians[:3]
    ring = replace(
        office.signers.ring,
        guardians=(*(signer.public_key for signer in remaining), replacement.public_key),
    )

    rotated = seal.rotate_root(office.files(), ring, remaining, office.now)

    files = seal.refresh(rotated, office.signers.online, office.now)
    assert verify(files, office.anchor).versions.root == 2


@pytest.mark.parametrize("party", [slice(0, 2), slice(2, 4)])
def test_one_party_alone_cannot_rotate_anything(office, party):
    office.publish(notice())
    ring = replace(office.signers.ring, online=new_key("office", "新机器").public_key)

    with pytest.raises(NotAllowed, match="of 3 valid signatures"):
        seal.rotate_root(office.files(), ring, office.signers.guardians[party], office.now)


def test_rotation_that_would_break_the_rules_is_not_made(office):
    office.publish(notice())
    ring = replace(office.signers.ring, online=office.signers.ring.seals[0])

    with pytest.raises(NotAllowed, match="online key"):
        seal.rotate_root(office.files(), ring, office.signers.guardians, office.now)


def test_feed_sealed_a_hundred_times_stays_small(office):
    for number in range(100):
        office.publish(notice(f"第{number}号"))

    files = office.files()
    metadata = msgspec.structs.astuple(files)[1:5]
    assert sum(map(len, metadata)) < 4_000
    assert decode_index(files.index).number == 100


def test_every_published_feed_is_newer_than_the_one_before(office):
    shown = verify(office.publish(notice()), office.anchor).versions

    for step in (
        office.publish,
        office.refresh,
        lambda: office.rotate(online=new_key("office", "二")),
    ):
        board = verify(step(), office.anchor, shown)
        assert board.versions != shown
        shown = board.versions


def test_timestamp_of_another_office_does_not_fit(office):
    office.publish(notice())
    other = OfficeInMemory(signers=new_signers())
    other.publish(notice())
    mixed = msgspec.structs.replace(
        office.files(), timestamp=other.files().timestamp, snapshot=other.files().snapshot
    )

    with pytest.raises(NotTrusted, match=r"timestamp.json has 0 of 1 valid signatures"):
        verify(mixed, office.anchor)
