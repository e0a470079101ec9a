"""What the people who are called read; pure.

Place, time, age and number, never anything about a person: the robots belong to others. Who gets a
message and when is `call`; how it travels is `senders`.
"""

from typing import Final, Literal

import msgspec

from kiosk.help.incident import Call, Cancelled, Coming, Ended, Seen, Stamp, age_seconds
from sync.clock import CHINA

NOT_AS_NEW: Final = 60.0  # s: from this age on a message says how old the call is


class Place(msgspec.Struct, frozen=True):
    """Which kiosk speaks: its id, the name of the place, the village's id."""

    id: str
    name: str
    village: str


class Message(msgspec.Struct, frozen=True):
    """A message to one contact, as a generic webhook gets it in JSON. `age_seconds` None: unknown."""

    event: Literal["call", "late", "news", "test"]
    kiosk: str
    village: str
    place: str
    incident: str
    age_seconds: int | None
    text: str


def message(kind: Literal["call", "late", "news"], call: Call, place: Place, now: Stamp) -> Message:
    """Return the message of `kind` about `call`."""
    age = age_seconds(call.asked, now)
    lines = {"call": _call_lines, "late": _late_lines, "news": _news_lines}[kind](call)
    lines = [lines[0].format(place=place.name), *lines[1:], when(call.asked, age)]
    text = "\n".join([*lines, f"编号：{call.incident}"])
    whole_age = None if age is None else int(age)
    return Message(kind, place.id, place.village, place.name, call.incident, whole_age, text)


def selftest_message(place: Place, number: str) -> Message:
    """Return the harmless message of a self-test."""
    text = f"【测试】{place.name}：求助线路自动测试，不用处理。\n编号：{number}"
    return Message("test", place.id, place.village, place.name, number, 0, text)


def when(asked: Stamp, age: float | None) -> str:
    """Return the time of a call as far as any clock can tell it, with its age once it has one."""
    old = f"{age_words(age)}前" if age is not None and age >= NOT_AS_NEW else ""
    if asked.trusted:
        at = f"{asked.wall.astimezone(CHINA):%m月%d日 %H:%M}"
        return f"时间：{at}（{old}）" if old else f"时间：{at}"
    if age is None:
        return "时间：不详，可能已过去很久（停过电，本机时钟不准）"
    return f"时间：{old or '刚刚'}（本机时钟不准）"


def age_words(seconds: float) -> str:
    """Return an age in words: minutes, hours or days."""
    minutes = int(seconds // 60)
    if minutes < 60:
        return f"{minutes} 分钟"
    if minutes < 48 * 60:
        return f"{minutes // 60} 小时 {minutes % 60} 分钟"
    return f"{minutes // (24 * 60)} 天"


def _call_lines(call: Call) -> list[str]:
    how = "按下求助按钮" if call.by == "button" else "在屏幕上求助"
    lines = ["【求助】{place}", f"有人{how}。请马上去看，去不了请马上找人去。"]
    if call.told:
        lines.append(f"已通知 {len(call.told)} 处，还没有人回应（第 {call.round} 轮）。")
    return lines


def _late_lines(_call: Call) -> list[str]:
    return ["【补报】{place}", "这不是新的求助：当时没有网络，没能发出。请核实是否已经有人处理。"]


def _news_lines(call: Call) -> list[str]:
    match call.state:
        case Seen(by):
            news = f"{by} 已经看到。"
        case Coming(by):
            news = f"{by} 正在赶去。"
        case Ended("here"):
            news = "现场已有人照看，这次求助结束。"
        case Ended("forgotten"):
            news = "很久没有消息，这次求助自动结束，请核实。"
        case Ended("again"):
            news = "又有人在这里求助，已另发通知；这一次不再跟踪。"
        case Ended(by):
            news = f"{by} 报告：这次求助结束。"
        case Cancelled():
            news = "现场有人取消了这次求助。"
        case _:
            news = "情况有变化。"
    return ["【求助进展】{place}", news]
