"""What frames every screen: top bar, status line, dock and reading keys."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kiosk.board import local_day
from kiosk.catalogue import Catalogue
from kiosk.intentions import (
    Back,
    BringLow,
    CallHelp,
    Change,
    Home,
    Intention,
    PauseReading,
    ReadAloud,
    Repeat,
    Stay,
    Stop,
    TextLarger,
    Turn,
)
from kiosk.navigation import TEXT_STEPS, Position
from kiosk.phrases import sounds_of
from kiosk.present.lunar import lunar
from kiosk.present.wording import ago, clock, day, day_ago, weekday
from kiosk.voice.reader import FASTEST, LOUDEST, QUIETEST, SLOWEST
from sync.notices import Village

Light = Literal["good", "care", "bad"]
Icon = Literal[
    "home", "back", "speaker", "stop", "pause", "play", "text", "phone", "repeat", "slow", "fast", "quiet",
    "loud", "up", "down", "left", "right", "larger", "smaller", "lower", "higher", "search", "none",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class TopBar:
    """Village, day and time, to look at; `lunar` may be empty. `label` says where a long press leads.

    Where `day` has no room, `short_day` stands above the `weekday`.
    """

    title: str
    day: str
    short_day: str
    weekday: str = ""
    lunar: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class StatusLine:
    """How the kiosk is; `parts` are in order of importance, the last may be left out.

    `call` is said of a call for help that is open.
    """

    light: Light
    parts: tuple[str, ...]
    label: str
    warning: str = ""
    call: str = ""


@dataclass(frozen=True, slots=True)
class StayView:
    """The question whether somebody is still there, and the key that says so."""

    question: str
    words: str
    label: str
    intention: Intention


@dataclass(frozen=True, slots=True)
class KeyView:
    """A key: a word, a drawn icon and what a touch means; `step` is (which, of how many), if any."""

    label: str
    icon: Icon
    intention: Intention
    tone: Literal["paper", "blue", "red"] = "paper"
    step: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class PageKeys:
    """The keys that turn pages, None where there is no further page; `words` says where one is."""

    previous: KeyView | None
    following: KeyView | None
    words: str
    short: str


@dataclass(frozen=True, slots=True)
class Health:
    """What the status line needs to know; `None` times have never been.

    Where an update isn't timed, no trusted clock has said when it came.

    `fetching` and `stick` say how far an update is, and that a stick's is over. `help_tested` is when the way of a call was last proved, `help_works` whether it was good,
    `help_fault` what is wrong with the button, in kiosk-help's words.
    """

    updated: datetime | None = None
    update_timed: bool = True
    fetching: str = ""
    stick: str = ""
    help_alive: bool = False
    help_works: bool | None = None
    help_tested: datetime | None = None
    help_fault: str = ""
    clock_trusted: bool = True
    sound: bool = True


def top_bar(
    say: Catalogue,
    village: Village | None,
    name: str,
    now: datetime,
    *,
    wrong: bool = False,
    trusted: bool = True,
) -> TopBar:
    """Return the top bar; `name` is the kiosk's own, until a village is known.

    From a clock that is `wrong`, as far as anything is proved, no date is better than its own.
    The lunar day, which nobody checks at a glance, is said by a `trusted` clock only, and in Chinese.
    """
    title = say("{village} · Sunboard", village=village.name if village else name)
    if wrong:
        unset = say("The clock is not set")
        return TopBar(title, unset, unset, label=say("How this kiosk is"))
    today = local_day(now)
    words = {"day": day(say, today), "weekday": weekday(say, today), "time": clock(now)}
    return TopBar(
        title,
        say("{day} {weekday} {time}", **words),
        say("{day} {time}", day=words["day"], time=words["time"]),
        words["weekday"],
        say("lunar {day}", day=lunar(today)) if trusted and say.language == "zh" else "",
        say("How this kiosk is"),
    )


def status_line(
    say: Catalogue,
    health: Health,
    hotline: str,
    now: datetime,
    *,
    warning: str = "",
    call: str = "",
) -> StatusLine:
    """Return the status line; `warning` is why something that was just wanted can't be.

    `call` is said of an open call for help.
    """
    if warning:
        return StatusLine("care", (), say("How this kiosk is"), warning, call)
    troubles = []
    if not health.clock_trusted:
        troubles.append(say("The clock is not set"))
    if not health.sound:
        troubles.append(say("No sound"))
    if health.updated is None:
        updated = say("Nothing received yet")
    elif not health.update_timed:
        updated = say("Updated, time not certain")
    else:
        updated = say("Updated {when}", when=ago(say, health.updated, now))
    updated = health.fetching or health.stick or updated
    # The last parts fall away where there is no room: never that nobody can be called.
    reached = health.help_alive and health.help_works is not False and not health.help_fault
    line = help_line(say, health, now)
    parts = [updated, *troubles, line] if reached else [updated, line, *troubles]
    if hotline:
        parts.append(say("Hotline {number}", number=hotline))
    return StatusLine(_light(health, troubles), tuple(parts), say("How this kiosk is"), call=call)


def stay(say: Catalogue, seconds: int) -> StayView:
    """Return the question that is asked `seconds` before the idle board comes back."""
    return StayView(
        say("Do you want to read on?"),
        say("Back to the board in {seconds} seconds", seconds=seconds),
        say("Read on"),
        Stay(),
    )


def stay_sounds(view: StayView) -> str:
    """Return the sounds of the question, "" in a language that the voice can't say."""
    return " ".join(filter(None, (sounds_of(view.question), sounds_of(view.words))))


def unheard(say: Catalogue, *, sound: bool) -> str:
    """Return why somebody who wants to hear the page hears nothing."""
    if sound:
        return say("There is nothing to read aloud on this page.")
    return say("No sound now. Please read the screen.")


def unshown(say: Catalogue) -> str:
    """Return why somebody who wanted a page stands before the board."""
    return say("That page cannot be shown now. The notices are here.")


def help_line(say: Catalogue, health: Health, now: datetime) -> str:
    """Return whether a call would reach anybody, as far as the last test proves."""
    if not health.help_alive:
        return say("Help line: out of order")
    if health.help_fault:
        faults = {
            "按钮卡住了": say("the button is stuck"),
            "按钮线路不稳": say("the button's cable is loose"),
            "按钮没有接通": say("the button is not connected"),
            "屏幕求助不通": say("the screen cannot reach it"),
        }
        fault = faults.get(health.help_fault, say("something is wrong with it"))
        return say("Help line: {fault}", fault=fault)
    if health.help_works is None or health.help_tested is None:
        return say("Help line: not tested yet")
    when = day_ago(say, health.help_tested, now)
    if health.help_works:
        return say("Help line: tested {when}", when=when)
    return say("Help line: test failed {when}", when=when)


def dock(
    say: Catalogue, *, reading: bool, text_step: int = 0, low: bool | None = None
) -> tuple[KeyView, ...]:
    """Return the keys that never change place; after the largest text comes the smallest.

    `low` says whether everything has been brought down; None where all of it can be reached anyway.
    """
    larger = text_step < TEXT_STEPS - 1
    read = (
        KeyView(say("Stop"), "stop", Stop(), "blue")
        if reading
        else KeyView(say("Read aloud"), "speaker", ReadAloud(), "blue")
    )
    return (
        KeyView(say("Home"), "home", Home()),
        KeyView(say("Back"), "back", Back()),
        read,
        KeyView(say("Larger") if larger else say("Smaller"), "text", TextLarger()),
        *(() if low is None else (_reach(say, low=low),)),
        KeyView(say("Help"), "phone", CallHelp(), "red"),
    )


def _reach(say: Catalogue, *, low: bool) -> KeyView:
    if low:
        return KeyView(say("Bring up"), "higher", BringLow())
    return KeyView(say("Bring down"), "lower", BringLow())


def reading_keys(say: Catalogue, position: Position) -> tuple[KeyView, ...]:
    """Return the keys that are at hand while something is read aloud, none while nothing is.

    Slower to louder say where they have got to, and when they can go no further.
    """
    reading = position.reading
    if reading is None:
        return ()
    speed = (position.speed - SLOWEST + 1, FASTEST - SLOWEST + 1)
    volume = (position.volume - QUIETEST + 1, LOUDEST - QUIETEST + 1)
    slow = say("Slowest") if position.speed == SLOWEST else say("Slower")
    fast = say("Fastest") if position.speed == FASTEST else say("Faster")
    quiet = say("Quietest") if position.volume == QUIETEST else say("Quieter")
    loud = say("Loudest") if position.volume == LOUDEST else say("Louder")
    pause = (
        KeyView(say("Go on"), "play", PauseReading(), "blue")
        if reading.paused
        else KeyView(say("Pause"), "pause", PauseReading())
    )
    return (
        pause,
        KeyView(say("Again"), "repeat", Repeat()),
        KeyView(slow, "slow", Change("slower"), step=speed),
        KeyView(fast, "fast", Change("faster"), step=speed),
        KeyView(quiet, "quiet", Change("quieter"), step=volume),
        KeyView(loud, "loud", Change("louder"), step=volume),
    )


def page_keys(say: Catalogue, page: int, pages: int) -> PageKeys:
    """Return the keys that turn pages; `page` counts from 0."""
    return PageKeys(
        KeyView(say("Previous"), "up", Turn(-1)) if page > 0 else None,
        KeyView(say("Next"), "down", Turn(1)) if page < pages - 1 else None,
        say("Page {page} of {pages}", page=page + 1, pages=pages) if pages > 1 else "",
        f"{page + 1} / {pages}" if pages > 1 else "",
    )


def _light(health: Health, troubles: list[str]) -> Light:
    if health.updated is None or not health.help_alive or health.help_works is False:
        return "bad"
    return "care" if troubles or health.help_works is None else "good"
