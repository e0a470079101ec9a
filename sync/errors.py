"""What can go wrong on a notice's way, by who can mend it.

    SunboardError
     ├─ OfficeError            the person who prepares or seals mends it
     │   ├─ BadInput           a file handed in is not acceptable
     │   └─ NotAllowed         the rules of the two committees forbid it
     └─ SyncError              what an attempt to sync can end in
         ├─ SourceUnavailable  no network, stick pulled, server broken: try again later
         ├─ NotTrusted         the signatures do not lead back to the two seals
         │   └─ OlderThanShown sealed, but the kiosk has already shown something newer
         ├─ NotUnderstood      sealed, but this program cannot read it
         └─ CardFull           no room on the kiosk's card

Every error carries `advice`, one plain sentence that says what to do, and `bare`, which says what is
wrong without a word of what a file holds: a kiosk's status page and log are open to all. Libraries' own errors stop at
their adapter and become one of these.
"""

import errno
import os
from typing import Final

_REASONS: Final = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "不允许",
    errno.EROFS: "只能读，不能写",
    errno.EIO: "读写出错，盘可能坏了",
    errno.ENODEV: "盘不在了",
    errno.ENXIO: "盘不在了",
    errno.ENOTDIR: "不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ELOOP: "是链接",
    errno.ENAMETOOLONG: "名字太长",
    errno.ENOSPC: "空间不足",
}


class SunboardError(Exception):
    """Something went wrong that a person can mend; `str()` says what, `advice` says how."""

    advice = "Call the office."

    def __init__(self, message: str, *, advice: str | None = None, bare: str = "") -> None:
        super().__init__(message)
        self.bare = bare or message
        if advice is not None:
            self.advice = advice


class OfficeError(SunboardError):
    """The person who prepares or seals can mend it."""

    advice = "请按上面说的改好，再试一次。Correct what is named, then try again."


class BadInput(OfficeError):
    """A file or value handed in is not acceptable; the message names the place."""


class NotAllowed(OfficeError):
    """The rules of the two committees forbid it."""

    advice = "请和另一个委员会商量。Ask the other committee."


class SyncError(SunboardError):
    """An attempt to sync did not bring anything new."""


class SourceUnavailable(SyncError):
    """No network, a pulled stick, a broken server."""

    advice = "Nothing needs doing: the kiosk tries again by itself. A stick can be put in again."


class NotTrusted(SyncError):
    """The signatures do not lead back to the two seals."""

    advice = "Do not use this stick or address. Call the office."


class OlderThanShown(NotTrusted):
    """Once sealed properly, but the kiosk has already shown something newer."""

    advice = "The kiosk already has something newer: nothing needs doing."


class NotUnderstood(SyncError):
    """Sealed properly, but this program cannot read it."""

    advice = "The kiosk's program may be too old. Call the office."


class CardFull(SyncError):
    """There is no room on the kiosk's card."""

    advice = (
        "The kiosk's card is full. Call the office: it needs a larger card or a shorter archive."
    )


def reason_of(error: OSError) -> str:
    """Return why the system refused a file, in the office's words; the system's own in brackets."""
    system = os.strerror(error.errno or 0)
    chinese = _REASONS.get(error.errno or 0)
    return f"{chinese} ({system})" if chinese else system
