"""Sending without waiting: each message on a thread of its own, so that a slow contact holds up nobody.

How a message ended is told back; what that means for the call is `call`.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from kiosk.help.incident import Answered
from kiosk.help.messages import Message
from kiosk.help.senders import NotDelivered, Sender
from kiosk.settings import Contact

AT_ONCE: Final = 24  # messages on their way
ASK_EVERY: Final = 5.0  # s between questions who has seen a call
ASK_FAILURES: Final = 120  # in a row, about ten minutes and more: then it isn't asked any longer
_log = logging.getLogger(__name__)


class Outcome(msgspec.Struct, frozen=True):
    """How a message to `contact` ended: delivered if `refusal` is empty."""

    contact: str
    message: Message
    refusal: str = ""
    offline: bool = False


class Heard(msgspec.Struct, frozen=True):
    """What a contact's acknowledgement says about `incident`."""

    incident: str
    answer: Answered


class Dispatch:
    """The ways to all contacts. `tell` hears of outcomes and answers, on other threads."""

    def __init__(
        self,
        contacts: Sequence[Contact],
        tell: Callable[[Outcome | Heard], None],
        clock_trusted: Callable[[], bool],
        *,
        ask_every: float = ASK_EVERY,
    ) -> None:
        self._senders = {contact.name: Sender(contact, clock_trusted) for contact in contacts}
        self._tell = tell
        self._ask_every = ask_every
        self._rest = threading.Event()
        self._room = threading.BoundedSemaphore(AT_ONCE)

    def send(self, contact: str, message: Message) -> None:
        """Send `message` to `contact`; the outcome is told."""
        if not self._room.acquire(blocking=False):
            self._tell(Outcome(contact, message, "太多消息在等 (too many messages waiting)"))
            return
        threading.Thread(
            target=self._send, args=(contact, message), name=f"send-{contact}", daemon=True
        ).start()

    def rest(self) -> None:
        """Ask no longer who has seen the calls so far."""
        self._rest.set()
        self._rest = threading.Event()

    def _send(self, contact: str, message: Message) -> None:
        rest, ack_url = self._rest, None
        try:
            ack_url = self._senders[contact].send(message)
        except NotDelivered as error:
            _log.warning("%s to %s: %s", message.event, contact, error)
            self._tell(Outcome(contact, message, str(error), error.offline))
        else:
            _log.info("%s to %s: delivered", message.event, contact)
            self._tell(Outcome(contact, message))
        finally:
            self._room.release()
        if ack_url is not None and message.event == "call":
            self._watch(contact, message.incident, ack_url, rest)

    def _watch(self, contact: str, incident: str, ack_url: str, rest: threading.Event) -> None:
        failures = 0
        while failures < ASK_FAILURES and not rest.wait(self._ask_every):
            try:
                answer = self._senders[contact].answer(ack_url)
            except NotDelivered as error:
                failures += 1
                if failures == 1:
                    _log.warning("No acknowledgement from %s: %s", contact, error)
                continue
            failures = 0
            if answer.state != "waiting" and not rest.is_set():
                self._tell(Heard(incident, Answered(contact, answer.state, answer.by)))
            if answer.state == "ended":
                return
