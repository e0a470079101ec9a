"""The process that draws PDF pages: a forged file can stop it or fill it, but not the office's program.

Reads a PDF on standard input, writes a msgpack list of PNG files to standard output. What goes wrong is
told by the exit status alone. Started by `pages`.
"""

import sys
from io import BytesIO
from typing import Final

import msgspec
import pypdfium2

from sync.notices import PICTURE_SIDE_LIMIT

DAMAGED: Final = 3
LOCKED: Final = 4
TOO_MANY: Final = 5
PAGES_LIMIT: Final = 40
MEMORY_LIMIT: Final = 1 << 30  # bytes
_PASSWORD_ERROR: Final = 4  # FPDF_ERR_PASSWORD
_SHARPEST: Final = 4.0  # px per point: 288 dpi


def main() -> int:
    """Draw every page on standard input, its longer side 2,000 px; return the exit status."""
    _bound_memory()
    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError as error:
        return LOCKED if getattr(error, "err_code", None) == _PASSWORD_ERROR else DAMAGED
    if not 0 < len(document) <= PAGES_LIMIT:
        return TOO_MANY if len(document) else DAMAGED
    document.init_forms()  # what was filled into a form is part of what people see
    try:
        drawn = [_draw(document[number]) for number in range(len(document))]
    except (pypdfium2.PdfiumError, MemoryError, ValueError):
        return DAMAGED
    sys.stdout.buffer.write(msgspec.msgpack.encode(drawn))
    return 0


def _draw(page: pypdfium2.PdfPage) -> bytes:
    scale = min(PICTURE_SIDE_LIMIT / max(*page.get_size(), 1.0), _SHARPEST)
    out = BytesIO()
    page.render(scale=scale).to_pil().convert("RGB").save(out, "PNG", compress_level=1)
    return out.getvalue()


def _bound_memory() -> None:
    try:
        import resource  # noqa: PLC0415 (not on Windows)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
