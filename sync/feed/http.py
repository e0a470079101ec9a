"""A feed behind a web address: any static server, plain HTTP or HTTPS.

Every read has a connect and a read time-out, a deadline for the whole file and a limit in bytes.
Bytes are all it moves: whether they are the right ones is found out by hash and seal, which is also
why plain HTTP is good enough (HTTPS fails on a kiosk whose clock is wrong).
"""

import contextlib
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.cookiejar import DefaultCookiePolicy
from typing import Final
from urllib.parse import urljoin, urlsplit, urlunsplit

import requests
from urllib3.exceptions import HTTPError as Urllib3Error

from sync.errors import SourceUnavailable
from sync.feed.encodings import plain
from sync.feed.line import Line, LineAdapter
from sync.feed.source import CHUNK, FileMissing, Reading, checked_path, whole

_REDIRECTS: Final = 5
_REDIRECT: Final = {301, 302, 303, 307, 308}
_CONTENT_RANGE: Final = re.compile(r"bytes (\d{1,12})-(\d{1,12})/(\d{1,12}|\*)")
_PAGE_ADVICE: Final = "This network may ask for a log-in first, or the address is wrong. Check the network, or use a stick."
_CLOCK_ADVICE: Final = (
    "The kiosk's clock may be wrong, so it cannot check the web server's certificate."
    " Use the http:// address: the two seals protect the feed, not the certificate."
)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds; a file may take `whole` and what it needs at `slowest` bytes/s."""

    connect: float = 10.0
    read: float = 20.0
    whole: float = 60.0
    slowest: int = 4_000

    def for_file(self, length: int) -> float:
        """Return the deadline in seconds for a file of `length` bytes."""
        return self.whole + length / self.slowest


class HttpSource:
    """One web address with a feed; one connection, kept open between files."""

    def __init__(self, url: str, patience: Patience | None = None) -> None:
        """Raises: SourceUnavailable: the address isn't one of http or https."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query:
            raise SourceUnavailable(f"not a web address for a feed: {_public(url)}")
        self._base = url.rstrip("/") + "/"
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
        """The address without user name and password."""
        return _public(self._base).rstrip("/")

    def read(self, path: str, limit: int) -> bytes:
        """Return a whole small file. Raises: FileMissing, SourceUnavailable."""
        with self._opened(path, self._patience.whole, limit, start=0) as reading:
            return whole(reading, limit, path)

    @contextmanager
    def stream(self, path: str, length: int, start: int = 0) -> Iterator[Reading]:
        """Open an immutable file. Raises: FileMissing, SourceUnavailable."""
        with self._opened(path, self._patience.for_file(length), length, start) as reading:
            yield reading

    def interrupt(self) -> None:
        """Cut every connection; a read under way ends with SourceUnavailable."""
        self._line.cut()

    def close(self) -> None:
        """Close the connection."""
        self._session.close()

    @contextmanager
    def _opened(self, path: str, seconds: float, limit: int, start: int) -> Iterator[Reading]:
        url = urljoin(self._base, checked_path(path))
        with self._line.deadline(seconds), contextlib.ExitStack() as opened:
            with _explained(self._line, path):
                response = self._ask(url, start, opened)
                begin = _start_of(response, start)
                if begin is None:
                    response, begin = self._ask(url, 0, opened), 0
                _check_status(response, path)
            yield Reading(begin, self._chunks(response, path, limit, begin))

    def _ask(self, url: str, start: int, opened: contextlib.ExitStack) -> requests.Response:
        headers = {"Range": f"bytes={start}-"} if start else {}
        for _ in range(_REDIRECTS + 1):
            response = self._session.get(
                url,
                headers=headers,
                stream=True,
                allow_redirects=False,
                timeout=(self._patience.connect, self._patience.read),
            )
            opened.callback(response.close)
            if response.status_code not in _REDIRECT:
                return response
            url = _redirected(url, response.headers.get("Location", ""))
        raise SourceUnavailable(
            f"the server redirects more than {_REDIRECTS} times", advice=_PAGE_ADVICE
        )

    def _chunks(
        self, response: requests.Response, path: str, limit: int, begin: int
    ) -> Iterator[bytes]:
        left = limit - begin
        declared = response.headers.get("Content-Length", "")[:15]
        encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if encoding == "identity" and declared.isdecimal() and int(declared) > left:
            raise SourceUnavailable(f"{path} is longer than the {limit:,} bytes it may have")
        first = begin == 0  # what goes on in the middle of a picture may begin with anything
        for chunk in plain(_raw(response, self._line, path), encoding, left):
            if first and chunk.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
                raise SourceUnavailable(
                    f"a web page came instead of {path}: a log-in page of this network, or a server"
                    " that answers missing files with a page",
                    advice=_PAGE_ADVICE,
                )
            first = False
            yield chunk


def _raw(response: requests.Response, line: Line, path: str) -> Iterator[bytes]:
    with _explained(line, path):
        while chunk := response.raw.read1(CHUNK, decode_content=False):
            yield chunk
        # Without a Content-Length a cut line looks like the end of the file.
        line.check(path)


@contextmanager
def _explained(line: Line, path: str) -> Iterator[None]:
    """Turn what requests, urllib3 and the socket raise into SourceUnavailable."""
    try:
        yield
    except requests.exceptions.SSLError as error:
        text = str(error)
        if "not yet valid" in text or "has expired" in text:
            raise SourceUnavailable(
                f"the web server's certificate is not valid on {time.strftime('%Y-%m-%d')},"
                " the date of this kiosk's clock",
                advice=_CLOCK_ADVICE,
            ) from error
        raise SourceUnavailable(f"no safe connection: {_short(error)}") from error
    except (requests.RequestException, Urllib3Error, OSError) as error:
        line.check(path)
        raise SourceUnavailable(f"{path} could not be read: {_short(error)}") from error


def _start_of(response: requests.Response, start: int) -> int | None:
    """Return where the body really begins; None if the answer to a Range makes no sense."""
    if response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        return None
    if response.status_code != HTTPStatus.PARTIAL_CONTENT:
        return 0
    found = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", "").strip())
    encoded = response.headers.get("Content-Encoding", "identity").strip().lower() != "identity"
    if not start or encoded or not found or int(found[1]) != start:
        return None
    return start


def _check_status(response: requests.Response, path: str) -> None:
    status = response.status_code
    if status not in {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT}:
        # Read to its end, a short answer leaves the connection free for the next file.
        response.raw.read(CHUNK, decode_content=False)
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN, HTTPStatus.GONE}:
        raise FileMissing(f"the server has no {path} ({status})")
    if status not in {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT}:
        raise SourceUnavailable(f"the server answers {path} with {status}")


def _redirected(url: str, location: str) -> str:
    target = urljoin(url, location)
    before, after = urlsplit(url).scheme, urlsplit(target).scheme
    if not location or (after != before and (before, after) != ("http", "https")):
        raise SourceUnavailable(
            f"the server redirects to {_public(target)}, which is not followed", advice=_PAGE_ADVICE
        )
    return target


def _public(url: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, "", ""))[:200]


def _short(error: BaseException) -> str:
    """Return the innermost reason in a line, without the objects' addresses that urllib3 prints."""
    reason: BaseException = error
    while isinstance(inner := getattr(reason, "reason", None), BaseException) or (
        reason.args and isinstance(inner := reason.args[0], BaseException)
    ):
        reason = inner
    text = re.sub(r"<[^<>]* object at 0x[0-9a-f]+>:? ?", "", str(reason)).strip()
    return f"{type(reason).__name__}: {text}"[:200]
