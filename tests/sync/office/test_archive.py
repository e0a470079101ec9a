"""The archive grows, what one more notice costs doesn't."""

from sync.feed import gate
from sync.feed.layout import encode
from tests.support.archive import ArchiveInMemory
from tests.support.office import notice


def test_archive_of_a_thousand_notices_is_verified_whole():
    archive = ArchiveInMemory(1_000)

    board = gate.verify(archive.files(), archive.anchor)
    feed = gate.open_feed(board, archive.read, months=100)

    assert len(feed.postings) == 1_000
    assert feed.set_aside == ()
    assert len(archive.index.entries) == 20


def test_one_more_notice_costs_the_same_however_large_the_archive():
    sizes = {}
    for count in (100, 3_000):
        archive = ArchiveInMemory(count)
        archive.publish(notice("新公示"))
        files = archive.files()
        sizes[count] = len(encode(archive.index)) + sum(
            map(len, (files.timestamp, files.snapshot, files.notices))
        )

    assert abs(sizes[3_000] - sizes[100]) < 100
    assert sizes[3_000] < 10_000


def test_archive_keeps_no_file_that_its_board_does_not_need(tmp_path):
    archive = ArchiveInMemory(100)

    assert len(archive.blobs) == 1 + 4 + 20  # village, four closed months, this month's notices
