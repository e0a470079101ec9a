"""The tables of the device, the example file and the documented table."""

import re
from pathlib import Path

import msgspec
import pytest

from kiosk.settings import Contact, HelpTable, ScreenTable, Settings, load
from sync.checking import words_for
from sync.settings import BadSettings

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "systemd" / "kiosk.toml"
GOOD = '[kiosk]\nid = "a"\nname = "青石村（示例）"\nvillage = "qingshi"\n'


def documented_fields(kind: type, prefix: str) -> list[tuple[str, str, str]]:
    rows = []
    for field in msgspec.structs.fields(kind):
        name = f"{prefix}.{field.name}"
        default = (
            "–"
            if field.required
            else f'"{field.default}"'
            if isinstance(field.default, str | Path)
            else {True: "true", False: "false", (): "[]"}.get(field.default, repr(field.default))
        )
        rows.append((name, words_for(field.type), default if default == "–" else f"`{default}`"))
    return rows


def test_the_example_file_names_every_key_and_is_accepted():
    settings = load(EXAMPLE)

    text = EXAMPLE.read_text(encoding="utf-8")
    for table in msgspec.structs.fields(Settings):
        for field in msgspec.structs.fields(table.type):
            assert re.search(rf"^(\[\[help\.)?{field.name}\b", text, re.MULTILINE), field.name
    assert settings.help.contacts[0].kind == "wecom"


def test_the_example_file_shows_the_defaults():
    settings = load(EXAMPLE)

    for table in msgspec.structs.fields(Settings):
        for field in msgspec.structs.fields(table.type):
            if not field.required and field.name not in {"sources", "contacts"}:
                assert getattr(getattr(settings, table.name), field.name) == field.default


def test_the_documented_table_is_what_the_program_accepts():
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z_.]+)` \| (.+?) \| (\S+) \| (.+) \|$", text, re.MULTILINE)

    expected = []
    for table in msgspec.structs.fields(Settings):
        expected += documented_fields(table.type, table.name)
    expected += documented_fields(Contact, "help.contacts")

    assert [row[:3] for row in rows] == expected
    assert all(len(row[3]) > 15 for row in rows)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[screen]\ndiagonal_inches = nan", "a number from 15 to 110"),
        ("[screen]\nwidth = true", "写的是 true"),
        ("[voice]\nvolume = 1.5", "0 到 1 的数"),
        ('[voice]\ndevice = "-D evil"', "an ALSA device"),
        ('[help]\npins = "mock"', '"gpio" or "none"'),
        ("[help]\ncountdown_seconds = 4", "5 到 10"),
        ("[help]\nselftest_days = 4", "1 到 3"),
        ("[help]\nlamp = 17", "each needs a pin of its own"),
        ("[help]\ncontacts = 5", "one table each"),
        ('[[help.contacts]]\nname = "a"\nkind = "sms"\nurl = "http://x/"', "contacts[1].kind"),
        ('[[help.contacts]]\nname = "a"\nkind = "webhook"', "contacts[1].url（第 5 行, line 5）"),
        (
            '[[help.contacts]]\nname = "a"\nkind = "webhook"\nurl = "http://x/"\nselftset = 1',
            "did you mean selftest?",
        ),
        ('[[help.contacts]]\nname = "a"\nkind = "webhook"\nurl = "http://x/"\n' * 2, "same name"),
        ('[[help.contacts]]\nname = "a"\nkind = "webhook"\nurl = "http://x/"\n' * 9, "too many"),
    ],
)
def test_a_wrong_key_of_the_device_is_refused_in_words(tmp_path, text, says):
    path = tmp_path / "kiosk.toml"
    path.write_text(GOOD + text, encoding="utf-8")

    with pytest.raises(BadSettings) as caught:
        load(path)

    assert says in str(caught.value)
    assert len(str(caught.value).splitlines()) == 2


def test_a_32_inch_panel_has_27_pixels_a_centimetre():
    assert ScreenTable().pixels_per_mm == pytest.approx(2.71, abs=0.01)


def test_nobody_to_call_is_allowed_and_left_to_the_status_line():
    assert HelpTable().contacts == ()
