"""The supervision committee's audit (审核): which items, who may answer, what the answers mean.

Pure rules on a notice that isn't sealed yet. An audit answers item by item whether it is true, complete
and compliant; each entry of a ledger is an item of its own (逐项逐笔, the national rule).
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Final, Literal

import msgspec

from sync.errors import BadInput, NotAllowed
from sync.ledger import Ledger
from sync.notices import (
    AuditItem,
    BlobRef,
    Block,
    Heading,
    Notice,
    Paragraph,
    Picture,
    Table,
    clean_text,
)

STANDARD_ITEMS: Final = ("真实性", "合规性", "完整性")  # true, compliant, complete
NAME_LIMIT: Final = 20  # characters
REMARK_LIMIT: Final = 200
Verdict = Literal["pass", "refuse"]
Where = Callable[[BlobRef], str]
"""Returns where a picture can be opened, or ""."""
_BETWEEN_NAMES: Final = re.compile(r"[、,，;；/]")
_SPACE: Final = re.compile(r"\s+")


class State(StrEnum):
    """How far a draft's audit has come."""

    OPEN = "open"
    REFUSED = "refused"
    PASSED = "passed"


def items_of(notice: Notice) -> tuple[str, ...]:
    """Return what the auditor must answer: every ledger entry, then the standard items."""
    entries = [
        f"{number}. {row.on:%m-%d} {row.item}　{'+' if row.income else '−'}{row.income or row.expense:,.2f}"
        for ledger in notice.blocks
        if isinstance(ledger, Ledger)
        for number, row in enumerate(ledger.rows, start=1)
    ]
    # Two ledgers in one notice may hold the same entry twice: it is looked at once.
    return tuple(dict.fromkeys([*entries, *STANDARD_ITEMS]))


def unanswered(notice: Notice) -> tuple[str, ...]:
    """Return the items that still wait for the auditor."""
    answered = {item.item for item in notice.audit}
    return tuple(item for item in items_of(notice) if item not in answered)


def state(notice: Notice) -> State:
    """Return where the audit stands: one refused item keeps the notice out."""
    if any(item.verdict == "refuse" for item in notice.audit):
        return State.REFUSED
    return State.OPEN if unanswered(notice) else State.PASSED


def answered(
    notice: Notice, item: str, *, verdict: Verdict, by: str, on: date, remark: str = ""
) -> Notice:
    """Return the notice with one item answered; an earlier answer to the same item is replaced.

    Raises:
        NotAllowed: the auditor is the author.
        BadInput: there is no such item, or a refusal gives no reason.
    """
    name = check_auditor(notice, by)
    items = items_of(notice)
    if item not in items:
        raise BadInput(
            f"没有审核项目“{item[:80]}”(no such item)。项目有：{'；'.join(items)[:2000]}"
        )
    words = clean_text(remark, "审核意见 (remark)")
    if len(words) > REMARK_LIMIT:
        raise BadInput(f"审核意见最多 {REMARK_LIMIT} 个字 (the remark is too long)")
    if verdict == "refuse" and not words:
        raise BadInput("不通过要写明原因 (a refusal needs a remark)")
    answers = {each.item: each for each in notice.audit}
    answers[item] = AuditItem(item=item, verdict=verdict, by=name, on=on, remark=words)
    ordered = tuple(answers[each] for each in items if each in answers)
    return msgspec.structs.replace(notice, audit=ordered)


def check_auditor(notice: Notice, by: str) -> str:
    """Return the auditor's name.

    Raises:
        NotAllowed: the auditor is the author. BadInput: it is no name.
    """
    name = clean_name(by, "审核人 (auditor)")
    if may_share_a_person(name, notice.author):
        raise NotAllowed(
            f"{name} 是这份公示的编制人，不能审核自己编的 (the auditor is the author)",
            advice="请村务监督委员会的其他成员审核。Let another member of the supervision committee audit it.",
        )
    return name


def clean_name(name: str, where: str) -> str:
    """Return a person's or meeting's name.

    Raises:
        BadInput: empty, too long, or with invisible characters.
    """
    text = clean_text(name, where)
    if not text or len(text) > NAME_LIMIT or "\n" in text:
        raise BadInput(f"{where} 要有 1 到 {NAME_LIMIT} 个字 (1 to {NAME_LIMIT} characters)")
    return text


def may_share_a_person(one: str, other: str) -> bool:
    """Tell whether two lists of names may name the same person, masked as villages publish them."""
    return any(_may_be_same(a, b) for a in _people(one) for b in _people(other))


def as_text(notice: Notice, where: Where = lambda _: "") -> str:
    """Return the notice as the auditor reads it in a terminal: every block, entry and picture.

    `where` tells where a picture can be opened.
    """
    lines = [
        f"《{notice.title}》　{notice.id} 第 {notice.revision} 版",
        f"类别 {notice.category}　编制人 {notice.author}　公示日期 {notice.posted}",
    ]
    if notice.decided is not None:
        lines.append(f"决定 {notice.decided.on}，{notice.decided.by}")
    if notice.period is not None:
        lines.append(f"所属期间 {notice.period[0]}—{notice.period[1]}")
    if notice.corrects is not None:
        lines.append(f"更正第 {notice.corrects.revision} 版：{notice.corrects.reason}")
    lines += [
        f"审核 {each.item}：{'通过' if each.verdict == 'pass' else '不通过'}　{each.by} {each.on} {each.remark}".rstrip()
        for each in notice.audit
    ]
    for block in notice.blocks:
        lines += ["", *_block(block, where)]
    if notice.pictures:
        lines += ["", "凭证照片 (vouchers)", *(_picture(each, where) for each in notice.pictures)]
    return "\n".join(lines)


def _picture(picture: Picture, where: Where) -> str:
    words = f"［图片 {picture.width}×{picture.height} {picture.caption}］"
    return f"{words} {where(picture.blob)}".rstrip()


def _block(block: Block, where: Where) -> list[str]:
    match block:
        case Heading():
            return [f"{'#' * block.level} {block.text}"]
        case Paragraph():
            return [block.text]
        case Picture():
            return [_picture(block, where)]
        case Table():
            return [block.caption, *(" | ".join(row) for row in (block.header, *block.rows))]
        case Ledger():
            return _ledger(block)


def _ledger(ledger: Ledger) -> list[str]:
    rows = [
        f"{number}. {row.on} {row.item}　凭证 {row.voucher}　经手 {row.handler}"
        f"　收 {row.income:,.2f}　支 {row.expense:,.2f}　余 {row.balance:,.2f}　{row.remark}"
        f"{f'　附件 {len(row.photos)} 张' if row.photos else ''}".rstrip()
        for number, row in enumerate(ledger.rows, start=1)
    ]
    return [
        f"账目 {ledger.start}—{ledger.end}　期初余额 {ledger.opening:,.2f}",
        *rows,
        f"收入合计 {ledger.income:,.2f}　支出合计 {ledger.expense:,.2f}　期末余额 {ledger.closing:,.2f}",
    ]


def _people(names: str) -> set[str]:
    """Split a list of names so that spaces and full-width forms don't hide the same person."""
    plain = unicodedata.normalize("NFKC", names).casefold()
    return {_SPACE.sub("", name) for name in _BETWEEN_NAMES.split(plain)} - {""}


def _may_be_same(one: str, other: str) -> bool:
    """Compare names that may be masked as villages publish them: 王*示 may be 王小示."""
    return len(one) == len(other) and all(
        a == b or "*" in (a, b) for a, b in zip(one, other, strict=True)
    )
