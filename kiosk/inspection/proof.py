"""Checking a pack with public keys alone, on another computer: every link from the anchor to every row.

    anchor → two seals → index → village → the kiosk's key → manifest, signed days → rows → report

The pack may come from anybody: sizes, names and counts are bounded before anything is read.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

import msgspec

from kiosk.inspection.contents import (
    CALENDAR,
    DAYS,
    EARLIEST,
    LATEST,
    MANIFEST,
    OPEN,
    PAPER,
    README,
    SIGNATURE,
    VALUES,
    Log,
    Manifest,
    check_order,
    manifest_of,
    needed_since,
    page_name,
    picture_name,
    read_board,
    read_log,
    report_from,
    signed_part,
)
from kiosk.inspection.parcel import NoPack, unwrap
from kiosk.inspection.report import Board, BuiltIn
from kiosk.inspection.tables import tables
from kiosk.inspection.values import Report
from sync.calendars import Calendar, calendar, differences
from sync.errors import BadInput, NotUnderstood, SourceUnavailable, SunboardError
from sync.feed.layout import FeedFiles, blob_path
from sync.notices import ID_PATTERN, BlobRef, KioskKey
from sync.signed_days import Day, SignedDay, fingerprint, is_signed

DAYS_LIMIT: Final = 20_000  # signed days: fifty years
_METADATA: Final = re.compile(
    r"feed/metadata/(?:([0-9]{1,9})\.)?(root|timestamp|snapshot|targets|notices)\.json"
)
_INDEX: Final = re.compile(r"feed/targets/notices/[0-9a-f]{64}\.index\.json")
_T = TypeVar("_T")
_KEY: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: `ok` is False where it doesn't hold, None where it is only said."""

    ok: bool | None
    words: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How it ends: `whole` says that every link holds, `enrolled` that the village has sealed the kiosk's key.

    `compared` says that the key is the one that the inspector gave.
    """

    whole: bool
    enrolled: bool = False
    compared: bool = False


class _Fails(SunboardError):
    """A link that doesn't hold: nothing after it can."""


def examine(pack: bytes, anchor: bytes, key: str = "") -> Iterator[Check | Verdict]:
    """Yield each check, in the order of the links, and the verdict last.

    `key` is the kiosk's public key (hex) as the inspector knows it, "" where nobody compared it.
    """
    whole, enrolled = True, False
    try:
        checking = _Checking(unwrap(pack), anchor, key)
        for check in checking.all():
            whole = whole and check.ok is not False
            yield check
        enrolled = checking.enrolled is not None
    except SunboardError as error:
        yield Check(ok=False, words=str(error))
        whole = False
    yield Verdict(whole, enrolled, bool(key))


class _Checking:
    def __init__(self, members: Mapping[str, bytes], anchor: bytes, key: str) -> None:
        self._members, self._anchor, self._given = members, anchor, key
        self._asked = {MANIFEST, SIGNATURE, README, PAPER, VALUES, CALENDAR, DAYS, OPEN}
        self.enrolled: KioskKey | None = None
        self._manifest = self._read_manifest()
        self._order = self._manifest.order

    def all(self) -> Iterator[Check]:
        """Yield every check; stops by an error where a link is broken."""
        yield from self._files()
        board = read_board(self._feed(), self._blob, self._anchor, self._order)
        seals = "、".join(one.name for one in board.holders)
        yield Check(
            ok=True,
            words=f"两枚印章核对无误：第 {board.number} 期，{board.sealed:%Y-%m-%d %H:%M} UTC，{seals}"
            " (both seals hold, from the trusted root)",
        )
        yield from self._enrolment(board)
        known = self._decoded(CALENDAR, BuiltIn)
        yield from self._calendar(known, board)
        evidence = read_log(
            self._log(), self._order, board.village.term, needed_since(self._order, board)
        )
        for one in evidence.breaks[:20]:
            yield Check(
                ok=False, words=f"证据链断裂：第 {one.number} 行 (the chain is broken: {one.why})"
            )
        if len(evidence.breaks) > 20:
            yield Check(ok=False, words=f"还有 {len(evidence.breaks) - 20} 处断裂 (more breaks)")
        if not evidence.breaks:
            yield Check(
                ok=True,
                words=f"每天的签名 {evidence.signed_days} 个、记录 {evidence.rows:,} 行，一行接一行，都对"
                " (every signed day and every row follows)",
            )
        report = report_from(self._order, board, known, evidence, self._pictures())
        yield from self._recomputed(report)
        yield self._complete()
        yield from _said(report)

    def _read_manifest(self) -> Manifest:
        missing = [name for name in sorted(self._asked) if name not in self._members]
        if missing:
            raise NoPack(f"缺少文件：{missing[0]} (a file is missing)")
        manifest = self._decoded(MANIFEST, Manifest)
        check_order(manifest.order)
        order = manifest.order
        if not (
            _KEY.fullmatch(order.key)
            and ID_PATTERN.fullmatch(order.village)
            and ID_PATTERN.fullmatch(order.kiosk)
        ):
            raise NoPack("清单里的编号或公钥不合规则 (no acceptable id or key)")
        return manifest

    def _files(self) -> Iterator[Check]:
        """Compare every file with the manifest, and the manifest with the kiosk's signature."""
        order = self._order
        yield Check(
            ok=None,
            words=f"{order.village}，公示屏 {order.kiosk}（{order.name}），{order.first} 至 {order.last}，"
            f"{order.made:%Y-%m-%d %H:%M} UTC 制作",
        )
        signature = self._members[SIGNATURE].decode("ascii", "replace")
        signed = signed_part(self._members[MANIFEST])
        if not is_signed(signed, signature, bytes.fromhex(order.key)):
            raise _Fails("清单上的签名不对 (the manifest isn't signed by the kiosk's key)")
        others = {
            name: data for name, data in self._members.items() if name not in {MANIFEST, SIGNATURE}
        }
        if manifest_of(order, others) != self._members[MANIFEST]:
            listed = {one.name: one.sha256 for one in self._manifest.files}
            wrong = [
                name for name in sorted({*listed, *others})
                if name not in others or listed.get(name) != hashlib.sha256(others[name]).hexdigest()
            ]  # fmt: skip
            raise _Fails(
                f"文件与清单不符：{'、'.join(wrong[:5]) or MANIFEST} (not as listed in the manifest)"
            )
        yield Check(
            ok=True,
            words=f"文件 {len(others)} 个，与公示屏签了名的清单一致，report.pdf 也在内"
            " (every file is as listed under the kiosk's signature)",
        )

    def _enrolment(self, board: Board) -> Iterator[Check]:
        """Tell whose key it is: enrolled by the village, compared by the inspector, or nobody's."""
        key = self._order.key
        self.enrolled = next((one for one in board.village.kiosks if one.key == key), None)
        digits = fingerprint(bytes.fromhex(key))
        if self.enrolled:
            same = self.enrolled.id == self._order.kiosk
            yield Check(
                ok=same,
                words=f"公示屏的公钥由村里两枚印章登记：{self.enrolled.id}（{self.enrolled.name}）"
                " (the village has enrolled the kiosk's key)" if same else
                f"公钥登记的是另一块屏：{self.enrolled.id} (the key is enrolled for another kiosk)",
            )  # fmt: skip
        else:
            yield Check(
                ok=None,
                words=f"公示屏的公钥没有登记在村里盖章的名册里，指纹 {digits} (the kiosk isn't enrolled)",
            )
        if self._given:
            yield Check(
                ok=self._given == key,
                words="公钥与 --kiosk-key 相同 (the key is the one you gave)" if self._given == key else
                "公钥与 --kiosk-key 不同 (the key is not the one you gave)",
            )  # fmt: skip
        elif not self.enrolled:
            yield Check(
                ok=False,
                words="没有登记，也没有用 --kiosk-key 对照公钥：不知道是不是这块屏做的"
                " (neither enrolled nor compared: nobody vouches for the key)",
            )

    def _calendar(self, known: BuiltIn, board: Board) -> Iterator[Check]:
        """Compare the working days with this computer's: those that the kiosk had built in, and those sealed.

        Sealed ones go before, and may be right where this computer isn't: what differs is said.
        """
        years = board.village.calendars
        try:
            ours = calendar((), board.village.country).built_in
        except BadInput as error:
            raise NotUnderstood(str(error)) from error
        sealed = {one.year for one in years}
        days = [day for day in known.differences(Calendar(ours)) if day.year not in sealed]
        if days:
            yield Check(
                ok=False,
                words=f"工作日与这台电脑的日历不同：{_named(days)} (the working days differ)",
            )
        for year in years:
            known_here = EARLIEST.year <= year.year <= LATEST.year
            if known_here and (others := differences(year, ours)):
                yield Check(
                    ok=None,
                    words=f"村里盖章的节假日与这台电脑的日历不同：{_named(others)}，依据 {year.source}"
                    " (the sealed holidays differ: compare the document)",
                )
                days.extend(others)
        if not days:
            yield Check(
                ok=True, words="工作日与这台电脑的日历一致 (the working days are this computer's)"
            )

    def _recomputed(self, report: Report) -> Iterator[Check]:
        """Compare the report and its tables with what the raw rows come to."""
        made = {VALUES: msgspec.json.encode(report), **tables(report)}
        self._asked |= set(made)
        wrong = [name for name, data in made.items() if self._members.get(name) != data]
        if wrong:
            same = self._order.program
            yield Check(
                ok=False,
                words=f"用原始记录重算，结果不同：{'、'.join(wrong)}（制作程序 {same} 版）"
                " (recomputed from the raw rows it differs)",
            )
        else:
            yield Check(
                ok=True,
                words=f"用原始记录重算，report.json 和 {len(made) - 1} 个表格一字不差"
                " (recomputed from the raw rows, all of it is the same)",
            )
        self._asked |= {picture_name(one.id, one.revision) for one in report.notices if one.picture}

    def _complete(self) -> Check:
        unknown = sorted(set(self._members) - self._asked)
        if unknown:
            return Check(ok=False, words=f"有不认识的文件：{unknown[0]} (a file that no pack has)")
        return Check(ok=True, words="没有多余的文件 (nothing else is in the pack)")

    def _feed(self) -> FeedFiles:
        roots: dict[int, bytes] = {}
        single: dict[str, bytes] = {}
        for name, data in self._members.items():
            if _INDEX.fullmatch(name):
                role, number = "index", 0
            elif found := _METADATA.fullmatch(name):
                role, number = found[2], int(found[1] or 0)
            else:
                continue
            self._asked.add(name)
            if role == "root":
                roots[number] = data
            elif role in single:
                raise NoPack(f"{role} 有两份 (twice there)")
            else:
                single[role] = data
        missing = {"timestamp", "snapshot", "targets", "notices", "index"} - set(single)
        if missing:
            raise NoPack(f"缺少公示的签名文件：{min(missing)} (metadata is missing)")
        return FeedFiles(roots=tuple(roots[number] for number in sorted(roots)), **single)

    def _blob(self, ref: BlobRef) -> bytes:
        name = f"feed/{blob_path(ref)}"
        if name not in self._members:
            raise SourceUnavailable(f"缺少 {name} (it isn't in the pack)")
        self._asked.add(name)
        return self._members[name]

    def _log(self) -> Log:
        signed = self._decoded(DAYS, tuple[SignedDay, ...])
        if len(signed) > DAYS_LIMIT:
            raise NoPack("签名的日子太多 (too many signed days)")
        return Log(
            tuple(msgspec.json.encode(one) for one in signed), self._page, self._members[OPEN]
        )

    def _page(self, day: Day) -> bytes | None:
        name = page_name(day)
        self._asked.add(name)
        return self._members.get(name)

    def _pictures(self) -> dict[str, str]:
        return {
            name: hashlib.sha256(data).hexdigest()
            for name, data in self._members.items()
            if name.startswith("pictures/")
        }

    def _decoded(self, name: str, kind: type[_T]) -> _T:
        data = self._members[name]
        try:
            value = msgspec.json.decode(data, type=kind)
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            raise NoPack(f"读不懂 {name} (cannot be read)") from error
        if msgspec.json.encode(value) != data:
            raise NoPack(f"{name} 不是公示屏写的样子 (not as a kiosk writes it)")
        return value


def _named(days: Sequence[date]) -> str:
    """Return the first of some days, and how many there are."""
    first = "、".join(map(str, days[:5]))
    return f"{first} 等 {len(days)} 天" if len(days) > 5 else first


def _said(report: Report) -> Iterator[Check]:
    """Yield what the report itself admits: it is proved, and still worth knowing."""
    if report.gaps:
        yield Check(
            ok=None,
            words=f"报告里写明的缺口和异常：{len(report.gaps)} 处 (gaps that the report tells of)",
        )
    if any(one.kind == "lost" for one in report.gaps):
        yield Check(ok=None, words="其中有记录丢失 (rows were lost)")
