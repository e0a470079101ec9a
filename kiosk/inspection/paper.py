"""The report on paper: A4, in Chinese, for the township and the villagers' committee to print and sign.

Sizes are millimetres and points. The text stays text, so that it can be searched and copied.
"""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

from fpdf import FPDF
from fpdf.enums import WrapMode, XPos, YPos

from kiosk.inspection.contents import picture_name
from kiosk.inspection.values import DayLine, NoticeLine, Report, TermLine
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
    short_day,
    time_words,
    year_source,
)

WIDTH: Final = 180.0  # mm between the margins of A4
LONG: Final = 186  # days of a period: above it, only what is missing is told day by day
ROWS: Final = 200  # rows of one table: above it, the rest is in the CSV
_GREY: Final = 90
_LINE: Final = 190
_PALE: Final = 242
_BAD: Final = (176, 0, 0)


def render(report: Report, pictures: Mapping[str, bytes], regular: Path, bold: Path) -> bytes:
    """Return the report as PDF; `pictures` are the screen's, by their names in the pack."""
    paper = _Paper(report, regular, bold)
    paper.add_page()
    _cover(paper, report)
    _summary(paper, report)
    _duties(paper, report)
    _gaps(paper, report)
    _kiosk_days(paper, report)
    _objections(paper, report)
    for number, notice in enumerate(report.notices, start=1):
        _notice(paper, report, notice, number, pictures)
    _how(paper, report)
    return bytes(paper.output())


class _Paper(FPDF):
    """A4 with margins of 15 mm, a running head and page numbers."""

    def __init__(self, report: Report, regular: Path, bold: Path) -> None:
        super().__init__(format="A4", unit="mm")
        self._head = f"{report.village}　{TITLE}　{report.order.first} 至 {report.order.last}"
        self.add_font("Sans", "", regular)
        self.add_font("Sans", "B", bold)
        self.set_margins(15, 15, 15)
        self.set_auto_page_break(auto=True, margin=18)
        self.set_title(TITLE)
        self.set_author(report.committee)
        self.set_creator(f"Sunboard {report.order.program}")
        self.set_creation_date(report.order.made)
        self.set_lang("zh-CN")
        self.set_line_width(0.15)
        self.set_draw_color(_LINE)

    def header(self) -> None:
        """Put the running head on every page but the first."""
        if self.page_no() > 1:
            self.write_line(self._head, 8, grey=True)
            self.line(15, self.get_y() + 0.5, 195, self.get_y() + 0.5)
            self.ln(3)

    def footer(self) -> None:
        """Number the pages."""
        self.set_y(-13)
        self.set_font("Sans", "", 8)
        self.set_text_color(_GREY)
        self.cell(0, 5, f"第 {self.page_no()} 页，共 {{nb}} 页", align="C")
        self.set_text_color(0)

    def write_line(
        self,
        text: str,
        size: float = 10,
        *,
        bold: bool = False,
        grey: bool = False,
        bad: bool = False,
    ) -> None:
        """Write a paragraph over the whole width."""
        self.set_font("Sans", "B" if bold else "", size)
        self.set_text_color(*(_BAD if bad else (_GREY if grey else 0,) * 3))
        self.multi_cell(
            0,
            size * 0.55,
            text,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
            wrapmode=WrapMode.CHAR,
            align="L",
        )
        self.set_text_color(0)

    def chapter(self, text: str) -> None:
        """Begin a chapter, with room for some of it on the same page."""
        self.need(30)
        self.ln(3)
        self.write_line(text, 13, bold=True)
        self.ln(1)

    def need(self, height: float) -> None:
        """Begin a new page unless there are `height` mm left."""
        if self.get_y() + height > self.h - 18:
            self.add_page()

    def lay(
        self,
        head: Sequence[str],
        widths: Sequence[float],
        rows: Iterable[Sequence[str]],
        size: float = 8.5,
    ) -> int:
        """Lay out a table whose head comes again on every page; return how many rows were left out."""
        rows = list(rows)
        self._row(head, widths, size, bold=True)
        for row in rows[:ROWS]:
            if self._height(row, widths, size) + self.get_y() > self.h - 18:
                self.add_page()
                self._row(head, widths, size, bold=True)
            self._row(row, widths, size)
        return max(len(rows) - ROWS, 0)

    def facts(self, pairs: Iterable[tuple[str, str]], left: float = 32, size: float = 9.5) -> None:
        """Lay out names and values."""
        for name, value in pairs:
            widths = (left, WIDTH - left)
            self.need(self._height((name, value), widths, size))
            self._row((name, value), widths, size, named=True)

    def _row(
        self,
        cells: Sequence[str],
        widths: Sequence[float],
        size: float,
        *,
        bold: bool = False,
        named: bool = False,
    ) -> None:
        height = self._height(cells, widths, size)
        top, left = self.get_y(), self.l_margin
        for number, (text, width) in enumerate(zip(cells, widths, strict=True)):
            shaded = bold or (named and number == 0)
            self.set_fill_color(_PALE)
            self.rect(left, top, width, height, style="DF" if shaded else "D")
            self.set_xy(left, top + 0.8)
            self.set_font("Sans", "B" if bold else "", size)
            self.multi_cell(width, size * 0.5, text, wrapmode=WrapMode.CHAR, align="L")
            left += width
        self.set_xy(self.l_margin, top + height)

    def _lines(self, text: str, width: float, size: float) -> int:
        found = self.multi_cell(
            width, size * 0.5, text, dry_run=True, output="LINES", wrapmode=WrapMode.CHAR
        )
        return len(found) if isinstance(found, list) else 1

    def _height(self, cells: Sequence[str], widths: Sequence[float], size: float) -> float:
        self.set_font("Sans", "", size)
        lines = [self._lines(text, width, size) for text, width in zip(cells, widths, strict=True)]
        return max(lines) * size * 0.5 + 1.6


def _cover(paper: _Paper, report: Report) -> None:
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


def _summary(paper: _Paper, report: Report) -> None:
    paper.chapter("一、总的情况")
    for text, bad in _findings(report):
        paper.write_line(f"● {text}", 10.5, bad=bad)
    paper.ln(2)
    if not report.notices:
        return
    rows = (
        (
            str(number), one.title or one.id, f"{one.hung:%m-%d}", _done_words(one.term, report),
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
    missed = sum(len(one.term.made_up) for one in notices)
    if missed:
        yield f"有 {missed} 个工作日没有显示够，不计入期限，已在后面补足或正在补。", False
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


def _duties(paper: _Paper, report: Report) -> None:
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


def _gaps(paper: _Paper, report: Report) -> None:
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


def _kiosk_days(paper: _Paper, report: Report) -> None:
    paper.chapter("四、公示屏每天的情况")
    rule = report.rule
    paper.write_line(
        f"开放时间 {rule.opens:%H:%M} 至 {rule.closes:%H:%M}。开着：程序在画面上显示的时间；屏关着：显示器没有亮。",
        9, grey=True,
    )  # fmt: skip
    days = report.kiosk_days
    if len(days) > LONG:
        days = tuple(one for one in days if not one.kept or one.on < rule.share_minutes * 60)
        paper.write_line(
            "期间较长，这里只列没有开够的日子；每一天见 kiosk-days.csv。", 9, grey=True
        )
    cells = [
        (
            short_day(one.day) + ("　休" if one.working is False else ""),
            _hours(one.on) if one.kept else "没有记录", _hours(one.dark) if one.dark else "", f"{one.starts or ''}",
        )
        for one in days
    ]  # fmt: skip
    half = -(-len(cells) // 2)
    pairs = [
        (*left, *(cells[half + at] if half + at < len(cells) else ("",) * 4))
        for at, left in enumerate(cells[:half])
    ]
    head = ("日期", "开着", "屏关着", "启动") * 2
    _say_rest(paper, paper.lay(head, (25, 30, 22, 13) * 2, pairs), "kiosk-days.csv")


def _objections(paper: _Paper, report: Report) -> None:
    paper.chapter("五、异议和答复")
    paper.write_line(
        "这块屏还没有自己的异议渠道，异议和答复没有经过它，所以这里不能证明有没有异议、是否按时答复。"
        f"请查村里的异议登记；村里公布的电话：{report.hotline}。"
    )
    paper.ln(1)
    paper.facts((("异议登记（手填）", "\n\n"), ("按时答复（手填）", "\n\n")))


def _notice(
    paper: _Paper, report: Report, one: NoticeLine, number: int, pictures: Mapping[str, bytes]
) -> None:
    if number == 1:
        paper.chapter("六、逐条公示")
    paper.need(70)
    paper.ln(3)
    paper.write_line(f"{number}. {one.title or '（存卡上没有这条公示的内容）'}", 12, bold=True)
    paper.ln(1)
    paper.facts(_notice_facts(report, one))
    _day_cells(paper, report, one)
    picture = pictures.get(picture_name(one.id, one.revision))
    if picture:
        _picture(paper, picture)


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
    yield "最短期限", _term_words(one.term, report)
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


def _day_cells(paper: _Paper, report: Report, one: NoticeLine) -> None:
    """Lay the days out like a wall calendar: six in a row, each with minutes and turns."""
    days = one.days
    if (report.order.last - report.order.first).days > LONG:
        days = tuple(day for day in days if day.counted is False and day.working is not False)
        paper.write_line(
            "期间较长，这里只列没有显示够的日子；每一天见 notice-days.csv。", 8.5, grey=True
        )
    if not days:
        return
    width, height, columns = WIDTH / 6, 9.5, 6
    paper.ln(1.5)
    for at, day in enumerate(days):
        if at % columns == 0:
            if at:
                paper.set_xy(paper.l_margin, paper.get_y() + height)
            if paper.get_y() + height > paper.h - 18:
                paper.add_page()
        left, top = paper.l_margin + width * (at % columns), paper.get_y()
        paper.set_fill_color(_PALE)
        paper.rect(
            left,
            top,
            width,
            height,
            style="DF" if day.working is False or day.day == one.hung else "D",
        )
        mark, text, bad = _day_words(one, day)
        paper.set_font("Sans", "B", 8)
        paper.set_xy(left, top + 0.7)
        paper.cell(width, 4, f"{short_day(day.day)}　{mark}")
        paper.set_font("Sans", "", 7.5)
        paper.set_text_color(*(_BAD if bad else (0, 0, 0)))
        paper.set_xy(left, top + 4.7)
        paper.cell(width, 4, text)
        paper.set_text_color(0)
        paper.set_xy(paper.l_margin, top)
    paper.set_xy(paper.l_margin, paper.get_y() + height + 1)


def _day_words(one: NoticeLine, day: DayLine) -> tuple[str, str, bool]:
    shown = f"{day.seconds / 60:.0f} 分 {day.turns} 次"
    if day.day == one.hung:
        return "当日", f"{shown}", False
    if day.working is False:
        return "休", f"{shown}", False
    if day.counted is None:
        return "起用前", "没有记录", False
    if day.counted:
        number = sum(each <= day.day for each in one.term.days)
        return (f"第{number}天" if day.day in one.term.days else "√"), shown, False
    return "不计", f"{WHY_SHORT[day.why]}，{shown}" if day.seconds else WHY_SHORT[day.why], True


def _picture(paper: _Paper, picture: bytes) -> None:
    from PIL import Image  # noqa: PLC0415  # only where there are pictures

    with Image.open(BytesIO(picture)) as opened:
        width, height = opened.size
    scale = min(45 / width, 80 / height) if height > width else min(90 / width, 51 / height)
    paper.need(height * scale + 6)
    paper.ln(1)
    paper.write_line("这条公示第一次出现时的屏幕画面：", 8.5, grey=True)
    paper.image(BytesIO(picture), w=width * scale, h=height * scale)
    paper.ln(2)


def _how(paper: _Paper, report: Report) -> None:
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


def _term_words(term: TermLine, report: Report) -> str:
    text = f"{STATES[term.state]}；{_done_words(term, report)}；至少到 {day_words(term.until)}"
    text += "（暂定，待国务院假期通知）" if term.provisional else ""
    if term.made_up:
        text += (
            f"；没显示够而顺延：{'、'.join(f'{day.month}月{day.day}日' for day in term.made_up)}"
        )
    if term.before:
        text += f"；其中 {term.before} 天在这块屏开始记录之前，按已展示计，不能证明"
    return text


def _done_words(term: TermLine, report: Report) -> str:
    judged = report.judged
    done = sum(judged is not None and day <= judged for day in term.days)
    return f"{done}/{len(term.days)}"


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
    return f"{hours} 小时 {minutes:02} 分"


def _party(party: str) -> str:
    return "村民委员会" if party == "committee" else "村务监督委员会"


def _say_rest(paper: _Paper, left: int, table: str) -> None:
    if left:
        paper.write_line(f"还有 {left} 行，见 {table}。", 9, grey=True)
