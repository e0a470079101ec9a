"""PDF pages as pictures, drawn by `page_renderer` in a process of its own with bounded time and memory."""

import subprocess
import sys
from typing import Final

import msgspec

from sync.errors import BadInput
from sync.prepare import page_renderer
from sync.prepare.material import Album, Material

SECONDS_LIMIT: Final = 120  # for all pages; an ordinary page takes a tenth of a second
PDF_LIMIT: Final = 32 << 20  # bytes
_PROGRAM: Final = "import sys, sync.prepare.page_renderer as r; sys.exit(r.main())"
_REASONS: Final = {
    page_renderer.LOCKED: "文件设了密码，请去掉密码再用 (protected by a password, remove it)",
    page_renderer.TOO_MANY: (
        f"超过 {page_renderer.PAGES_LIMIT} 页，请分成几份"
        f" (more than {page_renderer.PAGES_LIMIT} pages, split it)"
    ),
}
_DAMAGED: Final = "PDF 已损坏或不完整 (the PDF is damaged or cut off)"


def read_pages(data: bytes, name: str, album: Album) -> Material:
    """Return a PDF's pages as pictures, captioned with their number if there are several.

    Raises:
        BadInput: locked, damaged, more than 40 pages, or it takes too long to draw.
    """
    if len(data) > PDF_LIMIT:
        raise BadInput(f"{name}：PDF 超过 {PDF_LIMIT >> 20} MB (larger than {PDF_LIMIT >> 20} MB)")
    pages = _drawn(data, name)
    return Material(
        tuple(
            album.add(
                page,
                f"{name} 第 {number} 页 (page {number})",
                caption=f"第 {number} 页，共 {len(pages)} 页" if len(pages) > 1 else "",
            )
            for number, page in enumerate(pages, start=1)
        )
    )


def _drawn(data: bytes, name: str) -> list[bytes]:
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-c", _PROGRAM],
            input=data,
            capture_output=True,
            timeout=SECONDS_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise BadInput(
            f"{name}：PDF 太复杂，{SECONDS_LIMIT} 秒内画不完，请重新导出 (takes too long to draw)"
        ) from error
    if done.returncode:
        raise BadInput(f"{name}：{_REASONS.get(done.returncode, _DAMAGED)}")
    return msgspec.msgpack.decode(done.stdout, type=list[bytes])
