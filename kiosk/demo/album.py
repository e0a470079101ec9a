"""Puts the demo's pictures into the documents, half as large: `make pictures`."""

import sys
from pathlib import Path
from typing import Final

from PIL import Image

PROJECT: Final = Path(__file__).parents[2]
SHOWN: Final = (
    "idle-portrait",
    "home-portrait",
    "notice-portrait",
    "reading-portrait",
    "ledger-portrait",
    "help-portrait",
    "status-portrait",
    "idle-landscape",
    "notice-landscape",
)
_COLOURS: Final = 128  # ink, paper and their edges; photos keep their looks


def main() -> int:
    """Copy what the documents show from build/demo to docs/pictures."""
    album = PROJECT / "docs" / "pictures"
    album.mkdir(exist_ok=True)
    for name in SHOWN:
        with Image.open(PROJECT / "build" / "demo" / f"{name}.png") as taken:
            half = taken.resize((taken.width // 2, taken.height // 2), Image.Resampling.LANCZOS)
            half.quantize(_COLOURS).save(album / f"{name}.png", optimize=True)
    print(f"pictures: {len(SHOWN)} in {album}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
