"""Making a pack beside the running kiosk: its folder is only read, its key signs, one file comes out."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final

import msgspec

from kiosk.evidence.key import OwnKey, held_key
from kiosk.evidence.pages import pack as pack_rows
from kiosk.evidence.reader import DATABASE, LogReader
from kiosk.inspection.contents import (
    CALENDAR,
    DAYS,
    MANIFEST,
    OPEN,
    PAPER,
    README,
    SIGNATURE,
    VALUES,
    Log,
    check_order,
    manifest_of,
    needed_since,
    page_name,
    picture_name,
    read_board,
    read_log,
    report_from,
    signed_part,
    used_calendar,
)
from kiosk.inspection.parcel import wrap
from kiosk.inspection.report import Board
from kiosk.inspection.snapshot import snapshot
from kiosk.inspection.tables import tables
from kiosk.inspection.values import FORMAT, Order, Report
from sync.blobs import Blobs
from sync.calendars import COUNTRY, calendar
from sync.errors import OfficeError, SourceUnavailable
from sync.feed.durable import write_file
from sync.feed.layout import FeedFiles, blob_path
from sync.feed.writing import metadata_paths
from sync.notices import BlobRef
from sync.signed_days import Day, root_of
from sync.store import Store

EVIDENCE: Final = "evidence"  # the folder in the kiosk's data
PICTURE_LIMIT: Final = 2 << 20  # bytes of one picture; a screen's has 100,000
_SPARE: Final = 1 << 20  # bytes that stay free beside the pack
_EMPTY: Final = (
    "请等公示屏收到公示、写下展示记录后再做。Wait until the kiosk has notices and evidence."
)


@dataclass(frozen=True, slots=True)
class Kiosk:
    """Which kiosk, where its data lies, what it trusts, and the two faces to print with."""

    id: str
    name: str
    village: str
    data: Path
    anchor: bytes
    regular: Path
    bold: Path
    program: str


@dataclass(slots=True)
class _Reading:
    """Reads the kiosk and keeps what was asked for, as members of the pack."""

    store: Store
    blobs: Blobs
    log: LogReader
    members: dict[str, bytes] = field(default_factory=dict)

    def feed(self) -> FeedFiles:
        files = self.store.files()
        if not files.timestamp:
            raise SourceUnavailable("屏上还没有公示 (no notices yet)", advice=_EMPTY)
        for path, data in metadata_paths(files).items():
            self.members[f"feed/{path}"] = data
        return files

    def blob(self, ref: BlobRef) -> bytes:
        data = self.store.notice_bytes(ref) or self.blobs.read(ref)
        if data is None:
            raise SourceUnavailable(f"the card has lost {ref.sha256}")
        self.members[f"feed/{blob_path(ref)}"] = data
        return data

    def evidence(self) -> Log:
        signed = self.log.signed_days()
        days = tuple(msgspec.json.encode(one) for one in signed)
        self.members[DAYS] = msgspec.json.encode(signed)
        before, first = root_of(self.log.public), 1
        if signed:
            last = msgspec.json.decode(signed[-1].day, type=Day)
            before, first = bytes.fromhex(last.head), last.last + 1
        self.members[OPEN] = pack_rows(before, first, self.log.open_rows())
        return Log(days, self.page, self.members[OPEN])

    def page(self, day: Day) -> bytes | None:
        page = self.log.page_of(day)
        if page is not None:
            self.members[page_name(day)] = page
        return page


def make(kiosk: Kiosk, first: date, last: date, now: datetime) -> tuple[bytes, Report]:
    """Return a pack for the days from `first` to `last`, and its report; `now` is UTC.

    Raises:
        SunboardError: nothing to report on, or it can't be read; the message says what.
    """
    key = _key(kiosk)
    with _opened(kiosk, key.public) as reading:
        order = Order(
            FORMAT, kiosk.village, kiosk.id, kiosk.name, key.public.hex(), first, last,
            now.replace(microsecond=0), reading.log.written(), kiosk.program,
        )  # fmt: skip
        check_order(order)
        report = _gather(kiosk, order, reading)
    members = reading.members
    members |= tables(report)
    members[VALUES] = msgspec.json.encode(report)
    members[README] = _readme(report).encode()
    members[PAPER] = _paper(report, members, kiosk)
    members[MANIFEST] = manifest_of(order, members)
    members[SIGNATURE] = key.sign(signed_part(members[MANIFEST])).encode("ascii")
    return wrap(members), report


def write(pack: bytes, report: Report, folder: Path) -> Path:
    """Write a pack into a folder or onto a stick, whole or not at all, and return its path.

    Raises: OfficeError: there is no such folder, no room, or it can't be written.
    """
    order = report.order
    path = folder / f"{order.village}-{order.kiosk}-{order.first}-{order.last}.zip"
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise OfficeError(f"没有这个文件夹：{folder} (there is no such folder)") from error
    if len(pack) + _SPARE > free:
        raise OfficeError(
            f"空间不够：需要 {len(pack) / 1e6:,.1f} MB，只有 {free / 1e6:,.1f} MB (not enough room)",
            advice="请换一个大的 U 盘，或把日期缩短。Use a larger stick, or ask for fewer days.",
        )
    write_file(path, pack)
    return path


def _gather(kiosk: Kiosk, order: Order, reading: _Reading) -> Report:
    board = read_board(reading.feed(), reading.blob, kiosk.anchor, order)
    known = used_calendar(
        order, calendar((), board.village.country), _source(board.village.country)
    )
    reading.members[CALENDAR] = msgspec.json.encode(known)
    evidence = read_log(reading.evidence(), order, board.village.term, needed_since(order, board))
    pictures = _pictures(kiosk.data / EVIDENCE / "pictures", board)
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in pictures.items()}
    report = report_from(order, board, known, evidence, sums)
    used = {picture_name(one.id, one.revision) for one in report.notices if one.picture}
    reading.members |= {name: data for name, data in pictures.items() if name in used}
    return report


def _pictures(folder: Path, board: Board) -> dict[str, bytes]:
    """Return the screen's pictures of what is on the board, by their names in the pack."""
    found = {}
    for one in board.entries:
        name = picture_name(one.entry.id, one.entry.revision)
        path = folder / Path(name).name
        try:
            if path.stat().st_size <= PICTURE_LIMIT:
                found[name] = path.read_bytes()
        except OSError:
            continue  # the report says that there is none
    return found


@contextmanager
def _opened(kiosk: Kiosk, public: bytes) -> Iterator[_Reading]:
    with tempfile.TemporaryDirectory(prefix="sunboard-report-") as name:
        copies = Path(name)
        log = snapshot(kiosk.data / DATABASE, copies)
        store = snapshot(kiosk.data / "sunboard.db", copies)
        if log is None or store is None:
            raise SourceUnavailable("屏上还没有展示记录 (no evidence yet)", advice=_EMPTY)
        with (
            closing(LogReader(log, public)) as reader,
            closing(Store(store, readonly=True)) as held,
        ):
            yield _Reading(held, Blobs(kiosk.data), reader)


def _key(kiosk: Kiosk) -> OwnKey:
    try:
        key = held_key(kiosk.data / EVIDENCE)
    except OSError as error:
        raise SourceUnavailable(
            f"读不了公示屏的密钥：{error.strerror} (the kiosk's key can't be read)",
            advice="请用 sudo -u sunboard 运行。Run it as the kiosk's own user.",
        ) from error
    if key is None:
        raise SourceUnavailable("公示屏还没有密钥 (the kiosk has no key yet)", advice=_EMPTY)
    return key


def _source(country: str) -> str:
    from importlib.metadata import version  # noqa: PLC0415

    package = "chinesecalendar" if country == COUNTRY else "holidays"
    return f"{package} {version(package)}"


def _paper(report: Report, members: dict[str, bytes], kiosk: Kiosk) -> bytes:
    from kiosk.inspection.paper import render  # noqa: PLC0415  # checking a pack needs no printing

    return render(report, members, kiosk.regular, kiosk.bold)


def _readme(report: Report) -> str:
    order = report.order
    return (
        f"{report.village} 村务公开展示检查包，{order.first} 至 {order.last}\r\n\r\n"
        "report.pdf      给人看的报告，可打印\r\n"
        "*.csv           表格，用 Excel 或 WPS 打开\r\n"
        "report.json     给程序看的同一份内容\r\n"
        "feed/           办公室盖章的公示，原样（公示里的图片没有放进来：太大，也有人脸和证件；盖章的公示里有每张图的 SHA-256）\r\n"
        "evidence/       公示屏的展示记录和每天的签名，原样\r\n"
        "pictures/       公示第一次出现时的屏幕画面\r\n"
        "manifest.json   全部文件的 SHA-256，manifest.sig 是公示屏密钥的签名\r\n\r\n"
        "核对（在另一台电脑上，只要公钥）：kiosk verify 这个文件.zip --root root.json\r\n"
        "root.json 是建办公文件夹那天镇里留下的信任根，不要用别人随包附来的。\r\n"
        "里面有挂过的公示全文，包括名单：按村里的规定保管，不要传到网上。\r\n"
    )
