"""A really signed office in memory: real keys, real seals, real feeds, made in milliseconds.

It behaves as an honest office; a test that needs a crook takes its keys and signs what it likes.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from securesystemslib.signer import CryptoSigner

from sync.feed import seal
from sync.feed.keys import new_key
from sync.feed.layout import (
    FORMAT,
    Entry,
    FeedFiles,
    Index,
    Page,
    PageEntry,
    PageRef,
    Withdrawal,
    encode,
    ref_of,
)
from sync.feed.writing import write_feed
from sync.notices import (
    AuditItem,
    BlobRef,
    Category,
    Decision,
    Notice,
    Paragraph,
    Picture,
    Publisher,
    Sentence,
    Village,
)

START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)  # nine in the morning in the village

VILLAGE = Village(
    id="qingshi",
    name="青石村（示例）",
    committee="青石村村民委员会",
    supervisor="青石村村务监督委员会",
    collective="青石村股份经济合作社",
    hotline="0933-0000000",
    objection_url="https://objections.example/",
    categories=(
        Category("cwsz", "财务收支", "finance"),
        Category("dbtk", "低保特困评定", "policy"),
        Category("zdxm", "重大项目决策", "affairs"),
    ),
    groups=("一组", "二组"),
)


def notice(title: str = "停水通知", **changes: Any) -> Notice:
    """Return a notice fit to be shown; its id follows from its title unless given."""
    fields: dict[str, Any] = {
        "id": f"n-{ref_of(title.encode()).sha256[:12]}",
        "revision": 1,
        "category": "zdxm",
        "title": title,
        "initials": "tstz",
        "publisher": Publisher.COMMITTEE,
        "author": "李示例",
        "posted": date(2026, 11, 20),
        "blocks": (Paragraph("因检修管道，周五停水一天。"),),
        "reading": (
            Sentence(-1, "停水通知", "ting2shui3 tong1zhi1"),
            Sentence(0, "因检修管道，周五停水一天。", "yin1 jian3xiu1 guan3dao4", end=13),
        ),
        "audit": (AuditItem("内容属实", "pass", "王示例", date(2026, 11, 20)),),
        "decided": Decision(date(2026, 11, 19), "村两委会议"),
    }
    return Notice(**(fields | changes))


def with_picture(title: str, size: int, seed: int = 1) -> tuple[Notice, bytes]:
    """Return a notice that is one picture, and the `size` bytes of it."""
    data = random.Random(seed).randbytes(size)
    return notice(title, blocks=(Picture(ref_of(data), 100, 100),), reading=()), data


@dataclass(frozen=True)
class Signers:
    """The office's seven private keys."""

    guardians: tuple[CryptoSigner, ...]  # committee, committee, supervisor, supervisor
    committee_seal: CryptoSigner
    supervisor_seal: CryptoSigner
    online: CryptoSigner

    @property
    def ring(self) -> seal.KeyRing:
        """Return the public halves."""
        seals = (self.committee_seal.public_key, self.supervisor_seal.public_key)
        guardians = tuple(signer.public_key for signer in self.guardians)
        return seal.KeyRing(guardians, seals, self.online.public_key)


def new_signers() -> Signers:
    """Return seven new keys."""
    return Signers(
        guardians=(
            new_key("committee", "李示例"),
            new_key("committee", "赵示例"),
            new_key("supervisor", "王示例"),
            new_key("supervisor", "周示例"),
        ),
        committee_seal=new_key("committee", "李示例"),
        supervisor_seal=new_key("supervisor", "王示例"),
        online=new_key("office", "公示系统"),
    )


@cache
def _session_signers() -> Signers:
    return new_signers()


class OfficeInMemory:
    """An office that seals whatever it is told to publish.

    `now` advances one minute with every publication. Two offices share keys, unless one is made
    with `signers=new_signers()` (another village).
    """

    def __init__(
        self,
        *,
        village: Village = VILLAGE,
        signers: Signers | None = None,
        now: datetime = START,
    ) -> None:
        self.signers = signers or _session_signers()
        self.now = now
        self.village = village
        self.blobs: dict[str, bytes] = {}
        self._feed = seal.new_root(self.signers.ring, self.signers.guardians, now)
        self._entries: list[Entry] = []
        self._previous: PageRef | None = None
        self._number = 0

    @property
    def anchor(self) -> bytes:
        """Return the first root, as it is built into the kiosks."""
        return self._feed.roots[0]

    def files(self) -> FeedFiles:
        """Return the feed's metadata as last published."""
        return self._feed

    def publish(
        self,
        *notices: Notice,
        withdraw: Sequence[Notice] = (),
        reason: str = "内容有误",
        blobs: Sequence[bytes] = (),
    ) -> FeedFiles:
        """Seal the board with these notices added and taken back; `blobs` are their pictures."""
        for data in blobs:
            self.keep(data)
        self._entries += [self._entry(each) for each in notices]
        today = self.now.date()
        self._entries += [
            replace_entry(self._entry(each), withdrawn=Withdrawal(reason, today))
            for each in withdraw
        ]
        return self.publish_index(self.index())

    def index(self, **changes: Any) -> Index:
        """Return the next board, `changes` made to it."""
        index = Index(
            FORMAT,
            self._number + 1,
            self.now,
            self.keep(encode(self.village)),
            tuple(self._entries),
            self._previous,
        )
        return msgspec.structs.replace(index, **changes)

    def publish_index(self, index: Index) -> FeedFiles:
        """Seal exactly this board with both seals and publish it."""
        unsealed = seal.propose(self._feed, index, self.now)
        sealed = seal.sign(
            seal.sign(unsealed, self.signers.committee_seal), self.signers.supervisor_seal
        )
        self._feed = seal.finish(self._feed, sealed, encode(index), self.signers.online, self.now)
        self._number = index.number
        self.now += timedelta(minutes=1)
        return self._feed

    def close_month(self, month: str) -> FeedFiles:
        """Move all current entries into the closed month `month` (YYYY-MM) and publish that."""
        entries = tuple(
            PageEntry(entry, msgspec.Raw(self.blobs[entry.notice.sha256]))
            for entry in self._entries
        )
        page = Page(FORMAT, month, entries, self._previous)
        self._previous = PageRef(month, self.keep(encode(page)))
        self._entries = []
        return self.publish()

    def refresh(self) -> FeedFiles:
        """Vouch for the same board again."""
        self._feed = seal.refresh(self._feed, self.signers.online, self.now)
        self.now += timedelta(minutes=1)
        return self._feed

    def rotate(self, **changes: Any) -> FeedFiles:
        """Change keys (fields of Signers), seal again if a seal changed, and publish."""
        before, self.signers = self.signers, replace(self.signers, **changes)
        old_and_new = {
            signer.public_key.keyid: signer
            for signer in (*before.guardians, *self.signers.guardians)
        }
        self._feed = seal.rotate_root(
            self._feed, self.signers.ring, tuple(old_and_new.values()), self.now
        )
        return self.publish() if self._feed.notices else self._feed

    def keep(self, data: bytes) -> BlobRef:
        """Put a file among the blobs and return its name."""
        ref = ref_of(data)
        self.blobs[ref.sha256] = data
        return ref

    def read(self, ref: BlobRef) -> bytes:
        """Bring a blob, as `open_feed` asks for it."""
        return self.blobs[ref.sha256]

    def write_to(self, folder: Path) -> None:
        """Write the feed as a static server or a stick holds it."""
        write_feed(folder, self._feed, {ref_of(data): data for data in self.blobs.values()})

    def _entry(self, each: Notice) -> Entry:
        sealed = self.now.date()
        ref = self.keep(encode(each))
        return Entry(each.id, each.revision, each.category, each.posted, sealed, ref)


def replace_entry(entry: Entry, **changes: Any) -> Entry:
    """Return the entry with `changes` made to it."""
    return msgspec.structs.replace(entry, **changes)
