"""office.toml: written with a word on each key, read back strictly."""

import re
from pathlib import Path

import msgspec
import pytest

from sync.errors import BadInput
from sync.notices import Category, Village
from sync.office.village import DEFAULT_CATEGORIES, checked, parse, toml

VILLAGE = Village(
    id="qingshi",
    name="青石村（示例）",
    committee="青石村村民委员会",
    supervisor="青石村村务监督委员会",
    collective="青石村股份经济合作社",
    hotline="0933-0000000",
    objection_url="https://example.org/o",
    categories=DEFAULT_CATEGORIES,
    groups=("一组", "二组"),
)


def test_village_written_to_a_file_is_read_back_the_same():
    assert parse(toml(VILLAGE).encode()) == VILLAGE


def test_defaults_hold_ten_items_in_three_classes_and_a_place_for_the_rest():
    assert len([one for one in DEFAULT_CATEGORIES if one.id != "other"]) == 10
    assert {category.group for category in DEFAULT_CATEGORIES} == {"finance", "policy", "affairs"}


def test_tables_of_the_guide_are_accepted_as_they_stand():
    guide = (Path(__file__).parents[3] / "docs/office-guide.md").read_text("utf-8")
    tables = re.findall(r"```\n(\[\[(?:categories|calendars)\]\]\n.*?)```", guide, re.DOTALL)
    plain = toml(msgspec.structs.replace(VILLAGE, categories=VILLAGE.categories[:1]))

    village = parse((plain + "\n" + "\n".join(tables)).encode())

    assert village.categories[-1] == Category("annual", "年度总结与计划", "affairs", "year")
    assert [year.year for year in village.calendars] == [2027]


def test_file_saved_by_an_old_editor_with_a_byte_order_mark_is_read():
    assert parse(b"\xef\xbb\xbf" + toml(VILLAGE).encode()) == VILLAGE


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (lambda text: text.replace("hotline", "hotlin"), "hotlin"),
        (lambda text: text.replace('id = "qingshi"', 'id = "../etc"'), "id"),
        (lambda text: text.replace("0933-0000000", "打这个"), "hotline"),
        (
            lambda text: text.replace("https://example.org/o", "javascript:alert(1)"),
            "objection_url",
        ),
        (lambda text: text.replace("https://example.org/o", "http://[::1"), "objection_url"),
        (lambda text: text.replace("青石村（示例）", "青石村\\u202e"), "202E"),
        (lambda text: text.replace("青石村（示例）", "村" * 41), "name"),
        (lambda text: text.replace("青石村（示例）", ""), "name"),
        (lambda text: text.replace('group = "finance"', 'group = "money"'), "group"),
        (lambda text: text.replace('id = "benefits"', 'id = "accounts"'), "accounts"),
        (lambda text: text.split("[[categories]]")[0] + "categories = []", "1"),
        (lambda text: text + "nonsense", "TOML"),
        (lambda text: f"number = {'1' * 5_000}\n{text}", "TOML"),
        (lambda text: "x = " + "[" * 30_000, "office.toml"),
        (lambda text: "#" * 70_000, "office.toml"),
    ],
)
def test_spoilt_file_is_refused_with_the_place(damage, named):
    with pytest.raises(BadInput, match=named):
        parse(damage(toml(VILLAGE)).encode())


def test_file_in_another_encoding_is_refused():
    with pytest.raises(BadInput, match="TOML"):
        parse(toml(VILLAGE).encode("gb18030"))


def test_too_many_groups_are_refused_not_cut():
    with pytest.raises(BadInput, match="groups"):
        checked(msgspec.structs.replace(VILLAGE, groups=("组",) * 101))


def test_category_id_must_be_an_id():
    bad = msgspec.structs.replace(VILLAGE, categories=(Category("财务", "财务", "finance"),))

    with pytest.raises(BadInput, match="财务"):
        checked(bad)
