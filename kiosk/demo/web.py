"""The outside world on loopback: a static web server for the feed, and somebody who answers calls."""

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

logger = logging.getLogger(__name__)

CALLS: Final = "/call"
ANSWER: Final = "/call/answer"
_CALL_LIMIT: Final = 64 << 10  # bytes


@dataclass(frozen=True, slots=True)
class World:
    """Where the feed is, and where calls for help go."""

    feed: str
    calls: str


@contextmanager
def served(folder: Path) -> Iterator[World]:
    """Serve the feed in `folder` until the block ends."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Desk, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, name="demo-web", daemon=True)
        thread.start()
        try:
            address = f"http://127.0.0.1:{server.server_port}"
            yield World(feed=f"{address}/", calls=f"{address}{CALLS}")
        finally:
            server.shutdown()
            thread.join()


class _Desk(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        """Serve the feed; or say who comes after a call."""
        if self.path == ANSWER:
            self._say({"state": "coming", "by": "值班员"})
        else:
            super().do_GET()

    def do_POST(self) -> None:
        """Take a call for help and name the address that tells who has seen it."""
        length = int(self.headers.get("Content-Length") or 0)
        call = self.rfile.read(min(length, _CALL_LIMIT))
        if self.path != CALLS:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        text = str(json.loads(call).get("text", ""))
        logger.info("a contact receives: %s", " ".join(text.split()))
        self._say({"ack_url": f"http://{self.headers['Host']}{ANSWER}"})

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the base class's name
        """Be quiet: a demo's terminal is for its story."""
        logger.debug(format, *args)

    def _say(self, answer: dict[str, str]) -> None:
        body = json.dumps(answer, ensure_ascii=False).encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
