"""kiosk-publish: the office's program. Asking and printing only; the work is `sync.office`.

Exit codes: 0 done, 1 refused (why and what to do stand on stderr), 2 wrong usage.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from sync.errors import BadInput, NotAllowed, SunboardError
from sync.notices import Notice, Village
from sync.office import (
    Details,
    Holders,
    Office,
    Outcome,
    audit,
    difference,
    evidence,
    leap,
    status,
)
from sync.office.arguments import Run, parser_for
from sync.office.desk import system_now, today_of
from sync.office.difference import Difference
from sync.office.enrolment import Standing, Unreadable
from sync.office.founding import ANCHOR, check_free, check_holders
from sync.office.sealing import Confirm
from sync.office.village import DEFAULT_CATEGORIES, checked
from sync.prepare.template import write_template

_NOT_SEALED: Final = "没有盖章，什么都没有改 (not sealed, nothing was changed)"
_RULE: Final = "─" * 40
_YES: Final = frozenset({"y", "yes", "是", "好"})
_NO: Final = frozenset({"n", "no", "否", "不"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    options = parser_for(_VERBS).parse_args(arguments)
    run: Run = options.run
    try:
        run(options)
    except SunboardError as error:
        print(f"{error}\n{error.advice}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        print("\n停下了；已经做完的都保存着 (stopped; what was done is kept)", file=sys.stderr)
        return 1
    return 0


def _office(options: argparse.Namespace) -> Office:
    missing = next((folder for folder in options.keys if not folder.is_dir()), None)
    if missing is not None:
        raise BadInput(
            f"--keys {missing}：没有这个文件夹 (there is no such folder)",
            advice="请插上存密钥的 U 盘，看清它的文件夹名。Plug in the stick with the keys.",
        )
    said = getattr(options, "today", None)
    ask_today = leap.typed if said is None else lambda _: said
    return Office(options.office, keys=options.keys, ask_today=ask_today)


def _init(options: argparse.Namespace) -> None:
    check_free(options.folder)
    answers = {key: getattr(options, key) or "" for key in (*_FOUNDING, "objection_url")}
    answers["group"] = _LISTED.join(options.group or ())
    # Nothing was signed before that a wrong clock could be told by: a person is asked.
    if options.today is not None or sys.stdin.isatty():
        leap.check_same(options.today or leap.typed(None), today_of(system_now()))
    village, holders = _founders(answers, again=False)
    office = Office.init(options.folder, village, holders)
    print(_AFTER_INIT.format(folder=office.folder, anchor=ANCHOR))


def _founders(answers: dict[str, str], *, again: bool) -> tuple[Village, Holders]:
    """Ask for what isn't known; after a mistake for everything, with what was answered as it was."""
    before = dict(answers)
    questions = {**_FOUNDING, **(_FOUNDING_OPTIONAL if again else {})}
    for key, (words, usual) in questions.items():
        if again or not answers[key]:
            kept = answers[key] if answers[key] != usual.format(**before) else ""
            answers[key] = _question(words, kept or usual.format(**answers))
    named: dict[str, Any] = {key: answers[key] for key in _FOUNDING if not key.endswith("_holder")}
    village = Village(
        categories=DEFAULT_CATEGORIES,
        groups=tuple(filter(None, answers["group"].removeprefix(_NONE).split(_LISTED))),
        objection_url=answers["objection_url"].removeprefix(_NONE),
        **named,
    )
    holders = Holders(answers["committee_holder"], answers["supervisor_holder"])
    try:
        check_holders(holders)
        return checked(village), holders
    except BadInput as error:
        if not sys.stdin.isatty():
            raise
        print(
            f"{error}\n{error.advice}\n直接回车就是括号里的 (Enter keeps what stands in brackets)"
        )
        return _founders(answers, again=True)


def _template(options: argparse.Namespace) -> None:
    write_template(options.file)
    print(f"写好了 (written)：{options.file}")


def _add(options: argparse.Namespace) -> None:
    office = _office(options)
    notice = office.add(
        options.file, notice_id=options.id, said=_details(options), photos=_photos(options.photo)
    )
    _handed_in(office, notice)


def _revise(options: argparse.Namespace) -> None:
    office = _office(options)
    notice = office.revise(
        options.id,
        options.file,
        reason=options.reason,
        said=_details(options),
        photos=_photos(options.photo),
    )
    _handed_in(office, notice)


def _withdraw(options: argparse.Namespace) -> None:
    draft = _office(options).withdraw(options.id, reason=options.reason)
    print(f"等两方盖章后撤回《{draft.title}》 (waits for both seals)")


def _discard(options: argparse.Namespace) -> None:
    _office(options).discard(options.id)
    print(f"丢掉了草稿 {options.id} (draft thrown away)")


def _audit(options: argparse.Namespace) -> None:
    office = _office(options)
    notice = office.draft(options.id)
    if options.item or options.rest:
        for item in options.item or audit.unanswered(notice):
            notice = office.audit(
                options.id, item, by=options.by, verdict=options.verdict, remark=options.remark
            )
    else:
        notice = _audit_by_asking(office, notice, options.by)
    for answer in notice.audit:
        mark = "通过" if answer.verdict == "pass" else "不通过"
        print(f"  {mark}　{answer.item}　{answer.by}　{answer.on}　{answer.remark}".rstrip())
    if audit.state(notice) is audit.State.REFUSED:
        print("有一项不通过，这份公示不会公示 (refused: it will not be published)")
        print(
            f"答错了要改 (to change an answer)：kiosk-publish audit {notice.id} --by 姓名 --item 项目 --verdict pass"
        )
    left = audit.unanswered(notice)
    print(f"还有 {len(left)} 项没审 (items left)" if left else "都审完了 (every item is answered)")
    _warn(office)


def _audit_by_asking(office: Office, notice: Notice, by: str) -> Notice:
    audit.check_auditor(notice, by)
    print(audit.as_text(notice, office.picture_of), end="\n\n")
    if not sys.stdin.isatty():
        items = "\n".join(f"  {item}" for item in audit.items_of(notice))
        raise BadInput(
            f"没有终端可以逐项回答 (no terminal to answer)。项目：\n{items}",
            advice="请用 --item 写明项目，或 --rest。Name the items with --item, or use --rest.",
        )
    for item in audit.unanswered(notice):
        passed = _yes_or_no(f"{item}　通过吗 (pass)？ y/n")
        remark = "" if passed else _needed("原因 (why not)")
        verdict: audit.Verdict = "pass" if passed else "refuse"
        notice = office.audit(notice.id, item, by=by, verdict=verdict, remark=remark)
    return notice


def _seal(options: argparse.Namespace) -> None:
    office = _office(options)
    outcome = office.seal(options.party, confirm=_confirm(office, options))
    waiting = status.PARTY_NAMES[status.other(options.party)]
    print(
        {
            Outcome.DECLINED: _NOT_SEALED,
            Outcome.WAITING: f"盖好了，等{waiting}盖章 (sealed, waits for the other seal)",
            Outcome.PUBLISHED: f"两枚章齐了，已公示 (published)：{office.feed}",
        }[outcome]
    )


def _confirm(office: Office, options: argparse.Namespace) -> Confirm:
    names = {category.id: category.name for category in office.village.categories}

    def confirm(shown: Difference) -> bool:
        # Whole, as it will be sealed: a draft may have been changed after its audit.
        for notice in shown.notices:
            print(f"{audit.as_text(notice, office.picture_of)}\n{_RULE}")
        print("\n".join(difference.in_words(shown, names)))
        question = f"今天是 {office.today()}，以上全部看过，盖章吗 (seal)？ y/n"
        return options.yes or _yes_or_no(question)

    return confirm


def _export(options: argparse.Namespace) -> None:
    done = _office(options).export(options.stick)
    print(
        f"拷好了 (copied)：{done.folder}，公示和图片新写 {done.written} 个 {done.bytes / 1e6:,.1f} MB，"
        f"原有 {done.kept} 个，删去 {done.removed} 个；每个都读回来核对过 (verified)"
    )


def _enrol(options: argparse.Namespace) -> None:
    office = _office(options)
    contradicted = []
    for arrival in office.arrivals(options.stick):
        if isinstance(arrival, Unreadable):
            print(f"公示屏 {arrival.kiosk} 写的读不了 (cannot be read)：{arrival.why}")
            continue
        print(_ARRIVAL[arrival.standing].format(kiosk=arrival.carried.sender, arrival=arrival))
        if arrival.standing is Standing.FOREIGN:
            continue
        if arrival.standing is Standing.NEW:
            if not (options.yes or _yes_or_no("和状态页上的二十位印鉴号一样吗 (the same)？ y/n")):
                print("没有登记，什么都没有收 (not enrolled, nothing was taken)")
                continue
            office.enrol(arrival.kiosk)
            print("登记到 office.toml 了，下次盖章生效 (enrolled; both seals make it binding)")
        taken, known = office.take_days(arrival)
        print(f"新收 {taken.new} 天的展示记录 (days of evidence taken)")
        if taken.refused or arrival.carried.spoilt:
            print(
                f"没收 {taken.refused + arrival.carried.spoilt} 条：不是这把公钥签的，或者坏了"
                " (not signed by this key, or damaged)"
            )
        print("\n".join(evidence.in_words(known)))
        contradicted += [known.kiosk.name] if known.continuity.contradicted else []
    if contradicted:
        raise NotAllowed(
            f"！！{'、'.join(contradicted)} 的展示记录被人改写过，两份都留着了"
            " (the log of this kiosk was rewritten; both accounts are kept)",
            advice="请报告镇里，保管好这个 U 盘和 evidence 文件夹。"
            "Tell the township; keep this stick and the folder evidence.",
        )


def _rotate(options: argparse.Namespace) -> None:
    office = _office(options)
    print(
        f"要换的密钥 (the key to be replaced)：{options.key}　新持有人 (holder)：{options.holder or '不变'}"
    )
    made = office.rotate(options.key, holder=options.holder, confirm=_confirm(office, options))
    print(
        f"换好了，新密钥 (new key)：{made}；旧的请销毁 (destroy the old)" if made else _NOT_SEALED
    )


def _refresh(options: argparse.Namespace) -> None:
    _office(options).refresh()
    print("续期好了；用 U 盘的请再 export 一次 (renewed; export to sticks again)")


def _status(options: argparse.Namespace) -> None:
    print("\n".join(status.in_words(_office(options).status())))


def _details(options: argparse.Namespace) -> Details:
    return Details(
        category=options.category,
        title=options.title,
        publisher=options.publisher,
        author=options.author,
        posted=options.posted,
        decided_on=options.decided_on,
        decided_by=options.decided_by,
        period=tuple(options.period) if options.period else None,
        urgent=options.urgent,
    )


def _photos(given: Sequence[str]) -> dict[str, Path]:
    named = (each.partition("=") for each in given)
    return {(name if file else Path(name).stem): Path(file or name) for name, _, file in named}


def _handed_in(office: Office, notice: Notice) -> None:
    print(f"收下了 (draft)：{notice.id} 第 {notice.revision} 版《{notice.title}》")
    print("审核项目 (items to audit)：")
    print("\n".join(f"  {item}" for item in audit.items_of(notice)))
    _warn(office)


def _warn(office: Office) -> None:
    for caution in office.cautions():
        print(f"注意 (note)：{caution}")


def _yes_or_no(words: str) -> bool:
    while (answer := _question(words).lower()) not in (_YES | _NO):
        words = f"请答 y 或 n (yes or no)。{words.removeprefix('请答 y 或 n (yes or no)。')}"
    return answer in _YES


def _needed(words: str) -> str:
    while not (answer := _question(words)):
        pass
    return answer


def _question(words: str, default: str = "") -> str:
    if not sys.stdin.isatty():
        raise BadInput(
            f"没有终端可以回答：{words} (no terminal to answer)",
            advice="请写成命令行选项，见 kiosk-publish VERB --help。Give it as an option.",
        )
    return input(f"{words}{f' [{default}]' if default else ''}: ").strip() or default


_LISTED: Final = "、"
_NONE: Final = "-"
_FOUNDING: Final[Mapping[str, tuple[str, str]]] = {  # what is asked, and the usual answer
    "name": ("村名 (village)", ""),
    "id": ("村编号，小写字母和数字 (village id)", ""),
    "committee": ("村民委员会全称 (villagers' committee)", "{name}村民委员会"),
    "supervisor": ("村务监督委员会全称 (supervision committee)", "{name}村务监督委员会"),
    "collective": ("集体经济组织全称 (collective organisation)", "{name}股份经济合作社"),
    "hotline": ("监督电话 (hotline)", ""),
    "committee_holder": ("村民委员会印章持有人 (who holds its seal)", ""),
    "supervisor_holder": ("村务监督委员会印章持有人 (who holds its seal)", ""),
}
_FOUNDING_OPTIONAL: Final[Mapping[str, tuple[str, str]]] = {  # asked only to mend them
    "objection_url": ("异议网址，没有就写 - (where the QR code leads, - for none)", _NONE),
    "group": ("村民小组，用顿号隔开，没有就写 - (groups, - for none)", _NONE),
}

_AFTER_INIT: Final = """办好了 (done)：{folder}

密钥都在 keys/ 里，请现在就分开放 (take the keys apart now; .key and .pub go together)：
  committee-root-a    村民委员会自己的 U 盘 (the committee's own stick)
  committee-root-b    和写着信封口令的纸一起封进信封，村里存档 (sealed envelope, its passphrase inside)
  supervisor-root-a   村务监督委员会自己的 U 盘 (the supervision committee's own stick)
  supervisor-root-b   和写着信封口令的纸一起封进信封，镇里存档 (the same, at the township)
  committee-seal、supervisor-seal   各自的 U 盘，盖章时插上，用 --keys 指出
  online              留在这台电脑 (stays on this computer)
.pub 文件请在 keys/ 里也留一份。口令各方自己保管，丢了只能换密钥。

把 {anchor} 拷到公示屏，作为 /etc/sunboard/root.json；只在安装时拷一次。
(copy it to the kiosk as its anchor, once, by hand)"""


_ARRIVAL: Final[Mapping[Standing, str]] = {
    Standing.NEW: "新的公示屏 (a new kiosk)：{kiosk.name}（{kiosk.id}）\n"
    "印鉴号 (its digits)：{arrival.digits}\n"
    "请到那台公示屏前，长按最下面一行打开状态页，照“本机印鉴号”一位一位核对。\n"
    "(hold a finger on the kiosk's bottom line and compare with its status page, digit by digit)",
    Standing.ENROLLED: "公示屏 {kiosk.name}（{kiosk.id}），已登记 (enrolled)，印鉴号 {arrival.digits}",
    Standing.OTHER_KEY: "！！公示屏 {kiosk.name}（{kiosk.id}）的印鉴号是 {arrival.digits}，"
    "和登记的不一样：换过存储卡，或者是冒充的 (another key than enrolled: a new card, or an impostor)。\n"
    "确实换过，就在 office.toml 里删掉它那一节 [[kiosks]]，再 enrol 一次 (after a change of card delete its"
    " table in office.toml and enrol it again)",
    Standing.FOREIGN: "公示屏 {kiosk.name}（{kiosk.id}）是别的村的（{kiosk.village}），不收"
    " (another village's, passed over)",
}


_VERBS: Final[Mapping[str, Run]] = {
    "init": _init,
    "template": _template,
    "add": _add,
    "revise": _revise,
    "withdraw": _withdraw,
    "discard": _discard,
    "audit": _audit,
    "seal": _seal,
    "export": _export,
    "enrol": _enrol,
    "rotate": _rotate,
    "refresh": _refresh,
    "status": _status,
}

if __name__ == "__main__":
    sys.exit(main())
