"""How a notice's term was worked out, day by day: what a person or an inspector can count after."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kiosk.board import Board, Standing, Terms
from kiosk.catalogue import Catalogue
from kiosk.present.parts import Spoken, read_first
from kiosk.present.wording import day_and_weekday, place_in_term, until

State = Literal["counted", "today", "coming", "missed", "end"]


@dataclass(frozen=True, slots=True)
class TermLine:
    """One step of the count: what it is, which day, and in a word how it stands; "" where that says nothing."""

    words: str
    day: str
    verdict: str
    state: State


@dataclass(frozen=True, slots=True)
class TermView:
    """The term of one notice: in short, then every day that counts or doesn't, then what it rests on."""

    notice: str
    heading: str
    title: str
    summary: tuple[str, ...]
    lines: tuple[TermLine, ...]
    notes: tuple[str, ...]
    reading: tuple[Spoken, ...]


def term_page(say: Catalogue, board: Board, standing: Standing, terms: Terms) -> TermView:
    """Return how the term of `standing` was worked out by `terms`."""
    term, notice = standing.term, standing.posting.notice
    fifteenth = term.posted + timedelta(days=terms.rule.calendar_days)
    days = [(day, True) for day in term.days] + [(day, False) for day in term.made_up]
    number = 0
    lines = [
        TermLine(say("Posted"), day_and_weekday(say, term.posted), say("not counted"), "counted")
    ]
    for day, counts in sorted(days):
        number += counts
        lines.append(_line(say, day, board.today, number if counts else 0))
    all_ = terms.rule.calendar_days
    lines += [
        TermLine(say("Day {number} after posting", number=all_), day_and_weekday(say, fifteenth), "", "end"),
        TermLine(say("Stays at least until"), day_and_weekday(say, term.until), say("the later of both"), "end"),
        TermLine(say("Comes down at the latest after"), day_and_weekday(say, term.maximum), "", "end"),
    ]  # fmt: skip
    return TermView(
        notice.id,
        say("How the term is counted"),
        notice.title,
        (place_in_term(say, standing), until(say, standing, board)),
        tuple(lines),
        _notes(say, terms, standing),
        read_first(standing, ()),
    )


def _line(say: Catalogue, day: date, today: date, number: int) -> TermLine:
    words = day_and_weekday(say, day)
    if not number:
        return TermLine(
            say("Working day, shown too little"), words, say("made up at the end"), "missed"
        )
    name = say("Working day {number}", number=number)
    if day < today:
        return TermLine(name, words, say("counted"), "counted")
    if day == today:
        return TermLine(name, words, say("today"), "today")
    return TermLine(name, words, say("to come"), "coming")


def _notes(say: Catalogue, terms: Terms, standing: Standing) -> tuple[str, ...]:
    rule = terms.rule
    notes = [
        say(
            "A day counts when the notice was on the screen for {minutes} minutes in {turns} turns.",
            minutes=rule.share_minutes, turns=rule.share_turns,
        ),
        say("Rest days and holidays don't count, working weekends do."),
    ]  # fmt: skip
    source = terms.workdays.source(standing.term.until)
    notes.append(
        say("Holidays: {source}", source=source)
        if source
        else say("Holidays: as built into this program")
    )
    if standing.term.provisional:
        notes.append(
            say(
                "The State Council hasn't named all the holidays yet: no notice comes down before it has."
            )
        )
    return tuple(notes)
