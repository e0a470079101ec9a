"""What can be written behind kiosk-publish: verbs and options, without what they do."""

import argparse
import re
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final, NoReturn

from sync.notices import Party, Publisher
from sync.office.keys import Duty

Run = Callable[[argparse.Namespace], None]


def parser_for(verbs: Mapping[str, Run]) -> argparse.ArgumentParser:
    """Return the program's parser; `options.run` is the verb's function from `verbs`."""
    parser = _Parser(
        prog="kiosk-publish",
        description="阳光公示屏办公室程序 (prepare, audit, seal and publish notices)",
    )
    parser.add_argument(
        "--office", type=Path, default=Path(), help="办公文件夹，默认当前文件夹 (office folder)"
    )
    parser.add_argument(
        "--keys",
        type=Path,
        action="append",
        default=[],
        help="另外存密钥的文件夹，例如 U 盘；可写几次 (more folders with keys)",
    )
    choices = parser.add_subparsers(title="要做的事 (verbs)", metavar="VERB", required=True)

    def verb(name: str, words: str) -> argparse.ArgumentParser:
        made = choices.add_parser(name, help=words, description=words)
        made.set_defaults(run=verbs[name])
        return made

    _init_options(verb("init", "新建办公文件夹和密钥 (found an office)"))
    template = verb("template", "写一份标准收支表 (write the standard ledger)")
    template.add_argument("file", type=Path)
    _notice_options(verb("add", "交一份新公示 (hand in a notice)"), new=True)
    _notice_options(verb("revise", "更正已公示的 (correct a notice)"), new=False)
    withdraw = verb("withdraw", "撤回已公示的 (take a notice back)")
    withdraw.add_argument("id")
    withdraw.add_argument("--reason", required=True, help="原因 (why)")
    discard = verb("discard", "丢掉没公示的草稿 (throw a draft away)")
    discard.add_argument("id")
    _audit_options(verb("audit", "逐项审核 (audit item by item)"))
    seal = verb("seal", "盖章；两枚章齐了就公示 (seal; both seals publish)")
    seal.add_argument("--as", dest="party", type=Party, choices=list(Party), required=True)
    export = verb("export", "拷到 U 盘 (copy to a stick)")
    export.add_argument("stick", type=Path)
    enrol = verb("enrol", "登记公示屏，收它的展示记录 (enrol a kiosk, take its evidence)")
    enrol.add_argument("stick", type=Path)
    enrol.add_argument("--yes", action="store_true", help="印鉴号已经核对过 (digits are compared)")
    rotate = verb("rotate", "换一把密钥 (replace a key)")
    rotate.add_argument("--key", type=Duty, choices=list(Duty), required=True)
    for each in (seal, rotate):
        each.add_argument("--yes", action="store_true", help="不再问 (do not ask)")
        _today_option(each)
    rotate.add_argument("--holder", help="新持有人 (who holds the new key)")
    _today_option(verb("refresh", "给现有公示续期 (renew the feed)"))
    verb("status", "现在到哪一步了 (what hangs, what waits)")
    return parser


class _Parser(argparse.ArgumentParser):
    """argparse, whose complaints begin in the office's language."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(
            2,
            f"命令写得不对：{_in_chinese(message)} (the command is not right: {message})\n"
            f"看用法 (how it is used)：{self.prog} --help\n",
        )


def _in_chinese(message: str) -> str:
    for pattern, words in _COMPLAINTS:
        message = pattern.sub(words, message)
    return message


_COMPLAINTS: Final = tuple(  # argparse has them in English only
    (re.compile(pattern), words)
    for pattern, words in (
        (r"^the following arguments are required: ", "还缺 "),
        (r"^unrecognized arguments: ", "不认识 "),
        (r"^argument (\S+): expected .*", r"\1 后面还要写"),
        (r"^argument (\S+): not allowed with argument (\S+)", r"\1 和 \2 只能写一个"),
        (r"^argument (\S+): invalid choice: (.+) \(choose from (.+)\)", r"\1 不能是 \2，可选：\3"),
        (r"^argument (\S+): invalid \S+ value: (.+)", r"\1 不能是 \2，能写的在上面花括号里"),
        (r"^argument (\S+): ", r"\1："),
    )
)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"日期 {text!r} 要写成 2026-11-20 这样 (write a day like that)"
        ) from error


def _today_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--today", type=_day, metavar="YYYY-MM-DD", help="照日历写的今天 (today, from a calendar)"
    )


def _init_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path)
    _today_option(parser)
    parser.add_argument("--id", help="村编号，小写字母和数字 (village id)")
    parser.add_argument("--name", help="村名 (village)")
    parser.add_argument("--committee", help="村民委员会全称")
    parser.add_argument("--supervisor", help="村务监督委员会全称")
    parser.add_argument("--collective", help="集体经济组织全称")
    parser.add_argument("--hotline", help="监督电话 (hotline)")
    parser.add_argument("--objection-url", help="异议网址 (objection address)")
    parser.add_argument("--group", action="append", help="村民小组，可写几次 (group)")
    parser.add_argument("--committee-holder", help="村民委员会印章持有人 (who holds its seal)")
    parser.add_argument("--supervisor-holder", help="监督委员会印章持有人 (who holds its seal)")


def _notice_options(parser: argparse.ArgumentParser, *, new: bool) -> None:
    if not new:
        parser.add_argument("id")
    parser.add_argument("file", type=Path)
    if new:
        parser.add_argument("--id", help="编号；不写就自动编 (id)")
    else:
        parser.add_argument("--reason", required=True, help="更正原因 (why)")
    parser.add_argument("--category", help="类别 id (category)")
    parser.add_argument("--title")
    parser.add_argument("--publisher", type=Publisher, choices=list(Publisher))
    parser.add_argument("--author", help="编制人 (author)")
    parser.add_argument("--posted", type=_day, metavar="YYYY-MM-DD")
    parser.add_argument("--decided-on", type=_day, metavar="YYYY-MM-DD")
    parser.add_argument("--decided-by", help="哪个会议决定的 (which meeting)")
    parser.add_argument("--period", type=_day, nargs=2, metavar="YYYY-MM-DD")
    parser.add_argument(
        "--photo",
        action="append",
        default=[],
        metavar="[NAME=]FILE",
        help="照片；NAME 是表格附件栏里的名字，默认是文件名 (photo)",
    )
    parser.add_argument("--urgent", action="store_true", default=None, help="即时公开 (urgent)")


def _audit_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id")
    parser.add_argument("--by", required=True, metavar="NAME", help="审核人 (auditor)")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--item", action="append", help="审核项目，可写几次 (item)")
    which.add_argument("--rest", action="store_true", help="其余各项 (every item not yet answered)")
    parser.add_argument("--verdict", choices=["pass", "refuse"], default="pass")
    parser.add_argument("--remark", default="", help="审核意见；不通过必写 (remark)")
