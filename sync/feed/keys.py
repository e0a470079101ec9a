"""The keys behind the seals: made, kept encrypted, opened with a passphrase.

A private key is an OpenSSH file under bcrypt, its public half JSON beside it. Which keys a feed
needs and what they may sign is `sync.feed.policy`.
"""

import re
from pathlib import Path
from typing import Any, Final

import msgspec
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PrivateFormat,
    load_ssh_private_key,
)
from securesystemslib.signer import CryptoSigner, Key, Signer, SSlibKey

from sync.errors import BadInput, OfficeError, reason_of
from sync.feed.durable import write_file
from sync.notices import ID_PATTERN, clean_text

ONLINE: Final = "office"  # the party of the key that signs versions, never notices
PARTIES: Final = frozenset({"committee", "supervisor", ONLINE})
PARTY_FIELD: Final = "x-sunboard-party"
HOLDER_FIELD: Final = "x-sunboard-holder"
HOLDER_LIMIT: Final = 40  # characters
_KEY_FILE_LIMIT: Final = 16 << 10  # bytes
_BCRYPT_ROUNDS: Final = 64  # 0.4 s on an office PC, four times OpenSSH's default
_PUBLIC: Final = re.compile(r"[0-9a-f]{64}")

PublicKey = SSlibKey
__all__ = ["HOLDER_FIELD", "ONLINE", "PARTY_FIELD", "PublicKey", "Signer"]


class _KeyFile(msgspec.Struct, forbid_unknown_fields=True):
    keyid: str
    key: dict[str, Any]


def new_key(party: str, holder: str) -> CryptoSigner:
    """Return a new Ed25519 key in memory; its public half names party and holder, signed with it.

    Raises:
        BadInput: an unknown party, or a holder without a readable name.
    """
    return _with_fields(Ed25519PrivateKey.generate(), party, holder)


def generate(folder: Path, name: str, *, party: str, holder: str, passphrase: str) -> PublicKey:
    """Make a key pair: `<name>.key` (encrypted, mode 0600) and `<name>.pub` in `folder`.

    Raises:
        BadInput: an empty passphrase, a bad name, party or holder, or a key of that name exists.
        OfficeError: the folder cannot be written.
    """
    if not passphrase:
        raise BadInput("密钥必须设口令 (a key needs a passphrase)")
    if not ID_PATTERN.fullmatch(name):
        raise BadInput(f"密钥名 {name!r} 只能用小写字母、数字和连字符 (not an acceptable key name)")
    private_path, public_path = folder / f"{name}.key", folder / f"{name}.pub"
    for path in (private_path, public_path):
        if path.exists():
            raise BadInput(f"{path.name} 已存在，不会覆盖 (exists already and is not replaced)")
    private = Ed25519PrivateKey.generate()
    public = _with_fields(private, party, holder).public_key
    encryption = (
        PrivateFormat.OpenSSH.encryption_builder()
        .kdf_rounds(_BCRYPT_ROUNDS)
        .build(passphrase.encode())
    )
    encrypted = private.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, encryption)
    write_file(public_path, encode_public(public))
    try:
        write_file(private_path, encrypted, mode=0o600)
    except OfficeError:
        public_path.unlink(missing_ok=True)
        raise
    return public


def load_signer(path: Path, passphrase: str) -> Signer:
    """Open a private key; its public half is the `.pub` beside it.

    Raises:
        BadInput: no such key, a wrong passphrase, an unencrypted key, or halves that differ.
    """
    if not passphrase:
        raise BadInput(f"{path.name}：请输入口令 (a passphrase is needed)")
    public = load_public(path.with_suffix(".pub"))
    data = _read(path)
    try:
        private = load_ssh_private_key(data, passphrase.encode())
    except TypeError as error:
        raise BadInput(f"{path.name}：密钥没有加密 (the key is not encrypted)") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise BadInput(
            f"{path.name}：口令不对，或密钥损坏 (wrong passphrase or damaged key)"
        ) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise BadInput(f"{path.name}：不是 Ed25519 密钥 (not an Ed25519 key)")
    if private.public_key().public_bytes_raw().hex() != public_value(public):
        raise BadInput(f"{path.name}：私钥和 .pub 不是一对 (private and public half differ)")
    return CryptoSigner(private, public)


def load_public(path: Path) -> PublicKey:
    """Read a `.pub` file.

    Raises:
        BadInput: it is missing or no public key of ours.
    """
    return decode_public(_read(path), path.name)


def encode_public(key: PublicKey) -> bytes:
    """Return the JSON of a public key with its id, party and holder."""
    return msgspec.json.format(msgspec.json.encode(_KeyFile(key.keyid, key.to_dict())), indent=2)


def decode_public(data: bytes, where: str = "公钥") -> PublicKey:
    """Return the public key in this JSON.

    Raises:
        BadInput: it is no public key of ours.
    """
    try:
        found = msgspec.json.decode(data, type=_KeyFile)
        key = Key.from_dict(found.keyid, found.key)
    except (msgspec.DecodeError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadInput(f"{where}：不是公钥文件 (not a public key file)") from error
    if not isinstance(key, SSlibKey) or public_value(key) is None or party_of(key) is None:
        raise BadInput(f"{where}：不是本系统的公钥 (not a public key of this system)")
    return key


def public_value(key: Key) -> str | None:
    """Return the key itself, whatever its id says: 64 hex digits; None if it is not Ed25519."""
    value = key.keyval.get("public") if isinstance(key.keyval, dict) else None
    if (key.keytype, key.scheme) != ("ed25519", "ed25519") or not isinstance(value, str):
        return None
    return value if _PUBLIC.fullmatch(value) else None


def party_of(key: Key) -> str | None:
    """Return the party that the delegator says holds the key, None if it names none we know."""
    party = key.unrecognized_fields.get(PARTY_FIELD)
    return party if isinstance(party, str) and party in PARTIES else None


def holder_of(key: Key) -> str | None:
    """Return the name under which the holder is shown, None if it is not one to be shown."""
    holder = key.unrecognized_fields.get(HOLDER_FIELD)
    try:
        return _readable(holder) if isinstance(holder, str) else None
    except BadInput:
        return None


def _readable(holder: str) -> str:
    clean = clean_text(holder, "持有人 (holder)")
    if not clean or clean != holder or "\n" in clean or len(clean) > HOLDER_LIMIT:
        raise BadInput(
            f"持有人姓名须为 1 至 {HOLDER_LIMIT} 字的一行 (the holder's name must be one line)"
        )
    return clean


def _with_fields(private: Ed25519PrivateKey, party: str, holder: str) -> CryptoSigner:
    if party not in PARTIES:
        raise BadInput(f"没有 {party!r} 这一方 (unknown party)")
    public = SSlibKey.from_crypto(private.public_key())
    public.unrecognized_fields.update({PARTY_FIELD: party, HOLDER_FIELD: _readable(holder)})
    return CryptoSigner(private, public)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_KEY_FILE_LIMIT + 1)
    except OSError as error:
        raise BadInput(f"{path.name}：读不了：{reason_of(error)} (cannot be read)") from error
    if len(data) > _KEY_FILE_LIMIT:
        raise BadInput(f"{path.name}：文件太大，不是密钥 (too large for a key)")
    return data
