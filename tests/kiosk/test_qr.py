"""A phone reads the code from the screen: at an angle, in bad light, out of focus."""

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageEnhance, ImageFilter

from kiosk.qr import BORDER, code, objection_link, room_needed
from sync.errors import BadInput

LINK = "https://gongshi.example/y/qingshi-square/2026-11-caiwu-15/2"


def picture(link: str = LINK, room_px: int = 300) -> Image.Image:
    return code(link, scan_distance_mm=600, pixels_per_mm=2.71, room_px=room_px)


def read(image: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(image)]


def on_screen(image: Image.Image) -> Image.Image:
    page = Image.new("L", (image.width + 200, image.height + 200), 0x20)
    page.paste(image, (100, 100))
    return page


def test_the_link_names_kiosk_notice_and_revision():
    assert objection_link("https://gongshi.example/y/", "qingshi-square", "2026-11", 2) == (
        "https://gongshi.example/y/qingshi-square/2026-11/2"
    )


def test_odd_ids_cannot_leave_their_place_in_the_link():
    assert objection_link("http://a.example", "../x", "财务?&#", 1) == (
        "http://a.example/..%2Fx/%E8%B4%A2%E5%8A%A1%3F%26%23/1"
    )


@pytest.mark.parametrize(
    "base",
    [
        "javascript:alert(1)",
        "ftp://a/",
        "https://",
        "",
        "https://a/?x=1",
        "https://a/?",
        "https://u:p@a/",
    ],
)
def test_a_base_that_is_no_web_address_is_refused(base):
    with pytest.raises(BadInput, match="not an address"):
        objection_link(base, "k", "n", 1)


def test_a_link_that_would_make_tiny_modules_is_refused():
    with pytest.raises(BadInput, match="too long"):
        objection_link("https://a.example/" + "x" * 300, "k", "n", 1)


def test_a_phone_reads_the_code():
    assert read(on_screen(picture())) == [LINK]


@settings(max_examples=20, deadline=None)
@given(st.integers(300, 700), st.from_regex(r"[a-z0-9][a-z0-9-]{0,63}", fullmatch=True))
def test_every_module_is_the_same_whole_number_of_pixels(room_px, notice):
    image = picture(objection_link("https://a.example/y", "k", notice, 1), room_px)

    size = zxing_modules(image)
    pixels = image.width // size
    assert image.width == image.height == size * pixels <= room_px < size * (pixels + 1)
    small = image.resize((size, size), Image.Resampling.NEAREST)
    assert small.resize(image.size, Image.Resampling.NEAREST).tobytes() == image.tobytes()


def zxing_modules(image: Image.Image) -> int:
    """Return how many modules the picture is wide: its first dark run is a finder's seven."""
    row = image.tobytes()
    middle = [row[x * image.width + x] for x in range(image.width)]
    start = middle.index(0)
    border = start // BORDER
    return image.width // border


def test_the_quiet_zone_is_white_and_four_modules_wide():
    image = picture()
    module = image.width // zxing_modules(image)
    edge = module * BORDER

    dark = image.point(lambda value: 255 - value).getbbox()

    assert dark == (edge, edge, image.width - edge, image.height - edge)
    assert set(image.tobytes()) == {0, 255}


def test_the_code_is_at_least_a_tenth_of_the_distance_wide():
    for distance in (300, 600, 900):
        image = code(LINK, scan_distance_mm=distance, pixels_per_mm=2.71, room_px=400)
        dark = image.point(lambda value: 255 - value).getbbox()
        assert (dark[2] - dark[0]) / 2.71 >= distance / 10


def test_too_little_room_is_refused_with_the_room_it_needs():
    with pytest.raises(BadInput, match=r"需要 \d+ 像素，只有 100"):
        picture(room_px=100)


def test_a_shaky_slanted_dim_or_reflecting_picture_is_still_read():
    page = on_screen(picture()).convert("L")
    wide, high = page.size
    slanted = page.transform(
        page.size,
        Image.Transform.QUAD,
        (20, 40, -10, high - 10, wide + 20, high + 20, wide - 20, -10),
        Image.Resampling.BICUBIC,
        fillcolor=90,
    )
    glare = page.point(lambda value: 120 + value // 3)

    for seen in (
        page.filter(ImageFilter.GaussianBlur(2)),
        page.rotate(17, Image.Resampling.BICUBIC, fillcolor=40),
        ImageEnhance.Brightness(page).enhance(0.25),
        page.resize((wide // 2, high // 2), Image.Resampling.BILINEAR),
        slanted,
        glare,
        glare.rotate(-8, Image.Resampling.BICUBIC, fillcolor=150).filter(ImageFilter.BoxBlur(1)),
    ):
        assert read(seen) == [LINK]


def test_a_thumb_over_a_corner_of_the_data_is_survived():
    image = picture()
    module = image.width // zxing_modules(image)
    image.paste(
        255, (image.width - 8 * module, image.height - 8 * module, image.width, image.height)
    )

    assert read(on_screen(image)) == [LINK]


@settings(max_examples=20, deadline=None)
@given(st.floats(1.0, 8.0), st.from_regex(r"[a-z0-9][a-z0-9-]{0,63}", fullmatch=True))
def test_the_room_asked_for_is_enough_and_no_more(density, notice):
    link = objection_link("https://a.example/y", "k", notice, 1)
    sizes = {"scan_distance_mm": 600, "pixels_per_mm": density}

    room = room_needed(link, **sizes)

    assert code(link, room_px=room, **sizes).width == room
    with pytest.raises(BadInput, match="no room"):
        code(link, room_px=room - 1, **sizes)
