"""Signed days on their way out: each is put into the outbox, from which kiosk-sync sends it.

The log is the kiosk's memory, the outbox what leaves it. After any power cut the next call finds what
is missing there; putting a day twice is putting it once.
"""

import logging

import msgspec

from kiosk.evidence.reader import LogReader
from sync.errors import SunboardError
from sync.outbox import Outbox, Sender
from sync.signed_days import KIND

_log = logging.getLogger(__name__)


class Handover:
    """Puts the days of a log into the outbox, and who signed them; on the recorder's thread."""

    def __init__(self, outbox: Outbox, *, village: str, kiosk: str, name: str) -> None:
        self._outbox, self._village, self._kiosk, self._name = outbox, village, kiosk, name
        self._after = 0
        self._troubled = False

    def give(self, log: LogReader) -> None:
        """Put into the outbox what isn't there yet; what can't be put now is put the next time."""
        try:
            self._outbox.introduce(Sender(self._village, self._kiosk, self._name, log.public.hex()))
            if log.last_number() < self._after:
                self._after = 0  # another log, begun anew
            for day, signed in zip(
                log.days(self._after), log.signed_days(self._after), strict=True
            ):
                self._outbox.put(KIND, msgspec.json.encode(signed))
                self._after = day.first
        except SunboardError as error:
            if not self._troubled:
                _log.warning("signed days can't be put into the outbox: %s", error)
            self._troubled = True
            return
        self._troubled = False
