"""The status page behind a long press on the status line: for the caretaker and the office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from kiosk.board import Board
from kiosk.catalogue import Catalogue
from kiosk.present.wording import ago

Way = Literal["network", "stick", "card"]
_CARD: Final = "card"  # sync.records.CARD, whose module drags in the whole proof of signatures


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """One attempt to sync: when, from where, how it ended, and what to do now."""

    at: datetime
    source: str
    outcome: str
    detail: str
    advice: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the status page reports."""

    kiosk: str
    versions: tuple[tuple[str, int], ...]
    issued: datetime | None
    attempts: tuple[AttemptLine, ...]
    set_aside: tuple[tuple[str, str], ...]
    fetching: str
    clock_trusted: bool
    sound: str
    help_line: str
    program: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatusView:
    """The status page."""

    title: str
    sections: tuple[Section, ...]


def status_page(say: Catalogue, facts: Facts, board: Board | None, now: datetime) -> StatusView:
    """Return the status page."""
    sections = [
        Section(say("Notices"), _notices(say, facts, board, now)),
        Section(say("Last updates"), _attempts(say, facts.attempts, now)),
        Section(say("This kiosk"), _machine(say, facts)),
    ]
    if facts.set_aside:
        lines = tuple(f"{name}: {reason}" for name, reason in facts.set_aside)
        sections.insert(1, Section(say("Set aside, not shown"), lines))
    return StatusView(say("How this kiosk is"), tuple(sections))


def outcome_words(say: Catalogue, outcome: str, came_by: Way = "network") -> str:
    """Return how an attempt ended, in the village's language."""
    nothing_there = {
        "network": say("The source could not be reached"),
        "stick": say("Nothing could be taken from the stick"),
        "card": say("Damage was found on the card"),
    }
    known = {
        "new": say("New notices arrived"),
        "same": say("Nothing new"),
        "older": say("Older than what is shown"),
        "unavailable": nothing_there[came_by],
        "not-trusted": say("Refused: the two seals are not proved"),
        "not-understood": say("Could not be read"),
        "card-full": say("The card is full"),
    }
    return known.get(outcome, outcome)


def progress_words(
    say: Catalogue, notices_done: int, notices_all: int, bytes_done: int, bytes_all: int
) -> str:
    """Return how far a running update is, in notices and in bytes."""
    if bytes_all:
        return say(
            "Updating: {done} of {all} notices, {kilobytes:,} of {of:,} kB",
            done=notices_done, all=notices_all, kilobytes=bytes_done // 1_000, of=bytes_all // 1_000,
        )  # fmt: skip
    return say("Updating: {done} of {all} notices", done=notices_done, all=notices_all)


def _notices(say: Catalogue, facts: Facts, board: Board | None, now: datetime) -> tuple[str, ...]:
    lines = []
    if board:
        lines.append(say.count("{number} on show", "{number} on show", len(board.standing)))
        if board.withdrawn:
            lines.append(
                say.count("{number} taken back", "{number} taken back", len(board.withdrawn))
            )
    if facts.issued:
        lines.append(say("Sealed and issued {when}", when=ago(say, facts.issued, now)))
    if facts.versions:
        lines.append(
            say(
                "Versions: {versions}",
                versions=", ".join(f"{name} {number}" for name, number in facts.versions),
            )
        )
    if facts.fetching:
        lines.append(facts.fetching)
    return tuple(lines) or (say("Nothing received yet"),)


def _attempts(say: Catalogue, attempts: Sequence[AttemptLine], now: datetime) -> tuple[str, ...]:
    lines = []
    for attempt in attempts:
        way = _way(attempt.source)
        source = {
            "network": attempt.source,
            "stick": say("USB stick"),
            "card": say("this kiosk's card"),
        }
        lines.append(
            say(
                "{when} · {source}: {outcome}",
                when=ago(say, attempt.at, now),
                source=source[way],
                outcome=outcome_words(say, attempt.outcome, way),
            )
        )
        if attempt.advice:
            lines.append(say("What to do: {advice}", advice=say(attempt.advice)))
        if attempt.detail and attempt.outcome != "older":
            lines.append(say("For the office: {detail}", detail=attempt.detail))
    return tuple(lines) or (say("No attempt yet"),)


def _way(source: str) -> Way:
    if source == _CARD:
        return "card"
    return "network" if source.startswith(("http://", "https://")) else "stick"


def _machine(say: Catalogue, facts: Facts) -> tuple[str, ...]:
    clock = (
        say("Clock: set by the network")
        if facts.clock_trusted
        else say("Clock: not set; nothing is taken down till it is")
    )
    return (
        say("Kiosk {name}, program {version}", name=facts.kiosk, version=facts.program),
        clock,
        facts.sound,
        facts.help_line,
    )
