"""A real web server on loopback whose manners can be switched: honest, lazy, broken or hostile.

It serves a folder as any static server would. `manners` changes how, from the next request on;
`requests` tells what was asked and how many bytes of body went out.
"""

import gzip
import re
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal

PORTAL_PAGE = b"<!DOCTYPE html><html><body>Welcome! Please log in to this network.</body></html>"
_PIECE = 8 << 10


@dataclass
class Manners:
    """How the server behaves. `only` narrows everything but `ranges` and `length` to some paths."""

    ranges: Literal["supported", "ignored", "wrong start", "refused"] = "supported"
    length: bool = True  # whether it says how long a body is
    chunked: bool = False
    compress: Literal["", "gzip", "deflate", "br", "bomb", "broken gzip"] = ""
    cut_after: int | None = None  # bytes of body, then the line is cut
    cut_cleanly: bool = False  # the line ends as if the body were complete
    stall_after: int | None = None  # bytes of body, then nothing until the server closes
    drip: bool = False  # a byte at a time, slowly and without end
    drip_headers: bool = False
    portal: bool = False  # every answer is a log-in page, status 200
    soft_404: bool = False  # a missing file is a page, status 200
    status: int = 0  # answered instead of the file
    redirect: str = ""  # where to: "loop" or an address; {path} is put in
    endless: bool = False  # a body that never ends
    swap: bytes | None = None  # sent in the place of the file
    only: str = ""  # regular expression for the paths concerned
    cookies: bool = False


@dataclass
class Request:
    """What was asked and answered."""

    path: str
    range: str
    headers: dict[str, str]
    port: int = 0  # the client's, so one number is one connection
    status: int = 0
    sent: int = 0  # bytes of body
    heads: int = 0  # bytes of both heads, the question's and the answer's


@dataclass
class Server:
    """A running server; `url` is the feed's address."""

    folder: Path
    manners: Manners = field(default_factory=Manners)
    requests: list[Request] = field(default_factory=list)
    url: str = ""
    closing: threading.Event = field(default_factory=threading.Event)
    on_request: Callable[[Request], None] = lambda request: None

    def sent(self) -> int:
        """Return the bytes of body that went out so far."""
        return sum(request.sent for request in self.requests)


@contextmanager
def serving(folder: Path, wrap: Callable[[Any], Any] | None = None) -> Iterator[Server]:
    """Serve `folder` on loopback; `wrap` may put TLS around the listening socket."""
    server = Server(folder)

    class Handler(_Handler):
        site = server

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.daemon_threads = True
    if wrap is not None:
        listening.socket = wrap(listening.socket)
    scheme = "http" if wrap is None else "https"
    server.url = f"{scheme}://127.0.0.1:{listening.server_address[1]}/feed"
    thread = threading.Thread(
        target=listening.serve_forever, args=(0.01,), name="test-server", daemon=True
    )
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        listening.shutdown()
        listening.server_close()
        thread.join()


class _Cut(Exception):
    pass


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Server
    timeout = 30
    disable_nagle_algorithm = True  # or headers and body in two writes cost 40 ms a request

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Stay silent."""

    def handle(self) -> None:
        """Take a client that goes away for what it is."""
        try:
            super().handle()
        except OSError:
            self.close_connection = True

    def do_GET(self) -> None:
        """Answer as the manners say."""
        asked = Request(self.path, self.headers.get("Range", ""), dict(self.headers))
        asked.port = self.client_address[1]
        asked.heads = len(self.raw_requestline) + len(str(self.headers).encode())
        self.site.requests.append(asked)
        self.site.on_request(asked)
        manners = self.site.manners
        if manners.only and not re.search(manners.only, self.path):
            manners = Manners(ranges=manners.ranges, length=manners.length)
        try:
            self._answer(asked, manners)
        except (_Cut, OSError):
            self.close_connection = True

    def _answer(self, asked: Request, manners: Manners) -> None:
        if manners.drip_headers:
            self._drip(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        if manners.redirect:
            target = self.path if manners.redirect == "loop" else manners.redirect
            return self._send(asked, manners, 302, b"", {"Location": target.format(path=self.path)})
        if manners.status:
            return self._send(asked, manners, manners.status, b"broken", {})
        if manners.portal:
            return self._send(asked, manners, 200, PORTAL_PAGE, {"Content-Type": "text/html"})
        body = self._body(manners)
        if body is None:
            status = 200 if manners.soft_404 else 404
            return self._send(asked, manners, status, PORTAL_PAGE, {"Content-Type": "text/html"})
        return self._file(asked, manners, body)

    def _body(self, manners: Manners) -> bytes | None:
        if manners.swap is not None:
            return manners.swap
        path = self.site.folder / self.path.removeprefix("/feed/")
        return path.read_bytes() if path.is_file() else None

    def _file(self, asked: Request, manners: Manners, body: bytes) -> None:
        found = re.fullmatch(r"bytes=(\d+)-", asked.range)
        if not found or manners.ranges == "ignored":
            return self._send(asked, manners, 200, body, {})
        start = int(found[1])
        if manners.ranges == "refused" or start >= len(body):
            return self._send(asked, manners, 416, b"", {})
        if manners.ranges == "wrong start":
            start = max(0, start - 100)
        where = f"bytes {start}-{len(body) - 1}/{len(body)}"
        return self._send(asked, manners, 206, body[start:], {"Content-Range": where})

    def _send(
        self, asked: Request, manners: Manners, status: int, body: bytes, headers: dict[str, str]
    ) -> None:
        asked.status = status
        if status in {200, 206} and manners.compress:
            body = _compressed(body, manners.compress)
            name = {"bomb": "gzip", "broken gzip": "gzip"}.get(manners.compress, manners.compress)
            headers = {**headers, "Content-Encoding": name}
        if manners.cookies:
            headers = {**headers, "Set-Cookie": "track=1; Path=/"}
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if manners.chunked:
            self.send_header("Transfer-Encoding", "chunked")
        elif manners.length and not manners.endless:
            self.send_header("Content-Length", str(len(body)))
        else:
            self.send_header("Connection", "close")
            self.close_connection = True
        asked.heads += len(b"".join(self._headers_buffer)) + 2
        self.end_headers()
        self._send_body(asked, manners, body)

    def _send_body(self, asked: Request, manners: Manners, body: bytes) -> None:
        if manners.drip:
            self._drip(body)
        while manners.endless:
            self._write(asked, manners, b"{" * _PIECE)
        if manners.cut_after is not None and manners.cut_after < len(body):
            self._write(asked, manners, body[: manners.cut_after])
            if not manners.cut_cleanly:
                raise _Cut
            if manners.chunked:
                self.wfile.write(b"0\r\n\r\n")
            self.close_connection = True
            return
        if manners.stall_after is not None:
            self._write(asked, manners, body[: manners.stall_after])
            self.site.closing.wait()
            raise _Cut
        for start in range(0, len(body), _PIECE):
            self._write(asked, manners, body[start : start + _PIECE])
        if manners.chunked:
            self.wfile.write(b"0\r\n\r\n")

    def _write(self, asked: Request, manners: Manners, piece: bytes) -> None:
        framed = b"%x\r\n%s\r\n" % (len(piece), piece) if manners.chunked and piece else piece
        self.wfile.write(framed)
        self.wfile.flush()
        asked.sent += len(piece)

    def _drip(self, data: bytes) -> None:
        for byte in data + b"x" * 1_000_000:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            if self.site.closing.wait(0.02):
                break
        raise _Cut


def _compressed(body: bytes, how: str) -> bytes:
    if how == "gzip":
        return gzip.compress(body)
    if how == "deflate":
        return zlib.compress(body)
    if how == "bomb":
        return _bomb()
    if how == "broken gzip":
        return gzip.compress(body)[:-20] + b"\x00" * 20
    return body


@cache
def _bomb() -> bytes:
    return gzip.compress(b"{" * (64 << 20), 9)
