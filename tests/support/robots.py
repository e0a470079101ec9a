"""Robots that stand in for WeCom's and for a village's own webhook: real HTTP on loopback.

They take messages, and fail on demand as the real ones do: an error code under HTTP 200, the rate
limit, an HTTP error, an answer that never comes or never ends, a redirect, a dead port.
"""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WECOM_LIMIT = 2048  # bytes of text
WECOM_A_MINUTE = 20


@dataclass
class Robot:
    """One robot; set `behaviour` to make it fail: see `take` and `do_POST`."""

    kind: str = "webhook"
    behaviour: str = "well"
    messages: list[dict[str, Any]] = field(default_factory=list)
    acknowledgement: dict[str, Any] = field(default_factory=lambda: {"state": "waiting"})
    asked: int = 0
    url: str = ""
    news: threading.Condition = field(default_factory=threading.Condition)
    ended: threading.Event = field(default_factory=threading.Event)

    def texts(self) -> list[str]:
        """Return the texts of all messages taken."""
        if self.kind == "wecom":
            return [message["text"]["content"] for message in self.messages]
        return [message["text"] for message in self.messages]

    def calls(self) -> list[str]:
        """Return the texts of all messages but the tests."""
        return [text for text in self.texts() if not text.startswith("【测试】")]

    def wait_for(self, what: str, seconds: float = 15) -> str:
        """Wait until a text that contains `what` was taken, and return it."""
        with self.news:
            found = self.news.wait_for(lambda: any(what in text for text in self.texts()), seconds)
        assert found, f"no {what!r} in {self.texts()}"
        return next(text for text in self.texts() if what in text)

    def change(self, behaviour: str) -> None:
        """Behave like that from now on."""
        self.behaviour = behaviour

    def take(self, message: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to `message`, as JSON."""
        if refusal := self._refusal(message):
            return refusal
        with self.news:
            self.messages.append(message)
            self.news.notify_all()
        if self.kind == "wecom":
            return {"errcode": 0, "errmsg": "ok"}
        elsewhere = self.behaviour == "sends elsewhere"
        return {"ok": True, "ack_url": "http://127.0.0.1:9/ack" if elsewhere else f"{self.url}/ack"}

    def _refusal(self, message: dict[str, Any]) -> dict[str, Any] | None:
        wecom = self.kind == "wecom"
        if self.behaviour == "refuses":
            return {"errcode": 93000, "errmsg": "invalid webhook url"}
        if self.behaviour == "says false":
            return {"ok": False, "msg": "closed"}
        if wecom and len(message["text"]["content"].encode()) > WECOM_LIMIT:
            return {"errcode": 40058, "errmsg": "text exceed 2048 bytes"}
        if self.behaviour == "limited" or (wecom and len(self.messages) >= WECOM_A_MINUTE):
            return {"errcode": 45009, "errmsg": "api freq out of limit"}
        return None


class _Handler(BaseHTTPRequestHandler):
    robot: Robot
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        message = json.loads(self.rfile.read(length))
        robot = self.robot
        if robot.behaviour == "broken":
            self._answer(503, b"")
        elif robot.behaviour == "moved":
            self._answer(307, b"", Location="/elsewhere")
        elif robot.behaviour == "silent":
            robot.ended.wait(60)
            self.close_connection = True
        elif robot.behaviour == "drips":
            self.send_response(200)
            self.send_header("Content-Length", "1000000")
            self.end_headers()
            while not robot.ended.wait(0.05):
                self._write(b" ")
        elif robot.behaviour == "floods":
            self._answer(200, b" " * (1 << 20))
        elif robot.behaviour == "portal":
            self._answer(200, b"<html>log in to the wireless network</html>")
        else:
            self._answer(200, json.dumps(robot.take(message)).encode())

    def do_GET(self) -> None:
        with self.robot.news:
            self.robot.asked += 1
            self.robot.news.notify_all()
        self._answer(200, json.dumps(self.robot.acknowledgement).encode())

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self._write(body)

    def _write(self, body: bytes) -> None:
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True
            self.robot.ended.wait(0.01)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: Any) -> None:
        """Clients may go away at any time."""


@contextmanager
def robot(kind: str = "webhook", behaviour: str = "well", *, tls: Any = None) -> Iterator[Robot]:
    """Run a robot on a port of loopback; over TLS with the `ssl.SSLContext` given."""
    made = Robot(kind, behaviour)
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"robot": made}))
    scheme, host = "http", "127.0.0.1"
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        scheme, host = "https", "localhost"
    made.url = f"{scheme}://{host}:{server.server_address[1]}/{kind}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), name=f"robot-{kind}")
    thread.start()
    try:
        yield made
    finally:
        made.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def dead_port() -> Iterator[str]:
    """Give an address of loopback at which nobody answers; held, so that nobody else gets it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/"
