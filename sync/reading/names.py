"""Which cells of lists and ledgers people look for, and the letters under which they are found.

Runs at the office, where the pinyin is: "am I in the list?" is answered on the kiosk by comparing
letters. Sounds are `sync.reading.sounds`; the question is answered in `kiosk.search`.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, Literal

from sync.ledger import Ledger
from sync.notices import NAME_LIMIT, Block, Name, Table
from sync.reading.sounds import initials, surname_initial

# Words in a column's heading: what villages write over names (the demo's files and the templates of
# provincial 村务公开 rules). A village with other headings adds its own here.
PERSONS: Final = (
    "姓名", "户主", "户名", "对象", "受益人", "申请人", "领取人", "领款人", "经手人", "经办人", "负责人",
    "承包人", "承包户", "参保人", "缴费人", "当事人", "成员", "村民代表",
)  # fmt: skip
GROUPS: Final = ("小组", "组别", "村组", "组名", "队别", "自然村", "合作社")
ITEMS: Final = ("项目", "事项")
LONGEST_PERSON: Final = 5  # characters; 欧阳 with two more is four, a longer one is an organisation

_MASKS: Final = str.maketrans("＊×○●", "****")
_BETWEEN: Final = re.compile(r"[\s、，,;；/（）()：:]+")
_MOST: Final = 20  # names in one cell
_Kind = Literal["person", "group", "item"]


def names_in(blocks: tuple[Block, ...]) -> tuple[Name, ...]:
    """Return every different name of persons, groups and ledger items, in order of appearance.

    Figures aren't names, and what is longer than `NAME_LIMIT` is a text.
    """
    found: dict[str, str] = {}
    for text, kind in _cells(blocks):
        if text not in found and 0 < len(text) <= NAME_LIMIT:
            typed = _typed(text, kind)
            if re.search("[a-z]", typed):
                found[text] = typed
    return tuple(Name(text, typed) for text, typed in found.items())


def _cells(blocks: tuple[Block, ...]) -> Iterator[tuple[str, _Kind]]:
    """Yield each cell that can be found, and whose names it holds."""
    for block in blocks:
        if isinstance(block, Ledger):
            for entry in block.rows:
                yield entry.handler, "person"
                yield entry.item, "item"
        elif isinstance(block, Table):
            kinds = [(n, _kind(heading)) for n, heading in enumerate(block.header)]
            for row in block.rows:
                yield from ((row[n], kind) for n, kind in kinds if kind is not None)


def _kind(heading: str) -> _Kind | None:
    """Tell what a column holds, None for nothing that is searched for."""
    plain = re.sub(r"\s|[（(].*", "", heading)
    if any(word in plain for word in PERSONS):
        return "person"
    if plain == "组" or any(word in plain for word in GROUPS):
        return "group"
    return "item" if any(word in plain for word in ITEMS) else None


def _typed(text: str, kind: _Kind) -> str:
    """Return the letters of a cell: an item is one, persons and groups may be several."""
    if kind == "item":
        return initials(text)
    parts = islice(filter(None, _BETWEEN.split(text)), _MOST)
    return " ".join(filter(None, (_letters(part, person=kind == "person") for part in parts)))


def _letters(part: str, *, person: bool) -> str:
    """Return the letters of one name: the surname's own reading, a mask as `*`."""
    plain = part.translate(_MASKS)
    pieces = re.split(r"(\*)", plain)
    letters = "".join(piece if piece == "*" else initials(piece) for piece in pieces)
    if person and len(plain) <= LONGEST_PERSON and (surname := surname_initial(plain)):
        return surname + letters[1:]
    return letters if letters.strip("*") else ""
