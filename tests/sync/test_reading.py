"""A notice becomes sentences: each is short, has its place on the screen, and misses nothing."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sync.ledger import Ledger, Row
from sync.notices import BlobRef, Heading, Paragraph, Picture, Sentence, Table
from sync.reading import read_aloud
from sync.reading.aloud import WORDS_LIMIT
from sync.reading.sentences import LONGEST, split

LEDGER = Ledger(
    start=date(2026, 10, 1),
    end=date(2026, 10, 31),
    opening=Decimal("1000.00"),
    rows=(
        Row(
            on=date(2026, 10, 8),
            item="林地租金",
            voucher="记-1",
            handler="李某某",
            income=Decimal("12000.50"),
            expense=Decimal("0.00"),
            balance=Decimal("13000.50"),
        ),
        Row(
            on=date(2026, 10, 20),
            item="路灯电费（320kWh）",
            voucher="记-2",
            handler="李某某",
            income=Decimal("0.00"),
            expense=Decimal("200.00"),
            balance=Decimal("12800.50"),
            remark="9月份",
        ),
    ),
    income=Decimal("12000.50"),
    expense=Decimal("200.00"),
    closing=Decimal("12800.50"),
)


def words_of(sentences: tuple[Sentence, ...]) -> list[str]:
    return [sentence.words for sentence in sentences]


def test_title_comes_first_with_its_place() -> None:
    sentences = read_aloud("10月财务公开", ())

    assert sentences == (
        Sentence(-1, "十月财务公开。", "shi2 yue4 cai2 wu4 gong1 kai1。", start=0, end=7),
    )


def test_paragraph_is_cut_at_full_stops_with_exact_places() -> None:
    text = "  本月收入300元。支出200元；\n请大家监督！“好。”"

    sentences = read_aloud("", (Heading("一、收支"), Paragraph(text)))

    assert [(s.block, text[s.start : s.end]) for s in sentences[1:]] == [
        (1, "本月收入300元。"),
        (1, "支出200元；"),
        (1, "请大家监督！"),
        (1, "“好。”"),
    ]
    assert words_of(sentences) == [
        "一、收支。",
        "本月收入三百元。",
        "支出二百元。",
        "请大家监督！",
        "好。",
    ]


def test_long_sentence_is_cut_at_a_comma() -> None:
    text = "本次硬化的道路东起村委会广场，西至三组晒场，全长一点二公里，宽三点五米，厚十八厘米，路肩各半米，由村集体自筹资金和上级补助共同解决，工期为三十天。"

    pieces = [text[start:end] for start, end in split(text)]

    assert "".join(pieces) == text
    assert pieces[0].endswith("，")
    assert all(len(piece) <= LONGEST for piece in pieces)


def test_number_is_not_cut_in_two() -> None:
    text = "价" * 55 + "1,234,567.89元"

    pieces = [text[start:end] for start, end in split(text)]

    assert pieces == ["价" * 55, "1,234,567.89元"]


def test_table_is_read_row_by_row_with_its_headings() -> None:
    table = Table(
        header=("姓名", "组别", "金额（元）", "联系电话"),
        rows=(("张*三", "2组", "1,200.00", "12345"), ("李某", "", "0", "")),
        money=(2,),
        caption="低保名单",
    )

    sentences = read_aloud("", (table,))

    assert [(s.row, s.words) for s in sentences] == [
        (-1, "低保名单，各列是：姓名、组别、金额、联系电话。"),
        (0, "姓名：张某三，组别：二组，金额：一千二百元，联系电话：幺二三四五。"),
        (1, "姓名：李某，金额：零元。"),
    ]


def test_unit_in_a_heading_is_said_behind_each_figure() -> None:
    table = Table(
        header=("面积（亩）", "标准（元/亩）", "总投资（万元）", "备注（示例）"),
        rows=(("6.2", "97.40", "2", "3"), ("未定", "", "", "")),
        money=(1, 2),
    )

    assert words_of(read_aloud("", (table,))) == [
        "各列是：面积、标准、总投资、备注，示例。",
        "面积：六点二亩，标准：九十七元四角每亩，总投资：两万元，备注，示例：三。",
        "面积：未定。",
    ]


def test_ledger_is_read_entry_by_entry_between_its_balances() -> None:
    sentences = read_aloud("", (LEDGER,))

    assert [(s.row, s.words) for s in sentences] == [
        (-1, "二零二六年十月一日至十月三十一日收支明细，期初余额一千元，共两笔。"),
        (0, "十月八日，林地租金，收入一万二千元五角，余额一万三千元五角。"),
        (1, "十月二十日，路灯电费，三百二十千瓦时，支出二百元，余额一万二千八百元五角，九月份。"),
        (-1, "收入合计一万二千元五角，支出合计二百元，期末余额一万二千八百元五角。"),
    ]


def test_picture_is_read_by_its_caption_or_said_to_have_none() -> None:
    blob = BlobRef("0" * 64, 10)

    sentences = read_aloud("", (Picture(blob, 10, 10, "水渠完工"), Picture(blob, 10, 10)))

    assert words_of(sentences) == ["水渠完工。", "图片，没有说明。"]


def test_line_without_words_is_left_out() -> None:
    assert read_aloud("", (Paragraph("……\n———\n★★★"),)) == ()


def test_crowded_row_is_said_in_several_sentences_of_the_same_row() -> None:
    table = Table(header=("内容",), rows=(("项目进展情况说明，" * 30,),))

    rows = [s for s in read_aloud("", (table,)) if s.row == 0]

    assert len(rows) > 1
    assert all(len(s.words) <= WORDS_LIMIT + 1 for s in rows)


@given(st.text(alphabet="本月收入1,2.5元。！？；，、\n “”（）abc", max_size=400))
def test_any_text_is_cut_in_order_without_overlap_or_loss(text: str) -> None:
    places = split(text)

    assert all(0 < end - start <= LONGEST for start, end in places)
    assert all(first[1] <= second[0] for first, second in pairwise(places))
    kept = "".join(text[start:end] for start, end in places)
    assert [char for char in kept if char.isalnum()] == [char for char in text if char.isalnum()]


@given(st.text(max_size=300))
def test_any_paragraph_gives_sentences_that_can_be_said(text: str) -> None:
    for sentence in read_aloud("", (Paragraph(text),)):
        assert sentence.words
        assert sentence.sounds
        assert len(sentence.words) <= WORDS_LIMIT + 1
        assert 0 <= sentence.start < sentence.end <= len(text)
