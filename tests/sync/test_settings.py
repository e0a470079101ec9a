"""Every problem of a settings file is told at once, in words, with its line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.checking import lines_of
from sync.settings import BadSettings, KioskTable, SyncTable, is_http, is_shown, load_tables

TABLES = {"kiosk": KioskTable, "sync": SyncTable}
GOOD = """\
[kiosk]
id = "qingshi-square"
name = "青石村（示例）村委会广场"
village = "qingshi"
"""


def problems(path: Path, text: str | bytes) -> list[str]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadSettings) as caught:
        load_tables(path, TABLES, others=("screen", "voice", "help"))
    return str(caught.value).splitlines()[1:] or [str(caught.value)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kiosk.toml"


def test_a_short_file_gets_every_default(path):
    path.write_text(GOOD, encoding="utf-8")

    loaded = load_tables(path, TABLES)

    assert loaded == {
        "kiosk": KioskTable(
            id="qingshi-square",
            name="青石村（示例）村委会广场",
            village="qingshi",
            data=Path("/var/lib/sunboard"),
            run=Path("/run/sunboard"),
            language="zh",
        ),
        "sync": SyncTable(),
    }
    assert loaded["kiosk"].database == Path("/var/lib/sunboard/sunboard.db")


def test_all_problems_are_told_together_with_their_lines(path):
    told = problems(
        path,
        """\
[kiosk]
id = "Qing Shi"
nam = "x"
village = 3
data = "relative"
language = "fr"

[sync]
sources = ["ftp://a/", 5, "http://good.example/"]
interval_minutes = 0

[snc]
""",
    )

    assert [line.split("：")[0].strip() for line in told] == [
        "snc（第 12 行, line 12）",
        "kiosk.nam（第 3 行, line 3）",
        "kiosk.id（第 2 行, line 2）",
        "kiosk.name（第 1 行, line 1）",
        "kiosk.village（第 4 行, line 4）",
        "kiosk.data（第 5 行, line 5）",
        "kiosk.language（第 6 行, line 6）",
        "sync.sources[1]（第 9 行, line 9）",
        "sync.sources[2]（第 9 行, line 9）",
        "sync.interval_minutes（第 10 行, line 10）",
    ]
    assert "did you mean sync?" in told[0]
    assert "did you mean name?" in told[1]
    assert "is missing" in told[3]
    assert "1 到 1440 的整数 (a whole number from 1 to 1440), 写的是 0" in told[9]


def test_other_programs_tables_are_let_pass_unchecked(path):
    path.write_text(GOOD + "[help]\nnonsense = true\n[hlep]\n", encoding="utf-8")

    assert load_tables(path, TABLES, others=("help",))["kiosk"].village == "qingshi"


def test_the_anchor_of_a_later_table_is_not_mistaken_for_an_earlier_one():
    text = '[a]\nx = 1\n[[b.c]]\nx = 2\n[[b.c]]\nx = 3\n  [d]\n  x = "y"\n'

    assert lines_of(text) == {
        ("a",): 1,
        ("a", "x"): 2,
        ("b", "c", 0): 3,
        ("b", "c", 0, "x"): 4,
        ("b", "c", 1): 5,
        ("b", "c", 1, "x"): 6,
        ("d",): 7,
        ("d", "x"): 8,
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[kiosk", "not a TOML file"),
        (GOOD + "id = 'twice'", "not a TOML file"),
        ("x = " + "[" * 20_000, "not a TOML file"),
        ("x = " + "1" * 5_000, "not a TOML file"),
        (b'[kiosk]\nid = "\xff"', "not UTF-8"),
        ("#" * (65 << 10), "larger than 64 kB"),
        ("kiosk = 3", "should be a table"),
        ("[[kiosk]]\nid = 'a'", "should be a table"),
        ("", "is missing"),
    ],
)
def test_a_file_that_cannot_be_settings_says_why(path, text, says):
    assert says in problems(path, text)[0]


def test_a_missing_file_a_folder_and_a_name_with_nul_say_that_they_cannot_be_read(tmp_path):
    for name in ("absent.toml", "", "a\0b"):
        with pytest.raises(BadSettings, match="cannot be read"):
            load_tables(tmp_path / name, TABLES)


def test_a_byte_order_mark_from_a_windows_editor_does_no_harm(path):
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())

    assert load_tables(path, TABLES)["kiosk"].id == "qingshi-square"


def test_a_hostile_value_is_shown_short_and_harmless(path):
    told = problems(path, GOOD + f'language = "\\u202e\\u0007{"长" * 500}"')

    assert len(told) == 1
    assert told[0].isprintable()
    assert len(told[0]) < 300


@pytest.mark.parametrize("name", ["", " x", "两\n行", "零\u200b宽", "长" * 41])
def test_a_name_must_be_one_visible_line(path, name):
    text = GOOD.replace("青石村（示例）村委会广场", name.replace("\n", "\\n"))

    assert problems(path, text)[0].strip().startswith("kiosk.name（第 3 行")


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("http://10.0.0.2:8080/feed/", True),
        ("https://gongshi.example", True),
        ("http://[::1]:80/", True),
        ("HTTPS://x.example/", True),
        ("file:///etc/passwd", False),
        ("http:///feed", False),
        ("http://user:secret@x.example/", False),
        ("http://x.example:99999/", False),
        ("http://x.example:0/", False),
        ("http://x.example/a b", False),
        ("http://x.example/\r\nHost: y", False),
        ("http://[::1", False),
        ("http://村.example/", False),
        ("javascript:alert(1)", False),
        ("http://x.example/#part", False),
    ],
)
def test_an_address_must_be_complete_http(address, good):
    assert is_http(address) is good


@given(st.text(max_size=50))
def test_no_text_is_too_odd_to_be_judged(text):
    assert is_http(text) in {True, False}
    assert is_shown(text) in {True, False}
