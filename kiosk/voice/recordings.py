"""The spoken sentences kept as WAV files in one bounded folder, by what was said and how."""

import hashlib
from collections import OrderedDict
from pathlib import Path
from typing import Final

BYTES_KEPT: Final = 32 << 20  # about twelve minutes of speech


def name_of(sounds: str, rate: int, volume: float) -> str:
    """Return the file name, without its ending, under which this sound is kept."""
    return hashlib.sha256(f"{rate}/{volume:.2f}/{sounds}".encode()).hexdigest()


class Recordings:
    """The folder's files, least lately used first out.

    It starts empty: a power cut can leave a file's name without its content, and making a sentence
    anew takes 0.03 s.
    """

    def __init__(self, folder: Path, *, limit: int = BYTES_KEPT) -> None:
        """Raises: OSError when the folder cannot be made or emptied."""
        self.folder = folder
        self._limit = limit
        self._sizes: OrderedDict[str, int] = OrderedDict()
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            if path.suffix in {".wav", ".part"}:
                path.unlink()

    def find(self, name: str) -> Path | None:
        """Return the file, or None when it is not there (any more)."""
        path = self.folder / f"{name}.wav"
        if name not in self._sizes or not path.is_file():
            self._sizes.pop(name, None)
            return None
        self._sizes.move_to_end(name)
        return path

    def keep(self, name: str) -> None:
        """Count a file that was just made, and let the oldest go if there are too many."""
        path = self.folder / f"{name}.wav"
        if not path.is_file():
            return
        self._sizes[name] = path.stat().st_size
        self._sizes.move_to_end(name)
        while sum(self._sizes.values()) > self._limit and len(self._sizes) > 2:
            oldest, _ = self._sizes.popitem(last=False)
            (self.folder / f"{oldest}.wav").unlink(missing_ok=True)
