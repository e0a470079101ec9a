"""What the office has to publish by when, what it missed, and how far the holidays are known.

Pure. The rule is `sync.duties`; `sync.office.status` prints these lines.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sync.calendars import COUNTRY, Calendar
from sync.duties import Duty, Record, State, decided_duty, duties, is_immediate, owed
from sync.notices import Notice, Village

AHEAD: Final = timedelta(days=20)
CALENDAR_SOON: Final = timedelta(
    days=60
)  # the State Council's notice comes in November, at times later


@dataclass(frozen=True, slots=True)
class Deadlines:
    """What is due within 20 days, what is overdue, decisions that wait in drafts (title first), oldest first.

    `known_until` is the last day whose holidays are known.
    """

    today: date
    coming: tuple[Duty, ...]
    overdue: tuple[Duty, ...]
    decided: tuple[tuple[str, Duty], ...]
    known_until: date
    country: str = COUNTRY


def deadlines(
    village: Village, record: Record, workdays: Calendar, drafts: Iterable[Notice], today: date
) -> Deadlines:
    """Return how the office stands on `today`; `drafts` are notices that hang nowhere yet."""
    record = record.on(today)
    coming = duties(village.categories, record, workdays, today, today + AHEAD)
    told = owed(village.categories, record, workdays, today)
    categories = {category.id: category for category in village.categories}
    waiting = [
        (each.title, decided_duty(category, each.id, each.decided.on, today, workdays))
        for each in drafts
        if each.decided
        and each.corrects is None  # what it corrects has hung
        and (category := categories.get(each.category))
        and is_immediate(category, urgent=each.urgent)
    ]
    waiting.sort(key=lambda one: one[1].due.judge)
    return Deadlines(
        today,
        tuple(one for one in coming if one.published is None and one.every != "event"),
        tuple(one for one in told if one.state(today, today) is State.MISSING),
        tuple(waiting),
        workdays.known_until(today),
        village.country,
    )


def lines(found: Deadlines) -> tuple[str, ...]:
    """Return what `kiosk-publish status` says of them."""
    said = [
        f"逾期：{_named(duty)}，应在 {duty.due.judge} 前公开，已过 {(found.today - duty.due.judge).days} 天 (overdue)"
        for duty in found.overdue
    ]
    said += [
        f"到期：{_named(duty)}，{duty.due.judge} 前公开{_last_worked(duty, found.today)} (due)"
        for duty in found.coming
    ]
    said += [f"到期：{_decided(title, duty, found.today)}" for title, duty in found.decided]
    return (*said, f"放假安排：知道到 {found.known_until} (holidays are known until then)")


def steps(found: Deadlines) -> tuple[str, ...]:
    """Return what has to be done: publish what is overdue, and learn next year's holidays."""
    said = [f"补公开：{_named(duty)} (publish what is overdue)" for duty in found.overdue]
    if found.known_until - found.today < CALENDAR_SOON:
        following = found.known_until + timedelta(days=1)
        whose = "国务院办公厅的放假通知" if found.country == COUNTRY else "官方的放假安排"
        said.append(
            f"{following.year} 年：把{whose}写进 office.toml 的 [[calendars]]，再请两方盖章"
            f" (put the holidays of {following.year} into office.toml, then seal)"
        )
    return tuple(said)


def _named(duty: Duty) -> str:
    first = duty.covers[0]
    if duty.every == "quarter":
        return f"{duty.category.name}（{first.year} 年第 {(first.month + 2) // 3} 季度）"
    if duty.every == "year":
        return f"{duty.category.name}（{first.year} 年）"
    return f"{duty.category.name}（{first.year} 年 {first.month} 月）"


def _last_worked(duty: Duty, today: date) -> str:
    if today <= duty.due.warn < duty.due.judge:
        return f"，最后一个工作日 {duty.due.warn}"
    return f"，还有 {(duty.due.judge - today).days} 天"


def _decided(title: str, duty: Duty, today: date) -> str:
    if today > duty.due.judge:
        days = f"{duty.late} 个工作日" if duty.late else f"{(today - duty.due.judge).days} 天"
        return (
            f"《{title}》{duty.covers[0]} 决定，应在 {duty.due.judge} 前公开，已晚 {days} (overdue)"
        )
    return f"《{title}》{duty.covers[0]} 决定，三个工作日内公开，最晚 {duty.due.warn} (due)"
