"""What office.toml says of terms: written by the program, edited by hand, read back strictly."""

from datetime import date, time

import msgspec
import pytest

from sync.errors import BadInput, NotUnderstood
from sync.feed.layout import decode_village, encode
from sync.notices import Category, KioskKey
from sync.office.difference import _village_changes
from sync.office.village import parse, toml
from sync.workdays import TermRule, YearCalendar
from tests.sync.office.test_village import VILLAGE

NEW_YEAR = """
[[calendars]]
year = 2027
source = "国办发明电（示例）"
off = ["2027-01-01..2027-01-03", "2027-02-06"]
work = ["2027-02-20"]
"""
FULL = msgspec.structs.replace(
    VILLAGE,
    term=TermRule(working_days=12, maximum_days=120, opens=time(7, 30), share_minutes=8),
    calendars=(
        YearCalendar(2027, "国办发明电（示例）", (date(2027, 1, 1), date(2027, 1, 2)), (date(2027, 1, 3),)),
    ),
    kiosks=(KioskKey("qingshi-1", "青石村广场", "ab" * 32),),
    categories=(Category("accounts", "财务收支", "finance", "quarter"),),
)  # fmt: skip


def test_everything_written_is_read_back_the_same():
    assert parse(toml(FULL).encode()) == FULL


def test_holidays_typed_by_hand_are_understood():
    (year,) = parse((toml(VILLAGE) + NEW_YEAR).encode()).calendars

    assert len(year.off) == 4
    assert year.work == (date(2027, 2, 20),)


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        ("2027-02-20", "2027-02-22", "本来就是工作日"),
        ("2027-02-20", "2027-01-02", "又放假又上班"),
        ("2027-02-06", "2027-02-30", "没有 2027-02-30"),
        ("2027-02-06", "2026-02-06", "不是 2027 年"),
        ("2027-01-01..2027-01-03", "2027-01-03..2027-01-01", "前后颠倒"),
        ("2027-01-01..2027-01-03", "2027-01-01..2027-06-03", "太长"),
        ('"2027-02-06"', '"二月六日"', "一段"),
        ('source = "国办发明电（示例）"', 'source = ""', "source"),
    ],
)
def test_mistyped_holidays_are_refused_in_words(right, wrong, named):
    with pytest.raises(BadInput, match=named):
        parse((toml(VILLAGE) + NEW_YEAR.replace(right, wrong)).encode())


def test_year_that_stands_twice_is_refused():
    with pytest.raises(BadInput, match="2027 年的放假安排写了两次"):
        parse((toml(VILLAGE) + NEW_YEAR + NEW_YEAR).encode())


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("working_days = 9", "10 到 60"),
        ("calendar_days = 7", "15 到 120"),
        ("maximum_days = 4000", "60 到 366"),
        ('opens = "6"', "06:00"),
        ('closes = "16:59"', "closes 不早于 17:00"),
        ('opens = "09:01"', "opens 不晚于 09:00"),
        ("share_minutes = 4", "5 到 60"),
        ("share_turns = 9", "10 到 100"),
        ("working_dais = 12", "working_days"),
    ],
)
def test_shorter_term_than_the_law_is_refused(line, named):
    key = line.split(" ")[0]
    text = "\n".join(
        line if each.startswith(key) else each for each in toml(VILLAGE).splitlines()
    ).replace("[term]", "[term]" if key in toml(VILLAGE) else f"[term]\n{line}")

    with pytest.raises(BadInput, match=named):
        parse(text.encode())


def test_shorter_day_than_the_rule_allows_is_no_village_to_a_kiosk():
    for term in ({"share_minutes": 1}, {"share_turns": 1}, {"opens": "02:00", "closes": "02:01"}):
        village = msgspec.json.decode(encode(VILLAGE), type=dict) | {"term": term}

        with pytest.raises(NotUnderstood):
            decode_village(msgspec.json.encode(village))


def test_kiosk_twice_or_with_half_a_key_is_refused():
    for kiosks in ((*FULL.kiosks, *FULL.kiosks), (KioskKey("a", "b", "ab"),)):
        with pytest.raises(BadInput, match=r"重复|64"):
            parse(toml(msgspec.structs.replace(FULL, kiosks=kiosks)).encode())


def test_seal_holder_reads_what_changes_in_rule_years_and_kiosks():
    changes = {name: after for name, _, after in _village_changes(VILLAGE, FULL)}

    assert "12 个工作日" in changes["term"]
    assert "2027 年：国办发明电（示例），放假 2 天，周末上班 1 天" in changes["calendars"]
    assert "abababab" in changes["kiosks"]
    assert "（quarter）" in changes["categories"]


def test_year_typed_wrongly_is_compared_with_the_built_in_one_before_it_is_sealed():
    wrong = YearCalendar(2026, "抄错了", (date(2026, 1, 1),), ())
    village = msgspec.structs.replace(VILLAGE, calendars=(wrong,))

    ((_, _, words),) = _village_changes(VILLAGE, village)

    assert "和程序自带的不同" in words
    assert "2026-01-02" in words
