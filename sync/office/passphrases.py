"""Where passphrases come from: typed unseen at the terminal, or the environment in a script.

Each party knows its own and never learns the other's. They are handed to `sync.feed.keys` and kept
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
NAMES: Final[Mapping[str, str]] = {
    Party.COMMITTEE: "村民委员会 (committee)",
    Party.SUPERVISOR: "村务监督委员会 (supervision committee)",
    OFFICE: "办公室发布密钥 (office, online key)",
}

Ask = Callable[[str], str]
"""Given a party, returns its passphrase."""


def existing(party: str) -> str:
    """Return the party's passphrase from SUNBOARD_PASSPHRASE_<PARTY> or the terminal.

    Raises:
        BadInput: neither is there.
    """
    given = _environment(party)
    return given if given is not None else _type(f"{NAMES[party]} 口令 (passphrase): ")


def chosen(party: str) -> str:
    """Return a new passphrase for the party, typed twice alike.

    Raises:
        BadInput: too short in the environment, or no terminal.
    """
    given = _environment(party)
    if given is not None:
        return long_enough(given)
    complaint = ""
    while True:
        words = f"{NAMES[party]} 新口令，至少 {SHORTEST} 个字 (new passphrase): "
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


def _environment(party: str) -> str | None:
    return os.environ.get(f"SUNBOARD_PASSPHRASE_{party.upper()}")


def _type(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise BadInput(
            "没有终端可以输入口令 (no terminal to type the passphrase)",
            advice="在终端里运行，或设置环境变量 SUNBOARD_PASSPHRASE_COMMITTEE、_SUPERVISOR、_OFFICE。"
            "Run it in a terminal or set these variables.",
        )
    return getpass.getpass(prompt)
