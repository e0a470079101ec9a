"""A notice's title and blocks → the sentences a reader says, in the order the screen shows them.

Pure except that the sounds come from pypinyin's tables: this runs at the office, and the kiosk is
handed the finished sentences. How one text turns into words is `sync.reading.words`.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from sync.ledger import Ledger, Row
from sync.notices import (
    BANNER_BLOCK,
    TITLE_BLOCK,
    Block,
    Correction,
    Heading,
    Paragraph,
    Picture,
    Sentence,
    Table,
)
from sync.reading.numbers import money, quantity
from sync.reading.rules import MEASURE
from sync.reading.sentences import split
from sync.reading.sounds import pinyin
from sync.reading.words import spoken

WORDS_LIMIT: Final = 100  # words of one sentence: numbers grow when they are said

# A heading that names the unit of its column: 金额（元）, 面积（亩）, 缴费（元/人）.
_WITH_UNIT: Final = re.compile(
    rf"(?P<name>.{{1,40}}?)\s*[（(]\s*(?:单位[：:]\s*)?"
    rf"(?P<unit>(?:万|亿)?元(?:/[^）)]{{1,6}})?|平方米|立方米|千瓦时|{MEASURE}|[%％])\s*[）)]\s*"
)
_FIGURE: Final = re.compile(r"-?[\d,]{1,20}(?:\.\d{1,6})?", re.ASCII)
_BY_DIGIT: Final = re.compile("电话|手机|号码|账号|帐号|卡号|编号|证号|凭证")


def read_aloud(
    title: str, blocks: tuple[Block, ...], corrects: Correction | None = None
) -> tuple[Sentence, ...]:
    """Return every sentence of a notice; see `Sentence` for what its place means."""
    sentences = list(_text(TITLE_BLOCK, title))
    if corrects is not None:
        words = f"本公示已更正，替换第{corrects.revision}版。更正原因：{corrects.reason}"
        sentences.extend(read_banner(words))
    for place, block in enumerate(blocks):
        sentences.extend(_block(place, block))
    return tuple(sentences)


def read_banner(words: str) -> tuple[Sentence, ...]:
    """Return what must be heard before a notice: that it was corrected or taken back, and why."""
    return tuple(
        one for start, end in split(words) for one in _said(BANNER_BLOCK, spoken(words[start:end]))
    )


def _block(place: int, block: Block) -> Iterator[Sentence]:
    match block:
        case Heading(text=text) | Paragraph(text=text):
            yield from _text(place, text)
        case Picture(caption=caption):
            yield from _text(place, caption) if spoken(caption) else _said(place, "图片，没有说明")
        case Table():
            yield from _table(place, block)
        case Ledger():
            yield from _ledger(place, block)


def _text(place: int, text: str) -> Iterator[Sentence]:
    for start, end in split(text):
        for part in _short(spoken(text[start:end])):
            if sounds := pinyin(part):
                yield Sentence(place, part, sounds, start=start, end=end)


def _said(place: int, words: str, row: int = -1) -> Iterator[Sentence]:
    for part in _short(words):
        if sounds := pinyin(part):
            yield Sentence(place, part, sounds, row=row)


def _short(words: str) -> Iterator[str]:
    """Cut words at their pauses into sentences the synthesiser takes; each ends with a stop."""
    words = words.rstrip("，；：、 ")
    while len(words) > WORDS_LIMIT:
        cut = max(words.rfind(mark, 0, WORDS_LIMIT) for mark in "，；：、。") + 1 or WORDS_LIMIT
        yield f"{words[: cut - 1] if words[cut - 1] in '，；：、。' else words[:cut]}，"
        words = words[cut:]
    if words:
        yield words if words[-1] in "。！？" else f"{words}。"


def _table(place: int, table: Table) -> Iterator[Sentence]:
    headings = [_heading(text) for text in table.header]
    opening = [spoken(table.caption)] if spoken(table.caption) else []
    columns = "、".join(name for name, _ in headings if name)
    if columns:
        opening.append(f"各列是：{columns}")
    yield from _said(place, "，".join(opening))
    for number, row in enumerate(table.rows):
        cells = [
            _cell(name, unit, value, in_yuan=column in table.money)
            for column, ((name, unit), value) in enumerate(zip(headings, row, strict=True))
        ]
        yield from _said(place, "，".join(cell for cell in cells if cell), row=number)


def _heading(text: str) -> tuple[str, str]:
    """Return the words of a column's name, and the unit that it gives its figures."""
    match = _WITH_UNIT.fullmatch(text)
    return (spoken(match["name"]), match["unit"]) if match else (spoken(text), "")


def _cell(name: str, unit: str, value: str, *, in_yuan: bool) -> str:
    if unit and unit != "元" and _FIGURE.fullmatch(value.strip()):
        said = spoken(value.strip() + unit)
    elif in_yuan or unit == "元":
        said = spoken(value, money=True)
    elif _BY_DIGIT.search(name):
        said = spoken(f"号码：{value}").removeprefix("号码").lstrip("：")
    else:
        said = spoken(value)
    said = said.rstrip("。；，！？")
    return f"{name}：{said}" if said and name else said


def _ledger(place: int, ledger: Ledger) -> Iterator[Sentence]:
    period = f"{_day(ledger.start, None)}至{_day(ledger.end, ledger.start)}"
    count = quantity(str(len(ledger.rows)), counted=True)
    entries = f"共{count}笔" if ledger.rows else "没有收支"
    yield from _said(place, f"{period}收支明细，期初余额{_yuan(ledger.opening)}，{entries}")
    for number, row in enumerate(ledger.rows):
        yield from _said(place, _entry(row, ledger), row=number)
    totals = f"收入合计{_yuan(ledger.income)}，支出合计{_yuan(ledger.expense)}"
    yield from _said(place, f"{totals}，期末余额{_yuan(ledger.closing)}")


def _entry(row: Row, ledger: Ledger) -> str:
    amount = f"收入{_yuan(row.income)}" if row.income else f"支出{_yuan(row.expense)}"
    item, remark = (spoken(text).rstrip("。；，！？") for text in (row.item, row.remark))
    parts = [_day(row.on, ledger.start), item, amount, f"余额{_yuan(row.balance)}", remark]
    return "，".join(part for part in parts if part)


def _day(day: date, shown: date | None) -> str:
    """The year is said only when it is not the one just heard."""
    words = spoken(f"{day.year:04d}年{day.month}月{day.day}日")
    return words.partition("年")[2] if shown and shown.year == day.year else words


def _yuan(amount: Decimal) -> str:
    return money(f"{amount:.2f}")
