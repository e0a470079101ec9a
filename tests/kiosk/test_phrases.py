"""The screen's own words can be heard, and what is heard is what is read."""

import re
from datetime import date

import pytest

from kiosk import catalogue
from kiosk.phrases import COUNTED, YEAR, Phrase, load, sounds_of
from kiosk.present.wording import day_and_year
from kiosk.voice import phrases
from sync.reading import pinyin, spoken

SAY = catalogue.load("zh")
KNOWN = load(phrases.ZH)
SOUNDS = re.compile(rf"(?:[a-z]+[1-5]|[，。；：、！？]|\{{[a-z_]+(?::{COUNTED}|:{YEAR})?\}}|\s)*")


def test_sounds_are_those_of_the_catalogue_as_it_is() -> None:
    """If this fails: python -m kiosk.voice.phrases."""
    assert (phrases.ZH / "sounds.toml").read_text("utf-8") == phrases.made()


def test_every_message_has_sounds_and_nothing_else() -> None:
    for message, sounds in KNOWN.messages.items():
        assert sounds.strip(), message
        assert SOUNDS.fullmatch(sounds), (message, sounds)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (SAY("Working day {number} of {all}", number=2, all=10), "公示第二个工作日，共十个"),
        (SAY.count("{number} on show", "{number} on show", 2), "两条在公示"),
        (SAY.count("{number} on show", "{number} on show", 1_120), "一千一百二十条在公示"),
        (SAY("today {time}", time="9:05"), "今天九点零五分"),
        (SAY("Hotline {number}", number="0933-0000000"), "热线零九三三，零零零零零零零"),
        (SAY("Published {day}", day=day_and_year(SAY, date(2026, 12, 1))), "二零二六年十二月一日已公开"),
        (SAY("Page {page} of {pages}", page=2, pages=2), "第二页，共两页"),
        (SAY("Again"), "重听"),
    ],
)  # fmt: skip
def test_numbers_and_days_are_said_where_they_stand(said: str, words: str) -> None:
    assert sounds_of(said).replace(" ", "") == pinyin(words).replace(" ", "")


def test_what_cannot_be_said_rightly_is_not_said() -> None:
    assert sounds_of(SAY("{who} is coming", who="李示例")) == ""
    assert sounds_of("李示例") == ""
    assert sounds_of(SAY.name("我们村自己的类别")) == ""
    assert sounds_of(catalogue.load("en")("Back")) == ""


def test_usual_categories_have_sounds_and_stay_plain_words() -> None:
    name = SAY.name("惠民资金发放")

    assert sounds_of(name) == pinyin(spoken("惠民资金发放"))
    assert name == "惠民资金发放"
    assert isinstance(name, Phrase)
