"""Files on the card: whole and durable under their name, or not there at all."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.blobs import Blobs
from sync.errors import CardFull, NotTrusted, NotUnderstood, SourceUnavailable
from sync.feed.layout import ref_of
from sync.notices import BlobRef

DATA = random.Random(3).randbytes(50_000)
REF = ref_of(DATA)


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "data", reserve=0)


def pieces(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), 16_384):
        yield data[start : start + 16_384]


def broken(data: bytes) -> Iterator[bytes]:
    yield data
    raise SourceUnavailable("the line broke")


def test_file_is_kept_whole_under_its_content(blobs: Blobs, tmp_path: Path) -> None:
    blobs.keep(REF, pieces(DATA))

    assert blobs.path(REF) == tmp_path / "data/blobs" / REF.sha256[:2] / REF.sha256
    assert blobs.read(REF) == DATA
    assert blobs.has(REF)
    assert blobs.intact(REF)
    assert not list((tmp_path / "data/partial").iterdir())


def test_file_that_broke_off_goes_on_where_it_was(blobs: Blobs) -> None:
    with pytest.raises(SourceUnavailable, match="the line broke"):
        blobs.keep(REF, broken(DATA[:20_000]))

    assert (blobs.begun(REF), blobs.has(REF)) == (20_000, False)
    blobs.keep(REF, pieces(DATA[20_000:]), start=20_000)
    assert blobs.intact(REF)


def test_source_that_begins_again_overwrites_what_was_begun(blobs: Blobs) -> None:
    with pytest.raises(SourceUnavailable):
        blobs.keep(REF, broken(b"other bytes"))

    blobs.keep(REF, pieces(DATA), start=0)

    assert blobs.intact(REF)


def test_file_that_ends_early_stays_begun(blobs: Blobs) -> None:
    with pytest.raises(SourceUnavailable, match="broke off at 100 of 50,000 bytes"):
        blobs.keep(REF, [DATA[:100]])

    assert blobs.begun(REF) == 100


@pytest.mark.parametrize("wrong", [DATA[:-1] + b"\x00", DATA + b"more", b"x" * len(DATA)])
def test_other_bytes_are_dropped(blobs: Blobs, tmp_path: Path, wrong: bytes) -> None:
    with pytest.raises(NotTrusted, match="not what the seals cover"):
        blobs.keep(REF, pieces(wrong))

    assert not blobs.has(REF)
    assert blobs.begun(REF) == 0
    assert not list((tmp_path / "data/partial").iterdir())


def test_damage_is_seen_and_the_file_replaced(blobs: Blobs) -> None:
    blobs.keep(REF, pieces(DATA))
    blobs.path(REF).write_bytes(b"y" + DATA[1:])

    assert (blobs.has(REF), blobs.intact(REF), blobs.read(REF)) == (True, False, None)
    blobs.keep(REF, pieces(DATA))
    assert blobs.intact(REF)


def test_only_what_is_kept_stays(blobs: Blobs) -> None:
    other = ref_of(b"other")
    blobs.keep(REF, pieces(DATA))
    blobs.keep(other, [b"other"])
    with pytest.raises(SourceUnavailable):
        blobs.keep(ref_of(b"begun"), broken(b"b"))

    removed = blobs.prune({other.sha256})

    assert removed == 2
    assert (blobs.has(REF), blobs.has(other), blobs.begun(ref_of(b"begun"))) == (False, True, 0)


@pytest.mark.parametrize("name", ["../../etc/passwd", "A" * 64, "", "0" * 63, "0" * 65])
def test_name_that_is_no_hash_is_refused(blobs: Blobs, name: str) -> None:
    with pytest.raises(NotUnderstood):
        blobs.path(BlobRef(name, 5))


def test_claim_of_ten_gigabytes_is_refused_by_name(blobs: Blobs) -> None:
    with pytest.raises(NotUnderstood):
        blobs.keep(BlobRef(REF.sha256, 10 << 30), [b""])


def test_room_is_looked_for_before_anything_is_written(tmp_path: Path) -> None:
    free = os.statvfs(tmp_path).f_bavail * os.statvfs(tmp_path).f_frsize
    blobs = Blobs(tmp_path / "data", reserve=free)

    with pytest.raises(CardFull, match="must stay free"):
        blobs.keep(REF, pieces(DATA))

    assert not (tmp_path / "data/partial").exists()


def test_file_size_limit_in_mid_write_counts_as_a_full_card(tmp_path: Path) -> None:
    code = """
import resource, signal, sys
from pathlib import Path
from sync.blobs import Blobs
from sync.errors import CardFull
from sync.feed.layout import ref_of
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
data, folder = bytes(50_000), Path(sys.argv[1])
try:
    Blobs(folder, reserve=0).keep(ref_of(data), [data[:16_000], data[16_000:]])
except CardFull as error:
    assert not list((folder / "partial").iterdir())
    print("full")
"""
    ended = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "data"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert ended.stdout == "full\n"


def test_card_full_in_mid_write_drops_what_came_and_says_so(tmp_path: Path) -> None:
    card = tmp_path / "card"
    card.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", card],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    if mounted.returncode:
        pytest.skip(f"a small card cannot be mounted here: {mounted.stderr.strip()}")
    try:
        blobs = Blobs(card, reserve=0)
        first = ref_of(DATA[:30_000])
        blobs.keep(first, pieces(DATA[:30_000]))

        with pytest.raises(CardFull, match="card is full") as caught:
            # Somebody else fills the card after the look at its free space.
            blobs.keep(REF, filling(card, DATA))

        assert "larger card" in caught.value.advice
        assert not list((card / "partial").iterdir())
        assert blobs.intact(first)
    finally:
        subprocess.run(["umount", card], check=True)


def filling(card: Path, data: bytes) -> Iterator[bytes]:
    for piece in pieces(data):
        yield piece
        with (card / "log").open("ab") as log:
            log.write(bytes(12_288))


def test_card_that_cannot_be_written_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"a file where the folder should be")

    with pytest.raises(CardFull, match="cannot be written") as caught:
        Blobs(tmp_path / "data", reserve=0).keep(REF, pieces(DATA))

    assert "new card" in caught.value.advice
