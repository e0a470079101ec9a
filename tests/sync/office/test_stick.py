"""The stick: the same files, checked for room before, read back after, whole whenever it is pulled."""

import contextlib
import shutil
from pathlib import Path

import pytest

from sync.errors import BadInput, NotAllowed, OfficeError
from sync.feed import durable
from tests.sync.office.conftest import TEXT


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def on(stick: Path) -> Path:
    return stick / "sunboard" / "qingshi"


def test_stick_holds_a_feed_that_a_kiosk_takes(desk, stick):
    desk.publish("water")
    desk.publish("road")

    done = desk.office.export(stick)

    assert done.folder == on(stick)
    assert desk.hanging(on(stick)) == [("water", 1), ("road", 1)]


def test_second_export_writes_only_what_is_new(desk, stick):
    desk.publish("water")
    desk.office.export(stick)
    desk.publish("road")

    done = desk.office.export(stick)

    assert (done.written, done.kept) == (1, 2)
    assert desk.hanging(on(stick)) == [("water", 1), ("road", 1)]


def test_what_the_board_no_longer_needs_goes_from_the_stick(desk, stick):
    desk.publish("water")
    desk.office.export(stick)
    old = {path.name for path in on(stick).rglob("*.notices.json")}
    (on(stick) / "metadata/._timestamp.json").write_bytes(b"left by macOS")
    desk.clock.time = desk.clock.time.replace(month=12)
    desk.publish("road")

    done = desk.office.export(stick)

    assert done.removed == 5  # index, notices, snapshot, the notice now inline in its month, ._
    assert old.isdisjoint(path.name for path in on(stick).rglob("*"))
    assert desk.hanging(on(stick)) == [("water", 1), ("road", 1)]


def test_other_files_and_other_villages_on_the_stick_are_left_alone(desk, stick):
    desk.publish()
    others = [stick / "照片.jpg", stick / "sunboard/baishi/metadata/timestamp.json"]
    for other in others:
        other.parent.mkdir(parents=True, exist_ok=True)
        other.write_bytes(b"not ours")

    desk.office.export(stick)

    assert [other.read_bytes() for other in others] == [b"not ours"] * 2


def test_full_stick_is_refused_before_anything_is_written(desk, stick):
    desk.publish()

    with pytest.raises(OfficeError, match="not enough room"):
        desk.office.export(stick, room=lambda _: 1_000)

    assert list(stick.iterdir()) == []


def test_damaged_file_on_the_stick_is_written_again(desk, stick):
    desk.publish()
    desk.office.export(stick)
    spoilt = next(path for path in on(stick).rglob("blobs/*/*"))
    spoilt.write_bytes(bytes(len(spoilt.read_bytes())))

    desk.office.export(stick)

    assert desk.hanging(on(stick)) == [("water", 1)]


@pytest.mark.parametrize("steps", range(0, 12, 2))
def test_stick_pulled_while_copying_still_carries_the_board_before(desk, stick, monkeypatch, steps):
    desk.publish("water")
    desk.office.export(stick)
    desk.clock.time = desk.clock.time.replace(month=12)
    desk.publish("road")
    left = iter(range(steps))
    honest = durable.sync_folder

    def pulled(folder: Path) -> None:
        if stick in folder.parents and next(left, None) is None:
            raise OSError(5, "Input/output error")
        honest(folder)

    with monkeypatch.context() as patch:
        patch.setattr(durable, "sync_folder", pulled)
        with contextlib.suppress(OfficeError):
            desk.office.export(stick)

    assert ("water", 1) in desk.hanging(on(stick))
    desk.office.export(stick)
    assert desk.hanging(on(stick)) == [("water", 1), ("road", 1)]


def test_lost_office_goes_on_from_an_old_backup_and_the_newest_stick(desk, stick, tmp_path):
    desk.publish("water")
    desk.ready("road")
    shutil.copytree(desk.folder, tmp_path / "backup")
    desk.seal()
    desk.office.export(stick)
    shown = desk.feed().board.versions
    shutil.rmtree(desk.folder)

    shutil.copytree(tmp_path / "backup", desk.folder)
    shutil.copytree(on(stick), desk.office.feed, dirs_exist_ok=True)
    desk.publish("snow")

    assert desk.hanging() == [("water", 1), ("road", 1), ("snow", 1)]
    assert desk.feed().board.versions.number == shown.number + 1


def test_missing_stick_is_named(desk, tmp_path):
    desk.publish()

    with pytest.raises(BadInput, match="no such stick"):
        desk.office.export(tmp_path / "nowhere")


def test_link_on_the_stick_is_not_followed(desk, stick, tmp_path):
    desk.publish()
    desk.office.export(stick)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious").write_bytes(b"x")
    shutil.rmtree(on(stick) / "blobs")
    (on(stick) / "blobs").symlink_to(elsewhere)

    with pytest.raises(BadInput, match="link"):
        desk.office.export(stick)

    assert (elsewhere / "precious").exists()


def test_nothing_published_is_nothing_to_copy(desk, stick):
    desk.ready("water", TEXT)

    with pytest.raises(NotAllowed, match="nothing is published"):
        desk.office.export(stick)


def test_old_backup_does_not_overwrite_a_newer_stick(desk, stick, tmp_path):
    desk.publish()
    shutil.copytree(desk.folder, tmp_path / "backup")
    desk.publish("road")
    desk.office.export(stick)
    newest = {path: path.read_bytes() for path in stick.rglob("*.json")}
    shutil.rmtree(desk.folder)
    shutil.copytree(tmp_path / "backup", desk.folder)
    desk.publish("other")

    with pytest.raises(OfficeError, match="newer board") as refused:
        desk.office.export(stick)

    assert "备份" in refused.value.advice
    assert {path: path.read_bytes() for path in stick.rglob("*.json")} == newest
