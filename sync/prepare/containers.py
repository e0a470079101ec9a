"""What is inside an .xlsx or .docx, proved harmless before any library parses it.

Both are zip archives of XML parts. Refused here: bombs, names that lead elsewhere, passwords,
document types and entities, macros, embedded objects, links to other files. The meaning of the
parts is `sheets` and `documents`.
"""

import re
import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO
from typing import Final

from sync.errors import BadInput

PARTS_LIMIT: Final = 2_000
PART_LIMIT: Final = 32 << 20  # bytes of one part, uncompressed
XML_LIMIT: Final = 16 << 20  # bytes of one XML part: a ledger of 20,000 rows takes 10 MB …
TAGS_LIMIT: Final = 1_200_000  # … and a million tags; parsing costs time and memory by the tag
TOTAL_LIMIT: Final = 160 << 20
RATIO_LIMIT: Final = 200  # honest sheets stay below 60
RATIO_FROM: Final = 1 << 20  # smaller parts may compress as well as they like

# What a damaged or forged file makes openpyxl, python-docx, lxml and zipfile raise.
DAMAGE: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)

_XML_STARTS: Final = (
    b"<",
    b" ",
    b"\t",
    b"\r",
    b"\n",
    b"\0<",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff",
)
_SAFE_NAME: Final = re.compile(r"[^\x00-\x1f\x7f\\:]+")
_ENCODING: Final = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']*)["']""")
_RELATIONSHIP: Final = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_EXTERNAL: Final = re.compile(r"""TargetMode\s*=\s*["']External["']""")
_HYPERLINK: Final = re.compile(r"""Type\s*=\s*["'][^"']*/hyperlink["']""")

# Parts that hold more than the sheet or the text that people see; the first match speaks.
_REFUSED_PARTS: Final = (
    ("vbaproject", "宏", "另存为不含宏的文件", "macros, save without them"),
    ("/activex/", "控件", "删去控件", "controls, delete them"),
    ("/ctrlprops/", "控件", "删去控件", "controls, delete them"),
    ("/externallinks/", "链接其他文件的公式", "断开链接并粘贴为数值", "links to other workbooks"),
    ("/embeddings/", "嵌入的文件", "删去嵌入的文件", "embedded files, delete them"),
    ("/afchunk", "嵌入的文件", "删去嵌入的文件", "embedded files, delete them"),
    ("/connections.xml", "外部数据连接", "删去数据连接", "data connections, delete them"),
    ("/querytables/", "外部数据连接", "删去数据连接", "data connections, delete them"),
    ("/comments", "批注", "删去全部批注", "comments, delete them"),
    ("/threadedcomments", "批注", "删去全部批注", "comments, delete them"),
    ("/pivot", "数据透视表", "复制后粘贴为数值", "pivot tables, paste as values"),
)


def check_container(data: bytes, name: str) -> tuple[str, ...]:
    """Prove that a zip container is safe to parse and return the names of its parts.

    Raises:
        BadInput: names what is wrong in the office's words.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_sizes(parts, name)
            _check_names(parts, name)
            for part in parts:
                if part.flag_bits & 1:
                    raise _locked(name)
                content = archive.read(part)
                if _may_be_xml(part.filename, content):
                    _check_xml(content, part.filename, name)
    except BadInput:
        raise
    except RuntimeError as error:
        raise _locked(name) from error  # zipfile's word for a part that needs a password
    except DAMAGE as error:
        raise damaged(name) from error
    return tuple(part.filename for part in parts)


def damaged(name: str) -> BadInput:
    """Return the error for a file that its library can't read."""
    return BadInput(
        f"{name}：文件已损坏或不完整，请用办公软件打开后重新另存"
        " (damaged or cut off, open it and save it again)"
    )


def refuse_parts(names: Iterable[str], name: str) -> None:
    """Refuse parts that hold more than people see.

    Raises:
        BadInput: macros, comments, embedded files and the like, with what to do about them.
    """
    for part in names:
        folded = f"/{part.lower()}"
        for mark, thing, advice, english in _REFUSED_PARTS:
            if mark in folded:
                raise BadInput(f"{name}：文件里有{thing}，请{advice}再用 ({english})")


def _check_sizes(parts: list[zipfile.ZipInfo], name: str) -> None:
    if len(parts) > PARTS_LIMIT:
        raise _bomb(name, f"{len(parts)} parts")
    for part in parts:
        blown_up = part.file_size > RATIO_FROM and (
            part.file_size > RATIO_LIMIT * max(part.compress_size, 1)
        )
        if part.file_size > PART_LIMIT or blown_up:
            raise _bomb(name, f"{part.filename[:60]!r}: {part.file_size:,} bytes")
    total = sum(part.file_size for part in parts)
    if total > TOTAL_LIMIT:
        raise _bomb(name, f"{total:,} bytes")


def _bomb(name: str, what: str) -> BadInput:
    return BadInput(
        f"{name}：文件解开后大得不正常，不予读取 (unpacks to an unreasonable size: {what})"
    )


def _locked(name: str) -> BadInput:
    return BadInput(f"{name}：文件设了密码，请去掉密码再用 (protected by a password, remove it)")


def _check_names(parts: list[zipfile.ZipInfo], name: str) -> None:
    seen: set[str] = set()
    for part in parts:
        steps = part.orig_filename.split("/")
        unsafe = part.orig_filename.startswith("/") or ".." in steps or "." in steps
        if unsafe or not _SAFE_NAME.fullmatch(part.orig_filename):
            raise BadInput(
                f"{name}：文件内部有越界的路径，不予读取"
                f" (a path that leads elsewhere: {part.orig_filename[:60]!r})"
            )
        if part.filename.lower() in seen:
            raise BadInput(
                f"{name}：文件内部有重名的部分，不予读取 (two parts of one name: {part.filename[:60]!r})"
            )
        seen.add(part.filename.lower())


def _may_be_xml(part: str, content: bytes) -> bool:
    """A part's name proves nothing: a sheet may be called sheet1.dat and still be parsed."""
    return part.lower().endswith((".xml", ".rels", ".vml")) or content.startswith(_XML_STARTS)


def _check_xml(xml: bytes, part: str, name: str) -> None:
    if len(xml) > XML_LIMIT or xml.count(b"<") > TAGS_LIMIT:
        raise _bomb(name, f"{part[:60]!r}: {len(xml):,} bytes of XML")
    declared = _ENCODING.search(xml[:200])
    if declared and declared[1].lower() not in {b"utf-8", b"utf8", b"us-ascii"}:
        raise damaged(name)
    text = xml.decode("utf-8-sig")
    # In UTF-8 markup these strings can't be spelled another way, and no office program writes them.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BadInput(
            f"{name}：文件内部有实体定义，不予读取 (defines XML entities: {part[:60]!r})"
        )
    if part.lower().endswith(".rels"):
        _check_relationships(text, name)
    if part == "[Content_Types].xml" and "macroEnabled" in text:
        raise BadInput(f"{name}：文件里有宏，请另存为不含宏的文件再用 (macros, save without them)")


def _check_relationships(text: str, name: str) -> None:
    for relationship in _RELATIONSHIP.findall(text):
        if _EXTERNAL.search(relationship) and not _HYPERLINK.search(relationship):
            raise BadInput(
                f"{name}：文件引用了外部文件，请把内容放进本文件再用"
                " (refers to files elsewhere, put their content into this file)"
            )
