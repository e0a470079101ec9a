"""Where the office stands: what hangs, what waits and for whom, what runs out, what to do next.

Values and words only; gathering them is `sync.office.office`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sync.clock import CHINA
from sync.feed.duties import Expiries
from sync.notices import KioskKey, Party
from sync.office import audit, deadlines, evidence
from sync.office.categories import Lost
from sync.office.crowding import Crowd
from sync.office.deadlines import Deadlines
from sync.office.drafts import Draft, NoticeDraft, ready
from sync.office.evidence import Known
from sync.office.leap import Leap

SOON: Final = timedelta(days=14)
SEALS_SOON: Final = timedelta(days=60)
PARTY_NAMES: Final = {
    Party.COMMITTEE: "村民委员会 (committee)",
    Party.SUPERVISOR: "村务监督委员会 (supervisor)",
}


@dataclass(frozen=True, slots=True)
class FirstSeal:
    """The first of the two seals; `void` because something was changed since."""

    by: Party
    void: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """`number` is the board that hangs (0: none yet), `first_seal` the one that the next one has."""

    number: int
    issued: datetime | None
    hanging: int
    withdrawn: int
    drafts: tuple[Draft, ...]
    first_seal: FirstSeal | None
    expiries: Expiries
    deadlines: Deadlines
    now: datetime
    lost: tuple[Lost, ...] = ()
    leap: Leap | None = None
    evidence: tuple[Known, ...] = ()
    crowd: Crowd | None = None
    unsealed: tuple[KioskKey, ...] = ()  # enrolled, but not yet under both seals


def other(party: Party) -> Party:
    """Return the other committee."""
    return Party.SUPERVISOR if party is Party.COMMITTEE else Party.COMMITTEE


def in_words(status: Status) -> tuple[str, ...]:
    """Return the lines that `kiosk-publish status` prints."""
    lines = [_board(status)]
    lines += [f"  · {draft.id}：{_draft(draft)}" for draft in status.drafts]
    if status.first_seal is not None:
        lines.append(_first_seal(status.first_seal))
    lines += deadlines.lines(status.deadlines)
    lines += [f"期限：{line}" for line in _expiries(status)]
    lines += [line for known in status.evidence for line in evidence.in_words(known)]
    lines.append("下一步 (next)：")
    return (*lines, *(f"  → {line}" for line in next_steps(status)))


def next_steps(status: Status) -> tuple[str, ...]:
    """Return what should be done, most pressing first."""
    steps = [str(lost) for lost in status.lost]
    if status.leap is not None:
        steps.append(str(status.leap))
    steps += [
        f"公示屏 {known.kiosk.name} 的记录被改写过：报告镇里，保管好 evidence 文件夹和 U 盘"
        " (a kiosk's log was rewritten: tell the township, keep the folder and the stick)"
        for known in status.evidence
        if known.continuity.contradicted
    ]
    steps += [step for draft in status.drafts if (step := _step(draft))]
    if status.first_seal is not None and not status.first_seal.void:
        waiting = other(status.first_seal.by)
        steps.append(f"等{PARTY_NAMES[waiting]}盖章：kiosk-publish seal --as {waiting}")
    elif not status.lost and any(ready(draft) for draft in status.drafts):
        steps.append("审核已通过，可以盖章：kiosk-publish seal --as committee (ready to be sealed)")
    elif status.unsealed:
        named = "、".join(kiosk.name for kiosk in status.unsealed)
        steps.append(f"登记了公示屏 {named}，请两方盖章 (an enrolled kiosk waits for the seals)")
    steps += deadlines.steps(status.deadlines)
    if status.crowd is not None:
        steps.append(str(status.crowd))
    ends = status.expiries
    if ends.seals is not None and ends.seals - status.now < SEALS_SOON:
        steps.append("印章快到期，请两方重新盖章 (the seals run out: seal again)")
    if ends.online is not None and ends.online - status.now < SOON:
        steps.append("请续期：kiosk-publish refresh (refresh the feed, then export to the stick)")
    if ends.keys - status.now < SEALS_SOON:
        steps.append("根密钥快到期：kiosk-publish rotate --key committee-root-a (the keys run out)")
    if status.issued is None and not status.drafts:
        steps.append("交第一份公示：kiosk-publish add 文件 (hand in the first notice)")
    return tuple(steps) or ("没有要办的事 (nothing to do)",)


def _board(status: Status) -> str:
    if status.issued is None:
        return "还没有公示过 (nothing is published yet)"
    return (
        f"公开栏第 {status.number} 期，{status.issued.astimezone(CHINA):%Y-%m-%d %H:%M} 发布，"
        f"在栏 {status.hanging} 条，已撤回 {status.withdrawn} 条 (published)"
    )


def _first_seal(seal: FirstSeal) -> str:
    if seal.void:
        return f"{PARTY_NAMES[seal.by]}盖过章，之后又改过，那枚章已作废 (the first seal is void)"
    return f"已盖章：{PARTY_NAMES[seal.by]} (sealed so far)"


def _draft(draft: Draft) -> str:
    if not isinstance(draft, NoticeDraft):
        return f"撤回《{draft.title}》，等盖章 (withdrawal, waits for the seals)"
    what = {
        audit.State.OPEN: f"等审核，还有 {len(audit.unanswered(draft.notice))} 项 (waits for audit)",
        audit.State.REFUSED: "审核不通过 (refused)",
        audit.State.PASSED: "审核通过，等盖章 (audited, waits for the seals)",
    }[audit.state(draft.notice)]
    return f"《{draft.notice.title}》第 {draft.revision} 版，{what}"


def _step(draft: Draft) -> str:
    if not isinstance(draft, NoticeDraft):
        return ""
    state = audit.state(draft.notice)
    if state is audit.State.OPEN:
        return f"审核 {draft.id}：kiosk-publish audit {draft.id} --by 姓名 (audit it)"
    if state is audit.State.REFUSED:
        return f"改好 {draft.id} 后重新提交 (correct the file and add or revise it again)"
    return ""


def _expiries(status: Status) -> list[str]:
    ends = status.expiries
    named = (
        ("在线签名 (online)", ends.online),
        ("印章 (seals)", ends.seals),
        ("根密钥 (root keys)", ends.keys),
    )
    return [f"{name} {end.astimezone(CHINA):%Y-%m-%d}" for name, end in named if end is not None]
