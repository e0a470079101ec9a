"""Pulling a board from servers of every kind: honest, broken, and of somebody else."""

from pathlib import Path

import pytest

from sync.feed.http import HttpSource
from sync.records import Outcome
from tests.support.kiosk import KioskInTest
from tests.support.office import OfficeInMemory, notice
from tests.support.server import PORTAL_PAGE, Manners, Server


@pytest.mark.parametrize(
    "manners",
    [
        Manners(ranges="ignored"),
        Manners(ranges="refused"),
        Manners(ranges="wrong start"),
        Manners(length=False),
        Manners(chunked=True),
        Manners(compress="gzip"),
        Manners(compress="deflate", length=False),
        Manners(cookies=True),
    ],
)
def test_honest_server_of_any_kind_brings_the_board(
    kiosk: KioskInTest,
    office: OfficeInMemory,
    folder: Path,
    server: Server,
    web: HttpSource,
    manners: Manners,
) -> None:
    office.publish(notice("周五停水"))
    office.write_to(folder)
    server.manners = manners

    assert kiosk.sync_from(web).outcome is Outcome.NEW
    assert kiosk.prove() == ["周五停水"]


@pytest.mark.parametrize(
    "manners",
    [
        Manners(portal=True),
        Manners(soft_404=True),
        Manners(status=500),
        Manners(status=503, only="blobs"),
        Manners(redirect="loop"),
        Manners(endless=True),
        Manners(endless=True, only="blobs"),
        Manners(compress="bomb"),
        Manners(compress="broken gzip", only="notices"),
        Manners(cut_after=100),
        Manners(cut_after=100, length=False, cut_cleanly=True),
        Manners(cut_after=0, only="blobs"),
        Manners(cut_after=0, only="blobs", length=False, cut_cleanly=True),
        Manners(cut_after=100, only="targets", length=False, cut_cleanly=True),
        Manners(stall_after=100),
        Manners(drip=True),
        Manners(drip_headers=True, only="blobs"),
        Manners(portal=True, only="blobs"),
        Manners(status=404, only="blobs"),
        Manners(status=404, only="timestamp"),
        Manners(status=404, only="snapshot"),
        Manners(status=404, only="targets/"),
        Manners(swap=b"", only="timestamp"),
        Manners(swap=b'{"error": "not found"', only="timestamp"),
        Manners(swap=b"\x00" * 400),
    ],
)
def test_broken_server_is_unavailable_and_yesterdays_board_stays(
    kiosk: KioskInTest,
    office: OfficeInMemory,
    folder: Path,
    server: Server,
    web: HttpSource,
    manners: Manners,
) -> None:
    office.publish(notice("周五停水"))
    office.write_to(folder)
    kiosk.sync_from(web)
    office.publish(notice("周六停水"))
    office.write_to(folder)
    server.manners = manners

    attempt = kiosk.sync_from(web)

    assert attempt.outcome is Outcome.UNAVAILABLE, attempt.detail
    assert kiosk.prove() == ["周五停水"]
    server.manners = Manners()
    assert kiosk.sync_from(web).outcome is Outcome.NEW
    assert kiosk.prove() == ["周五停水", "周六停水"]


def test_captive_portal_is_explained_in_plain_words(
    kiosk: KioskInTest, server: Server, web: HttpSource
) -> None:
    server.manners = Manners(portal=True)

    attempt = kiosk.sync_from(web)

    assert "log-in page" in attempt.detail
    assert "Check the network" in attempt.advice


def test_page_of_another_kind_never_becomes_a_notice(
    kiosk: KioskInTest, office: OfficeInMemory, folder: Path, server: Server, web: HttpSource
) -> None:
    office.publish(notice("周五停水"))
    office.write_to(folder)
    server.manners = Manners(swap=PORTAL_PAGE, only="blobs")

    assert kiosk.sync_from(web).outcome is Outcome.UNAVAILABLE
    assert not list(kiosk.data.glob("blobs/*/*"))


def test_servers_words_cannot_steer_a_terminal_or_the_screen(
    kiosk: KioskInTest, server: Server, web: HttpSource
) -> None:
    server.manners = Manners(redirect="ftp://x/\x1b[31m\x9d" + "long" * 500)

    attempt = kiosk.sync_from(web)

    assert attempt.outcome is Outcome.UNAVAILABLE
    assert attempt.detail.isprintable()
    assert len(attempt.detail) <= 400
