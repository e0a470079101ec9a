"""Breaking Chinese text into lines."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kiosk.ui.typeset import break_lines, measure, shorten

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
