"""Whatever goes wrong at the office is told in Chinese first, with the English in brackets."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.errors import NotTrusted, NotUnderstood, OfficeError, SourceUnavailable, reason_of
from sync.office.arguments import parser_for
from sync.office.verdict import in_office_words
from sync.publish import _VERBS

SYNC = Path(__file__).parents[3] / "sync"
OFFICE_ERRORS = {"OfficeError", "BadInput", "NotAllowed"}
HAN = re.compile(r"[\u4e00-\u9fff]")


def raised() -> Iterator[tuple[str, str]]:
    """Yield place and literal text of every office error in the program."""
    for path in sorted(SYNC.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args
            if named and node.func.id in OFFICE_ERRORS:
                parts = (each for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant))
                text = "".join(str(each.value) for each in parts)
                yield f"{path.relative_to(SYNC)}:{node.lineno}", text


def test_every_office_error_is_chinese_before_it_is_english():
    found = list(raised())

    assert len(found) > 150
    plain = [(place, text) for place, text in found if text.strip("\n：() ")]
    assert [place for place, text in plain if not HAN.search(text.partition("(")[0])] == []


@pytest.mark.parametrize(
    "name", ["timestamp.json", "1.snapshot.json", "1.targets.json", "1.notices.json"]
)
def test_wrong_signature_in_the_feed_is_told_by_its_file(desk, name):
    desk.publish()
    path = desk.office.feed / "metadata" / name
    signed = path.read_text()
    (first, *_) = json.loads(signed)["signatures"]
    path.write_text(signed.replace(first["sig"], "0" * len(first["sig"])))

    with pytest.raises(OfficeError) as told:
        desk.office.status()

    chinese = str(told.value).partition(" (")[0]
    assert chinese == f"feed 文件夹损坏或被改动：{name.lstrip('1.')} 签名或内容核对不上"
    assert "备份" in told.value.advice


def test_published_file_that_nobody_can_read_is_told_as_any_other_refusal(desk, monkeypatch):
    desk.publish()

    def stopped(*_: object) -> None:
        raise NotUnderstood("the closed month cannot be read")

    monkeypatch.setattr(desk.office._sealing, "hanging", stopped)

    with pytest.raises(OfficeError, match="办公文件夹里的公示有问题：内容读不懂"):
        desk.office.status()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NotTrusted("root.json number 2 does not follow"), "root.json 签名或内容核对不上"),
        (NotUnderstood("the index cannot be read"), "内容读不懂"),
        (SourceUnavailable("the feed lacks 3.snapshot.json"), "3.snapshot.json 文件少了，或读不了"),
    ],
)
def test_gate_is_quoted_in_the_offices_words(error, words):
    assert in_office_words(error) == words


def test_system_says_why_in_chinese_where_it_is_known():
    assert reason_of(PermissionError(13, "")) == "没有权限 (Permission denied)"
    assert reason_of(OSError(110, "")) == "Connection timed out"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("audit water", "还缺 --by"),
        ("seal --as mayor", "--as 不能是 'mayor'，能写的在上面花括号里"),
        ("vote", "VERB 不能是 'vote'，可选：'init'"),
        ("seal --as", "--as 后面还要写"),
        ("status now", "不认识 now"),
        ("audit water --by 王 --item 真实性 --rest", "--rest 和 --item 只能写一个"),
        ("add a.md --posted 上周", "--posted：日期 '上周' 要写成"),
    ],
)
def test_mistyped_command_is_told_in_chinese(capsys, command, words):
    with pytest.raises(SystemExit):
        parser_for(_VERBS).parse_args(command.split())

    assert words in capsys.readouterr().err
