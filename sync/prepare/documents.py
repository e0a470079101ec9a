"""Text documents (.docx): headings, paragraphs with their numbers, tables and pictures, in order.

What people would not see is refused by `document_checks`, what the container hides by `containers`.
Page headers and footers aren't read: they hold page numbers.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.oxml.ns import qn

from sync.errors import BadInput
from sync.notices import (
    TEXT_LIMIT,
    TITLE_LIMIT,
    Block,
    Heading,
    Paragraph,
    Picture,
    Table,
    clean_text,
)
from sync.prepare.containers import DAMAGE, check_container, damaged, refuse_parts
from sync.prepare.document_checks import refuse_unseen
from sync.prepare.material import Album, Material
from sync.prepare.numbering import W, numbering_of
from sync.prepare.tables import COLUMNS_LIMIT, ROWS_LIMIT, table_of

_BLIP: Final = qn("a:blip")
_WRAPPERS: Final = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}smartTag"})
_BREAKS: Final = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
PARAGRAPHS_LIMIT: Final = 5_000  # empty ones too
_SENTENCE_ENDS: Final = "。；！？：，.;!?:,"


def read_document(data: bytes, name: str, album: Album) -> Material:
    """Return what a text document says.

    The title is its 标题 (Title) paragraph, or a first line that is a heading or centred and short.

    Raises:
        BadInput: says what can't be taken and what to do about it.
    """
    refuse_parts(_shown_parts(check_container(data, name)), name)
    try:
        document = Document(BytesIO(data))
        refuse_unseen(document.element.body, document.styles.element, name)
        reader = _Reader(document, name, album)
        for element in _flow(document.element.body):
            reader.take(element)
    except BadInput:
        raise
    except DAMAGE as error:
        raise damaged(name) from error
    if not reader.blocks:
        raise BadInput(f"{name}：文档是空的 (the document is empty)")
    return Material(tuple(reader.blocks), title=reader.title, heading=reader.title)


def _shown_parts(parts: tuple[str, ...]) -> list[str]:
    """Leave out the empty comment parts that some programs always write.

    A comment that a reader could see is anchored in the text, where `document_checks` finds it.
    """
    return [part for part in parts if not part.lower().startswith("word/comments")]


def _flow(parent: Any) -> Iterator[Any]:
    """Yield a body's or cell's paragraphs and tables, through content controls."""
    for element in parent.iterchildren():
        if element.tag in {f"{W}p", f"{W}tbl"}:
            yield element
        elif element.tag in _WRAPPERS:
            yield from _flow(element)


class _Reader:
    """Walks one document and gathers its blocks."""

    def __init__(self, document: Any, name: str, album: Album) -> None:
        self.title = ""
        self.blocks: list[Block] = []
        self._document = document
        self._name = name
        self._album = album
        self._numbering = numbering_of(_numbering_root(document))
        self._characters = 0
        self._paragraphs = 0
        self._styles = {
            style.get(f"{W}styleId"): style for style in document.styles.element.iter(f"{W}style")
        }

    def take(self, element: Any) -> None:
        if element.tag == f"{W}tbl":
            self._take_table(element)
        else:
            self._take_paragraph(element)

    def _take_paragraph(self, element: Any) -> None:
        self._paragraphs += 1
        if self._paragraphs > PARAGRAPHS_LIMIT:
            raise BadInput(f"{self._name}：段落太多 (more than {PARAGRAPHS_LIMIT:,} paragraphs)")
        where = f"第 {self._paragraphs} 段 (paragraph {self._paragraphs})"
        text = self._text(element, where)
        style = self._style_name(element)
        level = _heading_level(style, element)
        if text and self._is_title(text, style, level, element):
            self.title = text.replace("\n", "")
        elif text and level:
            self.blocks.append(Heading(text.replace("\n", " "), level))
        elif text and not self._take_caption(text, style):
            self.blocks.append(Paragraph(text))
        self.blocks.extend(self._pictures(element, where))

    def _take_caption(self, text: str, style: str) -> bool:
        last = self.blocks[-1] if self.blocks else None
        if style in {"caption", "题注"} and isinstance(last, Picture) and not last.caption:
            self.blocks[-1] = Picture(last.blob, last.width, last.height, text)
            return True
        return False

    def _is_title(self, text: str, style: str, level: int, element: Any) -> bool:
        if self.title:
            return False
        if style in {"title", "标题"}:
            return True
        first = not self.blocks and len(text) <= TITLE_LIMIT and text[-1] not in _SENTENCE_ENDS
        return first and (level == 1 or self._is_centred(element))

    def _is_centred(self, element: Any) -> bool:
        alignment = element.find(f"{W}pPr/{W}jc")
        return alignment is not None and alignment.get(f"{W}val") == "center"

    def _take_table(self, element: Any) -> None:
        where = f"第 {self._paragraphs} 段后的表格 (table after paragraph {self._paragraphs})"
        pictures: list[Picture] = []
        grid: list[list[str]] = []
        above: dict[int, str] = {}
        for row in element.findall(f"{W}tr"):
            cells, above = self._row(row, above, where, pictures)
            grid.append(cells)
            if len(grid) > ROWS_LIMIT:
                raise BadInput(f"{where}：表格太大 (the table is too large)")
        if filled := [row for row in grid if any(row)]:
            self.blocks.append(_with_caption(filled, where))
        self.blocks.extend(pictures)

    def _row(
        self, row: Any, above: dict[int, str], where: str, pictures: list[Picture]
    ) -> tuple[list[str], dict[int, str]]:
        cells: list[str] = [""] * _whole(row.find(f"{W}trPr/{W}gridBefore"), 0, where)
        merged: dict[int, str] = {}
        for cell in _cells(row):
            start = len(cells)
            joined = cell.find(f"{W}tcPr/{W}vMerge")
            text = self._cell(cell, where, pictures)
            if joined is not None:
                if joined.get(f"{W}val") != "restart":
                    text = above.get(start, text)
                merged[start] = text
            span = _whole(cell.find(f"{W}tcPr/{W}gridSpan"), 1, where)
            cells += [text, *[""] * (span - 1)]
            if len(cells) > COLUMNS_LIMIT:
                raise BadInput(f"{where}：表格太宽 (the table is too wide)")
        cells += [""] * _whole(row.find(f"{W}trPr/{W}gridAfter"), 0, where)
        return cells, merged

    def _cell(self, cell: Any, where: str, pictures: list[Picture]) -> str:
        lines = []
        for element in _flow(cell):
            if element.tag == f"{W}tbl":
                raise BadInput(f"{where}：表格里又套了表格，请拆开 (a table within a table)")
            lines.append(self._text(element, where))
            pictures.extend(self._pictures(element, where))
        return "\n".join(line for line in lines if line)

    def _text(self, paragraph: Any, where: str) -> str:
        words = [
            element.text or "" if element.tag == f"{W}t" else _BREAKS[element.tag]
            for element in paragraph.iter(f"{W}t", *_BREAKS)
            if element.getparent().tag == f"{W}r"
        ]
        text = clean_text("".join(words), where)
        self._characters += len(text)
        if self._characters > TEXT_LIMIT:
            raise BadInput(
                f"{self._name}：文档超过 {TEXT_LIMIT} 字 (more than {TEXT_LIMIT} characters)"
            )
        number = self._number(paragraph) if text else ""
        gap = "" if not number or number[-1] in "、．）)（(" else " "
        return f"{number}{gap}{text}"

    def _number(self, paragraph: Any) -> str:
        place = paragraph.find(f"{W}pPr/{W}numPr")
        for style in self._style_chain(paragraph):
            place = style.find(f"{W}pPr/{W}numPr") if place is None else place
        if place is None:
            return ""
        number, level = place.find(f"{W}numId"), place.find(f"{W}ilvl")
        return (
            self._numbering.next(number.get(f"{W}val", ""), _whole(level, 0, ""))
            if number is not None
            else ""
        )

    def _pictures(self, paragraph: Any, where: str) -> list[Picture]:
        found = []
        for blip in paragraph.iter(_BLIP):
            part = self._document.part.related_parts.get(blip.get(qn("r:embed")))
            if part is None:
                raise BadInput(f"{where}：图片不在文档里，请重新插入 (a picture that isn't inside)")
            found.append(self._album.add(part.blob, f"{where} 图片 (picture)"))
        return found

    def _style_chain(self, paragraph: Any) -> Iterator[Any]:
        """Yield the paragraph's style and those it is based on, at most ten deep."""
        mark = paragraph.find(f"{W}pPr/{W}pStyle")
        for _ in range(10):
            style = self._styles.get(mark.get(f"{W}val")) if mark is not None else None
            if style is None:
                return
            yield style
            mark = style.find(f"{W}basedOn")

    def _style_name(self, paragraph: Any) -> str:
        style = next(self._style_chain(paragraph), None)
        name = style.find(f"{W}name") if style is not None else None
        return "" if name is None else "".join(str(name.get(f"{W}val", "")).lower().split())


def _numbering_root(document: Any) -> Any:
    for relationship in document.part.rels.values():
        if relationship.reltype.endswith("/numbering"):
            return relationship.target_part.element
    return None


def _cells(row: Any) -> Iterator[Any]:
    for element in row.iterchildren():
        if element.tag == f"{W}tc":
            yield element
        elif element.tag in _WRAPPERS:
            yield from _cells(element)


def _whole(element: Any, default: int, where: str) -> int:
    """Return a count written in XML, e.g. how many columns a cell spans."""
    text = "" if element is None else str(element.get(f"{W}val", ""))
    if not text:
        return default
    if not text.isdecimal() or len(text) > 2:
        raise BadInput(f"{where}：表格太宽 (the table is too wide)")
    return int(text)


def _heading_level(style: str, paragraph: Any) -> int:
    """Return 1 to 3, 0 for ordinary text; 标题 1 and heading 1 are the same style's two names."""
    for prefix in ("heading", "标题"):
        number = style.removeprefix(prefix)
        if number != style and number.isdecimal():
            return min(max(int(number), 1), 3)
    outline = paragraph.find(f"{W}pPr/{W}outlineLvl")
    level = "" if outline is None else str(outline.get(f"{W}val", ""))
    return min(int(level) + 1, 3) if level in set("012345678") else 0


def _with_caption(grid: list[list[str]], where: str) -> Table:
    first = [cell for cell in grid[0] if cell]
    if len(grid) > 2 and len(first) == 1 < len(grid[0]):
        return table_of(grid[1:], where=where, caption=first[0])
    return table_of(grid, where=where)
