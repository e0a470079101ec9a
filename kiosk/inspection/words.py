"""What the report says in Chinese, on paper and in the tables. It is Chinese whatever the screen speaks:
those who inspect a Chinese village read it. Pure.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from kiosk.inspection.values import Gap, GapKind, Report, State, Why, YearSource
from sync.clock import CHINA
from sync.notices import Publisher

TITLE: Final = "村务公开展示检查报告"
WHY: Final[Mapping[Why, str]] = {
    "": "",
    "off": "断电或程序没开",
    "clock": "时间不能证明",
    "dark": "屏幕关着",
    "absent": "屏开着，没显示这条",
    "share": "时间或轮次不够",
}
WHY_SHORT: Final[Mapping[Why, str]] = {
    "": "", "off": "没开", "clock": "钟不准", "dark": "屏关着", "absent": "没显示", "share": "不够",
}  # fmt: skip
STATES: Final[Mapping[State, str]] = {
    "held": "已满期",
    "running": "还没满期",
    "corrected": "未满期时由更正代替",
    "withdrawn": "未满期时撤回",
    "maximum": "到最长期限撤下，没有满期",
    "unproved": "时间不能证明，不作判断",
}
EVERY: Final = {"month": "每月", "quarter": "每季", "year": "每年", "event": "决定后3个工作日内"}
DUTY_STATES: Final = {
    "coming": "还没到期",
    "in time": "按时",
    "late": "迟了",
    "missing": "没有公开",
    "unknown": "这块屏没收到后来的公示，说不准",
}
GAPS: Final[Mapping[GapKind, str]] = {
    "broken": "证据链断裂",
    "lost": "记录丢失",
    "silent": "没有记录",
    "unproved": "时间不能证明",
    "untrusted": "时间开始不可信",
    "jump": "时钟被改动",
    "month": "存卡上没有这个月的公示",
    "notice": "存卡上没有这条公示",
}
_DAYS_OFF_SOURCE: Final = "程序自带"


def day_words(day: date | None) -> str:
    """Return a day as it is written in China."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "—"


def time_words(moment: datetime | None) -> str:
    """Return a time by the village's clock."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}" if moment else "—"


def publisher_words(publisher: str, report: Report) -> str:
    """Return the publisher's name."""
    return report.committee if publisher == Publisher.COMMITTEE else publisher and "集体经济组织"


def year_source(one: YearSource) -> str:
    """Return where a year's working days come from."""
    if one.sealed:
        return f"{one.source}（村里盖章的日历）"
    if one.source:
        return f"{_DAYS_OFF_SOURCE}：{one.source}"
    return "还不知道，待国务院通知"


def gap_detail(gap: Gap) -> str:
    """Return what more is known of a gap."""
    if gap.kind == "jump":
        return _jump_words(gap.detail)
    minutes = round((gap.end - gap.start).total_seconds() / 60) if gap.end and gap.start else 0
    if gap.kind == "silent":
        return f"{minutes} 分钟：断电、程序没开，或时间不能证明"
    if gap.kind == "unproved":
        return f"{minutes} 分钟：左边是屏自己的钟，没有证明，不计入任何一天"
    if gap.kind == "broken":
        return f"第 {gap.detail}"
    return gap.detail


def _jump_words(detail: str) -> str:
    try:
        seconds = float(detail)
    except ValueError:
        return detail
    way, size = ("往前拨" if seconds > 0 else "往回拨"), abs(seconds)
    for length, unit in ((86_400, "天"), (3_600, "小时"), (60, "分钟")):
        if size >= 2 * length:
            return f"{way}约 {size / length:.0f} {unit}"
    return f"{way} {size:.0f} 秒"
