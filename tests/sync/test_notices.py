import pytest

from sync.errors import BadInput
from sync.notices import clean_text


def test_text_is_trimmed_and_its_line_ends_unified():
    assert clean_text("  一\r\n二\r三\t四 ", "标题") == "一\n二\n三 四"


@pytest.mark.parametrize(
    "invisible",
    [
        "\u202e",
        "\u2066",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\x00",
        "\x1b",
        "\x7f",
        "\u2028",
        "\u2800",
        "\ufdd0",
        "\U0001d173",
        "\U0001bca0",
        "\ue000",
        "\U000e0041",
    ],
    ids=lambda character: f"U+{ord(character):04X}",
)
def test_invisible_characters_are_refused_with_their_place(invisible):
    with pytest.raises(BadInput, match=rf"标题：第 3 个字.*U\+{ord(invisible):04X}"):
        clean_text(f"补贴{invisible}100元", "标题")


def test_rare_village_names_pass():
    assert clean_text("㛃𬭎·买买提", "户主") == "㛃𬭎·买买提"
