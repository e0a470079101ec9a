"""Makes the fixed prompts' WAV files from assets/sounds/prompts.toml: `python -m kiosk.voice.prompts`.

A developer's command: the files are part of the product, so that the help process speaks with aplay
alone, whatever else is broken.
"""

import logging
import sys
import tomllib
from pathlib import Path
from typing import Final

import msgspec

from kiosk.voice.synthesis import Synthesiser
from kiosk.voice.worker import Order
from sync.reading import pinyin, spoken

_log = logging.getLogger(__name__)

FOLDER: Final = Path(__file__).parents[2] / "assets" / "sounds"


class Prompts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """prompts.toml: words a minute, the synthesiser's volume, and the text of each key."""

    rate: int
    volume: float
    prompts: dict[str, str]


def load(folder: Path = FOLDER) -> Prompts:
    """Return what `folder`'s prompts.toml says.

    Raises:
        OSError, tomllib.TOMLDecodeError, msgspec.ValidationError: it is not there or not right.
    """
    return msgspec.convert(tomllib.loads((folder / "prompts.toml").read_text("utf-8")), Prompts)


def make(prompts: Prompts, folder: Path) -> None:
    """Write `<key>.wav` of every prompt into `folder`.

    Raises:
        NoVoice: espeak-ng is missing.
        ValueError: a prompt cannot be said.
    """
    synthesiser = Synthesiser(folder)
    try:
        for key, text in prompts.prompts.items():
            order = Order(key, pinyin(spoken(text)), prompts.rate, prompts.volume)
            made = synthesiser.make(order)
            if made.problem:
                raise ValueError(f"{key}: {made.problem}")
            _log.info("%s: %.1f s", key, made.frames / 22_050)
    finally:
        synthesiser.close()


def main() -> int:
    """Regenerate every prompt in the source tree."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    make(load(), FOLDER)
    return 0


if __name__ == "__main__":
    sys.exit(main())
