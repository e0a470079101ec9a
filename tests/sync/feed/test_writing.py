"""A feed in a folder: written whole or not at all, read back within limits."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sync.errors import NotTrusted, NotUnderstood, OfficeError, SourceUnavailable
from sync.feed.gate import verify
from sync.feed.keys import new_key
from sync.feed.layout import FeedFiles, ref_of
from sync.feed.writing import metadata_paths, read_feed, write_feed
from sync.notices import BlobRef
from tests.support.office import OfficeInMemory, notice


@pytest.fixture
def office() -> OfficeInMemory:
    office = OfficeInMemory()
    office.publish(notice("周五停水"))
    return office


@contextmanager
def no_room_for_more_than(size: int) -> Iterator[None]:
    """Let the kernel refuse files of more than `size` bytes, as a full medium does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_written_feed_reads_back_as_it_was(office, tmp_path):
    office.write_to(tmp_path)

    assert read_feed(tmp_path) == office.files()
    assert {name for name in tree(tmp_path) if name.startswith("blobs/")} == {
        f"blobs/{sha256[:2]}/{sha256}" for sha256 in office.blobs
    }


def test_folder_without_a_feed_holds_none(tmp_path):
    assert read_feed(tmp_path) is None
    assert read_feed(tmp_path / "missing") is None


def test_founded_feed_is_kept_until_its_first_board(tmp_path):
    office = OfficeInMemory()
    office.write_to(tmp_path)
    assert read_feed(tmp_path) == office.files()

    office.rotate(online=new_key("office", "新机器"))
    office.write_to(tmp_path)
    assert read_feed(tmp_path) == office.files()


def test_every_root_is_written_for_kiosks_that_were_off_for_long(office, tmp_path):
    for _ in range(3):
        office.rotate(online=new_key("office", "新机器"))
    office.write_to(tmp_path)

    files = read_feed(tmp_path)

    assert [f"metadata/{number}.root.json" in tree(tmp_path) for number in range(1, 6)] == [
        True,
        True,
        True,
        True,
        False,
    ]
    assert verify(files, office.anchor).versions.root == 4


def test_what_is_there_already_is_left_alone(office, tmp_path):
    office.write_to(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}

    office.write_to(tmp_path)

    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert after == before


def test_damaged_file_is_written_again(office, tmp_path):
    office.write_to(tmp_path)
    whole = tree(tmp_path)
    for name in whole:
        (tmp_path / name).write_bytes(b"")

    office.write_to(tmp_path)

    assert tree(tmp_path) == whole


def test_power_cut_between_any_two_files_leaves_a_whole_board(office, tmp_path):
    before = office.files()
    office.write_to(tmp_path)
    after = office.publish(notice("周六停水"))

    for path, data in metadata_paths(after).items():
        (tmp_path / path).write_bytes(data)
        found = read_feed(tmp_path)
        assert found == (after if path.endswith("timestamp.json") else before)
        assert verify(found, office.anchor)


def test_full_medium_keeps_the_board_before_and_no_partial_file(office, tmp_path):
    office.write_to(tmp_path)
    before = tree(tmp_path)
    picture = os.urandom(200_000)
    office.publish(notice("周六停水"), blobs=[picture])

    with no_room_for_more_than(100_000), pytest.raises(OfficeError, match="no room left") as full:
        office.write_to(tmp_path)

    assert "larger stick" in full.value.advice
    after = tree(tmp_path)
    assert before.items() <= after.items()
    assert not [name for name in after if "partial" in name]
    assert read_feed(tmp_path) is not None
    assert verify(read_feed(tmp_path), office.anchor).index.number == 1


def test_folder_that_is_no_folder_is_said_to(office, tmp_path):
    (tmp_path / "feed").write_text("a file")

    with pytest.raises(OfficeError, match="cannot be written"):
        office.write_to(tmp_path / "feed")


@pytest.mark.parametrize("path", ["../outside", "A" * 64, "", "0" * 63])
def test_blob_under_a_false_name_is_never_written(office, tmp_path, path):
    folder = tmp_path / "feed"

    with pytest.raises((NotTrusted, NotUnderstood)):
        write_feed(folder, office.files(), {BlobRef(path, 1): b"x"})

    assert tree(tmp_path) == {}


def test_what_is_no_feed_is_not_written(tmp_path):
    data = b"x"

    with pytest.raises(NotTrusted):
        write_feed(tmp_path, FeedFiles((b"{}",), data, data, data, data, data), {})

    assert tree(tmp_path) == {}


@pytest.mark.parametrize(
    "name", ["timestamp.json", "1.snapshot.json", "1.notices.json", "1.root.json"]
)
def test_file_that_claims_gigabytes_is_not_read_whole(office, tmp_path, name):
    office.write_to(tmp_path)
    with (tmp_path / "metadata" / name).open("wb") as file:
        file.truncate(10 << 30)

    with pytest.raises(NotTrusted, match="more than 65,536 bytes"):
        read_feed(tmp_path)


@pytest.mark.parametrize("name", ["1.snapshot.json", "1.targets.json", "1.notices.json"])
def test_missing_file_is_named(office, tmp_path, name):
    office.write_to(tmp_path)
    (tmp_path / "metadata" / name).unlink()

    with pytest.raises(SourceUnavailable, match=f"lacks {name}"):
        read_feed(tmp_path)


def test_files_of_other_systems_beside_a_feed_do_no_harm(office, tmp_path):
    office.write_to(tmp_path)
    (tmp_path / "metadata" / "._timestamp.json").write_bytes(b"\x00\x05\x16\x07")
    (tmp_path / "metadata" / "._1.root.json").write_bytes(b"\x00\x05\x16\x07")

    assert read_feed(tmp_path) == office.files()


def test_named_pipe_in_place_of_a_file_does_not_hang(office, tmp_path):
    office.write_to(tmp_path)
    (tmp_path / "metadata" / "1.snapshot.json").unlink()
    os.mkfifo(tmp_path / "metadata" / "1.snapshot.json")

    with pytest.raises(SourceUnavailable, match=r"lacks 1\.snapshot\.json"):
        read_feed(tmp_path)


def test_index_named_by_a_path_is_not_followed(office, tmp_path):
    files = office.files()
    name = ref_of(files.index).sha256.encode()
    climbing = files.notices.replace(name, b"../" * 20 + b"etc/passwd")
    office.write_to(tmp_path)
    (tmp_path / "metadata" / "1.notices.json").write_bytes(climbing)

    with pytest.raises(NotTrusted, match="the seals name no index"):
        read_feed(tmp_path)


def test_folder_that_cannot_be_read_is_a_source_that_is_gone(office, tmp_path):
    office.write_to(tmp_path)
    timestamp = tmp_path / "metadata" / "timestamp.json"
    timestamp.unlink()
    timestamp.symlink_to("/proc/self/mem")

    with pytest.raises(SourceUnavailable, match=r"timestamp\.json"):
        read_feed(tmp_path)
