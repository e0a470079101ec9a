"""An office folder with real keys, founded once a session and copied for every test."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sync.clock import CHINA
from sync.feed import gate, keys
from sync.feed.layout import blob_path
from sync.feed.writing import read_feed
from sync.notices import Party, Village
from sync.office import Holders, Office, Outcome
from sync.office.audit import items_of
from sync.office.village import DEFAULT_CATEGORIES

START = datetime(2026, 11, 15, 1, 0, tzinfo=UTC)
VILLAGE = Village(
    id="qingshi",
    name="青石村（示例）",
    committee="青石村村民委员会",
    supervisor="青石村村务监督委员会",
    collective="青石村股份经济合作社",
    hotline="0933-0000000",
    objection_url="https://objections.example/",
    categories=DEFAULT_CATEGORIES,
    groups=("一组", "二组"),
)
HOLDERS = Holders(committee="李示例", supervisor="王示例")
TEXT = """+++
title = "十一月停水通知"
category = "other"
author = "赵示例"
decided = { on = 2026-11-14, by = "村两委会议" }
+++
因检修管道，周五停水一天。
"""


class Clock:
    """A time that goes on by a minute whenever somebody looks."""

    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        self.time += timedelta(minutes=1)
        return self.time


class Desk:
    """The office people at work: the office, its clock, and what a kiosk would see."""

    def __init__(self, folder: Path, files: Path) -> None:
        self.clock = Clock()
        self.said = {
            "committee": "committee-pass",
            "supervisor": "supervisor-pass",
            "committee-envelope": "committee-envelope-pass",
            "supervisor-envelope": "supervisor-envelope-pass",
            "office": "office-pass",
        }
        self.folder = folder
        self.files = files
        self.office = self.open()
        self.shown: list[object] = []

    def open(self, **changes) -> Office:
        options = {
            "ask": lambda party: self.said[party],
            "choose": lambda party: self.said[party],
            "now": self.clock,
            "ask_today": lambda _leap: self.clock.time.astimezone(CHINA).date(),
        }
        return Office(self.folder, **(options | changes))

    def file(self, text: str = TEXT, name: str = "notice.md") -> Path:
        path = self.files / name
        path.write_text(text, encoding="utf-8")
        return path

    def add(self, notice_id: str = "water", text: str = TEXT, **more):
        return self.office.add(self.file(text), notice_id=notice_id, **more)

    def audit(self, notice_id: str = "water"):
        for item in items_of(self.office.draft(notice_id)):
            self.office.audit(notice_id, item, by="王示例", verdict="pass")

    def ready(self, notice_id: str = "water", text: str = TEXT) -> None:
        self.add(notice_id, text)
        self.audit(notice_id)

    def seal(self, *parties: Party) -> Outcome:
        def confirm(difference) -> bool:
            self.shown.append(difference)
            return True

        outcome = Outcome.DECLINED
        for party in parties or tuple(Party):
            outcome = self.office.seal(party, confirm=confirm)
        return outcome

    def publish(self, notice_id: str = "water", text: str = TEXT) -> None:
        self.ready(notice_id, text)
        assert self.seal() is Outcome.PUBLISHED

    def feed(self, folder: Path | None = None) -> gate.VerifiedFeed | None:
        """Return what a kiosk with this village's anchor verifies; None if nothing hangs."""
        folder = folder or self.office.feed
        files = read_feed(folder)
        if files is None or not files.timestamp:
            return None
        board = gate.verify(files, self.office.anchor.read_bytes())
        return gate.open_feed(board, lambda ref: (folder / blob_path(ref)).read_bytes())

    def hanging(self, folder: Path | None = None) -> list[tuple[str, int]]:
        """Return (id, revision) of every notice that a kiosk would show."""
        feed = self.feed(folder)
        if feed is None:
            return []
        assert feed.set_aside == ()
        entries = [posting.entry for posting in feed.postings]
        return [(entry.id, entry.revision) for entry in entries if entry.withdrawn is None]


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("founded") / "office"
    with pytest.MonkeyPatch.context() as patch:
        # 64 rounds of bcrypt are for thieves; each test opens these keys a dozen times.
        patch.setattr(keys, "_BCRYPT_ROUNDS", 1)
        Office.init(
            folder, VILLAGE, HOLDERS, choose=lambda party: f"{party}-pass", now=lambda: START
        )
        yield folder


@pytest.fixture
def desk(founded: Path, tmp_path: Path) -> Desk:
    shutil.copytree(founded, tmp_path / "office")
    (tmp_path / "files").mkdir()
    return Desk(tmp_path / "office", tmp_path / "files")
