"""What a seal would change: the board that hangs against the board to be sealed, in plain words.

Pure. It looks only at the two boards, never at the list of changes that led from one to the other,
so that what a person is shown is what the seal will cover.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sync.clock import CHINA
from sync.errors import BadInput
from sync.feed.contents import Read
from sync.feed.layout import Entry, Index, Page, decode_notice, decode_page
from sync.notices import Category, KioskKey, Notice, Village
from sync.office.boards import standing
from sync.office.crowding import Crowd, crowd
from sync.office.terms import in_words as in_words_of_year
from sync.office.terms import rule_in_words
from sync.workdays import TermRule, YearCalendar


@dataclass(frozen=True, slots=True)
class Item:
    """One notice in the difference; `reason` says why it is corrected or withdrawn."""

    id: str
    revision: int
    title: str
    category: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What the new board changes against the one that hangs."""

    number: int
    added: tuple[Item, ...]
    corrected: tuple[Item, ...]
    withdrawn: tuple[Item, ...]
    unchanged: int
    closed: tuple[tuple[str, int], ...]  # month as YYYY-MM, how many entries
    village: tuple[tuple[str, str, str], ...]  # what of the village's data, before, after
    notices: tuple[Notice, ...] = ()  # what is new or corrected, whole, as it will be sealed
    crowd: Crowd | None = None

    def __bool__(self) -> bool:
        return bool(self.added or self.corrected or self.withdrawn or self.village)


def difference(
    old: Index | None, new: Index, read: Read, *, villages: tuple[Village | None, Village]
) -> Difference:
    """Return old board → new board; `villages` is the village's data before and after.

    Raises:
        BadInput: the new board drops or changes something that hangs, which no seal may cover.
    """
    closed = _newly_closed(old, new, read)
    carried = [each.entry for page in closed for each in page.entries]
    now = [*carried, *new.entries]
    before = list(old.entries) if old is not None else []
    if now[: len(before)] != before or (old is not None and new.number != old.number + 1):
        raise BadInput(
            "新公开栏和现有公开栏接不上 (the new board does not continue the one that hangs)",
            advice="请重新盖章。Seal again from the start.",
        )
    changed = now[len(before) :]
    last = standing(old, read)
    items: dict[str, list[Item]] = {"added": [], "corrected": [], "withdrawn": []}
    notices = []
    for entry in changed:
        notice = decode_notice(read(entry.notice))
        kind, item = _item(entry, notice, known=entry.id in last)
        items[kind].append(item)
        if entry.withdrawn is None:
            notices.append(notice)
    still = [entry for entry in last.values() if entry.withdrawn is None]
    return Difference(
        number=new.number,
        added=tuple(items["added"]),
        corrected=tuple(items["corrected"]),
        withdrawn=tuple(items["withdrawn"]),
        unchanged=len({entry.id for entry in still} - {entry.id for entry in changed}),
        closed=tuple((page.month, len(page.entries)) for page in closed),
        village=_village_changes(*villages),
        notices=tuple(notices),
        crowd=crowd(villages[1], new, read, new.issued.astimezone(CHINA).date()),
    )


def _newly_closed(old: Index | None, new: Index, read: Read) -> list[Page]:
    """Return the months the new board closes, oldest first."""
    before = old.previous if old is not None else None
    found: list[Page] = []
    ref = new.previous
    while ref is not None and ref != before:
        found.append(decode_page(read(ref.page)))
        ref = found[-1].previous
    if ref != before:
        raise BadInput(
            "新公开栏丢了以前的月份 (the new board has lost earlier months)",
            advice="请重新盖章。Seal again from the start.",
        )
    return found[::-1]


def _item(entry: Entry, notice: Notice, *, known: bool) -> tuple[str, Item]:
    def item(reason: str) -> Item:
        return Item(entry.id, entry.revision, notice.title, entry.category, reason)

    if entry.withdrawn is not None:
        return "withdrawn", item(entry.withdrawn.reason)
    reason = notice.corrects.reason if notice.corrects is not None else ""
    return ("corrected" if known else "added"), item(reason)


def _village_changes(before: Village | None, after: Village) -> tuple[tuple[str, str, str], ...]:
    if before is None:
        return ()
    return tuple(
        (name, _shown(getattr(before, name)), _shown(getattr(after, name)))
        for name in Village.__struct_fields__
        if getattr(before, name) != getattr(after, name)
    )


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(map(_shown, value))
    match value:
        case YearCalendar():
            return in_words_of_year(value)
        case TermRule():
            return rule_in_words(value)
        case Category():
            return f"{value.name}（{value.every}）" if value.every else value.name
        case KioskKey():
            return f"{value.name}（{value.id}，公钥 {value.key[:8]}…{value.key[-8:]}）"
        case _:
            return str(value)


def in_words(difference: Difference, categories: Mapping[str, str]) -> tuple[str, ...]:
    """Return the difference as lines to read before sealing; `categories` gives names by id."""

    def line(item: Item) -> str:
        category = categories.get(item.category, item.category)
        return f"  · [{category}] {item.title}（{item.id}，第 {item.revision} 版）" + (
            f"　原因：{item.reason}" if item.reason else ""
        )

    lines = [f"公开栏第 {difference.number} 期 (board no. {difference.number})"]
    for heading, items in (
        ("新公示 (new)", difference.added),
        ("更正 (corrected)", difference.corrected),
        ("撤回 (withdrawn)", difference.withdrawn),
    ):
        if items:
            lines += [f"{heading}：{len(items)}", *(line(item) for item in items)]
    lines.append(f"不变 (unchanged)：{difference.unchanged}")
    lines += [f"归档月份 (month closed)：{month}，{count} 条" for month, count in difference.closed]
    lines += [
        f"村信息 (village data) {name}：{before or '（无）'} → {after or '（无）'}"
        for name, before, after in difference.village
    ]
    if difference.crowd:
        lines.append(f"注意 (note)：{difference.crowd}")
    return tuple(lines)
