"""What a sealed board holds: its months walked from the newest, every notice fit to be shown.

Pure. That the board is sealed is `sync.feed.gate`; here the seals are taken for granted, since a
notice can be sealed and still be unfit: too new for this program, or with text that people can't see.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

import msgspec

from sync import ledger
from sync.errors import BadInput, NotTrusted, NotUnderstood
from sync.feed.layout import (
    PAGE_LIMIT,
    VILLAGE_LIMIT,
    Entry,
    Index,
    PageRef,
    blob_path,
    decode_notice,
    decode_page,
    decode_village,
    matches,
)
from sync.ledger import Ledger
from sync.notices import (
    BANNER_BLOCK,
    ID_PATTERN,
    LINES_LIMIT,
    NAME_LIMIT,
    NAMES_LIMIT,
    NOTICE_LIMIT,
    PICTURE_LIMIT,
    PICTURE_SIDE_LIMIT,
    TEXT_LIMIT,
    TITLE_LIMIT,
    BlobRef,
    Block,
    Heading,
    Notice,
    Paragraph,
    Picture,
    Table,
    Village,
    blobs_of,
    cells_of,
    clean_text,
)

Read = Callable[[BlobRef], bytes]
_TYPED: Final = re.compile(r"[a-z0-9*]{1,40}( [a-z0-9*]{1,40}){0,19}")
# Terms are counted on from a day, and periods shown to the day after them: never past the calendar.
DAYS: Final = (date(1900, 1, 1), date(2199, 12, 31))
LISTED: Final = 10  # times TEXT_LIMIT that a ledger's entries and their audit may say
_MONTH: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of the board; `inline` is its notice where a closed month carries it."""

    entry: Entry
    inline: bytes | None


def read_blob(read: Read, ref: BlobRef, limit: int) -> bytes:
    """Return a blob that is what `ref` names.

    Raises:
        NotUnderstood: the reference is malformed or larger than `limit` bytes.
        NotTrusted: other bytes came back.
        SourceUnavailable: `read` could not bring it.
    """
    blob_path(ref)
    if ref.length > limit:
        raise NotUnderstood(f"a file of {ref.length:,} bytes is listed, at most {limit:,} are read")
    data = read(ref)
    if not matches(data, ref):
        raise NotTrusted(f"the file {ref.sha256} is not what was sealed")
    return data


def read_village(read: Read, ref: BlobRef) -> Village:
    """Return the village's data.

    Raises:
        NotUnderstood: it cannot be read or holds text that people cannot see.
        NotTrusted, SourceUnavailable: as `read_blob`.
    """
    village = decode_village(read_blob(read, ref, VILLAGE_LIMIT))
    try:
        _check_values(_plain(village), "village data")
        _check_id(village.id)
    except BadInput as error:
        raise NotUnderstood(f"the village data is unfit: {error}") from error
    return village


def newest_first(index: Index, read: Read, *, months: int) -> Iterator[Listed]:
    """Yield the board's entries from the newest back, through at most `months` closed months.

    Raises:
        NotUnderstood: a closed month cannot be read, or the months do not run strictly backwards.
        NotTrusted, SourceUnavailable: as `read_blob`.
    """
    for entry in reversed(index.entries):
        yield Listed(entry, None)
    ref, later = index.previous, "9999-99"
    for _ in range(months):
        if ref is None:
            return
        _check_month(ref, later)
        page = decode_page(read_blob(read, ref.page, PAGE_LIMIT))
        if page.month != ref.month:
            raise NotUnderstood(f"the closed month {ref.month} calls itself {page.month[:80]!r}")
        for listed in reversed(page.entries):
            yield Listed(listed.entry, bytes(listed.notice))
        later = ref.month
        ref = page.previous


def notice_bytes(listed: Listed, read: Read) -> bytes:
    """Return the bytes of a listed notice.

    Raises:
        NotUnderstood: the closed month carries another notice than its entry names: a fault in what
            was sealed, not in how it travelled.
        NotTrusted, SourceUnavailable: as `read_blob`.
    """
    ref = listed.entry.notice
    if listed.inline is None:
        return read_blob(read, ref, NOTICE_LIMIT)
    if not matches(listed.inline, ref):
        raise NotUnderstood("the closed month carries another notice under this entry")
    return listed.inline


def check_entry(entry: Entry) -> None:
    """Prove that what the board says of a notice can be shown, also of one checked before.

    Raises:
        BadInput: why it can't.
    """
    _check_values(_plain(entry), "目录 (entry)")


def check_notice(entry: Entry, data: bytes) -> Notice:
    """Return the notice in `data` if it is the one that `entry` lists and fit to be shown.

    Raises:
        BadInput, NotUnderstood: why it is not.
    """
    check_entry(entry)
    notice = decode_notice(data)
    for name in ("id", "revision", "category", "posted"):
        if getattr(notice, name) != getattr(entry, name):
            raise BadInput(f"公告与目录不符：{name} (differs from its entry)")
    check_fit(notice)
    return notice


def check_fit(notice: Notice) -> None:
    """Prove that a notice can be shown as sealed; the office asks before anybody seals it.

    Raises:
        BadInput: names what is wrong; NotUnderstood: a file is named in an unacceptable way.
    """
    _check_id(notice.id)
    _check_values(_plain(notice), "公告 (notice)")
    if not 0 < len(notice.title) <= TITLE_LIMIT or "\n" in notice.title:
        raise BadInput(f"标题须为 1 至 {TITLE_LIMIT} 字的一行 (the title must be one line)")
    _check_size(notice)
    photos = {picture.blob.sha256 for picture in notice.pictures}
    for number, block in enumerate((*notice.blocks, *notice.pictures), start=1):
        try:
            _check_block(block, photos)
        except BadInput as error:
            place = f"第 {number} 段 (block {number}) "
            raise BadInput(f"{place}{error}", bare=f"{place}{error.bare}") from error
    for ref in blobs_of(notice):
        blob_path(ref)
    if any(not BANNER_BLOCK <= sentence.block < len(notice.blocks) for sentence in notice.reading):
        raise BadInput("朗读稿指向没有的段落 (the reading names a block that is not there)")
    _check_names(notice)


def _check_month(ref: PageRef, later: str) -> None:
    if not _MONTH.fullmatch(ref.month) or ref.month >= later:
        raise NotUnderstood(f"the closed months do not run backwards: {ref.month[:80]!r}")


def _check_id(found: str) -> None:
    if not ID_PATTERN.fullmatch(found):
        raise BadInput(
            f"编号不合规则：{found[:80]!r} (not an acceptable id)",
            bare="编号不合规则 (not an acceptable id)",
        )


def _plain(value: msgspec.Struct) -> object:
    return msgspec.to_builtins(value, builtin_types=(date,))


def _check_values(value: object, where: str) -> None:
    match value:
        case str():
            if clean_text(value, where) != value:
                raise BadInput(f"{where}：前后有空白或制表符 (spaces around, or a tab)")
        case date():
            first, last = DAYS
            if not first <= value <= last:
                raise BadInput(
                    f"{where}：日期不在 {first.year} 至 {last.year} 年 (day out of range)"
                )
        case dict():
            for key, inner in value.items():
                _check_values(inner, f"{where} {key}")
        case list() | tuple():
            for number, inner in enumerate(value, start=1):
                _check_values(inner, f"{where} {number}")


def _check_size(notice: Notice) -> None:
    """Bound what is read (text, tables) and, apart from it, what is listed: entries and their audit."""
    ledgers = [block for block in notice.blocks if isinstance(block, Ledger)]
    characters = len(notice.title) + sum(map(_length, notice.blocks))
    lines = len(notice.blocks) + sum(
        len(block.rows) for block in notice.blocks if isinstance(block, Table)
    )
    entries = max(
        sum(len(ledger.rows) for ledger in ledgers), len(notice.audit) - len(notice.blocks)
    )
    listed = sum(
        len(row.item) + len(row.voucher) + len(row.handler) + len(row.remark)
        for ledger in ledgers
        for row in ledger.rows
    ) + sum(len(one.item) + len(one.by) + len(one.remark) for one in notice.audit)
    if max(characters, listed / LISTED) > TEXT_LIMIT or max(lines, entries) > LINES_LIMIT:
        raise BadInput(
            f"公示有 {characters:,} 个字、{max(lines, entries):,} 行，"
            f"最多 {TEXT_LIMIT:,} 个字、{LINES_LIMIT:,} 行，请分成几份 (too long, split it)"
        )


def _length(block: Block) -> int:
    """Return the characters of a block that are laid out at once; a ledger's entries never are."""
    match block:
        case Heading() | Paragraph():
            return len(block.text)
        case Picture():
            return len(block.caption)
        case Table():
            cells = chain(block.header, *block.rows)
            return len(block.caption) + sum(max(len(cell), 1) for cell in cells)
        case Ledger():
            return 0


def _check_block(block: Block, photos: Collection[str]) -> None:
    match block:
        case Ledger():
            ledger.check(block)
            for number, row in enumerate(block.rows, start=1):
                if not set(row.photos) <= set(photos):
                    raise BadInput(
                        f"第 {number} 行 (row {number})：没有这张凭证照片 (no such photo)"
                    )
        case Table():
            _check_table(block)
        case Picture():
            _check_picture(block)


def _check_table(table: Table) -> None:
    width = len(table.header)
    if not width:
        raise BadInput("表格没有表头 (the table has no header)")
    for number, row in enumerate(table.rows, start=1):
        if len(row) != width:
            raise BadInput(
                f"表格各行的列数不同：表头下第 {number} 行有 {len(row)} 格，表头有 {width} 格"
                f" (row {number} below the header has {len(row)} cells, the header {width})"
            )
    if any(not 0 <= column < width for column in table.money):
        raise BadInput("表格的金额列不存在 (a money column is not in the table)")


def _check_names(notice: Notice) -> None:
    if len(notice.names) > NAMES_LIMIT:
        raise BadInput(f"可查找的姓名最多 {NAMES_LIMIT:,} 个 (too many names to search for)")
    cells = set(cells_of(notice.blocks)) if notice.names else set()
    for number, name in enumerate(notice.names, start=1):
        if len(name.text) > NAME_LIMIT or name.text not in cells:
            raise BadInput(f"查找用的第 {number} 个姓名不在表里 (name {number} is in no list)")
        if not _TYPED.fullmatch(name.initials):
            raise BadInput(f"第 {number} 个姓名的拼音首字母有误 (initials that can't be typed)")


def _check_picture(picture: Picture) -> None:
    sides = (picture.width, picture.height)
    if not all(0 < side <= PICTURE_SIDE_LIMIT for side in sides):
        raise BadInput(f"图片尺寸 {sides[0]}×{sides[1]} 超出范围 (picture size out of range)")
    if picture.blob.length > PICTURE_LIMIT:
        raise BadInput("图片文件太大 (the picture file is too large)")
