"""Keys as files: encrypted, private to their owner, and never silently replaced."""

import resource
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_ssh_private_key,
)

from sync.errors import BadInput, OfficeError
from sync.feed.keys import (
    HOLDER_FIELD,
    PARTY_FIELD,
    decode_public,
    encode_public,
    generate,
    load_public,
    load_signer,
    new_key,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one key, made once: bcrypt is slow on purpose."""
    folder = tmp_path_factory.mktemp("keys")
    generate(folder, "committee", party="committee", holder="李示例", passphrase="村口的大槐树")
    return folder


def test_key_opens_with_its_passphrase_and_signs(folder):
    signer = load_signer(folder / "committee.key", "村口的大槐树")

    signature = signer.sign(b"board")

    load_public(folder / "committee.pub").verify_signature(signature, b"board")


def test_public_half_names_party_and_holder(folder):
    public = load_public(folder / "committee.pub")

    assert public.unrecognized_fields == {PARTY_FIELD: "committee", HOLDER_FIELD: "李示例"}
    assert decode_public(encode_public(public)) == public


def test_private_half_is_encrypted_and_for_its_owner_only(folder):
    path = folder / "committee.key"

    assert path.read_bytes().startswith(b"-----BEGIN OPENSSH PRIVATE KEY-----")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(TypeError, match="password"):
        load_ssh_private_key(path.read_bytes(), None)


def test_wrong_passphrase_opens_nothing(folder):
    with pytest.raises(BadInput, match="wrong passphrase"):
        load_signer(folder / "committee.key", "村口的小槐树")


def test_empty_passphrase_is_refused_when_opening(folder):
    with pytest.raises(BadInput, match="passphrase is needed"):
        load_signer(folder / "committee.key", "")


def test_empty_passphrase_is_refused_when_making(tmp_path):
    with pytest.raises(BadInput, match="needs a passphrase"):
        generate(tmp_path, "committee", party="committee", holder="李示例", passphrase="")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "../escape", "Committee", "a/b", "x" * 65])
def test_key_name_that_is_no_plain_name_is_refused(tmp_path, name):
    with pytest.raises(BadInput, match="not an acceptable key name"):
        generate(tmp_path, name, party="committee", holder="李示例", passphrase="x")


@pytest.mark.parametrize("holder", ["", " 李示例", "李\u202e示例", "李\n示例", "李" * 41])
def test_holder_whose_name_cannot_be_shown_is_refused(holder):
    with pytest.raises(BadInput):
        new_key("committee", holder)


def test_unknown_party_is_refused():
    with pytest.raises(BadInput, match="unknown party"):
        new_key("township", "李示例")


def test_existing_key_is_never_replaced(folder):
    before = (folder / "committee.key").read_bytes()

    with pytest.raises(BadInput, match="not replaced"):
        generate(folder, "committee", party="supervisor", holder="王示例", passphrase="y")

    assert (folder / "committee.key").read_bytes() == before


def test_halves_that_do_not_belong_together_are_refused(folder, tmp_path):
    (tmp_path / "committee.key").write_bytes((folder / "committee.key").read_bytes())
    (tmp_path / "committee.pub").write_bytes(
        encode_public(new_key("committee", "李示例").public_key)
    )

    with pytest.raises(BadInput, match="private and public half differ"):
        load_signer(tmp_path / "committee.key", "村口的大槐树")


def test_key_without_encryption_is_refused(tmp_path):
    private = Ed25519PrivateKey.generate()
    (tmp_path / "open.key").write_bytes(
        private.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    )
    (tmp_path / "open.pub").write_bytes(encode_public(new_key("committee", "李示例").public_key))

    with pytest.raises(BadInput, match="not encrypted"):
        load_signer(tmp_path / "open.key", "x")


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[" * 9_000, b"\xff\xfe", b"x" * 20_000, b'{"keyid": "1", "key": {}}']
)
def test_rubbish_is_no_public_key(tmp_path, content):
    (tmp_path / "committee.pub").write_bytes(content)

    with pytest.raises(BadInput):
        load_public(tmp_path / "committee.pub")


def test_damaged_private_half_is_refused(folder, tmp_path):
    (tmp_path / "committee.pub").write_bytes((folder / "committee.pub").read_bytes())
    (tmp_path / "committee.key").write_bytes((folder / "committee.key").read_bytes()[:200])

    with pytest.raises(BadInput, match="damaged key"):
        load_signer(tmp_path / "committee.key", "村口的大槐树")


def test_missing_key_is_named(tmp_path):
    with pytest.raises(BadInput, match=r"committee\.pub"):
        load_signer(tmp_path / "committee.key", "x")


def test_folder_that_cannot_be_written_is_said_to(tmp_path):
    (tmp_path / "keys").write_text("a file in the place of the folder")

    with pytest.raises(OfficeError, match="cannot be written"):
        generate(tmp_path / "keys", "committee", party="committee", holder="李示例", passphrase="x")


def test_full_disk_leaves_no_half_of_a_key(tmp_path):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (420, hard))  # bytes: room for .pub alone
    try:
        with pytest.raises(OfficeError, match=r"committee\.key \(no room left"):
            generate(tmp_path, "committee", party="committee", holder="李", passphrase="x")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert list(tmp_path.iterdir()) == []
