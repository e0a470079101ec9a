"""A key changes: the feed goes on, the old key is worth nothing, nobody does it alone."""

import pytest

from sync.errors import BadInput, NotAllowed, NotTrusted
from sync.feed import gate
from sync.feed.writing import read_feed
from sync.notices import Party
from sync.office import Duty, Outcome


def rotate(desk, duty: Duty, **more):
    return desk.office.rotate(duty, confirm=lambda _: True, **more)


@pytest.mark.parametrize("duty", list(Duty))
def test_feed_goes_on_after_any_key_is_replaced(desk, duty):
    desk.publish("water")

    made = rotate(desk, duty)

    assert made.name == f"{duty.value}-2.key"
    assert desk.hanging() == [("water", 1)]
    desk.publish("road")
    assert desk.hanging() == [("water", 1), ("road", 1)]


def test_new_seal_carries_its_new_holders_name(desk):
    desk.publish()

    rotate(desk, Duty.COMMITTEE_SEAL, holder="孙示例")

    holders = desk.feed().board.holders
    assert [holder.name for holder in holders] == ["孙示例", "王示例"]


def test_seal_does_not_pass_to_somebody_of_the_other_committee(desk):
    desk.publish()

    with pytest.raises(NotAllowed, match="other committee"):
        rotate(desk, Duty.COMMITTEE_SEAL, holder="王*例")

    assert not (desk.folder / "keys/committee-seal-2.key").exists()


def test_kiosk_refuses_what_came_before_the_new_seal(desk):
    desk.publish()
    before = read_feed(desk.office.feed)
    rotate(desk, Duty.SUPERVISOR_SEAL)
    shown = desk.feed().board.versions

    with pytest.raises(NotTrusted):
        gate.verify(before, desk.office.anchor.read_bytes(), shown)


def test_new_seal_covers_nothing_but_what_hangs(desk):
    desk.publish("water")
    desk.ready("road")
    shown = []

    desk.office.rotate(Duty.COMMITTEE_SEAL, confirm=lambda seen: not shown.append(seen))

    assert not shown[0]
    assert shown[0].unchanged == 1
    assert desk.hanging() == [("water", 1)]


def test_seal_holder_who_says_no_keeps_the_old_seal(desk):
    desk.publish()

    assert desk.office.rotate(Duty.COMMITTEE_SEAL, confirm=lambda _: False) is None

    assert not list((desk.folder / "keys").glob("*-2.*"))


def test_proposal_under_the_old_seal_is_void_after_the_change(desk):
    desk.publish()
    desk.ready("road")
    desk.seal(Party.COMMITTEE)

    rotate(desk, Duty.COMMITTEE_SEAL)

    assert desk.office.status().first_seal is None
    assert desk.seal() is Outcome.PUBLISHED


def test_lost_root_key_is_replaced_with_the_three_others(desk):
    desk.publish()
    (desk.folder / "keys/committee-root-a.key").unlink()

    rotate(desk, Duty.COMMITTEE_ROOT_A)
    rotate(desk, Duty.COMMITTEE_SEAL)

    assert desk.hanging() == [("water", 1)]


def test_one_committee_alone_cannot_change_a_key(desk):
    desk.publish()
    for name in ("supervisor-root-a.key", "supervisor-root-b.key"):
        (desk.folder / "keys" / name).unlink()

    with pytest.raises(NotAllowed, match="three of the four"):
        rotate(desk, Duty.SUPERVISOR_SEAL)

    assert not list((desk.folder / "keys").glob("*-2.*"))


def test_wrong_passphrase_changes_no_key(desk):
    desk.publish()
    desk.said["supervisor"] = "guessed-wrong"

    with pytest.raises(BadInput, match="passphrase"):
        rotate(desk, Duty.COMMITTEE_SEAL)

    assert not list((desk.folder / "keys").glob("*-2.*"))


def test_online_key_gets_a_passphrase_of_its_own_choice(desk):
    desk.publish()
    before = desk.office
    desk.office = desk.open(choose=lambda party: "another-office-pass")

    rotate(desk, Duty.ONLINE)

    desk.office = before
    with pytest.raises(BadInput, match="passphrase"):
        desk.office.refresh()
    desk.said["office"] = "another-office-pass"
    desk.office.refresh()


def test_new_seal_does_not_open_with_the_old_passphrase(desk):
    desk.publish()
    before = desk.office
    desk.office = desk.open(choose=lambda keeper: "the-new-holder's")
    rotate(desk, Duty.SUPERVISOR_SEAL, holder="孙示例")

    desk.office = before
    desk.ready("road")
    with pytest.raises(BadInput, match="passphrase"):
        desk.seal()
    desk.said["supervisor"] = "the-new-holder's"
    assert desk.seal(Party.SUPERVISOR) is Outcome.PUBLISHED


def test_forgotten_passphrase_is_mended_with_the_envelope(desk, tmp_path):
    desk.publish()
    del desk.said["committee"]
    (desk.folder / "keys/committee-root-a.key").rename(tmp_path / "useless.key")
    desk.office = desk.open(choose=lambda keeper: "a new one, written down")

    made = rotate(desk, Duty.COMMITTEE_SEAL)

    assert made.name == "committee-seal-2.key"
    assert desk.hanging() == [("water", 1)]


def test_key_before_the_first_board_is_not_replaced(desk):
    with pytest.raises(NotAllowed, match="nothing is published"):
        rotate(desk, Duty.ONLINE)


@pytest.mark.parametrize("lost", ["committee-root-a", "committee-root-b"])
def test_root_key_whose_files_are_all_gone_is_told_from_its_twin(desk, lost):
    desk.publish()
    for path in (desk.folder / "keys").glob(f"{lost}.*"):
        path.unlink()

    rotate(desk, Duty(lost))

    desk.publish("road")
    assert desk.hanging() == [("water", 1), ("road", 1)]


def test_lost_twins_cannot_be_told_apart(desk):
    desk.publish()
    for path in (desk.folder / "keys").glob("committee-root-*.pub"):
        path.unlink()

    with pytest.raises(NotAllowed, match="which key"):
        rotate(desk, Duty.COMMITTEE_ROOT_A)
