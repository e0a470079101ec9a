"""The outbox on its way over the network: one POST an entry, until the office's server has each.

    POST <[sync] outbox>    Idempotency-Key: <SHA-256 of the body>
                            Sunboard-Kind, Sunboard-Village, Sunboard-Kiosk, Sunboard-Key (hex)
    200, 201, 409           {"id": "<SHA-256>"}: the server has it, now or since an earlier time
    408, 425, 429, 3xx, 5xx or no receipt: later        any other 4xx: refused, once a day again

Without the receipt a log-in page that answers everything with 200 would pass for the office. Plain
HTTP is good enough: what is sent is signed or public, and stays on the kiosk.
"""

import contextlib
import http
import logging
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.cookiejar import DefaultCookiePolicy
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import msgspec
import requests
from urllib3.exceptions import HTTPError as Urllib3Error

from sync.errors import SourceUnavailable
from sync.feed.line import Line, LineAdapter
from sync.outbox import Entry, Outbox, Sender, Waiting
from sync.sent import Fate
from sync.store import Store

logger = logging.getLogger("sunboard.sync")
ANSWER_LIMIT: Final = 4 << 10  # bytes
TURN: Final = 60.0  # s of one turn: notices are waiting to be fetched
REFUSED_AGAIN: Final = timedelta(days=1)
_LATER: Final = frozenset({408, 425, 429})
_RECEIVED: Final = frozenset({200, 201, 409})
_REASONS_TOLD: Final = 2
_REASON_LIMIT: Final = 120  # characters


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an answer may take, in seconds: to connect, between two bytes, in all."""

    connect: float = 10.0
    read: float = 20.0
    whole: float = 40.0


class _Answer(msgspec.Struct):
    id: str = ""
    reason: str = ""


class Hub:
    """The office's server."""

    def __init__(self, url: str, patience: Patience | None = None) -> None:
        self._url = url
        self._patience = patience or Patience()
        self._line = Line()
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.headers.update({"User-Agent": "sunboard", "Accept-Encoding": "identity"})
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, LineAdapter(self._line))

    @property
    def name(self) -> str:
        """The address without user name, password and query."""
        parts = urlsplit(self._url)
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))

    def deliver(self, entry: Entry, sender: Sender) -> str:
        """Hand over an entry; return why the server refuses it, "" when it has it.

        Raises: SourceUnavailable: it may have it or not: ask again.
        """
        headers = {
            "Idempotency-Key": entry.id,
            "Content-Type": "application/octet-stream",
            "Sunboard-Kind": entry.kind,
            "Sunboard-Village": sender.village,
            "Sunboard-Kiosk": sender.id,
            "Sunboard-Key": sender.key,
        }
        patience = self._patience
        with self._line.deadline(patience.whole), contextlib.ExitStack() as opened:
            try:
                response = self._session.post(
                    self._url, data=entry.data, headers=headers, stream=True, allow_redirects=False,
                    timeout=(patience.connect, patience.read),
                )  # fmt: skip
                opened.callback(response.close)
                body = response.raw.read(ANSWER_LIMIT, decode_content=False)
            except (requests.RequestException, Urllib3Error, OSError) as error:
                self._line.check("the office's answer")
                raise SourceUnavailable(
                    f"the office's server could not be reached: {type(error).__name__}"
                ) from error
        return _judge(entry.id, response.status_code, body)

    def interrupt(self) -> None:
        """Cut every connection; called from another thread."""
        self._line.cut()

    def close(self) -> None:
        """Close the connection."""
        self._session.close()


class Dispatch:
    """Flushes an outbox to a hub, and writes down what became of each entry."""

    def __init__(
        self,
        outbox: Outbox,
        store: Store,
        hub: Hub,
        now: Callable[[], datetime],
        *,
        stop: threading.Event | None = None,
        beat: Callable[[], None] = lambda: None,
    ) -> None:
        self._outbox, self._store, self.hub, self._now = outbox, store, hub, now
        self._stop = stop or threading.Event()
        self._beat = beat

    def flush(self) -> bool:
        """Send what waits, oldest first, for a minute at most; tell whether nothing is left.

        Raises:
            SourceUnavailable: the rest waits. CardFull: what was sent couldn't be written down.
        """
        sender = self._outbox.sender()
        if sender is None:
            return True  # the screen has made no key yet
        left = self._left()
        end = time.monotonic() + TURN
        trouble = ""
        try:
            while left and time.monotonic() < end and not self._stop.is_set():
                self._beat()
                self._send(left[0], sender)
                del left[0]
        except SourceUnavailable as error:
            trouble = str(error)
            raise
        finally:
            self.hub.close()
            self._tell(len(left), trouble)
        return not left

    def _send(self, waiting: Waiting, sender: Sender) -> None:
        entry = self._outbox.read(waiting)
        if entry is None:
            return  # gone or damaged; the program that made it puts it there again
        refused = self.hub.deliver(entry, sender)
        if refused:
            logger.warning("%s refuses %s: %s", self.hub.name, waiting.kind, refused)
        self._store.note(waiting.id, Fate(self._now(), refused))

    def _left(self) -> list[Waiting]:
        """Return what has to be sent now; forget what is no longer in the outbox."""
        fates, waiting, now = self._store.fates(), self._outbox.waiting(), self._now()
        self._store.forget(fates.keys() - {one.id for one in waiting})
        return [one for one in waiting if _is_due(fates.get(one.id), now)]

    def _tell(self, waiting: int, trouble: str) -> None:
        fates = self._store.fates().values()
        sent = [fate.at for fate in fates if not fate.refused]
        refused = sorted({fate.refused for fate in fates if fate.refused})[:_REASONS_TOLD]
        self._store.change_outgoing(
            waiting=waiting + sum(bool(fate.refused) for fate in fates),
            trouble=trouble,
            refused=tuple(refused),
            sent=max(sent, default=None),
        )


def _is_due(fate: Fate | None, now: datetime) -> bool:
    if fate is None:
        return True
    # A clock that was set back must not make it wait for years.
    return bool(fate.refused) and not timedelta() <= now - fate.at < REFUSED_AGAIN


def _judge(id: str, status: int, body: bytes) -> str:  # noqa: A002 - the entry's own name for it
    try:
        answer = msgspec.json.decode(body, type=_Answer)
    except ValueError:
        answer = _Answer()
    if status in _RECEIVED:
        if answer.id != id:
            raise SourceUnavailable(
                "something else than the office's server answers there, perhaps a log-in page"
            )
        return ""
    if 400 <= status < 500 and status not in _LATER:
        reason = answer.reason or http.HTTPStatus(status).phrase if _is_known(status) else ""
        return f"{status} {re.sub(r'[^ -~一-鿿，。：]', '?', reason)[:_REASON_LIMIT]}".strip()
    raise SourceUnavailable(f"the office's server answers {status}")


def _is_known(status: int) -> bool:
    return status in http.HTTPStatus.__members__.values()
