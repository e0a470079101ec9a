"""office.toml: the village's own data, which the office people edit by hand.

Values in, values out: `toml` writes a first one with a word on every key, `parse` reads what people made
of it. What of it travels in the feed is `sync.notices.Village`.
"""

import json
import re
import tomllib
from typing import Final, Literal
from urllib.parse import urlsplit

import msgspec

from sync.calendars import COUNTRY, calendar
from sync.checking import check_table, lines_of, place_of, tell
from sync.errors import BadInput
from sync.notices import ID_PATTERN, Category, KioskKey, Village, clean_text
from sync.office import terms
from sync.office.terms import Words

FILE_LIMIT: Final = 64 << 10  # bytes
NAME_LIMIT: Final = 40  # characters
LIST_LIMIT: Final = 100
_PHONE: Final = re.compile(r"[0-9+() -]{3,24}")

# 三大类十小项: seven of the ten are named by the seed village, each village may change the list.
DEFAULT_CATEGORIES: Final = (
    Category("accounts", "财务收支", "finance"),
    Category("benefits", "惠民资金发放", "finance"),
    Category("dividends", "分红明细", "finance"),
    Category("assistance", "低保特困评定", "policy"),
    Category("insurance", "医保社保缴费", "policy"),
    Category("housing", "危房改造", "policy"),
    Category("collective", "村集体经济发展", "affairs"),
    Category("rules", "村规民约修订", "affairs"),
    Category("projects", "重大项目决策", "affairs"),
    Category("annual", "年度总结与计划", "affairs", "year"),
    Category("other", "其他村务", "affairs"),
)

_COMMENTS: Final = {
    "id": "村编号：小写字母、数字、短横，定了就不要改 (never change it: the kiosk looks for it)",
    "name": "村名 (village)",
    "committee": "村民委员会全称 (villagers' committee)",
    "supervisor": "村务监督委员会全称 (village affairs supervision committee)",
    "collective": "集体经济组织全称 (collective economic organisation)",
    "hotline": "监督电话，全村看得到 (hotline, shown to everybody)",
    "objection_url": "异议网址，二维码打开它；没有就留空 (where the QR code leads; may be empty)",
    "groups": "村民小组 (groups)",
    "country": "放假按哪国的日历 (whose holidays count: ISO 3166, CN, or DE-BY for a part of a country)",
}


def toml(village: Village) -> str:
    """Return the text of an office.toml that `parse` reads back as `village`."""
    lines = ["# 阳光公示屏：本村资料。改完下次盖章时生效 (takes effect at the next sealing)。", ""]
    for key, comment in _COMMENTS.items():
        value = getattr(village, key)
        lines += [f"# {comment}", f"{key} = {_quoted(value)}"]
    lines += [
        "",
        "# 公示类别，group 只能是 finance、policy、affairs (categories)",
        "# every 是多久公开一次：month、quarter、year、event，不写就按 id (how often it is due)",
    ]
    for category in village.categories:
        keys = (
            ("id", "name", "group") if category.every is None else ("id", "name", "group", "every")
        )
        lines += [
            "",
            "[[categories]]",
            *(f"{key} = {_quoted(getattr(category, key))}" for key in keys),
        ]
    lines += terms.lines(village.term, village.calendars, village.kiosks)
    return "\n".join(lines) + "\n"


def parse(data: bytes) -> Village:
    """Return the village that an office.toml describes.

    Raises:
        BadInput: not TOML, an unknown or missing key, or a value that cannot go on a board.
    """
    if len(data) > FILE_LIMIT:
        raise BadInput(
            f"office.toml 太大：{len(data):,} 字节，最多 {FILE_LIMIT:,} (office.toml is too large)"
        )
    try:
        text = data.decode("utf-8-sig")
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # not UTF-8, not TOML, or a number without end
        raise BadInput(
            f"office.toml {place_of(error)}读不懂 (office.toml is not valid TOML: {error})",
            advice="引号、等号要用英文的，文件要存成 UTF-8；改不好就用备份。"
            "Use plain quotation marks, save as UTF-8, or take the backup.",
        ) from error
    filled, problems = check_table(tables, _Strict)
    if problems:
        raise BadInput(
            tell(problems, lines_of(text), "office.toml 填写有误 (office.toml is wrong)")
        )
    village: _Strict = filled
    return checked(village.village())


def checked(village: Village) -> Village:
    """Return the village with every text trimmed.

    Raises:
        BadInput: names the key that cannot go on a board.
    """
    if not ID_PATTERN.fullmatch(village.id):
        raise BadInput(
            f"村编号 id {village.id[:80]!r} 只能用小写字母、数字和短横"
            " (the village id takes lower-case letters, digits and hyphens)"
        )
    texts = {
        key: _text(getattr(village, key), key)
        for key in ("name", "committee", "supervisor", "collective", "hotline")
    }
    if not _PHONE.fullmatch(texts["hotline"]):
        raise BadInput(f"监督电话 hotline {texts['hotline']!r} 不是电话号码 (not a phone number)")
    if len(village.groups) > LIST_LIMIT:
        raise BadInput(f"office.toml：村民小组最多 {LIST_LIMIT} 个 (too many groups)")
    calendar(country=village.country)  # refuses one that nobody knows
    for year in village.calendars:
        _text(year.source, f"calendars {year.year} source")
    return msgspec.structs.replace(
        village,
        **texts,
        kiosks=_kiosks(village.kiosks),
        objection_url=_url(village.objection_url),
        categories=_categories(village.categories),
        groups=tuple(_text(group, "groups") for group in village.groups),
    )


class _StrictCategory(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: Words
    name: Words
    group: Literal["finance", "policy", "affairs"]
    every: Literal["month", "quarter", "year", "event"] | None = None


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: Words
    name: Words
    committee: Words
    supervisor: Words
    collective: Words
    hotline: Words
    categories: tuple[_StrictCategory, ...]
    objection_url: Words = ""
    groups: tuple[Words, ...] = ()
    country: Words = COUNTRY
    term: terms.TermTable = terms.TermTable()
    calendars: tuple[terms.CalendarTable, ...] = ()
    kiosks: tuple[terms.KioskTable, ...] = ()

    def village(self) -> Village:
        """Return the village. Raises: BadInput: a year of holidays that can't be."""
        fields = msgspec.structs.asdict(self) | {
            "categories": tuple(Category(**msgspec.structs.asdict(one)) for one in self.categories),
            "term": self.term.rule(),
            "calendars": terms.years_in_order(map(terms.year_calendar, self.calendars)),
            "kiosks": tuple(KioskKey(**msgspec.structs.asdict(one)) for one in self.kiosks),
        }
        return Village(**fields)


def _categories(categories: tuple[Category, ...]) -> tuple[Category, ...]:
    ids = [category.id for category in categories]
    if not ids or len(ids) > LIST_LIMIT:
        raise BadInput("office.toml：公示类别要有 1 到 100 个 (1 to 100 categories)")
    for each in ids:
        if not ID_PATTERN.fullmatch(each):
            raise BadInput(f"office.toml：类别 id {each[:80]!r} 不合规 (not an acceptable id)")
        if ids.count(each) > 1:
            raise BadInput(f"office.toml：类别 id {each} 重复 (named twice)")
    return tuple(
        Category(each.id, _text(each.name, f"categories {each.id} name"), each.group, each.every)
        for each in categories
    )


def _kiosks(kiosks: tuple[KioskKey, ...]) -> tuple[KioskKey, ...]:
    ids = [kiosk.id for kiosk in kiosks]
    if len(ids) > LIST_LIMIT:
        raise BadInput("office.toml：公示屏最多 100 台 (too many kiosks)")
    for each in ids:
        if not ID_PATTERN.fullmatch(each):
            raise BadInput(f"office.toml：公示屏 id {each[:80]!r} 不合规 (not an acceptable id)")
        if ids.count(each) > 1:
            raise BadInput(f"office.toml：公示屏 id {each} 重复 (named twice)")
    return tuple(
        KioskKey(each.id, _text(each.name, f"kiosks {each.id} name"), each.key) for each in kiosks
    )


def _text(value: str, where: str) -> str:
    text = clean_text(value, f"office.toml {where}")
    if not text or len(text) > NAME_LIMIT or "\n" in text:
        raise BadInput(
            f"office.toml：{where} 要有 1 到 {NAME_LIMIT} 个字 (1 to {NAME_LIMIT} characters)"
        )
    return text


def _url(value: str) -> str:
    url = clean_text(value, "office.toml objection_url")
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        acceptable = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        acceptable = False
    if not acceptable or len(url) > 200 or not url.isascii() or " " in url:
        raise BadInput(f"异议网址 objection_url {url[:80]!r} 不是网址 (not a web address)")
    return url


def _quoted(value: str | tuple[str, ...]) -> str:
    return json.dumps(value, ensure_ascii=False)
