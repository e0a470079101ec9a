"""The screen's words in the village's language: English message ids, Chinese by default.

The catalogues are kiosk/locale/<language>/LC_MESSAGES/kiosk.{po,mo}; `pybabel compile -D kiosk -d
kiosk/locale` makes the .mo. Which words a screen uses is `kiosk.present`.
"""

import gettext
from pathlib import Path
from typing import Final

DOMAIN: Final = "kiosk"
FOLDER: Final = Path(__file__).parent / "locale"


class Catalogue:
    """Translates a message and fills in its named values."""

    def __init__(self, translations: gettext.NullTranslations) -> None:
        self._translations = translations

    @property
    def language(self) -> str:
        """The catalogue's language, "en" where there is none."""
        return self._translations.info().get("language", "en")

    def __call__(self, message: str, /, **values: object) -> str:
        """Return `message` in the catalogue's language, with `values` in its {places}."""
        return self._translations.gettext(message).format(**values)

    def count(self, one: str, many: str, number: int, /, **values: object) -> str:
        """Return `one` or `many` by the language's plural rule; {number} is filled in too."""
        text = self._translations.ngettext(one, many, number)
        return text.format(number=number, **values)


def load(language: str) -> Catalogue:
    """Return the catalogue of `language` ("zh", "en"); English if there is none."""
    return Catalogue(gettext.translation(DOMAIN, FOLDER, [language], fallback=True))
