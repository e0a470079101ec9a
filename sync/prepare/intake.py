"""Files as they are handed in: opened without trusting their name, told apart by their bytes.

Reads ordinary files only, each once and bounded, and says what it holds. What the content means is
the business of the neighbours: `sheets`, `documents`, `texts`, `pictures`, `pages`.
"""

import errno
import os
import re
import stat
import zipfile
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Final

from sync.errors import BadInput, reason_of

FILE_LIMIT: Final = 64 << 20  # bytes of one file handed in
_CONTAINER_LIMIT: Final = 4_000  # parts; honest files have fewer than two hundred
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # compound file: .xls, .doc, encrypted
_HEIF_BRANDS: Final = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
_FORBIDDEN_IN_NAMES: Final = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


class Kind(StrEnum):
    """What a file holds; the value is its Chinese name."""

    SHEET = "电子表格"
    DOCUMENT = "文字文档"
    PDF = "PDF"
    PICTURE = "图片"
    TEXT = "文本"


_SUFFIXES: Final = {
    ".xlsx": Kind.SHEET,
    ".docx": Kind.DOCUMENT,
    ".pdf": Kind.PDF,
    ".md": Kind.TEXT,
    ".txt": Kind.TEXT,
    **dict.fromkeys(
        (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp"),
        Kind.PICTURE,
    ),
}


def read_bytes(path: Path, *, limit: int = FILE_LIMIT) -> bytes:
    """Return the content of an ordinary file of at most `limit` bytes.

    Raises:
        BadInput: it is missing, empty, too large, unreadable, a link, a folder, a pipe or a device.
    """
    try:
        # Non-blocking: opening a pipe nobody writes to would wait for ever.
        handle = os.open(
            path,
            os.O_RDONLY
            | getattr(os, "O_NOFOLLOW", 0)
            | getattr(os, "O_NONBLOCK", 0)
            | getattr(os, "O_BINARY", 0),
        )
    except OSError as error:
        raise _not_opened(path, error) from error
    try:
        _check_ordinary(path, os.fstat(handle))
        with os.fdopen(handle, "rb", closefd=False) as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise _not_opened(path, error) from error
    finally:
        os.close(handle)
    if not data:
        raise BadInput(f"{path.name}：文件是空的 (the file is empty)")
    if len(data) > limit:
        raise BadInput(
            f"{path.name}：文件超过 {limit >> 20} MB (the file is larger than {limit >> 20} MB)"
        )
    return data


def kind_of(data: bytes, name: str) -> Kind:
    """Tell by its first bytes what a file holds; `name` is only compared with the finding.

    Raises:
        BadInput: it is of a kind that isn't read, or its name claims another kind.
    """
    kind = _kind_by_content(data, name)
    claimed = _SUFFIXES.get(Path(name).suffix.lower())
    if claimed is not None and claimed is not kind:
        raise BadInput(
            f"{name}：文件名说是{claimed}，内容却是{kind}，请核对是否拿错了文件"
            f" (the name says {claimed.name.lower()}, the content is {kind.name.lower()})"
        )
    return kind


def plain_name(name: str, where: str) -> str:
    """Return `name` if it is the bare name of a file in the same folder.

    Raises:
        BadInput: it leads elsewhere (a path, a drive, a hidden file) or holds odd characters.
    """
    if not name or len(name) > 120 or name.startswith(".") or _FORBIDDEN_IN_NAMES.search(name):
        raise BadInput(
            f"{where}：{name[:60]!r} 不是同一文件夹里的文件名，请只写文件名"
            " (not the bare name of a file in the same folder)"
        )
    return name


def _not_opened(path: Path, error: OSError) -> BadInput:
    reasons = {
        errno.ENOENT: "找不到这个文件 (no such file)",
        errno.ELOOP: "这是一个链接，请用原文件 (a link, use the file itself)",
        errno.EACCES: "没有权限打开 (no permission)",
        errno.EISDIR: "这是一个文件夹 (a folder)",
        errno.ENXIO: "这不是普通文件 (not an ordinary file)",
    }
    reason = reasons.get(error.errno or 0, f"打不开：{reason_of(error)} (cannot be opened)")
    return BadInput(f"{path.name or path}：{reason}")


def _check_ordinary(path: Path, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise BadInput(f"{path.name or path}：这是一个文件夹 (a folder)")
    if not stat.S_ISREG(status.st_mode):
        raise BadInput(f"{path.name}：这不是普通文件 (not an ordinary file)")


def _kind_by_content(data: bytes, name: str) -> Kind:
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_container(data, name)
    if data.startswith(_OLD_OFFICE):
        raise _old_office(data, name)
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if _is_picture(data):
        return Kind.PICTURE
    _refuse_foreign(data, name)
    return Kind.TEXT


def _is_picture(data: bytes) -> bool:
    return (
        data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*"))
        or (data.startswith(b"RIFF") and data[8:12] == b"WEBP")
        or (data.startswith(b"BM") and data[6:10] == b"\0\0\0\0")
    )


def _refuse_foreign(data: bytes, name: str) -> None:
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        raise BadInput(
            f"{name}：这是苹果手机的 HEIC 照片，请在手机上改存为 JPEG 再用"
            " (a HEIC photo, save it as JPEG)"
        )
    if data.startswith((b"GIF87a", b"GIF89a")):
        raise BadInput(f"{name}：不收 GIF 动图，请存为 PNG 或 JPEG (a GIF, save it as PNG or JPEG)")
    if data.startswith(b"{\\rtf"):
        raise BadInput(f"{name}：这是 RTF 文档，请另存为 .docx (an RTF file, save it as .docx)")
    if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        raise BadInput(
            f"{name}：这是网页或 XML 文件，请另存为 .xlsx 或 .docx"
            " (a web page or XML file, save it as .xlsx or .docx)"
        )
    if name.lower().endswith(".csv"):
        raise BadInput(f"{name}：请用表格软件另存为 .xlsx (a CSV file, save it as .xlsx)")


def _old_office(data: bytes, name: str) -> BadInput:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return BadInput(
            f"{name}：文件设了打开密码，请去掉密码再用 (protected by a password, remove it)"
        )
    written = "WordDocument".encode("utf-16-le") in data or name.lower().endswith((".doc", ".wps"))
    suffix = ".docx" if written else ".xlsx"
    return BadInput(
        f"{name}：这是旧格式文件，请用办公软件“另存为”{suffix} (an old format, save it as {suffix})"
    )


def _kind_of_container(data: bytes, name: str) -> Kind:
    # Before zipfile makes an object for each of a million parts.
    if data.count(b"PK\x01\x02") > _CONTAINER_LIMIT:
        raise BadInput(f"{name}：文件内部的部分太多，不予读取 (too many parts inside)")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise BadInput(f"{name}：文件已损坏或不完整 (the file is damaged or cut off)") from error
    if "[Content_Types].xml" in names:
        if any(part.lower().startswith("xl/workbook") for part in names):
            return Kind.SHEET
        if any(part.lower().startswith("word/document") for part in names):
            return Kind.DOCUMENT
    raise BadInput(
        f"{name}：这是压缩包或其他软件的文件，请另存为 .xlsx 或 .docx"
        " (an archive or another program's file, save it as .xlsx or .docx)"
    )
