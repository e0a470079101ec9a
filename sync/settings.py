"""The settings file of a kiosk: one TOML file, read once into frozen structures.

All problems are told together, in plain words, with the key's path and line. Here are the reading
and the two tables that syncing needs; the tables of the device are `kiosk.settings`.
"""

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from sync.checking import check_tables, lines_of, place_of, tell
from sync.errors import BadInput, SunboardError
from sync.notices import ID_PATTERN, clean_text

FILE_LIMIT: Final = 64 << 10  # bytes


class BadSettings(SunboardError):
    """The settings file has problems; the message has one line for each of them."""

    advice = "Correct the named lines of the settings file, then start the program again."


def is_http(address: str) -> bool:
    """Say whether `address` is a complete http or https address without a password in it."""
    if not address.isascii() or not address.isprintable() or " " in address:
        return False
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"} and bool(parts.hostname) and port != 0
        and parts.username is None and parts.password is None and not parts.fragment
    )  # fmt: skip


def is_shown(text: str) -> bool:
    """Say whether `text` is one line of visible characters without blanks at its ends."""
    try:
        return clean_text(text, "") == text and "\n" not in text and bool(text)
    except BadInput:
        return False


Id = Annotated[
    str,
    Meta(
        pattern=f"^{ID_PATTERN.pattern}$",
        extra={
            "words": "小写字母、数字和 -，最多 64 个 (lower-case letters, digits and -, at most 64)"
        },
    ),
]
Name = Annotated[
    str,
    Meta(
        max_length=40,
        extra={"words": "1 到 40 个字，一行 (one line of 1 to 40 characters)", "check": is_shown},
    ),
]
Url = Annotated[
    str,
    Meta(
        max_length=2000,
        extra={
            "words": "网址，以 http:// 或 https:// 开头，不带密码"
            " (an http or https address without a password)",
            "check": is_http,
        },
    ),
]


Hub = Annotated[
    str,
    Meta(
        max_length=2000,
        extra={
            "words": '网址，以 http:// 或 https:// 开头，不带密码；没有就写 ""'
            ' (an http or https address without a password, or "")',
            "check": lambda text: not text or is_http(text),
        },
    ),
]


class KioskTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[kiosk]`: which kiosk this is, and where it keeps its things."""

    id: Id
    name: Name
    village: Id
    data: Path = Path("/var/lib/sunboard")
    run: Path = Path("/run/sunboard")
    language: Literal["zh", "en"] = "zh"

    @property
    def database(self) -> Path:
        """The one SQLite file in which the kiosk's programs meet."""
        return self.data / "sunboard.db"


class SyncTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[sync]`: where notices come from, how much of the past is kept, where evidence goes."""

    sources: Annotated[tuple[Url, ...], Meta(max_length=8)] = ()
    anchor: Path = Path("/etc/sunboard/root.json")
    interval_minutes: Annotated[int, Meta(ge=1, le=1440)] = 15
    archive_months: Annotated[int, Meta(ge=1, le=600)] = 24
    outbox: Hub = ""


def load_tables(
    path: Path, tables: Mapping[str, type[msgspec.Struct]], others: Collection[str] = ()
) -> Mapping[str, Any]:
    """Return the checked structure of every name in `tables`; a table left out has its defaults.

    Tables named in `others` belong to other programs: they may stand in the file and aren't checked.

    Raises:
        BadSettings: the file can't be read or anything in it is wrong; every problem is listed.
    """
    text = _read(path)
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also a number of 5,000 digits
        raise BadSettings(
            f"{path}：{place_of(error)}不是正确的 TOML 写法 (not a TOML file: {error})"
        ) from error
    built, problems = check_tables(data, tables, others)
    if problems:
        raise BadSettings(tell(problems, lines_of(text), str(path)))
    return built


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(FILE_LIMIT + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadSettings(f"{path}：读不了设置文件 (cannot be read): {reason}") from error
    if len(data) > FILE_LIMIT:
        raise BadSettings(f"{path}：设置文件超过 64 KB (larger than 64 kB)")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSettings(f"{path}：设置文件不是 UTF-8 编码 (not UTF-8)") from error
