"""The help page: what is happening to a call, and what the person has to do.

Two honest rules: "sent" is not "seen", and silence is said aloud.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, Literal

from kiosk.catalogue import Catalogue
from kiosk.intentions import CancelHelp, CloseHelp, EndHelp, Intention, ReadAloud
from kiosk.phrases import sounds_of
from kiosk.present.chrome import KeyView
from kiosk.present.parts import Spoken, own_words
from kiosk.present.wording import ago

Stage = Literal[
    "dead", "starting", "countdown", "sending", "delivered", "silent", "seen", "coming", "queued",
    "ended", "cancelled",
]  # fmt: skip
UNDER_WAY: Final = frozenset(
    {"countdown", "sending", "delivered", "silent", "seen", "coming", "queued"}
)  # somebody waits for the answer
_TOLD: Final = frozenset({"delivered", "silent", "seen", "coming"})  # there is somebody to come
_COUNTED: Final = frozenset({"starting", "countdown"})  # aloud, by the post
_UNTOLD: Final = frozenset({"starting", "countdown", "queued"})  # only then it can be taken back


@dataclass(frozen=True, slots=True)
class Call:
    """A call as kiosk-help reports it; `dead` is when kiosk-help itself can't be reached.

    `seconds` are left of the countdown, `who` has received it or is coming, `since` (UTC) is when
    help was asked for.
    """

    stage: Stage
    seconds: int = 0
    who: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class HelpView:
    """The help page; `figure` is drawn as large as there is room for.

    `numbers` are names and digits, `calls` how each is said. `hear` reads the page, None while the
    post counts aloud. `over`, to be held, ends a call that somebody has received.
    """

    title: str
    figure: str
    lines: tuple[str, ...]
    key: str
    intention: Intention
    numbers: tuple[tuple[str, str], ...]
    calls: tuple[tuple[str, ...], ...]
    hear: KeyView | None
    over: KeyView | None = None


def help_page(say: Catalogue, call: Call, hotline: str, now: datetime) -> HelpView:
    """Return the page for the call at its stage."""
    title, *lines = _words(say, call, now)
    can_cancel = call.stage in _UNTOLD and not call.who
    numbers = [(say("Illness"), "120"), (say("Police"), "110")]
    calls: list[tuple[str, ...]] = [(say("Illness, call 120"),), (say("Police, call 110"),)]
    if hotline:
        numbers.append((say("Hotline"), hotline))
        calls.append((say("Hotline"), say("call {number}", number=hotline)))
    said = bool(sounds_of(title)) and call.stage not in _COUNTED
    return HelpView(
        title,
        str(call.seconds) if call.stage == "countdown" else "",
        tuple(line for line in lines if line),
        say("Cancel") if can_cancel else say("Back to the notices"),
        CancelHelp() if can_cancel else CloseHelp(),
        tuple(numbers),
        tuple(calls),
        KeyView(say("Read aloud"), "speaker", ReadAloud()) if said else None,
        KeyView(say("Help is here: hold 2 seconds"), "none", EndHelp())
        if call.stage in _TOLD
        else None,
    )


def is_fresh(call: Call | None, before: str) -> bool:
    """Tell whether a call has come up since the stage `before`, or a new one over an old one."""
    if call is None or call.stage not in UNDER_WAY:
        return False
    return before not in UNDER_WAY or (call.stage == "countdown" and before != "countdown")


def open_call(say: Catalogue, call: Call | None) -> str:
    """Return what is said of a call, on every page, as long as somebody waits for help; else ""."""
    if call is None or call.stage not in UNDER_WAY:
        return ""
    state = _words(say, call, call.since or datetime.now(UTC))[0]
    return say("Help was called: {state}", state=state)


def help_heard(view: HelpView) -> tuple[Spoken, ...]:
    """Return what is read of the page: what happens to the call, then the numbers."""
    state = (spoken for words in (view.title, *view.lines) for spoken in own_words((words,)))
    calls = (
        replace(spoken, own=number)  # lit as it is written, 120, and said digit by digit
        for number, words in zip(view.numbers, view.calls, strict=True)
        for spoken in own_words(words)
    )
    return (*state, *calls) if view.hear else ()


def _words(say: Catalogue, call: Call, now: datetime) -> tuple[str, ...]:
    since = say("Asked for help {since}", since=ago(say, call.since, now)) if call.since else ""
    numbers, stay = say("Please call one of these numbers."), say("Please stay here.")
    nothing = say("You need not do anything")
    # The voice doesn't know names: somebody is coming.
    who = say.called(call.who, say("somebody"))
    pages: dict[Stage, tuple[str, ...]] = {
        "dead": (say("The call could not be sent"), say("The help line is out of order. Nobody was called."), numbers),
        "starting": (say("Calling people in the village"), nothing),
        "countdown": (
            say("About to call people in the village"),
            say("The call goes out in {seconds} seconds", seconds=call.seconds), nothing,
        ),
        "sending": (say("Sending the call"), say("To {who}, not received yet", who=who), nothing),
        "delivered": (say("Sent, not yet seen"), say("{who} received it", who=who), since, stay),
        "silent": (say("Nobody has answered yet"), say("{who} received it", who=who), since, numbers),
        "seen": (say("{who} has seen it", who=who), since, stay),
        "coming": (say("{who} is coming", who=who), since, stay),
        "queued": (say("Nobody could be reached"), since, say("It tries again by itself."), numbers),
        "ended": (say("The call has ended"),),
        "cancelled": (say("The call was cancelled"), say("Nobody will come.")),
    }  # fmt: skip
    return pages[call.stage]
