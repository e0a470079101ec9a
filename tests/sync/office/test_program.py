"""kiosk-publish as the office people meet it: words, exit codes, passphrases that nobody sees."""

import os
import re
import shlex
import shutil
import signal
from pathlib import Path

import pytest
from PIL import Image

from sync import publish
from sync.feed import keys
from sync.office.arguments import parser_for
from sync.office.desk import system_now, today_of
from sync.office.passphrases import NAMES
from tests.support.terminal import Terminal
from tests.sync.office.conftest import TEXT

INIT = [
    "--id=qingshi",
    "--name=青石村（示例）",
    "--committee=青石村村民委员会",
    "--supervisor=青石村村务监督委员会",
    "--collective=青石村股份经济合作社",
    "--hotline=0933-0000000",
    "--committee-holder=李示例",
    "--supervisor-holder=王示例",
]


@pytest.fixture
def run(founded, tmp_path, monkeypatch, capsys):
    """Return how to call the program on an office folder: (exit code, stdout, stderr)."""
    shutil.copytree(founded, tmp_path / "office")
    for keeper in NAMES:
        name = keeper.upper().replace("-", "_")
        monkeypatch.setenv(f"SUNBOARD_PASSPHRASE_{name}", f"{keeper}-pass")

    def call(*arguments: object) -> tuple[int, str, str]:
        code = publish.main(["--office", str(tmp_path / "office"), *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def paper(tmp_path) -> Path:
    path = tmp_path / "notice.md"
    # Posted today by whatever clock this machine has.
    path.write_text(TEXT.replace("decided = { on = 2026-11-14", "decided = { on = 2026-01-14"))
    return path


def test_what_is_sealed_is_read_whole_even_if_a_draft_changed_after_its_audit(run, paper, tmp_path):
    assert run("add", paper, "--id=water")[0] == 0
    assert run("audit", "water", "--by=王示例", "--rest")[0] == 0
    draft = tmp_path / "office/drafts/water/draft.json"
    audited = TEXT.rstrip().splitlines()[-1][:4]
    draft.write_text(draft.read_text().replace(audited, "偷改的字"))

    _, out, _ = run("seal", "--as=committee", "--yes")

    assert "偷改的字" in out
    assert "通过　王示例" in out


def test_whole_way_through_the_program(run, paper, tmp_path):
    assert run("add", paper, "--id=water")[0] == 0
    assert run("audit", "water", "--by=王示例", "--rest")[0] == 0

    code, out, _ = run("seal", "--as=committee", "--yes")
    assert code == 0
    assert "新公示 (new)：1" in out
    assert "等村务监督委员会" in out

    code, out, _ = run("seal", "--as=supervisor", "--yes")
    assert code == 0
    assert "已公示 (published)" in out

    stick = tmp_path / "stick"
    stick.mkdir()
    assert "verified" in run("export", stick)[1]
    assert "公开栏第 1 期" in run("status")[1]


def test_correction_withdrawal_and_new_keys_through_the_program(run, paper):
    def published(*arguments: object) -> None:
        assert run(*arguments)[0] == 0
        for party in ("committee", "supervisor"):
            assert run("seal", f"--as={party}", "--yes")[0] == 0

    run("add", paper, "--id=water")
    published("audit", "water", "--by=王示例", "--rest")

    assert "第 2 版" in run("revise", "water", paper, "--reason=日期写错")[1]
    assert run("discard", "water")[0] == 0
    assert "online-2.key" in run("rotate", "--key=online")[1]
    assert run("refresh")[0] == 0
    published("withdraw", "water", "--reason=停水改期")

    assert "在栏 0 条，已撤回 1 条" in run("status")[1]


def test_refusal_says_why_and_what_to_do(run, paper):
    code, out, err = run("add", paper, "--id=水")

    assert (code, out) == (1, "")
    assert "an id takes" in err
    assert "Correct what is named" in err


def test_wrong_usage_is_exit_code_two(run):
    with pytest.raises(SystemExit) as left:
        run("seal", "--as=mayor")

    assert left.value.code == 2


def test_audit_without_a_terminal_lists_the_items(run, paper):
    run("add", paper, "--id=water")

    code, out, err = run("audit", "water", "--by=王示例")

    assert code == 1
    assert "周五停水一天" in out
    assert "真实性" in err


def test_refused_item_is_shown_in_the_status(run, paper):
    run("add", paper, "--id=water")
    run("audit", "water", "--by=王示例", "--item=真实性", "--verdict=refuse", "--remark=日期不对")

    out = run("status")[1]

    assert "审核不通过 (refused)" in out
    assert "改好 water 后重新提交" in out


def test_passphrase_without_terminal_or_environment_is_refused(run, paper, monkeypatch):
    run("add", paper, "--id=water")
    run("audit", "water", "--by=王示例", "--rest")
    monkeypatch.delenv("SUNBOARD_PASSPHRASE_COMMITTEE")

    code, _, err = run("seal", "--as=committee", "--yes")

    assert code == 1
    assert "SUNBOARD_PASSPHRASE_COMMITTEE" in err


def test_seal_without_yes_and_without_terminal_changes_nothing(run, paper):
    run("add", paper, "--id=water")
    run("audit", "water", "--by=王示例", "--rest")

    assert run("seal", "--as=committee")[0] == 1

    assert "已盖章" not in run("status")[1]


def test_template_is_a_spreadsheet_to_fill_in(run, tmp_path):
    assert run("template", tmp_path / "ledger.xlsx")[0] == 0

    assert (tmp_path / "ledger.xlsx").read_bytes().startswith(b"PK")


def test_photo_is_named_by_its_file_or_by_what_is_said(run):
    assert publish._photos(["a/v1.jpg", "v2=b/x=y.jpg"]) == {
        "v1": Path("a/v1.jpg"),
        "v2": Path("b/x=y.jpg"),
    }


def test_new_office_through_the_program(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(keys, "_BCRYPT_ROUNDS", 1)
    for keeper in (
        "COMMITTEE",
        "SUPERVISOR",
        "COMMITTEE_ENVELOPE",
        "SUPERVISOR_ENVELOPE",
        "OFFICE",
    ):
        monkeypatch.setenv(f"SUNBOARD_PASSPHRASE_{keeper}", "long enough")

    assert publish.main(["init", str(tmp_path / "office"), *INIT]) == 0

    assert "1.root.json" in capsys.readouterr().out
    assert (tmp_path / "office/feed/metadata/1.root.json").is_file()


def test_every_command_in_the_guide_can_be_typed():
    guide = Path(__file__).parents[3] / "docs/office-guide.md"
    commands = [
        shlex.split(line)[1:]
        for line in guide.read_text(encoding="utf-8").splitlines()
        if line.startswith("kiosk-publish ")
    ]
    parser = parser_for(publish._VERBS)

    assert len(commands) >= 12
    assert {parser.parse_args(command).run for command in commands} >= {
        publish._VERBS[verb] for verb in ("init", "add", "audit", "seal", "export", "rotate")
    }


def today() -> str:
    """Return what stands on the calendar in the office."""
    return str(today_of(system_now()))


def test_passphrase_is_asked_for_and_never_shown(founded, tmp_path, paper):
    shutil.copytree(founded, tmp_path / "office")
    office = f"--office={tmp_path / 'office'}"
    assert publish.main([office, "add", str(paper), "--id=water"]) == 0
    assert publish.main([office, "audit", "water", "--by=王示例", "--rest"]) == 0

    terminal = Terminal(office, "seal", "--as=committee")
    terminal.wait_for("盖章吗 (seal)？")
    terminal.type("y")
    terminal.wait_for("口令 (passphrase):")
    terminal.type("committee-pass")

    assert terminal.leave() == 0
    assert "committee-pass" not in terminal.shown
    assert "等村务监督委员会" in terminal.shown


def test_audit_asks_item_by_item(founded, tmp_path, paper):
    shutil.copytree(founded, tmp_path / "office")
    office = f"--office={tmp_path / 'office'}"
    assert publish.main([office, "add", str(paper), "--id=water"]) == 0

    terminal = Terminal(office, "audit", "water", "--by=王示例")
    for item, answer in (("真实性", "y"), ("合规性", "n")):
        terminal.wait_for(f"{item}　通过吗")
        terminal.type(answer)
    terminal.wait_for("why not")
    terminal.type("")
    terminal.wait_for("why not")
    terminal.type("没有会议记录")
    terminal.wait_for("完整性　通过吗")
    terminal.type("?")
    terminal.wait_for("yes or no")
    terminal.type("是")

    assert terminal.leave() == 0
    assert "不通过　合规性　王示例" in terminal.shown
    assert "will not be published" in terminal.shown


def test_author_is_told_before_reading_that_another_must_audit(run, paper):
    run("add", paper, "--id", "water", "--author", "陈示例")

    code, out, err = run("audit", "water", "--by", "陈*例")

    assert code == 1
    assert "the auditor is the author" in err
    assert "停水" not in out


def test_pictures_can_be_opened_by_who_audits_and_seals(run, tmp_path):
    photo = tmp_path / "photo.jpg"
    Image.new("RGB", (400, 300), "#9bb7c9").save(photo)
    run(
        "add",
        photo,
        "--id",
        "road",
        "--category",
        "projects",
        "--title",
        "路",
        "--author",
        "陈示例",
    )

    _, out, _ = run("audit", "road", "--by", "王示例")

    shown = re.search(r"［图片 400×300.*］ (\S+)", out)
    assert shown
    with Image.open(shown[1]) as opened:
        assert opened.size == (400, 300)


def test_founding_asks_for_the_date_and_stops_where_the_computers_is_another(tmp_path):
    terminal = Terminal("init", str(tmp_path / "office"), *INIT)
    terminal.wait_for("写今天的日期")
    terminal.type("今天")
    terminal.wait_for("要写成 2026-03-05 这样")
    terminal.type("2019-03-05")

    assert terminal.leave() == 1
    assert "您写的是 2019-03-05，对不上" in terminal.shown
    assert not (tmp_path / "office").exists()


def test_mistake_while_founding_loses_no_answer(tmp_path):
    terminal = Terminal("init", str(tmp_path / "office"), "--objection-url=nonsense")
    terminal.wait_for("写今天的日期")
    terminal.type(today())
    answers = ("青石村", "QINGSHI!", "", "", "", "0933-0000000", "王示例", "李示例")
    for question, answer in zip(publish._FOUNDING.values(), answers, strict=True):
        terminal.wait_for(question[0])
        terminal.type(answer)
    terminal.wait_for("村名 (village) [青石村]")
    terminal.type("")
    terminal.wait_for("[QINGSHI!]")
    terminal.type("qingshi")
    for kept in (
        "青石村民委员会",
        "青石村务监督委员会",
        "青石股份经济合作社",
        "0933",
        "王示例",
        "李示例",
    ):
        terminal.wait_for(kept.removeprefix("青石"))
        terminal.type("")
    terminal.wait_for("[nonsense]")
    terminal.type("-")
    terminal.wait_for("村民小组")
    terminal.type("")
    terminal.wait_for("new passphrase")

    os.kill(terminal.pid, signal.SIGINT)
    assert terminal.leave() == 1
    assert not (tmp_path / "office").exists()


def test_new_passphrase_is_typed_twice(tmp_path):
    terminal = Terminal("init", str(tmp_path / "office"), *INIT, f"--today={today()}")
    terminal.wait_for("new passphrase")
    terminal.type("one of these")
    terminal.wait_for("once more")
    terminal.type("another one")
    terminal.wait_for("they differ")
    terminal.type("short")
    terminal.wait_for("too short")
    terminal.type("long enough")
    terminal.wait_for("once more")
    terminal.type("long enough")
    terminal.wait_for("supervision committee")

    os.kill(terminal.pid, signal.SIGINT)
    assert terminal.leave() == 1
    assert not (tmp_path / "office").exists()
