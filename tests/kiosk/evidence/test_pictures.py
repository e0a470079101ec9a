"""Pictures of the window that go into the inspection pack."""

import hashlib
import os
from pathlib import Path

import pytest
from PIL import Image

from kiosk.evidence import pictures as module
from kiosk.evidence.pictures import Photo, Pictures


def photo(notice: str, *, width: int = 1080, height: int = 1920) -> Photo:
    """Return a window that is red below and white above, as OpenGL reads it."""
    below, above = b"\xff\x00\x00\xff", b"\xff\xff\xff\xff"
    half = width * height // 2
    return Photo(notice, 2, width, height, below * half + above * (width * height - half))


@pytest.mark.parametrize(
    ("size", "small"), [((1080, 1920), (540, 960)), ((1920, 1080), (960, 540))]
)
def test_picture_is_small_upright_and_what_its_hash_says(
    tmp_path: Path, size: tuple[int, int], small: tuple[int, int]
) -> None:
    pictures = Pictures(tmp_path / "pictures")

    sha256 = pictures.keep(photo("water", width=size[0], height=size[1]))

    path = pictures.path("water", 2)
    with Image.open(path) as kept:
        assert kept.size == small
        assert kept.getpixel((9, 9)) == (255, 255, 255)
        red, green, _ = kept.getpixel((9, small[1] - 9))  # type: ignore[misc]
        assert (red > 240, green < 20) == (True, True)
    assert sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert pictures.taken() == {("water", 2)}


def test_oldest_pictures_go_when_the_room_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures = Pictures(tmp_path)
    pictures.keep(photo("first"))
    os.utime(pictures.path("first", 2), (1, 1))
    monkeypatch.setattr(module, "ROOM", pictures.path("first", 2).stat().st_size * 3 // 2)

    pictures.keep(photo("second"))

    assert pictures.taken() == {("second", 2)}
