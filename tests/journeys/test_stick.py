"""A feed on a real FAT stick: written, carried, read; worn, crowded and too small."""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.feed.folder import FolderSource
from sync.feed.layout import ref_of
from sync.feed.stick import find_feed, villages_on
from sync.notices import Picture
from sync.records import Outcome
from tests.support.kiosk import KioskInTest
from tests.support.office import OfficeInMemory, notice
from tests.support.stick import MISSING_TOOLS, FatStick

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(MISSING_TOOLS, reason="mtools are not installed: no FAT image can be made"),
]


@pytest.fixture
def office() -> OfficeInMemory:
    office = OfficeInMemory()
    picture = random.Random(1).randbytes(200_000)
    posted = notice("有照片", blocks=(Picture(ref_of(picture), 100, 100),), reading=())
    office.publish(notice("周五停水"), posted, blobs=[picture])
    return office


@pytest.fixture
def kiosk(tmp_path: Path, office: OfficeInMemory) -> Iterator[KioskInTest]:
    made = KioskInTest(tmp_path / "data", office)
    yield made
    made.close()


@pytest.fixture
def stick(tmp_path: Path, office: OfficeInMemory) -> FatStick:
    office.write_to(tmp_path / "feed")
    stick = FatStick(tmp_path / "stick.img")
    stick.put(tmp_path / "feed", "sunboard/qingshi")
    return stick


def test_board_travels_on_a_fat_stick(stick: FatStick, kiosk: KioskInTest, tmp_path: Path) -> None:
    carried = stick.read_out(tmp_path / "carried")

    attempt = kiosk.sync_from(FolderSource(find_feed(carried, "qingshi")))

    assert stick.names("sunboard/qingshi") == ["blobs", "metadata", "targets"]
    assert (attempt.outcome, attempt.notices) == (Outcome.NEW, 2)
    assert kiosk.prove() == ["周五停水", "有照片"]


def test_board_travels_on_a_mounted_fat_stick(
    stick: FatStick, kiosk: KioskInTest, tmp_path: Path
) -> None:
    with stick.mounted(tmp_path / "mnt") as mounted:
        if mounted is None:
            pytest.skip("this kernel cannot mount vfat; the image is read with mtools elsewhere")
        assert kiosk.sync_from(FolderSource(find_feed(mounted, "qingshi"))).outcome is Outcome.NEW

    assert kiosk.prove() == ["周五停水", "有照片"]


def test_crowded_stick_gives_each_village_its_own(
    stick: FatStick, kiosk: KioskInTest, office: OfficeInMemory, tmp_path: Path
) -> None:
    stick.put(tmp_path / "feed", "sunboard/hongyan")
    rubbish = tmp_path / "rubbish"
    rubbish.mkdir()
    for name in ("._qingshi", ".DS_Store", "照片 1.jpg", "System Volume Information"):
        (rubbish / name).write_bytes(b"\x00\x05\x16\x07")
    stick.put(rubbish, "sunboard")

    carried = stick.read_out(tmp_path / "carried")

    assert villages_on(carried) == ("hongyan", "qingshi")
    assert kiosk.sync_from(FolderSource(find_feed(carried, "qingshi"))).outcome is Outcome.NEW


def test_worn_stick_is_refused_and_yesterdays_board_stays(
    stick: FatStick, kiosk: KioskInTest, office: OfficeInMemory, tmp_path: Path
) -> None:
    kiosk.sync_from(FolderSource(tmp_path / "feed"))
    office.publish(notice("周六停水", id="sat"))
    office.write_to(tmp_path / "feed")
    stick.put(tmp_path / "feed", "sunboard/qingshi")
    assert stick.wear(b'"id":"sat","revision":')

    carried = stick.read_out(tmp_path / "carried")
    attempt = kiosk.sync_from(FolderSource(find_feed(carried, "qingshi")))

    assert attempt.outcome is Outcome.NOT_TRUSTED
    assert kiosk.prove() == ["周五停水", "有照片"]


def test_stick_torn_out_while_it_was_written_brings_nothing_or_all(
    kiosk: KioskInTest, office: OfficeInMemory, tmp_path: Path
) -> None:
    office.write_to(tmp_path / "feed")
    kiosk.sync_from(FolderSource(tmp_path / "feed"))
    for title in ("一", "二", "三"):
        office.publish(notice(title))
    office.write_to(tmp_path / "feed")
    whole = FatStick(tmp_path / "whole.img", megabytes=4)
    whole.put(tmp_path / "feed", "sunboard/qingshi")
    data = whole.image.read_bytes()

    for step, kept in enumerate(range(0, 400_000, 40_000)):
        # What the system had not yet written when the stick went is still empty.
        torn = FatStick(tmp_path / f"torn{step}.img", megabytes=4)
        torn.image.write_bytes(data[: 60_000 + kept] + bytes(len(data) - 60_000 - kept))
        carried = torn.read_out(tmp_path / f"carried{step}")
        kiosk.attempts.sync(FolderSource(carried / "sunboard/qingshi"))

        assert kiosk.prove() in (
            ["周五停水", "有照片"],
            ["一", "三", "二", "周五停水", "有照片"],
        )


def test_stick_too_small_for_the_feed_says_so(office: OfficeInMemory, tmp_path: Path) -> None:
    office.write_to(tmp_path / "feed")
    stick = FatStick(tmp_path / "small.img", megabytes=1)
    (tmp_path / "feed/blobs/large").write_bytes(bytes(2 << 20))

    with pytest.raises(OSError, match=r"(?i)full|space"):
        stick.put(tmp_path / "feed", "sunboard/qingshi")


def test_program_imports_what_the_stick_carries(
    stick: FatStick, office: OfficeInMemory, kiosk: KioskInTest, tmp_path: Path
) -> None:
    carried = stick.read_out(tmp_path / "carried")
    (tmp_path / "root.json").write_bytes(office.anchor)
    (tmp_path / "kiosk.toml").write_text(
        f'[kiosk]\nid = "k1"\nname = "村口"\nvillage = "qingshi"\ndata = "{kiosk.data}"\n'
        f'[sync]\nanchor = "{tmp_path}/root.json"\n'
    )

    ended = subprocess.run(
        [sys.executable, "-m", "sync.agent", "--settings", tmp_path / "kiosk.toml",
         "import", carried],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert ended.returncode == 0, ended.stderr
    assert kiosk.prove() == ["周五停水", "有照片"]
