"""The two committees' rules: every way in which keys could be arranged to get round them."""

from collections.abc import Callable
from typing import Any

import pytest

from sync.errors import NotTrusted
from sync.feed.gate import verify
from sync.feed.keys import HOLDER_FIELD, PARTY_FIELD, new_key
from tests.support import crook
from tests.support.office import OfficeInMemory, notice

Signed = dict[str, Any]


@pytest.fixture
def office() -> OfficeInMemory:
    office = OfficeInMemory()
    office.publish(notice())
    return office


def refusal(office: OfficeInMemory, role: str, edit: Callable[[Signed], None]) -> str:
    files = crook.forge(office.files(), office.signers, edits={role: edit})
    with pytest.raises(NotTrusted) as refused:
        verify(files, files.roots[0])
    return str(refused.value)


def test_root_that_two_keys_could_change_is_refused(office):
    def two_suffice(signed: Signed) -> None:
        signed["roles"]["root"]["threshold"] = 2

    assert refusal(office, "root", two_suffice) == "a role needs exactly 3 signatures"


def test_targets_that_two_keys_could_change_are_refused(office):
    def two_suffice(signed: Signed) -> None:
        signed["roles"]["targets"]["threshold"] = 2

    assert refusal(office, "root", two_suffice) == "a role needs exactly 3 signatures"


def test_threshold_that_is_no_number_is_refused(office):
    def truth(signed: Signed) -> None:
        signed["roles"]["snapshot"]["threshold"] = True

    assert refusal(office, "root", truth) == "a role needs exactly 1 signatures"


def test_root_with_three_keys_of_one_party_is_refused(office):
    def three_of_the_committee(signed: Signed) -> None:
        signed["keys"][signed["roles"]["root"]["keyids"][2]][PARTY_FIELD] = "committee"

    assert refusal(office, "root", three_of_the_committee) == (
        "root needs two different keys of each committee"
    )


def test_root_key_of_no_party_is_refused(office):
    def nobodys(signed: Signed) -> None:
        del signed["keys"][signed["roles"]["root"]["keyids"][0]][PARTY_FIELD]

    assert refusal(office, "root", nobodys) == ("a key does not say which party and person hold it")


@pytest.mark.parametrize("holder", ["", " 李示例", "李\u202e示例", "李\n示例", "李" * 41, 7])
def test_holder_whose_name_cannot_be_shown_is_refused(office, holder):
    def name(signed: Signed) -> None:
        signed["keys"][signed["roles"]["root"]["keyids"][0]][HOLDER_FIELD] = holder

    assert refusal(office, "root", name) == "a key does not say which party and person hold it"


def test_root_key_that_stands_under_two_ids_is_refused(office):
    def twice(signed: Signed) -> None:
        first, second = signed["roles"]["root"]["keyids"][:2]
        signed["keys"][second]["keyval"] = signed["keys"][first]["keyval"]

    assert refusal(office, "root", twice) == "one key stands under two ids"


def test_key_written_in_capitals_is_not_another_key(office):
    def capitals(signed: Signed) -> None:
        first, second = signed["roles"]["root"]["keyids"][:2]
        public = signed["keys"][first]["keyval"]["public"]
        signed["keys"][second]["keyval"]["public"] = public.upper()

    assert refusal(office, "root", capitals) == "a role has a key that is missing or not Ed25519"


def test_root_and_targets_with_different_keys_are_refused(office):
    def one_less(signed: Signed) -> None:
        signed["roles"]["targets"]["keyids"].pop()

    assert refusal(office, "root", one_less) == "root and targets have different keys"


def test_online_key_that_belongs_to_a_committee_is_refused(office):
    def partisan(signed: Signed) -> None:
        online = signed["roles"]["timestamp"]["keyids"][0]
        signed["keys"][online][PARTY_FIELD] = "committee"

    assert refusal(office, "root", partisan) == "the online key must not belong to a committee"


def test_online_key_with_the_value_of_a_root_key_is_refused(office):
    def same_key(signed: Signed) -> None:
        online = signed["roles"]["timestamp"]["keyids"][0]
        guardian = signed["roles"]["root"]["keyids"][0]
        signed["keys"][online]["keyval"] = signed["keys"][guardian]["keyval"]

    assert refusal(office, "root", same_key) == "the online key must not belong to a committee"


def test_different_keys_for_snapshot_and_timestamp_are_refused(office):
    def different(signed: Signed) -> None:
        signed["roles"]["snapshot"]["keyids"] = signed["roles"]["root"]["keyids"][:1]

    assert refusal(office, "root", different) == "snapshot and timestamp need one and the same key"


def test_root_that_names_an_idle_key_is_refused(office):
    def idle(signed: Signed) -> None:
        key = new_key("committee", "多余").public_key
        signed["keys"][key.keyid] = key.to_dict()

    assert refusal(office, "root", idle) == "root names keys that have no duty"


def test_feed_without_consistent_snapshots_is_refused(office):
    def inconsistent(signed: Signed) -> None:
        signed["consistent_snapshot"] = False

    assert refusal(office, "root", inconsistent) == "the feed does not use consistent snapshots"


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("threshold", 1, "a role needs exactly 2 signatures"),
        ("threshold", 3, "a role needs exactly 2 signatures"),
        ("terminating", False, "the delegation to the seals does not cover exactly the notices"),
        ("paths", ["*"], "the delegation to the seals does not cover exactly the notices"),
        ("paths", [], "the delegation to the seals does not cover exactly the notices"),
        ("name", "board", "top-level targets must delegate to 'notices' and to nobody else"),
    ],
)
def test_delegation_other_than_to_both_seals_is_refused(office, field, value, reason):
    def delegate(signed: Signed) -> None:
        signed["delegations"]["roles"][0][field] = value

    assert refusal(office, "targets", delegate) == reason


def test_second_delegation_is_refused(office):
    def second(signed: Signed) -> None:
        roles = signed["delegations"]["roles"]
        roles.append(roles[0] | {"name": "others"})

    assert refusal(office, "targets", second) == (
        "top-level targets must delegate to 'notices' and to nobody else"
    )


def test_targets_without_any_delegation_are_refused(office):
    def none(signed: Signed) -> None:
        del signed["delegations"]

    assert refusal(office, "targets", none) == (
        "top-level targets must delegate to 'notices' and to nobody else"
    )


def test_delegation_to_one_party_alone_is_refused(office):
    def one_party(signed: Signed) -> None:
        for key in signed["delegations"]["keys"].values():
            key[PARTY_FIELD] = "supervisor"

    assert refusal(office, "targets", one_party) == "the delegation lacks a key of the committee"


def test_online_key_among_the_seals_is_refused(office):
    online = office.signers.online.public_key

    def add(signed: Signed) -> None:
        signed["delegations"]["keys"][online.keyid] = online.to_dict() | {PARTY_FIELD: "committee"}
        signed["delegations"]["roles"][0]["keyids"].append(online.keyid)

    assert refusal(office, "targets", add) == "the online key must not be a seal"


def test_seals_that_delegate_further_are_refused(office):
    def delegate(signed: Signed) -> None:
        signed["delegations"] = {"keys": {}, "roles": []}

    assert refusal(office, "notices", delegate) == (
        "the seals cover something else than the one index"
    )


def test_seals_that_cover_a_second_file_are_refused(office):
    def second(signed: Signed) -> None:
        signed["targets"]["notices/other.json"] = signed["targets"]["notices/index.json"]

    assert refusal(office, "notices", second) == "the seals cover something else than the one index"


def test_snapshot_that_lists_another_role_is_refused(office):
    def other(signed: Signed) -> None:
        signed["meta"]["other.json"] = {"version": 1}

    assert refusal(office, "snapshot", other) == (
        "snapshot.json does not list exactly targets.json and notices.json"
    )


@pytest.mark.parametrize("field", ["hashes", "length"])
def test_snapshot_that_names_a_file_without_its_content_is_refused(office, field):
    def vague(signed: Signed) -> None:
        del signed["meta"]["notices.json"][field]

    assert refusal(office, "snapshot", vague) == (
        "notices.json is not the one that belongs to this feed"
    )


@pytest.mark.parametrize("version", [True, 1 << 53])
def test_version_that_cannot_be_counted_is_refused(office, version):
    def uncountable(signed: Signed) -> None:
        signed["version"] = version

    assert (
        refusal(office, "timestamp", uncountable) == "timestamp.json has an unusable version number"
    )


@pytest.mark.parametrize("issued", [None, 7, "yesterday", "2026-11-20T00:59:59Z"])
def test_timestamp_without_a_usable_time_of_issue_is_refused(office, issued):
    def unclear(signed: Signed) -> None:
        signed["x-sunboard-issued"] = issued

    assert "issued" in refusal(office, "timestamp", unclear)


def test_deputies_seal_stands_in_for_its_own_party_only(office):
    deputy = new_key("supervisor", "副手示例")
    key = deputy.public_key

    def with_deputy(signed: Signed) -> None:
        signed["delegations"]["keys"][key.keyid] = key.to_dict()
        signed["delegations"]["roles"][0]["keyids"].append(key.keyid)

    files = crook.forge(
        office.files(),
        office.signers,
        seals=(office.signers.committee_seal, deputy),
        edits={"targets": with_deputy},
    )

    assert [holder.name for holder in verify(files, office.anchor).holders] == [
        "李示例",
        "副手示例",
    ]
