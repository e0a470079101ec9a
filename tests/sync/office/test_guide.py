"""The office guide, followed by a clerk: every command as it is written, in an empty folder, on a terminal."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from sync.feed import gate
from sync.feed.layout import blob_path, decode_notice
from sync.feed.writing import read_feed
from sync.office.categories import Lost
from sync.office.desk import system_now, today_of
from tests.support.signing import SigningKiosk
from tests.support.terminal import PROJECT, Terminal
from tests.sync.office.test_words import raised
from tests.sync.prepare import papers

GUIDE = PROJECT / "docs/office-guide.md"
BLOCK = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OFFICE = "公示办公室"
ANSWERS = {  # by the words of the question; None is the same once more
    "写今天的日期.*: $": str(today_of(system_now())),
    r"村名 \(village\).*: $": "青石村",
    "village id.*: $": "qingshi",
    r"(全称|organisation\)).*\]: $": "",
    "hotline.*: $": "0933-0000000",
    "村民委员会印章持有人.*: $": "李四",
    "村务监督委员会印章持有人.*: $": "赵六",
    r"\(committee\).*passphrase\): $": "the committee's own",
    r"\(supervision committee\).*passphrase\): $": "the supervisors' own",
    r"the committee's envelope\).*passphrase\): $": "in one envelope",
    r"supervision committee's envelope\).*passphrase\): $": "in the other envelope",
    r"online key\).*passphrase\): $": "the office's own",
    r"once more\): $": None,
    r"一样吗.*: $": "y",
    r"通过吗 \(pass\)？ y/n: $": "y",
    r"盖章吗 \(seal\)？ y/n: $": "y",
}


def blocks() -> list[str]:
    return BLOCK.findall(GUIDE.read_text(encoding="utf-8"))


class Clerk:
    """Does what the guide says between its commands, and types the commands."""

    def __init__(self, folder: Path) -> None:
        self.media = folder / "media"
        self.office = folder / OFFICE
        self._at = folder
        for stick in ("U盘", "村委U盘", "监委U盘", "信封U盘"):
            (self.media / stick).mkdir(parents=True)

    def type(self, line: str) -> str:
        """Type a line of the guide and return what the screen says."""
        if line.startswith("cd "):
            self._at /= line.removeprefix("cd ")
            return ""
        arguments = shlex.split(line.replace("/media/", f"{self.media}/"))[1:]
        terminal = Terminal(*arguments, folder=self._at)
        code = terminal.converse(ANSWERS)
        assert code == 0, f"{line}\n{terminal.shown}"
        return terminal.shown

    def fill_in(self, name: str, *amounts: str) -> None:
        """Type a ledger into the standard spreadsheet."""
        filled = papers.filled_template(self.office, papers.ledger(*amounts))
        filled.replace(self.office / name)

    def take_the_keys_apart(self) -> None:
        """Move all but the online key to the committees' sticks; the public halves stay too."""
        for path in sorted((self.office / "keys").glob("*.*")):
            party, _, place = path.stem.partition("-")
            if party == "online":
                continue
            stick = {"committee": "村委U盘", "supervisor": "监委U盘"}[party]
            stick = "信封U盘" if place == "root-b" else stick
            if place == "seal":
                shutil.copy(path, self.media / "U盘")
            shutil.copy(path, self.media / stick)
            if path.suffix == ".key":
                path.unlink()

    def audit_and_seal(self, *notices: str) -> None:
        for notice in notices:
            self.type(f"kiosk-publish audit {notice} --by 王五")
        for party in ("committee", "supervisor"):
            self.type(f"kiosk-publish --keys /media/U盘 seal --as {party}")

    def hanging(self) -> list[tuple[str, int]]:
        """Return what a kiosk takes from the stick."""
        (folder,) = (self.media / "U盘/sunboard").iterdir()
        files = read_feed(folder)
        assert files is not None
        board = gate.verify(files, (self.office / "feed/metadata/1.root.json").read_bytes())
        feed = gate.open_feed(board, lambda ref: (folder / blob_path(ref)).read_bytes())
        notices = [(each.entry, decode_notice(each.data)) for each in feed.postings]
        return sorted((n.title, n.revision) for entry, n in notices if entry.withdrawn is None)


def test_every_refusal_in_the_guide_is_one_that_the_program_says():
    table = GUIDE.read_text(encoding="utf-8").rpartition("| 它说 · it says |")[2]
    quoted = re.findall(r"^\| ([^·|]+) · ", table, re.MULTILINE)
    said = [*(text for _, text in raised()), str(Lost("other", ("停水",)))]

    assert len(quoted) >= 12
    for words in quoted:
        pattern = ".*".join(map(re.escape, words.split("…")))
        assert [text for text in said if re.search(pattern, text)], words


@pytest.mark.timeout(240)
def test_clerk_who_follows_the_guide_gets_every_command_done(tmp_path):
    clerk = Clerk(tmp_path)
    typed = [line for block in blocks() for line in block.splitlines()]
    lines = iter([line for line in typed if line.startswith(("kiosk-publish ", "cd "))])
    head = next(block for block in blocks() if block.startswith("+++"))
    assert next(lines) == "kiosk-publish status"

    clerk.type(next(lines))  # init
    clerk.type(next(lines))  # into the office folder
    clerk.take_the_keys_apart()
    assert "交第一份公示" in clerk.type("kiosk-publish status")
    clerk.type(next(lines))  # template
    (clerk.office / "十一月收支.xlsx").unlink()
    clerk.fill_in("十一月收支.xlsx", "200", "-50", "-30.50")
    clerk.type(next(lines))  # add the spreadsheet
    (clerk.office / "停水通知.md").write_text(head, encoding="utf-8")
    clerk.type(next(lines))  # add the text
    clerk.type(next(lines))  # audit
    clerk.type("kiosk-publish audit tingshui-1 --by 王五")
    assert "等村务监督委员会" in clerk.type(next(lines))  # the committee's seal
    assert "已公示" in clerk.type(next(lines))  # the supervision committee's seal
    clerk.type(next(lines))  # export
    assert clerk.hanging() == [("2026年11月财务收支", 1), ("十一月停水通知", 1)]

    clerk.type(next(lines))  # refresh
    kiosk = SigningKiosk(tmp_path / "outbox")
    kiosk.write_on(clerk.media / "U盘", kiosk.days(3))
    assert "新收 3 天" in clerk.type(next(lines))  # enrol
    clerk.fill_in("改好的.xlsx", "200", "-50", "-35.50")
    clerk.type(next(lines))  # revise
    clerk.type(next(lines))  # withdraw
    clerk.audit_and_seal("shouzhi-2026-11")
    clerk.type(next(lines))  # rotate
    clerk.type("kiosk-publish export /media/U盘")

    assert clerk.hanging() == [("2026年11月财务收支", 2)]
    assert list(lines) == []
