import pytest

from sync.prepare.numbering import Level, Numbering, chinese


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (48, "四十八"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (9999, "九千九百九十九"),
        (0, "0"),
        (10_000, "10000"),
    ],
)
def test_articles_are_counted_in_chinese(number, words):
    assert chinese(number) == words


@pytest.mark.parametrize(
    ("style", "numbers"),
    [
        ("decimal", ["1", "2", "3"]),
        ("decimalEnclosedCircle", ["①", "②", "③"]),
        ("ideographTraditional", ["甲", "乙", "丙"]),
        ("upperLetter", ["A", "B", "C"]),
        ("lowerRoman", ["i", "ii", "iii"]),
        ("decimalZero", ["01", "02", "03"]),
        ("none", ["", "", ""]),
        ("somethingNew", ["1", "2", "3"]),
    ],
)
def test_list_counts_in_its_own_signs(style, numbers):
    numbering = Numbering({"1": ("a", (Level(1, style, "%1"),) * 9)})

    assert [numbering.next("1", 0) for _ in range(3)] == numbers


def test_inner_level_starts_again_under_the_next_outer_one():
    numbering = Numbering({"1": ("a", (Level(1, "decimal", "%1."), Level(1, "decimal", "%1.%2"), *(Level(1, "bullet", "x"),) * 7))})  # fmt: skip

    counted = [numbering.next("1", level) for level in (0, 1, 1, 0, 1, 2)]

    assert counted == ["1.", "1.1", "1.2", "2.", "2.1", "•"]


def test_inner_level_without_outer_counts_the_outer_as_begun():
    numbering = Numbering({"1": ("a", (Level(3, "decimal", "%1"),) * 1 + (Level(1, "decimal", "%1.%2"),) * 8)})  # fmt: skip

    assert numbering.next("1", 1) == "3.1"


def test_list_that_nobody_defined_has_no_number():
    assert Numbering({}).next("7", 0) == ""
