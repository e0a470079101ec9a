"""The demo village's office: everything in assets/demo prepared, audited, sealed and published for real.

`assets/demo/papers.toml` says what each file is; days count back from today, so that the board is never
out of date. What was made is used again as long as it is the same day and the same files.
"""

import hashlib
import re
import shutil
import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Final

import msgspec

from sync.clock import CHINA
from sync.notices import Party, Publisher
from sync.office import audit, composing
from sync.office.desk import Office
from sync.office.founding import Holders
from sync.office.sealing import Outcome
from sync.office.village import parse

_IN_DAYS: Final = re.compile(r"\{in (\d+) days\}")
_WEEKDAYS: Final = "一二三四五六日"
MANIFEST: Final = "papers.toml"
_STAMP: Final = "made-of"
Say = Callable[[str], None]


class Paper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file handed in, and what is said of it; days are before today."""

    id: str
    file: str
    category: str
    author: str
    days: Annotated[int, msgspec.Meta(ge=0, le=300)]
    title: str | None = None
    publisher: Publisher | None = None
    decided_by: str | None = None
    decided_days: int | None = None
    period: tuple[date, date] | None = None
    urgent: bool | None = None
    photos: tuple[str, ...] = ()
    corrects: str = ""  # why; empty where the paper is a notice of its own


class Withdrawn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A notice that is taken back again."""

    id: str
    reason: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that happens in the demo office; notices are taken back on the last day."""

    committee: str  # the persons who hold the seals
    supervisor: str
    auditor: str
    papers: tuple[Paper, ...]
    withdrawn: tuple[Withdrawn, ...] = ()


def office_of(assets: Path, folder: Path, today: date, say: Say) -> Office:
    """Return the demo office in `folder`, made anew unless it was made today from the same files.

    Raises:
        OfficeError: a file of the demo is not acceptable.
    """
    stamp = folder / _STAMP
    made_of = f"{today} {_fingerprint(assets)}"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == made_of:
        say(f"office and feed of today are there: {folder}")
        return Office(folder, ask=_passphrase)
    shutil.rmtree(folder, ignore_errors=True)
    office = _made(assets, folder, today, say)
    stamp.write_text(made_of, encoding="utf-8")
    return office


def _made(assets: Path, folder: Path, today: date, say: Say) -> Office:
    manifest = msgspec.convert(tomllib.loads(_text(assets / MANIFEST)), Manifest)
    say("founding the office: seven keys under passphrases")
    clock = _Calendar(today)
    days = sorted({paper.days for paper in manifest.papers} | {0}, reverse=True)
    clock.turn_to(days[0])
    office = Office.init(
        folder,
        parse((assets / "office.toml").read_bytes()),
        Holders(committee=manifest.committee, supervisor=manifest.supervisor),
        choose=_passphrase,
        ask=_passphrase,
        now=clock.now,
    )
    for day in days:
        clock.turn_to(day)
        for paper in (paper for paper in manifest.papers if paper.days == day):
            say(f"{clock.today:%d %B}: preparing {paper.file}")
            file = _on(assets, folder, paper, today)
            _hand_in(office, file, paper, _photos(assets, paper), clock.today)
            _audit(office, paper.id, manifest.auditor)
        if day == 0:
            for withdrawn in manifest.withdrawn:
                say(f"{clock.today:%d %B}: taking back {withdrawn.id}")
                office.withdraw(withdrawn.id, reason=withdrawn.reason)
        say(f"{clock.today:%d %B}: both committees seal the board")
        _seal(office)
    return office


class _Calendar:
    """The office's clock: nine in the morning of the days gone by, on the last day the real time."""

    def __init__(self, last: date) -> None:
        self._last = self.today = last

    def turn_to(self, days: int) -> None:
        self.today = self._last - timedelta(days=days)

    def now(self) -> datetime:
        if self.today == self._last:
            return datetime.now(UTC)
        return datetime.combine(self.today, time(9), CHINA).astimezone(UTC)


def _on(assets: Path, folder: Path, paper: Paper, today: date) -> Path:
    """Return the paper's file, a text with the days in it counted from `today`."""
    file = assets / paper.file
    if b"{in " not in file.read_bytes():
        return file
    dated = folder / file.name
    dated.write_text(with_days(_text(file), today), encoding="utf-8")
    return dated


def with_days(text: str, today: date) -> str:
    """Return `text` with each `{in 3 days}` as the day that it is from `today`."""

    def named(match: re.Match[str]) -> str:
        day = today + timedelta(days=int(match[1]))
        return f"{day.month} 月 {day.day} 日（星期{_WEEKDAYS[day.weekday()]}）"

    return _IN_DAYS.sub(named, text)


def _hand_in(
    office: Office, file: Path, paper: Paper, photos: dict[str, Path], today: date
) -> None:
    said = _said(paper, today)
    if paper.corrects:
        office.revise(paper.id, file, reason=paper.corrects, said=said, photos=photos)
    else:
        office.add(file, notice_id=paper.id, said=said, photos=photos)


def _said(paper: Paper, today: date) -> composing.Details:
    decided = None
    if paper.decided_by:
        decided = today - timedelta(days=paper.decided_days or 1)
    return composing.Details(
        category=paper.category,
        title=paper.title,
        publisher=paper.publisher,
        author=paper.author,
        posted=today,
        decided_on=decided,
        decided_by=paper.decided_by,
        period=paper.period,
        urgent=paper.urgent,
    )


def _photos(assets: Path, paper: Paper) -> dict[str, Path]:
    return {Path(name).name: assets / name for name in paper.photos}


def _audit(office: Office, notice_id: str, auditor: str) -> None:
    for item in audit.items_of(office.draft(notice_id)):
        office.audit(notice_id, item, by=auditor, verdict="pass")


def _seal(office: Office) -> None:
    for party in (Party.COMMITTEE, Party.SUPERVISOR):
        outcome = office.seal(party, confirm=bool)
    if outcome is not Outcome.PUBLISHED:
        raise RuntimeError(f"the demo's board was not published: {outcome}")


def _passphrase(party: str) -> str:
    # Known to everybody: these keys seal nothing but a demo.
    return f"demo-{party}-demo"


def _fingerprint(assets: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(path for path in assets.rglob("*") if path.is_file()):
        whole.update(path.relative_to(assets).as_posix().encode() + b"\0")
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def village_today(now: datetime) -> date:
    """Return the village's date."""
    return now.astimezone(CHINA).date()
