"""The rules of a call for help: countdown, cancel, who is called next, and when it ends.

Pure: `step` takes a call, what happened and when, and returns the call after it and the messages
to send. Two rules stand above all: "sent" is not "seen", and silence is said aloud. With no reaction
it sends, since a fallen person can't confirm. The values are `incident`, the words `messages`.
"""

from typing import Final, Literal, TypeAlias

from msgspec.structs import replace

from kiosk.help.incident import (
    Answered,
    Arrived,
    Asked,
    Call,
    Cancelled,
    Coming,
    CountingDown,
    Delivered,
    Ended,
    Event,
    Passed,
    Queued,
    Refused,
    Rules,
    Seen,
    Send,
    Sending,
    Sent,
    Stamp,
    State,
    Touched,
    age_seconds,
    is_open,
)

SAME_PRESS: Final = 1.0  # s: a second press this soon is the same trembling hand, not a cancel
REGRET: Final = 10.0  # s: a press this soon after a cancel means it, presses no longer cancel
SEND_LIMIT: Final = 25.0  # s: a sender that says nothing for so long has failed
ROUNDS: Final = 3  # times the whole chain is told while nobody answers
FORGOTTEN: Final = 2 * 3600.0  # s without news, then the call ends by itself
RENEWED: Final = 600.0  # s without news of a call: whoever asks then asks anew, and isn't its echo
AFTERGLOW: Final = 10.0  # s that the end of a call stays on show
RETRIES: Final = (10.0, 20.0, 40.0, 60.0)  # s between tries while nobody can be reached


Step: TypeAlias = tuple[Call | None, tuple[Send, ...]]


def step(  # noqa: PLR0911  # one line for each event
    call: Call | None, event: Event, now: Stamp, rules: Rules
) -> Step:
    """Return the call after `event`, and what to send."""
    if isinstance(event, Asked):
        return _asked(call, event, now, rules)
    if call is None:
        return None, ()
    match event:
        case Passed():
            return _passed(call, now, rules)
        case Touched():
            return _touched(call, now)
        case Arrived():
            return _arrived(call, now)
        case Sent():
            return _sent(call, event, now, rules)
        case Refused():
            current = call.state == Sending(event.contact)
            return _failed(call, event, now, rules) if current else (call, ())
        case Answered():
            return _answered(call, event, now)


def resumed(call: Call, now: Stamp) -> Call:
    """Return a call that was open when the program last stopped; it goes on at once.

    A countdown cut short is sent: somebody pressed, and nobody cancelled.
    """
    if isinstance(call.state, CountingDown | Sending | Queued):
        return _to(call, Queued("restart", offline=False), now, now.monotonic)
    wait = 0.0 if isinstance(call.state, Delivered) else FORGOTTEN
    return _to(call, call.state, now, now.monotonic + wait)


def _to(call: Call, state: State, now: Stamp, deadline: float) -> Call:
    return replace(call, state=state, since=now.monotonic, deadline=deadline)


def _asked(call: Call | None, event: Asked, now: Stamp, rules: Rules) -> Step:
    if call is None or not is_open(call):
        firm = (
            call is not None
            and call.state == Cancelled("button")
            and now.monotonic - call.since < REGRET
        )
        until = now.monotonic + rules.countdown
        state = CountingDown(until, firm)
        return Call(event.incident, event.stamp, event.by, state, now.monotonic, until), ()
    if _is_old(call, now):
        until = now.monotonic + rules.countdown
        fresh = Call(
            event.incident, event.stamp, event.by, CountingDown(until), now.monotonic, until
        )
        return replace(fresh, earlier=call), ()
    call = replace(call, presses=call.presses + 1)
    if isinstance(call.state, CountingDown):
        soon = now.monotonic - call.since < SAME_PRESS
        stays = event.by != "button" or soon or call.state.firm
        return (call if stays else _cancelled(call, "button", now)), ()
    if isinstance(call.state, Queued):
        return _go_out(call, now, rules)
    if isinstance(call.state, Delivered) and call.cursor >= len(rules.contacts):
        return _send(replace(call, round=1), 0, now, rules)
    return call, ()


def _touched(call: Call, now: Stamp) -> Step:
    untold = isinstance(call.state, CountingDown) or (
        isinstance(call.state, Queued) and not call.told
    )
    if not untold:
        return call, ()
    return _cancelled(call, "screen", now), ()


def _is_old(call: Call, now: Stamp) -> bool:
    """Tell whether a call that somebody has received has had no news for long.

    Whoever lies there then must not be taken for the one before, nor wait for a helper who has been
    and gone without ending the call.
    """
    waits = isinstance(call.state, Delivered | Seen | Coming)
    return waits and now.monotonic - call.since >= RENEWED


def _cancelled(call: Call, by: Literal["button", "screen"], now: Stamp) -> Call:
    """Return the call taken back; what was asked for before it goes on: somebody may still wait."""
    if call.earlier is not None:
        return call.earlier
    return _to(call, Cancelled(by), now, now.monotonic + AFTERGLOW)


def _go_out(call: Call, now: Stamp, rules: Rules) -> Step:
    """Send to the first contact; an earlier call ends with it, which those who know of it hear."""
    sent, sends = _send(replace(call, earlier=None), 0, now, rules)
    if call.earlier is None:
        return sent, sends
    return sent, (*_news(ended_by_another(call.earlier, now)), *sends)


def ended_by_another(earlier: Call, now: Stamp) -> Call:
    """Return an earlier call at its end, when the one that was asked for after it goes out."""
    return _to(earlier, Ended("again"), now, now.monotonic)


def _arrived(call: Call, now: Stamp) -> Step:
    if not is_open(call) or isinstance(call.state, CountingDown):
        return call, ()
    return _to(call, Ended("here"), now, now.monotonic + AFTERGLOW), _news(call)


def _passed(call: Call, now: Stamp, rules: Rules) -> Step:
    if now.monotonic < call.deadline:
        return call, ()
    match call.state:
        case CountingDown() | Queued():
            return _go_out(call, now, rules)
        case Sending(contact):
            return _failed(call, Refused(contact, "no answer", offline=False), now, rules)
        case Delivered() if call.cursor < len(rules.contacts):
            return _next(call, now, rules)
        case Ended() | Cancelled():
            return None, ()
        case _:
            return _to(call, Ended("forgotten"), now, now.monotonic + AFTERGLOW), ()


def _send(call: Call, index: int, now: Stamp, rules: Rules) -> Step:
    if not rules.contacts:
        queued = Queued("no contacts", offline=False)
        return _to(call, queued, now, now.monotonic + FORGOTTEN), ()
    contact = rules.contacts[index]
    sending = _to(call, Sending(contact), now, now.monotonic + SEND_LIMIT)
    kind: Literal["call", "late"] = "late" if _is_stale(call, now, rules) else "call"
    return replace(sending, cursor=index), (Send(contact, kind),)


def _is_stale(call: Call, now: Stamp, rules: Rules) -> bool:
    age = age_seconds(call.asked, now)
    return not call.told and age is not None and age > rules.stale


def _sent(call: Call, event: Sent, now: Stamp, rules: Rules) -> Step:
    new = event.contact not in call.told
    call = replace(call, told=(*call.told, event.contact)) if new else call
    if not is_open(call):  # arrived after the end: whoever got it must hear that it is over
        return call, (Send(event.contact, "news"),) if new else ()
    if not (call.state == Sending(event.contact) or isinstance(call.state, Queued)):
        return call, ()
    if event.late:
        return _to(call, Ended("late"), now, now.monotonic + AFTERGLOW), ()
    return _to(call, Delivered(), now, now.monotonic + rules.acknowledge), ()


def _failed(call: Call, event: Refused, now: Stamp, rules: Rules) -> Step:
    if call.cursor + 1 < len(rules.contacts):
        return _send(call, call.cursor + 1, now, rules)
    if call.told:
        return _next(call, now, rules)
    wait = RETRIES[min(call.tries, len(RETRIES) - 1)]
    queued = Queued(event.reason, event.offline)
    return replace(_to(call, queued, now, now.monotonic + wait), tries=call.tries + 1), ()


def _next(call: Call, now: Stamp, rules: Rules) -> Step:
    if call.cursor + 1 < len(rules.contacts):
        return _send(call, call.cursor + 1, now, rules)
    if not call.nobody:  # say so first, and give the last one asked the time to hear it
        silent = _to(call, Delivered(), now, now.monotonic + rules.acknowledge)
        return replace(silent, nobody=True), ()
    if call.round < ROUNDS:
        return _send(replace(call, round=call.round + 1), 0, now, rules)
    quiet = replace(call, cursor=len(rules.contacts))
    return _to(quiet, Delivered(), now, now.monotonic + FORGOTTEN), ()


def _answered(call: Call, event: Answered, now: Stamp) -> Step:
    kinds: dict[str, type[Seen | Coming | Ended]] = {"seen": Seen, "coming": Coming, "ended": Ended}
    state = kinds[event.how](event.by)
    known = isinstance(call.state, Coming) and event.how == "seen"
    if not is_open(call) or known or call.state == state:
        return call, ()
    wait = AFTERGLOW if isinstance(state, Ended) else FORGOTTEN
    call = replace(call, nobody=False)
    return _to(call, state, now, now.monotonic + wait), _news(call, besides=event.contact)


def _news(call: Call, besides: str = "") -> tuple[Send, ...]:
    about = call if call.state == Ended("again") else None  # the present call is another one
    return tuple(Send(contact, "news", about) for contact in call.told if contact != besides)
