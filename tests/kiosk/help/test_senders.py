"""A message is delivered only if the other side's body says so."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kiosk.help import senders
from kiosk.help.messages import Message, Place, selftest_message
from kiosk.help.senders import Answer, NotDelivered, Sender
from kiosk.settings import Contact
from tests.support.robots import Robot, dead_port, robot

PLACE = Place("qingshi-square", "青石村（示例）村委会广场", "qingshi")
CALL = Message("call", PLACE.id, PLACE.village, PLACE.name, "1123-0941-7f2a", 3, "【求助】青石村")


def to(made: Robot | str, kind: str = "webhook", *, trusted: bool = True) -> Sender:
    url = made if isinstance(made, str) else made.url
    return Sender(Contact("值班室", kind, url), lambda: trusted)


def test_wecom_gets_the_text_and_everybody_is_mentioned_in_a_call_only():
    with robot("wecom") as wecom:
        sender = to(wecom, "wecom")
        assert sender.send(CALL) is None
        sender.send(selftest_message(PLACE, "T-1"))

    first, second = wecom.messages
    assert first == {
        "msgtype": "text",
        "text": {"content": "【求助】青石村", "mentioned_list": ["@all"]},
    }
    assert second["text"]["mentioned_list"] == []


def test_a_webhook_gets_everything_and_names_where_to_ask_who_saw_it():
    with robot() as webhook:
        ack = to(webhook).send(CALL)

    assert ack == f"{webhook.url}/ack"
    assert webhook.messages == [
        {
            "event": "call",
            "kiosk": "qingshi-square",
            "village": "qingshi",
            "place": "青石村（示例）村委会广场",
            "incident": "1123-0941-7f2a",
            "age_seconds": 3,
            "text": "【求助】青石村",
        }
    ]


@pytest.mark.parametrize(
    ("kind", "behaviour", "says", "offline"),
    [
        ("wecom", "refuses", "93000 invalid webhook url", False),
        ("wecom", "limited", "45009", False),
        ("wecom", "portal", "refused", False),
        ("wecom", "broken", "HTTP 503", False),
        ("wecom", "moved", "HTTP 307", False),
        ("webhook", "refuses", "93000", False),
        ("webhook", "says false", "closed", False),
        ("webhook", "moved", "HTTP 307", False),
        ("webhook", "floods", "too large", False),
    ],
)
def test_a_refusal_is_read_from_the_answer(kind, behaviour, says, offline):
    with robot(kind, behaviour) as made, pytest.raises(NotDelivered, match=says) as caught:
        to(made, kind).send(CALL)

    assert caught.value.offline is offline
    assert made.messages == []


def test_nobody_there_is_offline():
    with dead_port() as url, pytest.raises(NotDelivered, match="no connection") as caught:
        to(url).send(CALL)

    assert caught.value.offline


def test_a_name_that_does_not_resolve_is_offline():
    with pytest.raises(NotDelivered) as caught:
        to("http://nowhere.invalid/").send(CALL)

    assert caught.value.offline


@pytest.mark.parametrize("behaviour", ["silent", "drips"])
def test_an_answer_that_never_ends_is_given_up(monkeypatch, behaviour):
    monkeypatch.setattr(senders, "TIME_LIMIT", 0.3)
    monkeypatch.setattr(senders, "PATIENCE", (0.3, 0.3))

    with robot("webhook", behaviour) as made, pytest.raises(NotDelivered):
        to(made).send(CALL)


def test_the_twenty_first_message_in_a_minute_is_not_even_tried():
    with robot("wecom") as wecom:
        sender = to(wecom, "wecom")
        for _ in range(20):
            sender.send(CALL)
        with pytest.raises(NotDelivered, match="rate limit"):
            sender.send(CALL)

    assert len(wecom.messages) == 20


def test_a_text_too_long_for_wecom_is_cut_between_two_characters():
    long = Message("call", "k", "v", "p", "1", 0, "求" * 2000)

    with robot("wecom") as wecom:
        to(wecom, "wecom").send(long)

    assert wecom.texts() == ["求" * (2048 // 3)]


def test_an_acknowledgement_elsewhere_is_not_followed():
    with robot("webhook", "sends elsewhere") as made:
        assert to(made).send(CALL) is None


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        ({"state": "waiting"}, Answer("waiting", "值班室")),
        ({"state": "coming", "by": "王医生"}, Answer("coming", "王医生")),
        ({"state": "seen", "by": "长" * 100, "more": 1}, Answer("seen", "长" * 20)),
        ({"state": "ended", "by": ""}, Answer("ended", "值班室")),
    ],
)
def test_an_acknowledgement_names_who_comes(said, understood):
    with robot() as made:
        made.acknowledgement = said

        assert to(made).answer(f"{made.url}/ack") == understood


@pytest.mark.parametrize(
    "said", [{"state": "dancing"}, {"by": "x"}, [], {"state": "seen", "by": "\u202e反"}]
)
def test_an_acknowledgement_that_makes_no_sense_is_refused(said):
    with robot() as made:
        made.acknowledgement = said

        with pytest.raises(NotDelivered, match="not an acknowledgement"):
            to(made).answer(f"{made.url}/ack")


@pytest.fixture
def expired(tmp_path: Path, monkeypatch) -> Iterator[ssl.SSLContext]:
    """A server's certificate that ran out long ago, of an issuer that is trusted here."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    long_ago = datetime.now(UTC) - timedelta(days=900)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(long_ago)
        .not_valid_after(long_ago + timedelta(days=90))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "server.pem"
    pem.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


def test_a_kiosk_that_woke_up_in_the_past_can_still_call_over_tls(expired):
    with robot(tls=expired) as made:
        to(made, trusted=False).send(CALL)

        assert made.calls() == ["【求助】青石村"]


def test_a_kiosk_that_knows_the_time_refuses_an_expired_certificate(expired):
    with robot(tls=expired) as made, pytest.raises(NotDelivered, match="SSLError"):
        to(made).send(CALL)


def test_a_certificate_of_another_name_is_refused_whatever_the_clock(expired):
    with robot(tls=expired) as made, pytest.raises(NotDelivered, match="SSLError"):
        to(made.url.replace("localhost", "127.0.0.1"), trusted=False).send(CALL)
