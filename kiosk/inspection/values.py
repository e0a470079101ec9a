"""The inspection report as values: what report.json holds, and what paper and tables are made of.

All times are UTC, all days the village's own. How they are worked out is `kiosk.inspection.report`.
"""

from datetime import date, datetime
from typing import Final, Literal

import msgspec

from sync.feed.layout import Withdrawal
from sync.notices import AuditItem, Correction, Decision, Party
from sync.workdays import TermRule

FORMAT: Final = 1

Why = Literal["", "off", "clock", "dark", "absent", "share"]
State = Literal["held", "running", "corrected", "withdrawn", "maximum", "unproved"]
GapKind = Literal["silent", "untrusted", "jump", "lost", "broken", "month", "notice", "unproved"]


class Order(msgspec.Struct, frozen=True):
    """What was asked for, of which kiosk, when; `key` is its public key (hex), `rows` how many it wrote.

    `program` is the version that made the pack.
    """

    format: int
    village: str
    kiosk: str
    name: str
    key: str
    first: date
    last: date
    made: datetime
    rows: int
    program: str


class DayLine(msgspec.Struct, frozen=True):
    """A notice on one day. `working` is None where no calendar says; `seconds` and `turns` in opening hours.

    `counted` says whether it had its share, None for a day before the kiosk's evidence began; `why` what is
    known of one that had not: screen off, clock unproved, panel dark, not on the screen, too little.
    """

    day: date
    working: bool | None
    seconds: int
    turns: int
    counted: bool | None
    why: Why = ""


class TermLine(msgspec.Struct, frozen=True):
    """A notice's minimum term, judged on the last day of the report.

    `days` are its working days, those to come too, of which `done` are over; `made_up` the missed ones;
    `before` how many of the days lie before the evidence began and are taken as shown.
    """

    begins: date
    until: date
    maximum: date
    days: tuple[date, ...]
    done: int
    made_up: tuple[date, ...]
    before: int
    provisional: bool
    state: State


class NoticeLine(msgspec.Struct, frozen=True):
    """One revision of a notice. `hung` is the later of its own date and the day both seals were put.

    `audited` says that every item passed, on or before that day. `first_seen` and `last_seen` are when it
    stood on the screen, within the rows of the pack. `ended` is the day from which a correction or a
    withdrawal took its place; `picture` the SHA-256 of the screen's picture, "" where there is none.
    """

    id: str
    revision: int
    category: str
    title: str
    publisher: str
    author: str
    sha256: str
    posted: date
    sealed: date
    hung: date
    audited: bool
    audit: tuple[AuditItem, ...]
    decided: Decision | None
    corrects: Correction | None
    urgent: bool
    first_seen: datetime | None
    last_seen: datetime | None
    ended: date | None
    term: TermLine
    days: tuple[DayLine, ...]
    withdrawal: Withdrawal | None = None
    marker: TermLine | None = None  # of the page that says it was withdrawn
    picture: str = ""


class KioskDay(msgspec.Struct, frozen=True):
    """The screen's own day, in seconds of the opening hours; `kept` is False before the evidence began."""

    day: date
    working: bool | None
    kept: bool
    on: int
    dark: int
    unproved: int
    starts: int
    jumps: int


class DutyLine(msgspec.Struct, frozen=True):
    """What had to be published: `covers` which days, by `due`; `late` in days, of a decision in working days."""

    category: str
    every: str
    covers: tuple[date, date]
    due: date
    published: date | None
    late: int
    state: str
    notice: str


class Gap(msgspec.Struct, frozen=True):
    """What can't be shown, or went wrong; `start` and `end` are UTC, None where no time belongs to it."""

    kind: GapKind
    start: datetime | None
    end: datetime | None
    detail: str = ""


class YearSource(msgspec.Struct, frozen=True):
    """Where a year's working days come from; `sealed` by the village, or built into the program."""

    year: int
    source: str
    sealed: bool


class Seal(msgspec.Struct, frozen=True):
    """Who put one of the two seals."""

    party: Party
    name: str


class Report(msgspec.Struct, frozen=True):
    """The whole. `judged` is the last day that could be judged, `since` that on which the evidence begins.

    `objections` says whether this kiosk has a channel for them; as long as it has none, nothing is claimed.
    """

    order: Order
    village: str
    committee: str
    supervisor: str
    hotline: str
    enrolled: bool
    fingerprint: str
    number: int
    sealed: datetime
    vouched: datetime
    holders: tuple[Seal, ...]
    rule: TermRule
    years: tuple[YearSource, ...]
    since: date | None
    judged: date | None
    rows: int
    signed_days: int
    notices: tuple[NoticeLine, ...]
    kiosk_days: tuple[KioskDay, ...]
    duties: tuple[DutyLine, ...]
    gaps: tuple[Gap, ...]
    objections: bool = False
