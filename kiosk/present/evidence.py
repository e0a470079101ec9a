"""The status page's lines about the evidence of display: since when, whether it is whole, under which key,
and how it gets to the office."""

from datetime import datetime
from typing import Final

from kiosk.board import local_day
from kiosk.catalogue import Catalogue
from kiosk.evidence.account import Account
from kiosk.present.wording import ago, day_and_year
from sync.outbox import Outgoing

_GROUP: Final = 16  # digits of the key that stand together, so that a line can end after them


def evidence_lines(say: Catalogue, account: Account, now: datetime) -> tuple[str, ...]:
    """Return the lines."""
    if not account.key:
        return (say("Nothing can be written: {reason}", reason=account.trouble or "…"),)
    lines = [_kept(say, account, now)]
    if account.trouble:
        lines.append(say("Nothing can be written: {reason}", reason=account.trouble))
    lines.extend(say("Not whole: {reason}", reason=one) for one in account.wrong)
    if account.written and not account.wrong:
        lines.append(say("No row is missing or changed since the last closed day"))
    lines.append(say("This kiosk's seal: {digits}", digits=account.fingerprint))
    groups = (account.key[at : at + _GROUP] for at in range(0, len(account.key), _GROUP))
    lines.append(say("Its key in full: {key}", key=" ".join(groups)))
    return tuple(lines)


def outgoing_lines(say: Catalogue, outgoing: Outgoing, now: datetime) -> tuple[str, ...]:
    """Return how signed days get to the office, by network or stick."""
    lines = []
    if outgoing.sent:
        lines.append(say("Last sent to the office {when}", when=ago(say, outgoing.sent, now)))
    if outgoing.waiting:
        lines.append(
            say.count(
                "{number} signed day waits to be sent",
                "{number} signed days wait to be sent",
                outgoing.waiting,
            )
        )
    if outgoing.trouble:
        lines.append(say("Not sent: {reason}", reason=outgoing.trouble))
    lines.extend(
        say("The office's server refuses: {reason}", reason=one) for one in outgoing.refused
    )
    if outgoing.carried:
        lines.append(say("Last written on a stick {when}", when=ago(say, outgoing.carried, now)))
    if outgoing.stick_trouble:
        reason = outgoing.stick_trouble
        lines.append(say("Nothing could be written on the stick: {reason}", reason=reason))
    return tuple(lines) or (
        say("Nothing of it has left this kiosk yet: put in the office's stick"),
    )


def _kept(say: Catalogue, account: Account, now: datetime) -> str:
    if account.written is None:
        return say("Nothing is written down yet")
    written = ago(say, account.written, now)
    if account.begun is None:
        return say("Last written {when}; the clock was never proved yet", when=written)
    begun = day_and_year(say, local_day(account.begun))
    return say("Kept since {day}, last written {when}", day=begun, when=written)
