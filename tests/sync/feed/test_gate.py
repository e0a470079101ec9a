"""What passes the gate, and the many things that do not."""

from dataclasses import replace
from datetime import timedelta, timezone

import msgspec
import pytest

from sync.errors import NotTrusted, NotUnderstood, OlderThanShown
from sync.feed.gate import SealHolder, VerifiedIndex, Versions, verify
from sync.feed.keys import new_key
from sync.feed.layout import FeedFiles, encode, ref_of
from sync.notices import Party
from tests.support import crook
from tests.support.office import START, OfficeInMemory, new_signers, notice


@pytest.fixture
def office() -> OfficeInMemory:
    office = OfficeInMemory()
    office.publish(notice("周五停水"))
    return office


def forged_index(office: OfficeInMemory) -> bytes:
    return encode(office.index(number=1, entries=()))


def changed(files: FeedFiles, **changes: object) -> FeedFiles:
    return msgspec.structs.replace(files, **changes)


def refusal(files: FeedFiles, anchor: bytes, shown: Versions | None = None) -> str:
    with pytest.raises(NotTrusted) as refused:
        verify(files, anchor, shown)
    return str(refused.value)


def test_feed_with_both_seals_passes_and_names_who_sealed(office):
    board = verify(office.files(), office.anchor)

    assert [entry.id for entry in board.index.entries] == [notice("周五停水").id]
    assert board.versions == Versions(1, 1, 1, 1, 1, 1)
    assert board.holders == (
        SealHolder(Party.COMMITTEE, "李示例"),
        SealHolder(Party.SUPERVISOR, "王示例"),
    )
    assert board.issued == START


def test_verified_board_cannot_be_built_past_the_gate(office):
    board = verify(office.files(), office.anchor)

    with pytest.raises(TypeError, match="only the gate"):
        VerifiedIndex(
            board.index, board.files, board.versions, board.holders, board.issued, object()
        )
    with pytest.raises((TypeError, ValueError)):
        replace(board, index=office.index())


@pytest.mark.parametrize("missing", ["committee_seal", "supervisor_seal"])
def test_one_seal_alone_is_refused(office, missing):
    other = {"committee_seal": "supervisor_seal", "supervisor_seal": "committee_seal"}[missing]
    seals = (getattr(office.signers, other),)

    files = crook.forge(office.files(), office.signers, seals=seals)

    assert refusal(files, office.anchor) == "notices.json has 1 of 2 valid signatures"


def test_a_strangers_signature_does_not_count_as_a_seal(office):
    seals = (office.signers.committee_seal, new_key("supervisor", "外人"))

    files = crook.forge(office.files(), office.signers, seals=seals)

    assert refusal(files, office.anchor) == "notices.json has 1 of 2 valid signatures"


@pytest.mark.parametrize(
    ("fraud", "reason"),
    [
        (crook.one_key_under_two_ids, "one key stands under two ids"),
        (crook.targets_that_name_files, "top-level targets name files of their own"),
        (crook.two_seals_of_one_party, "notices.json lacks a key of the supervisor"),
    ],
)
def test_fraud_that_the_stock_client_accepts_is_refused(office, tmp_path, fraud, reason):
    index = forged_index(office)

    files = fraud(office, index)

    accepted = crook.stock_client_accepts(files, office.anchor, tmp_path, at=office.now)
    assert accepted == ref_of(index).sha256
    assert refusal(files, office.anchor) == reason


def test_stock_client_agrees_about_an_honest_feed(office, tmp_path):
    office.rotate(committee_seal=new_key("committee", "新人"))
    office.close_month("2026-11")
    files = office.files()

    accepted = crook.stock_client_accepts(files, office.anchor, tmp_path, at=office.now)

    assert accepted == ref_of(files.index).sha256
    assert verify(files, office.anchor).versions == Versions(2, 3, 3, 2, 3, 3)


@pytest.mark.parametrize("name", ["timestamp", "snapshot", "targets", "notices"])
def test_tampered_metadata_is_refused(office, name):
    data = getattr(office.files(), name)
    tampered = data.replace(b'"version":1', b'"version":2', 1)

    assert tampered != data
    assert refusal(changed(office.files(), **{name: tampered}), office.anchor)


def test_tampered_root_is_refused(office):
    tampered = office.anchor.replace(b'"threshold":3', b'"threshold":1')

    assert refusal(changed(office.files(), roots=(tampered,)), office.anchor)


def test_tampered_index_is_refused(office):
    tampered = office.files().index.replace(b"zdxm", b"cwsz")

    assert refusal(changed(office.files(), index=tampered), office.anchor) == (
        "the index is not the one that was sealed"
    )


@pytest.mark.parametrize("name", ["timestamp", "snapshot", "targets", "notices", "index"])
@pytest.mark.parametrize(
    "content", [b"", b"{}", b"<html>log in</html>", b"[" * 60_000, b"0" * 70_000]
)
def test_rubbish_in_place_of_a_file_is_refused(office, name, content):
    assert refusal(changed(office.files(), **{name: content}), office.anchor)


@pytest.mark.parametrize("name", ["timestamp", "snapshot", "targets", "notices"])
def test_file_in_the_place_of_another_is_refused(office, name):
    files = office.files()
    other = files.snapshot if name == "timestamp" else files.timestamp

    assert "is something else" in refusal(changed(files, **{name: other}), office.anchor)


def test_space_added_to_a_file_is_refused(office):
    spaced = office.files().timestamp.replace(b'"signed":', b'"signed": ')

    assert refusal(changed(office.files(), timestamp=spaced), office.anchor) == (
        "timestamp.json is not in the form that the office writes"
    )


def test_index_that_claims_ten_gigabytes_is_refused_unread(office):
    def claim(signed):
        signed["targets"]["notices/index.json"]["length"] = 10 << 30

    files = crook.forge(office.files(), office.signers, edits={"notices": claim})

    assert refusal(files, office.anchor) == (
        "the index claims 10,737,418,240 bytes, at most 2,097,152 are read"
    )


def test_mixture_of_two_feeds_is_refused(office):
    first = office.files()
    second = office.publish(notice("周六停水"))

    for name in ("timestamp", "snapshot", "notices", "index"):
        assert refusal(changed(second, **{name: getattr(first, name)}), office.anchor)


def test_feed_of_another_village_under_the_same_names_is_refused(office):
    other = OfficeInMemory(signers=new_signers())
    other.publish(notice("周五停水"))

    assert refusal(other.files(), office.anchor) == (
        "the feed belongs to another village, or its root was replaced"
    )


def test_same_feed_again_is_not_older(office):
    shown = verify(office.files(), office.anchor).versions

    assert verify(office.files(), office.anchor, shown).versions == shown


def test_older_feed_is_told_apart_and_needs_nothing_done(office):
    older = office.files()
    shown = verify(office.publish(notice("周六停水")), office.anchor).versions

    with pytest.raises(OlderThanShown) as refused:
        verify(older, office.anchor, shown)

    assert str(refused.value) == "older than what was shown: notices, number, snapshot, timestamp"
    assert "nothing needs doing" in refused.value.advice


def test_rollback_is_refused_even_with_the_kiosks_timestamp_and_snapshot_lost(office):
    older = office.files()
    newer = office.publish(notice("周六停水"))
    shown = msgspec.structs.replace(verify(newer, office.anchor).versions, timestamp=0, snapshot=0)

    with pytest.raises(OlderThanShown, match="notices, number"):
        verify(older, office.anchor, shown)


@pytest.mark.parametrize("name", ["root", "timestamp", "snapshot", "targets", "notices", "number"])
def test_no_count_ever_goes_back(office, name):
    versions = verify(office.files(), office.anchor).versions
    shown = msgspec.structs.replace(versions, **{name: 2})

    with pytest.raises(OlderThanShown, match=name):
        verify(office.files(), office.anchor, shown)


def test_rotated_seal_counts_and_the_old_one_no_longer_does(office):
    shown = verify(office.files(), office.anchor).versions
    old = office.signers.committee_seal
    office.rotate(committee_seal=new_key("committee", "新人"))

    board = verify(office.files(), office.anchor, shown)
    with_old_seal = crook.forge(
        office.files(), office.signers, seals=(old, office.signers.supervisor_seal)
    )

    assert board.holders[0] == SealHolder(Party.COMMITTEE, "新人")
    assert refusal(with_old_seal, office.anchor) == "notices.json has 1 of 2 valid signatures"


def test_three_rotations_of_the_root_lead_back_to_the_first_anchor(office):
    shown = verify(office.files(), office.anchor).versions
    for number in range(3):
        guardians = list(office.signers.guardians)
        guardians[number] = new_key(("committee", "committee", "supervisor")[number], "新人")
        office.rotate(guardians=tuple(guardians))

    board = verify(office.files(), office.anchor, shown)

    assert board.versions == Versions(4, 4, 4, 4, 4, 4)


@pytest.mark.parametrize("gap", [slice(1, None), slice(0, 0)])
def test_chain_without_the_anchor_is_refused(office, gap):
    office.rotate(online=new_key("office", "新机器"))

    assert refusal(changed(office.files(), roots=office.files().roots[gap]), office.anchor)


def test_chain_with_a_root_left_out_is_refused(office):
    for _ in range(2):
        office.rotate(online=new_key("office", "新机器"))
    first, _, third = office.files().roots

    assert refusal(changed(office.files(), roots=(first, third)), office.anchor) == (
        "root.json number 2 does not follow the one before it"
    )


def test_root_signed_by_the_new_keys_alone_is_refused(office):
    usurper = OfficeInMemory(signers=new_signers())
    usurper.publish(notice())
    usurper.rotate(online=new_key("office", "新机器"))
    roots = (office.anchor, usurper.files().roots[1])

    assert refusal(changed(usurper.files(), roots=roots), office.anchor) == (
        "root.json number 2 has 0 of 3 valid signatures"
    )


def test_fast_forwarded_timestamp_is_recovered_from_by_a_new_online_key(office):
    def far_ahead(signed):
        signed["version"] = 1 << 40

    stolen = crook.forge(
        office.files(), office.signers, edits={"snapshot": far_ahead, "timestamp": far_ahead}
    )
    shown = verify(stolen, office.anchor).versions
    office.publish(notice("周六停水"))
    with pytest.raises(OlderThanShown):
        verify(office.files(), office.anchor, shown)

    office.rotate(online=new_key("office", "新机器"))

    assert verify(office.files(), office.anchor, shown).versions.timestamp == 3


def test_stolen_online_key_cannot_move_the_clock_beyond_the_seals(office):
    def in_2040(signed):
        signed["x-sunboard-issued"] = "2040-01-01T00:00:00Z"

    files = crook.forge(office.files(), office.signers, edits={"timestamp": in_2040})

    assert refusal(files, office.anchor) == (
        "timestamp.json was issued outside the time that the seals cover"
    )


def test_refreshed_feed_says_when_it_was_vouched_for_last(office):
    office.now = START.replace(day=28)

    board = verify(office.refresh(), office.anchor)

    assert board.issued == START.replace(day=28)
    assert board.index.issued == START


def test_feed_of_a_later_format_is_not_understood(office):
    later = encode(office.index(number=1, format=2))

    files = crook.forge(office.files(), office.signers, index=later)

    with pytest.raises(NotUnderstood, match="format 2"):
        verify(files, office.anchor)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"number": 0}, "unusable number 0"),
        ({"number": 1 << 53}, "unusable number"),
        ({"issued": START.replace(tzinfo=None)}, "in UTC"),
        ({"issued": START.astimezone(timezone(timedelta(hours=8)))}, "in UTC"),
    ],
)
def test_index_that_cannot_be_placed_in_time_is_not_understood(office, changes, reason):
    index = encode(office.index(**({"number": 1} | changes)))

    files = crook.forge(office.files(), office.signers, index=index)

    with pytest.raises(NotUnderstood, match=reason):
        verify(files, office.anchor)
