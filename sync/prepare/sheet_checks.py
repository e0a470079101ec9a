"""What a spreadsheet may not claim, because reading it would follow the claim cell by cell.

A merged or linked range takes forty bytes to write and names up to seventeen thousand million cells;
openpyxl makes an object for each. Looks at the parts' XML only; the container itself is `containers`.
"""

import zipfile
from io import BytesIO
from typing import Final
from xml.parsers import expat

from openpyxl.utils import range_boundaries

from sync.errors import BadInput
from sync.prepare.containers import DAMAGE, damaged

RANGES_LIMIT: Final = 200_000  # cells of all merged and linked ranges together
_RANGED: Final = ("mergeCell", "hyperlink")
_COLUMNS: Final = 16_384  # of any sheet (ECMA-376 part 1, 18.3.1.73)
_ROWS: Final = 1_048_576


def refuse_wide_ranges(data: bytes, name: str) -> None:
    """Refuse ranges of more cells than any list has.

    Raises:
        BadInput: they are too large, or a part is no XML.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            cells = sum(_ranged_cells(archive.read(part)) for part in archive.namelist())
    except (expat.ExpatError, *DAMAGE) as error:
        raise damaged(name) from error
    if cells > RANGES_LIMIT:
        raise BadInput(
            f"{name}：合并或带链接的单元格太多（{cells:,} 个），请取消合并、删去链接"
            f" (merged or linked cells: at most {RANGES_LIMIT:,})"
        )


def _ranged_cells(part: bytes) -> int:
    if not any(mark.encode() in part for mark in _RANGED):
        return 0
    areas: list[int] = []

    def on_start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] in _RANGED and "ref" in attributes:
            areas.append(_area(attributes["ref"]))

    parser = expat.ParserCreate()
    parser.StartElementHandler = on_start
    parser.Parse(part, True)  # noqa: FBT003 (its own way)
    return sum(areas)


def _area(ref: str) -> int:
    left, top, right, bottom = range_boundaries(ref)
    width = (right or _COLUMNS) - (left or 1) + 1
    return width * ((bottom or _ROWS) - (top or 1) + 1)
