"""Finding and reading a feed on a stick that people carry about."""

import os
from pathlib import Path

import pytest

from sync.errors import NotTrusted, NotUnderstood, SourceUnavailable
from sync.feed.folder import FolderSource
from sync.feed.source import FileMissing
from sync.feed.stick import find_feed, villages_on
from tests.support.office import OfficeInMemory, notice


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    office = OfficeInMemory()
    office.publish(notice())
    for village in ("qingshi", "hongyan"):
        office.write_to(tmp_path / "sunboard" / village)
    return tmp_path


def test_kiosk_takes_its_own_villages_feed(stick: Path) -> None:
    assert find_feed(stick, "hongyan") == stick / "sunboard/hongyan"
    assert villages_on(stick) == ("hongyan", "qingshi")


def test_feeds_own_folder_is_taken_as_it_is(stick: Path) -> None:
    assert find_feed(stick / "sunboard/qingshi", "qingshi") == stick / "sunboard/qingshi"


def test_stick_of_other_villages_names_them(stick: Path) -> None:
    with pytest.raises(SourceUnavailable, match=r"only of: hongyan, qingshi") as caught:
        find_feed(stick, "baiyun")

    assert "for another village" in caught.value.advice


def test_empty_stick_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match="no folder sunboard/qingshi"):
        find_feed(tmp_path, "qingshi")
    with pytest.raises(SourceUnavailable, match="no feed here"):
        find_feed(tmp_path / "gone", "qingshi")


def test_leftovers_of_other_systems_are_passed_over(stick: Path) -> None:
    for name in ("._hongyan", "._.Trashes", ".DS_Store", "..", "A" * 80, "b\x1b[31m"):
        if name != "..":
            (stick / "sunboard" / name).mkdir()
    (stick / "sunboard/qingshi/metadata/._timestamp.json").write_bytes(b"\x00\x05\x16\x07")

    assert villages_on(stick) == ("hongyan", "qingshi")


def test_linked_folders_are_not_followed(stick: Path, tmp_path: Path) -> None:
    (stick / "sunboard/lianjie").symlink_to(stick / "sunboard/qingshi")

    assert villages_on(stick) == ("hongyan", "qingshi")
    with pytest.raises(SourceUnavailable, match="no feed of lianjie"):
        find_feed(stick, "lianjie")


@pytest.mark.parametrize("linked", ["metadata/timestamp.json", "metadata"])
def test_linked_files_are_not_read(stick: Path, linked: str) -> None:
    feed = stick / "sunboard/qingshi"
    (feed / linked).rename(stick / "elsewhere")
    (feed / linked).symlink_to(stick / "elsewhere")

    with pytest.raises(SourceUnavailable, match="could not be read"):
        FolderSource(feed).read("metadata/timestamp.json", 10_000)


def test_pipe_in_the_place_of_a_file_does_not_hang(stick: Path) -> None:
    path = stick / "sunboard/qingshi/metadata/timestamp.json"
    path.unlink()
    os.mkfifo(path)

    with pytest.raises(SourceUnavailable, match="not a plain file"):
        FolderSource(stick / "sunboard/qingshi").read("metadata/timestamp.json", 10_000)


def test_missing_file_is_told_apart(stick: Path) -> None:
    with pytest.raises(FileMissing):
        FolderSource(stick / "sunboard/qingshi").read("metadata/2.root.json", 10_000)


def test_file_over_its_limit_is_not_read(stick: Path) -> None:
    (stick / "sunboard/qingshi/metadata/timestamp.json").write_bytes(b"{" * 10_001)

    with pytest.raises(NotTrusted, match="10,001 bytes, longer than the 10,000"):
        FolderSource(stick / "sunboard/qingshi").read("metadata/timestamp.json", 10_000)


@pytest.mark.parametrize("path", ["../hongyan/metadata/timestamp.json", "/etc/passwd", "metadata/"])
def test_path_that_leaves_the_feed_is_refused(stick: Path, path: str) -> None:
    with pytest.raises(NotUnderstood):
        FolderSource(stick / "sunboard/qingshi").read(path, 10_000)


def test_village_id_cannot_leave_the_stick(stick: Path) -> None:
    with pytest.raises(SourceUnavailable, match="not a village's id"):
        find_feed(stick, "../etc")


def test_reading_goes_on_from_the_middle_and_can_be_interrupted(stick: Path) -> None:
    feed = stick / "sunboard/qingshi"
    (feed / "blobs/file").write_bytes(bytes(100_000))
    source = FolderSource(feed)

    with source.stream("blobs/file", 100_000, start=60_000) as reading:
        rest = b"".join(reading.chunks)
    with source.stream("blobs/file", 100_000) as reading:
        next(reading.chunks)
        source.interrupt()
        with pytest.raises(SourceUnavailable, match="stopped while"):
            next(reading.chunks)

    assert len(rest) == 40_000
