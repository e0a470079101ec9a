"""What a pack consists of, and how a report follows from it: read the same way where it is made and checked.

    README.txt  report.pdf  report.json  *.csv      for people, for machines, for spreadsheets
    calendar.json                                    the working days that the kiosk knew
    feed/metadata  feed/targets  feed/blobs          as the office sealed and the kiosk got them
    evidence/days.json  evidence/<row>.page          signed days, and the rows of those that matter
    pictures/<notice>.<revision>.jpg                 what stood on the screen
    manifest.json  manifest.sig                      every file's SHA-256, under the kiosk's key

Pictures inside notices are left out: they are large, hide faces and papers of people, and the sealed
notice names each by its SHA-256 anyhow. Bytes come in through functions, so that making a pack is
reading a kiosk and noting what was asked for. Pure.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

import msgspec

from kiosk.evidence.chain import Break, Row, decode
from kiosk.evidence.pages import unpack
from kiosk.evidence.reader import DAYS_KEPT, breaks_in
from kiosk.evidence.records import Record
from kiosk.inspection.facts import gather
from kiosk.inspection.report import (
    Board,
    BuiltIn,
    Evidence,
    Posted,
    built_in,
    month_since,
    report_of,
    rows_since,
)
from kiosk.inspection.values import FORMAT, Gap, Order, Report, Seal
from sync.calendars import Calendar
from sync.clock import CHINA
from sync.errors import NotUnderstood, SourceUnavailable, SunboardError
from sync.feed.contents import (
    Read,
    check_notice,
    newest_first,
    notice_bytes,
    read_blob,
    read_village,
)
from sync.feed.gate import VerifiedIndex, verify
from sync.feed.layout import PAGE_LIMIT, FeedFiles, Index, decode_page
from sync.feed.published import published
from sync.notices import BlobRef
from sync.signed_days import Day, SignedDay, is_signed, read_day, root_of
from sync.workdays import TermRule

README: Final = "README.txt"
PAPER: Final = "report.pdf"
VALUES: Final = "report.json"
CALENDAR: Final = "calendar.json"
DAYS: Final = "evidence/days.json"
OPEN: Final = "evidence/open.page"
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.sig"
EARLIEST: Final = date(2020, 1, 1)
LATEST: Final = date(2120, 12, 31)
LONGEST: Final = 1_900  # days of a period: as long as rows are kept, and a little
UNPACKED: Final = 4 << 30  # bytes of rows; five years come to a quarter of it
BREAKS_TOLD: Final = 100  # of one page: whoever breaks more of it says nothing new
_SEPARATE: Final = (
    b"sunboard inspection pack\n"  # so that nothing else the key signs can be a manifest
)

PageOf = Callable[[Day], bytes | None]


class FileLine(msgspec.Struct, frozen=True):
    """A file of the pack by its content."""

    name: str
    sha256: str
    length: int


class Manifest(msgspec.Struct, frozen=True):
    """What was ordered, and every other file of the pack."""

    order: Order
    files: tuple[FileLine, ...]


@dataclass(frozen=True, slots=True)
class Log:
    """The evidence as bytes: closed days, their pages, and the rows since the last one as a page."""

    days: tuple[bytes, ...]
    page_of: PageOf
    open_page: bytes


def page_name(day: Day) -> str:
    """Return the name of a closed day's page in a pack."""
    return f"evidence/{day.first:09}.page"


def picture_name(notice: str, revision: int) -> str:
    """Return the name of the screen's picture of a revision in a pack."""
    return f"pictures/{notice}.{revision}.jpg"


def manifest_of(order: Order, members: Mapping[str, bytes]) -> bytes:
    """Return the manifest of these members."""
    files = (
        FileLine(name, hashlib.sha256(data).hexdigest(), len(data))
        for name, data in sorted(members.items())
    )
    return msgspec.json.encode(Manifest(order, tuple(files)))


def signed_part(manifest: bytes) -> bytes:
    """Return what the kiosk's key signs."""
    return _SEPARATE + manifest


def check_order(order: Order) -> None:
    """Raises: NotUnderstood: nobody can have ordered this."""
    days = (order.last - order.first).days
    if order.format != FORMAT:
        raise NotUnderstood(
            f"检查包的格式是 {order.format}，这个程序读 {FORMAT} (made by another program)",
            advice="请用同一版本的程序核对。Check it with the same version of the program.",
        )
    if not EARLIEST <= order.first <= order.last <= LATEST or days > LONGEST:
        raise NotUnderstood(
            f"日期不对：{order.first} 至 {order.last}，最多 {LONGEST} 天"
            " (the days are the wrong way round, or too many)"
        )
    if order.made.utcoffset() is None:
        raise NotUnderstood("没有写明时区 (no time zone)")


def read_board(files: FeedFiles, read: Read, anchor: bytes, order: Order) -> Board:
    """Return the board that both parties sealed, as far back as the period needs it.

    Raises: NotTrusted, NotUnderstood, SourceUnavailable: it isn't sealed, isn't whole or another village's.
    """
    board = verify(files, anchor)
    village = read_village(read, board.index.village)
    if village.id != order.village:
        raise NotUnderstood(f"公示属于另一个村：{village.id} (the feed is another village's)")
    months, missing = _months(board.index, read, month_since(order, village.term))
    entries = []
    for listed in newest_first(board.index, read, months=months):
        entry = listed.entry
        try:
            notice = check_notice(entry, notice_bytes(listed, read))
        except SunboardError:
            notice = None
            missing.append(Gap("notice", None, None, f"{entry.id} {entry.revision}"))
        entries.append(Posted(entry, notice))
    heard = board.issued.astimezone(CHINA).date()
    return Board(
        village, board.index.number, board.index.issued, board.issued, _seals(board),
        tuple(entries), published(board.index, _no_further(read, board.index, months), heard), tuple(missing),
    )  # fmt: skip


def used_calendar(order: Order, known: Calendar, source: str) -> BuiltIn:
    """Return as much of a calendar as a report can ask for: a term has 366 days at most."""
    first, last = date(order.first.year - 2, 1, 1), date(order.last.year + 2, 12, 31)
    return built_in(known, source, first, last)


def read_log(log: Log, order: Order, rule: TermRule, since: date) -> Evidence:
    """Return what the log proves; whatever in it doesn't hold is among the breaks. Raises: NotUnderstood."""
    reading = _Reading(log, bytes.fromhex(order.key))
    with _possible():
        facts = gather(reading.records(since, order.last), rule)
    return Evidence(
        facts, tuple(reading.breaks), facts.beginning.day,
        reading.last_row, facts.records, len(reading.days),
    )  # fmt: skip


def report_from(
    order: Order, board: Board, calendar: BuiltIn, evidence: Evidence, pictures: Mapping[str, str]
) -> Report:
    """Return the report; `pictures` are the SHA-256 of those in hand, by name. Raises: NotUnderstood."""
    known = Calendar(calendar.is_working, board.village.calendars)
    held = {
        key: sha256
        for key, sha256 in evidence.facts.pictures.items()
        if pictures.get(picture_name(*key)) == sha256
    }
    evidence.facts.pictures = held
    with _possible():
        return report_of(order, board, known, evidence)


def needed_since(order: Order, board: Board) -> date:
    """Return the day from which on rows are needed."""
    return rows_since(board.entries, order, board.village.term)


class _Reading:
    """Reads signed days in order, and the rows of those that a period needs."""

    def __init__(self, log: Log, public: bytes) -> None:
        self._log, self._public = log, public
        self.breaks: list[Break] = []
        self.days: list[tuple[SignedDay, Day]] = []
        self.last_row = self._unpacked = 0
        before, first = root_of(public), 1
        for data in log.days:
            read = read_day(data)
            if read is None:
                self.breaks.append(Break(first, "a signed day can't be read"))
                continue
            signed, day = read
            if not is_signed(signed.day, signed.signature, public):
                self.breaks.append(Break(day.first, f"the kiosk has not signed {day.day}"))
            if (day.first, day.before) != (first, before.hex()) or day.last < day.first:
                self.breaks.append(Break(day.first, f"{day.day} does not follow the day before it"))
            before, first = bytes.fromhex(day.head), day.last + 1
            self.days.append(read)
        self._head, self._next = before, first
        self.last_row = first - 1

    def records(self, since: date, until: date) -> Iterator[Record]:
        """Yield the records by which the log began, then those of the period.

        A day is named by a clock that may have been unproved, so the period is taken from the last day
        with a proof before `since` up to the first one with a proof after `until`.
        """
        days = [day for _, day in self.days]
        kept = max(len(days) - DAYS_KEPT, 0)  # of earlier days no kiosk holds the rows
        first, last = self._around(days, kept, since, until)
        began = False
        for at, day in enumerate(days[kept:], start=kept):
            if began and not first <= at <= last:
                continue
            for record in self._records_of(day):
                began = began or record.trusted
                yield record
        rows = self._open_rows()
        if last == len(days):
            yield from self._decoded(rows)

    def _around(self, days: list[Day], kept: int, since: date, until: date) -> tuple[int, int]:
        """Return the first and last place of the days that are needed; one past the end are the open rows."""
        places = range(kept, len(days))
        named = [at for at in places if since <= days[at].day <= until]
        later = (at for at in places if days[at].day > until)
        first = named[0] if named else next(later, len(days))
        last = named[-1] if named else first - 1
        before = (at for at in reversed(range(kept, first)) if self._proves(days[at], None, since))
        after = (at for at in range(last + 1, len(days)) if self._proves(days[at], until, None))
        return next(before, kept), next(after, len(days))

    def _proves(self, day: Day, after: date | None, before: date | None) -> bool:
        """Tell whether a day has a proved time after a date, or before one."""
        try:
            rows = self._rows_of(day) or ()
        except ValueError:
            return False
        return any((after and one > after) or (before and one < before) for one in _proved(rows))

    def _rows_of(self, day: Day) -> tuple[Row, ...] | None:
        page = self._log.page_of(day)
        if page is None:
            return None
        rows = unpack(bytes.fromhex(day.before), day.first, page)
        self._unpacked += sum(len(row.data) for row in rows)
        if self._unpacked > UNPACKED:
            raise NotUnderstood("证据记录太多 (too many rows)")
        return rows

    def _records_of(self, day: Day) -> Iterator[Record]:
        try:
            rows = self._rows_of(day)
        except ValueError as error:
            self.breaks.append(Break(day.first, str(error)))
            return
        if rows is None:
            self.breaks.append(Break(day.first, f"the rows of {day.day} are gone"))
            return
        found = _first_breaks(bytes.fromhex(day.before), day.first, rows)
        last = (rows[-1].number, rows[-1].hash.hex()) if rows else None
        if not found and last != (day.last, day.head):
            found = [Break(day.first, f"the rows of {day.day} are not what was signed")]
        self.breaks += found
        yield from self._decoded(rows)

    def _open_rows(self) -> tuple[Row, ...]:
        try:
            rows = unpack(self._head, self._next, self._log.open_page)
        except ValueError as error:
            self.breaks.append(Break(self._next, str(error)))
            return ()
        self.breaks += _first_breaks(self._head, self._next, rows)
        self.last_row = rows[-1].number if rows else self.last_row
        return rows

    def _decoded(self, rows: tuple[Row, ...]) -> Iterator[Record]:
        for row in rows:
            try:
                yield decode(row.data)
            except ValueError:
                self.breaks.append(Break(row.number, f"row {row.number} can't be read"))


@contextmanager
def _possible() -> Iterator[None]:
    """Turn what counting with impossible numbers and times raises into NotUnderstood."""
    try:
        yield
    except (ValueError, TypeError, ArithmeticError) as error:
        raise NotUnderstood(f"证据记录里有不可能的值 (impossible values: {error})") from error


def _months(index: Index, read: Read, since: str) -> tuple[int, list[Gap]]:
    """Return how many closed months back can and must be read, and which one is missing."""
    number, ref = 0, index.previous
    while ref is not None and ref.month >= since:
        try:
            page = read_blob(read, ref.page, PAGE_LIMIT)
        except SourceUnavailable:
            return number, [Gap("month", None, None, ref.month)]
        number, ref = number + 1, decode_page(page).previous
    return number, []


def _no_further(read: Read, index: Index, months: int) -> Read:
    """Return how to read the board without asking for months that aren't needed."""
    allowed = {index.village.sha256, *(one.notice.sha256 for one in index.entries)}
    ref = index.previous
    for _ in range(months):
        if ref is not None:
            allowed.add(ref.page.sha256)
            ref = decode_page(read_blob(read, ref.page, PAGE_LIMIT)).previous

    def only(ref: BlobRef) -> bytes:
        if ref.sha256 not in allowed:
            raise SourceUnavailable("the period doesn't need it")
        return read(ref)

    return only


def _seals(board: VerifiedIndex) -> tuple[Seal, ...]:
    return tuple(Seal(one.party, one.name) for one in board.holders)


def _proved(rows: tuple[Row, ...]) -> Iterator[date]:
    """Yield the days of the rows whose time is proved."""
    for row in rows:
        with suppress(ValueError):
            record = decode(row.data)
            if record.trusted:
                yield record.wall.astimezone(CHINA).date()


def _first_breaks(before: bytes, first: int, rows: tuple[Row, ...]) -> list[Break]:
    return list(islice(breaks_in(before, first, rows), BREAKS_TOLD))
