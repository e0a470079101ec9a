"""Getting a message to a contact over HTTP, and believing only what the answer's body says.

WeCom's robots answer HTTP 200 with an error code in the body, and so do many others. Redirects
aren't followed, answers are bounded in size, and proxies or passwords of the environment aren't used.
What to send and to whom is `call`. Only here is `requests`, imported when it is first needed.
"""

import ssl
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urlsplit

import msgspec

from kiosk.help.messages import Message
from kiosk.settings import Contact
from sync.errors import BadInput, SunboardError
from sync.notices import clean_text
from sync.settings import is_http

if TYPE_CHECKING:
    import requests

ANSWER_LIMIT: Final = 16 << 10  # bytes
TIME_LIMIT: Final = 15.0  # s for one exchange, all in all
PATIENCE: Final = (5, 8)  # s to connect, and between two pieces of an answer
WECOM_BYTES: Final = 2048  # WeCom: text content
WECOM_A_MINUTE: Final = 20  # WeCom: messages of one robot
_NO_CHECK_TIME: Final = 0x200000  # OpenSSL X509_V_FLAG_NO_CHECK_TIME, not named by ssl


class NotDelivered(SunboardError):
    """The message didn't get through; `offline` if no answer came at all."""

    advice = "Check the network and the contact's address; 110 and 120 always work."

    def __init__(self, message: str, *, offline: bool = False) -> None:
        super().__init__(message)
        self.offline = offline


class Answer(msgspec.Struct, frozen=True):
    """What an address for acknowledgements says: nobody yet, seen, coming, ended, and who."""

    state: Literal["waiting", "seen", "coming", "ended"]
    by: str = ""


class Sender:
    """The way to one contact. `clock_trusted` says whether certificates' dates can be judged."""

    def __init__(self, contact: Contact, clock_trusted: Callable[[], bool]) -> None:
        self.contact = contact
        self._clock_trusted = clock_trusted
        self._sent: deque[float] = deque(maxlen=WECOM_A_MINUTE)

    def send(self, message: Message) -> str | None:
        """Deliver `message`; return the address that tells who has seen it, if there is one.

        Raises:
            NotDelivered: no answer, or one that says no.
        """
        wecom = self.contact.kind == "wecom"
        if wecom:
            self._keep_to_limit()
        body = _wecom_body(message) if wecom else msgspec.json.encode(message)
        headers = {"Content-Type": "application/json; charset=utf-8"}
        answer = self._exchange("POST", self.contact.url, body, headers)
        fields = _fields(answer)
        if wecom and fields.get("errcode") != 0:
            raise NotDelivered(f"企业微信拒收 (refused): {_reason(fields)}")
        if not wecom and _says_no(fields):
            raise NotDelivered(f"对方拒收 (refused): {_reason(fields)}")
        ack = fields.get("ack_url")
        return ack if not wecom and isinstance(ack, str) and self._is_ours(ack) else None

    def answer(self, ack_url: str) -> Answer:
        """Ask who has seen the call.

        Raises:
            NotDelivered: no answer, or not one of the form that docs/help.md gives.
        """
        body = self._exchange("GET", ack_url, None, {"Accept": "application/json"})
        try:
            answer = msgspec.json.decode(body, type=Answer)
            by = clean_text(answer.by, "by").replace("\n", " ")[:20]
        except (msgspec.MsgspecError, BadInput) as error:
            raise NotDelivered(f"回报看不懂 (not an acknowledgement): {error}") from error
        return Answer(answer.state, by or self.contact.name)

    def _is_ours(self, ack_url: str) -> bool:
        if len(ack_url) > 2000 or not is_http(ack_url):
            return False
        return _origin(ack_url) == _origin(self.contact.url)

    def _keep_to_limit(self) -> None:
        now = time.monotonic()
        if len(self._sent) == WECOM_A_MINUTE and now - self._sent[0] < 60:
            raise NotDelivered("企业微信每分钟只收 20 条 (rate limit reached)")
        self._sent.append(now)

    def _exchange(
        self, method: str, url: str, body: bytes | None, headers: dict[str, str]
    ) -> bytes:
        import requests  # noqa: PLC0415  # 10 MB, needed by few minutes of a kiosk's life
        from urllib3.exceptions import HTTPError  # noqa: PLC0415

        end = time.monotonic() + TIME_LIMIT
        with requests.Session() as session:
            session.trust_env = False
            if not self._clock_trusted():
                session.mount("https://", _timeless_adapter())
            try:
                with session.request(
                    method,
                    url,
                    data=body,
                    headers={**headers, "Accept-Encoding": "identity"},
                    timeout=PATIENCE,
                    allow_redirects=False,
                    stream=True,
                ) as response:
                    status, data = response.status_code, _read(response, end)
            except (requests.RequestException, HTTPError, OSError, ValueError) as error:
                name = type(error).__name__
                raise NotDelivered(f"连不上 (no connection): {name}", offline=True) from error
        if not 200 <= status < 300:
            raise NotDelivered(f"对方回答 HTTP {status} (refused)")
        return data


def _read(response: "requests.Response", end: float) -> bytes:
    data = bytearray()
    while chunk := response.raw.read1(4096):
        data += chunk
        if len(data) > ANSWER_LIMIT:
            raise NotDelivered("对方的回答太长 (answer too large)")
        if time.monotonic() > end:
            raise NotDelivered("对方回答太慢 (answer too slow)")
    return bytes(data)


def _timeless_adapter() -> Any:
    """Return an adapter that checks names and issuers, but not dates: a Pi may wake up in 1970."""
    from requests.adapters import HTTPAdapter  # noqa: PLC0415

    context = ssl.create_default_context()
    context.verify_flags |= _NO_CHECK_TIME

    class Timeless(HTTPAdapter):
        def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
            super().init_poolmanager(*args, ssl_context=context, **kwargs)

    return Timeless()


def _wecom_body(message: Message) -> bytes:
    text = message.text.encode()[:WECOM_BYTES].decode(errors="ignore")
    mentioned = ["@all"] if message.event == "call" else []
    return msgspec.json.encode(
        {"msgtype": "text", "text": {"content": text, "mentioned_list": mentioned}}
    )


def _fields(answer: bytes) -> dict[str, Any]:
    try:
        fields = msgspec.json.decode(answer) if answer.strip() else {}
    except (msgspec.DecodeError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}


def _says_no(fields: dict[str, Any]) -> bool:
    codes = (fields.get(name) for name in ("errcode", "code", "StatusCode"))
    failed = any(isinstance(code, int) and code not in {0, 200} for code in codes)
    return failed or fields.get("ok") is False or fields.get("success") is False


def _reason(fields: dict[str, Any]) -> str:
    code = fields.get("errcode", fields.get("code", fields.get("StatusCode", "?")))
    words = str(fields.get("errmsg", fields.get("msg", "")))[:80]
    return ascii(f"{code} {words}".strip())


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port
