"""What a text document may not hold, because people would not see it, or not see it all.

Tracked changes, hidden text, comments, text boxes, footnotes, charts and the like are refused with
advice. Looks at parsed XML only; the container itself is `containers`.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from sync.errors import BadInput
from sync.prepare.numbering import W

# Pictures, and shapes: a line under a heading says nothing, words in a shape are found by themselves.
_DRAWINGS: Final = frozenset(
    {
        "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    }
)
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_V: Final = "{urn:schemas-microsoft-com:vml}"
_FETCHING_FIELD: Final = re.compile(r"\b(DDE|DDEAUTO|INCLUDE|INCLUDETEXT|INCLUDEPICTURE|LINK)\b")
_OFF: Final = frozenset({"0", "false", "off", "none"})

_CHANGES: Final = "有修订痕迹，请“接受所有修订”后再用 (tracked changes, accept them all first)"
_COMMENTS: Final = "有批注，请删去全部批注 (comments, delete them)"
_NOTES: Final = "有脚注或尾注，请写进正文 (footnotes, put them into the text)"
_DRAWN: Final = "有文本框或图形，请把文字移到正文，或截成图片插入 (text boxes or shapes)"
_OLD_PICTURE: Final = "有旧格式图片，请重新插入 (a picture of an old kind, insert it again)"
_HIDDEN: Final = "有隐藏文字，请取消隐藏或删去 (hidden text, show or delete it)"
_STRUCK: Final = "有删除线，请删去这些字或取消删除线 (struck-out text: delete it or not)"
_EMBEDDED: Final = "有嵌入的文件，请删去 (embedded files, delete them)"
_FORMULA: Final = "有公式对象，请改成文字 (equations, write them as text)"
_CROPPED: Final = (
    "有裁剪过的图片，请先“压缩图片”删去裁剪部分 (a cropped picture, delete the cropped part)"
)
_CHART: Final = "有图表，请截成图片插入 (charts, insert them as pictures)"
_SYMBOL: Final = "有符号字体的字符，请换成普通字符 (a symbol font, use ordinary characters)"

_REFUSED: Final = {
    **dict.fromkeys((f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"), _CHANGES),
    **dict.fromkeys((f"{W}cellIns", f"{W}cellDel", f"{W}cellMerge"), _CHANGES),
    **dict.fromkeys((f"{W}commentReference", f"{W}commentRangeStart"), _COMMENTS),
    **dict.fromkeys((f"{W}footnoteReference", f"{W}endnoteReference"), _NOTES),
    **dict.fromkeys((f"{W}txbxContent", f"{_V}textpath"), _DRAWN),
    **dict.fromkeys((f"{W}object", f"{W}altChunk", f"{W}subDoc", f"{W}control"), _EMBEDDED),
    **dict.fromkeys((f"{_M}oMath", f"{_M}oMathPara"), _FORMULA),
    f"{W}sym": _SYMBOL,
}


def refuse_unseen(body: Any, styles: Any, name: str) -> None:
    """Refuse what people don't see in a document's body.

    Raises:
        BadInput: says what it is, and what to do.
    """
    hiding = _hiding_styles(styles)
    for element in body.iter():
        reason = _REFUSED.get(element.tag) or _reason(element, hiding)
        if reason:
            raise BadInput(f"{name}：文档里{reason}")


def _reason(element: Any, hiding: frozenset[str]) -> str:
    judge = _JUDGED.get(element.tag)
    return judge(element, hiding) if judge else ""


def _of_hiding(element: Any, _hiding: frozenset[str]) -> str:
    return _HIDDEN if _is_on(element) else ""


def _of_strike(element: Any, _hiding: frozenset[str]) -> str:
    # On the board the words would stand as if nobody had struck them out.
    return _STRUCK if _is_on(element) else ""


def _of_style(element: Any, hiding: frozenset[str]) -> str:
    return _HIDDEN if element.get(f"{W}val") in hiding else ""


def _of_field(element: Any, _hiding: frozenset[str]) -> str:
    return _EMBEDDED if _FETCHING_FIELD.search((element.text or "").upper()) else ""


def _of_drawing(element: Any, _hiding: frozenset[str]) -> str:
    return "" if element.get("uri") in _DRAWINGS else _CHART


def _of_old_picture(element: Any, _hiding: frozenset[str]) -> str:
    # In a fallback it repeats, for old programs, a picture that is read as a drawing.
    return "" if any(element.iterancestors(_FALLBACK)) else _OLD_PICTURE


def _of_crop(element: Any, _hiding: frozenset[str]) -> str:
    return _CROPPED if any(value != "0" for value in element.attrib.values()) else ""


_JUDGED: Final[Mapping[str, Callable[[Any, frozenset[str]], str]]] = {
    **dict.fromkeys((f"{W}vanish", f"{W}specVanish"), _of_hiding),
    **dict.fromkeys((f"{W}strike", f"{W}dstrike"), _of_strike),
    **dict.fromkeys((f"{W}rStyle", f"{W}pStyle", f"{W}tblStyle"), _of_style),
    f"{W}instrText": _of_field,
    f"{_A}graphicData": _of_drawing,
    f"{_A}srcRect": _of_crop,
    f"{_V}imagedata": _of_old_picture,
}


def _is_on(element: Any) -> bool:
    return str(element.get(f"{W}val", "true")).lower() not in _OFF


def _hiding_styles(styles: Any) -> frozenset[str]:
    return frozenset(
        str(style.get(f"{W}styleId"))
        for style in styles.iter(f"{W}style")
        if any(_is_on(mark) for mark in style.iter(f"{W}vanish"))
    )
