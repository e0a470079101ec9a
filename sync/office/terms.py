"""What office.toml says of terms: how long notices hang, the years' holidays, the kiosks' keys.

Pure. The rule itself is `sync.workdays`, which years are built in `sync.calendars`.
"""

import itertools
import json
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from sync.calendars import differences
from sync.errors import BadInput
from sync.notices import KioskKey
from sync.workdays import LEAST_MINUTES, LEAST_TURNS, TermRule, YearCalendar

Words = Annotated[str, Meta(extra={"words": "引号里的文字 (words between quotation marks)"})]
_Hour = Annotated[
    str,
    Meta(
        pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$",
        extra={"words": '几点几分，如 "06:00" (a time such as "06:00")'},
    ),
]
_Days = Annotated[
    str,
    Meta(
        pattern=r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}(\.\.20[0-9]{2}-[0-9]{2}-[0-9]{2})?$",
        extra={
            "words": '一天或一段，如 "2027-02-20" 或 "2027-01-01..2027-01-03"'
            ' (a day or a stretch such as "2027-01-01..2027-01-03")'
        },
    ),
]
_Key = Annotated[
    str,
    Meta(
        pattern=r"^[0-9a-f]{64}$",
        extra={"words": "公示屏状态页上的 64 位公钥 (the 64 digits of the kiosk's public key)"},
    ),
]
LONGEST_REST: Final = timedelta(days=31)


class TermTable(msgspec.Struct, frozen=True):
    """`[term]`: as `sync.workdays.TermRule`, with hours as people write them."""

    working_days: Annotated[int, Meta(ge=10, le=60)] = 10
    calendar_days: Annotated[int, Meta(ge=15, le=120)] = 15
    maximum_days: Annotated[int, Meta(ge=60, le=366)] = 90
    opens: _Hour = "06:00"
    closes: _Hour = "21:00"
    share_minutes: Annotated[int, Meta(ge=LEAST_MINUTES, le=60)] = 5
    share_turns: Annotated[int, Meta(ge=LEAST_TURNS, le=100)] = 10

    def __post_init__(self) -> None:
        """Refuse what the rule refuses. Raises: ValueError."""
        self.rule()

    def rule(self) -> TermRule:
        """Return the rule. Raises: ValueError."""
        fields = msgspec.structs.asdict(self)
        fields |= {name: time.fromisoformat(fields[name]) for name in ("opens", "closes")}
        return TermRule(**fields)


class CalendarTable(msgspec.Struct, frozen=True):
    """`[[calendars]]`: the State Council's notice of one year."""

    year: Annotated[int, Meta(ge=2026, le=2099)]
    source: Words
    off: tuple[_Days, ...]
    work: tuple[_Days, ...] = ()


class KioskTable(msgspec.Struct, frozen=True):
    """`[[kiosks]]`: a kiosk whose evidence the village vouches for."""

    id: Words
    name: Words
    key: _Key


def year_calendar(table: CalendarTable) -> YearCalendar:
    """Return a year's calendar.

    Raises:
        BadInput: a day that there isn't, one of another year, one both off and worked, or a day of work
            that is no weekend day.
    """
    off = tuple(_days(table.off, table.year))
    work = tuple(_days(table.work, table.year))
    both = set(off) & set(work)
    if both:
        raise BadInput(
            f"office.toml：{table.year} 年的 {min(both)} 又放假又上班 (both off and worked)"
        )
    for day in work:
        if day.weekday() < 5:
            raise BadInput(
                f"office.toml：{table.year} 年 work 里的 {day} 本来就是工作日"
                " (work names weekend days that are worked; this is a weekday)"
            )
    return YearCalendar(table.year, table.source, off, work)


def years_in_order(years: Iterable[YearCalendar]) -> tuple[YearCalendar, ...]:
    """Return the years in order. Raises: BadInput: one stands twice."""
    ordered = tuple(sorted(years, key=lambda one: one.year))
    for one, following in itertools.pairwise(ordered):
        if one.year == following.year:
            raise BadInput(f"office.toml：{one.year} 年的放假安排写了两次 (the year stands twice)")
    return ordered


def lines(rule: TermRule, years: Iterable[YearCalendar], kiosks: Iterable[KioskKey]) -> list[str]:
    """Return the lines of office.toml that say this."""
    written = [
        "",
        "# 公示期限：只能比这更长 (how long notices hang; a village may ask for more, never for less)",
        "[term]",
        *(f"{name} = {_written(getattr(rule, name))}" for name in TermTable.__struct_fields__),
    ]
    written += [
        "",
        "# 国务院每年的放假通知，照这样写；没写的年份用程序自带的 (the years' holidays; else those built in)",
        "# [[calendars]]",
        "# year = 2027",
        '# source = "国办发明电〔2026〕…号"',
        '# off = ["2027-01-01..2027-01-03"]',
        '# work = ["2027-02-20"]',
    ]
    for year in years:
        written += [
            "",
            "[[calendars]]",
            f"year = {year.year}",
            f"source = {_written(year.source)}",
            f"off = [{', '.join(_stretches(year.off))}]",
            f"work = [{', '.join(_stretches(year.work))}]",
        ]
    for kiosk in kiosks:
        written += kiosk_lines(kiosk)
    return written


def kiosk_lines(kiosk: KioskKey) -> list[str]:
    """Return the lines of office.toml that name a kiosk."""
    named = (f"{name} = {_written(getattr(kiosk, name))}" for name in ("id", "name", "key"))
    return ["", "[[kiosks]]", *named]


def rule_in_words(rule: TermRule) -> str:
    """Return how long notices hang, as a seal holder reads it."""
    return (
        f"至少 {rule.working_days} 个工作日、{rule.calendar_days} 天，最多 {rule.maximum_days} 天；"
        f"{rule.opens:%H:%M} 到 {rule.closes:%H:%M} 之间显示满 {rule.share_minutes} 分钟、"
        f"{rule.share_turns} 次才算一天"
    )


def in_words(year: YearCalendar) -> str:
    """Return what a seal holder has to know of a year: its source, and where it differs from what is built in."""
    words = f"{year.year} 年：{year.source}，放假 {len(year.off)} 天，周末上班 {len(year.work)} 天"
    other = differences(year)
    if other:
        named = "、".join(day.isoformat() for day in other[:12])
        words += f"；和程序自带的不同 (differs from what is built in)：{named}"
    return words


def _days(stretches: Iterable[str], year: int) -> Iterator[date]:
    for stretch in stretches:
        first, last = _ends(stretch)
        if last < first or last - first > LONGEST_REST:
            raise BadInput(
                f"office.toml：{year} 年的 {stretch} 前后颠倒或太长 (the wrong way round, or too long)"
            )
        if not date(year - 1, 12, 20) <= first <= last <= date(year + 1, 1, 10):
            raise BadInput(
                f"office.toml：{stretch} 不是 {year} 年的日子 (not a day of that year's notice)"
            )
        while first <= last:
            yield first
            first += timedelta(days=1)


def _ends(stretch: str) -> tuple[date, date]:
    first, _, last = stretch.partition("..")
    try:
        return date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError as error:
        raise BadInput(f"office.toml：没有 {stretch} 这一天 (there is no such day)") from error


def _stretches(days: tuple[date, ...]) -> Iterator[str]:
    ordered = sorted(days)
    for at, day in enumerate(ordered):
        if at and day - ordered[at - 1] == timedelta(days=1):
            continue
        last = day
        while last + timedelta(days=1) in days:
            last += timedelta(days=1)
        yield f'"{day}"' if last == day else f'"{day}..{last}"'


def _written(value: object) -> str:
    if isinstance(value, time):
        return f'"{value:%H:%M}"'
    return json.dumps(value, ensure_ascii=False)
