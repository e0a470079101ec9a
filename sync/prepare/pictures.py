"""Photos and scans made fit for the board: upright, scaled, without metadata, encoded anew.

Sizes are judged from the file's head, before anything is unpacked. The same file always gives the
same bytes.
"""

import hashlib
import warnings
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from sync.errors import BadInput
from sync.notices import PICTURE_LIMIT, PICTURE_SIDE_LIMIT, BlobRef, Picture, clean_text

SMALLEST_SIDE: Final = 16  # px: anything smaller is a tracking dot or a spoilt file
LARGEST_AREA: Final = 100_000_000  # px: four times a phone's best photo
_SCANS_LIMIT: Final = 100  # of a progressive JPEG; honest ones have about ten
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "TIFF", "BMP")
_QUALITIES: Final = (85, 70, 50)
_FEW_COLOURS: Final = 256
_DAMAGE: Final = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    Image.DecompressionBombError,
)


def prepare(data: bytes, where: str, *, caption: str = "") -> tuple[Picture, bytes]:
    """Return the picture and its new bytes: JPEG, or PNG where that is smaller for few colours.

    Raises:
        BadInput: not a picture of an accepted kind, smaller than 16 px, larger than 100 megapixels,
            animated, of several pages, or damaged.
    """
    try:
        # Pillow warns of big or slightly broken files; both are judged here.
        with warnings.catch_warnings(action="ignore"), _opened(data, where) as image:
            _check_size(image.size, where)
            _check_single(image, data, where)
            image.draft("RGB", (PICTURE_SIDE_LIMIT, PICTURE_SIDE_LIMIT))
            upright = _flattened(ImageOps.exif_transpose(image), where)
    except BadInput:
        raise
    except _DAMAGE as error:
        raise BadInput(
            f"{where}：图片已损坏或不完整 (the picture is damaged or cut off)"
        ) from error
    upright.thumbnail((PICTURE_SIDE_LIMIT, PICTURE_SIDE_LIMIT), Image.Resampling.LANCZOS)
    encoded = _encode(upright, where)
    blob = BlobRef(hashlib.sha256(encoded).hexdigest(), len(encoded))
    return Picture(blob, *upright.size, clean_text(caption, where)), encoded


def _opened(data: bytes, where: str) -> Image.Image:
    try:
        return Image.open(BytesIO(data), formats=_FORMATS)
    except _DAMAGE as error:
        raise BadInput(
            f"{where}：不是可用的图片，请用 JPEG 或 PNG (not a usable picture, use JPEG or PNG)"
        ) from error


def _check_size(size: tuple[int, int], where: str) -> None:
    width, height = size
    if min(size) < SMALLEST_SIDE:
        raise BadInput(
            f"{where}：图片太小（{width}×{height} 像素），看不清"
            f" (smaller than {SMALLEST_SIDE} pixels a side)"
        )
    if width * height > LARGEST_AREA:
        raise BadInput(
            f"{where}：图片太大（{width}×{height} 像素），请先缩小"
            f" (more than {LARGEST_AREA // 1_000_000} megapixels, scale it down)"
        )


def _check_single(image: Image.Image, data: bytes, where: str) -> None:
    if image.format in {"JPEG", "MPO"}:  # a phone's second frame is a preview or depth map
        if data.count(b"\xff\xda") > _SCANS_LIMIT:
            raise BadInput(f"{where}：图片结构不正常 (a JPEG of unreasonably many scans)")
        return
    try:
        image.seek(1)
    except EOFError:
        image.seek(0)
        return
    raise BadInput(
        f"{where}：图片有多页或是动图，请存为单张图片或 PDF"
        " (several pages or animated, save single pictures or a PDF)"
    )


def _flattened(image: Image.Image, where: str) -> Image.Image:
    """Return the picture as RGB or grey, transparent parts on white, without metadata."""
    if image.mode in {"I;16", "I;16L", "I;16B", "I"}:
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode == "F":
        raise BadInput(
            f"{where}：图片的颜色格式不支持，请存为 JPEG (colours that aren't supported)"
        )
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        image = Image.new("RGB", layer.size, "white")
        image.paste(layer, mask=layer.getchannel("A"))
    flat = image.convert("L" if image.mode in {"1", "L", "LA"} else "RGB")
    flat.info = {}
    return flat


def _encode(image: Image.Image, where: str) -> bytes:
    drawn = _as_png(image) if image.getcolors(_FEW_COLOURS) else None
    for quality in _QUALITIES:
        encoded = _saved(image, "JPEG", quality=quality, optimize=True, progressive=False)
        smallest = drawn if drawn and len(drawn) <= len(encoded) else encoded
        if len(smallest) <= PICTURE_LIMIT:
            return smallest
    raise BadInput(f"{where}：图片太复杂，缩小后再用 (cannot be made small enough)")


def _as_png(image: Image.Image) -> bytes:
    few = image.quantize(_FEW_COLOURS) if image.mode == "RGB" else image
    return _saved(few, "PNG", optimize=True)


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
