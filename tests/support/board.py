"""A card with a sealed board on it: realistic notices of the invented village, without a network."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from sync.blobs import Blobs
from sync.feed.gate import open_feed, verify
from sync.ledger import LARGEST_AMOUNT, Ledger, Row
from sync.notices import (
    BlobRef,
    Block,
    Category,
    Correction,
    Decision,
    Heading,
    Notice,
    Paragraph,
    Picture,
    Publisher,
    Sentence,
    Table,
)
from sync.reading import initials, names_in
from sync.store import Attempt, Outcome, Store
from tests.support.office import VILLAGE, OfficeInMemory, notice

CATEGORIES = (
    Category("cwsz", "财务收支", "finance"),
    Category("hmzj", "惠民资金发放", "finance"),
    Category("fhmx", "分红明细", "finance"),
    Category("dbtk", "低保特困评定", "policy"),
    Category("ybsb", "医保社保缴费", "policy"),
    Category("wfgz", "危房改造", "policy"),
    Category("jtjj", "村集体经济发展", "affairs"),
    Category("cgmy", "村规民约修订", "affairs"),
    Category("zdxm", "重大项目决策", "affairs"),
)
_ITEMS = (
    ("土地承包费收入", 36000, 0), ("路灯维修材料费", 0, 1234.5), ("光伏电站收益", 50420, 0),
    ("保洁员工资（十月）", 0, 9600), ("村道硬化工程尾款，凭竣工验收单支付", 0, 28000), ("办公用品", 0, 471),
    ("重阳节慰问老人", 0, 2000), ("水费代收", 3210.4, 0), ("山林巡护误工补贴", 0, 1600),
    ("厂房租金收入", 12000, 0), ("村务公开栏制作", 0, 860), ("垃圾清运费", 0, 2400),
)  # fmt: skip


def ledger(year: int, month: int, *, entries: int = 12, photo: str = "") -> Ledger:
    """Return a month's ledger that balances."""
    balance = opening = Decimal("83615.75")
    rows = []
    for number in range(entries):
        item, income, expense = _ITEMS[number % len(_ITEMS)]
        into, out = (
            Decimal(str(income)).quantize(Decimal("0.01")),
            Decimal(str(expense)).quantize(Decimal("0.01")),
        )
        balance += into - out
        rows.append(
            Row(
                date(year, month, 1 + number * 14 // entries), item, f"记-{number + 1:03d}", "李示例", into, out,
                balance, photos=(photo,) if photo and number == 1 else (),
            )
        )  # fmt: skip
    return Ledger(
        date(year, month, 1), date(year, month, 15), opening, tuple(rows),
        sum((row.income for row in rows), Decimal("0.00")),
        sum((row.expense for row in rows), Decimal("0.00")), balance,
    )  # fmt: skip


def largest_ledger() -> Ledger:
    """Return a ledger of the largest amounts that the gate lets through."""
    most, none = LARGEST_AMOUNT, Decimal("0.00")
    rows = (
        Row(date(2026, 11, 2), "厂房转让款", "记-001", "李示例", most, none, none),
        Row(date(2026, 11, 3), "水库建设款", "记-002", "李示例", none, most, -most),
    )
    return Ledger(date(2026, 11, 1), date(2026, 11, 15), -most, rows, most, most, -most)


def photo(width: int = 1600, height: int = 1200) -> bytes:
    """Return a JPEG of a road that doesn't exist."""
    picture = Image.new("RGB", (width, height), "#9bb7c9")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, height * 0.55, width, height), fill="#7c8a5a")
    draw.polygon(
        (width * 0.45, height * 0.55, width * 0.55, height * 0.55, width * 0.9, height, width * 0.1, height),
        fill="#b8b4aa",
    )  # fmt: skip
    data = BytesIO()
    picture.save(data, "JPEG", quality=85)
    return data.getvalue()


def reading(title: str, blocks: tuple[Block, ...]) -> tuple[Sentence, ...]:
    """Return sentences with their places, their sounds left crude: these tests don't listen."""
    found = [Sentence(-1, title, "ni3 hao3")]
    for number, block in enumerate(blocks):
        match block:
            case Paragraph(text) | Heading(text):
                start = 0
                for end, character in enumerate(text, start=1):
                    if character in "。；" or end == len(text):
                        found.append(
                            Sentence(
                                number, text[start:end].strip(), "ni3 hao3", start=start, end=end
                            )
                        )
                        start = end
            case Table():
                found.extend(
                    Sentence(number, "行", "ni3 hao3", row=row) for row in range(len(block.rows))
                )
            case Ledger():
                found.append(Sentence(number, "合计", "ni3 hao3", row=-1))
                found.extend(
                    Sentence(number, "行", "ni3 hao3", row=row) for row in range(len(block.rows))
                )
            case _:
                pass
    return tuple(found)


def written(title: str, *blocks: Block, **changes: object) -> Notice:
    """Return a notice with its reading and what it is found by."""
    found_by = {"initials": initials(title), "names": names_in(blocks)}
    return notice(title, blocks=blocks, reading=reading(title, blocks), **(found_by | changes))


def village_notices(today: date) -> tuple[tuple[Notice, ...], tuple[bytes, ...]]:
    """Return notices of every kind, posted within the last days before `today`, and their pictures."""
    picture = photo()
    from sync.feed.layout import ref_of  # noqa: PLC0415

    road = Picture(ref_of(picture), 1600, 1200, "硬化后的村道")
    voucher = ref_of(picture)
    day = timedelta(days=1)
    month = (today - 4 * day).month
    year = (today - 4 * day).year
    finance = written(
        f"{year}年{month}月村集体财务收支",
        ledger(year, month, photo=voucher.sha256),
        id="finance", category="cwsz", posted=today - 4 * day, pictures=(road,),
        period=(date(year, month, 1), date(year, month, 15)), publisher=Publisher.COLLECTIVE,
    )  # fmt: skip
    names = (
        "王小军",
        "李秀兰",
        "张桂英",
        "刘德福",
        "陈玉梅",
        "赵老六",
        "孙有田",
        "周大山",
        "吴秀珍",
    )
    benefits = written(
        "2026年第四季度低保评定名单公示",
        Paragraph(
            "经村民小组评议、村民代表会议表决，拟将下列 9 户纳入 2026 年第四季度最低生活保障范围，"
            "每人每月标准 545 元。公示期间如有异议，请向村务监督委员会提出，我们将在 5 日内答复。"
        ),
        Table(
            ("户主", "小组", "人数", "每月金额（元）"),
            tuple((name, f"{'一二三四五六七'[n % 7]}组", str(n % 3 + 1), f"{545 * (n % 3 + 1):,}.00") for n, name in enumerate(names)),
            money=(3,),
        ),
        Heading("评定依据"),
        Paragraph("一、家庭人均月收入低于当地最低生活保障标准；\n二、家庭财产状况符合有关规定；\n三、共同生活的家庭成员户籍均在本村。"),
        id="benefits", category="dbtk", posted=today - 8 * day,
    )  # fmt: skip
    road_works = written(
        "村道硬化工程竣工结算",
        Paragraph("三组至五组村道硬化工程全长 1.2 公里、宽 4.5 米，已于10月28日竣工，经监理单位验收合格。"),
        road,
        Paragraph("工程结算价 286,400.00 元，其中县级补助 200,000.00 元，村集体自筹 86,400.00 元。"),
        ledger(year, month, entries=5),
        id="road", category="zdxm", posted=today - 2 * day, decided=Decision(today - 5 * day, "村民代表会议"),
    )  # fmt: skip
    water = written(
        "停水通知", Paragraph("因检修主管道，11月25日（星期三）8:00至17:00全村停水，请提前储水。五组至七组可能延长到19:00。"),
        id="water", category="zdxm", posted=today, urgent=True,
    )  # fmt: skip
    corrected = written(
        "2026年度城乡居民医保缴费名单（更正）",
        Paragraph("本村参保 3,982 人，个人缴费标准 400 元/人，应缴 1,592,800.00 元，已缴 1,586,000.00 元，未缴 17 人。"),
        id="medical", category="ybsb", posted=today - 3 * day, revision=2,
        corrects=Correction(1, "第一版漏列了六组 12 人，根据村民异议更正。"),
    )  # fmt: skip
    long = written(
        "青石村村规民约（2026年修订）",
        *(
            Paragraph(f"第{n}条　村民应当爱护公共设施，保持门前整洁，垃圾分类投放；红白喜事从简办理，宴席不超过 15 桌，"
                      f"人情往来不超过 200 元；邻里纠纷先由村民小组调解，调解不成的，可以申请人民调解委员会调解。")
            for n in range(1, 16)
        ),
        id="rules", category="cgmy", posted=today - 6 * day,
    )  # fmt: skip
    return (benefits, long, finance, corrected, road_works, water), (picture,)


def card_with(folder: Path, office: OfficeInMemory, *, at: datetime | None = None) -> Path:
    """Put what the office has published on a kiosk's card, as kiosk-sync would; return the folder."""
    blobs = Blobs(folder, reserve=0)
    for data in office.blobs.values():
        from sync.feed.layout import ref_of  # noqa: PLC0415

        ref = ref_of(data)
        if not blobs.has(ref):
            blobs.keep(ref, iter([data]))
    feed = open_feed(verify(office.files(), office.anchor), office.read)
    store = Store(folder / "sunboard.db")
    now = at or datetime.now(UTC)
    store.switch(feed, now)
    store.record(Attempt(now, "http://office.example/", Outcome.NEW, "", "", len(feed.postings), 0))
    store.close()
    return folder


def village_office(today: date) -> OfficeInMemory:
    """Return an office that has published the village's notices, one of them taken back."""
    import msgspec  # noqa: PLC0415

    village = msgspec.structs.replace(VILLAGE, categories=CATEGORIES)
    now = datetime.combine(today, datetime.min.time(), UTC)
    office = OfficeInMemory(village=village, now=now)
    notices, pictures = village_notices(today)
    office.publish(*notices, blobs=pictures)
    wrong = written(
        "惠民资金发放名单",
        Paragraph("本月发放 12 户。"),
        id="grants",
        category="hmzj",
        posted=today - timedelta(days=3),
    )
    office.publish(wrong)
    office.publish(withdraw=[wrong], reason="金额有误，改正后重新公示")
    return office


__all__ = [
    "BlobRef",
    "card_with",
    "ledger",
    "photo",
    "village_notices",
    "village_office",
    "written",
]
