"""One bad notice under two good seals: it is set aside and named, and everybody else's go on."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from sync.feed.layout import Entry
from sync.notices import Picture
from tests.support.office import OfficeInMemory, notice
from tests.support.square import Square, open_status, touch

pytestmark = pytest.mark.journey


@pytest.fixture
def office() -> OfficeInMemory:
    """Return an office that opened yesterday, by whatever clock this machine has."""
    return OfficeInMemory(now=datetime.now(UTC) - timedelta(days=1))


def carried(office: OfficeInMemory, tmp_path: Path) -> Square:
    """Return a kiosk that has taken all that the office published."""
    feed, anchor = tmp_path / "feed", tmp_path / "root.json"
    office.write_to(feed)
    anchor.write_bytes(office.anchor)
    square = Square(tmp_path / "kiosk", anchor)
    assert square.take(feed).status == 0
    return square


def test_sealed_garbage_is_set_aside_and_named_on_the_status_page(
    office: OfficeInMemory, tmp_path: Path
) -> None:
    today = office.now.date()
    office.publish(notice("周五停水", posted=today), notice("周六开会", posted=today))
    garbage = office.keep(b'{"format": 1, "title": "\x00\xff')
    entry = Entry("garbage-7", 1, "zdxm", today, today, garbage)
    index = office.index()
    office.publish_index(msgspec.structs.replace(index, entries=(*index.entries, entry)))
    square = carried(office, tmp_path)

    with square.window() as window:
        window.wait_for_screen("idle")
        touch(window, window.labels()[-1], "notice")
        touch(window, "首页", "home")
        home = window.text()
        open_status(window)
        window.wait_for_text("搁置不显示")
        status = window.text()

    assert "周五停水" in home
    assert "周六开会" in home
    assert "garbage-7" not in home
    assert "garbage-7 (1)" in status
    assert "2 条在公示" in status


@pytest.mark.parametrize("data", [b"no picture at all", b"\xff\xd8\xff\xe0 cut", "huge"])
def test_picture_that_cannot_be_decoded_leaves_its_notice_readable(
    office: OfficeInMemory, tmp_path: Path, data: bytes | str
) -> None:
    blob = huge() if isinstance(data, str) else data
    ref = office.keep(blob)
    picture = Picture(ref, 1600, 1200, "硬化后的村道")
    posted = notice("村道竣工", posted=office.now.date())
    blocks = (*posted.blocks, picture)
    office.publish(
        msgspec.structs.replace(posted, blocks=blocks),
        notice("周五停水", posted=office.now.date()),
    )
    square = carried(office, tmp_path)

    with square.window() as window:
        window.wait_for_screen("idle")
        touch(window, window.labels()[-1], "notice")
        touch(window, "首页", "home")
        touch(window, "村道竣工", "notice")
        window.wait_for_text("硬化后的村道")
        read = window.text()
        window.tap("硬化后的村道")
        window.wait_for_screen("picture")
        touch(window, "首页", "home")
        touch(window, "周五停水", "notice")

    assert "因检修管道，周五停水一天。" in read


def huge() -> bytes:
    """Return a small file that says it is a picture of 400 million pixels."""
    data = BytesIO()
    Image.new("1", (20_000, 20_000)).save(data, "PNG", optimize=True)
    return data.getvalue()
