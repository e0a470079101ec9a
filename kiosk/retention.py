"""What of a notice may still be read when it hangs no longer: personal data must not stay for ever. Pure.

Until the maximum of its term is over (`sync.workdays.TermRule.maximum_days`) the archive shows a notice
as it hung. Afterwards lists of persons are kept back, and the pictures beside them, since a scan can
be such a list; accounts, decisions and rules stay (domain: 个人信息最长公示期).
"""

from collections.abc import Collection
from dataclasses import replace as _replace

import msgspec

from kiosk.board import Standing
from sync.feed.layout import Posting
from sync.ledger import Ledger
from sync.notices import Block, Notice, Paragraph, Picture, Table, Village


def kept_back(notice: Notice, village: Village) -> frozenset[int]:
    """Return the blocks of `notice` that nobody may read after its maximum."""
    names = {name.text for name in notice.names}
    lists = {at for at, block in enumerate(notice.blocks) if _lists_persons(block, names)}
    groups = {category.id: category.group for category in village.categories}
    if not lists and groups.get(notice.category) != "policy":
        return frozenset()
    pictures = {at for at, block in enumerate(notice.blocks) if isinstance(block, Picture)}
    return frozenset(lists | pictures)


def without(standing: Standing, blocks: Collection[int], words: str) -> Standing:
    """Return `standing` with `words` in the place of those blocks, and none of their sentences."""
    if not blocks:
        return standing
    notice = standing.posting.notice
    left = msgspec.structs.replace(
        notice,
        blocks=tuple(
            Paragraph(words) if at in blocks else block for at, block in enumerate(notice.blocks)
        ),
        reading=tuple(one for one in notice.reading if one.block not in blocks),
        pictures=tuple(
            one for one in notice.pictures if one.blob.sha256 in _vouchers(notice, blocks)
        ),
        names=(),
    )
    return _replace(standing, posting=Posting(standing.posting.entry, left))


def _lists_persons(block: Block, names: Collection[str]) -> bool:
    if not isinstance(block, Table):
        return False
    return any(cell in names for row in block.rows for cell in row)


def _vouchers(notice: Notice, blocks: Collection[int]) -> frozenset[str]:
    ledgers = [
        b for at, b in enumerate(notice.blocks) if isinstance(b, Ledger) and at not in blocks
    ]
    return frozenset(photo for ledger in ledgers for row in ledger.rows for photo in row.photos)
