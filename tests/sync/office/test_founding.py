"""init: seven encrypted keys, the anchor, the village's file; a whole office or none."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import msgspec
import pytest

from sync.errors import BadInput, OfficeError
from sync.feed import keys
from sync.office import Duty, Holders, Office
from tests.sync.office.conftest import HOLDERS, START, VILLAGE


def choose(party: str) -> str:
    return f"{party}-pass"


@contextmanager
def files_of_at_most(length: int) -> Iterator[None]:
    """Let the kernel refuse longer files, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (length, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(keys, "_BCRYPT_ROUNDS", 1)


def test_new_office_has_seven_encrypted_keys_for_their_owner_only(tmp_path):
    office = Office.init(tmp_path / "office", VILLAGE, HOLDERS, choose=choose, now=lambda: START)

    private = sorted((office.folder / "keys").glob("*.key"))
    assert [path.stem for path in private] == sorted(duty.value for duty in Duty)
    assert {path.stat().st_mode & 0o777 for path in private} == {0o600}
    assert all(b"BEGIN OPENSSH PRIVATE KEY" in path.read_bytes() for path in private)
    assert (office.folder / "keys").stat().st_mode & 0o777 == 0o700
    assert office.village == VILLAGE
    assert office.anchor.is_file()


def test_key_opens_with_its_own_partys_passphrase_only(tmp_path):
    office = Office.init(tmp_path / "office", VILLAGE, HOLDERS, choose=choose, now=lambda: START)
    path = office.folder / "keys/supervisor-seal.key"

    with pytest.raises(BadInput, match="passphrase"):
        keys.load_signer(path, "committee-pass")

    assert keys.load_signer(path, "supervisor-pass")


def test_folder_in_use_is_refused_and_untouched(tmp_path):
    (tmp_path / "letter.txt").write_text("dear")

    with pytest.raises(BadInput, match="not empty"):
        Office.init(tmp_path, VILLAGE, HOLDERS, choose=choose)

    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_empty_folder_may_become_the_office(tmp_path):
    (tmp_path / "office").mkdir()

    Office.init(tmp_path / "office", VILLAGE, HOLDERS, choose=choose, now=lambda: START)

    assert [path.name for path in tmp_path.iterdir()] == ["office"]


@pytest.mark.parametrize("spoilt", ["short", "village", "holder"])
def test_nothing_is_left_when_something_is_not_acceptable(tmp_path, spoilt):
    village = msgspec.structs.replace(VILLAGE, id="../x") if spoilt == "village" else VILLAGE
    holders = Holders("李\u202e示例", "王示例") if spoilt == "holder" else HOLDERS

    with pytest.raises(BadInput):
        Office.init(
            tmp_path / "office",
            village,
            holders,
            choose=(lambda _: "1234567") if spoilt == "short" else choose,
        )

    assert list(tmp_path.iterdir()) == []


def test_one_person_cannot_hold_both_seals(tmp_path):
    with pytest.raises(BadInput, match="one person"):
        Office.init(tmp_path / "office", VILLAGE, Holders("李示例", "李 示例"), choose=choose)

    assert list(tmp_path.iterdir()) == []


def test_office_is_not_founded_by_a_dead_clock(tmp_path):
    then = datetime(2009, 1, 1, tzinfo=UTC)

    with pytest.raises(OfficeError, match="2009-01-01"):
        Office.init(tmp_path / "office", VILLAGE, HOLDERS, choose=choose, now=lambda: then)

    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_when_the_disk_gives_out(tmp_path):
    with files_of_at_most(300), pytest.raises(OfficeError, match="no room"):
        Office.init(tmp_path / "office", VILLAGE, HOLDERS, choose=choose)

    assert list(tmp_path.iterdir()) == []


def test_folder_that_is_no_office_is_named(tmp_path):
    with pytest.raises(OfficeError, match="not an office folder"):
        Office(tmp_path).status()

    assert list(tmp_path.iterdir()) == []
