"""A web source against every manner of server: what comes is right, or the reason is plain."""

import random
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from sync.errors import NotUnderstood, SourceUnavailable
from sync.feed.http import HttpSource, Patience
from sync.feed.source import FileMissing
from tests.support.server import Manners, Server, serving

QUICK = Patience(connect=2.0, read=0.4, whole=0.8, slowest=1 << 30)
PATIENT = Patience(connect=10.0, read=10.0, whole=30.0)
PATH = "blobs/ab/file"
BODY = random.Random(7).randbytes(300_000)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "blobs/ab").mkdir(parents=True)
    (tmp_path / PATH).write_bytes(BODY)
    (tmp_path / "metadata").mkdir()
    (tmp_path / "metadata/timestamp.json").write_bytes(b'{"signed": 1}')
    with serving(tmp_path) as running:
        yield running


@pytest.fixture
def source(server: Server) -> Iterator[HttpSource]:
    opened = HttpSource(server.url, QUICK)
    yield opened
    opened.close()


def fetch(source: HttpSource, start: int = 0, length: int = len(BODY)) -> tuple[int, bytes]:
    with source.stream(PATH, length, start) as reading:
        return reading.start, b"".join(reading.chunks)


@pytest.mark.parametrize(
    "manners",
    [
        Manners(),
        Manners(length=False),
        Manners(chunked=True),
        Manners(compress="gzip"),
        Manners(compress="gzip", length=False),
        Manners(compress="deflate", chunked=True),
        Manners(ranges="ignored"),
        Manners(cookies=True),
    ],
)
def test_whole_file_comes_whatever_the_server_is_like(
    server: Server, source: HttpSource, manners: Manners
) -> None:
    server.manners = manners

    assert fetch(source) == (0, BODY)
    assert source.read("metadata/timestamp.json", 100) == b'{"signed": 1}'


def test_middle_of_a_file_may_begin_like_a_page(
    server: Server, source: HttpSource, tmp_path: Path
) -> None:
    body = BODY[:120_000] + b"<" + BODY[120_001:]
    (tmp_path / PATH).write_bytes(body)

    assert fetch(source, start=120_000) == (120_000, body[120_000:])


@pytest.mark.parametrize(
    ("manners", "start"),
    [
        (Manners(), 120_000),
        (Manners(chunked=True), 120_000),
        (Manners(length=False), 120_000),
        (Manners(ranges="ignored"), 0),
        (Manners(ranges="wrong start"), 0),
        (Manners(ranges="refused"), 0),
        (Manners(compress="gzip"), 0),
    ],
)
def test_reading_goes_on_where_it_broke_or_honestly_begins_again(
    server: Server, source: HttpSource, manners: Manners, start: int
) -> None:
    server.manners = manners

    begun, data = fetch(source, start=120_000)

    assert (begun, data) == (start, BODY[start:])
    assert server.requests[0].range == "bytes=120000-"


@pytest.mark.parametrize(
    ("manners", "words"),
    [
        (Manners(cut_after=50_000), "could not be read"),
        (Manners(cut_after=50_000, chunked=True), "could not be read"),
        (Manners(cut_after=50_000, chunked=True, compress="gzip", cut_cleanly=True), "was cut"),
        (Manners(stall_after=50_000), "could not be read"),
        (Manners(drip=True), "too slowly"),
        (Manners(drip=True, length=False), "too slowly"),
        (Manners(drip_headers=True), "too slowly"),
        (Manners(compress="bomb"), "longer than"),
        (Manners(compress="broken gzip"), "compression is broken"),
        (Manners(compress="br"), "compresses as 'br'"),
        (Manners(endless=True), "longer than"),
        (Manners(swap=b"x" * 300_001), "longer than"),
        (Manners(swap=b"x" * 300_001, length=False), "longer than"),
        (Manners(portal=True), "a web page came"),
        (Manners(status=500), "with 500"),
        (Manners(status=429), "with 429"),
        (Manners(status=204), "with 204"),
        (Manners(redirect="loop"), "redirects more than 5 times"),
        (Manners(redirect="ftp://127.0.0.1/x"), "which is not followed"),
        (Manners(redirect="file:///etc/passwd"), "which is not followed"),
    ],
)
def test_bad_manners_are_named_and_end_soon(server: Server, manners: Manners, words: str) -> None:
    slow = manners.stall_after or manners.drip or manners.drip_headers
    source = HttpSource(server.url, QUICK if slow else PATIENT)
    server.manners = manners
    before = time.monotonic()

    with pytest.raises(SourceUnavailable, match=words) as caught:
        fetch(source)

    assert not isinstance(caught.value, FileMissing)
    assert time.monotonic() - before < PATIENT.read / 2
    source.close()
    assert "object at 0x" not in str(caught.value)


def test_body_cut_anywhere_never_passes_for_the_whole(server: Server, source: HttpSource) -> None:
    dice = random.Random(20261120)
    for offset in [0, 1, *(dice.randrange(len(BODY)) for _ in range(20)), len(BODY) - 1]:
        for cleanly in (False, True):
            server.manners = Manners(cut_after=offset, length=not cleanly, cut_cleanly=cleanly)
            data = b""
            try:
                data = fetch(source)[1]
            except SourceUnavailable:
                continue
            # Without a length nobody can tell but by the hash, which is looked at by others.
            assert cleanly
            assert data == BODY[:offset]


@pytest.mark.parametrize("status", [404, 403, 410])
def test_missing_file_is_told_apart(server: Server, source: HttpSource, status: int) -> None:
    server.manners = Manners(status=status)

    with pytest.raises(FileMissing):
        source.read("metadata/2.root.json", 100)


def test_page_in_the_place_of_a_missing_file_is_called_a_page(
    server: Server, source: HttpSource
) -> None:
    server.manners = Manners(soft_404=True)

    with pytest.raises(SourceUnavailable, match="answers missing files with a page") as caught:
        source.read("metadata/2.root.json", 500)

    assert not isinstance(caught.value, FileMissing)
    assert "log-in" in caught.value.advice


def test_one_connection_no_cookies_nothing_compressed_asked_for(
    server: Server, source: HttpSource
) -> None:
    server.manners = Manners(cookies=True)

    for _ in range(3):
        source.read("metadata/timestamp.json", 100)

    assert [request.headers["Accept-Encoding"] for request in server.requests] == ["identity"] * 3
    assert not any("Cookie" in request.headers for request in server.requests)


def test_redirect_to_another_address_is_followed(server: Server, tmp_path: Path) -> None:
    with serving(tmp_path) as elsewhere:
        server.manners = Manners(redirect=elsewhere.url.removesuffix("/feed") + "{path}")
        source = HttpSource(server.url, QUICK)

        assert fetch(source) == (0, BODY)

        source.close()


def test_server_that_is_not_there_is_unavailable(server: Server) -> None:
    server.closing.set()
    source = HttpSource("http://127.0.0.1:9/feed", QUICK)

    with pytest.raises(SourceUnavailable, match="refused"):
        source.read("metadata/timestamp.json", 100)

    source.close()


def test_name_without_an_address_is_unavailable() -> None:
    source = HttpSource("http://no-such-host.invalid/feed", QUICK)

    with pytest.raises(SourceUnavailable, match="could not be read"):
        source.read("metadata/timestamp.json", 100)

    source.close()


def test_interrupted_read_ends_at_once(server: Server) -> None:
    server.manners = Manners(stall_after=10)
    source = HttpSource(server.url, replace(QUICK, read=30.0, whole=60.0))
    server.on_request = lambda _: threading.Timer(0.05, source.interrupt).start()
    before = time.monotonic()

    with pytest.raises(SourceUnavailable, match="stopped while"):
        fetch(source)

    assert time.monotonic() - before < 5
    source.close()


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../secret", "metadata/../../x", "http://other/x", "a//b", "", "a\n"]
)
def test_path_that_leaves_the_feed_is_refused(source: HttpSource, path: str) -> None:
    with pytest.raises(NotUnderstood, match="not an acceptable file name"):
        source.read(path, 100)


@pytest.mark.parametrize("url", ["ftp://x/feed", "/feed", "http://", "http://x/feed?a=1"])
def test_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(SourceUnavailable, match="not a web address"):
        HttpSource(url)


def test_password_in_an_address_is_never_shown() -> None:
    source = HttpSource("https://kiosk:secret@feeds.example/qingshi/")

    assert source.name == "https://feeds.example/qingshi"


@pytest.mark.parametrize(
    ("valid", "words"),
    [
        (timedelta(days=-400), "certificate is not valid on"),
        (timedelta(days=400), "certificate is not valid on"),
    ],
)
def test_certificate_out_of_its_time_hints_at_the_clock(
    server: Server, tmp_path: Path, valid: timedelta, words: str
) -> None:
    pem = _certificate(tmp_path, datetime.now(UTC) + valid)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)

    def wrap(listening: Any) -> Any:
        return context.wrap_socket(listening, server_side=True, do_handshake_on_connect=False)

    with serving(tmp_path, wrap) as safe:
        source = HttpSource(safe.url, QUICK)
        source._session.verify = str(pem)

        with pytest.raises(SourceUnavailable, match=words) as caught:
            source.read("metadata/timestamp.json", 100)

        source.close()
    assert "clock may be wrong" in caught.value.advice


def test_https_with_a_good_certificate_is_read(server: Server, tmp_path: Path) -> None:
    pem = _certificate(tmp_path, datetime.now(UTC))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)

    def wrap(listening: Any) -> Any:
        return context.wrap_socket(listening, server_side=True, do_handshake_on_connect=False)

    with serving(tmp_path, wrap) as safe:
        source = HttpSource(safe.url, QUICK)
        source._session.verify = str(pem)

        assert fetch(source) == (0, BODY)

        source.close()


def _certificate(folder: Path, middle: datetime) -> Path:
    """Write a self-signed certificate for loopback, valid ten days around `middle`, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "feeds.example")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(middle - timedelta(days=5))
        .not_valid_after(middle + timedelta(days=5))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path
