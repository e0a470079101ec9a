"""Where passphrases come from: typed unseen at the terminal, or the environment in a script.

Each party knows its own and never learns the other's. The root key in a sealed envelope has one of its
own, which lies in the envelope too: a party that forgets its passphrase isn't lost. They are handed to `sync.feed.keys` and kept
nowhere.
"""

import getpass
import os
import sys
from collections.abc import Callable, Mapping
from typing import Final

from sync.errors import BadInput
from sync.notices import Party

SHORTEST: Final = 8  # characters
OFFICE: Final = "office"
COMMITTEE_ENVELOPE: Final = "committee-envelope"
SUPERVISOR_ENVELOPE: Final = "supervisor-envelope"
NAMES: Final[Mapping[str, str]] = {
    Party.COMMITTEE: "村民委员会 (committee)",
    Party.SUPERVISOR: "村务监督委员会 (supervision committee)",
    COMMITTEE_ENVELOPE: "村民委员会信封 (the committee's envelope)",
    SUPERVISOR_ENVELOPE: "村务监督委员会信封 (the supervision committee's envelope)",
    OFFICE: "办公室发布密钥 (office, online key)",
}
"""Who keeps a passphrase, and what the terminal calls it."""

Ask = Callable[[str], str]
"""Given who keeps it, one of `NAMES`, returns a passphrase."""


def existing(keeper: str) -> str:
    """Return the passphrase from SUNBOARD_PASSPHRASE_<KEEPER> or the terminal.

    Raises:
        BadInput: neither is there.
    """
    given = _environment(keeper)
    return given if given is not None else _type(f"{NAMES[keeper]} 口令 (passphrase): ")


def chosen(keeper: str) -> str:
    """Return a new passphrase, typed twice alike.

    Raises:
        BadInput: too short in the environment, or no terminal.
    """
    given = _environment(keeper)
    if given is not None:
        return long_enough(given)
    complaint = ""
    while True:
        words = f"{NAMES[keeper]} 新口令，至少 {SHORTEST} 个字 (new passphrase): "
        first = _type(f"{complaint}{words}")
        if len(first) < SHORTEST:
            complaint = f"太短，至少 {SHORTEST} 个字 (too short)。"
        elif _type("再输入一遍 (once more): ") == first:
            return first
        else:
            complaint = "两次不一样 (they differ)。"


def long_enough(passphrase: str) -> str:
    """Raises: BadInput if it has fewer than 8 characters."""
    if len(passphrase) < SHORTEST:
        raise BadInput(
            f"口令至少 {SHORTEST} 个字 (a passphrase has at least {SHORTEST} characters)",
            advice="换一个长一点的口令，记在信封里封好。Choose a longer one and keep it in a sealed envelope.",
        )
    return passphrase


def _environment(keeper: str) -> str | None:
    return os.environ.get(f"SUNBOARD_PASSPHRASE_{keeper.upper().replace('-', '_')}")


def _type(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise BadInput(
            "没有终端可以输入口令 (no terminal to type the passphrase)",
            advice="在终端里运行，或设置环境变量 SUNBOARD_PASSPHRASE_COMMITTEE、_SUPERVISOR、_OFFICE、_COMMITTEE_ENVELOPE、_SUPERVISOR_ENVELOPE。"
            "Run it in a terminal or set these variables.",
        )
    return getpass.getpass(prompt)
