"""Breaking Chinese text into lines."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ui.typeset import break_lines, break_title, measure, shorten

CLOSING, OPENING = "，。、；：？！）》」”", "（《「“"


def advance(character: str) -> float:
    return 5 if character.isascii() else 10


def lines(text: str, width: float) -> list[str]:
    return [line.text for line in break_lines(text, width, advance)]


def test_closing_mark_takes_the_character_before_it_along() -> None:
    assert lines("今天停水，请储水。", 40) == ["今天停", "水，请储", "水。"]


def test_opening_mark_goes_with_what_it_opens() -> None:
    assert lines("按照村里《村规民约》办理", 50) == ["按照村里", "《村规民", "约》办理"]


def test_number_keeps_its_unit() -> None:
    assert lines("每人补助 1,234.50 元整", 60) == ["每人补助", "1,234.50 元", "整"]


def test_date_stays_whole() -> None:
    assert lines("公示到2026年11月30日止", 70) == ["公示到", "2026年11月30日", "止"]


def test_latin_word_stays_whole() -> None:
    assert lines("村里装了WiFi网络", 50) == ["村里装了", "WiFi网络"]


def test_newline_breaks_and_empty_lines_stay() -> None:
    assert lines("一\n\n二", 100) == ["一", "", "二"]


def test_word_wider_than_the_line_is_cut() -> None:
    assert lines("https-www-example-org", 50) == ["https-www-", "example-or", "g"]


def test_masked_name_stays_on_one_line() -> None:
    assert lines("全部通过，周*平，记录", 65) == ["全部通过，", "周*平，记录"]


def test_offsets_lead_back_to_the_text() -> None:
    text = "经表决，将下列 6 户纳入低保，每人每月 545 元。\n公示期间如有异议，请提出。"

    for line in break_lines(text, 90, advance):
        assert text[line.start : line.end].rstrip() == line.text


def test_long_line_is_shortened_with_an_ellipsis() -> None:
    assert shorten("村集体财务收支", 45, advance) == "村集体…"
    assert shorten("村集体", 45, advance) == "村集体"


def test_last_character_does_not_stand_alone() -> None:
    assert lines("以下为各户补贴，单位为元。", 110) == ["以下为各户补贴，单位", "为元。"]
    assert lines("村集体经济", 40) == ["村集体经", "济"]  # of a short line nothing is taken


def title(text: str, width: float) -> list[str]:
    return [line.text for line in break_title(text, width, advance)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("2026年11月村集体财务收支", 110, ["2026年11月", "村集体财务收支"]),
        ("2026年11月上半月村集体财务收支", 120, ["2026年11月上半月", "村集体财务收支"]),
        ("2026年第四季度低保评定名单公示", 120, ["2026年第四季度", "低保评定名单公示"]),
        ("村道硬化工程竣工结算", 85, ["村道硬化工程", "竣工结算"]),
        ("五组至七组停水通知", 60, ["五组至七组", "停水通知"]),
        ("关于召开村民代表会议的通知", 90, ["关于召开村民", "代表会议的通知"]),
        ("青石村村规民约（2026年修订）", 120, ["青石村村规民约", "（2026年修订）"]),
    ],
)
def test_title_is_parted_between_words(text: str, width: float, expected: list[str]) -> None:
    assert title(text, width) == expected


def test_title_of_unknown_words_is_parted_in_pairs() -> None:
    assert title("麒麟凤凰貔貅", 50) == ["麒麟凤凰", "貔貅"]


def test_title_is_parted_at_a_pause_though_the_lines_are_less_alike() -> None:
    assert title("求助线路不通，没有通知到任何人。", 140) == [
        "求助线路不通，",
        "没有通知到任何人。",
    ]


def test_title_that_has_no_room_for_whole_words_needs_no_line_more() -> None:
    assert title("财务收支村规民约", 50) == ["财务收支", "村规民约"]
    assert title("财务收支村规民约", 70) == ["财务收支", "村规民约"]
    assert len(title("中财务收支村规民约", 50)) == len(lines("中财务收支村规民约", 50))


@given(
    st.text(alphabet="村民委员会财务收支3.5元（）《》“”，。、 的\n", max_size=60),
    st.integers(60, 300),
)
def test_title_loses_nothing_and_needs_no_more_lines_than_text(text: str, width: int) -> None:
    plain, found = break_lines(text, width, advance), break_title(text, width, advance)

    assert "".join(text[line.start : line.end] for line in found) == text.replace("\n", "")
    assert len(found) <= len(plain)
    assert all(line.width <= width for line in found)


@given(st.text(alphabet="村民委员会3.5元（）《》“”，。、 a\n", max_size=120), st.integers(60, 300))
def test_every_text_is_broken_without_loss_and_by_the_rules(text: str, width: int) -> None:
    found = break_lines(text, width, advance)

    assert "".join(text[line.start : line.end] for line in found) == text.replace("\n", "")
    for before, line in pairwise(found):
        # A cluster may be wider than the line only if it has to be cut, then all rules yield.
        assert measure(line.text, advance) <= width
        joined = text[before.end : before.end + 1]
        if joined and joined != "\n" and before.end == line.start:
            cluster = measure(before.text, advance) > width - 60
            assert joined not in CLOSING or cluster
            assert not before.text or before.text[-1] not in OPENING or cluster
