"""The report as tables for a spreadsheet: CSV with a byte order mark, since Excel asks for one. Pure.

A text that a spreadsheet would take for a formula gets an apostrophe before it.
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import StringIO
from typing import Final

from kiosk.inspection.values import Report
from kiosk.inspection.words import (
    DUTY_STATES,
    EVERY,
    GAPS,
    STATES,
    WHY,
    gap_detail,
    publisher_words,
    year_source,
)
from sync.clock import CHINA

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
Cell = str | int | float | date | datetime | bool | None


def tables(report: Report) -> dict[str, bytes]:
    """Return every table by its file name."""
    return {
        "notices.csv": _notices(report),
        "notice-days.csv": _notice_days(report),
        "kiosk-days.csv": _kiosk_days(report),
        "duties.csv": _duties(report),
        "gaps.csv": _gaps(report),
        "years.csv": _years(report),
    }


def _notices(report: Report) -> bytes:
    head = (
        "编号", "版本", "栏目", "标题", "发布单位", "经办人", "决定日期", "作出决定的会议", "审核人", "审核日期", "审核先于公示",
        "落款日期", "盖章日期", "起算日", "屏上最早", "屏上最晚", "期限", "至少到", "最长到", "已满工作日", "漏掉的工作日", "起用前的天数",
        "暂定", "更正第几版", "更正原因", "由新版代替或撤回的日期", "撤回原因", "撤回说明至少到", "内容 SHA-256", "屏幕画面 SHA-256",
    )  # fmt: skip
    rows = (
        (
            one.id, one.revision, one.category, one.title, publisher_words(one.publisher, report), one.author,
            one.decided.on if one.decided else None, one.decided.by if one.decided else "",
            "、".join(dict.fromkeys(item.by for item in one.audit)),
            max((item.on for item in one.audit), default=None), one.audited,
            one.posted, one.sealed, one.hung, one.first_seen, one.last_seen, STATES[one.term.state],
            one.term.until, one.term.maximum, one.term.done, len(one.term.made_up), one.term.before,
            one.term.provisional, one.corrects.revision if one.corrects else None,
            one.corrects.reason if one.corrects else "", one.ended, one.withdrawal.reason if one.withdrawal else "",
            one.marker.until if one.marker else None, one.sha256, one.picture,
        )
        for one in report.notices
    )  # fmt: skip
    return _csv(head, rows)


def _notice_days(report: Report) -> bytes:
    head = ("编号", "版本", "标题", "日期", "工作日", "展示分钟", "轮次", "够不够", "原因")
    rows = (
        (
            one.id, one.revision, one.title, day.day, day.working, round(day.seconds / 60, 1),
            day.turns, day.counted, WHY[day.why],
        )
        for one in report.notices
        for day in one.days
    )  # fmt: skip
    return _csv(head, rows)


def _kiosk_days(report: Report) -> bytes:
    head = (
        "日期",
        "工作日",
        "有记录",
        "开放时间内开着（分钟）",
        "其中屏幕关着",
        "时间不能证明（分钟）",
        "启动次数",
        "改钟次数",
    )
    rows = (
        (
            one.day, one.working, one.kept, round(one.on / 60), round(one.dark / 60),
            round(one.unproved / 60), one.starts, one.jumps,
        )
        for one in report.kiosk_days
    )  # fmt: skip
    return _csv(head, rows)


def _duties(report: Report) -> bytes:
    head = (
        "栏目",
        "周期",
        "所属期间起",
        "所属期间止",
        "最晚公开日",
        "公开日",
        "迟了几天",
        "情况",
        "公示编号",
    )
    rows = (
        (
            one.category, EVERY[one.every], *one.covers, one.due, one.published, one.late,
            DUTY_STATES[one.state], one.notice,
        )
        for one in report.duties
    )  # fmt: skip
    return _csv(head, rows)


def _gaps(report: Report) -> bytes:
    rows = ((GAPS[one.kind], one.start, one.end, gap_detail(one)) for one in report.gaps)
    return _csv(("情况", "从", "到", "说明"), rows)


def _years(report: Report) -> bytes:
    rows = ((one.year, year_source(one)) for one in report.years)
    return _csv(("年份", "节假日来源"), rows)


def _csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([_cell(each) for each in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _cell(value: Cell) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return f"{value.astimezone(CHINA):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return f"'{value}" if value.startswith(_FORMULA) else value
