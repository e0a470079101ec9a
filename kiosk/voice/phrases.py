"""Works out how the screen's words sound, into kiosk/locale/zh/sounds.toml: `python -m kiosk.voice.phrases`.

A developer's command, to be run when the catalogue changes: it needs the office's pinyin and Babel,
neither of which a kiosk has. What becomes of the file is `kiosk.phrases`.
"""

import json
import re
import string
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from babel.messages.pofile import read_po

from kiosk.catalogue import DOMAIN, FOLDER
from kiosk.phrases import COUNTED, YEAR
from sync.reading import pinyin, spoken

ZH: Final = FOLDER / "zh"
# 三大类十小项: what villages call their categories, unless they have names of their own.
NAMES: Final = (
    "财务收支", "惠民资金发放", "分红明细", "低保特困评定", "医保社保缴费", "危房改造", "村集体经济发展",
    "村规民约修订", "重大项目决策", "年度总结与计划", "其他村务",
)  # fmt: skip
NUMBERS: Final = (
    *"零一二三四五六七八九十百千万亿两点负分秒年月日号幺元角至到第",
    "一百",
    "一千",
    "一万",
    "一亿",
)
_BEFORE: Final = "数"  # a word before a piece, so that a pause at its beginning isn't trimmed
_MEASURED: Final = re.compile(r"(?<!第 )\{(\w+)\}(?= ?[条项笔个天页])")
_DATED: Final = re.compile(r"\{(\w+)\}(?=年)")
_HEAD: Final = """\
# How the screen's words sound, for the voice: made from kiosk.po, to be made anew when that changes by
#     python -m kiosk.voice.phrases
"""


def messages(po: Path) -> Iterator[tuple[str, str]]:
    """Yield id and Chinese of every message in a .po file."""
    with po.open("rb") as file:
        for message in read_po(file):
            if message.id:
                one = message.id if isinstance(message.id, str) else message.id[0]
                text = message.string or ""
                yield one, text if isinstance(text, str) else text[0]


def template(text: str) -> str:
    """Return the sounds of a message, with its {places} where they stand in `text`."""
    pieces = []
    for literal, place, spec, _ in string.Formatter().parse(_with_ways(text)):
        sounds = pinyin(spoken(_BEFORE + literal.strip())).removeprefix(pinyin(_BEFORE))
        # Between two numbers a mark that isn't said still parts them: 3/12.
        pieces.append(sounds.strip() or ("，" if literal.strip() else ""))
        if place:
            pieces.append(f"{{{place}:{spec}}}" if spec in {COUNTED, YEAR} else f"{{{place}}}")
    return " ".join(piece for piece in pieces if piece)


def _with_ways(text: str) -> str:
    """Mark the places whose numbers are said in a way of their own."""
    return _DATED.sub(rf"{{\1:{YEAR}}}", _MEASURED.sub(rf"{{\1:{COUNTED}}}", text))


def made() -> str:
    """Return the text of the whole file, from the catalogue as it is now."""
    tables: tuple[tuple[str, Mapping[str, str]], ...] = (
        ("messages", {one: template(text) for one, text in messages(ZH / "LC_MESSAGES" / f"{DOMAIN}.po")}),
        ("names", {name: pinyin(name) for name in NAMES}),
        ("numbers", {number: pinyin(number) for number in NUMBERS}),
    )  # fmt: skip
    lines = [_HEAD]
    for name, table in tables:
        lines.append(f"[{name}]")
        lines += [f"{_toml(key)} = {_toml(value)}" for key, value in sorted(table.items())]
        lines.append("")
    return "\n".join(lines)


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def main() -> int:
    """Write the file anew."""
    (ZH / "sounds.toml").write_text(made(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
