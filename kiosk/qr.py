"""The code beside a notice: which address it holds, and its picture in whole pixels.

Pure: an address and millimetres in, a picture out. Drawing it on the screen is `kiosk.ui`; what
the address answers is the office's affair.
"""

import math
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from sync.errors import BadInput
from sync.settings import is_http

if TYPE_CHECKING:
    from PIL import Image

LINK_LIMIT: Final = 300  # characters: more makes the modules too small for an old phone
BORDER: Final = 4  # modules of white around the code (ISO/IEC 18004, 9.1)


def objection_link(base_url: str, kiosk_id: str, notice_id: str, revision: int) -> str:
    """Return the address at which a passer-by objects to one revision of a notice.

    Raises:
        BadInput: the base is no http or https address, or the whole is longer than `LINK_LIMIT`.
    """
    if not is_http(base_url) or "?" in base_url:
        raise BadInput(f"异议网址不对 (not an address for objections): {base_url[:80]!a}")
    parts = (quote(part, safe="") for part in (kiosk_id, notice_id, str(revision)))
    link = f"{base_url.rstrip('/')}/{'/'.join(parts)}"
    if len(link) > LINK_LIMIT:
        raise BadInput(f"异议网址超过 {LINK_LIMIT} 个字符 (the address for objections is too long)")
    return link


def room_needed(link: str, *, scan_distance_mm: float, pixels_per_mm: float) -> int:
    """Return the least side in px in which `code` can draw this link, border included."""
    made = _begun(link)
    modules: int = made.best_fit() * 4 + 17
    return (modules + 2 * BORDER) * _least_module(modules, scan_distance_mm, pixels_per_mm)


def code(
    link: str, *, scan_distance_mm: float, pixels_per_mm: float, room_px: int
) -> "Image.Image":
    """Return the code of `link` as large as `room_px` allows, black on white with its border.

    Every module is the same whole number of pixels. The code without its border is at least a
    tenth of the scan distance wide, the rule of thumb that phones' cameras are built for.

    Raises:
        BadInput: `room_px` is too little for that.
    """
    from PIL import Image  # noqa: PLC0415  # see _begun

    made = _made(link)
    rows = made.get_matrix()
    pixels = room_px // len(rows)
    least = _least_module(made.modules_count, scan_distance_mm, pixels_per_mm)
    if pixels < least:
        raise BadInput(
            f"二维码需要 {least * len(rows)} 像素，只有 {room_px} (no room for the QR code)"
        )
    picture = Image.frombytes(
        "L", (len(rows), len(rows)), bytes(0 if dark else 255 for row in rows for dark in row)
    )
    return picture.resize((len(rows) * pixels, len(rows) * pixels), Image.Resampling.NEAREST)


def _least_module(modules: int, scan_distance_mm: float, pixels_per_mm: float) -> int:
    """Return the least side of a module in px."""
    return max(math.ceil(scan_distance_mm / 10 * pixels_per_mm / modules), 1)


def _made(link: str) -> Any:
    made = _begun(link)
    made.make(fit=True)
    return made


def _begun(link: str) -> Any:
    import qrcode  # noqa: PLC0415  # 0.2 s of the screen's start, needed only beside a notice

    begun = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=BORDER)
    begun.add_data(link)
    return begun
