"""The report on paper: A4, in Chinese, for the township and the villagers' committee to print and sign.

Sizes are millimetres and points. The text stays text, so that it can be searched and copied.
"""

from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

from kiosk.inspection.a4 import A4, ROWS, WIDTH, DayCell
from kiosk.inspection.contents import picture_name
from kiosk.inspection.values import DayLine, KioskDay, NoticeLine, Report, TermLine
from kiosk.inspection.words import (
    DUTY_STATES,
    EVERY,
    GAPS,
    STATES,
    TITLE,
    WHY_SHORT,
    day_words,
    gap_detail,
    publisher_words,
    time_words,
    year_source,
)
from sync.workdays import TermRule

LONG: Final = 186  # days of a period: above it, only what is missing is told day by day
_PICTURE: Final = (43.0, 76.0)  # mm: the widest and the highest
_ROOM_WITH_PICTURE: Final = _PICTURE[1] + 20  # mm


def render(report: Report, pictures: Mapping[str, bytes], regular: Path, bold: Path) -> bytes:
    """Return the report as PDF; `pictures` are the screen's, by their names in the pack."""
    order = report.order
    head = f"{report.village}　{TITLE}　{order.first} 至 {order.last}"
    paper = A4(head, regular, bold, order.made)
    paper.set_title(TITLE)
    paper.set_author(report.committee)
    paper.set_creator(f"Sunboard {order.program}")
    paper.add_page()
    _cover(paper, report)
    _summary(paper, report)
    _duties(paper, report)
    _gaps(paper, report)
    _kiosk_days(paper, report)
    _objections(paper, report)
    _notices(paper, report, pictures)
    _how(paper, report)
    return paper.finish()


def _cover(paper: A4, report: Report) -> None:
    order = report.order
    paper.ln(2)
    paper.write_line(TITLE, 20, bold=True)
    paper.write_line(f"{report.village}　{day_words(order.first)} 至 {day_words(order.last)}", 12)
    paper.ln(3)
    holders = "、".join(f"{one.name}（{_party(one.party)}）" for one in report.holders)
    enrolled = (
        "已在村里盖章的名册中登记" if report.enrolled else "没有登记：须另行核对公钥，见最后一页"
    )
    paper.facts(
        (
            (
                "公示屏",
                f"{order.name}（编号 {order.kiosk}）；公钥指纹 {report.fingerprint}；{enrolled}",
            ),
            ("村民委员会", report.committee),
            ("村务监督委员会", report.supervisor),
            (
                "公示目录",
                f"第 {report.number} 期，{time_words(report.sealed)} 两枚印章齐盖：{holders}",
            ),
            ("最短期限", _rule_words(report)),
            ("节假日依据", "；".join(f"{one.year}年：{year_source(one)}" for one in report.years)),
            ("展示证据", _evidence_words(report)),
            ("制作时间", f"{time_words(order.made)}（公示屏的钟），程序 {order.program} 版"),
        )
    )


def _summary(paper: A4, report: Report) -> None:
    paper.chapter("一、总的情况")
    for text, bad in _findings(report):
        paper.write_line(f"● {text}", 10.5, bad=bad)
    paper.ln(2)
    if not report.notices:
        return
    rows = (
        (
            str(number), _title(one), f"{one.hung:%m-%d}", _done_words(one.term),
            f"{one.term.until:%Y-%m-%d}" + ("起（暂定）" if one.term.provisional else ""),
            STATES[one.term.state] + (f"（缺 {len(one.term.made_up)} 天，已顺延）" if one.term.made_up else ""),
        )
        for number, one in enumerate(report.notices, start=1)
    )  # fmt: skip
    left = paper.lay(
        ("号", "公示", "起算日", "满工作日", "至少到", "情况"), (9, 66, 17, 18, 28, 42), rows
    )
    _say_rest(paper, left, "notices.csv")


def _findings(report: Report) -> Iterable[tuple[str, bool]]:
    """Yield the sentences that an inspector has to read, and whether each is bad news."""
    notices = report.notices
    held = [one for one in notices if one.term.state == "held"]
    yield f"期间内挂过的公示 {len(notices)} 条（版），其中已满期 {len(held)} 条。", False
    for state in ("running", "corrected", "withdrawn", "maximum", "unproved"):
        number = sum(one.term.state == state for one in notices)
        if number:
            yield f"{STATES[state]}：{number} 条。", state in {"maximum", "unproved"}
    late = [one for one in notices if one.term.made_up]
    missed = {day for one in late for day in one.term.made_up}
    if missed:
        yield (
            f"有 {len(missed)} 个工作日没有显示够（{len(late)} 条公示），不计入期限，已在后面补足或正在补。",
            False,
        )
    unaudited = [one for one in notices if not one.audited]
    if unaudited:
        yield f"公示前没有审核通过记录的：{len(unaudited)} 条，见各条。", True
    for state, text in (("missing", "应公开而没有公开"), ("late", "公开迟了")):
        number = sum(one.state == state for one in report.duties)
        if number:
            yield f"{text}：{number} 项，见第二部分。", True
    broken = sum(one.kind in {"broken", "lost"} for one in report.gaps)
    if broken:
        yield f"展示证据有 {broken} 处断裂或丢失，见第三部分。", True
    elif report.rows:
        yield f"展示证据 {report.rows:,} 行，一行接一行，没有断裂。", False
    if not report.enrolled:
        yield "这块屏的公钥没有登记在村里盖章的名册里，证据的来源须另行核对。", True


def _duties(paper: A4, report: Report) -> None:
    paper.chapter("二、该公开的公开了没有")
    if not report.duties:
        paper.write_line("这段时间没有到期的公开事项，或栏目没有写明多久公开一次。")
        return
    rows = (
        (
            one.category, EVERY[one.every], f"{one.covers[0]} 至 {one.covers[1]}" if one.covers[0] != one.covers[1] else f"{one.covers[0]} 决定",
            f"{one.due}", f"{one.published}" if one.published else "—",
            DUTY_STATES[one.state] + (f" {one.late} {'个工作日' if one.every == 'event' else '天'}" if one.late else ""),
        )
        for one in report.duties
    )  # fmt: skip
    head = ("栏目", "多久一次", "所属期间", "最晚", "公开日", "情况")
    _say_rest(paper, paper.lay(head, (38, 30, 46, 21, 21, 24), rows), "duties.csv")


def _gaps(paper: A4, report: Report) -> None:
    paper.chapter("三、缺口和异常")
    if not report.gaps:
        paper.write_line("没有发现缺口。")
        return
    paper.write_line(
        "开放时间内连续 10 分钟没有记录的都列在这里。断电的日子不算展示，由后面的日子补足。",
        9,
        grey=True,
    )
    rows = (
        (GAPS[one.kind], time_words(one.start), time_words(one.end), gap_detail(one))
        for one in report.gaps
    )
    _say_rest(paper, paper.lay(("情况", "从", "到", "说明"), (36, 32, 32, 80), rows), "gaps.csv")


def _kiosk_days(paper: A4, report: Report) -> None:
    paper.chapter("四、公示屏每天的情况")
    rule, days = report.rule, report.kiosk_days
    paper.write_line(
        f"每天 {rule.opens:%H:%M} 至 {rule.closes:%H:%M} 之间，程序开着、时间能证明的时间；“关”是其中显示器没有亮的时间。",
        9, grey=True,
    )  # fmt: skip
    if _is_long(report):
        days = tuple(one for one in days if one.kept and one.on < rule.share_minutes * 60)
        paper.write_line(
            "期间较长，这里只列没有开够的日子；每一天见 kiosk-days.csv。", 9, grey=True
        )
    paper.weeks([_kiosk_cell(one, rule) for one in days])


def _kiosk_cell(one: KioskDay, rule: TermRule) -> DayCell:
    mark = "休" if one.working is False else ""
    if not one.kept:
        return DayCell(one.day, mark, "起用前", shaded=True)
    dark = f" 关{_hours(one.dark)}" if one.dark >= 60 else ""
    short = one.on - one.dark < rule.share_minutes * 60
    text = "没开" if one.on < 60 and not one.unproved else f"{_hours(one.on)}{dark}"
    text = "钟不准" if one.on < 60 and one.unproved else text
    return DayCell(one.day, mark, text, shaded=one.working is False, bad=short and not mark)


def _objections(paper: A4, report: Report) -> None:
    paper.chapter("五、异议和答复")
    paper.write_line(
        "这块屏还没有自己的异议渠道，异议和答复没有经过它，所以这里不能证明有没有异议、是否按时答复。"
        f"请查村里的异议登记；村里公布的电话：{report.hotline}。"
    )
    paper.ln(1)
    paper.facts((("异议登记（手填）", "\n\n"), ("按时答复（手填）", "\n\n")))


def _notices(paper: A4, report: Report, pictures: Mapping[str, bytes]) -> None:
    if not report.notices:
        return
    paper.chapter("六、逐条公示", room=30 + _ROOM_WITH_PICTURE)
    numbered = list(enumerate(report.notices, start=1))
    paper.write_line(
        "每格一天，从星期一到星期日：第几个工作日，开放时间里显示了多久、几次。", 9, grey=True
    )
    if _is_long(report):
        numbered = [(number, one) for number, one in numbered if _is_told(one)]
        paper.write_line(
            "期间较长，这里只列没满期、顺延过、更正或撤回的，和没显示够的日子；全部见 notices.csv、notice-days.csv。",
            9, grey=True,
        )  # fmt: skip
    for number, one in numbered[:ROWS]:
        _notice(paper, report, one, number, pictures)
    _say_rest(paper, len(numbered) - ROWS, "notices.csv")


def _notice(
    paper: A4, report: Report, one: NoticeLine, number: int, pictures: Mapping[str, bytes]
) -> None:
    facts = tuple(_notice_facts(report, one))
    picture = pictures.get(picture_name(one.id, one.revision))
    left = WIDTH - _PICTURE[0] - 4 if picture else WIDTH
    paper.need(_ROOM_WITH_PICTURE if picture else 70)
    paper.ln(3)
    paper.write_line(f"{number}. {_title(one)}", 12, bold=True)
    paper.ln(1)
    top = paper.get_y()
    paper.facts(facts, left=25, width=left)
    if picture:
        below = _picture(paper, picture, paper.l_margin + left + 4, top)
        paper.set_y(max(paper.get_y(), below))
    _day_cells(paper, report, one)


def _is_told(one: NoticeLine) -> bool:
    """Tell whether there is more to say of a notice than a line."""
    plain = one.term.state == "held" and one.audited and not one.term.made_up
    return not plain or bool(one.corrects or one.withdrawal)


def _notice_facts(report: Report, one: NoticeLine) -> Iterable[tuple[str, str]]:
    kind = f"第 {one.revision} 版" + ("，紧急" if one.urgent else "")
    yield (
        "栏目、编号",
        f"{one.category}；{one.id}，{kind}；{publisher_words(one.publisher, report)}，经办 {one.author or '—'}",
    )
    if one.decided:
        yield "决定", f"{day_words(one.decided.on)}，{one.decided.by}"
    yield "审核", _audit_words(one)
    yield (
        "盖章、起算",
        (
            f"{day_words(one.sealed)}两枚印章齐盖；落款 {day_words(one.posted)}；从 {day_words(one.hung)}起算（当日不计）"
        ),
    )
    if one.corrects:
        yield (
            "更正",
            f"更正第 {one.corrects.revision} 版：{one.corrects.reason}。更正后重新计算期限。",
        )
    yield "屏上显示", f"{time_words(one.first_seen)} 至 {time_words(one.last_seen)}"
    yield "最短期限", _term_words(one.term)
    if one.ended and not one.withdrawal:
        yield "由新版代替", day_words(one.ended)
    if one.withdrawal:
        yield (
            "撤回",
            f"{day_words(one.withdrawal.on)}，原因：{one.withdrawal.reason}"
            + (
                f"。撤回说明至少挂到 {day_words(one.marker.until)}（{STATES[one.marker.state]}）"
                if one.marker
                else ""
            ),
        )


def _day_cells(paper: A4, report: Report, one: NoticeLine) -> None:
    days = one.days
    if _is_long(report):
        days = tuple(day for day in days if day.counted is False and day.working is not False)
    paper.weeks([_day_cell(one, day) for day in days])


def _is_long(report: Report) -> bool:
    return (report.order.last - report.order.first).days > LONG


def _day_cell(one: NoticeLine, day: DayLine) -> DayCell:
    shown = f"{day.seconds / 60:.0f}分 {day.turns}次"
    if day.day == one.hung:
        return DayCell(day.day, "当日", shown, shaded=True)
    if day.working is False:
        return DayCell(day.day, "休", shown, shaded=True)
    if day.counted is None:
        return DayCell(day.day, "起用前", "没有记录", shaded=True)
    if day.counted:
        number = sum(each <= day.day for each in one.term.days)
        return DayCell(day.day, f"第{number}天" if day.day in one.term.days else "√", shown)
    if day.day > one.term.until:
        return DayCell(day.day, "已满", shown, shaded=True)
    why = WHY_SHORT[day.why]
    return DayCell(day.day, "不计", f"{why} {shown}" if day.seconds else why, bad=True)


def _picture(paper: A4, picture: bytes, left: float, top: float) -> float:
    """Put the screen's picture at a place and return where it ends."""
    from PIL import Image  # noqa: PLC0415  # only where there are pictures

    with Image.open(BytesIO(picture)) as opened:
        width, height = opened.size
    scale = min(_PICTURE[0] / width, _PICTURE[1] / height)
    paper.image(BytesIO(picture), x=left, y=top, w=width * scale, h=height * scale)
    return top + height * scale


def _how(paper: A4, report: Report) -> None:
    paper.chapter("七、怎么核对这份报告")
    for text in (
        "这份报告和检查包里的数据一起，由公示屏自己的密钥签了名。",
        "拿着信任根（建办公文件夹那天镇里留下的 root.json），在另一台电脑上运行：kiosk verify 检查包 --root root.json",
        "它从信任根一路核对：两枚印章、公示目录、屏的公钥、每天的签名、每一行记录，再用原始记录把整份报告重算一遍，逐字对比。",
        f"公示屏的公钥（手工核对用）：{report.order.key}",
        f"公钥指纹：{report.fingerprint}。可到屏上“状态”一页对照。",
        "能证明的：哪条公示哪天在这块屏上真正画出来过、多久、几次；期限怎么算的；公示有没有两枚印章。",
        "不能证明的：账目是不是真的；有没有人看；两个委员会串通时没有盖章的事。",
    ):
        paper.write_line(text, 9.5)
        paper.ln(1)
    paper.need(30)
    paper.ln(3)
    paper.facts(
        (("检查人（签名）", "\n\n"), ("村务监督委员会（签名）", "\n\n"), ("日期", "\n")), left=45
    )


def _rule_words(report: Report) -> str:
    rule = report.rule
    return (
        f"第 {rule.working_days} 个工作日与第 {rule.calendar_days} 天中较晚的一天，公示当日不计；最长 {rule.maximum_days} 天。"
        f"{rule.opens:%H:%M} 至 {rule.closes:%H:%M} 显示满 {rule.share_minutes} 分钟、{rule.share_turns} 次才算一天，"
        "没显示够的顺延。依据：《村民委员会组织法》第三十五条，本村的公开办法，《民法典》第二百零一条"
    )


def _evidence_words(report: Report) -> str:
    if report.judged is None:
        return "没有可以证明时间的记录，不作判断"
    since = report.since
    begun = (
        "前面的记录丢失过"
        if since is not None and since.year < 2000
        else f"记录从 {day_words(since)}开始"
    )
    return f"{begun}；判断到 {day_words(report.judged)}；用到 {report.rows:,} 行，签名的日子 {report.signed_days} 个"


def _term_words(term: TermLine) -> str:
    text = f"{STATES[term.state]}；{_done_words(term)}；至少到 {day_words(term.until)}"
    text += "（暂定，待国务院假期通知）" if term.provisional else ""
    if term.made_up:
        text += (
            f"；没显示够而顺延：{'、'.join(f'{day.month}月{day.day}日' for day in term.made_up)}"
        )
    if term.before:
        text += f"；其中 {term.before} 天早于这块屏或这份报告的记录，按已展示计，不能证明"
    return text


def _done_words(term: TermLine) -> str:
    return f"{term.done}/{len(term.days)}"


def _title(one: NoticeLine) -> str:
    title = one.title or "（存卡上没有这条公示的内容）"
    return f"{title}（第 {one.revision} 版）" if one.revision > 1 else title


def _audit_words(one: NoticeLine) -> str:
    if not one.audit:
        return "没有审核记录"
    items = "；".join(
        f"{item.item}：{'通过' if item.verdict == 'pass' else '不通过'}（{item.by}，{item.on}）"
        + (f" {item.remark}" if item.remark else "")
        for item in one.audit
    )
    return items if one.audited else f"{items}　※没有全部在公示前通过"


def _hours(seconds: int) -> str:
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours}时{minutes:02}分" if hours else f"{minutes}分"


def _party(party: str) -> str:
    return "村民委员会" if party == "committee" else "村务监督委员会"


def _say_rest(paper: A4, left: int, table: str) -> None:
    if left > 0:
        paper.write_line(f"还有 {left} 行，见 {table}。", 9, grey=True)
