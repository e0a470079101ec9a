"""A pack as one file: a plain ZIP that every computer opens, with only one way to write it. Pure.

Members are stored uncompressed in order of name, with one date. Reading takes the file apart strictly
and puts it together again: what isn't the same to the last byte was not written here. So no member can
be a bomb, lead out of its folder, come twice or hide behind another.
"""

import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import Final

from sync.errors import SunboardError

PARCEL_LIMIT: Final = 256 << 20  # bytes of a pack; five years of evidence come to half of it
MEMBERS_LIMIT: Final = 20_000
NAME: Final = re.compile(
    r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}){0,4}"
)
_LOCAL: Final = struct.Struct("<4sHHHHHIIIHH")
_LISTED: Final = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END: Final = struct.Struct("<4sHHHHIIH")
_DATE: Final = 0x5C21  # 2026-01-01: ZIP has no time zones, so no pack says when it was made there
_UNIX_FILE: Final = 0o100644 << 16


class NoPack(SunboardError):
    """The file is no pack, or not as it was made."""

    advice = "请重新向公示屏要一份。Ask for the pack again, from the kiosk itself."


def wrap(members: Mapping[str, bytes]) -> bytes:
    """Return the members as a pack. Raises: NoPack: a name or the size is out of bounds."""
    parts, listed, at = [], [], 0
    _check(members)
    for name, data in sorted(members.items()):
        encoded, crc, size = name.encode("ascii"), zlib.crc32(data), len(data)
        common = (20, 0, 0, 0, _DATE, crc, size, size, len(encoded), 0)
        local = _LOCAL.pack(b"PK\3\4", *common) + encoded
        entry = _LISTED.pack(b"PK\1\2", 0x314, *common, 0, 0, 0, _UNIX_FILE, at)
        parts += [local, data]
        listed.append(entry + encoded)
        at += len(local) + size
    directory = b"".join(listed)
    end = _END.pack(b"PK\5\6", 0, 0, len(listed), len(listed), len(directory), at, 0)
    return b"".join([*parts, directory, end])


def unwrap(pack: bytes) -> dict[str, bytes]:
    """Return the members of a pack. Raises: NoPack."""
    if len(pack) > PARCEL_LIMIT:
        raise NoPack(f"文件太大：{len(pack):,} 字节 (too large for a pack)")
    members: dict[str, bytes] = {}
    for name, data in _members(pack):
        if name in members or len(members) >= MEMBERS_LIMIT:
            raise NoPack(f"文件里的 {name} 重复，或文件太多 (twice there, or too many)")
        members[name] = data
    if wrap(members) != pack:
        raise NoPack("文件不是公示屏做出来的那个样子 (not as a kiosk makes a pack)")
    return members


def _members(pack: bytes) -> Iterator[tuple[str, bytes]]:
    at = 0
    while pack[at : at + 4] == b"PK\3\4":
        try:
            fields = _LOCAL.unpack_from(pack, at)
        except struct.error as error:
            raise NoPack("文件不完整 (the file is cut off)") from error
        size, length = fields[8], fields[9]
        start = at + _LOCAL.size + length
        name = pack[at + _LOCAL.size : start].decode("ascii", "replace")
        if start + size > len(pack):
            raise NoPack("文件不完整 (the file is cut off)")
        yield name, pack[start : start + size]
        at = start + size
    if at == 0:
        raise NoPack("这不是检查包 (this is no inspection pack)")


def _check(members: Mapping[str, bytes]) -> None:
    wrong = next((name for name in members if not NAME.fullmatch(name)), None)
    if wrong is not None:
        raise NoPack(f"文件名不合规则：{wrong[:80]!r} (not an acceptable name)")
    if len(members) > MEMBERS_LIMIT or sum(map(len, members.values())) > PARCEL_LIMIT:
        raise NoPack("检查包太大，请把日期缩短 (too large: ask for fewer days)")
