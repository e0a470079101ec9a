"""The screen's words are all translated, and compiled as they are written."""

import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import kiosk
from kiosk import catalogue

PACKAGE = Path(kiosk.__file__).parent
PO = PACKAGE / "locale" / "zh" / "LC_MESSAGES" / "kiosk.po"
KEYWORDS = {"say": None, "count": (1, 2)}


@pytest.fixture(scope="module")
def chinese() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file)


def test_every_message_of_the_screen_has_its_chinese(chinese: Catalog) -> None:
    used = {
        found[2] if isinstance(found[2], str) else found[2][0]
        for folder in (PACKAGE / "present", PACKAGE)
        for found in extract_from_dir(folder, [("*.py", "python")], keywords=KEYWORDS)
        if found[0] == "scene.py" or folder.name == "present"
    }
    known = {
        message.id if isinstance(message.id, str) else message.id[0]
        for message in chinese
        if message.string
    }

    assert used - known == set()
    assert known - used - {""} == set()


def test_translations_use_only_places_that_the_code_fills(chinese: Catalog) -> None:
    checked = [(message.id, error) for message in chinese for error in message.check(chinese)]

    assert checked == []


def test_compiled_catalogue_is_the_written_one(chinese: Catalog) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, chinese)

    assert PO.with_suffix(".mo").read_bytes() == compiled.getvalue()


def test_english_needs_no_catalogue_and_counts_rightly() -> None:
    say = catalogue.load("en")

    assert say("Working day {number} of {all}", number=3, all=10) == "Working day 3 of 10"
    assert say.count("{number} notice", "{number} notices", 1) == "1 notice"
    assert say.count("{number} notice", "{number} notices", 2) == "2 notices"
