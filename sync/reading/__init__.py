"""How a notice sounds: written Chinese → words → pinyin, sentence by sentence.

Runs where notices are prepared; the kiosk is handed the result with the notice.
"""

from sync.reading.aloud import read_aloud, read_banner
from sync.reading.names import names_in
from sync.reading.sounds import initials, pinyin
from sync.reading.words import spoken

__all__ = ["initials", "names_in", "pinyin", "read_aloud", "read_banner", "spoken"]
