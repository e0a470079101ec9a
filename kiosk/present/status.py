"""The status page behind a long press on the status line: for the caretaker and the office."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final, Literal

from kiosk.board import Board, local_day
from kiosk.catalogue import Catalogue
from kiosk.evidence.account import Account
from kiosk.present.caretaking import Condition, duty, sentences
from kiosk.present.chrome import help_line
from kiosk.present.evidence import evidence_lines, outgoing_lines
from kiosk.present.wording import ago, clock, day, day_and_year
from kiosk.voice.events import Lack
from sync.clock import ClockEvent, Why
from sync.outbox import Outgoing

Sound = Literal["untried", "works"] | Lack
Way = Literal["network", "stick", "card"]
_MB: Final = 1_000_000
_CARD: Final = "card"  # sync.records.CARD, whose module drags in the whole proof of signatures


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """One attempt to sync: when, as far as it was `timed`, from where, how it ended, what to do now."""

    at: datetime
    source: str
    outcome: str
    detail: str
    advice: str
    timed: bool = True


@dataclass(frozen=True, slots=True)
class Setting:
    """What of the settings the caretaker may need to tell the office."""

    diagonal_inches: float
    width: int
    height: int
    language: str
    turn_seconds: int
    idle_seconds: int
    selftest_days: int


@dataclass(frozen=True, slots=True)
class Storage:
    """The card's room, and what the notices take of it, in bytes."""

    free: int
    whole: int
    held: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the status page reports; times are UTC."""

    kiosk: str
    condition: Condition
    versions: tuple[tuple[str, int], ...]
    issued: datetime | None
    attempts: tuple[AttemptLine, ...]
    set_aside: tuple[tuple[str, str], ...]
    fetching: str
    sound: Sound
    storage: Storage | None
    setting: Setting | None
    running: timedelta
    program: str
    out_of_reach: int = 0  # notices that can't have their share of a day
    evidence: Account | None = None
    outgoing: Outgoing = field(default_factory=Outgoing)
    clock_events: tuple[ClockEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines; those whose numbers are in `leads` begin something, the others belong to it."""

    heading: str
    lines: tuple[str, ...]
    leads: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusView:
    """The status page: what to do now, and how everything is."""

    title: str
    todo: str
    well: bool
    sections: tuple[Section, ...]


def status_page(say: Catalogue, facts: Facts, board: Board | None, now: datetime) -> StatusView:
    """Return the status page."""
    sections = [
        _attempts(say, facts, now),
        Section(say("Notices"), _notices(say, facts, board, now)),
        Section(say("Help and voice"), _helpers(say, facts, now)),
        Section(say("This kiosk"), _machine(say, facts, now)),
    ]
    if facts.evidence:
        lines = (
            *evidence_lines(say, facts.evidence, now),
            *outgoing_lines(say, facts.outgoing, now),
        )
        sections.append(Section(say("Evidence of display"), lines))
    if facts.set_aside:
        lines = tuple(f"{name}: {reason}" for name, reason in facts.set_aside)
        sections.insert(0, Section(say("Set aside, not shown"), lines))
    first = duty(now, facts.condition)
    return StatusView(
        say("How this kiosk is"), sentences(say)[first], first == "well", tuple(sections)
    )


def came_by(source: str) -> Way:
    """Return on which way an attempt's source brings notices."""
    if source == _CARD:
        return "card"
    return "network" if source.startswith(("http://", "https://")) else "stick"


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
        "not-trusted": say("Refused: a seal or signature is not proved"),
        "not-understood": say("Could not be read"),
        "card-full": say("The card is full"),
    }
    return known.get(outcome, outcome)


def progress_words(
    say: Catalogue,
    notices_done: int,
    notices_all: int,
    bytes_done: int,
    bytes_all: int,
    way: Way = "network",
    *,
    giving: bool = False,
) -> str:
    """Return how far a running update is, in notices and in bytes, or that the kiosk writes on a stick."""
    if giving:
        return say("Leave the stick in: this kiosk's evidence is being written on it")
    if bytes_all:
        how_far = say(
            "{done} of {all} notices, {kilobytes:,} of {of:,} kB",
            done=notices_done, all=notices_all, kilobytes=bytes_done // 1_000, of=bytes_all // 1_000,
        )  # fmt: skip
    else:
        how_far = say("{done} of {all} notices", done=notices_done, all=notices_all)
    if way == "stick":
        return say("Updating from the stick, leave it in: {how_far}", how_far=how_far)
    return say("Updating: {how_far}", how_far=how_far)


def stick_words(say: Catalogue, outcome: str) -> str:
    """Return that an import from a stick is over, and how it ended."""
    return say(
        "You may take the stick out: {outcome}", outcome=outcome_words(say, outcome, "stick")
    )


def _notices(say: Catalogue, facts: Facts, board: Board | None, now: datetime) -> tuple[str, ...]:
    lines = []
    if board:
        lines.append(say.count("{number} on show", "{number} on show", len(board.standing)))
        if board.withdrawn:
            lines.append(
                say.count("{number} taken back", "{number} taken back", len(board.withdrawn))
            )
    if facts.out_of_reach:
        lines.append(
            say(
                "Too many notices: {number} can't have their turns, so no day counts for them",
                number=facts.out_of_reach,
            )
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
    return tuple(lines) or (say("Nothing received yet"),)


def _attempts(say: Catalogue, facts: Facts, now: datetime) -> Section:
    lines = [facts.fetching] if facts.fetching else []
    leads = list(range(len(lines)))
    for _, same in groupby(facts.attempts, key=lambda one: replace(one, at=now)):
        leads.append(len(lines))
        lines.extend(_attempt(say, tuple(same), now))
    if not lines:
        return Section(say("Last updates"), (say("No attempt yet"),))
    return Section(say("Last updates"), tuple(lines), tuple(leads))


def _attempt(say: Catalogue, run: Sequence[AttemptLine], now: datetime) -> Iterator[str]:
    """Yield the lines of attempts that all ended alike, newest first."""
    attempt = run[0]
    way = came_by(attempt.source)
    source = {
        "network": say.called(attempt.source, say("the network")),
        "stick": say("USB stick"),
        "card": say("this kiosk's card"),
    }
    yield say(
        "{when} · {source}: {outcome}",
        when=_when(say, attempt, now),
        source=source[way],
        outcome=outcome_words(say, attempt.outcome, way),
    )
    if len(run) > 1:
        first = _when(say, run[-1], now)
        yield say("{number} times alike since {when}", number=len(run), when=first)
    if attempt.advice:
        yield say("What to do: {advice}", advice=say(attempt.advice))
    if attempt.detail and attempt.outcome != "older":
        yield say("For the office: {detail}", detail=attempt.detail)


def _when(say: Catalogue, attempt: AttemptLine, now: datetime) -> str:
    return ago(say, attempt.at, now) if attempt.timed else say("time not certain")


def _helpers(say: Catalogue, facts: Facts, now: datetime) -> tuple[str, ...]:
    health = facts.condition.health
    lines = [help_line(say, health, now)]
    if health.help_tested and health.help_works and facts.setting:
        following = health.help_tested + timedelta(days=facts.setting.selftest_days)
        lines.append(say("Next test by {day}", day=day(say, local_day(following))))
    elif health.help_works is False and health.help_alive:
        lines.append(say("It is tested again every ten minutes"))
    return (*lines, _sound(say, facts.sound))


def _sound(say: Catalogue, sound: Sound) -> str:
    words: Mapping[Sound, str] = {
        "untried": say("Sound: not tried yet; press Read aloud"),
        "works": say("Sound: works"),
        "voice": say("No sound: the voice cannot speak"),
        "player": say("No sound: the player is missing"),
        "device": say("No sound: the loudspeaker or the sound card does not answer"),
        "room": say("No sound: there is no room on the card"),
    }
    return words[sound]


def _machine(say: Catalogue, facts: Facts, now: datetime) -> tuple[str, ...]:
    lines = [
        say("Kiosk {name}, program {version}", name=facts.kiosk, version=facts.program),
        *_clock(say, facts.condition),
        *(_clock_event(say, one, now) for one in facts.clock_events),
    ]
    if facts.storage:
        lines.append(
            say(
                "Card: {free:,} MB free of {whole:,} MB, notices take {held:,.1f} MB",
                free=facts.storage.free // _MB, whole=facts.storage.whole // _MB, held=facts.storage.held / _MB,
            )
        )  # fmt: skip
    lines.append(_running(say, facts.running))
    if facts.setting:
        set_ = facts.setting
        lines.append(
            say(
                "Panel {inches:g} inches, {width} × {height}; language {language}",
                inches=set_.diagonal_inches, width=set_.width, height=set_.height, language=set_.language,
            )
        )  # fmt: skip
        lines.append(
            say(
                "Next notice after {turn} seconds, back to the board after {idle} seconds",
                turn=set_.turn_seconds, idle=set_.idle_seconds,
            )
        )  # fmt: skip
    return tuple(lines)


def _clock(say: Catalogue, condition: Condition) -> tuple[str, ...]:
    """Return how the clock is, and why so."""
    trusted: Mapping[Why, str] = {
        "network": say("Clock: set by the network"),
        "held": say("Clock: set by the network earlier, and not changed since"),
        "chip": say("Clock: kept by its battery, and proved"),
    }
    if condition.health.clock_trusted:
        return (trusted.get(condition.clock, trusted["network"]),)
    why: Mapping[Why, str] = {
        "behind": say("It stands before a time that is already over"),
        "ahead": say("It stands far ahead of the last sealed board"),
        "moved": say("It was changed while the kiosk ran, and nothing proves the new time"),
        "chip-unproved": say("Its battery keeps a time, and nothing proves that it is right"),
        "unset": say("Nothing has set it since the power came"),
    }
    reason = why.get(condition.clock)
    first = say("Clock: not set; nothing is taken down till it is")
    return (first, say("Why: {reason}", reason=reason)) if reason else (first,)


def _clock_event(say: Catalogue, event: ClockEvent, now: datetime) -> str:
    when = _stamp(say, event.wall, now)
    match event.what:
        case "jump":
            before = event.wall - timedelta(seconds=event.seconds)
            return say(
                "The clock was set from {before} to {when}",
                before=_stamp(say, before, now), when=when,
            )  # fmt: skip
        case "trusted":
            minutes = max(round(event.seconds / 60), 1)
            return say(
                "Clock right since {when}, after {hours} hours {minutes} minutes without proof",
                when=when, hours=minutes // 60, minutes=minutes % 60,
            )  # fmt: skip
        case "untrusted":
            return say("Clock not proved since {when}", when=when)


def _stamp(say: Catalogue, time: datetime, now: datetime) -> str:
    on = local_day(time)
    words = day(say, on) if on.year == local_day(now).year else day_and_year(say, on)
    return say("{day} {time}", day=words, time=clock(time))


def _running(say: Catalogue, running: timedelta) -> str:
    hours, minutes = divmod(int(running.total_seconds()) // 60, 60)
    return say(
        "Running for {days} days {hours} hours {minutes} minutes",
        days=hours // 24, hours=hours % 24, minutes=minutes,
    )  # fmt: skip
