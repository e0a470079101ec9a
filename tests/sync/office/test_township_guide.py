"""The township guide: what an inspector checks with its commands, as they are written there."""

import logging
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from sync import agent
from sync.office.arguments import parser_for
from sync.publish import _VERBS
from tests.support.server import serving
from tests.support.terminal import PROJECT
from tests.sync.office.conftest import TEXT

GUIDE = PROJECT / "docs/township-guide.md"


def commands(program: str) -> list[str]:
    """Return every command line of the guide that runs `program`."""
    text = GUIDE.read_text(encoding="utf-8")
    return re.findall(rf"^(?:\.venv/bin/)?{program} .*$", text, re.MULTILINE)


class Inspector:
    """Has the anchor from the day of founding, the guide's settings, and a stick."""

    def __init__(self, desk, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
        self.places = {"/srv/jiancha": str(folder / "jiancha"), "/media": str(folder / "media")}
        self.stick = folder / "media/U盘"
        self._caplog = caplog
        for each in (self.stick, folder / "jiancha"):
            each.mkdir(parents=True)
        (folder / "jiancha/qingshi.root.json").write_bytes(desk.office.anchor.read_bytes())
        self.settings = folder / "jiancha/qingshi.toml"
        first, more = re.findall(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
        self.source = more
        self.settings.write_text(self.here(first), encoding="utf-8")

    def here(self, text: str) -> str:
        for place, ours in self.places.items():
            text = text.replace(place, ours)
        return text

    def types(self, verb: str) -> tuple[int, str]:
        """Type the guide's kiosk-sync command with this verb; return its exit code and words."""
        (line,) = (each for each in commands("kiosk-sync") if verb in each.split())
        self._caplog.clear()
        self._caplog.set_level(logging.INFO)
        code = agent.main(shlex.split(self.here(line))[1:])
        return code, self._caplog.text

    def finds(self, words: str) -> bool:
        """Tell whether the guide explains what was said."""
        return f"| {words}" in GUIDE.read_text(encoding="utf-8")


@pytest.fixture
def inspector(desk, tmp_path, caplog) -> Inspector:
    return Inspector(desk, tmp_path, caplog)


def test_genuine_stick_is_proven_and_stays_proven(desk, inspector):
    desk.publish()
    desk.office.export(inspector.stick)

    assert inspector.types("import")[0] == 0
    code, said = inspector.types("import")
    assert (code, "没有新内容" in said) == (0, True)
    code, said = inspector.types("check")
    assert (code, "两个印章都对" in said) == (0, True)
    assert inspector.finds("收到新公示")
    assert inspector.finds("没有新内容")


def test_altered_stick_is_refused(desk, inspector):
    desk.publish()
    desk.office.export(inspector.stick)
    (notices,) = inspector.stick.rglob("1.notices.json")
    notices.write_bytes(notices.read_bytes().replace(b"2027", b"2028"))

    code, said = inspector.types("import")

    assert (code, "拒绝：印章或签名核对不上" in said) == (1, True)
    assert inspector.finds("拒绝：印章或签名核对不上")


def test_stick_older_than_what_was_checked_is_told(desk, inspector):
    desk.publish("water")
    desk.office.export(inspector.stick)
    old = {path: path.read_bytes() for path in inspector.stick.rglob("*") if path.is_file()}
    desk.publish("road", TEXT.replace("停水", "修路"))
    desk.office.export(inspector.stick)
    inspector.types("import")
    for path, data in old.items():
        path.write_bytes(data)

    said = inspector.types("import")[1]

    assert "比现在显示的旧" in said
    assert inspector.finds("比现在显示的旧")


def test_empty_stick_is_told(inspector):
    code, said = inspector.types("import")

    assert (code, "U 盘上取不到公示" in said) == (1, True)
    assert inspector.finds("U 盘上取不到公示")


def test_feed_on_the_network_is_proven_like_a_stick(desk, inspector):
    desk.publish()
    with serving(desk.office.feed) as server:
        source = inspector.source.replace("http://feed.example/qingshi/", server.url)
        inspector.settings.write_text(f"{inspector.settings.read_text()}{source}")

        code, said = inspector.types("once")

    assert (code, "收到新公示，1 条" in said) == (0, True)


def test_anchor_on_the_stick_is_the_one_that_the_township_keeps(desk, inspector):
    desk.publish()
    desk.office.export(inspector.stick)
    (line,) = commands("sha256sum")

    told = subprocess.run(
        shlex.split(inspector.here(line)), capture_output=True, text=True, check=True
    ).stdout.split("\n")

    assert told[0].split()[0] == told[1].split()[0]


def test_office_command_can_be_typed():
    (line,) = commands("kiosk-publish")

    assert parser_for(_VERBS).parse_args(shlex.split(line)[1:]).run is _VERBS["status"]
