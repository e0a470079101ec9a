"""The screen's words in the village's language, with their sounds: English ids, Chinese by default.

The catalogues are kiosk/locale/<language>/LC_MESSAGES/kiosk.{po,mo}; `pybabel compile -D kiosk -d
kiosk/locale` makes the .mo. Which words a screen uses is `kiosk.present`.
"""

import gettext
from functools import cached_property
from pathlib import Path
from typing import Final

from kiosk.phrases import Phrase, Sounds, message_sounds, sounds_of
from kiosk.phrases import load as load_sounds

DOMAIN: Final = "kiosk"
FOLDER: Final = Path(__file__).parent / "locale"


class Catalogue:
    """Translates a message and fills in its named values; what it returns is a `Phrase`."""

    def __init__(
        self, translations: gettext.NullTranslations, folder: Path = FOLDER / "none"
    ) -> None:
        """`folder` is the language's, where its sounds are, if it has any."""
        self._translations = translations
        self._folder = folder

    @property
    def language(self) -> str:
        """The catalogue's language, "en" where there is none."""
        return self._translations.info().get("language", "en")

    def __call__(self, message: str, /, **values: object) -> str:
        """Return `message` in the catalogue's language, with `values` in its {places}."""
        text = self._translations.gettext(message).format(**values)
        return Phrase(text, lambda: message_sounds(self._sounds, message, values))

    def count(self, one: str, many: str, number: int, /, **values: object) -> str:
        """Return `one` or `many` by the language's plural rule; {number} is filled in too."""
        text = self._translations.ngettext(one, many, number)
        filled = {"number": number, **values}
        return Phrase(text.format(**filled), lambda: message_sounds(self._sounds, one, filled))

    def name(self, words: str) -> str:
        """Return a name that the village gave, with its sounds if it is a usual one."""
        return Phrase(words, lambda: self._sounds.names.get(words, ""))

    @staticmethod
    def called(words: str, like: str) -> str:
        """Return words that only this village uses, said as the catalogue's words `like` them are."""
        return Phrase(words, lambda: sounds_of(like))

    @cached_property
    def _sounds(self) -> Sounds:
        return load_sounds(self._folder)


def load(language: str) -> Catalogue:
    """Return the catalogue of `language` ("zh", "en"); English if there is none."""
    translations = gettext.translation(DOMAIN, FOLDER, [language], fallback=True)
    return Catalogue(translations, FOLDER / language)
