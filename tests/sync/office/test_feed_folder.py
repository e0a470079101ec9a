"""The office's own feed folder, damaged or tampered with: nothing is built upon it."""

import os

import pytest

from sync.errors import OfficeError
from sync.feed.layout import blob_path
from sync.feed.writing import read_feed
from sync.office.keys import Duty


@pytest.mark.parametrize("name", ["timestamp.json", "1.snapshot.json", "1.notices.json"])
def test_changed_metadata_is_found_before_anything_is_done(desk, name):
    desk.publish()
    path = desk.office.feed / "metadata" / name
    path.write_bytes(path.read_bytes().replace(b"2027", b"2028"))

    with pytest.raises(OfficeError, match="damaged or was changed") as found:
        desk.office.status()

    assert "备份" in found.value.advice


@pytest.mark.parametrize("name", ["1.notices.json", "1.snapshot.json", "timestamp.json"])
def test_lost_metadata_is_found(desk, name):
    desk.publish()
    (desk.office.feed / "metadata" / name).unlink()

    with pytest.raises(OfficeError, match="damaged"):
        desk.office.status()


def test_lost_timestamp_and_snapshot_never_begin_a_second_first_board(desk):
    desk.publish()
    for name in ("timestamp.json", "1.snapshot.json"):
        (desk.office.feed / "metadata" / name).unlink()

    with pytest.raises(OfficeError, match=r"timestamp\.json") as found:
        desk.office.status()

    assert "备份" in found.value.advice


def test_status_finds_a_lost_picture_or_notice_before_the_web_does(desk):
    desk.publish()
    ref = desk.feed().board.index.entries[0].notice
    (desk.office.feed / blob_path(ref)).unlink()

    with pytest.raises(OfficeError, match="published file is lost"):
        desk.office.status()


def test_lost_root_is_found_though_the_others_are_there(desk):
    desk.publish()
    desk.office.rotate(Duty.SUPERVISOR_ROOT_A, confirm=bool)
    (desk.office.feed / "metadata/1.root.json").unlink()

    with pytest.raises(OfficeError, match="root file is lost"):
        desk.office.status()


def test_empty_feed_folder_is_named(desk):
    (desk.office.feed / "metadata/1.root.json").unlink()

    with pytest.raises(OfficeError, match="empty"):
        desk.office.status()


@pytest.mark.parametrize("damage", ["lost", "changed"])
def test_damaged_notice_is_not_sealed_again_nor_copied(desk, tmp_path, damage):
    desk.publish()
    ref = desk.feed().board.index.entries[0].notice
    path = desk.office.feed / blob_path(ref)
    if damage == "lost":
        path.unlink()
    else:
        path.write_bytes(b"x" * ref.length)
    (tmp_path / "stick").mkdir()

    with pytest.raises(OfficeError, match=ref.sha256[:12]):
        desk.office.withdraw("water", reason="重复")
    with pytest.raises(OfficeError, match=ref.sha256[:12]):
        desk.office.export(tmp_path / "stick")


def test_feed_of_another_village_is_not_taken_over(desk, tmp_path):
    desk.publish()
    stranger = desk.office.feed / "metadata/1.root.json"
    stranger.write_bytes(stranger.read_bytes().replace(b"2031", b"2032"))

    with pytest.raises(OfficeError, match="damaged"):
        desk.office.status()


def test_damaged_journal_is_said(desk):
    desk.publish()
    (desk.folder / "sealing/publishing.json").write_bytes(b"{")

    with pytest.raises(OfficeError, match=r"publishing\.json"):
        desk.office.status()


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_read_only_office_is_said(desk):
    desk.folder.chmod(0o500)

    with pytest.raises(OfficeError, match="cannot be written"):
        desk.office.status()


def test_only_the_feed_folder_needs_to_be_served(desk):
    desk.publish()

    assert read_feed(desk.office.feed) is not None
    assert {path.name for path in desk.office.feed.iterdir()} == {"metadata", "targets", "blobs"}
