"""Categories that were deleted from office.toml although a notice still needs them.

Pure. A notice needs its category as long as a kiosk may have to show it, which makes up the days that it
missed; the archive does without, so a village may drop a category in the end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sync.errors import BadInput
from sync.feed.contents import Read
from sync.feed.layout import Index, decode_notice
from sync.notices import Notice, Village
from sync.office.boards import find, standing


@dataclass(frozen=True, slots=True)
class Lost:
    """A category that office.toml no longer has, and the titles of what still needs it."""

    category: str
    titles: tuple[str, ...]

    def __str__(self) -> str:
        titles = "".join(f"《{title}》" for title in self.titles)
        return (
            f"office.toml 里没有类别 {self.category} 了，{titles}还在用，写回去才能盖章"
            " (office.toml has lost a category that is in use: put it back to seal)"
        )


def lost(
    village: Village, index: Index | None, read: Read, today: date, drafts: Iterable[Notice] = ()
) -> tuple[Lost, ...]:
    """Return every lost category that a notice on the board or a draft needs, in order of id."""
    known = {category.id for category in village.categories}
    longest = timedelta(days=village.term.maximum_days)
    titles: dict[str, list[str]] = {}
    for entry in standing(index, read).values():
        hangs = entry.withdrawn is None and today - entry.posted <= longest
        if hangs and entry.category not in known:
            found = find(index, read, entry.id)
            title = decode_notice(found[1]).title if found else entry.id
            titles.setdefault(entry.category, []).append(title)
    for draft in drafts:
        if draft.category not in known:
            titles.setdefault(draft.category, []).append(draft.title)
    return tuple(
        Lost(category, tuple(dict.fromkeys(each))) for category, each in sorted(titles.items())
    )


def refuse(found: Sequence[Lost]) -> None:
    """Raises: BadInput, naming what is lost and how to mend it; nothing where nothing is."""
    if found:
        raise BadInput(
            "\n".join(map(str, found)),
            advice="请把类别写回 office.toml；真的不要了，先用 revise --category 给这些公示换类别，或用 withdraw 撤回。"
            "Put the category back; to do without it, revise or withdraw these notices first.",
        )
