"""The open sockets of one web source, and the scissors: a deadline or a stop cuts them at once.

A time-out of requests counts between two bytes; a server that drips one byte every few seconds holds
a reader for days, in the headers as in the body. Shutting the socket down ends that from outside.
"""

import contextlib
import socket
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from sync.errors import SourceUnavailable


class Line:
    """What is open towards one server."""

    def __init__(self) -> None:
        self._sockets: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self._late = threading.Event()
        self._stopped = threading.Event()

    def opened(self, connected: socket.socket) -> None:
        """Remember a socket so that it can be cut."""
        self._sockets.add(connected)
        if self._stopped.is_set() or self._late.is_set():
            self._shut()

    def cut(self) -> None:
        """End every read for good (the program stops); called from another thread."""
        self._stopped.set()
        self._shut()

    @contextmanager
    def deadline(self, seconds: float) -> Iterator[None]:
        """Cut the line when the block takes longer than `seconds`."""
        self._late.clear()
        timer = threading.Timer(seconds, self._too_late)
        timer.name, timer.daemon = "feed-deadline", True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def check(self, path: str) -> None:
        """Raises: SourceUnavailable: the line was cut while `path` was read."""
        if self._stopped.is_set():
            raise SourceUnavailable(f"stopped while {path} was read")
        if self._late.is_set():
            raise SourceUnavailable(f"{path} came too slowly")

    def _too_late(self) -> None:
        self._late.set()
        self._shut()

    def _shut(self) -> None:
        for opened in list(self._sockets):
            with contextlib.suppress(OSError):
                opened.shutdown(socket.SHUT_RDWR)


class LineAdapter(HTTPAdapter):
    """requests' transport whose connections report their sockets to a `Line`."""

    def __init__(self, line: Line) -> None:
        self._line = line
        super().__init__(pool_connections=2, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Build the pool manager with connections that report their sockets."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools(self._line)


def _pools(line: Line) -> dict[str, type[HTTPConnectionPool]]:
    class PlainConnection(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            line.opened(self.sock)

    class SafeConnection(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            line.opened(self.sock)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = PlainConnection

    class SafePool(HTTPSConnectionPool):
        ConnectionCls = SafeConnection

    return {"http": PlainPool, "https": SafePool}
