"""Finding this village's feed on a stick or in a folder.

    <stick>/sunboard/<village id>/metadata/  targets/  blobs/

Looks at names only; one stick may carry several villages' feeds, and whatever else people keep on it.
"""

from pathlib import Path
from typing import Final

from sync.errors import SourceUnavailable
from sync.notices import ID_PATTERN

FOLDER: Final = "sunboard"
_MARK: Final = "metadata/timestamp.json"
_LISTED: Final = 12  # villages named in a message


def find_feed(place: Path, village: str) -> Path:
    """Return the folder of `village`'s feed in `place`: a stick, or a feed's own folder.

    Raises:
        SourceUnavailable: there is none; the message names the villages that are there.
    """
    if not ID_PATTERN.fullmatch(village):
        raise SourceUnavailable(f"not a village's id: {village[:80]!r}")
    try:
        if _is_feed(place):
            return place
        own = place / FOLDER / village
        if _is_real_folder(place / FOLDER) and _is_feed(own):
            return own
        others = villages_on(place)
        if _is_real_folder(own):
            raise SourceUnavailable(
                f"{FOLDER}/{village} is here but not whole: {_MARK} is missing",
                advice="Ask the office to export the notices to this stick.",
            )
    except OSError as error:
        raise SourceUnavailable(
            f"{place} could not be read ({error.strerror}): was the stick pulled?"
        ) from error
    if others:
        named = ", ".join(others[:_LISTED])
        raise SourceUnavailable(
            f"no feed of {village} here, only of: {named}",
            advice="This stick is for another village. Ask the office for this village's stick.",
        )
    raise SourceUnavailable(
        f"no feed here: there is no folder {FOLDER}/{village}",
        advice="Ask the office to export the notices to this stick.",
    )


def villages_on(stick: Path) -> tuple[str, ...]:
    """Return the ids of all villages that have a feed on `stick`, in order of name."""
    folder = stick / FOLDER
    if not _is_real_folder(folder):
        return ()
    # The pattern also passes over the ._* files that macOS leaves behind.
    found = (entry.name for entry in folder.iterdir() if ID_PATTERN.fullmatch(entry.name))
    return tuple(sorted(name for name in found if _is_feed(folder / name)))


def _is_feed(folder: Path) -> bool:
    return _is_real_folder(folder) and (folder / _MARK).is_file()


def _is_real_folder(folder: Path) -> bool:
    return folder.is_dir() and not folder.is_symlink()
