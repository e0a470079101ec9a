"""One signed metadata file: read within limits, and who really signed it.

Pure. Who has to sign what is `sync.feed.policy`; how the files fit together is `sync.feed.gate`.
"""

from datetime import UTC, datetime
from typing import Final, TypeVar

from securesystemslib.signer import Key
from tuf.api.metadata import Metadata, Root, Snapshot, Targets, Timestamp
from tuf.api.serialization import DeserializationError, SerializationError

from sync.errors import NotTrusted
from sync.feed.keys import public_value
from sync.feed.layout import METADATA_LIMIT

VERSION_LIMIT: Final = 1 << 53  # versions stay exact in every JSON reader and database
ISSUED_FIELD: Final = "x-sunboard-issued"
_TIME: Final = "%Y-%m-%dT%H:%M:%SZ"
T = TypeVar("T", Root, Timestamp, Snapshot, Targets)


def read_signed(data: bytes, kind: type[T], what: str) -> Metadata[T]:
    """Return the metadata in `data`, whose signatures are still unchecked.

    Only the bytes that the office's own serialiser would write are taken, so nothing outside the
    signed part (spaces, repeated names, extra fields) can differ between two readers.

    Raises:
        NotTrusted: it is missing, too large, of another kind or not in that form.
    """
    if not data:
        raise NotTrusted(f"{what} is missing")
    if len(data) > METADATA_LIMIT:
        raise NotTrusted(f"{what} has {len(data):,} bytes, at most {METADATA_LIMIT:,} are read")
    try:
        metadata: Metadata[T] = Metadata.from_bytes(data)
        written = metadata.to_bytes()
    except (DeserializationError, SerializationError) as error:
        raise NotTrusted(f"{what} cannot be read") from error
    signed = metadata.signed
    if type(signed) is not kind:
        raise NotTrusted(f"{what} is something else: {signed.type}")
    if written != data or metadata.unrecognized_fields:
        raise NotTrusted(f"{what} is not in the form that the office writes")
    if type(signed.version) is not int or signed.version >= VERSION_LIMIT:
        raise NotTrusted(f"{what} has an unusable version number")
    return metadata


def payload_of(metadata: Metadata[T], what: str) -> bytes:
    """Return the bytes that the signatures cover.

    Raises:
        NotTrusted: it holds what cannot be signed.
    """
    try:
        return metadata.signed_bytes
    except SerializationError as error:
        raise NotTrusted(f"{what} cannot have been signed") from error


def signers_of(
    delegator: Root | Targets, role: str, metadata: Metadata[T], what: str
) -> tuple[Key, ...]:
    """Return the keys of `role` that validly signed, each key once whatever its ids.

    Raises:
        NotTrusted: the metadata holds what cannot be signed, or there is no such role.
    """
    payload = payload_of(metadata, what)
    try:
        result = delegator.get_verification_result(role, payload, metadata.signatures)
    except ValueError as error:
        raise NotTrusted(f"nobody may sign {what}") from error
    distinct = {public_value(key): key for key in result.signed.values()}
    distinct.pop(None, None)
    return tuple(distinct.values())


def issued_of(timestamp: Timestamp) -> datetime:
    """Return when the online key last vouched for the feed (UTC).

    TUF's timestamp only says when it expires; a feed without news is issued again with a new time.

    Raises:
        NotTrusted: it does not say so.
    """
    try:
        return parse_time(timestamp.unrecognized_fields[ISSUED_FIELD])
    except (KeyError, TypeError, ValueError) as error:
        raise NotTrusted("timestamp.json does not say when it was issued") from error


def format_time(moment: datetime) -> str:
    """Return a UTC time to the second as TUF writes it."""
    return moment.astimezone(UTC).strftime(_TIME)


def parse_time(text: str) -> datetime:
    """Raises: ValueError, TypeError."""
    return datetime.strptime(text, _TIME).replace(tzinfo=UTC)
