"""Markdown or plain text, with an optional TOML head between lines of `+++`.

    +++
    title = "停水通知"
    category = "affairs"
    urgent = true
    +++
    # 停水时间
    11 月 20 日上午……

Reads headings, lists, pipe tables, and pictures by the name of a file in the same folder. Every line
is a paragraph of its own, as village offices type them. No HTML, no links, nothing is fetched.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Final

from sync.checking import place_of
from sync.errors import BadInput
from sync.notices import (
    ID_PATTERN,
    TEXT_LIMIT,
    Block,
    Decision,
    Heading,
    Paragraph,
    Publisher,
    clean_text,
)
from sync.prepare.figures import date_of, period_of
from sync.prepare.material import Album, Material
from sync.prepare.tables import table_of

TEXT_FILE_LIMIT: Final = 1 << 20  # bytes
_HEAD_LINE: Final = "+++"
_MARK: Final = re.compile(
    r"[+＋](?:\s*[+＋])+"
)  # alone on a line it is a head's mark, or meant as one
_HEAD_ADVICE: Final = (
    '开头写成三部分：单独一行 +++，几行 title = "标题" 这样的，再单独一行 +++；不要开头就把这一行删去。'
    "A head stands between two lines of +++ alone; without a head delete this line."
)
_HEADING: Final = re.compile(r"(#{1,6})\s+(.+?)\s*#*")
_PICTURE: Final = re.compile(r"!\[([^\]]*)\]\(([^()]*)\)")
_BULLET: Final = re.compile(r"[-*+]\s+(.+)")
_RULE: Final = re.compile(r"(?:-{3,}|\*{3,}|_{3,})")
_TABLE_RULE: Final = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")
_BOLD: Final = re.compile(r"\*\*(.+?)\*\*")


def read_text(data: bytes, name: str, album: Album) -> Material:
    """Return what a text says; `head` holds its checked TOML head.

    Raises:
        BadInput: names the line and what to do about it.
    """
    if len(data) > TEXT_FILE_LIMIT:
        raise BadInput(f"{name}：文本超过 1 MB (the text is larger than 1 MB)")
    head_text, lines, first = _split(clean_text(_decoded(data, name), name), name)
    head = _head(head_text, name)
    blocks = _blocks(lines, first, album)
    title, heading = str(head.get("title", "")), ""
    if not title and blocks and isinstance(blocks[0], Heading):
        title = heading = blocks[0].text
        blocks = blocks[1:]
    if not blocks:
        raise BadInput(f"{name}：没有正文 (there is no text)")
    period = head.get("period")
    return Material(
        tuple(blocks),
        title=title,
        heading=heading,
        head=head,
        period=period if isinstance(period, tuple) else None,
    )


def _decoded(data: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadInput(
        f"{name}：不是文本文件，也不是能读的其他文件 (neither text nor a kind of file that is read)"
    )


def _split(text: str, name: str) -> tuple[str, list[str], int]:
    """Return the head's text, the body's lines, and the number of the body's first line."""
    lines = text.split("\n")
    if lines[0].strip() != _HEAD_LINE:
        _refuse_lost_head(lines, name)
        return "", lines, 1
    for number, line in enumerate(lines[1:], start=1):
        if line.strip() == _HEAD_LINE:
            return "\n".join(lines[1:number]), lines[number + 1 :], number + 2
        if _MARK.fullmatch(line.strip()):
            raise _mistyped(line, number + 1)
    raise BadInput(
        f"{name}：开头的 +++ 没有对应的结束行 +++ (the head has no closing +++)",
        advice=_HEAD_ADVICE,
    )


def _refuse_lost_head(lines: list[str], name: str) -> None:
    """Refuse a head that its marks don't set off: on the board it would stand as text."""
    if _MARK.match(lines[0]):
        raise _mistyped(lines[0], 1)
    ruled = 1 if _RULE.fullmatch(lines[0].strip()) else 0  # --- is how other programs mark a head
    first = next((n for n in range(ruled, len(lines)) if lines[n].strip()), 0)
    if _HEAD_KEY_LINE.match(lines[first]):
        raise BadInput(
            f"{name}：第 {first + 1} 行“{lines[first].strip()[:40]}”像是开头，前后却没有 +++"
            f" (line {first + 1} looks like a head, but there is no +++ around it)",
            advice=_HEAD_ADVICE,
        )


def _mistyped(line: str, number: int) -> BadInput:
    return BadInput(
        f"第 {number} 行是“{line.strip()[:40]}”，开头和它的结束都要单独一行三个英文加号 +++，正文里不要有"
        f" (line {number}: a head begins and ends with +++ alone, and nothing else does)",
        advice=_HEAD_ADVICE,
    )


def _head(text: str, name: str) -> Mapping[str, object]:
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also a number of 5,000 digits
        where = place_of(error, lines_before=1)
        raise BadInput(
            f"{name}：开头 +++ 之间{where}写法有误 (the head is not TOML: {error})",
            advice='每行写成 title = "标题" 这样，引号、等号、逗号都用英文的。'
            'Write title = "…" on each line, with plain quotation marks.',
        ) from error
    head: dict[str, object] = {}
    for key, value in raw.items():
        if key not in _HEAD_KEYS:
            meant = get_close_matches(key, _HEAD_KEYS, n=1)
            hint = f"，是不是 {meant[0]}？(did you mean {meant[0]}?)" if meant else " (unknown key)"
            raise BadInput(f"{name}：开头的 {key[:40]!r} 不认识{hint}")
        head[key] = _HEAD_KEYS[key](value, f"{name} {key}")
    return head


def _words(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadInput(f"{where}：请写成带引号的文字 (text in quotes, please)")
    return clean_text(value, where)


def _id(value: object, where: str) -> str:
    words = _words(value, where)
    if not ID_PATTERN.fullmatch(words):
        raise BadInput(f"{where}：只能用小写字母、数字和横线 (lower-case letters, digits, hyphens)")
    return words


def _publisher(value: object, where: str) -> Publisher:
    try:
        return Publisher(_words(value, where))
    except ValueError as error:
        raise BadInput(
            f"{where}：请写 committee（村民委员会）或 collective（集体经济组织）"
            " (committee or collective)"
        ) from error


def _yes(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise BadInput(f"{where}：请写 true 或 false (true or false, please)")
    return value


def _decision(value: object, where: str) -> Decision:
    if not isinstance(value, dict) or value.keys() != {"on", "by"}:
        raise BadInput(f"{where}：请写成 {{ on = 2026-11-05, by = '村民代表会议' }} (on and by)")
    return Decision(date_of(value["on"], where), _words(value["by"], where))


_HEAD_KEYS: Final[Mapping[str, Callable[[object, str], object]]] = {
    "title": _words,
    "category": _id,
    "publisher": _publisher,
    "author": _words,
    "posted": date_of,
    "period": period_of,
    "decided": _decision,
    "urgent": _yes,
    "id": _id,
}


_HEAD_KEY_LINE: Final = re.compile(rf"\s*(?:{'|'.join(_HEAD_KEYS)})\s*[=:＝：]")


def _blocks(lines: list[str], first: int, album: Album) -> list[Block]:
    if sum(map(len, lines)) > TEXT_LIMIT:
        raise BadInput(f"正文超过 {TEXT_LIMIT} 字 (more than {TEXT_LIMIT} characters)")
    blocks: list[Block] = []
    number = 0
    while number < len(lines):
        if number + 1 < len(lines) and _starts_table(lines[number], lines[number + 1]):
            end = number + 2
            while end < len(lines) and "|" in lines[end]:
                end += 1
            rows = [_cells(line) for line in (lines[number], *lines[number + 2 : end])]
            blocks.append(table_of(rows, where=f"第 {first + number} 行 (line {first + number})"))
            number = end
        else:
            blocks.extend(_line(lines[number].strip(), first + number, album))
            number += 1
    return blocks


def _starts_table(header: str, rule: str) -> bool:
    return "|" in header and "|" in rule and bool(_TABLE_RULE.fullmatch(rule.strip()))


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [_BOLD.sub(r"\1", cell.strip()) for cell in inner.split("|")]


def _line(line: str, number: int, album: Album) -> list[Block]:
    if not line or _RULE.fullmatch(line):
        return []
    if _MARK.fullmatch(line):
        raise _mistyped(line, number)
    if heading := _HEADING.fullmatch(line):
        return [Heading(_BOLD.sub(r"\1", heading[2]), min(len(heading[1]), 3))]
    if picture := _PICTURE.fullmatch(line):
        where = f"第 {number} 行 (line {number})"
        return [album.named(picture[2].strip(), where, caption=picture[1].strip())]
    if bullet := _BULLET.fullmatch(line):
        line = f"• {bullet[1]}"
    return [Paragraph(_BOLD.sub(r"\1", line))]
