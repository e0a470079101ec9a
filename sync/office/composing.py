"""How a file handed in becomes a draft: its head, the command line and the board that hangs.

Pure rules. Reading the file is `sync.prepare`, keeping the draft `sync.office.drafts`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from itertools import chain, count
from typing import Final

import msgspec

from sync.errors import BadInput
from sync.feed.contents import check_fit
from sync.feed.layout import encode
from sync.ledger import Ledger
from sync.notices import (
    ID_PATTERN,
    NOTICE_LIMIT,
    TITLE_LIMIT,
    Category,
    Correction,
    Decision,
    Heading,
    Notice,
    Publisher,
    Village,
    clean_text,
)
from sync.office.audit import clean_name
from sync.prepare import Material
from sync.reading import initials, names_in, read_aloud

REASON_LIMIT: Final = 200  # characters
EARLIEST: Final = timedelta(days=400)  # older than a year and a month is a typing error
LATEST: Final = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a person says of a notice besides its file; None where nothing was said."""

    category: str | None = None
    title: str | None = None
    publisher: Publisher | None = None
    author: str | None = None
    posted: date | None = None
    decided_on: date | None = None
    decided_by: str | None = None
    period: tuple[date, date] | None = None
    urgent: bool | None = None

    def over(self, other: "Details") -> "Details":
        """Return what is said here, and from `other` what isn't."""
        said = {field.name: getattr(self, field.name) for field in fields(self)}
        return replace(other, **{name: value for name, value in said.items() if value is not None})


def of_head(head: Mapping[str, object]) -> Details:
    """Return what a text file's head says; `sync.prepare` has checked and typed it.

    Raises:
        BadInput: a value of the wrong kind.
    """
    said = {field.name: head[field.name] for field in fields(Details) if field.name in head}
    decided = head.get("decided")
    if isinstance(decided, Decision):
        said |= {"decided_on": decided.on, "decided_by": decided.by}
    try:
        return msgspec.convert(said, Details)
    except msgspec.ValidationError as error:
        raise BadInput(f"文件开头填写有误 (the file's head is wrong: {error})") from error


def of_notice(notice: Notice) -> Details:
    """Return what a revision takes over from the notice it corrects; it is posted anew."""
    return Details(
        category=notice.category,
        title=notice.title,
        publisher=notice.publisher,
        author=notice.author,
        decided_on=notice.decided.on if notice.decided else None,
        decided_by=notice.decided.by if notice.decided else None,
        period=notice.period,
        urgent=notice.urgent,
    )


def compose(
    notice_id: str,
    material: Material,
    said: Details,
    *,
    village: Village,
    today: date,
    corrects: Correction | None = None,
) -> Notice:
    """Return the draft: checked, with its reading and the initials by which it is found.

    Raises:
        BadInput: names what is missing or wrong.
    """
    title = _title(said.title or material.title)
    category = _category(said.category, village)
    first = (Heading(material.heading, 1),) if material.heading not in {"", title} else ()
    notice = Notice(
        id=checked_id(notice_id),
        revision=1 if corrects is None else corrects.revision + 1,
        category=category.id,
        title=title,
        initials=initials(title),
        publisher=said.publisher or Publisher.COMMITTEE,
        author=clean_name(said.author or "", "编制人 author"),
        posted=said.posted or today,
        blocks=(*first, *material.blocks),
        reading=(),
        decided=_decision(said),
        period=_period(material, said, category),
        pictures=material.pictures,
        corrects=corrects,
        urgent=bool(said.urgent),
    )
    _check_dates(notice, today)
    if not notice.blocks:
        raise BadInput("公示没有内容 (the notice is empty)")
    check_fit(notice)  # before it is read, which takes long for a text without end
    notice = msgspec.structs.replace(
        notice,
        reading=read_aloud(title, notice.blocks, corrects),
        names=names_in(notice.blocks),
    )
    check_fit(notice)
    if len(encode(notice)) > NOTICE_LIMIT:
        raise BadInput("这份公示太长，请分成几份 (too long, split it into several notices)")
    return notice


def next_id(category: str, posted: date, taken: Collection[str]) -> str:
    """Return an id that is still free: the category and the day, numbered from the second on."""
    plain = f"{category[:48]}-{posted:%Y%m%d}"
    numbered = (f"{plain}-{number}" for number in count(2))
    return next(each for each in chain([plain], numbered) if each not in taken)


def checked_id(notice_id: str) -> str:
    """Raises: BadInput unless it is lower-case letters, digits and hyphens, at most 64."""
    if not ID_PATTERN.fullmatch(notice_id):
        raise BadInput(
            f"编号 {notice_id[:80]!r} 只能用小写字母、数字和短横，最多 64 个"
            " (an id takes lower-case letters, digits and hyphens, at most 64)"
        )
    return notice_id


def checked_reason(reason: str) -> str:
    """Raises: BadInput unless it is one line of 1 to 200 characters that can be shown."""
    text = clean_text(reason, "原因 reason")
    if not text or len(text) > REASON_LIMIT or "\n" in text:
        raise BadInput(f"原因要写 1 到 {REASON_LIMIT} 个字 (a reason of 1 to {REASON_LIMIT})")
    return text


def check_correction(notice: Notice, today: date) -> None:
    """Raises: BadInput: a correction dated after `today`, which would take down what it corrects."""
    if notice.corrects is not None and notice.posted > today:
        raise BadInput(
            f"{notice.id} 的更正日期 {notice.posted} 在今天 {today} 以后；更正不能等，否则到那天以前公开栏上没有这份公示"
            " (a correction can't be dated in the future: till then nothing would hang)",
            advice="去掉 --posted 和文件开头的 posted，再 revise。Leave `posted` out and revise it again.",
        )


def _title(text: str) -> str:
    title = clean_text(text, "标题 title")
    if not title or len(title) > TITLE_LIMIT or "\n" in title:
        raise BadInput(
            f"标题要有 1 到 {TITLE_LIMIT} 个字，现在 {len(title)} 个"
            f" (a title of one line, 1 to {TITLE_LIMIT} characters; give --title)"
        )
    return title


def _category(wanted: str | None, village: Village) -> Category:
    for category in village.categories:
        if category.id == wanted:
            return category
    listed = "、".join(f"{each.id}（{each.name}）" for each in village.categories)
    if wanted is None:
        raise BadInput(
            f"没有写类别，请加 --category (unknown category: none is given)。可选：{listed}"
        )
    raise BadInput(f"类别 {wanted} 不在 office.toml 里 (unknown category)。可选：{listed}")


def _decision(said: Details) -> Decision | None:
    if said.decided_on is None and said.decided_by is None:
        return None
    if said.decided_on is None or not said.decided_by:
        raise BadInput("决定日期和决定会议要一起填 (--decided-on and --decided-by belong together)")
    return Decision(on=said.decided_on, by=clean_name(said.decided_by, "决定会议 decided by"))


def _period(material: Material, said: Details, category: Category) -> tuple[date, date] | None:
    ledgers = [block for block in material.blocks if isinstance(block, Ledger)]
    period = said.period or material.period
    if ledgers:
        covered = (min(each.start for each in ledgers), max(each.end for each in ledgers))
        if period is not None and period != covered:
            raise BadInput(
                f"所属期间 {period[0]}—{period[1]} 和账目的 {covered[0]}—{covered[1]} 不一致"
                " (the period differs from the ledger's)"
            )
        return covered
    if period is None and category.group == "finance":
        raise BadInput(
            f"“{category.name}”要写所属期间，例如 --period 2026-10-01 2026-10-31"
            " (finance notices name the period they cover)"
        )
    if period is not None and period[0] > period[1]:
        raise BadInput("所属期间的开始晚于结束 (the period ends before it starts)")
    return period


def _check_dates(notice: Notice, today: date) -> None:
    if not today - EARLIEST <= notice.posted <= today + LATEST:
        raise BadInput(
            f"公示日期 {notice.posted} 离今天 {today} 太远 (the posting date is too far from today)"
        )
    check_correction(notice, today)
    if notice.decided is not None and notice.decided.on > notice.posted:
        raise BadInput(
            f"决定日期 {notice.decided.on} 晚于公示日期 {notice.posted} (decided after it is posted)"
        )
    for ledger in notice.blocks:
        last = (
            max((row.on for row in ledger.rows), default=None)
            if isinstance(ledger, Ledger)
            else None
        )
        if last is not None and last > notice.posted:
            raise BadInput(
                f"账目里有 {last} 的一笔，晚于公示日期 {notice.posted} (an entry after the posting date)"
            )
