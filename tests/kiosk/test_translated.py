"""No text on any screen is outside the catalogue: a pseudo-language marks what comes out of it.

Every letter of a message is set in full width (Ｈｏｍｅ). What is left in other letters is a notice's own
words, a name, a number, or a text that nobody could translate.
"""

import gettext
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from string import Formatter
from typing import Any, get_args

import msgspec
import pytest

from kiosk import intentions, places
from kiosk.catalogue import Catalogue
from kiosk.holdings import Holdings
from kiosk.navigation import Position, Reading
from kiosk.places import (
    AtAbout,
    AtAudit,
    AtChanges,
    AtDuties,
    AtHome,
    AtIdle,
    AtLedger,
    AtList,
    AtNotice,
    AtPast,
    AtPicture,
    AtSearch,
    AtStatus,
    AtTerm,
    Place,
)
from kiosk.present import chrome
from kiosk.present.caretaking import sentences
from kiosk.present.help import Call, help_page
from kiosk.present.parts import Spoken
from kiosk.present.search import EXAMPLES
from kiosk.present.status import Setting, Storage
from kiosk.present.views import View
from kiosk.present.wording import _MONTHS
from kiosk.scene import Scene, Undrawn, health, page
from kiosk.ui.sheets.press import Press
from sync.clock import TRUSTED, Change, ClockEvent, Why
from sync.feed.layout import Withdrawal
from sync.notices import BlobRef, Notice, Picture, Sentence
from sync.records import CARD, Attempt, Outcome, Progress
from tests.kiosk.ui import test_sheets
from tests.support.board import village_notices
from tests.support.office import VILLAGE
from tests.support.scene import NOW, TODAY, posting, scene

TECHNICAL = {intentions.__name__, places.__name__}
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if chr(code).isalpha()}
LETTERS = re.compile(r"[A-Za-z\u4e00-\u9fff]+")
NEVER_SHOWN = {
    "only",
    "notice",
    "tone",
    "icon",
    "light",
    "link",
    "stage",
    "kind",
    "state",
}  # ids and names of looks
OTHERS_WORDS = (
    "值班员", "road", "qingshi", "http", "office", "example", "zh", *(words for words, _ in EXAMPLES), *_MONTHS,
)  # fmt: skip


class Pseudo(gettext.NullTranslations):
    """Every message of the catalogue in letters of its own, its places left open."""

    def gettext(self, message: str) -> str:
        return "".join(
            text.translate(FULL_WIDTH) + (f"{{{name}:{spec}}}" if name else "")
            for text, name, spec, _ in Formatter().parse(message)
        )

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)


MARKED = Catalogue(Pseudo())
TROUBLE = MARKED("No sound")  # whatever an error says


@pytest.fixture(scope="module")
def content() -> str:
    """All that the office itself has written, in one text."""
    shown = scene()
    notices, _ = village_notices(TODAY)
    written = msgspec.to_builtins([*notices, shown.holdings.village, VILLAGE])
    return "\n".join(
        (*strings(written), *OTHERS_WORDS, "青石村广场", "qingshi-1", test_sheets.PAST.title)
    )


def strings(thing: Any, *, name: str = "") -> Iterator[str]:
    """Yield all texts of a view, or of anything made of values, that a person reads."""
    match thing:
        case str():
            yield from () if name in NEVER_SHOWN else (thing,)
        case dict():
            yield from strings(tuple(thing.values()))
        case list() | tuple() | frozenset():
            for one in thing:
                yield from strings(one, name=name)
        case Picture(caption=caption):
            yield caption
        case msgspec.Struct() if not isinstance(thing, Sentence | BlobRef):
            yield from strings(msgspec.to_builtins(thing))
        case _ if is_dataclass(thing) and not _is_technical(thing):
            for field in fields(thing):
                yield from strings(getattr(thing, field.name), name=field.name)


def _is_technical(thing: object) -> bool:
    return type(thing).__module__ in TECHNICAL or isinstance(thing, Spoken)


def outside(texts: Iterator[str], content: str) -> set[str]:
    """Return the runs of letters that neither the catalogue nor the office has written."""
    runs = {run for text in texts for run in LETTERS.findall(text)}
    # In capitals: the initials on the search's keypad, Latin in any language.
    return {run for run in runs if not run.isupper() and run not in content}


def scenes() -> Iterator[Scene]:
    """Yield every screen in every state that has words of its own."""
    places: list[Place] = [AtHome(), AtStatus(), AtList("finance"), AtList("affairs", "cgmy")]
    notices, _ = village_notices(TODAY)
    places += [AtNotice(one.id) for one in notices]
    places += [AtLedger("finance", 0), AtLedger("road", 3)]
    places += [AtAbout("road"), AtAudit("road"), AtTerm("road"), AtDuties()]
    places += [AtLedger("finance", 0, only="months")]
    places += [AtPicture("road", notices[4].blocks[1].blob.sha256)]  # type: ignore[union-attr]
    yield from (scene(place=place, say=MARKED) for place in places)
    past = replace(scene().holdings, archive=(test_sheets.PAST,))
    places = [AtSearch(""), AtSearch("L"), AtSearch("LSGZ"), AtSearch("ZZZZ"), AtPast("old")]
    yield from (scene(place=place, say=MARKED, holdings=past) for place in places)
    corrected = next(one for one in notices if one.corrects)
    earlier = replace(scene().holdings, earlier=(_earlier(corrected),))
    for place in (AtNotice(corrected.id), AtChanges(corrected.id)):
        yield scene(place=place, say=MARKED, holdings=earlier)
    back = posting(notices[0], Withdrawal(TROUBLE, TODAY))
    for place in (AtHome(), AtList("policy"), AtNotice(notices[0].id)):
        yield scene(back, place=place, say=MARKED)
    plain = scene(place=AtIdle(), say=MARKED)
    yield from (replace(plain, turn=standing) for standing in plain.board.standing)
    yield from (
        replace(plain, holdings=held, bad=bad)
        for held in (Holdings(), Holdings(loaded=True), Holdings(loaded=True, refused=TROUBLE))
        for bad in ((), (Undrawn("road", 1, TROUBLE),))
    )
    yield replace(plain, bad=(Undrawn("road", 1, TROUBLE),))
    yield from status_scenes()


def _earlier(corrected: Notice) -> Notice:
    """Return what a notice corrects: the same without its last block, under another title."""
    assert corrected.corrects
    return msgspec.structs.replace(
        corrected, revision=corrected.corrects.revision, corrects=None,
        title=corrected.title[:-2], blocks=corrected.blocks[:-1],
    )  # fmt: skip


def status_scenes() -> Iterator[Scene]:
    status = scene(place=AtStatus(), say=MARKED)
    attempts = tuple(
        Attempt(NOW - timedelta(days=days), source, outcome, TROUBLE, "Call the office.", 0, 0)
        for source in ("http://office.example", "/run/qingshi", CARD)
        for outcome in Outcome
        for days in (0, 0, 1, 9)
    )
    held = replace(
        status.holdings, attempts=attempts, storage=Storage(1, 2, 3),
        progress=Progress("/run/qingshi", 1, 2, 3, 4),
    )  # fmt: skip
    setting = Setting(32.0, 1080, 1920, "zh", 12, 90, 3)
    for works in (None, True, False):
        yield replace(
            status, holdings=held, setting=setting, help_alive=True, help_works=works,
            help_tested=NOW, sound="device",
        )  # fmt: skip
    yield replace(status, stick="new", holdings=Holdings(loaded=True))
    changes: tuple[Change, ...] = get_args(Change)
    events = tuple(
        ClockEvent(what, NOW - timedelta(days=days), 99.0) for what in changes for days in (0, 900)
    )
    for why in get_args(Why):
        board = replace(status.board, trusted=why in TRUSTED)
        yield replace(status, board=board, clock=why, clock_events=events)


def frames() -> Iterator[object]:
    """Yield what stands round every screen, and the help page at every stage."""
    for shown in scenes():
        line = health(shown)
        yield chrome.status_line(MARKED, line, "0933", NOW)
        yield chrome.status_line(MARKED, replace(line, help_alive=False), "", NOW)
    faults = ("按钮卡住了", "按钮线路不稳", "按钮没有接通", "屏幕求助不通")
    for fault in faults:
        yield chrome.help_line(MARKED, chrome.Health(help_alive=True, help_fault=fault), NOW)
    for wrong in (False, True):
        yield chrome.top_bar(MARKED, VILLAGE, "", NOW, wrong=wrong)
    yield chrome.reading_keys(MARKED, Position(reading=Reading(paused=True)))
    for speed, volume in ((-1, -2), (0, 0), (1, 2)):
        yield chrome.reading_keys(MARKED, Position(reading=Reading(), speed=speed, volume=volume))
    yield chrome.dock(MARKED, reading=True), chrome.dock(MARKED, reading=False, text_step=2)
    yield chrome.page_keys(MARKED, 1, 3)
    yield chrome.unheard(MARKED, sound=True), chrome.unheard(MARKED, sound=False)
    yield chrome.unshown(MARKED), dict(sentences(MARKED))
    for stage in ("dead", "starting", "countdown", "sending", "delivered", "silent", "seen", "coming",
                  "queued", "ended", "cancelled"):  # fmt: skip
        yield help_page(MARKED, Call(stage, 7, "值班员", NOW), "0933", NOW)  # type: ignore[arg-type]


def test_every_kind_of_view_is_looked_at() -> None:
    looked_at = {type(page(one)) for one in scenes()}

    assert {kind.__name__ for kind in get_args(View)} == {kind.__name__ for kind in looked_at}


def test_every_word_of_every_view_comes_out_of_the_catalogue_or_from_the_office(
    content: str,
) -> None:
    views = [page(shown) for shown in scenes()]

    assert outside(strings([*views, *frames()]), content) == set()


def test_what_is_drawn_adds_no_words_of_its_own(
    content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.support.scene.SAY", MARKED)
    monkeypatch.setattr(test_sheets, "SAY", MARKED)
    press = Press(test_sheets.PANELS[0], test_sheets.measure, 0)

    drawn = (
        word.text
        for _, sheet in test_sheets.sheets(press)
        for word in test_sheets.words(sheet.marks)
    )

    assert outside(drawn, content) == set()


def test_text_outside_the_catalogue_would_be_found(content: str) -> None:
    marked = MARKED("Working day {number} of {all}", number=3, all=10)

    assert marked == "Ｗｏｒｋｉｎｇ ｄａｙ 3 ｏｆ 10"
    assert outside(iter([marked, "Touch here"]), content) == {"Touch", "here"}
