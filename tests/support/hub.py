"""The office's server as far as the outbox needs it, on loopback: real HTTP, its manners can be switched.

It keeps what it received by id, answers twice the same to the same, and counts what was asked.
"""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class HubInTest:
    """`status` 0 is an honest answer; `after` counts the answers that are still honest before it."""

    url: str = ""
    status: int = 0
    after: int = 0
    reason: str = ""
    portal: bool = False  # every answer is a log-in page, status 200
    lose_answer: bool = False  # what came is kept, the line cut before the answer
    stall: bool = False
    received: dict[str, bytes] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    heard: threading.Event = field(default_factory=threading.Event)
    closing: threading.Event = field(default_factory=threading.Event)

    def keep(self, id: str, body: bytes) -> int:  # noqa: A002
        """Keep a body; 201 the first time, 409 when it was there."""
        known = id in self.received
        self.received[id] = body
        return 409 if known else 201


@contextmanager
def hub() -> Iterator[HubInTest]:
    """Serve a hub on loopback."""
    site = HubInTest()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
            """Stay silent."""

        def do_POST(self) -> None:
            """Answer as the manners say."""
            body = self.rfile.read(int(self.headers["Content-Length"]))
            site.asked.append(dict(self.headers))
            site.heard.set()
            if site.stall:
                site.closing.wait()
            honest = not site.status or site.after > 0
            site.after -= 1
            id = self.headers["Idempotency-Key"]  # noqa: A001
            if site.portal:
                return self._answer(200, b"<!DOCTYPE html><html>Please log in</html>")
            if not honest:
                return self._answer(site.status, json.dumps({"reason": site.reason}).encode())
            status = site.keep(id, body) if hashlib.sha256(body).hexdigest() == id else 400
            if site.lose_answer:
                self.close_connection = True
                return self.connection.close()
            return self._answer(status, json.dumps({"id": id}).encode())

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Take a client that goes away for what it is."""

    listening = Quiet(("127.0.0.1", 0), Handler)
    site.url = f"http://127.0.0.1:{listening.server_address[1]}/outbox"
    thread = threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        listening.shutdown()
        listening.server_close()
        thread.join()
