"""What the gate says of the office's own files, in the office's words.

The gate speaks English, to logs and programs; at the office a person reads it. Chinese comes first, with
the file's name; the gate's own sentence follows in brackets, for whoever mends it.
"""

import re
from typing import Final

from sync.errors import NotTrusted, NotUnderstood, SyncError

_FILE: Final = re.compile(r"(?:[0-9]+\.)?(?:root|timestamp|snapshot|targets|notices)\.json")


def in_office_words(error: SyncError) -> str:
    """Return what is wrong with which file, in Chinese."""
    match error:
        case NotTrusted():
            wrong = "签名或内容核对不上"
        case NotUnderstood():
            wrong = "内容读不懂"
        case _:
            wrong = "文件少了，或读不了"
    named = _FILE.search(str(error))
    return f"{named[0]} {wrong}" if named else wrong
