"""The screen's words are all translated, and compiled as they are written."""

import ast
import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import kiosk
import sync
from kiosk import catalogue

PACKAGE = Path(kiosk.__file__).parent
PO = PACKAGE / "locale" / "zh" / "LC_MESSAGES" / "kiosk.po"
SYNC = Path(sync.__file__).parent
NEVER_ON_THE_SCREEN = {"office", "prepare", "publish.py", "agent.py", "settings.py"}
KEYWORDS = {"say": None, "count": (1, 2)}


@pytest.fixture(scope="module")
def chinese() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file)


def advice_of_attempts() -> set[str]:
    """Return every sentence that an attempt to sync gives the caretaker, for the status page."""
    found = set()
    for path in SYNC.rglob("*.py"):
        if path.relative_to(SYNC).parts[0] in NEVER_ON_THE_SCREEN:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.keyword(arg="advice", value=ast.Constant(value=str(text))):
                    found.add(text)
                case (
                    ast.Assign(targets=[ast.Name(id=name)], value=value)
                    | ast.AnnAssign(target=ast.Name(id=name), value=ast.Constant() as value)
                ) if name.lower().endswith("advice") and isinstance(value, ast.Constant):
                    found.add(value.value)
    return {text for text in found if text.isascii()}


def test_every_message_of_the_screen_has_its_chinese(chinese: Catalog) -> None:
    used = {
        found[2] if isinstance(found[2], str) else found[2][0]
        for folder in (PACKAGE / "present", PACKAGE)
        for found in extract_from_dir(folder, [("*.py", "python")], keywords=KEYWORDS)
        if found[0] == "scene.py" or folder.name == "present"
    } | advice_of_attempts()
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
