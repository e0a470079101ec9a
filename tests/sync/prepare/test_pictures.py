import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from sync.errors import BadInput
from sync.prepare import read_file
from sync.prepare.pictures import prepare

from . import papers


def _saved(image, kind, **options):
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _opened(data):
    return Image.open(BytesIO(data))


def _photo(width=400, height=300):
    return Image.effect_noise((width, height), 80).convert("RGB")


def _png_claiming(width, height):
    head = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(64))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def test_photo_is_turned_upright_and_loses_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    exif[0x010F] = "SampleCam"
    exif.get_ifd(0x8825)[1] = "N"
    photo = _photo()
    photo.paste("red", (0, 0, 400, 100))

    picture, data = prepare(_saved(photo, "JPEG", exif=exif), "现场.jpg")

    assert (picture.width, picture.height) == (300, 400)
    with _opened(data) as upright:
        assert not upright.getexif()
        assert b"SampleCam" not in data
        assert upright.getpixel((280, 200))[0] > 200  # what was the top is now at the right


def test_same_file_gives_the_same_bytes():
    photo = _saved(_photo(), "JPEG")

    assert prepare(photo, "a") == prepare(photo, "a")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "BMP"])
def test_every_usual_kind_becomes_a_jpeg_or_png(kind):
    picture, data = prepare(_saved(_photo(), kind), "a")

    with _opened(data) as image:
        assert image.format == "JPEG"
        assert image.size == (picture.width, picture.height) == (400, 300)
    assert picture.blob.length == len(data)


def test_scan_of_few_colours_stays_a_sharp_png():
    scan = Image.new("1", (600, 800), 1)
    scan.paste(0, (100, 100, 500, 120))

    _, data = prepare(_saved(scan, "TIFF"), "扫描.tif")

    with _opened(data) as image:
        assert image.format == "PNG"
        assert image.convert("L").getpixel((300, 110)) == 0


@pytest.mark.parametrize("size", [(9_000, 1_000), (1_000, 9_000), (4_000, 3_000)])
def test_large_photo_is_scaled_to_what_a_screen_can_draw(size):
    picture, _ = prepare(_saved(Image.new("RGB", size, "grey"), "JPEG"), "a")

    assert max(picture.width, picture.height) == 2_000


def test_transparent_parts_are_white():
    _, data = prepare(_saved(Image.new("RGBA", (64, 64), (255, 0, 0, 0)), "PNG"), "a")

    with _opened(data) as image:
        assert image.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_print_colours_become_screen_colours():
    _, data = prepare(_saved(Image.new("CMYK", (64, 64), (0, 255, 255, 0)), "JPEG"), "a")

    with _opened(data) as image:
        red, green, blue = image.convert("RGB").getpixel((5, 5))
    assert red > 200
    assert max(green, blue) < 60


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bit_scan_keeps_its_greys(kind):
    scan = Image.new("I;16", (64, 64), 32_768)

    _, data = prepare(_saved(scan, kind), "a")

    with _opened(data) as image:
        assert abs(image.convert("L").getpixel((5, 5)) - 128) <= 1


@pytest.mark.parametrize("size", [(1, 1), (15, 400), (400, 15)])
def test_picture_of_a_pixel_is_refused(size):
    with pytest.raises(BadInput, match="图片太小"):
        prepare(papers.picture(*size, kind="PNG"), "a.png")


@pytest.mark.parametrize("size", [(20_000, 20_000), (100_000, 2_000), (2**31 - 1, 2**31 - 1)])
def test_huge_picture_is_refused_from_its_head(size):
    with pytest.raises(BadInput, match=r"图片太大|不是可用的图片"):
        prepare(_png_claiming(*size), "a.png")


def test_picture_cut_off_is_damaged():
    photo = _saved(_photo(), "JPEG")

    with pytest.raises(BadInput, match="已损坏"):
        prepare(photo[: len(photo) // 2], "a.jpg")


@pytest.mark.parametrize("kind", ["TIFF", "WEBP", "PNG"])
def test_several_frames_are_refused(kind):
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue")]
    data = _saved(frames[0], kind, save_all=True, append_images=frames[1:])

    with pytest.raises(BadInput, match="有多页或是动图"):
        prepare(data, "a")


def test_jpeg_of_endless_scans_is_refused():
    photo = _saved(_photo(), "JPEG")

    with pytest.raises(BadInput, match="结构不正常"):
        prepare(photo[:-2] + b"\xff\xda\x00\x02" * 200 + photo[-2:], "a.jpg")


def test_picture_file_is_a_notice_of_one_picture(tmp_path):
    (tmp_path / "公示.png").write_bytes(papers.picture(kind="PNG"))

    material = read_file(tmp_path / "公示.png")

    (picture,) = material.blocks
    assert material.blobs.keys() == {picture.blob.sha256}


def test_caption_with_invisible_characters_is_refused():
    with pytest.raises(BadInput, match=r"U\+202E"):
        prepare(papers.picture(), "a.jpg", caption="现场\u202egnp")
